"""What was typed stays with the record it was typed into, wherever the same run leads."""

import pytest

from tests.pages.test_enter_survey import open_record
from tests.rounds import TOWN, stand


@pytest.fixture(autouse=True)
def _round(database):
    stand()


@pytest.mark.parametrize("code", [TOWN, ""])
def test_a_word_and_the_choice_of_another_authority_in_one_run_lose_nothing(open_page, code):
    at = open_record(open_page)

    at.text_input(key="survey.staff_count").set_value("45")
    at = at.selectbox(key="entry.authority").set_value(code).run()

    assert not at.exception
    assert open_record(open_page).text_input(key="survey.staff_count").value == "45"
    assert open_record(open_page, code=TOWN).text_input(key="survey.staff_count").value == ""
