"""Rounds, the versions of their forms, and who has more time."""

from collections.abc import Iterable
from datetime import datetime
from threading import Lock

from cachetools import LRUCache
from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session

from data_layer.config import config
from data_layer.errors import NotFound
from data_layer.forms import Form, form_of
from data_layer.models import Extension, FormId, FormVersion, Office, OfficeKind, Round, RoundForm

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


_EXTENDED = (
    select(func.max(Extension.until))
    .join(Office, Office.id == Extension.office_id)
    .where(
        Extension.round_id == bindparam("round_id"),
        Office.code.in_([bindparam("own"), bindparam("district")]),
    )
)


def extended_until(session: Session, round_id: int, office: Office) -> datetime | None:
    """Until when a local authority has more time, by itself or with its whole district."""
    asked = {"round_id": round_id, "own": office.code, "district": office.district_code}
    found: datetime | None = session.scalar(_EXTENDED, asked)
    return found


def extensions(
    session: Session, round_ids: Iterable[int]
) -> list[Row[Extension, str, OfficeKind, str]]:
    """One row per extension of the rounds, by office: extension, office code, kind and name."""
    statement = (
        select(Extension, Office.code, Office.kind, Office.name_th)
        .join(Office, Office.id == Extension.office_id)
        .where(Extension.round_id.in_(list(round_ids)))
        .order_by(Office.code)
    )
    return list(session.execute(statement).all())


def extendable_office(session: Session, code: str) -> Office:
    """A district office or a local authority. Raises NotFound."""
    office = session.scalar(select(Office).where(Office.code == code))
    if office is None or office.kind not in {OfficeKind.DISTRICT, OfficeKind.AUTHORITY}:
        raise NotFound
    return office
