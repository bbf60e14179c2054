"""Rows of a table in a row of a table: kept, taken away, and what is said of them stays theirs."""

import json
from io import BytesIO

import openpyxl
import pytest

from data_layer.forms.errors import UnknownField
from data_layer.services import answers, drafts, prints, review, templates
from data_layer.services.drafts import (
    MAX_ROWS,
    FieldTaken,
    RowChanged,
    TooManyRows,
    TooManyRowsInAll,
)
from data_layer.services.row_moves import RowGone
from data_layer.thai import in_thai_time
from tests import people
from tests.attached import hand_in, put_form
from tests.nested import add, put_nested, remove, stands_at, two_units, type_in
from tests.papers import text_of
from tests.people import ADMIN, OFFICER, PROVINCE
from tests.rounds import SURVEY, TAO, history, key, next_round, opened, stand

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _form(database):
    stand()
    put_nested()


def save(path, given, seen=None, *, person=OFFICER):
    drafts.save_field(people.actor(person), key(), path, given, seen)


def explain(path, reason):
    drafts.save_reason(people.actor(OFFICER), key(), path, reason)


def send_back(**asked):
    hand_in()
    found = opened()
    reasons = {path.replace("__", "/"): said for path, said in asked.items()}
    review.send_back(people.actor(PROVINCE), found.key, found.version, reasons, "")


@pytest.mark.parametrize("table", ["child", "unit[1]/place", "unit[1]/nothing", "unit/child"])
def test_what_is_no_table_has_no_rows(table):
    with pytest.raises(UnknownField):
        add(table)


@pytest.mark.parametrize(
    "act",
    [
        lambda: add("unit[2]/child"),
        lambda: drafts.remove_row(people.actor(OFFICER), key(), "unit[2]/child", 1, {}),
        lambda: save("unit[2]/place", "วัด"),
        lambda: explain("unit[2]/child[1]/age", "ตรวจแล้ว"),
    ],
)
def test_a_row_that_another_took_away_takes_nothing(act):
    with pytest.raises(RowGone, match="หน่วย 2"):
        act()

    assert opened().answers == {"unit": [{"child": [{}]}]}


def test_a_table_in_a_row_has_room_for_so_many_rows_and_that_beside_it_for_as_many():
    full = [{"age": 7}] * MAX_ROWS
    with drafts.filling(people.actor(OFFICER), key()) as (_, held):
        held.answers = {"unit": [{"has": "yes", "child": full}, {"has": "yes"}]}

    with pytest.raises(TooManyRows):
        add("unit[1]/child")
    add("unit[2]/child")

    assert [len(unit["child"]) for unit in opened().answers["unit"]] == [MAX_ROWS, 1]


def test_tables_in_rows_have_together_no_more_rows_than_a_page_has_room_for():
    full = {"has": "yes", "child": [{"age": 7}] * MAX_ROWS}
    with drafts.filling(people.actor(OFFICER), key()) as (_, held):
        held.answers = {"unit": [full, full, {"has": "yes"}]}

    with pytest.raises(TooManyRowsInAll, match="400"):
        add("unit[3]/child")
    add("unit")

    assert [len(unit.get("child", ())) for unit in opened().answers["unit"]][:3] == [200, 200, 0]


def test_the_reason_of_an_unusual_answer_moves_up_with_its_row_and_goes_with_it():
    two_units()
    type_in({"unit[1]/child[2]/age": "3", "unit[2]/child[1]/age": "2"})
    explain("unit[1]/child[2]/age", "แฝด")
    explain("unit[2]/child[1]/age", "แรกเกิด")

    add("unit")
    add("unit[1]/child")
    remove("unit[1]/child", 1)
    assert opened().reasons == {"unit[1]/child[1]/age": "แฝด", "unit[2]/child[1]/age": "แรกเกิด"}

    remove("unit", 1)
    assert opened().reasons == {"unit[1]/child[1]/age": "แรกเกิด"}
    assert opened().unexplained == []


def test_what_was_asked_for_in_a_row_is_asked_for_where_the_row_stands_now():
    two_units()
    send_back(**{"unit[1]__child[2]__age": "สูงไป", "unit[2]__place": "ที่ใด"})

    remove("unit[1]/child", 1)
    assert opened().returned == {"unit[1]/child[1]/age": "สูงไป", "unit[2]/place": "ที่ใด"}
    assert set(opened().untouched) == set(opened().returned)

    type_in({"unit[1]/child[1]/age": "11"})
    assert opened().untouched == ("unit[2]/place",)
    remove("unit", 1)

    assert opened().returned == {"unit[1]/place": "ที่ใด"}
    assert opened().untouched == ("unit[1]/place",)
    type_in({"unit[1]/place": "วัดป่า"})
    assert opened().untouched == ()


