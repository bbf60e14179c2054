"""One entry of the register of officials: its fields, said once, and what each must be. Pure.

Fields and their sources: domain of the register (ทะเบียนผู้บริหารและสมาชิกสภาท้องถิ่น). A person is who
they are; a tenure is one post held for a time. Rules over several rows are in rules.roster.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Final, Literal

from data_layer import thai
from data_layer.errors import DomainError, InvalidFields
from data_layer.models.officials import Acquisition, Education, EndReason, Post, Sex
from data_layer.models.people import full_name
from data_layer.rules.person import FieldEmpty, FieldTooLong
from data_layer.rules.posts import (
    ACQUISITION_NAMES,
    EDUCATION_NAMES,
    END_REASON_NAMES,
    POST_NAMES,
    SEX_NAMES,
)
from data_layer.rules.terms import age_on, end_of_term

MAX_LINE: Final = 100
MAX_VOTES: Final = 10_000_000
MAX_CONSTITUENCY: Final = 99
OLDEST: Final = 110

FieldKind = Literal["text", "citizen_id", "phone", "day", "choice", "whole", "flag"]


@dataclass(frozen=True, slots=True)
class OfficialField:
    """One field: key, Thai label, kind, and for a choice the word of each value."""

    name: str
    label: str
    kind: FieldKind
    is_needed: bool = False
    words: Mapping[Any, str] | None = None
    hint: str = ""


PERSON_FIELDS: Final = (
    OfficialField("citizen_id", "เลขประจำตัวประชาชน 13 หลัก", "citizen_id", is_needed=True),
    OfficialField("prefix", "คำนำหน้า", "text", is_needed=True, hint="นาย นาง นางสาว หรือยศ"),
    OfficialField("first_name", "ชื่อ", "text", is_needed=True),
    OfficialField("last_name", "นามสกุล", "text", is_needed=True),
    OfficialField("sex", "เพศ", "choice", is_needed=True, words=SEX_NAMES),
    OfficialField("born_on", "วันเกิด", "day", is_needed=True),
    OfficialField("phone", "โทรศัพท์", "phone"),
    OfficialField("education", "ระดับการศึกษาสูงสุด", "choice", words=EDUCATION_NAMES),
    OfficialField("has_held_office", "เคยเป็นสมาชิกสภาท้องถิ่น ผู้บริหารท้องถิ่น หรือสมาชิกรัฐสภา", "flag"),
    OfficialField("is_thai_born", "มีสัญชาติไทยโดยการเกิด", "flag"),
)
TENURE_FIELDS: Final = (
    OfficialField("post", "ตำแหน่ง", "choice", is_needed=True, words=POST_NAMES),
    OfficialField("constituency", "เขตเลือกตั้งที่ (อบต. คือหมู่ที่)", "whole"),
    OfficialField("acquisition", "วิธีได้มา", "choice", is_needed=True, words=ACQUISITION_NAMES),
    OfficialField("elected_on", "วันเลือกตั้ง", "day"),
    OfficialField("announced_on", "วันที่ กกต. ประกาศผล", "day"),
    OfficialField("began_on", "วันเริ่มดำรงตำแหน่ง", "day", is_needed=True),
    OfficialField("votes", "คะแนนที่ได้", "whole"),
    OfficialField("affiliation", "สังกัดหรือกลุ่ม", "text"),
    OfficialField("order_number", "คำสั่งแต่งตั้งเลขที่", "text"),
    OfficialField("order_on", "คำสั่งลงวันที่", "day"),
    OfficialField("is_resident", "มีชื่อในทะเบียนบ้านในเขต อปท. ติดต่อกันไม่น้อยกว่า 1 ปี ถึงวันสมัคร", "flag"),
    OfficialField("suspended_on", "หยุดปฏิบัติหน้าที่ตั้งแต่", "day"),
    OfficialField("ended_on", "วันที่พ้นจากตำแหน่ง", "day"),
    OfficialField("end_reason", "เหตุที่พ้น", "choice", words=END_REASON_NAMES),
)
# of these a history says that they were changed, not how
SECRET: Final = frozenset({"citizen_id", "phone", "born_on"})
FIELDS: Final = (*PERSON_FIELDS, *TENURE_FIELDS)
NAME_FIELDS: Final = ("prefix", "first_name", "last_name")
LABELS: Final[Mapping[str, str]] = {field.name: field.label for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is."""

    citizen_id: str
    prefix: str
    first_name: str
    last_name: str
    sex: Sex
    born_on: date
    phone: str = ""
    education: Education | None = None
    has_held_office: bool = False
    is_thai_born: bool = False

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class TenureFacts:
    """One post, held for a time; `ended_on` is the day of leaving, on which another may begin."""

    post: Post
    constituency: int | None
    acquisition: Acquisition
    elected_on: date | None
    announced_on: date | None
    began_on: date
    votes: int | None = None
    affiliation: str = ""
    order_number: str = ""
    order_on: date | None = None
    is_resident: bool = False
    suspended_on: date | None = None
    ended_on: date | None = None
    end_reason: EndReason | None = None

    @property
    def term_ends_on(self) -> date | None:
        """The last day of the term of who was elected."""
        return end_of_term(self.elected_on) if self.elected_on else None


