"""The demo's register of local authorities: figures, addresses and one proposal, all made up.

People and villages are near those of demo_rounds, so that the forms find little to ask about.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_layer.clock import now, today
from data_layer.models import (
    AuthorityKind,
    AuthorityPopulation,
    AuthorityProfile,
    Change,
    Office,
    OfficeKind,
    OfficeProposal,
    ProposalState,
)
from data_layer.rules.authorities import last_full_year

PROPOSING = "4805"  # the district of the demo's officer
VILLAGES = 12
_YEARS = 3


def load(session: Session, user_id: int) -> None:
    """Add profiles and populations of the demo's authorities, and a proposal by that user."""
    statement = select(Office).order_by(Office.code)
    offices = {office.code: office for office in session.scalars(statement)}
    found = [office for office in offices.values() if office.kind is OfficeKind.AUTHORITY]
    small = [office for office in found if office.authority_kind is not AuthorityKind.PAO]
    counts = {office.id: _people(number) for number, office in enumerate(small, start=1)}
    for number, office in enumerate(found):
        is_whole = office.id not in counts
        people = sum(counts.values()) if is_whole else counts[office.id]
        area = Decimal("5512.67") if is_whole else Decimal(30 + number % 40) + Decimal("0.25")
        office.phone = f"0420{70_000 + number:05}"  # 042-0… is no subscriber's number
        place = offices[office.district_code or ""].name_th
        session.add(_profile(office, place, area, None if is_whole else VILLAGES))
        session.add_all(_counted(office, people))
    session.add(_proposal(next(filter(_is_proposing, small)), user_id))


def _is_proposing(office: Office) -> bool:
    return office.district_code == PROPOSING and office.authority_kind is AuthorityKind.TAO


def _people(number: int) -> int:
    return 6100 + 2 * (number * 37 % 900)


def _profile(office: Office, place: str, area: Decimal, villages: int | None) -> AuthorityProfile:
    name = office.name_th.partition(".")[2]
    return AuthorityProfile(
        office_id=office.id,
        valid_on=date(today().year - _YEARS, 1, 1),
        address=f"99 หมู่ 1 ต.{name} อ.{place} จ.นครพนม",
        phone=office.phone,
        mailbox="",
        area_sq_km=area,
        villages=villages,
        recorded_at=now(),
    )


def _counted(office: Office, people: int) -> Iterator[AuthorityPopulation]:
    """The last three years, each a little more than the one before."""
    last = last_full_year(today())
    for back in range(_YEARS):
        yield AuthorityPopulation(
            office_id=office.id,
            year=last - back,
            population=people * (1000 - 4 * back) // 1000,
            recorded_at=now(),
        )


def _proposal(office: Office, user_id: int) -> OfficeProposal:
    return OfficeProposal(
        office_id=office.id,
        change=Change.PROFILE,
        new_facts={"villages": VILLAGES + 1},
        old_facts={"villages": VILLAGES},
        valid_on=today(),
        basis="ประกาศตั้งหมู่บ้านใหม่ (ข้อมูลตัวอย่าง)",
        state=ProposalState.WAITING,
        proposed_at=now(),
        proposed_by=user_id,
    )
