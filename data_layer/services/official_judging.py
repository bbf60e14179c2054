"""The rows of a file judged against the register as it will stand after the whole file.

Parts of acts: the caller has asked for the right and records what was done.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.orm import Session

from data_layer.access import Actor
from data_layer.clock import today
from data_layer.errors import DomainError
from data_layer.models import Tenure
from data_layer.official_files import REASON, VERSION, FileRow, reason_text, version_text
from data_layer.rules.officials import LABELS, TenureFacts, difference
from data_layer.rules.roster import (
    MAX_REASON,
    Finding,
    Roster,
    Sitting,
    findings,
    left_behind,
)
from data_layer.rules.rows import RowProblem
from data_layer.services.entering import AuthorityClosed, refuse_closed
from data_layer.services.official_rows import Register, Row, load, read_rows
from data_layer.services.seating import facts_of_tenure, limits_of, other_name, values_of
from data_layer.thai import normalise

Progress = Callable[[int, int], None]
STEP: Final = 50  # rows between two reports of progress
# the cell that is red for a rule; of all others it is the post
_CELLS: Final[Mapping[str, str]] = {
    "too_young": "born_on",
    "education_unknown": "education",
    "education_low": "education",
    "no_such_constituency": "constituency",
    "constituency_full": "constituency",
    "longer_than_term": "elected_on",
    "terms_in_a_row": "elected_on",
    "before_opening": "began_on",
    "not_thai_born": "is_thai_born",
    "not_resident": "is_resident",
    "other_name": "last_name",
    "left_behind": "ended_on",
}
_TAKEN: Final = "หลังดาวน์โหลดไฟล์ มีผู้แก้รายการนี้แล้ว โปรดดาวน์โหลดไฟล์ใหม่แล้วแก้ในไฟล์นั้น เพื่อไม่ให้ทับสิ่งที่ผู้อื่นแก้"


@dataclass
class JudgedRow:
    """A row held against its entry: what differs, and the reasons that pass the soft rules."""

    row: Row
    changed: dict[str, list[str]]  # of an entry that stands: field to the words before and after
    passed: dict[str, str] = field(default_factory=dict)

    @property
    def may_change(self) -> bool:
        """A new entry, another field, or another reason."""
        return self.row.own is None or bool(self.changed) or bool(_new_reason(self.row))

    @property
    def ends(self) -> bool:
        """Whether somebody leaves by it who sat before."""
        own = self.row.own
        return (
            own is not None and own.ended_on is None and self.row.entry.tenure.ended_on is not None
        )


@dataclass(frozen=True)
class Weighed:
    """What a file would change, how many rows change nothing, what is wrong."""

    rows: list[JudgedRow]
    unchanged: int
    problems: list[RowProblem]


@dataclass(frozen=True)
class _Place:
    """One tenure as it will stand: by which key, whose, where."""

    key: object
    who: int | bytes
    office_id: int
    authority: str
    facts: TenureFacts


def weigh(
    session: Session,
    actor: Actor,
    lines: Sequence[FileRow],
    progress: Progress,
    *,
    to_write: bool = False,
) -> Weighed:
    """Read, compare, judge. The number of queries does not depend on the rows."""
    register = load(session, actor.scope, lines, to_write=to_write)
    rows, problems = read_rows(register, lines, actor.scope)
    after = _After(register, rows)
    changing: list[JudgedRow] = []
    for done, row in enumerate(rows):
        judged = _compared(register, row)
        if judged.may_change and _judge(register, after, judged, problems):
            changing.append(judged)
        if done % STEP == 0:
            progress(done, 2 * len(rows))
    return Weighed(changing, len(rows) - len(changing), sorted(problems, key=_row_number))


def _row_number(problem: RowProblem) -> int:
    return problem.row


def _compared(register: Register, row: Row) -> JudgedRow:
    if row.own is None:
        return JudgedRow(row, {})
    return JudgedRow(row, difference(values_of(register.entry(row.own)), values_of(row.entry)))


def _new_reason(row: Row) -> str:
    """What was typed as the reason, where it is not what stands there already."""
    text = row.line.texts[REASON].strip()
    stands = reason_text(row.own.reasons) if row.own is not None else ""
    return "" if text == stands else text


class _After:
    """Everybody's tenures as they will stand after the file, by authority and by person."""

    def __init__(self, register: Register, rows: Iterable[Row]) -> None:
        self._here: dict[int, list[_Place]] = defaultdict(list)
        self._of: dict[int | bytes, list[_Place]] = defaultdict(list)
        rewritten: set[int] = set()
        for row in rows:
            if row.own is not None:
                rewritten.add(row.own.id)
            self._add(key_of(row), row.who, row.office.id, row.office.name_th, row.entry.tenure)
        for tenure in register.tenures.values():
            if tenure.id not in rewritten:
                self._stays(tenure, "")
        names = {office.id for office in register.offices.values()}
        for posts in register.posts.values():
            for tenure, office in posts:
                if office.id in names or tenure.struck_at is not None:
                    continue
                self._stays(tenure, office.name_th)
        self._names = {office.id: office.name_th for office in register.offices.values()}

    def _stays(self, tenure: Tenure, authority: str) -> None:
        facts = facts_of_tenure(tenure)
        self._add(tenure.id, tenure.official_id, tenure.office_id, authority, facts)

    def _add(
        self, key: object, who: int | bytes, office_id: int, authority: str, facts: TenureFacts
    ) -> None:
        place = _Place(key, who, office_id, authority, facts)
        self._here[office_id].append(place)
        self._of[who].append(place)

    def here(self, row: Row) -> list[Sitting]:
        """All others of the row's authority."""
        return [
            Sitting(each.who, each.facts)
            for each in self._here[row.office.id]
            if each.key != key_of(row)
        ]

    def elsewhere(self, row: Row) -> list[Sitting]:
        """The person's own at other authorities."""
        return [
            Sitting(each.who, each.facts, each.authority or self._names[each.office_id])
            for each in self._of[row.who]
            if each.office_id != row.office.id
        ]


