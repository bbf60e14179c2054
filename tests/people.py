"""The people of the tests. They stand in every database of the tests, come in the real way.

Their offices: the department, the province Nakhon Phanom (48) and its district That Phanom (4805),
whose SSO ADMIN is confirmed; Na Kae (4807), which nobody has claimed; Na Wa (4809), whose SSO ADMIN
waits; and the province Krabi (81), which has nothing to do with the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select

from data_layer import demo, seed
from data_layer.access import Actor, Level, Role, Work
from data_layer.clock import now
from data_layer.db import bookkeeping, reading
from data_layer.demo import demo_citizen_id
from data_layer.keys import keys
from data_layer.models import BrowserSession, Office, Registration, User
from data_layer.services import (
    account,
    appointments,
    identity,
    office_codes,
    registrations,
    sign_in,
    users,
)
from data_layer.services.identity import Claimant
from data_layer.tokens import new_token, token_hash

BROWSER = "the browser's own cookie"
DEVICE = "Chrome · Windows"
IP = "192.0.2.7"
INITIAL = "123456"
CLAIMED, UNCLAIMED, WAITING = "4805", "4807", "4809"


@dataclass(frozen=True)
class Person:
    """Somebody who signs in."""

    number: int
    office: str
    role: Role
    first_name: str
    password: str = "ฝนตกที่ท่าน้ำวันเสาร์"

    @property
    def citizen_id(self) -> str:
        return demo_citizen_id(9_000 + self.number)

    @property
    def phone(self) -> str:
        return f"08{self.number:02d}765432"

    @property
    def email(self) -> str:
        return f"person{self.number}@example.go.th"

    @property
    def data(self) -> dict[str, str]:
        """What is typed about this person."""
        return {
            "citizen_id": self.citizen_id,
            "prefix": "นางสาว",
            "first_name": self.first_name,
            "last_name": "ทดสอบดี",
            "position": "ท้องถิ่นอำเภอ",
            "phone": self.phone,
            "email": self.email,
        }

    @property
    def registration(self) -> dict[str, str]:
        """What is typed into the form that claims an office."""
        return self.data | {"password": self.password, "password_again": self.password}


CENTRAL = Person(1, "0000", Role.CENTRAL, "กลาง")
PROVINCE = Person(2, "4800", Role.PROVINCE, "จันทร์")
OTHER_PROVINCE = Person(3, "8100", Role.PROVINCE, "กระจ่าง")
ADMIN = Person(4, CLAIMED, Role.SSO_ADMIN, "อารี")
OFFICER = Person(5, CLAIMED, Role.OFFICER, "อุดม")
VIEWER = Person(6, CLAIMED, Role.VIEWER, "วิภา")
UNCONFIRMED = Person(7, WAITING, Role.SSO_ADMIN, "รอคอย")
NEWCOMER = Person(8, UNCLAIMED, Role.SSO_ADMIN, "ใหม่")  # stands in no database yet
STRANGER = Person(9, UNCLAIMED, Role.SSO_ADMIN, "แปลกหน้า")  # nor does this one

STANDING = (CENTRAL, PROVINCE, OTHER_PROVINCE, ADMIN, OFFICER, VIEWER, UNCONFIRMED)
OFFICER_RIGHTS = {Work.SURVEY: Level.WRITE, Work.REPORTS: Level.READ}
VIEWER_RIGHTS = {Work.REPORTS: Level.READ}


def come_in() -> None:
    """Seed the offices and let the standing people come in, each in the real way."""
    seed.seed_offices()
    seed.seed_forms()
    for supervisor in (CENTRAL, PROVINCE, OTHER_PROVINCE):
        one_time = appointments.appoint(supervisor.office, supervisor.data)
        choose_password(supervisor, one_time)
    claim(ADMIN)
    confirm(ADMIN.office)
    admin = actor(ADMIN)
    for user, rights in ((OFFICER, OFFICER_RIGHTS), (VIEWER, VIEWER_RIGHTS)):
        choose_password(user, users.create(admin, user.data, role=user.role, rights=rights))
    claim(UNCONFIRMED)


def load_demo() -> None:
    """Seed the offices and load the made-up set."""
    seed.seed_offices()
    assert demo.load()


def choose_password(person: Person, one_time: str) -> None:
    """Sign in with a one-time password and replace it by the person's own."""
    token = sign_in_with(person.citizen_id, one_time)
    who = identity.identify(token, ip=IP)
    assert isinstance(who, Actor)
    account.change_password(who, one_time, person.password, person.password)


