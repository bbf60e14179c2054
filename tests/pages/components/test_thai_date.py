"""A date by three selects, driven as a clerk would drive it."""

import pytest
from streamlit.testing.v1 import AppTest


def page():
    from datetime import date  # noqa: PLC0415  (AppTest runs the function alone)

    import streamlit as st  # noqa: PLC0415

    from pages.components.thai_date import thai_date_input  # noqa: PLC0415

    chosen = thai_date_input(
        "วันเลือกตั้ง", key="poll", earliest=date(2020, 1, 15), latest=date(2026, 11, 23)
    )
    st.text(str(chosen))


@pytest.fixture
def at():
    return AppTest.from_function(page, default_timeout=30).run()


def choose(at, day, month, year):
    at.selectbox(key="poll.day").set_value(day)
    at.selectbox(key="poll.month").set_value(month)
    return at.selectbox(key="poll.year").set_value(year).run()


def test_begins_empty_and_silent(at):
    assert at.text[0].value == "None"
    assert not at.error
    assert not at.caption


def test_shows_thai_months_and_buddhist_years(at):
    assert at.selectbox(key="poll.month").options[0] == "มกราคม"
    assert at.selectbox(key="poll.year").options[0] == "2569"
    assert at.selectbox(key="poll.year").options[-1] == "2563"


def test_gives_the_date(at):
    assert choose(at, 20, 12, 2020).text[0].value == "2020-12-20"
    assert not at.error


def test_refuses_a_day_that_the_month_has_not(at):
    choose(at, 31, 4, 2026)

    assert at.text[0].value == "None"
    assert [error.value for error in at.error] == ["เดือนเมษายน 2569 มี 30 วัน โปรดเลือกวันใหม่"]


def test_knows_leap_years(at):
    assert choose(at, 29, 2, 2024).text[0].value == "2024-02-29"
    assert choose(at, 29, 2, 2025).text[0].value == "None"


def test_refuses_a_day_out_of_range(at):
    choose(at, 14, 1, 2020)

    assert at.text[0].value == "None"
    assert "15 มกราคม 2563 ถึง 23 พฤศจิกายน 2569" in at.error[0].value


def test_asks_for_what_is_missing(at):
    at.selectbox(key="poll.day").set_value(5).run()

    assert at.text[0].value == "None"
    assert at.caption[0].value == "โปรดเลือกให้ครบทั้งวัน เดือน และปี"
