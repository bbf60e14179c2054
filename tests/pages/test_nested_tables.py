"""A table in each row of a table: filled in, as an officer meets it."""

import pytest

from data_layer.services import drafts, review
from pages.components.downloads import XLSX
from tests import people
from tests.attached import hand_in, put_form, workbook_of
from tests.nested import COUNTED, FAMILIES, add, put_nested, remove, two_units
from tests.nested import type_in as type_in_all
from tests.pages.reading import errors, keys, looked_at, rows, warnings, words
from tests.people import OFFICER, PROVINCE
from tests.rounds import TAO, key, next_round, opened, stand

UNIT, CHILD = "survey.unit", "survey.unit[1]/child"


@pytest.fixture(autouse=True)
def _form(database):
    stand()
    put_nested()


@pytest.fixture
def at(open_page):
    return open_page("enter_survey.py", OFFICER, authority=TAO)


def press(at, key):
    return at.button(key=key).click().run()


def type_in(at, path, text):
    return at.text_input(key=f"survey.{path}").set_value(text).run()


def units():
    return opened().answers["unit"]


def test_an_age_that_is_no_number_is_refused_in_its_row_and_the_rows_beside_it_stay(at):
    two_units()
    at = type_in(at.run(), "unit[1]/child[2]/age", "สิบ")

    assert not at.exception
    assert "อายุ: “สิบ” ไม่ใช่ตัวเลข" in words(at)
    assert [child["age"] for child in units()[0]["child"]] == [8, 12]
    assert at.text_input(key="survey.unit[2]/child[1]/age").value == "15"


def test_the_inner_table_comes_with_its_rows_where_its_row_asks_for_it(at):
    assert f"{CHILD}.add" not in keys(at, "button")

    at = at.pills(key=f"{UNIT}[1]/has").set_value("yes").run()
    at = press(at, f"{CHILD}.add")
    at = type_in(at, "unit[1]/child[1]/age", "8")
    at = type_in(at, "unit[1]/child[2]/age", "๑๒")

    assert not at.exception
    assert units()[0]["child"] == [{"age": 8}, {"age": 12}]
    assert "*เดือน:* **144**" in words(at)
    assert "รวมอายุ: **20**" in words(at)
    asked = keys(at, "text_input")
    assert f"{CHILD}[2]/nick" in asked
    assert f"{CHILD}[1]/nick" not in asked


def test_an_inner_row_is_taken_away_and_those_of_the_other_unit_stay(at):
    two_units()

    at = press(at.run(), f"{CHILD}[1].remove")

    assert at.text_input(key=f"{CHILD}[1]/age").value == "12"
    assert f"{CHILD}[2]/age" not in keys(at, "text_input")
    assert at.text_input(key="survey.unit[2]/child[1]/age").value == "15"
    assert [[child["age"] for child in unit["child"]] for unit in units()] == [[12], [15]]


def test_an_outer_row_is_taken_away_with_all_in_it_and_the_next_moves_up_with_all_in_it(at):
    two_units()
    at = type_in(at.run(), "unit[2]/child[1]/age", "สิบห้า")

    at = press(at, f"{UNIT}[1].remove")

    assert not at.exception
    assert at.text_input(key=f"{UNIT}[1]/place").value == "ตลาด"
    assert at.text_input(key=f"{CHILD}[1]/age").value == "สิบห้า"  # refused, and still to be mended
    assert "อายุ: “สิบห้า” ไม่ใช่ตัวเลข" in words(at)
    assert [unit["place"] for unit in units()] == ["ตลาด"]

    at = type_in(at, "unit[1]/child[1]/age", "14")

    assert units()[0]["child"] == [{"age": 14}]
    assert "ไม่ใช่ตัวเลข" not in words(at)


def test_of_two_officers_the_one_who_types_meets_the_own_row_after_the_other_took_one_away(at):
    two_units()
    add("unit[1]/child")
    at = at.run()
    remove("unit[1]/child", 1, person=people.ADMIN)

    at = type_in(at, "unit[1]/child[3]/age", "11")

    assert not at.exception
    assert [child["age"] for child in units()[0]["child"]] == [12, 11]
    assert at.text_input(key=f"{CHILD}[2]/age").value == "11"


def test_of_two_officers_who_take_away_the_same_row_the_second_takes_no_other(at):
    two_units()
    at = at.run()
    remove("unit", 1, person=people.ADMIN)

    at = press(at, f"{UNIT}[1].remove")

    assert not at.exception
    assert "มีผู้ลบไปแล้ว" in errors(at)[0]
    assert [unit["place"] for unit in units()] == ["ตลาด"]


def test_what_is_missing_is_named_with_its_rows_and_leads_there(at):
    two_units()
    at = type_in(at.run(), "unit[2]/child[1]/age", "")

    at = press(at, "entry.submit")

    (gap,) = rows(at, "entry.gaps.list")
    assert gap[:2] == ["หน่วย 2 · เด็ก 1 · อายุ", "หน่วย"]
    at.session_state["entry.gaps.list.picked"] = "unit[2]/child[1]/age"
    assert looked_at(at.run()) == "survey.unit[2]/child[1]/age.field"