def sign_in_with(username: str, password: str, *, browser: str = BROWSER, ip: str = IP) -> str:
    """The session token that a browser holds after this sign-in. Raises SignInRefused."""
    return redeem(sign_in.attempt(username, password, browser=browser, ip=ip), browser=browser)


def redeem(ticket: str, *, browser: str = BROWSER, old_token: str = "") -> str:
    """The session token for a ticket."""
    taken = sign_in.redeem(ticket, browser=browser, old_token=old_token, device=DEVICE)
    assert taken is not None
    return taken[0]


def sign_in_as(person: Person) -> str:
    """The session token after the person typed number and password."""
    return sign_in_with(person.citizen_id, person.password)


def token_of(person: Person) -> str:
    """A session token of the person, as a sign-in leaves it: tests need thousands of them."""
    token, moment = new_token(), now()
    with bookkeeping() as session:
        session.add(
            BrowserSession(
                token_hash=token_hash(token),
                user_id=session.scalars(_with_number_of(person)).one(),
                created_at=moment,
                seen_at=moment,
                expires_at=moment + sign_in.SESSION_LIFE,
                device=DEVICE,
            )
        )
    return token


def actor(person: Person) -> Actor:
    """The person in a new browser, as the database has them now."""
    return identify(token_of(person))


def identify(token: str) -> Actor:
    """Who the holder of a token is; a user, or the test is wrong."""
    who = identity.identify(token, ip=IP)
    assert isinstance(who, Actor)
    return who


def claimant(office: str = UNCLAIMED, password: str = INITIAL) -> Claimant:
    """The first sign-in of an office."""
    who = identity.identify(sign_in_with(office, password), ip=IP)
    assert isinstance(who, Claimant)
    return who


def claim(person: Person, password: str = INITIAL) -> str:
    """The person claims the office; the token of the new user's session."""
    ticket = registrations.claim(
        claimant(person.office, password), person.registration, browser=BROWSER
    )
    return redeem(ticket)


def confirm(office: str) -> None:
    """The province confirms the office's claim."""
    registrations.confirm(actor(supervisor_of(office)), claim_id(office))


def supervisor_of(office: str) -> Person:
    """The supervisor of the office's province."""
    return PROVINCE if office.startswith("48") else OTHER_PROVINCE


def claim_id(office: str) -> int:
    """The id of the office's newest claim."""
    statement = (
        select(Registration.id)
        .join(Office, Office.id == Registration.office_id)
        .where(Office.code == office)
        .order_by(Registration.id.desc())
    )
    with reading() as session:
        found = session.scalars(statement).first()
    assert found is not None
    return found


def user_id(person: Person) -> int:
    """The person's id in the database."""
    with reading() as session:
        return session.scalars(_with_number_of(person)).one()


def _with_number_of(person: Person) -> Select[tuple[int]]:
    return select(User.id).where(User.citizen_id_index == keys().blind_index(person.citizen_id))


def rights(**levels: str) -> Mapping[Work, Level]:
    """rights(users="write") as the services take it."""
    return {Work(work): Level(level) for work, level in levels.items()}


def code_for(office: str) -> str:
    """A new one-time code of the province."""
    (slip,) = office_codes.issue_codes(actor(supervisor_of(office)), [office])
    return slip.code


def initial_password_works(office: str) -> bool:
    """Whether 123456 still opens a first sign-in of the office."""
    try:
        claimant(office)
    except sign_in.SignInRefused:
        return False
    return True


def give(person: Person, **levels: str) -> None:
    """The SSO ADMIN of the person's office gives these rights, and takes all others away."""
    admin = actor(ADMIN)
    known = users.list_users(admin, ADMIN.office)
    entry = next(each for each in known if each.id == user_id(person))
    given = {name: text for name, text in person.data.items() if name != "citizen_id"}
    users.update(admin, entry.id, entry.version, given, rights=rights(**levels))
