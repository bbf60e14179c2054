"""What a form may ask about the office that fills it (data_layer.forms.office_facts)."""

from datetime import date

from sqlalchemy.orm import Session

from data_layer.models import Office
from data_layer.rules.seats import expected_council_seats


def facts_of(_session: Session, office: Office, *, on: date) -> dict[str, object]:
    """The facts of a local authority on a day; what is not known is left out."""
    facts: dict[str, object] = {
        "code": office.code,
        "name": office.name_th,
        "kind": office.authority_kind.value if office.authority_kind else "",
        "district_code": office.district_code or "",
        "province_code": office.province_code,
    }
    if office.authority_kind is not None:
        seats = expected_council_seats(office.authority_kind, on, population=None, villages=None)
        facts |= {"seats": seats.value} if seats else {}
    return facts
