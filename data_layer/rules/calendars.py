"""The calendar of a local election, from one day: election day. Pure.

The law gives the last day of the announcement. The other days are no law: they are the same in
three calendars of the กกต. (อบต. 28 พ.ย. 2564, เทศบาล 28 มี.ค. 2564, Pattaya 22 พ.ค. 2565), so
an authority plans by them and follows its own announcement. Bangkok took applications four days
earlier. What the chief clerk owes 60 days before a term ends does not hang on election day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

_PATTERN = "ปฏิทินการเลือกตั้ง อบต. 2564 เทศบาล 2564 และเมืองพัทยา 2565"
_NOTICE = "ระเบียบ กกต. ว่าด้วยการเลือกตั้งสมาชิกสภาท้องถิ่นหรือผู้บริหารท้องถิ่น 2562 ข้อ 6"
_COMMITTEE = "ระเบียบ กกต. 2562 ข้อ 31 และ 34 (ก่อนวันประกาศ) และ" + _PATTERN
_HOURS = "เวลา 08.00-17.00 น."


@dataclass(frozen=True)
class Milestone:
    """One step of an election, from its first to its last day (the same for a step of one day)."""

    key: str
    name: str
    starts_on: date
    ends_on: date
    is_law: bool
    source: str


class _Step(NamedTuple):
    """A milestone in days from election day."""

    key: str
    name: str
    first: int
    last: int
    is_law: bool
    source: str


_STEPS = (
    _Step("commission_announces", "กกต. ประกาศให้มีการเลือกตั้ง", -58, -55, False, _PATTERN),
    _Step("committee_due", "วันสุดท้ายที่แต่งตั้ง กกต.ประจำ อปท. ให้ครบ", -56, -56, False, _COMMITTEE),
    _Step(
        "authority_announces",
        "ผอ.การเลือกตั้งประจำ อปท. ประกาศให้มีการเลือกตั้ง",
        -55,
        -53,
        False,
        _PATTERN,
    ),
    _Step("applications", "รับสมัครรับเลือกตั้ง", -48, -44, False, _PATTERN),
    _Step("candidate_list", "ประกาศรายชื่อผู้สมัครรับเลือกตั้ง", -37, -37, False, _PATTERN),
    _Step("announcement_due", "วันสุดท้ายที่ประกาศให้มีการเลือกตั้งได้", -30, -30, True, _NOTICE),
    _Step("voter_list", "ประกาศบัญชีรายชื่อผู้มีสิทธิเลือกตั้ง", -26, -26, False, _PATTERN),
    _Step("householder_notice", "แจ้งรายชื่อผู้มีสิทธิเลือกตั้งไปยังเจ้าบ้าน", -16, -16, False, _PATTERN),
    _Step("name_changes_due", "วันสุดท้ายที่ขอเพิ่มชื่อหรือถอนชื่อ", -11, -11, False, _PATTERN),
    _Step("excuses_before", "แจ้งเหตุที่ไม่อาจไปใช้สิทธิ ก่อนวันเลือกตั้ง", -7, -1, False, _PATTERN),
    _Step("election_day", f"วันเลือกตั้ง {_HOURS}", 0, 0, False, _PATTERN),
    _Step("excuses_after", "แจ้งเหตุที่ไม่อาจไปใช้สิทธิ หลังวันเลือกตั้ง", 1, 7, False, _PATTERN),
)


def election_calendar(election_on: date) -> tuple[Milestone, ...]:
    """The milestones of an election on that day, in the order in which they begin."""
    return tuple(
        Milestone(
            key=step.key,
            name=step.name,
            starts_on=election_on + timedelta(days=step.first),
            ends_on=election_on + timedelta(days=step.last),
            is_law=step.is_law,
            source=step.source,
        )
        for step in _STEPS
    )
