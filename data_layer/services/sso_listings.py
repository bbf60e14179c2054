"""What the ministry's own DLA-SSO says: its list, imported, so that the real state is carried over.

The list has the four columns of the circular's search page. An office with a user name is
registered there; "ไม่พบผู้ลงทะเบียน" or an empty name says that it is not.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

import pandas as pd
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from data_layer import thai
from data_layer.access import Actor, Scope
from data_layer.audit import data_changed, demand, record
from data_layer.clock import now, today
from data_layer.db import reading, writing
from data_layer.errors import DomainError
from data_layer.exchange.formulas import NoResult, without_result
from data_layer.exchange.reading import read_table
from data_layer.models import Office, OfficeKind, SsoListing
from data_layer.queries.offices import offices_by_code
from data_layer.queries.scope import within
from data_layer.rules.offices import is_called
from data_layer.rules.rows import RowProblem, RowProblems, problems_frame

CODE, USER_NAME, POSITION, OFFICE = COLUMNS = (
    "รหัสหน่วยงาน",
    "ชื่อผู้ใช้งาน",
    "ตำแหน่ง",
    "ชื่อหน่วยงาน",
)
NOBODY = "ไม่พบผู้ลงทะเบียน"


class ListedInFuture(DomainError):
    """The list cannot be newer than today."""

    text: ClassVar[str] = "วันที่ของรายชื่ออยู่ในอนาคต โปรดเลือกวันที่ที่ดึงรายชื่อจากระบบ DLA-SSO"


@dataclass(frozen=True)
class ListedOffice:
    """One usable row of the list."""

    code: str
    name: str
    user_name: str
    position: str

    @property
    def is_registered(self) -> bool:
        """Whether the list shows a user for the office."""
        return self.user_name not in {"", NOBODY}


@dataclass(frozen=True)
class ListingPreview:
    """What the file would change, before anything is written.

    `changes` has one row per office that changes: code, name, before, after; `problems` one per
    unusable row: row, column, problem. With problems nothing can be imported.
    """

    rows: tuple[ListedOffice, ...]
    changes: pd.DataFrame
    unchanged: int
    problems: pd.DataFrame

    @property
    def is_ready(self) -> bool:
        """Whether it can be imported."""
        return self.problems.empty


def preview(actor: Actor, content: bytes, file_name: str, *, listed_on: date) -> ListingPreview:
    """Read the file and compare it with what is known. Raises the refusals of read_table."""
    demand(actor, "registration.import")
    table = read_table(content, file_name, columns=COLUMNS)
    with reading() as session:
        offices = offices_by_code(session, actor.scope, OfficeKind.DISTRICT)
        listed = _listings(session, actor.scope)
    rows, problems = _checked(table, offices)
    changes = [
        {"code": row.code, "name": offices[row.code].name_th, "before": before, "after": after}
        for row in rows
        if (before := _said(known := listed.get(row.code)))
        != (after := _said(_newest(row, known, listed_on)))
    ]
    frame = pd.DataFrame(changes, columns=["code", "name", "before", "after"])
    return ListingPreview(tuple(rows), frame, len(rows) - len(frame), problems_frame(problems))


def import_listing(actor: Actor, content: bytes, file_name: str, *, listed_on: date) -> int:
    """Take the list over, all of it or nothing; the same file again changes nothing.

    Who stands in a newer list as before is known to be registered on its day. Returns how many
    offices changed. Raises ListedInFuture; RowProblems when a row is unusable.
    """
    demand(actor, "registration.import")
    if listed_on > today():
        raise ListedInFuture
    table = read_table(content, file_name, columns=COLUMNS)
    with writing() as session:
        offices = offices_by_code(session, actor.scope, OfficeKind.DISTRICT)
        rows, problems = _checked(table, offices)
        if problems:
            raise RowProblems(problems)
        changed = _apply(session, actor, rows, offices, _Source(file_name[:200], listed_on))
        data_changed(session, *{code[:2] for code in changed})
        record(session, "registration.import", actor=actor, rows=len(rows), changed=len(changed))
        return len(changed)


@dataclass(frozen=True)
class _Source:
    file_name: str
    listed_on: date


def _apply(
    session: Session,
    actor: Actor,
    rows: list[ListedOffice],
    offices: dict[str, Office],
    source: _Source,
) -> list[str]:
    listed = _listings(session, actor.scope)
    changed = [
        row
        for row in rows
        if listed.get(row.code) != _newest(row, listed.get(row.code), source.listed_on)
    ]
    for row in changed:
        office_id = offices[row.code].id
        session.execute(delete(SsoListing).where(SsoListing.office_id == office_id))
        if row.is_registered:
            session.add(_listing(office_id, row, actor, source))
    return [row.code for row in changed]


def _listing(office_id: int, row: ListedOffice, actor: Actor, source: _Source) -> SsoListing:
    return SsoListing(
        office_id=office_id,
        user_name=row.user_name,
        position=row.position,
        listed_on=source.listed_on,
        source=source.file_name,
        imported_at=now(),
        imported_by=actor.user_id,
    )


class _Listed(NamedTuple):
    """What a list says of an office."""

    user_name: str
    position: str
    listed_on: date


def _listings(session: Session, scope: Scope) -> dict[str, _Listed]:
    """Office code to what the last list said."""
    listing = SsoListing
    columns = (Office.code, listing.user_name, listing.position, listing.listed_on)
    statement = select(*columns).join(listing, listing.office_id == Office.id)
    rows = session.execute(within(statement, scope))
    return {code: _Listed(name, position, on) for code, name, position, on in rows}


def _newest(row: ListedOffice, known: _Listed | None, listed_on: date) -> _Listed | None:
    """What is known with this row of a list; one who stood in a newer list keeps its day."""
    if not row.is_registered:
        return None
    said = _Listed(row.user_name, row.position, listed_on)
    is_same = known is not None and known[:2] == said[:2]
    return max(known, said) if known is not None and is_same else said


def _said(listed: _Listed | None) -> str:
    if listed is None:
        return NOBODY
    who = " ".join(part for part in (listed.user_name, listed.position) if part)
    return f"{who} (รายชื่อวันที่ {thai.thai_date_short(listed.listed_on)})"


def _checked(
    table: pd.DataFrame, offices: dict[str, Office]
) -> tuple[list[ListedOffice], list[RowProblem]]:
    rows: list[ListedOffice] = []
    problems: list[RowProblem] = []
    seen: dict[str, int] = {}
    for number, record_ in zip(table.index, table.to_dict("records"), strict=True):
        code = "".join(thai.arabic_digits(str(record_[CODE])).split())
        if (column := without_result(record_)) is not None:
            problems.append(RowProblem(number, column, str(NoResult())))
        elif code not in offices:
            problems.append(RowProblem(number, CODE, f"ไม่มีหน่วยงานรหัส “{code}” ในพื้นที่ของท่าน"))
        elif code in seen:
            problems.append(RowProblem(number, CODE, f"รหัส {code} ซ้ำกับแถวที่ {seen[code]}"))
        else:
            seen[code] = number
            _take(rows, problems, number, offices[code], record_)
    return rows, problems


def _take(
    rows: list[ListedOffice],
    problems: list[RowProblem],
    number: int,
    office: Office,
    record_: dict[object, object],
) -> None:
    try:
        user_name = thai.normalise(str(record_[USER_NAME]))
        position = thai.normalise(str(record_[POSITION]))
        name = thai.normalise(str(record_[OFFICE]))
    except DomainError as refusal:
        problems.append(RowProblem(number, USER_NAME, str(refusal)))
        return
    if not is_called(office.name_th, name):
        problem = (
            f"รหัส {office.code} คือ สถอ.{office.name_th} แต่แถวนี้เขียนว่า “{name}” "
            "โปรดตรวจว่ารหัสและชื่อในไฟล์ไม่เลื่อนแถวกัน"
        )
        problems.append(RowProblem(number, OFFICE, problem))
        return
    rows.append(ListedOffice(office.code, name, user_name[:200], position[:100]))
