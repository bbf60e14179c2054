"""The register of officials: tenures with their people, and how far each authority's is filled."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, contains_eager

from data_layer.access import Scope
from data_layer.errors import NotFound
from data_layer.models import Office, OfficeKind, Official, Tenure, TenureChange, User
from data_layer.queries.scope import within
from data_layer.queries.users import FULL_NAME


def tenures_of(session: Session, office_id: int) -> list[Tenure]:
    """All tenures of an authority with their people, struck ones too, the newest first."""
    statement = (
        select(Tenure)
        .join(Tenure.official)
        .options(contains_eager(Tenure.official))
        .where(Tenure.office_id == office_id)
        .order_by(Tenure.began_on.desc(), Tenure.id.desc())
    )
    return list(session.scalars(statement))


def tenures_in(
    session: Session, scope: Scope, codes: Collection[str] = ()
) -> dict[str, list[Tenure]]:
    """Those that stand (not struck) in scope, by authority code; `codes` narrows to these."""
    statement = (
        select(Office.code, Tenure)
        .join(Tenure, Tenure.office_id == Office.id)
        .join(Tenure.official)
        .options(contains_eager(Tenure.official))
        .where(Tenure.struck_at.is_(None))
        .order_by(Office.code, Tenure.began_on, Tenure.id)
    )
    if codes:
        statement = statement.where(Office.code.in_(list(codes)))
    found: dict[str, list[Tenure]] = {}
    for code, tenure in session.execute(within(statement, scope)):
        found.setdefault(code, []).append(tenure)
    return found


def tenures_elsewhere(
    session: Session, official_ids: Collection[int], office_id: int
) -> list[Row[Tenure, str]]:
    """The standing tenures of these people at other authorities, with the authority's name.

    Of the whole country: nobody may sit in two places, whoever asks.
    """
    statement = (
        select(Tenure, Office.name_th)
        .join(Office, Office.id == Tenure.office_id)
        .where(
            Tenure.official_id.in_(list(official_ids)),
            Tenure.office_id != office_id,
            Tenure.struck_at.is_(None),
        )
    )
    return list(session.execute(statement).all())


def tenure_in_scope(session: Session, scope: Scope, tenure_id: int) -> tuple[Tenure, Office]:
    """A standing tenure, its person, and its authority. Raises NotFound outside the scope."""
    statement = (
        select(Tenure, Office)
        .join(Office, Office.id == Tenure.office_id)
        .join(Tenure.official)
        .options(contains_eager(Tenure.official))
        .where(Tenure.id == tenure_id, Tenure.struck_at.is_(None))
    )
    found = session.execute(within(statement, scope)).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def official_by_index(session: Session, index: bytes) -> Official | None:
    """The person of a citizen id (its blind index), of the whole country."""
    return session.scalar(select(Official).where(Official.citizen_id_index == index))


def officials_by_index(session: Session, indexes: Collection[bytes]) -> dict[bytes, Official]:
    """Those of these citizen ids (their blind indexes) that are known, of the whole country."""
    statement = select(Official).where(Official.citizen_id_index.in_(list(indexes)))
    return {official.citizen_id_index: official for official in session.scalars(statement)}


def posts_of(
    session: Session, official_ids: Collection[int]
) -> dict[int, list[tuple[Tenure, Office]]]:
    """All that these people ever held in the whole country, struck entries too, by person."""
    statement = (
        select(Tenure, Office)
        .join(Office, Office.id == Tenure.office_id)
        .where(Tenure.official_id.in_(list(official_ids)))
        .order_by(Tenure.id)
    )
    found: dict[int, list[tuple[Tenure, Office]]] = {}
    for tenure, office in session.execute(statement):
        found.setdefault(tenure.official_id, []).append((tenure, office))
    return found


def authorities_named(
    session: Session, scope: Scope, codes: Collection[str], *, to_write: bool = False
) -> dict[str, Office]:
    """The local authorities of these codes that are in scope, by code.

    `to_write` holds them, in one order: entries of others are judged before or after.
    """
    statement = select(Office).where(
        Office.code.in_(list(codes)), Office.kind == OfficeKind.AUTHORITY
    )
    statement = within(statement.order_by(Office.id), scope)
    found = session.scalars(statement.with_for_update() if to_write else statement)
    return {office.code: office for office in found}


def is_only_here(session: Session, scope: Scope, official_id: int) -> bool:
    """Whether all posts that a person ever held lie in scope."""
    held = select(func.count()).select_from(Tenure).join(Office, Office.id == Tenure.office_id)
    held = held.where(Tenure.official_id == official_id)
    return session.scalar(held) == session.scalar(within(held, scope))


def changes_of_tenures(
    session: Session, tenure_ids: Collection[int]
) -> list[Row[TenureChange, str]]:
    """One row per act on these tenures, the newest first: the change, the name of who did it."""
    statement = (
        select(TenureChange, func.coalesce(FULL_NAME, ""))
        .outerjoin(User, User.id == TenureChange.user_id)
        .where(TenureChange.tenure_id.in_(list(tenure_ids)))
        .order_by(TenureChange.id.desc())
    )
    return list(session.execute(statement).all())


def last_changes(session: Session, scope: Scope) -> dict[str, datetime]:
    """When the register of each authority in scope was last changed, by code."""
    statement = (
        select(Office.code, func.max(TenureChange.at))
        .join(Tenure, Tenure.office_id == Office.id)
        .join(TenureChange, TenureChange.tenure_id == Tenure.id)
        .where(Office.kind == OfficeKind.AUTHORITY)
        .group_by(Office.code)
    )
    return {row[0]: row[1] for row in session.execute(within(statement, scope))}
