"""data_layer/thai/dates.py: Buddhist era, Thai months, Thai time."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_layer.thai import (
    BadDate,
    parse_thai_date,
    thai_date,
    thai_date_short,
    thai_datetime,
    thai_digits,
)

THE_DAY = date(2026, 11, 23)
DAYS = st.dates(date(1857, 1, 1), date(2057, 12, 31))


def test_writes_a_date_in_full_and_short():
    assert thai_date(THE_DAY) == "23 พฤศจิกายน 2569"
    assert thai_date_short(THE_DAY) == "23 พ.ย. 2569"


def test_writes_an_instant_on_a_clock_in_thailand():
    assert thai_datetime(datetime(2026, 11, 23, 3, 42, tzinfo=UTC)) == "23 พ.ย. 2569 10:42 น."
    assert thai_datetime(datetime(2026, 12, 31, 17, 5, tzinfo=UTC)) == "1 ม.ค. 2570 00:05 น."
    in_tokyo = datetime(2026, 11, 23, 0, 30, tzinfo=timezone(timedelta(hours=9)))
    assert thai_datetime(in_tokyo) == "22 พ.ย. 2569 22:30 น."


def test_an_instant_without_a_time_zone_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="time zone"):
        thai_datetime(datetime(2026, 11, 23, 3, 42))  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize(
    "typed",
    [
        "23/11/2569",
        "23-11-2569",
        "2026-11-23",
        "23 พ.ย. 2569",
        "23 พฤศจิกายน 2569",
        "๒๓/๑๑/๒๕๖๙",
        "๒๓ พฤศจิกายน ๒๕๖๙",
        "  23  พ.ย.  2569 ",
        "23พย2569",
        "23 พ.ย 2569",
    ],
)
def test_reads_a_date_in_each_form(typed):
    assert parse_thai_date(typed) == THE_DAY


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "23/11/2026",  # ค.ศ. in a Thai form
        "2569-11-23",  # พ.ศ. in the international form
        "23 พ.ย. 2026",
        "23/11/69",
        "31/11/2569",
        "29/2/2569",
        "0/1/2569",
        "1/13/2569",
        "23/11-2569",
        "23 กันยา 2569",
        "23 Nov 2569",
        "31/12/2399",
        "1/1/2601",
        "１/1/2569",
        "²/1/2569",
        "23/11/2569 10:42",
        "1_0/11/2569",
    ],
)
def test_refuses_other_dates_and_says_the_form(typed):
    with pytest.raises(BadDate, match=r"วัน/เดือน/ปี พ\.ศ\. เช่น 23/11/2569"):
        parse_thai_date(typed)


def test_reads_the_leap_day_of_a_leap_year():
    assert parse_thai_date("29/2/2567") == date(2024, 2, 29)


@settings(deadline=None)
@given(DAYS)
def test_reads_back_every_day_that_it_writes(day):
    for written in (thai_date(day), thai_date_short(day), thai_digits(thai_date(day)), str(day)):
        assert parse_thai_date(written) == day
