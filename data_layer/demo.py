"""The demo set: made-up people, registrations and local authorities on the real offices.

Nobody real: each citizen id has a valid check digit but 9999 as second to fifth digit, which no
registry has; each person's last name says ตัวอย่าง; each authority is marked as a sample.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from itertools import count
from random import Random

import geothai
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_layer import demo_officials, demo_register, demo_rounds, passwords, seed, thai
from data_layer.access import Level, Role, Scope, Work
from data_layer.audit import data_changed, record
from data_layer.cache import cached
from data_layer.clock import THAI_TIME, now
from data_layer.config import Onboarding, config
from data_layer.db import reading, writing
from data_layer.demo_people import FIRST_NAMES, SAMPLE_LAST_NAME, demo_citizen_id
from data_layer.keys import keys
from data_layer.models import (
    AuthorityKind,
    Office,
    OfficeKind,
    Registration,
    RegistrationState,
    SsoListing,
    User,
    UserRight,
)
from data_layer.models.people import new_uid
from data_layer.rules.offices import search_text

PROVINCE = "48"
SOURCE = "ข้อมูลตัวอย่าง (ไม่ใช่รายชื่อจริงของ DLA-SSO)"
# Nakhon Phanom as the story of the manuals needs it: นาแก (4807) has not registered
STORY = dict.fromkeys(("4801", "4802", "4805", "4808", "4811"), "registered") | dict.fromkeys(
    ("4803", "4806"), "waiting"
)
ALL_WRITE = dict.fromkeys(Work, Level.WRITE)
OFFICER_RIGHTS = {
    Work.SURVEY: Level.WRITE,
    Work.READINESS: Level.WRITE,
    Work.OFFICIALS: Level.WRITE,
    Work.REPORTS: Level.READ,
}


@dataclass(frozen=True)
class DemoAccount:
    """One account to try the system with."""

    role: Role
    username: str
    password: str
    office: str


_ACCOUNTS = (
    (Role.CENTRAL, "0000", "ผู้ดูแลระบบ", ALL_WRITE),
    (Role.PROVINCE, "4800", "ท้องถิ่นจังหวัด", ALL_WRITE),
    (Role.SSO_ADMIN, "4805", "ท้องถิ่นอำเภอ", ALL_WRITE),
    (Role.OFFICER, "4805", "นักส่งเสริมการปกครองท้องถิ่น", OFFICER_RIGHTS),
    (Role.VIEWER, "4805", "เจ้าพนักงานธุรการ", {Work.REPORTS: Level.READ}),
)


def demo_accounts() -> list[DemoAccount]:
    """The accounts, with the passwords of this installation: made from its keys, kept nowhere."""
    return [
        DemoAccount(role, demo_citizen_id(number), _password(number), office)
        for number, (role, office, _, _) in enumerate(_ACCOUNTS, start=1)
    ]


def accounts_json() -> list[dict[str, str]]:
    """The accounts as plain data."""
    return [asdict(account) | {"role": account.role.value} for account in demo_accounts()]


def _password(number: int) -> str:
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    letters = [alphabet[byte % len(alphabet)] for byte in keys().demo_secret(f"account {number}")]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8, 12))


def is_loaded() -> bool:
    """Whether the demo set stands in the database."""
    with reading() as session:

        def computed() -> bool:
            first = keys().blind_index(demo_citizen_id(1))
            found = session.scalar(select(User.id).where(User.citizen_id_index == first))
            return found is not None

        return cached(session, Scope(), "demo", computed)


def load() -> bool:
    """Load the demo set once. Returns whether it was loaded now."""
    if is_loaded():
        return False
    seed.seed_forms()
    with writing() as session:
        offices = {office.code: office for office in session.scalars(select(Office))}
        session.add_all(_authorities(offices))
        people = _People(session, count(len(_ACCOUNTS) + 1))
        _add_accounts(people, offices)
        _register_districts(people, offices)
        demo_register.load(session, _officer(session))
        demo_rounds.load(session, _officer(session))
        demo_officials.load(session, _officer(session))
        data_changed(session, *{office.province_code for office in offices.values()})
        record(session, "demo.load")
    return True


def _officer(session: Session) -> int:
    """The demo's officer, who filled the records."""
    number = next(n for n, row in enumerate(_ACCOUNTS, start=1) if row[0] is Role.OFFICER)
    index = keys().blind_index(demo_citizen_id(number))
    return session.scalars(select(User.id).where(User.citizen_id_index == index)).one()


class _People:
    """Adds made-up users, numbered onward."""

    def __init__(self, session: Session, numbers: Iterator[int]) -> None:
        self.session = session
        self.numbers = numbers

    def add(self, office: Office, role: Role, position: str, number: int | None = None) -> User:
        number = next(self.numbers) if number is None else number
        citizen_id = demo_citizen_id(number)
        user = User(
            uid=new_uid(),
            office_id=office.id,
            role=role,
            citizen_id_index=keys().blind_index(citizen_id),
            prefix=("นาย", "นางสาว", "นาง")[number % 3],
            first_name=FIRST_NAMES[number % len(FIRST_NAMES)],
            last_name=f"{SAMPLE_LAST_NAME}ที่{number}",
            position=position,
            password_hash=passwords.UNUSABLE,
            created_at=now(),
        )
        user.citizen_id = citizen_id
        user.phone = f"0800{number:06d}"
        user.email = f"sample{number}@example.go.th"
        self.session.add(user)
        self.session.flush()
        return user