def test_who_changed_an_answer_is_told_also_after_its_row_moved_up():
    two_units()
    type_in({"unit[2]/child[1]/age": "14"}, person=ADMIN)
    name = people.actor(ADMIN).name
    type_in({"unit[1]/child[1]/age": "9"})
    remove("unit", 1)

    with pytest.raises(FieldTaken, match=name) as refused:
        save("unit[1]/child[1]/age", "13", 15)

    assert (refused.value.path, refused.value.theirs) == ("unit[1]/child[1]/age", 14)
    assert "หน่วย 1 · เด็ก 1 · อายุ" in str(refused.value)


def test_what_is_typed_goes_to_the_row_that_was_seen_wherever_it_stands_now():
    two_units()
    add("unit[1]/child")
    moment = opened().moment
    remove("unit[1]/child", 1, person=ADMIN)
    officer = people.actor(OFFICER)

    drafts.save_field(officer, key(), "unit[1]/child[3]/age", "3", None, moment)
    drafts.save_reason(officer, key(), "unit[1]/child[3]/age", "แรกเกิด", moment)
    with pytest.raises(RowGone):
        drafts.save_field(officer, key(), "unit[1]/child[1]/age", "9", 8, moment)

    assert stands_at("unit[1]/child") == [{"age": 12}, {"age": 3}]
    assert opened().reasons == {"unit[1]/child[2]/age": "แรกเกิด"}

    moment = opened().moment
    remove("unit", 1, person=ADMIN)
    drafts.add_row(officer, key(), "unit[2]/child", moment)
    drafts.remove_row(officer, key(), "unit[2]/child", 1, {"age": 15}, moment)
    with pytest.raises(RowGone):
        drafts.add_row(officer, key(), "unit[1]/child", moment)
    with pytest.raises(RowGone):
        drafts.remove_row(officer, key(), "unit", 1, {}, moment)

    assert stands_at("unit") == [{"place": "ตลาด", "has": "yes", "child": [{}]}]


def test_a_row_that_another_changed_is_not_taken_away_unseen():
    two_units()
    seen = stands_at("unit[1]/child")[1]
    type_in({"unit[1]/child[2]/age": "13"}, person=ADMIN)

    with pytest.raises(RowChanged):
        drafts.remove_row(people.actor(OFFICER), key(), "unit[1]/child", 2, seen)

    assert stands_at("unit[1]/child[2]/age") == 13


def test_who_would_take_away_a_row_is_told_what_was_changed_in_it_by_whom_and_when(clock):
    two_units()
    seen = stands_at("unit")[1]
    clock.forward(hours=1)
    type_in({"unit[2]/child[1]/age": "14"}, person=ADMIN)
    told = f"{people.actor(ADMIN).name} แก้ข้อมูลใน “หน่วย 2” เมื่อ {in_thai_time(clock.moment):%H:%M} น."
    clock.forward(hours=1)
    type_in({"unit[1]/place": "วัดป่า"})

    with pytest.raises(RowChanged) as refused:
        drafts.remove_row(people.actor(OFFICER), key(), "unit", 2, seen)

    assert str(refused.value).startswith(told)
    assert "ค่าของท่าน" not in str(refused.value)


def test_what_is_handed_in_has_only_what_is_asked_with_what_is_calculated():
    two_units()
    type_in({"unit[2]/has": "no"})

    hand_in()

    assert opened().answers["unit"] == [
        {
            "place": "วัด",
            "has": "yes",
            "child": [{"age": 8, "months": 96}, {"age": 12, "months": 144}],
            "sum_age": 20,
        },
        {"place": "ตลาด", "has": "no"},
    ]


def test_what_is_missing_is_listed_row_by_row():
    two_units()
    add("unit[1]/child")
    type_in({"unit[1]/place": "", "unit[2]/place": "", "unit[2]/child[1]/age": "20"})

    assert [gap.path for gap in opened().gaps] == [
        *("unit[1]/place", "unit[1]/child[3]/age"),
        *("unit[2]/place", "unit[2]/child[1]/age"),
    ]


def test_on_paper_the_inner_table_stands_in_its_row_filled_and_blank():
    two_units()
    officer = people.actor(OFFICER)

    filled = text_of(prints.form(officer, SURVEY, "2569", TAO))
    blank = text_of(prints.form(officer, SURVEY, "2569", None))

    assert filled.index("หน่วยที่๑") < filled.index("๑๔๔") < filled.index("หน่วยที่๒")
    assert filled.index("หน่วยที่๒") < filled.index("๑๘๐")
    assert blank.count("เด็กตอบเมื่อ“มีเด็ก”เป็น“มี”") == 2


def test_the_excel_template_has_no_column_for_a_table_nor_for_one_in_its_rows():
    book = openpyxl.load_workbook(
        BytesIO(templates.template(people.actor(OFFICER), SURVEY, "2569"))
    )

    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "อายุ" not in cells
    assert "เด็ก" not in cells


