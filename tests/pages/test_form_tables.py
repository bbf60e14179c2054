"""Tables in a form: filled in line by line, as an officer meets them."""

from datetime import date
from decimal import Decimal

import pytest

from data_layer.models import RecordState
from data_layer.services import drafts
from tests import people
from tests.attached import answered, put_form
from tests.pages.reading import keys, open_step, place, words
from tests.people import OFFICER
from tests.rounds import TAO, key, opened, stand

VEHICLES = """
| survey | | | | | | |
| | type | name | label | relevant | required | calculation |
| | begin_repeat | cars | รถ | | | |
| | select_one kind | kind | ชนิด | | yes | |
| | text | other | ระบุชนิด | ${kind} = 'other' | | |
| | integer | seats | ที่นั่ง | | | |
| | integer | trips | เที่ยว | | | |
| | calculate | carried | รับได้ | | | ${seats} * ${trips} |
| | end_repeat | | | | | |
| | begin_repeat | visits | การตรวจ | | | |
| | date | day | วันที่ | | | |
| | geopoint | spot | ที่ตั้ง | | | |
| | text | why | เหตุใด | ${found} = 0 | | |
| | integer | found | จำนวนที่พบ | | | |
| | end_repeat | | | | | |
| choices | | | |
| | list_name | name | label |
| | kind | van | รถตู้ |
| | kind | other | อื่น ๆ |
| settings | | |
| | form_id | |
| | survey | |
"""
TABLE = "survey.cars"


@pytest.fixture(autouse=True)
def _form(database):
    stand()
    put_form(VEHICLES)


@pytest.fixture
def at(open_page):
    return open_page("enter_survey.py", OFFICER, authority=TAO)


def add(at, table=TABLE):
    return at.button(key=f"{table}.add").click().run()


def test_a_line_that_is_not_a_number_is_refused_in_its_cell_and_the_others_stay(at):
    at = add(at)
    at = at.text_input(key=f"{TABLE}[2]/seats").set_value("๑๒").run()

    at = at.text_input(key=f"{TABLE}[1]/seats").set_value("สิบ").run()

    assert not at.exception
    assert "ที่นั่ง: “สิบ” ไม่ใช่ตัวเลข" in words(at)
    assert at.text_input(key=f"{TABLE}[1]/seats").value == "สิบ"
    assert [row.get("seats") for row in opened().answers["cars"]] == [None, 12]


def test_d05_a_line_that_another_officer_moved_up_is_not_taken_away_for_the_one_that_was_seen(at):
    at = add(at)
    answered(**{"cars[1]/seats": "1", "cars[2]/seats": "2"})
    at = at.run()
    drafts.remove_row(people.actor(people.ADMIN), key(), "cars", 1, {"seats": 1})

    at = at.button(key=f"{TABLE}[1].remove").click().run()

    assert not at.exception
    assert "อยู่ในแถวที่มีผู้ลบไปแล้ว" in words(at)
    assert [row["seats"] for row in opened().answers["cars"]] == [2]


def test_what_was_typed_into_a_line_that_another_officer_took_away_stops_nothing(at):
    at = add(at)
    answered(**{"cars[1]/kind": "van"})
    drafts.remove_row(people.actor(people.ADMIN), key(), "cars", 2, {})

    at = at.text_input(key=f"{TABLE}[2]/seats").set_value("7").run()
    at = at.button(key="entry.submit").click().run()

    assert not at.exception
    assert "“7” ไม่ถูกบันทึก: “รถ 2 · ที่นั่ง” อยู่ในแถวที่มีผู้ลบไปแล้ว" in words(at)
    assert opened().state is RecordState.SUBMITTED


def test_what_was_typed_into_a_line_that_another_officer_took_away_does_not_stand_in_the_next(at):
    at = add(add(at))
    answered(**{"cars[3]/seats": "3"})
    at = at.run()
    drafts.remove_row(people.actor(people.ADMIN), key(), "cars", 2, {})

    at = at.text_input(key=f"{TABLE}[2]/seats").set_value("7").run()

    assert "“7” ไม่ถูกบันทึก" in words(at)
    assert at.text_input(key=f"{TABLE}[2]/seats").value == "3"


def test_a_line_is_taken_away_with_what_was_typed_into_it_just_now(at):
    at.text_input(key=f"{TABLE}[1]/seats").set_value("7")

    at = at.button(key=f"{TABLE}[1].remove").click().run()

    assert "ค่าของท่านยังไม่ถูกบันทึก" not in words(at)
    assert "cars" not in opened().answers


