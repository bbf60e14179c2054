"""Terms of office and ages: when a term ends, who is old enough, who may come back. Pure.

A term runs over its 4 years where an order extends it (those elected in 2555-2557 sat until
2563-2564), and a run of terms cannot be told apart from a broken one without all rows of the
register. So what these functions find about terms asks for a reason; ages are verified law.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

TERM_YEARS = 4  # from election day: ม.48 สัตต พ.ร.บ.เทศบาล, ม.35/2 พ.ร.บ.อบจ. (surin108.net?p=1386)
GAP_YEARS = 4  # the same sections: two terms in a row, then four years out
MOST_IN_A_ROW = 2
EXECUTIVE_AGE = 35  # on election day: lampangcity.go.th 5368
COUNCILLOR_AGE = 25  # on election day: lampangcity.go.th 5368, thasobsao.go.th
_DAY = timedelta(days=1)


class Term(NamedTuple):
    """One elected term of a person: election day and last day in the post."""

    elected_on: date
    last_on: date


def end_of_term(elected_on: date) -> date:
    """The last day of a term: 27 พ.ค. 2555 gives 26 พ.ค. 2559 (council terms in geocode48.xml).

    For a member of a by-election give the day of the general one: the seat keeps its term.
    """
    return _years_after(elected_on, TERM_YEARS) - _DAY


def is_longer_than_term(elected_on: date, last_on: date) -> bool:
    """Whether somebody sat past the last day of the term: possible, but it needs its reason."""
    return last_on > end_of_term(elected_on)


def age_on(born_on: date, day: date) -> int:
    """Completed years on a day; who was born on 29 February completes one on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def may_return_on(last_on: date) -> date:
    """The first election day with the whole gap behind it, for who left on `last_on`."""
    return _years_after(last_on + _DAY, GAP_YEARS)


def number_in_a_row(elected_on: date, earlier: Iterable[Term]) -> int:
    """Which term in a row one from `elected_on` is: 1 for the first, 3 for one that the law bars.

    Terms are in a row as long as no whole gap lies between them. That is stricter than the law
    when somebody else sat in between for less than four years: another cause to ask, not to refuse.
    """
    number, next_on = 1, elected_on
    for term in sorted(earlier, reverse=True):
        if term.elected_on >= next_on:
            continue
        if next_on >= may_return_on(term.last_on):
            break
        number, next_on = number + 1, term.elected_on
    return number


def terms_made(term: Term, others: Sequence[Term]) -> int:
    """How many terms in a row there are with this one, whether it was entered first or last."""
    later = [other.elected_on for other in others if other.elected_on > term.elected_on]
    longer = [
        number
        for day in later
        if (number := number_in_a_row(day, [*others, term])) > number_in_a_row(day, others)
    ]
    return max(longer, default=number_in_a_row(term.elected_on, others))


def _years_after(day: date, years: int) -> date:
    """The same day of a later year; after 29 February, 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
