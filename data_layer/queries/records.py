"""Records: one of them in scope, how far all have come, and who changed what."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Row, Select, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from data_layer.access import Scope
from data_layer.errors import NotFound
from data_layer.frames import read_frame
from data_layer.models import (
    FormId,
    Office,
    OfficeKind,
    OfficeSuccession,
    Record,
    RecordChange,
    RecordState,
    Round,
    RoundForm,
    User,
)
from data_layer.queries.scope import within
from data_layer.queries.users import FULL_NAME

RECORD_STATES = {
    "form_id": "string",
    "code": "string",
    "name": "string",
    "kind": "string",
    "is_sample": "boolean",
    "district_code": "string",
    "district": "string",
    "province_code": "string",
    "province": "string",
    "state": "string",
    "needed": "Int64",
    "filled": "Int64",
    "is_late": "boolean",
    "changed_at": "datetime64[us, UTC]",
    "changed_by": "string",
    "submitted_at": "datetime64[us, UTC]",
    "decided_at": "datetime64[us, UTC]",
    "version": "Int64",
}
NONE = "none"  # the state of what was never begun


def expected(kinds: list[str], on: date) -> ColumnElement[bool]:
    """The local authorities that a round asks: of its kinds, and standing on that day."""
    return (
        (Office.kind == OfficeKind.AUTHORITY)
        & Office.authority_kind.in_(kinds)
        & or_(Office.opened_on.is_(None), Office.opened_on <= on)
        & or_(Office.closed_on.is_(None), Office.closed_on > on)
    )


def record_states(
    session: Session, scope: Scope, found: Round, on: date, form_id: FormId | None = None
) -> pd.DataFrame:
    """One row per form of the round and authority expected on that day, by district and code.

    `state` is that of the record, or 'none'; counts and instants are empty where nothing is.
    """
    district, province = aliased(Office), aliased(Office)
    in_province = province.province_code == Office.province_code
    statement = (
        select(*_state_columns(district, province))
        .select_from(Office)
        .join(RoundForm, RoundForm.round_id == found.id)
        .join(district, district.code == Office.district_code)
        .join(province, in_province & (province.kind == OfficeKind.PROVINCE))
        .outerjoin(Record, _of(found.id))
        .outerjoin(User, User.id == Record.changed_by)
        .where(expected(found.kinds, on))
        .order_by(RoundForm.form_id.desc(), province.sort_key, district.sort_key, Office.code)
    )
    if form_id is not None:
        statement = statement.where(RoundForm.form_id == form_id)
    return read_frame(session, within(statement, scope), RECORD_STATES)


def _state_columns(district: type[Office], province: type[Office]) -> list[Any]:
    """What RECORD_STATES declares, in its order."""
    return [
        RoundForm.form_id,
        Office.code,
        Office.name_th.label("name"),
        Office.authority_kind.label("kind"),
        Office.is_sample,
        Office.district_code,
        district.name_th.label("district"),
        Office.province_code,
        province.name_th.label("province"),
        case((Record.id.is_(None), NONE), else_=Record.state).label("state"),
        Record.needed,
        Record.filled,
        Record.is_late,
        Record.changed_at,
        FULL_NAME.label("changed_by"),
        Record.submitted_at,
        Record.decided_at,
        Record.version,
    ]


def _of(round_id: int) -> ColumnElement[bool]:
    return (
        (Record.office_id == Office.id)
        & (Record.form_id == RoundForm.form_id)
        & (Record.round_id == round_id)
    )


# built once, as the others in capitals: they are asked with each field that somebody saves
_AUTHORITY = select(Office).where(
    Office.code == bindparam("code"), Office.kind == OfficeKind.AUTHORITY
)


def authority_in_scope(session: Session, scope: Scope, code: str) -> Office:
    """A local authority. Raises NotFound when it is not there, not in scope, or not one."""
    office: Office | None = session.scalar(within(_AUTHORITY, scope), {"code": code})
    if office is None:
        raise NotFound
    return office


_RECORD = select(Record).where(
    Record.round_id == bindparam("round_id"),
    Record.form_id == bindparam("form_id"),
    Record.office_id == bindparam("office_id"),
)
_RECORD_TO_WRITE = _RECORD.with_for_update()


def record_of(
    session: Session, round_id: int, form_id: FormId, office_id: int, *, to_write: bool = False
) -> Record | None:
    """The one record of an authority, for a caller who may see the office; None before it began.

    `to_write` lets two officers' fields wait for each other on PostgreSQL instead of failing.
    """
    asked = {"round_id": round_id, "form_id": form_id, "office_id": office_id}
    found: Record | None = session.scalar(_RECORD_TO_WRITE if to_write else _RECORD, asked)
    return found


def count_by_state(session: Session, found: Round, form_id: FormId) -> dict[RecordState, int]:
    """How many records of a form in a round, in each state that occurs."""
    statement = (
        select(Record.state, func.count())
        .where(Record.round_id == found.id, Record.form_id == form_id)
        .group_by(Record.state)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def counts_in(
    session: Session, scope: Scope, found: Round, on: date, form_id: FormId
) -> tuple[dict[str, int], int]:
    """How many of the authorities expected in scope stand in each state; 'none' has no record.

    And how many of those who handed in did so after the round was due.
    """
    state = case((Record.id.is_(None), NONE), else_=Record.state)
    is_of = (Record.round_id == found.id) & (Record.form_id == form_id)
    is_late = Record.is_late & Record.state.in_([RecordState.SUBMITTED, RecordState.APPROVED])
    statement = (
        select(state, func.count(), func.count(case((is_late, 1))))
        .select_from(Office)
        .outerjoin(Record, (Record.office_id == Office.id) & is_of)
        .where(expected(found.kinds, on))
        .group_by(state)
    )
    rows = session.execute(within(statement, scope)).all()
    return {str(row[0]): row[1] for row in rows}, sum(row[2] for row in rows)


def last_record(session: Session, before: Round, form_id: FormId, office: Office) -> Record | None:
    """The newest record of the form and authority that was handed in, in an earlier round.

    Also of the authority that it was before it changed its kind; not of those merged into it, whose
    figures are those of a part.
    """
    before_it = select(OfficeSuccession.predecessor_id).where(
        OfficeSuccession.successor_id == office.id, OfficeSuccession.since == office.opened_on
    )
    statement = (
        select(Record)
        .join(Round, Round.id == Record.round_id)
        .where(
            Record.form_id == form_id,
            or_(Record.office_id == office.id, Record.office_id.in_(before_it)),
            Round.opens_at < before.opens_at,
            Record.state.in_([RecordState.SUBMITTED, RecordState.APPROVED]),
        )
        .order_by(Round.opens_at.desc())
        .limit(1)
    )
    return session.scalars(statement).first()


def name_of_user(session: Session, user_id: int | None) -> str:
    """Who that is; '' for nobody."""
    if user_id is None:
        return ""
    return session.scalar(select(FULL_NAME).where(User.id == user_id)) or ""


def changes_of(
    session: Session, record_id: int, since: datetime | None = None, after: int = 0
) -> list[Row[RecordChange, str]]:
    """One row per change of a record, the newest first: the change, the name of who made it.

    `after` is the number of the last change that is left out.
    """
    statement: Select[*tuple[Any, ...]] = (
        select(RecordChange, FULL_NAME)
        .outerjoin(User, User.id == RecordChange.user_id)
        .where(RecordChange.record_id == record_id, RecordChange.id > after)
        .order_by(RecordChange.id.desc())
    )
    if since is not None:
        statement = statement.where(RecordChange.at >= since)
    return list(session.execute(statement).all())


def last_change(session: Session, record_id: int) -> int:
    """The number of the last change of a record; 0 before the first."""
    statement = select(func.max(RecordChange.id)).where(RecordChange.record_id == record_id)
    return session.scalar(statement) or 0


def records_in(
    session: Session, scope: Scope, round_id: int, form_id: FormId, states: Iterable[RecordState]
) -> list[Row[Record, Office]]:
    """One row per record of the form in those states, with its authority, by code."""
    statement = (
        select(Record, Office)
        .join(Office, Office.id == Record.office_id)
        .where(
            Record.round_id == round_id,
            Record.form_id == form_id,
            Record.state.in_(list(states)),
        )
        .order_by(Office.code)
    )
    return list(session.execute(within(statement, scope)).all())