@dataclass(frozen=True, slots=True)
class Entry:
    """A usable entry."""

    person: Person
    tenure: TenureFacts


class NotThai(DomainError):
    """A name in other letters."""

    text: ClassVar[str] = "โปรดกรอก{label}เป็นอักษรไทยตามบัตรประจำตัวประชาชน"


class _Unfit(DomainError):
    text: ClassVar[str] = "{problem}"


def check_entry(given: Mapping[str, object], *, today: date) -> Entry:
    """The person and the post of what was typed, by the names of FIELDS.

    Texts may have Thai digits; days are dates, or texts in พ.ศ.; choices are values or their Thai
    words. Raises InvalidFields with all problems.
    """
    kept, problems = _read(given)
    for name, problem in _together(kept, today):
        problems.setdefault(name, problem)
    if problems:
        raise InvalidFields(problems)
    return Entry(_made(Person, kept), _made(TenureFacts, kept))


def begun_tenure(given: Mapping[str, object], *, today: date) -> TenureFacts | None:
    """The post of an entry that is still being typed; None before it says which seat."""
    kept, _ = _read(given)
    post, constituency = kept.get("post"), kept.get("constituency")
    if post is None or (post is Post.MEMBER) != (constituency is not None):
        return None
    return TenureFacts(
        post,
        constituency,
        kept.get("acquisition") or Acquisition.APPOINTED,
        kept.get("elected_on"),
        None,
        min(kept.get("began_on") or today, today),
        ended_on=kept.get("ended_on"),
    )


def _read(given: Mapping[str, object]) -> tuple[dict[str, Any], dict[str, str]]:
    """Each field's value, or what is wrong with it."""
    kept: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field in FIELDS:
        try:
            kept[field.name] = _value(field, given.get(field.name))
        except DomainError as refusal:
            problems[field.name] = str(refusal)
    return kept, problems


def _made(kind: Any, kept: Mapping[str, Any]) -> Any:  # noqa: ANN401 - Person or TenureFacts
    return kind(**{field.name: kept[field.name] for field in fields(kind)})


def _value(field: OfficialField, given: object) -> Any:  # noqa: ANN401 - by the field's kind
    is_empty = given is None or (isinstance(given, str) and not given.strip())
    if is_empty and field.is_needed:
        raise FieldEmpty(label=field.label)
    if is_empty:
        return _EMPTY.get(field.kind)
    return _PARSERS[field.kind](field, given)


def _line(field: OfficialField, given: Any) -> str:  # noqa: ANN401 - what was typed
    text = thai.normalise(str(given))
    if len(text) > MAX_LINE:
        raise FieldTooLong(label=field.label, limit=MAX_LINE)
    is_name = field.name in {"first_name", "last_name"}
    if is_name and not all("\u0e01" <= char <= "\u0e4e" or char in " -." for char in text):
        raise NotThai(label=field.label)
    return text


def _day(_field: OfficialField, given: Any) -> date:  # noqa: ANN401 - a date or its text
    return given if isinstance(given, date) else thai.parse_thai_date(str(given))


def _choice(field: OfficialField, given: Any) -> StrEnum:  # noqa: ANN401 - a value or its word
    words = field.words or {}
    text = thai.normalise(str(given))
    for value, word in words.items():
        if text in {str(value), word}:
            return value  # type: ignore[no-any-return]  # the keys are StrEnum members
    choices = ", ".join(words.values())
    raise _Unfit(problem=f"{field.label}ต้องเป็นหนึ่งใน {choices}")


def _whole(field: OfficialField, given: Any) -> int:  # noqa: ANN401 - a number or its text
    digits = thai.arabic_digits(str(given)).replace(",", "").strip()
    least, most = (1, MAX_CONSTITUENCY) if field.name == "constituency" else (0, MAX_VOTES)
    if not (digits.isascii() and digits.isdigit() and least <= int(digits[:9]) <= most):
        raise _Unfit(problem=f"{field.label}ต้องเป็นจำนวนเต็มตั้งแต่ {least} ถึง {most:,}")
    return int(digits)


_YES, _NO = frozenset({"true", "ใช่", "1", "มี", "เคย"}), frozenset({"false", "ไม่ใช่", "0", "ไม่"})


