"""No data with its reason in place of a figure, and a figure in its place: both stay."""

import pytest
import streamlit as st

from data_layer.forms import NoData
from data_layer.services import drafts
from pages.components.form import fields
from tests import people
from tests.pages.reading import open_step
from tests.people import OFFICER
from tests.rounds import TAO, key, opened, stand


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def open_staff(open_page):
    return open_step(open_page("enter_survey.py", OFFICER, authority=TAO), "staff")


def type_into(at, name, text):
    return at.text_input(key=f"survey.{name}").set_value(text).run()


def test_no_data_wants_its_reason_and_can_be_taken_back(open_page):
    at = open_staff(open_page)
    at = at.checkbox(key="survey.staff_count.no_data").check().run()
    assert "staff_count" not in opened().answers

    at = at.text_input(key="survey.staff_count.why").set_value("ไฟไหม้เอกสาร").run()

    assert opened().answers["staff_count"] == NoData("ไฟไหม้เอกสาร")
    at = at.checkbox(key="survey.staff_count.no_data").uncheck().run()
    assert "staff_count" not in opened().answers
    assert at.text_input(key="survey.staff_count").value == ""


def leave_and_go_on(at):
    """Another step, and one more act there: all that was typed before is behind."""
    at = open_step(at, "contact")
    return at.text_input(key="survey.website").set_value("example.go.th").run()


def test_a_figure_in_place_of_no_data_stays_when_another_step_is_worked_on(open_page):
    drafts.save_field(people.actor(OFFICER), key(), "staff_count", NoData("ไฟไหม้เอกสาร"), None)
    at = open_staff(open_page)
    at = at.checkbox(key="survey.staff_count.no_data").uncheck().run()
    at = type_into(at, "staff_count", "12")

    at = leave_and_go_on(at)

    assert opened().answers["staff_count"] == 12
    assert open_step(at, "staff").text_input(key="survey.staff_count").value == "12"


def test_no_data_in_place_of_a_figure_stays_when_another_step_is_worked_on(open_page):
    drafts.save_field(people.actor(OFFICER), key(), "staff_count", "45", None)
    at = type_into(open_staff(open_page), "staff_count", "")
    at = at.checkbox(key="survey.staff_count.no_data").check().run()
    at = at.text_input(key="survey.staff_count.why").set_value("ไฟไหม้เอกสาร").run()

    leave_and_go_on(at)

    assert opened().answers["staff_count"] == NoData("ไฟไหม้เอกสาร")


def test_a_figure_stays_though_the_run_that_filled_its_field_first_was_cut_off(
    open_page, monkeypatch
):
    drafts.save_field(people.actor(OFFICER), key(), "staff_count", "45", None)
    draw = fields._draw_input
    with monkeypatch.context() as cut_off:
        cut_off.setattr(
            fields,
            "_draw_input",
            lambda drawing, asked, *more: (
                st.stop() if asked.name == "staff_count" else draw(drawing, asked, *more)
            ),
        )
        at = open_staff(open_page)
    at = type_into(at.run(), "staff_count", "50")

    leave_and_go_on(at)

    assert opened().answers["staff_count"] == 50
