"""Offices: the public search, the register's list, phone numbers, and the department's list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Row
from sqlalchemy.orm import Session

from data_layer import thai
from data_layer.access import Actor
from data_layer.audit import data_changed, demand, record
from data_layer.clock import today
from data_layer.db import reading, writing
from data_layer.errors import InvalidFields
from data_layer.exchange.formulas import NoResult, without_result
from data_layer.exchange.reading import read_table
from data_layer.models import Office, OfficeKind
from data_layer.queries.offices import (
    list_offices,
    office_in_scope,
    offices_by_code,
    search_offices,
)
from data_layer.rules.offices import (
    AUTHORITY_KIND_NAMES,
    AuthorityRow,
    check_authority,
    check_code,
    closed_words,
    district_of,
    search_terms,
    search_text,
)
from data_layer.rules.rows import RowProblem, RowProblems, problems_frame
from data_layer.services.authority_changes import rename, set_number, take_sample_away

PAGE_SIZE = 10  # as on the ministry's page (the circular, step 3)
NOBODY = "ไม่พบผู้ลงทะเบียน"
# the columns of the department's list, by the names that its files use
LIST_COLUMNS = {
    "code": "รหัส อปท.",
    "name": "ชื่อ อปท.",
    "kind": "ประเภท",
    "phone": "โทรศัพท์",
    "valid_on": "วันที่มีผล",
    "status": "สถานะ",
}


@dataclass(frozen=True)
class FoundOffice:
    """One row of the search; `person` is masked for the public.

    `leads_to` is the code where choosing it leads somewhere: the public to the sign-in, who is
    signed in to the own district offices; '' elsewhere.
    """

    code: str
    person: str
    position: str
    name: str
    province: str
    leads_to: str


@dataclass(frozen=True)
class FoundOffices:
    """A page of the search and how many rows there are in all."""

    rows: list[FoundOffice]
    total: int


@dataclass(frozen=True)
class ListPreview:
    """What the department's list would change, before anything is written.

    `changes` has one row per authority that changes: code, name, change; `problems` one per
    unusable row: row, column, problem.
    """

    changes: pd.DataFrame
    unchanged: int
    problems: pd.DataFrame

    @property
    def is_ready(self) -> bool:
        """Whether it can be imported."""
        return self.problems.empty


def find(query: str, *, page: int = 1, actor: Actor | None = None) -> FoundOffices:
    """District offices by code, name, district or province, Thai or English; ten rows a page.

    Without sign-in, and for offices outside the actor's scope, a person's name is masked.
    """
    with reading() as session:
        rows, total = search_offices(session, search_terms(query), page=page, page_size=PAGE_SIZE)
        return FoundOffices([_found(row, actor) for row in rows], total)


def _found(row: Row[*tuple[Any, ...]], actor: Actor | None) -> FoundOffice:
    office, province, user, listed_name, listed_position = row
    sees = _may_there(actor, "registration.read", office)
    if user is not None:
        masked = thai.mask_name(user.prefix, user.first_name, user.last_name)
        person, position = (user.name if sees else masked), user.position
    elif listed_name is not None:
        person = listed_name if sees else _masked_whole(listed_name)
        position = listed_position
    else:
        person, position = NOBODY, ""
    is_open = actor is None or _may_there(actor, "report.read", office)
    leads_to = office.code if is_open else ""
    return FoundOffice(office.code, person, position, f"สถอ.{office.name_th}", province, leads_to)


def _may_there(actor: Actor | None, permission: str, office: Office) -> bool:
    return (
        actor is not None
        and actor.may(permission)
        and actor.scope.covers(
            province_code=office.province_code, district_code=office.district_code
        )
    )


def _masked_whole(name: str) -> str:
    """A name of the ministry's list comes in one piece: prefix and first name, then last name."""
    first, _, last = name.partition(" ")
    prefix = next((title for title in ("นางสาว", "นาย", "นาง") if first.startswith(title)), "")
    return thai.mask_name(prefix, first.removeprefix(prefix), last)


def district_list(actor: Actor, query: str = "") -> pd.DataFrame:
    """One row per district office in scope: code, name, phone, note."""
    demand(actor, "office.read")
    with reading() as session:
        found = list_offices(session, actor.scope, OfficeKind.DISTRICT, search_terms(query))
    return found.assign(
        note=["" if day is None else closed_words(day) for day in found["closed_on"]]
    )


def set_phone(actor: Actor, office_code: str, phone: str) -> None:
    """Set an office's own telephone number; empty takes it away. Raises BadPhone, NotFound."""
    demand(actor, "office.update")
    number = thai.phone(phone) if phone.strip() else ""
    with writing() as session:
        office = office_in_scope(session, actor.scope, office_code)
        set_number(session, office, number, actor.user_id or None)
        data_changed(session, office.province_code)
        record(session, "office.update", actor=actor, office_code=office.code, field="phone")


def preview_list(actor: Actor, content: bytes, file_name: str) -> ListPreview:
    """Compare the department's list with the register. Raises the refusals of read_table."""
    demand(actor, "office.import")
    table = read_table(content, file_name, columns=tuple(LIST_COLUMNS.values()))
    with reading() as session:
        known = offices_by_code(session, actor.scope, OfficeKind.AUTHORITY)
        districts = offices_by_code(session, actor.scope, OfficeKind.DISTRICT)
    rows, problems = _checked(table, districts, known)
    changes = [
        {"code": row.code, "name": row.name, "change": change}
        for row in rows
        if (change := _change(row, known.get(row.code)))
    ]
    frame = pd.DataFrame(changes, columns=["code", "name", "change"])
    return ListPreview(frame, len(rows) - len(frame), problems_frame(problems))