def test_columns_are_named_once_above_the_lines(at):
    at = add(at)

    names = [each.value for each in at.markdown]
    assert names.count("ชนิด *") == 1
    assert names.count("ที่นั่ง") == 1
    assert at.selectbox(key=f"{TABLE}[2]/kind").label == "ชนิด *"  # read aloud, seen on a phone


def test_a_cell_is_asked_only_where_its_line_asks_for_it_and_sums_follow(at):
    at = add(at)
    at = at.selectbox(key=f"{TABLE}[2]/kind").set_value("other").run()
    at = at.text_input(key=f"{TABLE}[2]/seats").set_value("4").run()
    at = at.text_input(key=f"{TABLE}[2]/trips").set_value("3").run()

    asked = keys(at, "text_input")
    assert f"{TABLE}[2]/other" in asked
    assert f"{TABLE}[1]/other" not in asked
    assert "*รับได้:* **12**" in words(at)


def test_a_line_is_taken_away_and_the_lines_below_move_up(at):
    at = add(at)
    at = at.text_input(key=f"{TABLE}[1]/seats").set_value("1").run()
    at = at.text_input(key=f"{TABLE}[2]/seats").set_value("2").run()

    at = at.button(key=f"{TABLE}[1].remove").click().run()

    assert at.text_input(key=f"{TABLE}[1]/seats").value == "2"
    assert f"{TABLE}[2]/seats" not in keys(at, "text_input")
    assert [row["seats"] for row in opened().answers["cars"]] == [2]


def test_a_table_of_what_needs_room_has_a_card_for_each_row(at):
    at = open_step(at, "visits")

    at = add(at, "survey.visits")

    assert not at.exception
    assert "**การตรวจ 2**" in words(at)
    at = at.text_input(key="survey.visits[2]/found").set_value("3").run()
    assert opened().answers["visits"][1]["found"] == 3


def test_a_question_that_comes_in_a_card_moves_none_beside_it(at):
    at = add(open_step(at, "visits"), "survey.visits")
    seen = [place(at, f"survey.visits[{number}]/found") for number in (1, 2)]

    at = at.text_input(key="survey.visits[1]/found").set_value("0").run()

    assert "survey.visits[1]/why" in keys(at, "text_input")
    assert [place(at, f"survey.visits[{number}]/found") for number in (1, 2)] == seen


WIDE = """
| survey | | | |
| | type | name | label |
| | begin_repeat | works | โครงการ |
| | text | title | ชื่อ |
| | date | begun | เริ่ม |
| | select_multiple use | uses | ใช้เพื่อ |
| | begin_group | money | งบ |
| | decimal | given | ได้รับ |
| | decimal | spent | เบิกจ่าย |
| | end_group | | |
| | integer | people | คน |
| | integer | days | วัน |
| | end_repeat | | |
| choices | | | |
| | list_name | name | label |
| | use | road | ถนน |
| | use | water | น้ำ |
| settings | | |
| | form_id | |
| | survey | |
"""
WORK = "survey.works[1]"


def wide(open_page):
    put_form(WIDE)
    return open_page("enter_survey.py", OFFICER, authority=TAO)


def test_a_date_that_is_not_complete_says_so_in_its_line_and_is_not_kept(open_page):
    at = wide(open_page)

    at = at.selectbox(key=f"{WORK}/begun.day").set_value(5).run()

    assert "โปรดเลือกให้ครบทั้งวัน เดือน และปี" in words(at)
    assert "begun" not in opened().answers["works"][0]


def test_a_line_takes_a_date_several_choices_and_the_questions_of_a_group(open_page):
    at = wide(open_page)

    at = at.selectbox(key=f"{WORK}/begun.day").set_value(5).run()
    at = at.selectbox(key=f"{WORK}/begun.month").set_value(10).run()
    at = at.selectbox(key=f"{WORK}/begun.year").set_value(2026).run()
    at = at.multiselect(key=f"{WORK}/uses").set_value(["water"]).run()
    at = at.text_input(key=f"{WORK}/spent").set_value("1,250.50").run()

    assert not at.exception
    assert opened().answers["works"] == [
        {"begun": date(2026, 10, 5), "uses": ("water",), "spent": Decimal("1250.50")}
    ]


def test_the_columns_of_a_group_are_named_after_it_above_and_in_what_is_wrong(open_page):
    at = wide(open_page)

    at = at.text_input(key=f"{WORK}/spent").set_value("มาก").run()

    assert {"งบ ได้รับ", "งบ เบิกจ่าย"} <= {each.value for each in at.markdown}
    assert "งบ เบิกจ่าย: “มาก” ไม่ใช่ตัวเลข" in words(at)
    assert at.text_input(key=f"{WORK}/spent").label == "งบ เบิกจ่าย"


