"""How the register takes a change over: what stood before keeps its row and its dates.

Parts of acts: the caller has asked for the right and records what was done.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_layer import thai
from data_layer.access import Scope
from data_layer.clock import now, today
from data_layer.errors import DomainError
from data_layer.models import (
    AuthorityKind,
    AuthorityPopulation,
    AuthorityProfile,
    Change,
    Office,
    OfficeProposal,
    OfficeSuccession,
    OfficeVersion,
    ProposalState,
)
from data_layer.queries.authorities import populations, profiles
from data_layer.queries.offices import offices_by_codes
from data_layer.queries.proposals import waiting_codes
from data_layer.rules.authorities import usual_mailbox
from data_layer.rules.offices import search_text

PROFILE_FACTS = ("address", "phone", "mailbox", "area_sq_km", "villages")


class CodeTaken(DomainError):
    """The new code is another authority's."""

    text: ClassVar[str] = "รหัส {code} เป็นของ อปท. อื่นแล้ว โปรดตรวจรหัสใหม่กับกรม"


class NotToBeMerged(DomainError):
    """A partner of a merger is not there any more, or something of it waits."""

    text: ClassVar[str] = "อปท. รหัส {codes} รวมเข้ามาไม่ได้ เพราะปิดไปแล้ว ไม่อยู่ในพื้นที่ หรือมีคำขออื่นรออยู่"


@dataclass(frozen=True)
class Taking:
    """A change on its way into the register: of which office, since when, by whom."""

    session: Session
    scope: Scope
    office: Office
    since: date
    user_id: int | None


def take_over(taking: Taking, change: Change, new: Mapping[str, Any]) -> None:
    """Write the facts of a proposal into the register. Raises CodeTaken, NotToBeMerged."""
    _TAKERS[change](taking, new)


def to_close(taking: Taking, change: Change, new: Mapping[str, Any]) -> list[Office]:
    """The authorities that are no more after a change. Raises NotToBeMerged."""
    if change is Change.KIND:
        return [taking.office]
    return partners(taking, new["partners"]) if change is Change.MERGER else []


def rename(office: Office, name: str, *, since: date, district: str) -> OfficeVersion:
    """Give an office another name; returns the row, to be added, that keeps the old one."""
    old = OfficeVersion(
        office_id=office.id,
        name_th=office.name_th,
        authority_kind=office.authority_kind,
        district_code=office.district_code,
        valid_until=since,
        recorded_at=now(),
    )
    office.name_th, office.sort_key = name, thai.sort_key(name)
    office.search_text = search_text(office.code, name, district)
    return old


def set_number(session: Session, office: Office, number: str, user_id: int | None) -> None:
    """Another telephone number from today on; a profile that holds the old one stays by date."""
    kept = profiles(session, office.id)
    if kept:
        since = max(today(), kept[-1].valid_on)
        put_profile(Taking(session, Scope(), office, since, user_id), {"phone": number})
    office.phone = number


def put_profile(taking: Taking, new: Mapping[str, Any]) -> None:
    """A newer profile: the last one with these facts instead."""
    session, office = taking.session, taking.office
    kept = profiles(session, office.id)
    last = kept[-1] if kept else AuthorityProfile(address="", phone=office.phone, mailbox="")
    facts = {name: new.get(name, getattr(last, name)) for name in PROFILE_FACTS}
    if facts["area_sq_km"] is not None:
        facts["area_sq_km"] = Decimal(facts["area_sq_km"])
    if facts["mailbox"] == usual_mailbox(office.code):
        facts["mailbox"] = ""
    made = AuthorityProfile(
        office_id=office.id,
        valid_on=taking.since,
        recorded_at=now(),
        recorded_by=taking.user_id,
        **facts,
    )
    office.phone = made.phone
    session.add(made)


def put_population(taking: Taking, year: int, people: int) -> None:
    """The count of a year; one that stands already is corrected by being newer."""
    taking.session.add(
        AuthorityPopulation(
            office_id=taking.office.id,
            year=year,
            population=people,
            recorded_at=now(),
            recorded_by=taking.user_id,
        )
    )


