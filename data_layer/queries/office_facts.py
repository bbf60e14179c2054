"""What a form may ask about the office that fills it (data_layer.forms.office_facts)."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from data_layer.models import Office
from data_layer.queries.authorities import facts_by_code, facts_on
from data_layer.rules.authorities import AuthorityFacts, fact_text
from data_layer.rules.seats import expected_council_seats


def facts_of(session: Session, office: Office, *, on: date) -> dict[str, object]:
    """The facts of a local authority on a day; what is not known is left out."""
    return _told(office, facts_on(session, office, on=on), on)


def facts_of_many(
    session: Session, offices: Collection[Office], *, on: date
) -> dict[str, dict[str, object]]:
    """The same of several local authorities, by code, in one statement."""
    known = facts_by_code(session, [office.id for office in offices], on=on)
    return {office.code: _told(office, known[office.code], on) for office in offices}


def _told(office: Office, known: AuthorityFacts, on: date) -> dict[str, object]:
    seats = expected_council_seats(
        known.kind, on, population=known.population, villages=known.villages
    )
    facts: dict[str, object | None] = {
        "code": known.code,
        "name": known.name,
        "kind": known.kind.value,
        "district_code": known.district_code,
        "province_code": office.province_code,
        "population": known.population,
        "villages": known.villages,
        "address": known.address or None,
        "phone": known.phone or None,
        "area_sq_km": fact_text(known.area_sq_km) or None,
        "seats": seats.value if seats else None,
    }
    return {name: value for name, value in facts.items() if value is not None}