def key_of(row: Row) -> object:
    """One key for each tenure: its id, or the number of the row that makes it."""
    return row.own.id if row.own is not None else ("row", row.line.number)


def _judge(
    register: Register, after: _After, judged: JudgedRow, problems: list[RowProblem]
) -> bool:
    """Whether the row changes anything; its reasons are kept with it, its problems told."""
    row = judged.row
    number, own = row.line.number, row.own
    try:
        typed = normalise(_new_reason(row))[:MAX_REASON]
    except DomainError as refusal:
        problems.append(RowProblem(number, REASON, str(refusal)))
        return True
    found = _findings(register, after, judged)
    stands = own.reasons if own is not None else {}
    soft = [each.rule for each in found if not each.is_hard]
    reasons = dict.fromkeys(soft, typed) if typed else stands
    judged.passed = {rule: reasons[rule] for rule in soft if rule in reasons}
    if own is not None and not judged.changed and judged.passed == stands:
        return False  # a reason that nothing asks for
    problems += [RowProblem(number, *each) for each in _stopping(judged, found)]
    return True


def _stopping(judged: JudgedRow, found: Iterable[Finding]) -> list[tuple[str, str]]:
    """Columns and sentences: why the row cannot be taken."""
    row, own = judged.row, judged.row.own
    if own is not None and row.line.texts[VERSION].strip() not in {"", version_of(own)}:
        return [(VERSION, _TAKEN)]
    try:
        refuse_closed(row.office, row.entry)
    except AuthorityClosed as refusal:
        return [(LABELS["ended_on"], str(refusal))]
    return [
        (LABELS[_CELLS.get(each.rule, "post")], _words(each))
        for each in found
        if each.is_hard or each.rule not in judged.passed
    ]


def version_of(tenure: Tenure) -> str:
    """The state of an entry that a file names."""
    return version_text(tenure.version, tenure.official.version)


def _findings(register: Register, after: _After, judged: JudgedRow) -> list[Finding]:
    row, here = judged.row, after.here(judged.row)
    facts = register.facts[row.office.code]
    roster = Roster(
        kind=facts.kind,
        limits=limits_of(facts, here, row.whole),
        here=here,
        elsewhere=after.elsewhere(row),
        today=today(),
        opened_on=facts.opened_on,
    )
    found = findings(row.who, row.whole, roster)
    if row.own is None and row.official is not None:
        found += other_name(register.persons[row.official.id], row.whole.person)
    if judged.ends:
        found += left_behind(row.who, row.entry.tenure, here)
    return found


def _words(finding: Finding) -> str:
    if finding.is_hard:
        return finding.text
    return f"{finding.text} · หากถูกต้องแล้ว โปรดระบุเหตุผลในคอลัมน์ “{REASON}”"