def test_the_history_tells_which_row_was_taken_away_with_all_in_it():
    two_units()

    remove("unit", 2)

    old, new = map(json.loads, history("unit")[-1])
    assert old == [*new, {"place": "ตลาด", "has": "yes", "child": [{"age": 15}]}]


def test_the_rows_of_the_last_round_come_in_with_those_in_them_and_are_confirmed(clock):
    two_units()
    hand_in()
    units = opened().answers["unit"]
    next_round(clock)

    assert drafts.bring_last(people.actor(OFFICER), key()) == 1

    seen = opened()
    assert [unit["child"] for unit in seen.answers["unit"]] == [unit["child"] for unit in units]
    assert (seen.unconfirmed, [gap.path for gap in seen.gaps]) == (("unit",), ["unit"])
    drafts.confirm_group(people.actor(OFFICER), key(), "unit")
    assert opened().is_ready


def test_rows_that_somebody_has_filled_are_not_overwritten_by_those_of_the_last_round(
    clock,
):
    two_units()
    hand_in()
    next_round(clock)
    type_in({"unit[1]/place": "ศาลา"})

    assert drafts.bring_last(people.actor(OFFICER), key()) == 0

    assert [unit["place"] for unit in opened().answers["unit"]] == ["ศาลา"]


def exported():
    content = answers.export(people.actor(PROVINCE), SURVEY, "2569", "48", "xlsx")
    return openpyxl.load_workbook(BytesIO(content))


def lines(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_file_of_all_answers_has_a_sheet_for_each_table_with_the_rows_around_its_rows():
    two_units()

    book = exported()

    assert book.sheetnames == ["รายละเอียด", "คำตอบ", "unit", "child", "พจนานุกรมข้อมูล"]
    assert lines(book["child"]) == [
        ["รหัส อปท.", "ชื่อ อปท.", "แถวที่ (หน่วย)", "แถวที่", "อายุ", "ชื่อเล่น", "เดือน"],
        [TAO, "อบต.ฝั่งแดง", 1, 1, 8, None, 96],
        [TAO, "อบต.ฝั่งแดง", 1, 2, 12, None, 144],
        [TAO, "อบต.ฝั่งแดง", 2, 1, 15, None, 180],
    ]
    assert [row[2:5] for row in lines(book["unit"])[1:]] == [[1, "วัด", "มี"], [2, "ตลาด", "มี"]]
    assert "unit/child/age" in [row[0] for row in lines(book["พจนานุกรมข้อมูล"])]


def test_a_table_that_a_new_version_puts_into_rows_of_another_is_another_table():
    two_units()
    hand_in()
    put_form(BESIDE)

    book = exported()

    assert book.sheetnames[2:-1] == ["unit", "child", "child 3"]
    assert lines(book["child"])[0] == ["รหัส อปท.", "ชื่อ อปท.", "แถวที่", "อายุ"]
    assert [row[4] for row in lines(book["child 3"])[1:]] == [8, 12, 15]


BESIDE = """
| survey | | | |
| | type | name | label |
| | begin_repeat | unit | หน่วย |
| | text | place | สถานที่ |
| | end_repeat | | |
| | begin_repeat | child | เด็ก |
| | integer | age | อายุ |
| | end_repeat | | |
| settings | | |
| | form_id | |
| | survey | |
"""


def test_a_draft_that_goes_over_says_which_rows_it_lost_and_the_history_keeps_them():
    two_units()

    put_form(BESIDE)

    assert set(opened().lost) >= {"unit[1]/child", "unit[2]/child"}
    assert opened().lost_in_words == (
        "หน่วย · มีเด็ก: ฉบับใหม่ไม่ถามแล้ว",
        "หน่วย · เด็ก: ฉบับใหม่ไม่ถามแล้ว",
    )
    type_in({"unit[1]/place": "วัดป่า"})
    assert opened().lost == {}
    assert json.loads(history("unit[2]/child")[-1][0]) == [{"age": 15}]


def test_a_draft_begins_a_table_that_a_new_version_brings_as_whoever_begins_now():
    put_form(WITHOUT_TABLES)
    type_in({"mayor": "นายกล้า"})
    put_form(BESIDE)
    assert stands_at("unit") == [{}]
    type_in({"unit[1]/place": "วัด"})
    add("unit")
    remove("child", 1)

    put_nested()  # the same name, in the rows of the other table

    assert stands_at("unit") == [{"place": "วัด", "child": [{}]}, {"child": [{}]}]
    type_in({"unit[1]/has": "yes", "unit[1]/child[1]/age": "8"})
    assert [gap.path for gap in opened().gaps] == ["unit[2]/place"]


def test_a_table_that_was_emptied_stays_empty_in_a_new_version():
    put_form(BESIDE)
    remove("child", 1)

    put_form(BESIDE.replace("อายุ", "อายุ (ปี)"))

    assert stands_at("child") is None


WITHOUT_TABLES = """
| survey | | | |
| | type | name | label |
| | text | mayor | นายก |
| settings | | |
| | form_id | |
| | survey | |
"""
