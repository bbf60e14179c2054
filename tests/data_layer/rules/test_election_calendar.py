"""The calendar of an election, held against calendars that were really used."""

from datetime import date

import pytest

from data_layer.rules.calendars import election_calendar

TAO_2564 = date(2021, 11, 28)
MUNICIPAL_2564 = date(2021, 3, 28)


def days(election_on, key):
    [found] = [step for step in election_calendar(election_on) if step.key == key]
    return found.starts_on, found.ends_on


def test_calls_only_the_last_day_of_the_announcement_law():
    by_law = [step.key for step in election_calendar(TAO_2564) if step.is_law]

    assert by_law == ["announcement_due"]
    assert days(TAO_2564, "announcement_due") == (date(2021, 10, 29), date(2021, 10, 29))


@pytest.mark.parametrize(
    ("election_on", "key", "starts_on", "ends_on"),
    [
        (TAO_2564, "applications", date(2021, 10, 11), date(2021, 10, 15)),
        (MUNICIPAL_2564, "applications", date(2021, 2, 8), date(2021, 2, 12)),
        (TAO_2564, "candidate_list", date(2021, 10, 22), date(2021, 10, 22)),
        (TAO_2564, "voter_list", date(2021, 11, 2), date(2021, 11, 2)),
        (TAO_2564, "householder_notice", date(2021, 11, 12), date(2021, 11, 12)),
        (TAO_2564, "name_changes_due", date(2021, 11, 17), date(2021, 11, 17)),
        (TAO_2564, "excuses_before", date(2021, 11, 21), date(2021, 11, 27)),
        (TAO_2564, "election_day", TAO_2564, TAO_2564),
        (TAO_2564, "excuses_after", date(2021, 11, 29), date(2021, 12, 5)),
    ],
)
def test_dates_the_steps_as_the_commission_dated_them(election_on, key, starts_on, ends_on):
    assert days(election_on, key) == (starts_on, ends_on)


def test_has_the_committee_before_the_authority_announces():
    _, committee_due = days(TAO_2564, "committee_due")
    announces, _ = days(TAO_2564, "authority_announces")

    assert committee_due < announces


def test_lists_each_step_once_in_order_with_a_name_and_a_source():
    calendar = election_calendar(TAO_2564)

    assert [step.starts_on for step in calendar] == sorted(step.starts_on for step in calendar)
    assert len({step.key for step in calendar}) == len(calendar)
    assert all(step.name and step.source and step.starts_on <= step.ends_on for step in calendar)
