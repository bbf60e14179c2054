"""What a district may propose for the register, checked all at once. Pure.

Typed facts go in and out as JSON holds them: an area is a text with its decimals, a kind its value.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

from data_layer import thai
from data_layer.errors import DomainError, InvalidFields
from data_layer.models.authorities import Change
from data_layer.models.offices import AuthorityKind
from data_layer.rules.authorities import AuthorityFacts, last_full_year, usual_mailbox
from data_layer.rules.offices import AUTHORITY_KIND_NAMES, check_code

CHANGE_NAMES: Final[Mapping[Change, str]] = {
    Change.PROFILE: "แก้ข้อมูลของ อปท.",
    Change.RENAME: "เปลี่ยนชื่อ",
    Change.KIND: "เปลี่ยนประเภท (รหัสใหม่)",
    Change.MERGER: "รวม อปท. อื่นเข้ามา",
}
MAX_ADDRESS, MAX_NAME, MAX_BASIS = 300, 200, 200
MAX_AREA: Final = Decimal(100_000)  # sq km; the largest province has 20,494
MAX_VILLAGES, MAX_PEOPLE, FIRST_YEAR = 9_999, 20_000_000, 2500
_WHOLE = re.compile(r"[0-9]{1,9}")
_AREA = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?")
# the first two digits by kind, where a source was read; those of the others are not held to it
_CODE_STARTS = {
    AuthorityKind.PAO: "02",
    AuthorityKind.TAMBON_MUNICIPALITY: "05",
    AuthorityKind.TAO: "06",
}


class NothingChanges(DomainError):
    """A proposal that says what the register says already."""

    text: ClassVar[str] = "ค่าที่เสนอตรงกับทะเบียนอยู่แล้ว จึงไม่มีอะไรต้องให้จังหวัดยืนยัน โปรดแก้อย่างน้อยหนึ่งช่อง"


class _Unfit(DomainError):
    text: ClassVar[str] = "{problem}"


@dataclass(frozen=True)
class ProposalEntry:
    """What was typed: each field as text, and the day from which it holds."""

    change: Change
    fields: Mapping[str, str]
    valid_on: date | None
    basis: str = ""


@dataclass(frozen=True)
class CheckedProposal:
    """A usable proposal: the facts that would change, as they are now and as proposed."""

    change: Change
    old: dict[str, Any]
    new: dict[str, Any]
    valid_on: date
    basis: str


@dataclass
class _Check:
    """The fields of one proposal, and what is wrong with them."""

    entry: ProposalEntry
    known: AuthorityFacts
    today: date
    new: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, parse: Callable[[str], Any]) -> Any:  # noqa: ANN401 - any fact
        """The parsed field; None when it is unusable, and then its problem is kept."""
        try:
            return parse(self.entry.fields.get(name, "").strip())
        except DomainError as refusal:
            self.problems[name] = str(refusal)
            return None


def check_proposal(
    entry: ProposalEntry, known: AuthorityFacts, *, earliest: date | None, today: date
) -> CheckedProposal:
    """The facts that differ from what is `known`; before `earliest` such a change is too late.

    Raises InvalidFields with all that is wrong, NothingChanges.
    """
    check = _Check(entry, known, today)
    basis = check.take("basis", lambda _: _line(entry.basis, "เอกสารอ้างอิง", MAX_BASIS))
    if entry.change is not Change.PROFILE and basis == "":
        check.problems["basis"] = "โปรดระบุประกาศหรือคำสั่งที่อ้างอิง เช่น ประกาศกระทรวงมหาดไทย ลงวันที่ ..."
    problem = _day_problem(entry.valid_on, earliest, today)
    if problem:
        check.problems["valid_on"] = problem
    _CHECKS[entry.change](check)
    if check.problems or entry.valid_on is None:
        raise InvalidFields(check.problems)
    if not check.new:
        raise NothingChanges
    return CheckedProposal(
        change=entry.change,
        old=old_facts(check.new, known),
        new=check.new,
        valid_on=entry.valid_on,
        basis=basis,
    )


def old_facts(new: Mapping[str, Any], known: AuthorityFacts) -> dict[str, Any]:
    """The same facts as they are now, as JSON holds them."""
    return {name: plain(getattr(known, name, None)) for name in new}


def plain(value: Any) -> Any:  # noqa: ANN401 - any fact
    """A fact as JSON holds it."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value) if isinstance(value, AuthorityKind) else value


def _day_problem(valid_on: date | None, earliest: date | None, today: date) -> str:
    """Offices are kept as they are now, so a change is proposed when its day has come."""
    if valid_on is None:
        return "โปรดเลือกวันที่มีผล"
    if valid_on > today:
        return "วันที่มีผลยังมาไม่ถึง โปรดเสนอในวันที่มีผลหรือหลังจากนั้น"
    if earliest is not None and valid_on < earliest:
        return f"ทะเบียนมีการเปลี่ยนแปลงหลังวันนั้นแล้ว โปรดเลือกตั้งแต่ {thai.thai_date(earliest)}"
    return ""