def import_list(actor: Actor, content: bytes, file_name: str) -> int:
    """Take the department's list over, all of it or nothing; the same file changes nothing.

    New authorities are added, renamed ones keep their old name in the history, ended ones are
    closed by date; made-up ones of the same code become real and lose what was made up. Returns
    how many changed. Raises RowProblems.
    """
    demand(actor, "office.import")
    table = read_table(content, file_name, columns=tuple(LIST_COLUMNS.values()))
    with writing() as session:
        known = offices_by_code(session, actor.scope, OfficeKind.AUTHORITY)
        districts = offices_by_code(session, actor.scope, OfficeKind.DISTRICT)
        rows, problems = _checked(table, districts, known)
        if problems:
            raise RowProblems(problems)
        changed = [row for row in rows if _change(row, known.get(row.code))]
        for row in changed:
            _apply(session, actor, row, known.get(row.code), districts[row.district_code])
        data_changed(session, *{row.code[2:4] for row in changed})
        record(session, "office.import", actor=actor, rows=len(rows), changed=len(changed))
        return len(changed)


def _checked(
    table: pd.DataFrame, districts: Mapping[str, Office], known: Mapping[str, Office]
) -> tuple[list[AuthorityRow], list[RowProblem]]:
    rows: list[AuthorityRow] = []
    problems: list[RowProblem] = []
    seen: dict[str, int] = {}
    for number, record_ in zip(table.index, table.to_dict("records"), strict=True):
        if (column := without_result(record_)) is not None:
            problems.append(RowProblem(number, column, str(NoResult())))
            continue
        given = {key: str(record_[label]) for key, label in LIST_COLUMNS.items()}
        row, wrong = _read(given)
        if "code" not in wrong:
            wrong |= _misplaced(code := check_code(given["code"]), districts, seen)
            seen.setdefault(code, number)
        if row is not None and _ends_too_early(row, known.get(row.code)):
            wrong["valid_on"] = "วันที่ยุบเลิกอยู่ก่อนวันที่จัดตั้ง โปรดตรวจวันที่มีผล"
        problems += [RowProblem(number, LIST_COLUMNS[key], text) for key, text in wrong.items()]
        if row is not None and not wrong:
            rows.append(row)
    return rows, problems


def _read(given: Mapping[str, str]) -> tuple[AuthorityRow | None, dict[str, str]]:
    """The row, or what is wrong with it by LIST_COLUMNS."""
    try:
        return check_authority(given), {}
    except InvalidFields as refusal:
        return None, refusal.problems


def _misplaced(
    code: str, districts: Mapping[str, Office], seen: Mapping[str, int]
) -> dict[str, str]:
    if code in seen:
        return {"code": f"รหัส {code} ซ้ำกับแถวที่ {seen[code]}"}
    if (district := district_of(code)) not in districts:
        return {"code": f"ไม่มีอำเภอรหัส {district} (หลักที่ 3-6 ของรหัส {code})"}
    return {}


def _ends_too_early(row: AuthorityRow, office: Office | None) -> bool:
    opened_on = office.opened_on if office is not None else None
    return row.is_closed and opened_on is not None and (row.valid_on or today()) < opened_on


def _change(row: AuthorityRow, office: Office | None) -> str:
    """What taking the row over would do, in Thai; empty for nothing."""
    if office is None:
        return "" if row.is_closed else "เพิ่มใหม่"
    if row.is_closed:
        return "" if office.closed_on is not None else "ปิด (ยุบเลิก)"
    changes = []
    if office.name_th != row.name:
        changes.append(f"เปลี่ยนชื่อจาก {office.name_th}")
    if office.authority_kind is not row.kind:
        old = AUTHORITY_KIND_NAMES[office.authority_kind] if office.authority_kind else "-"
        changes.append(f"เปลี่ยนประเภทจาก {old}")
    if row.phone and office.phone != row.phone:
        changes.append("เปลี่ยนโทรศัพท์")
    if office.is_sample:
        changes.append("แทนข้อมูลตัวอย่าง (ล้างโทรศัพท์ ที่ตั้ง พื้นที่ หมู่บ้าน และประชากรที่สมมติไว้)")
    if office.closed_on is not None:
        changes.append("เปิดอีกครั้ง")
    return ", ".join(changes)


def _apply(
    session: Session, actor: Actor, row: AuthorityRow, office: Office | None, district: Office
) -> None:
    if office is None:
        office = Office(
            code=row.code,
            kind=OfficeKind.AUTHORITY,
            province_code=district.province_code,
            opened_on=row.valid_on,
            phone=row.phone,
        )
        session.add(office)
    elif row.is_closed:
        office.closed_on = row.valid_on or today()
        return
    elif office.is_sample:
        take_sample_away(session, office, actor.user_id or None)
        office.opened_on, office.phone = row.valid_on, row.phone
    else:
        _keep_old(session, actor, row, office, district)
    office.district_code = row.district_code
    office.name_th, office.authority_kind = row.name, row.kind
    office.closed_on = None
    office.sort_key = thai.sort_key(row.name)
    office.search_text = search_text(row.code, row.name, district.name_th)


def _keep_old(
    session: Session, actor: Actor, row: AuthorityRow, office: Office, district: Office
) -> None:
    """The name, kind and telephone number that the row replaces stay by date."""
    if (office.name_th, office.authority_kind) != (row.name, row.kind):
        since = row.valid_on or today()
        session.add(rename(office, row.name, since=since, district=district.name_th))
    if row.phone and row.phone != office.phone:
        set_number(session, office, row.phone, actor.user_id or None)