def test_what_was_sent_back_stands_at_its_row_also_when_one_above_it_was_taken_away(at):
    two_units()
    hand_in()
    found = opened()
    asked = {"unit[2]/child[1]/age": "โปรดตรวจ"}
    review.send_back(people.actor(PROVINCE), found.key, found.version, asked, "")

    at = at.run()
    assert "ให้แก้ **หน่วย 2 · เด็ก 1 · อายุ**: โปรดตรวจ" in words(at)
    at = press(at, f"{UNIT}[1].remove")

    assert not at.exception
    assert "ให้แก้ **หน่วย 1 · เด็ก 1 · อายุ**: โปรดตรวจ" in words(at)
    assert "อายุ: จังหวัดให้แก้: โปรดตรวจ" in words(at)
    assert opened().untouched == ("unit[1]/child[1]/age",)


def test_who_may_only_read_sees_the_rows_with_those_in_them(at, open_page):
    two_units()

    seen = open_page("enter_survey.py", PROVINCE, authority=TAO)

    assert "**หน่วย 1 · เด็ก 2**" in words(seen)
    assert "อายุ: **15**" in words(seen)
    assert f"{CHILD}.add" not in keys(seen, "button")


def test_a_reviewer_sees_each_row_and_sends_one_back_with_its_reason(open_page):
    two_units()
    hand_in()
    at = open_page("review.py", PROVINCE, form="survey", authority=TAO)
    assert ["หน่วย 2 · เด็ก 1 · เดือน", "180", "", ""] in rows(at, "review.rows")

    at.session_state["review.rows.picked"] = "unit[1]/child[2]/age"
    at = at.run()
    at = at.text_input(key="review.reason.unit[1]/child[2]/age").set_value("สูงไป").run()
    at = press(at, "review.return")

    assert not at.exception
    assert opened().returned == {"unit[1]/child[2]/age": "สูงไป"}


def test_what_was_in_the_same_row_in_the_last_round_stands_beside_it(open_page, clock):
    two_units()
    hand_in()
    next_round(clock)
    drafts.bring_last(people.actor(OFFICER), key())
    drafts.confirm_group(people.actor(OFFICER), key(), "unit")
    type_in_all({"unit[1]/child[2]/age": "13"})
    hand_in()

    at = open_page("review.py", PROVINCE, form="survey", authority=TAO)

    assert rows(at, "review.rows") == [
        ["หน่วย 1 · เด็ก 2 · อายุ", "13", "12", "เปลี่ยนจากรอบก่อน"],
        ["หน่วย 1 · เด็ก 2 · เดือน", "156", "144", "เปลี่ยนจากรอบก่อน"],
        ["หน่วย 1 · รวมอายุ", "21", "20", "เปลี่ยนจากรอบก่อน"],
    ]


def test_the_form_is_tried_with_its_tables_before_a_round_takes_it(open_page):
    again = workbook_of(FAMILIES.replace("สถานที่", "ที่ตั้ง"))
    at = open_page("rounds.py", people.CENTRAL)
    at.file_uploader[0].set_value(("survey.xlsx", again, XLSX))
    at = press(at.run(), "round.2569.form.trial")

    at = at.pills(key="trial.unit[1]/has").set_value("yes").run()
    at = press(at, "trial.unit[1]/child.add")
    at = at.text_input(key="trial.unit[1]/child[2]/age").set_value("12").run()
    at = press(at, "trial.unit[1]/child[1].remove")

    assert not at.exception
    assert at.text_input(key="trial.unit[1]/child[1]/age").value == "12"


def test_what_a_new_version_asks_no_more_is_said_once_and_as_people_call_it(at):
    two_units()
    put_form(FAMILIES.replace("| integer | age |", "| integer | years |").replace("${age}", "0"))

    (said,) = warnings(at.run())

    assert said.splitlines()[1:] == ["หน่วย · เด็ก · อายุ: ฉบับใหม่ไม่ถามแล้ว"]


def test_a_table_in_a_row_has_the_rows_that_its_row_says_and_no_way_to_add_one(at):
    put_form(COUNTED)
    at = at.run()
    assert "จำนวนแถวมาจาก “จำนวนเด็ก”" in words(at)

    at = type_in(at, "unit[1]/how_many", "2")
    at = press(at, f"{UNIT}.add")
    at = type_in(at, "unit[2]/how_many", "1")
    at = type_in(at, "unit[2]/child[1]/nick", "ขวัญ")

    assert not at.exception
    assert [len(unit["child"]) for unit in units()] == [2, 1]
    assert units()[1]["child"][0]["nick"] == "ขวัญ"
    buttons = keys(at, "button")
    assert {f"{UNIT}.add", f"{UNIT}[2].remove"} <= set(buttons)
    assert not [key for key in buttons if "child" in key]


def test_a_count_beyond_what_a_table_in_a_row_holds_says_so_where_its_rows_would_stand(at):
    put_form(COUNTED)

    at = type_in(at.run(), "unit[1]/how_many", "2500")

    assert not at.exception
    assert "ตารางนี้ต้องมี 2,500 แถว" in words(at)
