"""An approved survey that says otherwise than the register is offered back to it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

from data_layer import forms, thai
from data_layer.access import Actor
from data_layer.audit import demand
from data_layer.clock import today
from data_layer.db import reading
from data_layer.errors import DomainError, InvalidFields
from data_layer.models import Change, RecordState
from data_layer.queries.authorities import facts_on
from data_layer.queries.proposals import waiting_codes
from data_layer.queries.records import authority_in_scope
from data_layer.rules.authorities import (
    FACT_LABELS,
    AuthorityFacts,
    fact_text,
    fact_words,
    last_full_year,
)
from data_layer.rules.proposals import NothingChanges, ProposalEntry, check_proposal
from data_layer.services import proposals, records
from data_layer.services.holding import RecordKey
from data_layer.services.proposal_list import FactChange

# the fields of the survey that the register keeps too, by their names there
SURVEY_FIELDS: Final[Mapping[str, str]] = {
    "address": "address",
    "phone": "phone",
    "saraban_email": "mailbox",
    "area_sq_km": "area_sq_km",
    "village_count": "villages",
    "population_total": "population",
}


class NotApproved(DomainError):
    """The register takes what the province has looked at."""

    text: ClassVar[str] = "แบบสำรวจนี้จังหวัดยังไม่ได้ตรวจผ่าน จึงยังเสนอแก้ทะเบียนจากแบบนี้ไม่ได้"


def differences(actor: Actor, found: records.RecordView) -> tuple[FactChange, ...]:
    """What the approved survey says otherwise than the register; none where it cannot be offered:
    not approved, no right, a closed authority, or one with a proposal that waits already."""
    demand(actor, "survey.read")
    if found.state is not RecordState.APPROVED or not actor.may("office.propose"):
        return ()
    with reading() as session:
        office = authority_in_scope(session, actor.scope, found.key.office_code)
        if office.closed_on is not None or office.code in waiting_codes(session, actor.scope):
            return ()
        known = facts_on(session, office, on=today())
    try:
        checked = check_proposal(_entry(known, found), known, earliest=None, today=today())
    except (NothingChanges, InvalidFields):
        return ()
    return tuple(
        FactChange(FACT_LABELS[name], fact_words(name, checked.old[name]), fact_words(name, new))
        for name, new in checked.new.items()
    )


def offer(actor: Actor, key: RecordKey) -> None:
    """Propose what the approved survey says otherwise than the register; the province confirms.

    Figures for which the survey has no data are left out. Raises NotApproved, and as
    `proposals.propose` does.
    """
    demand(actor, "office.propose")
    found = records.open_record(actor, key)
    if found.state is not RecordState.APPROVED:
        raise NotApproved
    with reading() as session:
        office = authority_in_scope(session, actor.scope, key.office_code)
        known = facts_on(session, office, on=today())
    proposals.propose(actor, key.office_code, _entry(known, found))


def _entry(known: AuthorityFacts, found: records.RecordView) -> ProposalEntry:
    values = forms.write_answers({**found.answers, **found.evaluation.calculated})
    as_of = _day(values.get("data_as_of"))
    fields = {name: fact_text(getattr(known, name)) for name in SURVEY_FIELDS.values()}
    fields["population_year"] = fact_text(known.population_year)
    given = {SURVEY_FIELDS[name]: text for name, text in _texts(values).items()}
    year = last_full_year(as_of)
    if known.population_year is not None and year < known.population_year:
        given.pop("population", None)  # the register counts newer people already
    elif "population" in given:
        given["population_year"] = str(year)
    basis = f"แบบสำรวจข้อมูลพื้นฐานที่จังหวัดตรวจผ่านแล้ว ข้อมูล ณ {thai.thai_date(as_of)}"
    return ProposalEntry(Change.PROFILE, fields | given, today(), basis)


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    """What the register keeps too; "no data because ..." is a mapping and says nothing."""
    return {
        name: str(value)
        for name, value in values.items()
        if name in SURVEY_FIELDS and isinstance(value, str | int) and str(value)
    }


def _day(value: object) -> date:
    """The day of a survey's data; today when it does not say."""
    return date.fromisoformat(value) if isinstance(value, str) and value else today()
