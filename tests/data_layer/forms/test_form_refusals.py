"""A form that the engine cannot take is refused with every reason, by sheet, row and column."""

import re

import pytest

from data_layer.exchange.reading import NotASpreadsheet
from data_layer.forms import FormRefused, open_form
from data_layer.forms.reading import read_form
from data_layer.forms.sheets import to_workbook
from tests.forms import YES_NO, a_form, calculate, field, sheets


def problems(*rows, **more):
    with pytest.raises(FormRefused) as refused:
        read_form(sheets(*rows, **more))
    return refused.value.problems


def only(*rows, **more):
    (problem,) = problems(*rows, **more)
    return problem


def test_names_an_unsupported_type_with_its_sheet_and_row():
    problem = only(field("integer", "a"), field("barcode", "b"))

    assert (problem.sheet, problem.row, problem.column) == ("survey", 3, "type")
    assert "barcode" in problem.text
    assert str(problem).startswith("แผ่น survey แถวที่ 3 คอลัมน์ type:")


def test_names_everything_at_once():
    found = problems(
        field("geotrace", "line"),
        field("text", "t", relevant="random() > 1"),
        field("text", "t", constraint="pulldata('a', 'b', 'c', 'd') = 1"),
        field("select_one nowhere", "s", appearance="map"),
        field("integer", "n", parameters="start=1", trigger="${t}"),
    )

    assert {(problem.row, problem.column) for problem in found} == {
        (2, "type"),
        (3, "relevant"),
        (4, "name"),
        (4, "constraint"),
        (5, "type"),
        (5, "appearance"),
        (6, "parameters"),
        (6, "trigger"),
    }


@pytest.mark.parametrize(
    "kind",
    [
        *("time", "dateTime", "audio", "video", "geoshape", "start", "deviceid", "rank c"),
        *("select_one_from_file a.csv", "select_one_external c", "xml-external", "unheard of", ""),
    ],
)
def test_refuses_what_is_not_supported(kind):
    assert only(field(kind, "x")).column == "type"


@pytest.mark.parametrize("name", ["1st", "two words", "ชื่อ ช่อง", "a/b", "a:b"])
def test_refuses_a_name_that_no_tool_could_use(name):
    assert only(field("text", name)).column == "name"


def test_refuses_the_same_name_in_two_groups_for_fields_are_addressed_by_name():
    problem = only(
        {"type": "begin_group", "name": "g", "label": "ก"},
        field("text", "a"),
        {"type": "end_group"},
        field("text", "a"),
    )

    assert problem.row == 5
    assert "แถวที่ 3" in problem.text


def test_refuses_a_group_without_end_and_an_end_without_group():
    opened = only({"type": "begin_repeat", "name": "r", "label": "ร"}, field("text", "a"))
    closed = only(field("text", "a"), {"type": "end_group"})

    assert (opened.row, closed.row) == (2, 3)


def test_refuses_an_expression_that_cannot_be_read():
    assert only(field("integer", "a", constraint=". > (1 +")).column == "constraint"


def test_refuses_a_reference_to_nothing_in_a_rule_or_a_label():
    assert "nobody" in only(field("integer", "a", relevant="${nobody} > 1")).text
    assert "nobody" in only(field("note", "n", label="สวัสดี ${nobody}")).text


def test_refuses_a_column_or_table_that_is_not_there():
    found = problems(
        field("select_one yes_no", "a", choice_filter="kind = 'x'"),
        calculate("b", "instance('office')/root/item/population"),
        choices=YES_NO,
    )

    assert [(problem.row, problem.column) for problem in found] == [
        (2, "choice_filter"),
        (3, "calculation"),
    ]


def test_refuses_a_circle_of_calculations_by_name():
    problem = only(calculate("a", "${b} + 1"), calculate("b", "${c} + 1"), calculate("c", "${a}"))

    assert "a → b → c → a" in problem.text


def test_refuses_a_field_that_is_shown_by_what_it_holds_in_a_circle():
    problem = only(
        field("integer", "a", relevant="${b} > 1"), field("integer", "b", relevant="${a} > 1")
    )

    assert "a → b → a" in problem.text


def test_refuses_a_misspelt_column_before_its_rules_are_lost():
    problem = only(field("integer", "a", constrant=". > 1"))

    assert (problem.row, problem.column) == (1, "constrant")
    assert "constraint" in problem.text


