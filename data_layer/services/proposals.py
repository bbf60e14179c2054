"""Changes of the register: the district proposes, the province confirms or refuses."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar, Final

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_layer import thai
from data_layer.access import Actor, Scope
from data_layer.audit import data_changed, demand, record
from data_layer.clock import now, today
from data_layer.db import Conflict, writing
from data_layer.errors import DomainError, InvalidFields
from data_layer.models import Change, Office, OfficeProposal, ProposalState
from data_layer.queries import proposals as query
from data_layer.queries.authorities import facts_on, profiles, versions
from data_layer.queries.offices import offices_by_codes
from data_layer.queries.records import authority_in_scope
from data_layer.rules.proposals import CheckedProposal, ProposalEntry, check_proposal, old_facts
from data_layer.services.authority_changes import (
    CodeTaken,
    NotToBeMerged,
    Taking,
    partners,
    take_over,
    to_close,
)
from data_layer.services.closing import leave_all

_ACTS: Final[Mapping[ProposalState, str]] = {
    ProposalState.CONFIRMED: "confirm",
    ProposalState.REFUSED: "refuse",
    ProposalState.WITHDRAWN: "withdraw",
}


class ProposalWaiting(DomainError):
    """An office has one proposal at a time."""

    text: ClassVar[str] = "อปท. นี้มีคำขอรอจังหวัดยืนยันอยู่แล้ว โปรดถอนคำขอเดิมก่อน หรือรอผลจากจังหวัด"


class AuthorityClosed(DomainError):
    """A closed authority stays as it was."""

    text: ClassVar[str] = "อปท. นี้ปิดไปแล้ว ข้อมูลเดิมเก็บไว้ตามวันที่ จึงเสนอแก้ไขไม่ได้"


class RegisterMoved(DomainError):
    """The register was changed later than the proposal would."""

    text: ClassVar[str] = (
        "ทะเบียนเปลี่ยนไปแล้วหลังวันที่มีผลของคำขอนี้ จึงยืนยันไม่ได้ โปรดไม่ยืนยันพร้อมเหตุผล แล้วให้อำเภอเสนอใหม่"
    )


class ReasonMissing(DomainError):
    """A refusal tells its reason to who proposed."""

    text: ClassVar[str] = "โปรดกรอกเหตุผลที่ไม่ยืนยัน เพื่อให้อำเภอทราบว่าต้องแก้ไขอะไร"


def propose(actor: Actor, office_code: str, entry: ProposalEntry) -> None:
    """Propose a change; the register stays as it is until the province confirms.

    Raises InvalidFields, NothingChanges, ProposalWaiting, AuthorityClosed, NotFound.
    """
    demand(actor, "office.propose")
    with writing() as session:
        office = authority_in_scope(session, actor.scope, office_code)
        if office.closed_on is not None:
            raise AuthorityClosed
        known = facts_on(session, office, on=today())
        earliest = _earliest(session, office, entry.change)
        checked = check_proposal(entry, known, earliest=earliest, today=today())
        _refuse_impossible(session, actor, office, checked)
        _add(session, actor, office, checked)
        data_changed(session, office.province_code)
        record(session, "office.propose", actor=actor, office_code=office.code, change=entry.change)


def withdraw(actor: Actor, proposal_id: int, version: int) -> None:
    """Take a waiting proposal back. Raises Conflict when it does not wait any more."""
    demand(actor, "office.propose")
    _decide(actor, proposal_id, version, ProposalState.WITHDRAWN)


def confirm(actor: Actor, proposal_id: int, version: int) -> str:
    """Take a proposal over into the register. Returns the office's name.

    Raises Conflict when it does not wait any more or was changed, RegisterMoved, CodeTaken,
    NotToBeMerged, AuthorityClosed.
    """
    demand(actor, "office.confirm")
    return _decide(actor, proposal_id, version, ProposalState.CONFIRMED)


def refuse(actor: Actor, proposal_id: int, version: int, reason: str) -> str:
    """Leave the register as it is; the district reads the reason. Returns the office's name."""
    demand(actor, "office.confirm")
    if not (line := thai.normalise(reason)):
        raise ReasonMissing
    return _decide(actor, proposal_id, version, ProposalState.REFUSED, line[:200])


def _earliest(session: Session, office: Office, change: Change) -> date | None:
    """The first day from which such a change may hold, after the last one of its sort."""
    days = [office.opened_on] if office.opened_on else []
    if change is Change.PROFILE:
        days += [kept.valid_on for kept in profiles(session, office.id)[-1:]]
    else:
        days += [old.valid_until + timedelta(days=1) for old in versions(session, office.id)[-1:]]
    return max(days, default=None)


def _refuse_impossible(
    session: Session, actor: Actor, office: Office, checked: CheckedProposal
) -> None:
    """What only the register itself knows: a code in use, a partner that is not there."""
    code = checked.new.get("code", "")
    if code and offices_by_codes(session, Scope(), [code]):
        raise InvalidFields({"code": str(CodeTaken(code=code))})
    taking = Taking(session, actor.scope, office, checked.valid_on, actor.user_id)
    try:
        partners(taking, checked.new.get("partners", []))
    except NotToBeMerged as refusal:
        raise InvalidFields({"partners": str(refusal)}) from refusal


def _add(session: Session, actor: Actor, office: Office, checked: CheckedProposal) -> None:
    session.add(
        OfficeProposal(
            office_id=office.id,
            change=checked.change,
            new_facts=checked.new,
            old_facts=checked.old,
            valid_on=checked.valid_on,
            basis=checked.basis,
            state=ProposalState.WAITING,
            proposed_at=now(),
            proposed_by=actor.user_id,
        )
    )
    try:
        session.flush()
    except IntegrityError as problem:
        raise ProposalWaiting from problem


def _decide(
    actor: Actor, proposal_id: int, version: int, state: ProposalState, reason: str = ""
) -> str:
    with writing() as session:
        found, office = query.proposal_in_scope(session, actor.scope, proposal_id)
        if found.state is not ProposalState.WAITING or found.version != version:
            raise Conflict
        if state is ProposalState.CONFIRMED:
            _take(session, actor, found, office)
        found.state, found.reason = state, reason
        found.decided_at, found.decided_by = now(), actor.user_id
        data_changed(session, office.province_code)
        act = f"office.{_ACTS[state]}"
        record(session, act, actor=actor, office_code=office.code, id=found.id)
        return office.name_th


def _take(session: Session, actor: Actor, found: OfficeProposal, office: Office) -> None:
    """The register as it is now decides, not as it was when somebody proposed."""
    if office.closed_on is not None:
        raise AuthorityClosed
    earliest = _earliest(session, office, found.change)
    if earliest is not None and found.valid_on < earliest:
        raise RegisterMoved
    found.old_facts = old_facts(found.new_facts, facts_on(session, office, on=today()))
    taking = Taking(session, actor.scope, office, found.valid_on, actor.user_id)
    closing = to_close(taking, found.change, found.new_facts)
    take_over(taking, found.change, found.new_facts)
    leave_all(session, actor, closing, found.valid_on)
