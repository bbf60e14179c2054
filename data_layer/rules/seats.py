"""How many posts the law gives a local authority: council seats, deputies, aides, speakers. Pure.

Each figure says whether it is verified in a source. One that is not, or that cannot be known
from what was given, may only ever ask for a reason: it never refuses.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from data_layer.models.offices import AuthorityKind

# พ.ร.บ.สภาตำบลและองค์การบริหารส่วนตำบล (ฉบับที่ 7) พ.ศ. 2562: from two members a village to one
ONE_PER_VILLAGE_FROM = date(2019, 4, 17)
MIN_TAO_SEATS = 6  # counted: the least council of any อบต. elected since
_PAO_STEPS = ((500_000, 24), (1_000_000, 30), (1_500_000, 36), (2_000_000, 42))
_PAO_MOST = 48
_PAO_VERIFIED_TO = 1_000_000
_MEMBERS_PER_CONSTITUENCY = 6
_MUNICIPAL_CONSTITUENCIES = {
    AuthorityKind.CITY: 4,
    AuthorityKind.TOWN: 3,
    AuthorityKind.TAMBON_MUNICIPALITY: 2,
}
_PATTAYA_SEATS = 24


class Figure(NamedTuple):
    """A number of the law, and whether a source for it was read."""

    value: int
    is_verified: bool


_DEPUTIES = {
    AuthorityKind.CITY: Figure(4, is_verified=False),
    AuthorityKind.TOWN: Figure(3, is_verified=False),
    AuthorityKind.TAMBON_MUNICIPALITY: Figure(2, is_verified=True),
    AuthorityKind.TAO: Figure(2, is_verified=True),
}
_PAO_DEPUTIES = {24: 2, 30: 2, 36: 3, 42: 3, 48: 4}
_AIDES = {
    AuthorityKind.PAO: 5,
    AuthorityKind.CITY: 5,
    AuthorityKind.TOWN: 3,
    AuthorityKind.TAMBON_MUNICIPALITY: 2,
    AuthorityKind.TAO: 1,
}


@dataclass(frozen=True)
class Limits:
    """What one authority may have. None: not known, so nothing is held against it."""

    seats: Figure | None
    constituencies: tuple[int, ...] | None
    deputies: Figure | None
    aides: Figure | None
    speakers: Figure
    deputy_speakers: Figure


def statutory_limits(
    kind: AuthorityKind, law_on: date, *, population: int | None, villages: int | None
) -> Limits:
    """All figures of one authority at once; `law_on` is the day its council was elected."""
    seats = expected_council_seats(kind, law_on, population=population, villages=villages)
    return Limits(
        seats=seats,
        constituencies=constituency_seats(kind, law_on, population=population, villages=villages),
        deputies=deputies_limit(kind, seats),
        aides=aides_limit(kind),
        speakers=Figure(1, is_verified=False),
        deputy_speakers=deputy_speakers_limit(kind),
    )


def expected_council_seats(
    kind: AuthorityKind, law_on: date, *, population: int | None, villages: int | None
) -> Figure | None:
    """The seats of a council elected on `law_on`; None when the needed number was not given.

    เทศบาล 24, 18, 12: ect.go.th, Songkhla, and nearly all councils counted. อบจ. by population
    (that of the last announcement before the election year): up to 1,000,000 from
    พ.ร.บ.อบจ. 2540 ม.9, above from memory. อบต.: ม.45, see `_tao_seats`. Pattaya: counted.
    """
    match kind:
        case AuthorityKind.PAO:
            return None if population is None else _pao_seats(population)
        case AuthorityKind.TAO:
            return None if not villages else _tao_seats(villages, law_on)
        case AuthorityKind.SPECIAL:
            return Figure(_PATTAYA_SEATS, is_verified=False)
    count = _MUNICIPAL_CONSTITUENCIES[kind] * _MEMBERS_PER_CONSTITUENCY
    return Figure(count, is_verified=True)


def _pao_seats(population: int) -> Figure:
    seats = next((seats for most, seats in _PAO_STEPS if population <= most), _PAO_MOST)
    return Figure(seats, is_verified=population <= _PAO_VERIFIED_TO)


def _tao_seats(villages: int, law_on: date) -> Figure:
    """One per village (Gazette, พ.ร.บ. ฉบับที่ 7), two before; the filling up to 6 is from memory."""
    by_village = villages * _per_village(law_on)
    return Figure(max(by_village, MIN_TAO_SEATS), is_verified=by_village >= MIN_TAO_SEATS)


def _per_village(law_on: date) -> int:
    return 1 if law_on >= ONE_PER_VILLAGE_FROM else 2


def constituency_seats(
    kind: AuthorityKind, law_on: date, *, population: int | None, villages: int | None
) -> tuple[int, ...] | None:
    """The seats of เขต 1, 2, ... in this order; None when these facts do not tell.

    เทศบาล: 6 members in each of 4, 3 or 2 (ect.go.th, Songkhla). อบจ.: one member each, inside a
    district. อบต.: the village is the constituency. With 4 or 5 villages the more populous ones
    have a second member (from memory), and which they are is not known here; nor is Pattaya's map.
    """
    seats = expected_council_seats(kind, law_on, population=population, villages=villages)
    if seats is None or kind is AuthorityKind.SPECIAL:
        return None
    if kind is AuthorityKind.PAO:
        return (1,) * seats.value
    count = villages if kind is AuthorityKind.TAO else _MUNICIPAL_CONSTITUENCIES[kind]
    return _evenly(seats.value, count)


def _evenly(seats: int, count: int | None) -> tuple[int, ...] | None:
    if not count or seats % count:
        return None
    return (seats // count,) * count


def deputies_limit(kind: AuthorityKind, seats: Figure | None) -> Figure | None:
    """The most deputies of a นายก. เทศบาลตำบล and อบต.: kpiebook64011 p. 53; others from memory.

    Those of an อบจ. follow the seats of its council. Pattaya's are not known.
    """
    if kind is not AuthorityKind.PAO:
        return _DEPUTIES.get(kind)
    if seats is None or seats.value not in _PAO_DEPUTIES:
        return None
    return Figure(_PAO_DEPUTIES[seats.value], is_verified=False)


def aides_limit(kind: AuthorityKind) -> Figure | None:
    """The most advisers and secretaries of a นายก together, from memory; อบต.: a secretary."""
    most = _AIDES.get(kind)
    return None if most is None else Figure(most, is_verified=False)


def deputy_speakers_limit(kind: AuthorityKind) -> Figure:
    """The most รองประธานสภา, from memory: two in an อบจ., one elsewhere."""
    return Figure(2 if kind is AuthorityKind.PAO else 1, is_verified=False)