def _add_accounts(people: _People, offices: dict[str, Office]) -> None:
    for number, (role, code, position, rights) in enumerate(_ACCOUNTS, start=1):
        user = people.add(offices[code], role, position, number)
        user.password_hash = passwords.hash_password(_password(number))
        rows = (
            UserRight(user_id=user.id, work=work, level=level) for work, level in rights.items()
        )
        people.session.add_all(rows)
        if role is Role.SSO_ADMIN:
            _register(people.session, user, RegistrationState.CONFIRMED, days_ago=30)


def _register_districts(people: _People, offices: dict[str, Office]) -> None:
    # the same made-up country on each installation: a start of our own, not the clock's
    random = Random(2563)  # noqa: S311 - no secret comes of it
    demo_admins = {code for role, code, _, _ in _ACCOUNTS if role is Role.SSO_ADMIN}
    span = (now().astimezone(THAI_TIME).date() - config().circular_on).days
    for code, office in sorted(offices.items()):
        if office.kind is not OfficeKind.DISTRICT or code in demo_admins:
            continue
        # most came in soon after the letter, a long tail later
        days_ago = int(span * (1 - random.random() ** 4))
        fate = random.random()
        if office.province_code == PROVINCE:
            office.phone = f"0420{code}0"  # 042-0… is no subscriber's number
            _come_in(people, office, STORY.get(code, ""), days_ago, random)
        else:
            _come_in(people, office, _fate(fate), days_ago, random)


def _fate(chance: float) -> str:
    for limit, fate in ((0.34, "registered"), (0.56, "listed"), (0.60, "waiting")):
        if chance < limit:
            return fate
    return ""


def _come_in(people: _People, office: Office, fate: str, days_ago: int, random: Random) -> None:
    if fate == "listed":
        people.session.add(_listing(office, days_ago))
    elif fate == "waiting":
        admin = people.add(office, Role.SSO_ADMIN, "ท้องถิ่นอำเภอ")
        _register(people.session, admin, RegistrationState.WAITING, days_ago=random.randint(1, 9))
    elif fate == "registered":
        admin = people.add(office, Role.SSO_ADMIN, "ท้องถิ่นอำเภอ")
        _register(people.session, admin, RegistrationState.CONFIRMED, days_ago=days_ago)
        if random.random() < 0.7:  # noqa: PLR2004 - seven of ten have created users
            officer = people.add(office, Role.OFFICER, "นักส่งเสริมการปกครองท้องถิ่น")
            officer.signed_in_at = _instant(days_ago) if random.random() < 0.8 else None  # noqa: PLR2004


def _register(session: Session, user: User, state: RegistrationState, *, days_ago: int) -> None:
    claimed_at = _instant(days_ago)
    is_confirmed = state is RegistrationState.CONFIRMED
    session.add(
        Registration(
            office_id=user.office_id,
            user_id=user.id,
            state=state,
            onboarding=Onboarding.APPROVAL,
            claimed_at=claimed_at,
            decided_at=claimed_at + timedelta(hours=5) if is_confirmed else None,
        )
    )
    office = session.get_one(Office, user.office_id)
    office.initial_password_used_at = claimed_at


def _listing(office: Office, days_ago: int) -> SsoListing:
    listed_at = _instant(days_ago)
    return SsoListing(
        office_id=office.id,
        user_name=f"นาย{FIRST_NAMES[office.id % len(FIRST_NAMES)]} {SAMPLE_LAST_NAME}",
        position="ท้องถิ่นอำเภอ",
        listed_on=listed_at.date(),
        source=SOURCE,
        imported_at=listed_at,
    )


def _instant(days_ago: int) -> datetime:
    day = now().astimezone(THAI_TIME).date() - timedelta(days=days_ago)
    return min(datetime.combine(day, time(10, 30), THAI_TIME), now())


def _authorities(offices: dict[str, Office]) -> Iterator[Office]:
    """104 authorities in the form of Nakhon Phanom's: 1 อบจ., 22 เทศบาล, 81 อบต. Made up."""
    tambons = [
        (district, subdistrict)
        for district in geothai.districts(PROVINCE)
        for subdistrict in geothai.subdistricts(district.code)
    ]
    first = [pair for pair in tambons if pair[1].code.endswith("01")]
    second = [pair for pair in tambons if pair[1].code.endswith("02")][:10]
    in_town = {pair[1].code for pair in (first + second)[:18]}
    yield _authority(AuthorityKind.PAO, "02480101", "อบจ.นครพนม", offices["4801"])
    for number, (district, subdistrict) in enumerate(first + second):
        kind = AuthorityKind.TAMBON_MUNICIPALITY if number else AuthorityKind.TOWN
        title, code = ("ทต.", "05") if number else ("ทม.", "04")
        name = f"{title}{subdistrict.name_th}" if number else f"{title}นครพนม"
        yield _authority(kind, f"{code}{subdistrict.code}", name, offices[district.code])
    for district, subdistrict in tambons:
        if subdistrict.code not in in_town:
            name = f"อบต.{subdistrict.name_th}"
            yield _authority(
                AuthorityKind.TAO, f"06{subdistrict.code}", name, offices[district.code]
            )


def _authority(kind: AuthorityKind, code: str, name: str, district: Office) -> Office:
    return Office(
        code=code,
        kind=OfficeKind.AUTHORITY,
        authority_kind=kind,
        province_code=district.province_code,
        district_code=district.code,
        name_th=name,
        sort_key=thai.sort_key(name),
        search_text=search_text(code, name, district.name_th),
        is_sample=True,
    )