def _check_profile(check: _Check) -> None:
    known = check.known
    address = check.take("address", lambda text: _line(text, "ที่ตั้ง", MAX_ADDRESS))
    phone = check.take("phone", lambda text: thai.phone(text) if text else "")
    mailbox = check.take("mailbox", lambda text: thai.email(text or usual_mailbox(known.code)))
    area = check.take("area_sq_km", lambda text: _area(text, known.area_sq_km))
    villages = check.take("villages", lambda text: _count(text, known.villages, MAX_VILLAGES))
    found = {
        "address": address,
        "phone": phone,
        "mailbox": mailbox,
        "area_sq_km": area,
        "villages": villages,
    }
    for name, value in found.items():
        if name not in check.problems and value != getattr(known, name):
            check.new[name] = plain(value)
    _check_population(check)


def _check_population(check: _Check) -> None:
    """A count and the 31 December that it is of; one without the other is no figure."""
    known, last = check.known, last_full_year(check.today)
    people = check.take("population", lambda text: _count(text, known.population, MAX_PEOPLE))
    if people is None:
        return
    year = check.take("population_year", lambda text: _year(text, last))
    if year is not None and (people, year) != (known.population, known.population_year):
        check.new |= {"population": people, "population_year": year}


def _check_rename(check: _Check) -> None:
    name = check.take("name", _name)
    if name is not None and name != check.known.name:
        check.new["name"] = name


def _check_kind(check: _Check) -> None:
    kind = check.take("kind", lambda text: _kind(text, check.known))
    name = check.take("name", _name)
    code = check.take("code", lambda text: _code(text, check.known, kind))
    check.new |= {"kind": plain(kind), "name": name, "code": code}


def _check_merger(check: _Check) -> None:
    partners = check.take("partners", lambda text: _partners(text, check.known.code))
    check.new["partners"] = partners


_CHECKS: Final[Mapping[Change, Callable[[_Check], None]]] = {
    Change.PROFILE: _check_profile,
    Change.RENAME: _check_rename,
    Change.KIND: _check_kind,
    Change.MERGER: _check_merger,
}


def _line(text: str, label: str, most: int) -> str:
    line = thai.normalise(text)
    if len(line) > most:
        raise _Unfit(problem=f"{label}ยาวเกิน {most} ตัวอักษร โปรดย่อให้สั้นลง")
    return line


def _name(text: str) -> str:
    if not (name := _line(text, "ชื่อ", MAX_NAME)):
        raise _Unfit(problem="โปรดกรอกชื่อ อปท.")
    return name


def _figure(text: str, known: object) -> str:
    """The digits of a figure; empty only where the register knows none."""
    digits = re.sub(r"[,\s]", "", thai.arabic_digits(text))
    if not digits and known is not None:
        raise _Unfit(problem="ทะเบียนมีตัวเลขนี้อยู่แล้ว โปรดกรอกตัวเลข ไม่เว้นว่าง")
    return digits


def _count(text: str, known: int | None, most: int) -> int | None:
    if not (digits := _figure(text, known)):
        return None
    if not _WHOLE.fullmatch(digits) or int(digits) > most:
        raise _Unfit(problem=f"โปรดกรอกจำนวนเต็มตั้งแต่ 0 ถึง {most:,}")
    return int(digits)


def _area(text: str, known: Decimal | None) -> Decimal | None:
    if not (digits := _figure(text, known)):
        return None
    if not _AREA.fullmatch(digits) or not 0 < Decimal(digits) <= MAX_AREA:
        problem = f"โปรดกรอกพื้นที่เป็น ตร.กม. มากกว่า 0 ไม่เกิน {MAX_AREA:,} ทศนิยมไม่เกิน 4 ตำแหน่ง"
        raise _Unfit(problem=problem)
    return Decimal(digits)


def _year(text: str, last: int) -> int:
    digits = thai.arabic_digits(text)
    if not _WHOLE.fullmatch(digits) or not FIRST_YEAR <= int(digits) <= last:
        raise _Unfit(problem=f"โปรดกรอกปี พ.ศ. ตั้งแต่ {FIRST_YEAR} ถึง {last} (ปีล่าสุดที่มีตัวเลข ณ 31 ธ.ค.)")
    return int(digits)


def _kind(text: str, known: AuthorityFacts) -> AuthorityKind:
    if text not in set(AuthorityKind) or text == known.kind:
        raise _Unfit(problem="โปรดเลือกประเภทใหม่ที่ต่างจากเดิม")
    return AuthorityKind(text)


def _code(text: str, known: AuthorityFacts, kind: AuthorityKind | None) -> str:
    code = check_code(text)
    if code == known.code or code[2:6] != known.district_code:
        raise _Unfit(problem=f"โปรดกรอกรหัสใหม่ที่ต่างจากเดิม และหลักที่ 3-6 เป็น {known.district_code}")
    start = _CODE_STARTS.get(kind) if kind else None
    if kind and start and not code.startswith(start):
        raise _Unfit(problem=f"รหัสของ{AUTHORITY_KIND_NAMES[kind]}ขึ้นต้นด้วย {start} โปรดตรวจรหัส")
    return code


def _partners(text: str, own: str) -> list[str]:
    codes = sorted({check_code(part) for part in text.split()})
    if not codes or own in codes:
        raise _Unfit(problem="โปรดเลือก อปท. อื่นที่จะรวมเข้ามาอย่างน้อยหนึ่งแห่ง")
    return codes
