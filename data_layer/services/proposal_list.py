"""Proposals to change the register, as people see them: old beside new."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row
from sqlalchemy.orm import Session

from data_layer.access import Actor
from data_layer.audit import demand
from data_layer.clock import now, today
from data_layer.db import reading
from data_layer.models import Change, Office, OfficeProposal, ProposalState, RecordState, User
from data_layer.queries import proposals as query
from data_layer.queries.authorities import facts_on
from data_layer.rules.authorities import FACT_LABELS, fact_words
from data_layer.rules.proposals import CHANGE_NAMES, old_facts
from data_layer.services.holding import asked_on

STATE_NAMES: Final[Mapping[ProposalState, str]] = {
    ProposalState.WAITING: "รอจังหวัดยืนยัน",
    ProposalState.CONFIRMED: "จังหวัดยืนยันแล้ว",
    ProposalState.REFUSED: "จังหวัดไม่ยืนยัน",
    ProposalState.WITHDRAWN: "อำเภอถอนคำขอ",
}
REFUSAL_STAYS = timedelta(days=30)  # on the home page of who proposed, and in the list


@dataclass(frozen=True)
class FactChange:
    """One fact, as it stands and as proposed, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ProposalView:
    """A proposal as people see it."""

    id: int
    version: int
    office_code: str
    office_name: str
    is_sample: bool
    change: str
    facts: tuple[FactChange, ...]
    valid_on: date
    basis: str
    state: ProposalState
    state_name: str
    proposed_at: datetime
    proposed_by: str
    decided_at: datetime | None
    decided_by: str
    reason: str
    leaving: int  # who sits in what it would close, and leaves by its confirmation
    unfinished: int  # records there that are to be handed in, in rounds that ask them no more
    unjudged: int  # and those that were handed in and wait for the province


def waiting(actor: Actor, *, limit: int = 20) -> list[ProposalView]:
    """The first proposals in scope that wait, the oldest on top, beside what stands now."""
    demand(actor, "office.read")
    with reading() as session:
        return views(session, query.waiting_proposals(session, actor.scope, limit=limit))


def count_waiting(actor: Actor) -> int:
    """How many proposals in scope wait."""
    demand(actor, "office.read")
    with reading() as session:
        return len(query.waiting_codes(session, actor.scope))


def refused_offices(actor: Actor) -> list[str]:
    """The codes of the offices in scope whose last proposal was refused lately, in their order."""
    demand(actor, "office.read")
    with reading() as session:
        return sorted(query.refused_codes(session, actor.scope, since=now() - REFUSAL_STAYS))


def views(
    session: Session, rows: Sequence[Row[OfficeProposal, Office, User, User]]
) -> list[ProposalView]:
    """Proposals in words; of those that wait, beside the register as it is now."""
    partner_codes = [code for each, *_ in rows for code in each.new_facts.get("partners", ())]
    names = query.names_of(session, partner_codes) if partner_codes else {}
    return [_view(session, names, *row) for row in rows]


def _view(
    session: Session,
    names: Mapping[str, str],
    found: OfficeProposal,
    office: Office,
    proposer: User | None,
    decider: User | None,
) -> ProposalView:
    new, old = found.new_facts, found.old_facts
    if found.state is ProposalState.WAITING:
        old = old_facts(new, facts_on(session, office, on=today()))
    closing = _closing(found, office)
    stopping = _stopping(session, closing, found.valid_on)
    return ProposalView(
        id=found.id,
        version=found.version,
        office_code=office.code,
        office_name=office.name_th,
        is_sample=office.is_sample,
        change=CHANGE_NAMES[found.change],
        facts=tuple(
            FactChange(FACT_LABELS[name], fact_words(name, old.get(name)), _new(name, value, names))
            for name, value in new.items()
        ),
        valid_on=found.valid_on,
        basis=found.basis,
        state=found.state,
        state_name=STATE_NAMES[found.state],
        proposed_at=found.proposed_at,
        proposed_by=proposer.name if proposer else "",
        decided_at=found.decided_at,
        decided_by=decider.name if decider else "",
        reason=found.reason,
        leaving=query.count_sitting(session, closing) if closing else 0,
        unfinished=stopping[RecordState.DRAFT] + stopping[RecordState.RETURNED],
        unjudged=stopping[RecordState.SUBMITTED],
    )


def _closing(found: OfficeProposal, office: Office) -> list[str]:
    """The codes of the authorities that its confirmation would close; none once it is decided."""
    if found.decided_at is not None:
        return []
    return [office.code] if found.change is Change.KIND else found.new_facts.get("partners", [])


def _stopping(session: Session, codes: list[str], on: date) -> Counter[RecordState]:
    """Their records that can be neither handed in nor judged any more, by state."""
    unjudged = query.unjudged_records(session, codes) if codes else []
    return Counter(state for state, round_ in unjudged if on <= asked_on(round_))


def _new(name: str, value: Any, names: Mapping[str, str]) -> str:  # noqa: ANN401 - any fact
    if name == "partners":
        return ", ".join(f"{names.get(code, '')} ({code})" for code in value)
    return fact_words(name, value)