def _flag(field: OfficialField, given: Any) -> bool:  # noqa: ANN401 - a tick or its word
    word = str(given).strip().lower()
    if word not in _YES | _NO:
        raise _Unfit(problem=f"{field.label}: โปรดกรอก ใช่ หรือ ไม่ใช่")
    return word in _YES


_EMPTY: Final[Mapping[FieldKind, Any]] = {"text": "", "phone": "", "flag": False}
_PARSERS: Final[Mapping[FieldKind, Callable[[OfficialField, Any], Any]]] = {
    "text": _line,
    "citizen_id": lambda _, given: thai.citizen_id(str(given)),
    "phone": lambda _, given: thai.phone(str(given)),
    "day": _day,
    "choice": _choice,
    "whole": _whole,
    "flag": _flag,
}


def _together(kept: Mapping[str, Any], today: date) -> Iterator[tuple[str, str]]:
    """What fields say against each other; those that are missing or unusable say nothing."""
    yield from _of_post(kept)
    yield from _of_days(kept, today)
    if bool(kept.get("ended_on")) != bool(kept.get("end_reason")):
        missing = "end_reason" if kept.get("ended_on") else "ended_on"
        yield missing, "วันที่พ้นและเหตุที่พ้นต้องกรอกคู่กัน"


def _of_post(kept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    post, how = kept.get("post"), kept.get("acquisition")
    if post is Post.MEMBER and "constituency" in kept and kept["constituency"] is None:
        yield "constituency", "โปรดกรอกเขตเลือกตั้ง สำหรับ อบต. คือหมู่ที่"
    if post not in {None, Post.MEMBER} and kept.get("constituency") is not None:
        yield "constituency", "เขตเลือกตั้งกรอกเฉพาะสมาชิกสภา โปรดเว้นว่าง"
    if how is Acquisition.ELECTED and post not in {None, Post.MAYOR, Post.MEMBER}:
        yield "acquisition", f"{POST_NAMES[post]}ไม่ได้มาจากการเลือกตั้งของประชาชน โปรดเลือกวิธีได้มาอื่น"
    if how is Acquisition.ELECTED and "elected_on" in kept and kept["elected_on"] is None:
        yield "elected_on", "โปรดเลือกวันเลือกตั้ง เพราะวิธีได้มาคือเลือกตั้ง"


_PAST: Final = tuple(field.name for field in FIELDS if field.kind == "day")
_IN_ORDER: Final = (
    ("born_on", "began_on"),
    ("elected_on", "announced_on"),
    ("elected_on", "began_on"),
    ("began_on", "ended_on"),
    ("began_on", "suspended_on"),
)


def _of_days(kept: Mapping[str, Any], today: date) -> Iterator[tuple[str, str]]:
    for name in _PAST:
        if kept.get(name) is not None and kept[name] > today:
            yield name, f"{LABELS[name]}ยังมาไม่ถึง โปรดตรวจวัน เดือน และปี พ.ศ."
    born = kept.get("born_on")
    if born is not None and age_on(born, today) > OLDEST:
        yield "born_on", f"ผู้นี้จะมีอายุเกิน {OLDEST} ปี โปรดตรวจปีเกิด พ.ศ."
    for first, second in _IN_ORDER:
        before, after = kept.get(first), kept.get(second)
        if before is not None and after is not None and after < before:
            day = thai.thai_date_short(before)
            yield second, f"{LABELS[second]}อยู่ก่อน{LABELS[first]} {day} โปรดตรวจทั้งสองวัน"


def typed_name(given: Mapping[str, Any]) -> str:
    """The name of what was typed, as a Thai letter writes it."""
    return full_name(*(thai.normalise(str(given[name])) for name in NAME_FIELDS))


def words(field: OfficialField, value: Any) -> str:  # noqa: ANN401 - any kept value
    """A kept value as a person reads it; '' for none."""
    if value is None or value == "":
        return ""
    if field.words is not None:
        return field.words[value]
    return _WORDS.get(field.kind, str)(value)


_WORDS: Final[Mapping[FieldKind, Callable[[Any], str]]] = {
    "flag": lambda value: "ใช่" if value else "ไม่ใช่",
    "day": thai.thai_date_short,
    "citizen_id": thai.mask_citizen_id,
    "phone": thai.format_phone,
}


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[str]]:
    """Field to the words before and after; of secret ones only that they differ."""
    return {
        field.name: []
        if field.name in SECRET
        else [words(field, before[field.name]), words(field, after[field.name])]
        for field in FIELDS
        if before[field.name] != after[field.name]
    }


def difference_words(changed: Mapping[str, list[str]]) -> tuple[str, ...]:
    """A difference as a person reads it: 'สังกัดหรือกลุ่ม: – → กลุ่มพัฒนา'."""
    return tuple(
        f"{LABELS[name]}: {values[0] or '–'} → {values[1] or '–'}" if values else LABELS[name]
        for name, values in changed.items()
    )
