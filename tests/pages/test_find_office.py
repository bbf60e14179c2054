"""pages/find_office.py: anybody finds an office's code; nobody learns whole names there."""

from math import ceil

import pytest

from data_layer.services import offices
from tests import people
from tests.pages.reading import rows, table, words
from tests.people import ADMIN, CLAIMED, OFFICER, OTHER_PROVINCE, PROVINCE, UNCLAIMED, WAITING

TABLE = "find_office.table"
CODE, PERSON, POSITION, NAME, PROVINCE_NAME = range(5)


def search(at, query):
    at.text_input(key="find_office.query").set_value(query)
    return at.button(key="find_office.search").click().run()


@pytest.mark.parametrize("query", ["นาแก", "4807", "๔๘๐๗", "สถอ.นาแก", " อำเภอนาแก ", "na kae"])
def test_finds_an_office_that_has_not_registered(open_page, query):
    at = search(open_page("find_office.py"), query)

    assert [UNCLAIMED, "ไม่พบผู้ลงทะเบียน", "–", "สถอ.นาแก", "นครพนม"] in [
        [cell or "–" for cell in row] for row in rows(at, TABLE)
    ]


def test_has_the_columns_of_the_circular(open_page):
    labels = [label for label, *_ in table(open_page("find_office.py"), TABLE)["columns"]]

    assert labels[:4] == ["รหัสหน่วยงาน", "ชื่อผู้ใช้งาน", "ตำแหน่ง", "ชื่อหน่วยงาน"]


def test_masks_the_person_for_the_public_and_for_another_province(open_page):
    for who in (None, OTHER_PROVINCE, ADMIN):
        (row,) = rows(search(open_page("find_office.py", who), WAITING), TABLE)

        assert "ทดสอบดี" not in row[PERSON]
        assert row[PERSON] != offices.NOBODY


def test_shows_the_whole_name_to_the_own_province(open_page):
    (row,) = rows(search(open_page("find_office.py", PROVINCE), CLAIMED), TABLE)

    assert row[PERSON] == f"นางสาว{ADMIN.first_name} ทดสอบดี"


def test_says_what_to_try_when_nothing_was_found(open_page):
    at = search(open_page("find_office.py"), "ไม่มีที่นี่แน่")

    assert rows(at, TABLE) == []
    assert "ไม่มีที่นี่แน่" in table(at, TABLE)["empty"]


@pytest.mark.parametrize("query", ["%", "_", "'; DROP TABLE offices; --", "\\", "<b>"])
def test_a_sign_of_the_database_language_is_a_letter_like_any_other(open_page, query):
    at = search(open_page("find_office.py"), query)

    assert not at.exception
    assert rows(at, TABLE) == []


def test_shows_ten_rows_a_page_and_all_pages_together_show_all(open_page):
    at = open_page("find_office.py")
    at = search(at, "นครพนม")
    seen, total = [], 12 + 0
    pages = table(at, TABLE)["pages"]

    for number in range(1, pages + 1):
        at.session_state[f"{TABLE}.page"] = number  # what the table's button sends
        at.run()
        seen += [row[CODE] for row in rows(at, TABLE)]
        assert len(rows(at, TABLE)) <= offices.PAGE_SIZE

    assert pages == ceil(len(seen) / offices.PAGE_SIZE)
    assert len(set(seen)) == len(seen) >= total


@pytest.mark.parametrize("page", [0, -3, 10**6])
def test_a_page_number_out_of_range_is_brought_into_it(open_page, page):
    at = open_page("find_office.py")
    at.session_state[f"{TABLE}.page"] = page

    at.run()

    assert not at.exception
    assert len(rows(at, TABLE)) > 0


def test_a_new_search_begins_on_its_first_page(open_page):
    at = open_page("find_office.py")
    at.session_state[f"{TABLE}.page"] = 5
    at.run()

    assert table(search(at, "นาแก"), TABLE)["page"] == 1


def test_search_again_empties_the_field_and_the_address(open_page):
    at = search(open_page("find_office.py"), "นาแก")
    assert at.query_params["q"] == "นาแก"

    at.button(key="find_office.clear").click().run()

    assert at.text_input(key="find_office.query").value == ""
    assert "q" not in at.query_params


def test_the_address_holds_the_search(open_page):
    at = open_page("find_office.py", q="นาแก")

    assert at.text_input(key="find_office.query").value == "นาแก"
    assert UNCLAIMED in [row[CODE] for row in rows(at, TABLE)]


def test_go_back_leads_to_the_sign_in(open_page, executed):
    open_page("find_office.py").button(key="find_office.back").click().run()

    assert executed[-1] == "sign_in.py"


def test_go_back_leads_a_signed_in_person_home(open_page, executed):
    at = open_page("find_office.py", ADMIN).button(key="find_office.back").click().run()

    assert not at.exception
    assert executed[-1] == "home.py"


def test_a_picked_row_carries_its_code_to_the_sign_in(open_page):
    at = search(open_page("find_office.py"), "นาแก")
    at.session_state[f"{TABLE}.picked"] = UNCLAIMED  # what a click on the row sends

    at.run()

    assert at.text_input(key="sign_in.username").value == UNCLAIMED


@pytest.mark.parametrize(
    ("who", "leads"),
    [(ADMIN, {CLAIMED}), (PROVINCE, {CLAIMED, UNCLAIMED}), (OTHER_PROVINCE, set())],
)
def test_who_is_signed_in_may_pick_the_own_offices_and_comes_to_their_figures(
    open_page, executed, who, leads
):
    for office in (CLAIMED, UNCLAIMED):
        at = search(open_page("find_office.py", who), office)
        assert table(at, TABLE)["keys"] == [office if office in leads else ""]
        at.session_state[f"{TABLE}.picked"] = office

        at.run()

        at_dashboard = executed[-1] == "district_dashboard.py"
        assert at_dashboard == (office in leads)
        assert at_dashboard == (at.query_params.get("district") == office)


def test_who_may_not_see_figures_is_not_told_to_press_a_row(open_page):
    people.give(OFFICER, survey="write")

    at = open_page("find_office.py", OFFICER)

    assert "กด" not in words(at)
    assert set(table(at, TABLE)["keys"]) == {""}


def test_a_row_that_was_not_shown_cannot_be_picked(open_page, executed):
    at = search(open_page("find_office.py"), "นาแก")
    at.session_state[f"{TABLE}.picked"] = "0000"

    at.run()

    assert executed[-1] == "find_office.py"
    assert "find" not in words(at)
