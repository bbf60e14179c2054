"""When a round takes answers, and what a round must be. Pure; instants are aware, days Thai."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from data_layer import thai
from data_layer.clock import THAI_TIME
from data_layer.errors import DomainError, InvalidFields
from data_layer.models.offices import AuthorityKind
from data_layer.models.rounds import FormId

CLOSING_TIME: Final = time(16, 30)  # the end of an office's day
MAX_TITLE: Final = 200
MAX_GRACE_DAYS: Final = 60
_CODE: Final = re.compile(r"25[0-9]{2}(-[1-9])?")


FORM_NAMES: Final[Mapping[FormId, str]] = {
    FormId.SURVEY: "แบบสำรวจข้อมูลพื้นฐาน",
    FormId.READINESS: "แบบสำรวจความพร้อมการเลือกตั้ง",
}


class Phase(StrEnum):
    """Where a round stands now."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    GRACE = "grace"  # past due: still taken, and counted as late
    CLOSED = "closed"


PHASE_NAMES: Final[Mapping[Phase, str]] = {
    Phase.NOT_OPEN: "ยังไม่เปิด",
    Phase.OPEN: "เปิดรับ",
    Phase.GRACE: "เลยกำหนด ยังรับอยู่",
    Phase.CLOSED: "ปิดรับแล้ว",
}


@dataclass(frozen=True, slots=True)
class Times:
    """When a round, or an office with more time, opens, is due and closes."""

    opens_at: datetime
    due_at: datetime
    closes_at: datetime

    def extended(self, until: datetime | None) -> "Times":
        """With more time: what comes until then is on time."""
        if until is None:
            return self
        return Times(self.opens_at, max(self.due_at, until), max(self.closes_at, until))

    def phase(self, now: datetime) -> Phase:
        """Where it stands; the closing instant itself still counts."""
        if now < self.opens_at:
            return Phase.NOT_OPEN
        if now <= self.due_at:
            return Phase.OPEN
        return Phase.GRACE if now <= self.closes_at else Phase.CLOSED


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """A round as the centre types it; days are Thai, kinds and forms are ticked."""

    code: str
    title: str
    opens_on: date | None
    due_on: date | None
    grace_days: int
    kinds: Collection[AuthorityKind]
    forms: Collection[FormId]


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """A round that can be."""

    code: str
    title: str
    times: Times
    kinds: tuple[AuthorityKind, ...]
    forms: tuple[FormId, ...]


class NotInTime(DomainError):
    """The round takes no answers now."""

    text: ClassVar[str] = "รอบ {code} {phase} จึงบันทึกไม่ได้ หากจำเป็นต้องแก้ไข โปรดขอขยายเวลาจากส่วนกลาง"


def check_round(given: RoundEntry) -> RoundPlan:
    """The plan of what was typed; a round is due, and closes, at 16:30 of a Thai day.

    Raises InvalidFields with all problems, by the names of the fields.
    """
    code, title = thai.arabic_digits(given.code).strip(), thai.normalise(given.title)
    problems = dict(_problems(given, code, title))
    if problems or given.opens_on is None or given.due_on is None:
        raise InvalidFields(problems)
    opens_at = datetime.combine(given.opens_on, time(), THAI_TIME)
    due_at = end_of_day(given.due_on)
    times = Times(opens_at, due_at, due_at + timedelta(days=given.grace_days))
    kinds = tuple(kind for kind in AuthorityKind if kind in given.kinds)
    return RoundPlan(
        code, title, times, kinds, tuple(form for form in FormId if form in given.forms)
    )


def _problems(given: RoundEntry, code: str, title: str) -> Iterator[tuple[str, str]]:
    if not _CODE.fullmatch(code):
        yield "code", "โปรดกรอกปี พ.ศ. 4 หลัก เช่น 2563 หรือ 2563-2 เมื่อมีรอบที่สองในปีเดียวกัน"
    if not 0 < len(title) <= MAX_TITLE:
        yield "title", f"โปรดตั้งชื่อรอบ ไม่เกิน {MAX_TITLE} ตัวอักษร"
    if given.opens_on is None:
        yield "opens_on", "โปรดเลือกวันเปิดรับ"
    if given.due_on is None or (given.opens_on is not None and given.due_on < given.opens_on):
        yield "due_on", "โปรดเลือกวันครบกำหนดที่ไม่ก่อนวันเปิดรับ"
    if not 0 <= given.grace_days <= MAX_GRACE_DAYS:
        yield "grace_days", f"เวลาผ่อนผันต้องอยู่ระหว่าง 0 ถึง {MAX_GRACE_DAYS} วัน"
    if not given.kinds:
        yield "kinds", "โปรดเลือกประเภท อปท. อย่างน้อยหนึ่งประเภท"
    if not given.forms:
        yield "forms", "โปรดเลือกแบบฟอร์มอย่างน้อยหนึ่งแบบ"


def end_of_day(day: date) -> datetime:
    """Until when a day counts: 16:30 in Thailand."""
    return datetime.combine(day, CLOSING_TIME, THAI_TIME)
