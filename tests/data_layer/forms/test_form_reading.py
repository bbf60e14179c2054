"""An XLSForm of the centre becomes a form that pages, imports and exports share."""

import io

import openpyxl
import pytest

from data_layer.forms import (
    FormRefused,
    Group,
    Kind,
    Repeat,
    data_dictionary,
    download,
    export_columns,
    form_json,
    form_of,
    office_facts,
    open_form,
    source_of,
    tables,
)
from tests.forms import NAMESPACES, YES_NO, a_form, calculate, field
from tests.workbooks import xlsx

SURVEY = """
| survey  |                        |        |                 |                  |               |
|         | type                   | name   | label::ไทย (th) | label::English | bind::ph:no_data |
|         | begin_group            | people | ประชากร         | People           |               |
|         | integer                | men    | ชาย             | Men              | yes           |
|         | select_multiple source | money  | แหล่งงบ           | Money            |               |
|         | end_group              |        |                 |                  |               |
|         | begin_repeat           | units  | หน่วย            | Units            |               |
|         | text                   | place  | สถานที่           | Place            |               |
|         | end_repeat             |        |                 |                  |               |
| choices |                        |        |                 |
|         | list_name              | name   | label::ไทย (th) |
|         | source                 | law    | ข้อบัญญัติ          |
|         | source                 | other  | อื่น ๆ            |
| settings |           |            |         |                     |
|         | form_id    | form_title | version | namespaces          |
|         | survey     | แบบสำรวจ    | 2563    | ph="https://phrom.go.th/xlsform" |
"""


@pytest.fixture
def survey():
    return open_form(SURVEY.encode(), "survey.md")


def test_reads_groups_tables_fields_and_choices_in_their_order(survey):
    people, units = survey.children

    assert (survey.form_id, survey.title, survey.version) == ("survey", "แบบสำรวจ", "2563")
    assert (type(people), type(units)) == (Group, Repeat)
    assert list(survey.fields) == ["men", "money", "place"]
    assert survey.fields["men"].kind is Kind.INTEGER
    assert survey.fields["men"].allows_no_data
    assert survey.fields["men"].row == 3
    assert survey.fields["place"].repeats == ("units",)
    assert survey.fields["money"].labels == {"law": "ข้อบัญญัติ", "other": "อื่น ๆ"}


def test_shows_thai_and_keeps_the_other_languages(survey):
    label = survey.fields["men"].label

    assert str(label) == "ชาย"
    assert label.by_language == {"ไทย (th)": "ชาย", "English": "Men"}
    assert survey.languages == ("ไทย (th)", "English")


def test_a_form_kept_as_text_is_the_same_form_and_compiled_once(survey):
    kept = form_of(source_of(survey))

    assert form_json(kept) == form_json(survey)
    assert form_of(source_of(survey)) is kept


def test_a_downloaded_form_is_the_same_form(survey):
    again = open_form(download(survey), "survey.xlsx")

    assert form_json(again) == form_json(survey)
    assert again.sheets == survey.sheets


def test_a_downloaded_form_holds_no_live_formula():
    form = a_form(field("text", "a", label='=HYPERLINK("http://x")', hint="+1"))
    book = openpyxl.load_workbook(io.BytesIO(download(form)))

    cells = [cell for row in book["survey"].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert '=HYPERLINK("http://x")' in {cell.value for cell in cells}


def test_rows_of_a_workbook_are_numbered_as_excel_shows_them(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Survey"
    for row in (["type", "name", "label"], ["text", "a", "ก"], [], [], ["integer", "b", "ข"]):
        page.append(row)
    book.save(tmp_path / "a.xlsx")

    form = open_form((tmp_path / "a.xlsx").read_bytes(), "a.xlsx")

    assert {name: each.row for name, each in form.fields.items()} == {"a": 2, "b": 5}


def test_a_formula_without_a_result_is_a_problem_of_its_row_and_column():
    content = xlsx([["type", "name", "label"], ["text", "a", '="ก"&"ข"']])

    with pytest.raises(FormRefused) as refusal:
        open_form(content, "a.xlsx")

    assert [each[1:3] for each in refusal.value.problems] == [(2, "label")]


def test_pyxform_makes_up_what_authors_leave_to_it():
    form = a_form(
        {"type": "note", "label": "คำชี้แจง"},
        field("select_one yes_no or_other", "a"),
        choices=YES_NO,
    )

    assert [(each.kind, each.row) for each in form.fields.values()] == [
        (Kind.NOTE, 2),
        (Kind.SELECT_ONE, 3),
        (Kind.TEXT, 3),
    ]


def test_warning_and_its_message_come_from_the_namespace_of_the_form():
    form = a_form(
        field("integer", "a", **{"bind::ph:warning": ". < 9", "bind::ph:warning_message": "มาก"}),
        namespaces=NAMESPACES,
    )

    assert form.fields["a"].warning.source == ". < 9"
    assert str(form.fields["a"].warning_message) == "มาก"


def test_exports_follow_the_form_and_tables_stand_apart(survey):
    names = [column.name for column in export_columns(survey, split=True)]

    assert names == ["men", "money", "money/law", "money/other"]
    assert [column.header for column in export_columns(survey, table=("units",))] == ["สถานที่"]
    assert tables(survey) == [("units",)]


def test_several_choices_are_one_column_of_names_or_noughts_and_ones(survey):
    columns = export_columns(survey, split=True)[1:]

    assert [column.value({"money": ("law",)}) for column in columns] == ["law", 1, 0]
    assert [column.value({}) for column in columns] == [None, None, None]


def test_the_data_dictionary_has_a_row_for_each_field(survey):
    rows = data_dictionary(survey)

    assert [row["column"] for row in rows] == ["men", "money", "units/place"]
    assert rows[1]["choices"] == "law = ข้อบัญญัติ; other = อื่น ๆ"


def test_office_facts_are_named_with_what_they_are():
    facts = office_facts()
    form = a_form(
        {"type": "csv-external", "name": "office"},
        *(calculate(f"c_{name}", f"instance('office')/root/item/{name}") for name in facts),
    )

    assert len(form.fields) == len(facts)


def test_a_list_may_name_a_choice_twice_where_the_form_says_so():
    choices = [
        {"list_name": "county", "name": "king", "label": "คิง", "state": "tx"},
        {"list_name": "county", "name": "king", "label": "คิง", "state": "wa"},
    ]
    asked = field("select_one county", "county", choice_filter="state = 'wa'")

    form = a_form(asked, choices=choices, allow_choice_duplicates="yes")

    assert form.fields["county"].labels == {"king": "คิง"}


def test_the_look_of_a_table_asks_nothing_more():
    look = {"type": "begin_group", "name": "g", "label": "ก", "appearance": "table-list"}
    asked = field("select_one yes_no", "a")

    form = a_form(look, asked, {"type": "end_group"}, choices=YES_NO)

    assert list(form.fields) == ["a"]


def test_a_misspelt_column_of_messages_is_told_and_keeps_no_form_out():
    form = a_form(field("integer", "a") | {"constraint-msg": "มากไป"})

    assert [notice.column for notice in form.notices] == ["constraint-msg"]


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("image", "max-pixels=800", {"max-pixels": "800"}),
        ("text", "rows = 3", {"rows": "3"}),
        ("range", "start=1 end=5", {"start": "1", "end": "5", "step": "1"}),
    ],
)
def test_what_a_question_says_of_itself_is_read_however_it_is_written(kind, written, read):
    assert a_form(field(kind, "x", parameters=written)).fields["x"].parameters == read
