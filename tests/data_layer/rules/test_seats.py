"""How many seats and posts an authority has, as a clerk would look it up in the law."""

from datetime import date

import pytest

from data_layer.models.offices import AuthorityKind
from data_layer.rules import seats
from data_layer.rules.seats import Figure

BEFORE, SINCE = date(2019, 4, 16), date(2019, 4, 17)


def expected(kind, law_on=SINCE, population=None, villages=None):
    return seats.expected_council_seats(kind, law_on, population=population, villages=villages)


def constituencies(kind, law_on=SINCE, population=None, villages=None):
    return seats.constituency_seats(kind, law_on, population=population, villages=villages)


@pytest.mark.parametrize(
    ("kind", "villages"),
    [(AuthorityKind.PAO, 9), (AuthorityKind.TAO, None), (AuthorityKind.TAO, 0)],
)
def test_does_not_guess_when_the_number_that_decides_is_missing(kind, villages):
    assert expected(kind, villages=villages) is None
    assert constituencies(kind, villages=villages) is None


@pytest.mark.parametrize(
    ("kind", "population", "villages"),
    [
        (AuthorityKind.PAO, 1_000_001, None),
        (AuthorityKind.TAO, None, 5),
        (AuthorityKind.SPECIAL, None, None),
    ],
)
def test_says_when_a_figure_was_never_verified(kind, population, villages):
    assert not expected(kind, population=population, villages=villages).is_verified


@pytest.mark.parametrize(
    ("population", "count"),
    [
        (1, 24),
        (500_000, 24),
        (500_001, 30),
        (1_000_000, 30),
        (1_000_001, 36),
        (1_500_000, 36),
        (1_500_001, 42),
        (2_000_000, 42),
        (2_000_001, 48),
    ],
)
def test_gives_a_provincial_council_its_seats_by_population(population, count):
    assert expected(AuthorityKind.PAO, population=population).value == count
    assert constituencies(AuthorityKind.PAO, population=population) == (1,) * count


@pytest.mark.parametrize(
    ("kind", "count", "by_constituency"),
    [
        (AuthorityKind.CITY, 24, (6, 6, 6, 6)),
        (AuthorityKind.TOWN, 18, (6, 6, 6)),
        (AuthorityKind.TAMBON_MUNICIPALITY, 12, (6, 6)),
    ],
)
def test_gives_a_municipality_six_seats_per_constituency(kind, count, by_constituency):
    assert expected(kind) == Figure(count, is_verified=True)
    assert constituencies(kind) == by_constituency


@pytest.mark.parametrize(
    ("villages", "law_on", "count", "by_constituency"),
    [
        (1, SINCE, 6, (6,)),
        (2, SINCE, 6, (3, 3)),
        (3, SINCE, 6, (2, 2, 2)),
        (4, SINCE, 6, None),  # two villages have two members; which, the number does not tell
        (5, SINCE, 6, None),
        (6, SINCE, 6, (1,) * 6),
        (29, SINCE, 29, (1,) * 29),
        (1, BEFORE, 6, (6,)),
        (3, BEFORE, 6, (2, 2, 2)),
        (12, BEFORE, 24, (2,) * 12),
    ],
)
def test_gives_a_tambon_council_its_seats_by_village_and_law(
    villages, law_on, count, by_constituency
):
    assert expected(AuthorityKind.TAO, law_on, villages=villages).value == count
    assert constituencies(AuthorityKind.TAO, law_on, villages=villages) == by_constituency


@pytest.mark.parametrize(
    ("kind", "council", "limit"),
    [
        (AuthorityKind.PAO, None, None),
        (AuthorityKind.PAO, 12, None),
        (AuthorityKind.SPECIAL, 24, None),
        (AuthorityKind.PAO, 24, Figure(2, is_verified=False)),
        (AuthorityKind.PAO, 30, Figure(2, is_verified=False)),
        (AuthorityKind.PAO, 42, Figure(3, is_verified=False)),
        (AuthorityKind.PAO, 48, Figure(4, is_verified=False)),
        (AuthorityKind.CITY, 24, Figure(4, is_verified=False)),
        (AuthorityKind.TOWN, 18, Figure(3, is_verified=False)),
        (AuthorityKind.TAMBON_MUNICIPALITY, 12, Figure(2, is_verified=True)),
        (AuthorityKind.TAO, 6, Figure(2, is_verified=True)),
    ],
)
def test_limits_the_deputies_and_says_which_limit_is_verified(kind, council, limit):
    of_council = None if council is None else Figure(council, is_verified=True)

    assert seats.deputies_limit(kind, of_council) == limit


@pytest.mark.parametrize(
    ("kind", "aides", "deputy_speakers"),
    [
        (AuthorityKind.PAO, 5, 2),
        (AuthorityKind.CITY, 5, 1),
        (AuthorityKind.TOWN, 3, 1),
        (AuthorityKind.TAMBON_MUNICIPALITY, 2, 1),
        (AuthorityKind.TAO, 1, 1),
    ],
)
def test_limits_aides_and_speakers_from_memory_only(kind, aides, deputy_speakers):
    limits = seats.statutory_limits(kind, SINCE, population=400_000, villages=8)

    assert limits.aides == Figure(aides, is_verified=False)
    assert limits.speakers == Figure(1, is_verified=False)
    assert limits.deputy_speakers == Figure(deputy_speakers, is_verified=False)


def test_lets_a_provincial_council_of_thirty_go_with_two_deputies():
    limits = seats.statutory_limits(AuthorityKind.PAO, SINCE, population=700_000, villages=None)

    assert limits.seats == Figure(30, is_verified=True)
    assert limits.deputies == Figure(2, is_verified=False)


def test_holds_nothing_against_a_form_of_authority_that_it_does_not_know():
    limits = seats.statutory_limits(AuthorityKind.SPECIAL, SINCE, population=1, villages=None)

    assert (limits.constituencies, limits.deputies, limits.aides) == (None, None, None)
