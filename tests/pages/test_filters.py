"""Filters and the address in the browser: a link, a choice, the way back, a slow line."""

from types import SimpleNamespace

import pytest

from pages.components import filters
from tests.people import CENTRAL, PROVINCE
from tests.rounds import stand

pytestmark = pytest.mark.usefixtures("clock")  # how long a line takes is not this machine's affair


@pytest.fixture
def at(open_page):
    """The progress page, as a province opens it."""
    stand()
    return open_page("progress.py", PROVINCE)


def choose(at, name, value, *, address=()):
    """Choose in a filter; `address` is what the browser sends with it."""
    at.query_params.update(address)
    return at.selectbox(key=f"progress.{name}").set_value(value).run()


def chosen(at, name):
    return at.selectbox(key=f"progress.{name}").value


def test_a_wrong_link_says_what_it_names_wrongly_and_what_is_shown_instead(at):
    at.query_params["round"] = "1999"

    at.run()

    assert [each.value for each in at.warning] == [
        "ลิงก์นี้ชี้ไปยังรอบที่ไม่มีหรืออยู่นอกสิทธิของท่าน ระบบจึงแสดง “รอบ 2569” แทน"
    ]


def test_a_choice_stands_in_the_address(at):
    assert choose(at, "form", "readiness").query_params["form"] == "readiness"


def test_a_second_choice_before_the_new_address_arrived_leaves_the_first(at):
    before = dict(at.query_params)
    at = choose(at, "form", "readiness")

    at = choose(at, "area", "4805", address=before)

    assert (chosen(at, "form"), chosen(at, "area")) == ("readiness", "4805")
    assert (at.query_params["form"], at.query_params["area"]) == ("readiness", "4805")


def test_a_filter_chosen_again_before_the_new_address_arrived_is_as_chosen_last(at):
    before = {**at.query_params, "area": ""}
    at = choose(at, "area", "4805")

    assert chosen(choose(at, "area", "4807", address=before), "area") == "4807"


def test_the_way_back_in_the_browser_leads_to_the_choice_before(at, clock):
    before = dict(at.query_params)
    at = choose(at, "form", "readiness")
    clock.forward(seconds=3)

    at.query_params.update(before)
    at.run()

    assert chosen(at, "form") == "survey"


def test_the_way_back_is_never_taken_for_an_address_that_comes_late(at, monkeypatch):
    before = dict(at.query_params)
    at = choose(at, "form", "readiness")
    said_by_the_browser = SimpleNamespace(is_history_navigation=True)
    monkeypatch.setattr(filters, "get_script_run_ctx", lambda: said_by_the_browser)

    at.query_params.update(before)
    at.run()

    assert chosen(at, "form") == "survey"


def test_a_link_to_another_view_wins_at_once(at):
    choose(at, "area", "4805")

    at.query_params["area"] = "4807"
    at.run()

    assert chosen(at, "area") == "4807"


def test_a_district_of_the_province_before_goes_without_a_word(open_page):
    at = open_page("province_dashboard.py", CENTRAL, province="48", district="4807")

    at.selectbox(key="dashboard.province").set_value("81").run()

    assert at.selectbox(key="dashboard.district").value == ""
    assert not at.warning
    assert at.query_params["province"] == "81"
    assert "district" not in at.query_params
