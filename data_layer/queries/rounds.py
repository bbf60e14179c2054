"""Rounds, the versions of their forms, and who has more time."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from typing import Any

from cachetools import LRUCache
from sqlalchemy import Row, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from data_layer.access import Scope
from data_layer.config import config
from data_layer.errors import NotFound
from data_layer.forms import Form, form_of
from data_layer.models import (
    Extension,
    FormId,
    FormVersion,
    Office,
    OfficeKind,
    PastExtension,
    Record,
    RecordState,
    Round,
    RoundForm,
)
from data_layer.queries.records import expected
from data_layer.queries.scope import within

# a version is never changed: it is read and compiled once in a process
_forms: LRUCache[tuple[str, int], Form] = LRUCache(maxsize=64)
_lock = Lock()


def rounds(session: Session) -> list[Round]:
    """All rounds, the newest first."""
    return list(session.scalars(select(Round).order_by(Round.opens_at.desc(), Round.id.desc())))


def round_by_code(session: Session, code: str) -> Round:
    """Raises NotFound."""
    found = session.scalar(select(Round).where(Round.code == code))
    if found is None:
        raise NotFound
    return found


# built once, as the others in capitals: they are asked with each field that somebody saves
_OPENED = (
    select(Round)
    .join(RoundForm, RoundForm.round_id == Round.id)
    .where(RoundForm.form_id == bindparam("form_id"), Round.opens_at <= bindparam("now"))
    .order_by(Round.opens_at.desc(), Round.id.desc())
)


def opened_rounds(session: Session, form_id: FormId, now: datetime) -> list[Round]:
    """The rounds that ask the form and have opened, the newest first; closed ones too."""
    return list(session.scalars(_OPENED, {"form_id": form_id, "now": now}))


_LONGEST = select(func.max(Extension.until)).where(Extension.round_id == Round.id)
_OPENED_WITH_LONGEST = _OPENED.add_columns(_LONGEST.scalar_subquery())


def rounds_going_on(session: Session, form_id: FormId, now: datetime) -> list[Round]:
    """Of the opened rounds the newest, and each other one that somebody can still fill."""
    rows = session.execute(_OPENED_WITH_LONGEST, {"form_id": form_id, "now": now})
    return [
        found
        for number, (found, until) in enumerate(rows)
        if number == 0 or now <= max(found.closes_at, until or found.closes_at)
    ]


def openings(session: Session) -> list[tuple[FormId, int, datetime]]:
    """Each form of each round, the oldest first: form id, round id, when it opens."""
    statement = (
        select(RoundForm.form_id, Round.id, Round.opens_at)
        .join(Round, Round.id == RoundForm.round_id)
        .order_by(Round.opens_at, Round.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def asked_forms(
    session: Session, round_ids: Iterable[int]
) -> list[Row[int, FormId, int, str, int]]:
    """One row per form of the rounds: round id, form id, version id, its title, its number."""
    statement = (
        select(
            RoundForm.round_id,
            RoundForm.form_id,
            FormVersion.id,
            FormVersion.title,
            FormVersion.number,
        )
        .join(FormVersion, FormVersion.id == RoundForm.form_version_id)
        .where(RoundForm.round_id.in_(list(round_ids)))
        .order_by(RoundForm.round_id, RoundForm.form_id.desc())
    )
    return list(session.execute(statement).all())


def asked_version(session: Session, round_id: int, form_id: FormId) -> int:
    """The id of the version that a round asks. Raises NotFound when it does not ask the form."""
    found = session.get(RoundForm, (round_id, form_id))
    if found is None:
        raise NotFound
    return found.form_version_id


def newest_version(session: Session, form_id: FormId) -> FormVersion | None:
    """The newest version of a form; None before the first."""
    statement = select(FormVersion).where(FormVersion.form_id == form_id)
    return session.scalars(statement.order_by(FormVersion.number.desc()).limit(1)).first()


def version_numbers(session: Session, version_ids: Iterable[int]) -> dict[int, int]:
    """The numbers of these versions by id, the newest first."""
    statement = (
        select(FormVersion.id, FormVersion.number)
        .where(FormVersion.id.in_(list(version_ids)))
        .order_by(FormVersion.number.desc())
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def form_versions(session: Session) -> list[FormVersion]:
    """Every version of every form, the newest of each first."""
    statement = select(FormVersion).order_by(FormVersion.form_id.desc(), FormVersion.number.desc())
    return list(session.scalars(statement))


def rounds_by_version(session: Session) -> dict[int, list[str]]:
    """The codes of the rounds that ask a version, by its id, the newest first."""
    statement = (
        select(RoundForm.form_version_id, Round.code)
        .join(Round, Round.id == RoundForm.round_id)
        .order_by(Round.opens_at.desc())
    )
    found: dict[int, list[str]] = {}
    for version_id, code in session.execute(statement):
        found.setdefault(version_id, []).append(code)
    return found


def form_at(session: Session, version_id: int) -> Form:
    """The form of a version, compiled. Raises NotFound."""
    key = (config().database_url, version_id)
    with _lock:
        if key in _forms:
            return _forms[key]
    source = session.scalar(select(FormVersion.source).where(FormVersion.id == version_id))
    if source is None:
        raise NotFound
    form = form_of(source)
    with _lock:
        _forms[key] = form
    return form


_entitled = aliased(Office)
_UNTIL = (
    select(func.max(Extension.until))
    .join(_entitled, _entitled.id == Extension.office_id)
    .where(
        Extension.round_id == Round.id,
        or_(_entitled.code == Office.code, _entitled.code == Office.district_code),
    )
    .correlate(Office, Round)
    .scalar_subquery()
)
_ASKED = (
    select(Office, Round, RoundForm.form_version_id, _UNTIL)
    .select_from(Office)
    .join(RoundForm, RoundForm.form_id == bindparam("form_id"))
    .join(Round, Round.id == RoundForm.round_id)
    .where(
        Office.code == bindparam("code"),
        Office.kind == OfficeKind.AUTHORITY,
        Round.opens_at <= bindparam("now"),
    )
    .order_by(Round.opens_at.desc(), Round.id.desc())
    .limit(1)
)
_ASKED_IN_ROUND = _ASKED.where(Round.code == bindparam("round_code"))


def asked_of(
    session: Session,
    scope: Scope,
    form_id: FormId,
    office_code: str,
    round_code: str | None,
    now: datetime,
) -> tuple[Office, Round, int, datetime | None]:
    """A local authority, the opened round (the newest, without a code), the version it asks, and
    until when the authority has more time there, by itself or with its whole district.

    Raises NotFound when there is no such authority in scope, or no such round that asks the form.
    """
    asked = {"form_id": form_id, "code": office_code, "now": now, "round_code": round_code}
    statement = _asked_within(scope, in_round=round_code is not None)
    row = session.execute(statement, asked).one_or_none()
    if row is None:
        raise NotFound
    office, found, version_id, until = row
    return office, found, version_id, until


@lru_cache(maxsize=2048)  # more than there are districts and provinces
def _asked_within(scope: Scope, *, in_round: bool) -> Select[*tuple[Any, ...]]:
    return within(_ASKED_IN_ROUND if in_round else _ASKED, scope)


def extensions(
    session: Session, scope: Scope, round_ids: Iterable[int]
) -> list[Row[Extension, str, OfficeKind, str]]:
    """One row per extension of the rounds, by office: extension, office code, kind and name."""
    statement = _of_offices(Extension, scope).where(Extension.round_id.in_(list(round_ids)))
    return list(session.execute(statement.order_by(Office.code)).all())


def past_extensions(
    session: Session, scope: Scope, round_ids: Iterable[int]
) -> list[Row[PastExtension, str, OfficeKind, str]]:
    """The same of those that were given anew since, the latest first."""
    statement = _of_offices(PastExtension, scope).where(PastExtension.round_id.in_(list(round_ids)))
    return list(session.execute(statement.order_by(PastExtension.id.desc())).all())


def _of_offices(given: type[Extension | PastExtension], scope: Scope) -> Select[*tuple[Any, ...]]:
    columns = (given, Office.code, Office.kind, Office.name_th)
    return within(select(*columns).join(Office, Office.id == given.office_id), scope)


def count_with_more_time(
    session: Session, scope: Scope, found: Round, on: date, form_id: FormId, now: datetime
) -> int:
    """How many of the authorities expected in scope still have more time than the round, and have
    not handed in for the first time."""
    entitled = aliased(Office)
    is_longer = (Extension.until > found.due_at) & (Extension.until >= now)
    more = (
        select(Extension.office_id)
        .join(entitled, entitled.id == Extension.office_id)
        .where(Extension.round_id == found.id, is_longer)
        .where(or_(entitled.code == Office.code, entitled.code == Office.district_code))
    )
    is_of = (Record.round_id == found.id) & (Record.form_id == form_id)
    statement = (
        select(func.count())
        .select_from(Office)
        .outerjoin(Record, (Record.office_id == Office.id) & is_of)
        .where(expected(found.kinds, on), more.correlate(Office).exists())
        .where(or_(Record.id.is_(None), Record.state == RecordState.DRAFT))
    )
    return session.scalar(within(statement, scope)) or 0


def extendable_office(session: Session, found: Round, code: str, on: date) -> Office | None:
    """A district office, or a local authority that the round asks on that day; None if neither."""
    is_district = Office.kind == OfficeKind.DISTRICT
    statement = select(Office).where(Office.code == code)
    return session.scalar(statement.where(or_(is_district, expected(found.kinds, on))))
