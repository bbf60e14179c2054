"""Proposals to change the register of local authorities."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from data_layer.access import Scope
from data_layer.errors import NotFound
from data_layer.models import (
    Office,
    OfficeProposal,
    ProposalState,
    Record,
    RecordState,
    Round,
    Tenure,
    User,
)
from data_layer.queries.scope import within


def proposal_in_scope(
    session: Session, scope: Scope, proposal_id: int
) -> tuple[OfficeProposal, Office]:
    """A proposal, held until it is decided, and its office. Raises NotFound outside the scope."""
    statement = (
        select(OfficeProposal, Office)
        .join(Office, Office.id == OfficeProposal.office_id)
        .where(OfficeProposal.id == proposal_id)
        .with_for_update(of=OfficeProposal)
    )
    found = session.execute(within(statement, scope)).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def waiting_proposals(
    session: Session, scope: Scope, *, limit: int
) -> list[Row[OfficeProposal, Office, User, User]]:
    """The first that wait, the oldest on top: proposal, office, proposer and decider or None."""
    statement = _rows().where(OfficeProposal.state == ProposalState.WAITING)
    ordered = statement.order_by(OfficeProposal.proposed_at, OfficeProposal.id).limit(limit)
    return list(session.execute(within(ordered, scope)).all())


def proposals_of(session: Session, office_id: int) -> list[Row[OfficeProposal, Office, User, User]]:
    """All of one office, the newest first: proposal, office, proposer and decider or None."""
    statement = _rows().where(OfficeProposal.office_id == office_id)
    return list(session.execute(statement.order_by(OfficeProposal.id.desc())).all())


def _rows() -> Select[*tuple[Any, ...]]:
    proposer, decider = aliased(User), aliased(User)
    return (
        select(OfficeProposal, Office, proposer, decider)
        .join(Office, Office.id == OfficeProposal.office_id)
        .outerjoin(proposer, proposer.id == OfficeProposal.proposed_by)
        .outerjoin(decider, decider.id == OfficeProposal.decided_by)
    )


def waiting_codes(session: Session, scope: Scope) -> set[str]:
    """The codes of the offices in scope that have a proposal waiting."""
    statement = (
        select(Office.code)
        .join(OfficeProposal, OfficeProposal.office_id == Office.id)
        .where(OfficeProposal.state == ProposalState.WAITING)
    )
    return set(session.scalars(within(statement, scope)))


def refused_codes(session: Session, scope: Scope, *, since: datetime) -> set[str]:
    """The codes of the offices in scope whose newest proposal was refused since then."""
    newest = (
        select(func.max(OfficeProposal.id)).group_by(OfficeProposal.office_id).scalar_subquery()
    )
    statement = (
        select(Office.code)
        .join(OfficeProposal, OfficeProposal.office_id == Office.id)
        .where(
            OfficeProposal.id.in_(newest),
            OfficeProposal.state == ProposalState.REFUSED,
            OfficeProposal.decided_at >= since,
        )
    )
    return set(session.scalars(within(statement, scope)))


def count_sitting(session: Session, codes: Collection[str]) -> int:
    """How many tenures stand open in these authorities."""
    statement = (
        select(func.count())
        .select_from(Tenure)
        .join(Office, Office.id == Tenure.office_id)
        .where(Office.code.in_(list(codes)), Tenure.ended_on.is_(None), Tenure.struck_at.is_(None))
    )
    return session.scalar(statement) or 0


def unjudged_records(session: Session, codes: Collection[str]) -> list[Row[RecordState, Round]]:
    """One row per record of these authorities that is not approved: its state and its round."""
    statement = (
        select(Record.state, Round)
        .join(Round, Round.id == Record.round_id)
        .join(Office, Office.id == Record.office_id)
        .where(Office.code.in_(list(codes)), Record.state != RecordState.APPROVED)
        .order_by(Record.id)
    )
    return list(session.execute(statement).all())


def names_of(session: Session, codes: Collection[str]) -> dict[str, str]:
    """The names of offices by code, whoever's they are: a name is no secret."""
    statement = select(Office.code, Office.name_th).where(Office.code.in_(list(codes)))
    return {row.code: row.name_th for row in session.execute(statement)}
