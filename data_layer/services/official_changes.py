"""The register of officials is written: added, changed, ended, replaced, struck out as a slip."""

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from sqlalchemy.orm import Session

from data_layer.access import Actor
from data_layer.audit import demand, record, records_changed
from data_layer.clock import now, today
from data_layer.db import Conflict, writing
from data_layer.errors import DomainError, InvalidFields
from data_layer.models import EndReason, Office, Post, Tenure
from data_layer.queries import officials as query
from data_layer.queries.records import authority_in_scope
from data_layer.rules.officials import LABELS, Entry, check_entry
from data_layer.rules.posts import WITH_MAYOR, WITH_SEAT
from data_layer.services.entering import correct, enter, note, rewrite
from data_layer.services.seating import entry_of
from data_layer.thai import normalise

LEAVING: Final = ("ended_on", "end_reason")


class ReasonMissing(DomainError):
    """Who strikes an entry out says why."""

    text: ClassVar[str] = "โปรดกรอกเหตุผลที่ลบรายการ เพื่อให้ผู้อื่นทราบว่าผิดอย่างไร"


def add(
    actor: Actor, office_code: str, given: Mapping[str, object], reasons: Mapping[str, str]
) -> int:
    """Enter somebody into a post; `given` by rules.officials.FIELDS, a reason by soft rule.

    Returns the tenure's id. Raises InvalidFields, AgainstTheRules, ReasonsMissing, NotFound,
    AuthorityClosed, Conflict when somebody else was first.
    """
    demand(actor, "official.write")
    entry = check_entry(given, today=today())
    with writing() as session:
        office = _office(session, actor, office_code)
        tenure = enter(session, actor, office, entry, reasons)
        _done(session, actor, office, "official.add", tenure)
        return tenure.id


def change(
    actor: Actor,
    tenure_id: int,
    version: int,
    given: Mapping[str, object],
    reasons: Mapping[str, str],
) -> None:
    """Correct an entry; fields that are not given stay. `version` is the one the editor saw.

    Raises as `add` does, and NumberOfAnother.
    """
    demand(actor, "official.write")
    with writing() as session:
        tenure, office = _seen(session, actor, tenure_id, version)
        correct(session, actor, office, tenure, given, reasons)
        _done(session, actor, office, "official.change", tenure)


def end(
    actor: Actor,
    tenure_id: int,
    version: int,
    given: Mapping[str, object],
    reasons: Mapping[str, str],
) -> list[str]:
    """Somebody leaves; `given` has ended_on and end_reason. Who sits by them leaves along.

    Returns the names of those who left along. Raises as `add` does.
    """
    demand(actor, "official.write")
    with writing() as session:
        tenure, office = _seen(session, actor, tenure_id, version)
        along = _end(session, actor, office, tenure, given, reasons)
        _done(session, actor, office, "official.end", tenure, along=[each.id for each in along])
        return [each.official.name for each in along]


def replace(
    actor: Actor,
    tenure_id: int,
    version: int,
    ended: Mapping[str, object],
    given: Mapping[str, object],
    reasons: Mapping[str, str],
) -> int:
    """One leaves and another comes, both or neither; the post and constituency stay.

    `ended` as for `end`, `given` as for `add`. Returns the new tenure's id.
    """
    demand(actor, "official.write")
    with writing() as session:
        tenure, office = _seen(session, actor, tenure_id, version)
        seat = {"post": tenure.post, "constituency": tenure.constituency}
        entry = check_entry({**given, **seat}, today=today())
        _end(session, actor, office, tenure, ended, reasons)
        made = enter(session, actor, office, entry, reasons)
        _done(session, actor, office, "official.replace", made, after=tenure.id)
        return made.id


def strike(actor: Actor, tenure_id: int, version: int, reason: str) -> None:
    """Take an entry out that should never have been made; it stays in the history."""
    demand(actor, "official.write")
    if not (said := normalise(reason)[:200]):
        raise ReasonMissing
    with writing() as session:
        tenure, office = _seen(session, actor, tenure_id, version)
        tenure.struck_at, tenure.struck_reason = now(), said
        note(session, actor, tenure, "strike", {})
        _done(session, actor, office, "official.strike", tenure)


def reveal_citizen_id(actor: Actor, tenure_id: int) -> str:
    """The whole 13-digit number of somebody in scope; the look is recorded."""
    demand(actor, "official.reveal")
    with writing() as session:
        tenure, office = query.tenure_in_scope(session, actor.scope, tenure_id)
        record(session, "official.reveal", actor=actor, office_code=office.code, id=tenure.id)
        return tenure.official.citizen_id


def _end(
    session: Session,
    actor: Actor,
    office: Office,
    tenure: Tenure,
    given: Mapping[str, object],
    reasons: Mapping[str, str],
) -> list[Tenure]:
    if not (given.get("ended_on") and given.get("end_reason")):
        missing = {name: f"โปรดกรอก{LABELS[name]}" for name in LEAVING if not given.get(name)}
        raise InvalidFields(missing)
    leaving = {name: given[name] for name in LEAVING}
    correct(session, actor, office, tenure, leaving, reasons)
    along = companions(session, tenure)
    for each, reason in along:
        _leave_along(session, actor, each, tenure, reason)
    session.flush()
    return [each for each, _ in along]


def _leave_along(
    session: Session, actor: Actor, each: Tenure, tenure: Tenure, reason: EndReason
) -> None:
    day = max(each.began_on, tenure.ended_on or each.began_on)
    entry = entry_of(each)
    left = dataclasses.replace(entry.tenure, ended_on=day, end_reason=reason)
    rewrite(session, actor, each, Entry(entry.person, left), each.reasons)


def companions(session: Session, tenure: Tenure) -> list[tuple[Tenure, EndReason]]:
    """Who leaves when this one leaves: a mayor's people, the speaker with the own seat."""
    others = query.tenures_of(session, tenure.office_id)
    sitting = [each for each in others if each.ended_on is None and each.struck_at is None]
    if tenure.post is Post.MAYOR:
        return [(each, EndReason.MAYOR_LEFT) for each in sitting if each.post in WITH_MAYOR]
    if tenure.post is Post.MEMBER:
        own = [each for each in sitting if each.official_id == tenure.official_id]
        return [(each, EndReason.SEAT_LEFT) for each in own if each.post in WITH_SEAT]
    return []


def _office(session: Session, actor: Actor, office_code: str) -> Office:
    """The authority, held: two entries at once are judged one after the other."""
    office = authority_in_scope(session, actor.scope, office_code)
    session.refresh(office, with_for_update=True)
    return office


def _seen(session: Session, actor: Actor, tenure_id: int, version: int) -> tuple[Tenure, Office]:
    tenure, office = query.tenure_in_scope(session, actor.scope, tenure_id)
    session.refresh(office, with_for_update=True)
    if tenure.version != version:
        raise Conflict
    return tenure, office


def _done(
    session: Session,
    actor: Actor,
    office: Office,
    act: str,
    tenure: Tenure,
    **detail: Any,  # noqa: ANN401 - JSON facts
) -> None:
    records_changed(session, office.province_code)
    record(session, act, actor=actor, office_code=office.code, id=tenure.id, **detail)