def take_sample_away(session: Session, office: Office, user_id: int | None) -> None:
    """Of a made-up authority that turns out to be there: the mark goes, and all that was made up.

    Deleted, unlike anything else: kept by date it would be a false past of a real authority. What
    was proposed to it was compared with made-up facts and waits no longer.
    """
    for kept in (AuthorityProfile, AuthorityPopulation, OfficeVersion):
        session.execute(delete(kept).where(kept.office_id == office.id))
    waiting = OfficeProposal.state == ProposalState.WAITING
    session.execute(
        update(OfficeProposal)
        .where(OfficeProposal.office_id == office.id, waiting)
        .values(state=ProposalState.WITHDRAWN, decided_at=now(), decided_by=user_id)
    )
    office.is_sample, office.phone = False, ""


def _take_profile(taking: Taking, new: Mapping[str, Any]) -> None:
    if set(PROFILE_FACTS) & set(new):
        put_profile(taking, new)
    if "population" in new:
        put_population(taking, new["population_year"], new["population"])


def _take_rename(taking: Taking, new: Mapping[str, Any]) -> None:
    district = _district_name(taking)
    taking.session.add(rename(taking.office, new["name"], since=taking.since, district=district))


def _take_kind(taking: Taking, new: Mapping[str, Any]) -> None:
    """The old authority ends on the day on which the new one begins: no day has both or none."""
    session, old = taking.session, taking.office
    made = Office(
        code=new["code"],
        kind=old.kind,
        authority_kind=AuthorityKind(new["kind"]),
        province_code=old.province_code,
        district_code=old.district_code,
        name_th=new["name"],
        sort_key=thai.sort_key(new["name"]),
        search_text=search_text(new["code"], new["name"], _district_name(taking)),
        lat=old.lat,
        lon=old.lon,
        phone=old.phone,
        is_sample=old.is_sample,
        opened_on=taking.since,
    )
    session.add(made)
    try:
        session.flush()
    except IntegrityError as problem:
        raise CodeTaken(code=new["code"]) from problem
    _end(taking, old, made)
    _inherit(taking, made)


def _inherit(taking: Taking, made: Office) -> None:
    """What was known of the old authority is where the new one starts from."""
    begun = Taking(taking.session, taking.scope, made, taking.since, taking.user_id)
    if kept := profiles(taking.session, taking.office.id):
        put_profile(begun, {name: getattr(kept[-1], name) for name in PROFILE_FACTS})
    if counts := populations(taking.session, taking.office.id):
        put_population(begun, counts[-1].year, counts[-1].population)


def _take_merger(taking: Taking, new: Mapping[str, Any]) -> None:
    codes = new["partners"]
    for partner in partners(taking, codes):
        _end(taking, partner, taking.office)


def partners(taking: Taking, codes: list[str]) -> list[Office]:
    """The authorities of these codes, all of them fit to be merged. Raises NotToBeMerged."""
    found = offices_by_codes(taking.session, taking.scope, codes)
    busy = waiting_codes(taking.session, taking.scope)
    unfit = [
        code
        for code in codes
        if code not in found or code in busy or not _stands(found[code], taking.since)
    ]
    if unfit:
        raise NotToBeMerged(codes=", ".join(unfit))
    return list(found.values())


def _stands(office: Office, on: date) -> bool:
    has_opened = office.opened_on is None or office.opened_on <= on
    return has_opened and office.closed_on is None and office.authority_kind is not None


def _end(taking: Taking, old: Office, successor: Office) -> None:
    old.closed_on = taking.since
    taking.session.add(
        OfficeSuccession(
            predecessor_id=old.id,
            successor_id=successor.id,
            since=taking.since,
        )
    )


def _district_name(taking: Taking) -> str:
    code = taking.office.district_code or ""
    return offices_by_codes(taking.session, taking.scope, [code])[code].name_th


_TAKERS: Final[Mapping[Change, Callable[[Taking, Mapping[str, Any]], None]]] = {
    Change.PROFILE: _take_profile,
    Change.RENAME: _take_rename,
    Change.KIND: _take_kind,
    Change.MERGER: _take_merger,
}