def test_who_may_only_read_sees_the_lines_and_no_way_to_change_them(at, open_page):
    at.text_input(key=f"{TABLE}[1]/seats").set_value("7").run()

    seen = open_page("enter_survey.py", people.PROVINCE, authority=TAO)

    assert "**7**" in words(seen)
    assert f"{TABLE}.add" not in keys(seen, "button")


COUNTED = """
| survey | | | | |
| | type | name | label | repeat_count |
| | begin_group | g | หน่วยเลือกตั้ง | |
| | integer | how_many | จำนวนหน่วย | |
| | begin_repeat | unit | หน่วย | ${how_many} |
| | text | place | สถานที่ | |
| | end_repeat | | | |
| | end_group | | | |
| settings | | |
| | form_id | |
| | survey | |
"""


def counted(open_page):
    put_form(COUNTED)
    return open_page("enter_survey.py", OFFICER, authority=TAO)


def test_a_table_with_a_count_says_what_its_rows_come_from_while_it_has_none(open_page):
    at = counted(open_page)

    assert "ยังไม่มีแถวให้กรอก จำนวนแถวมาจาก “จำนวนหน่วย”" in words(at)
    assert not [key for key in keys(at, "button") if key.startswith("survey.unit")]


def test_the_rows_of_a_count_stand_there_at_once_without_buttons_to_add_or_remove(open_page):
    at = counted(open_page)

    at = at.text_input(key="survey.how_many").set_value("2").run()
    at = at.text_input(key="survey.unit[2]/place").set_value("วัดกลาง").run()

    assert not at.exception
    assert not [key for key in keys(at, "button") if key.startswith("survey.unit")]
    assert opened().answers["unit"] == [{}, {"place": "วัดกลาง"}]


def test_a_smaller_count_takes_the_last_lines_away_and_a_larger_one_brings_them_back(open_page):
    at = counted(open_page)
    at = at.text_input(key="survey.how_many").set_value("2").run()
    at = at.text_input(key="survey.unit[2]/place").set_value("วัดกลาง").run()

    at = at.text_input(key="survey.how_many").set_value("1").run()
    assert "survey.unit[2]/place" not in keys(at, "text_input")
    at = at.text_input(key="survey.how_many").set_value("2").run()

    assert at.text_input(key="survey.unit[2]/place").value == "วัดกลาง"


def test_a_count_that_is_too_large_says_at_the_table_what_to_mend(open_page):
    at = counted(open_page)

    at = at.text_input(key="survey.how_many").set_value("2500").run()

    assert "ตารางนี้ต้องมี 2,500 แถว แต่มีได้ไม่เกิน 200 แถว" in words(at)
    assert "ต้องกรอกหรือแก้อีก **1** จุด" in words(at)


def test_what_was_typed_into_a_line_that_a_smaller_count_hides_is_shown_once_more(open_page):
    at = counted(open_page)
    at = at.text_input(key="survey.how_many").set_value("2").run()
    answered(how_many="1", by=people.ADMIN)

    at = at.text_input(key="survey.unit[2]/place").set_value("วัดกลาง").run()

    assert not at.exception
    assert "survey.unit[2]/place" not in keys(at, "text_input")
    assert "“วัดกลาง” ไม่ถูกบันทึก: ช่อง “หน่วย 2 · สถานที่” ไม่เปิดให้กรอกแล้ว" in words(at)
    at = at.button(key="entry.lost.seen").click().run()
    assert "วัดกลาง" not in words(at)
    at = at.text_input(key="survey.how_many").set_value("2").run()
    assert at.text_input(key="survey.unit[2]/place").value == ""


def test_who_empties_a_line_that_a_smaller_count_hides_has_lost_nothing(open_page):
    at = counted(open_page)
    at = at.text_input(key="survey.how_many").set_value("2").run()
    at = at.text_input(key="survey.unit[2]/place").set_value("วัดกลาง").run()
    answered(how_many="1", by=people.ADMIN)

    at = at.text_input(key="survey.unit[2]/place").set_value("").run()

    assert not at.exception
    assert "ไม่ถูกบันทึก" not in words(at)


def test_who_may_only_read_sees_no_line_that_the_count_hides(open_page):
    at = counted(open_page)
    at = at.text_input(key="survey.how_many").set_value("2").run()
    at = at.text_input(key="survey.unit[2]/place").set_value("วัดกลาง").run()
    at.text_input(key="survey.how_many").set_value("1").run()

    seen = words(open_page("enter_survey.py", people.PROVINCE, authority=TAO))

    assert "**หน่วย 1**" in seen
    assert "วัดกลาง" not in seen