def test_tells_of_columns_that_are_left_unused_but_takes_the_form():
    form = a_form(field("integer", "a", source="มติ", image="a.png"))

    assert [notice.column for notice in form.notices] == ["source", "image"]


def test_refuses_a_regular_expression_that_needs_looking_around():
    assert only(field("text", "a", constraint="regex(., '(?=a)b')")).column == "constraint"


def test_refuses_external_choices_and_entities_sheets():
    found = sheets(field("text", "a"))
    with pytest.raises(FormRefused) as refused:
        read_form({**found, "entities": found["settings"]})

    assert refused.value.problems[0].sheet == "entities"


def test_refuses_what_pyxform_refuses_in_thai_with_its_row():
    problem = only(field("integer", "a"), field("range", "b", parameters="start=1 end=5 step=0"))

    assert (problem.sheet, problem.row, problem.column) == ("survey", 3, "parameters")
    assert "step" in problem.text


def test_refuses_choices_without_name_and_twice_the_same():
    found = problems(
        field("select_one a", "x"), choices=[("a", "1", "ก"), ("a", "1", "ข"), ("a", "", "ค")]
    )

    assert [(problem.sheet, problem.row) for problem in found] == [("choices", 3), ("choices", 4)]


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "a.md", FormRefused),
        (b"no table at all", "a.md", FormRefused),
        (b"\xff\xfe|", "a.md", FormRefused),
        (b"PK\x03\x04 not a zip", "a.xlsx", NotASpreadsheet),
        (b"", "a.xlsx", NotASpreadsheet),
        (b"a,b", "a.csv", NotASpreadsheet),
    ],
)
def test_refuses_a_file_that_is_no_form(content, name, refusal):
    with pytest.raises(refusal):
        open_form(content, name)


def test_refuses_a_formula_nested_beyond_reason():
    deep = "(" * 3_000 + "1" + ")" * 3_000

    assert only(calculate("a", deep)).column == "calculation"


def test_refuses_our_columns_without_their_namespace():
    problem = only(field("integer", "a", **{"bind::ph:warning": ". < 9"}))

    assert (problem.sheet, problem.column) == ("settings", "namespaces")


def in_file(*rows, **more):
    with pytest.raises(FormRefused) as refused:
        open_form(to_workbook(sheets(*rows, **more)), "a.xlsx")
    return [(each.row, each.column) for each in refused.value.problems]


def test_refuses_what_would_be_lost_of_a_file_without_a_word():
    assert in_file(
        field("integer", "n", default="abc"),
        field("select_one yes_no", "s", default="maybe"),
        field("range", "r", parameters="start=10 end=0"),
        field("text", "a" * 300),
        field("select_multiple yes_no", "m", default="yes no"),
        field("date", "d", default="2020-10-31"),
        choices=YES_NO,
    ) == [(2, "default"), (3, "default"), (4, "parameters"), (5, "name")]


def test_refuses_a_file_that_asks_nothing():
    assert in_file(field("note", "n")) == [(0, "type")]


def test_a_question_without_a_label_is_named_with_its_row():
    problem = only(field("text", "a"), {"type": "text", "name": "b"})

    assert (problem.row, problem.column) == (3, "label")
    assert "“b”" in problem.text


@pytest.mark.parametrize(
    "rule", ["1 +", "(. > 1", ". > 1 and )", ". = 'x", "round(1, 2, 3)", "${b"]
)
def test_what_is_wrong_with_a_formula_is_said_in_thai(rule):
    said = only(field("text", "a", constraint=rule)).text

    assert not re.search("[A-Za-z]{4,}", said.replace(rule, "").replace("round", ""))


def test_a_parameter_that_is_no_number_is_said_in_thai():
    assert "พารามิเตอร์ start" in only(field("range", "r", parameters="start=x")).text


def test_refuses_a_rule_where_it_cannot_hold():
    found = problems(
        field("integer", "a", choice_filter="name = 'x'"),
        {"type": "begin_group", "name": "g", "label": "ก", "constraint": "${a} > 1"},
        {"type": "end_group"},
        {"type": "calculate", "name": "c"},
    )

    assert [(problem.row, problem.column) for problem in found] == [
        (2, "choice_filter"),
        (3, "constraint"),
        (5, "calculate"),
    ]
