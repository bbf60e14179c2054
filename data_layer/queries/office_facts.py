"""What a form may ask about the office that fills it (data_layer.forms.office_facts)."""

from datetime import date

from sqlalchemy.orm import Session

from data_layer.models import Office
from data_layer.queries.authorities import facts_on
from data_layer.rules.authorities import fact_text
from data_layer.rules.seats import expected_council_seats


def facts_of(session: Session, office: Office, *, on: date) -> dict[str, object]:
    """The facts of a local authority on a day; what is not known is left out."""
    known = facts_on(session, office, on=on)
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
