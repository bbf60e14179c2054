"""Terms and ages, counted as a clerk counts them on a calendar."""

from datetime import date

import pytest

from data_layer.rules import terms
from data_layer.rules.terms import Term

FIRST = Term(date(2012, 5, 27), date(2016, 5, 26))
SECOND = Term(date(2016, 6, 26), date(2020, 6, 25))


@pytest.mark.parametrize(
    ("elected_on", "last_on"),
    [
        (date(2012, 5, 27), date(2016, 5, 26)),  # 27 พ.ค. 2555 to 26 พ.ค. 2559
        (date(2021, 11, 28), date(2025, 11, 27)),
        (date(2021, 3, 1), date(2025, 2, 28)),
        (date(2020, 3, 1), date(2024, 2, 29)),
        (date(2020, 2, 29), date(2024, 2, 28)),
        (date(2096, 2, 29), date(2100, 2, 28)),  # 2100 has no 29 February
        (date(2021, 1, 1), date(2024, 12, 31)),
    ],
)
def test_ends_a_term_on_the_day_before_four_years_are_over(elected_on, last_on):
    assert terms.end_of_term(elected_on) == last_on


@pytest.mark.parametrize(
    ("last_on", "needs_reason"),
    [(date(2020, 12, 19), True), (date(2016, 5, 27), True), (date(2016, 5, 26), False)],
)
def test_asks_for_a_reason_from_the_first_day_after_the_term(last_on, needs_reason):
    assert terms.is_longer_than_term(date(2012, 5, 27), last_on) is needs_reason


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(1986, 11, 29), date(2021, 11, 28), 34),  # one day too young for a นายก
        (date(1986, 11, 28), date(2021, 11, 28), 35),
        (date(1986, 11, 27), date(2021, 11, 28), 35),
        (date(1996, 2, 29), date(2021, 2, 28), 24),
        (date(1996, 2, 29), date(2021, 3, 1), 25),
        (date(1996, 2, 29), date(2024, 2, 29), 28),
    ],
)
def test_counts_completed_years_on_election_day(born_on, day, age):
    assert terms.age_on(born_on, day) == age


@pytest.mark.parametrize(
    ("last_on", "return_on"),
    [
        (date(2016, 5, 26), date(2020, 5, 27)),
        (date(2016, 2, 28), date(2020, 2, 29)),
        (date(2015, 2, 28), date(2019, 3, 1)),
        (date(2020, 12, 31), date(2025, 1, 1)),
    ],
)
def test_lets_a_person_return_once_four_whole_years_have_passed(last_on, return_on):
    assert terms.may_return_on(last_on) == return_on


@pytest.mark.parametrize(
    ("elected_on", "earlier", "number"),
    [
        (date(2020, 8, 2), (FIRST, SECOND), 3),
        (date(2020, 8, 2), (SECOND, FIRST), 3),
        (date(2024, 6, 25), (FIRST, SECOND), 3),  # one day short of the gap
        (date(2024, 6, 26), (FIRST, SECOND), 1),
        (date(2016, 6, 26), (FIRST,), 2),
        (date(2020, 6, 26), (FIRST,), 1),
        (date(2012, 5, 27), (), 1),
        (date(2012, 5, 27), (FIRST, SECOND), 1),  # itself and a later one do not count
    ],
)
def test_counts_terms_in_a_row_whatever_their_order(elected_on, earlier, number):
    assert terms.number_in_a_row(elected_on, earlier) == number


def test_counts_from_the_day_a_person_left_and_not_from_the_end_of_the_term():
    resigned = Term(date(2012, 5, 27), date(2012, 8, 31))

    assert terms.number_in_a_row(date(2016, 8, 31), [resigned]) == 2
    assert terms.number_in_a_row(date(2016, 9, 1), [resigned]) == 1
