"""Where an answer stands: in the form, or in a row of a table."""

import pytest

from data_layer.forms import (
    answer_at,
    answered,
    field_at,
    moved_back,
    moved_up,
    rows_of,
    table_at,
    title_at,
    with_answer,
    without_row,
)
from data_layer.forms.errors import UnknownField
from tests.forms import a_form, field

FORM = a_form(
    field("text", "place"),
    {"type": "begin_repeat", "name": "unit", "label": "หน่วย"},
    field("integer", "count"),
    {"type": "end_repeat"},
)


@pytest.mark.parametrize(
    "path", ["nothing", "count", "unit", "unit[0]/count", "unit[x]/count", "place[1]/count", ""]
)
def test_a_path_that_names_no_field_is_refused(path):
    with pytest.raises(UnknownField):
        field_at(FORM, path)


def test_a_row_that_is_not_there_takes_no_answer():
    with pytest.raises(UnknownField):
        with_answer({"unit": [{}]}, "unit[2]/count", 3)

    assert answer_at({"unit": [{}]}, "unit[2]/count") is None


def test_an_answer_is_put_taken_away_and_found_again():
    start = {"place": "วัด", "unit": [{"count": 1}, {}]}

    changed = with_answer(start, "unit[2]/count", 0)

    assert field_at(FORM, "unit[2]/count").name == "count"
    assert answer_at(changed, "unit[2]/count") == 0
    assert with_answer(changed, "unit[1]/count", None)["unit"] == [{}, {"count": 0}]
    assert with_answer(changed, "place", "").keys() == {"unit"}
    assert start == {"place": "วัด", "unit": [{"count": 1}, {}]}


def test_only_a_table_gives_rows():
    assert rows_of(FORM, {}, "unit") == []
    with pytest.raises(UnknownField):
        rows_of(FORM, {}, "place")


NESTED = a_form(
    {"type": "begin_repeat", "name": "unit", "label": "หน่วย"},
    {"type": "begin_repeat", "name": "child", "label": "เด็ก"},
    field("integer", "age"),
    {"type": "end_repeat"},
    {"type": "end_repeat"},
)


@pytest.mark.parametrize("path", ["child", "unit/child", "unit[1]", "unit[1]/age", "child[1]/unit"])
def test_a_path_that_names_no_table_is_refused(path):
    with pytest.raises(UnknownField):
        table_at(NESTED, path)


def test_a_table_in_a_row_is_put_and_found_as_an_answer_is():
    start = {"unit": [{}, {"child": [{"age": 3}]}]}

    more = with_answer(start, "unit[1]/child", [{"age": 5}])

    assert table_at(NESTED, "unit[2]/child").name == "child"
    assert rows_of(NESTED, more, "unit[1]/child") == [{"age": 5}]
    assert answer_at(with_answer(more, "unit[2]/child[1]/age", 4), "unit[2]/child[1]/age") == 4
    assert with_answer(more, "unit[2]/child", []) == {"unit": [{"child": [{"age": 5}]}, {}]}
    assert answer_at(more, "unit[3]/child") is None


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        ("unit[1]/child[2]/age", "unit[1]/child[2]/age"),
        ("unit[2]/child[2]/age", None),
        ("unit[3]/child[2]/age", "unit[2]/child[2]/age"),
        ("unit[12]", "unit[11]"),
        ("unit[100]/child[10]/age", "unit[99]/child[10]/age"),
        ("units[3]/age", "units[3]/age"),
        ("place", "place"),
    ],
)
def test_rows_below_one_that_is_taken_away_move_up_and_are_found_where_they_were(path, moved):
    assert moved_up(path, "unit", 2) == moved
    if moved is not None:
        assert moved_back(moved, "unit", 2) == path


def test_what_is_said_of_an_inner_row_goes_with_it_and_that_of_other_units_stays():
    said = {
        f"unit[{unit}]/child[{child}]/age": (unit, child) for unit in (1, 2) for child in (1, 2)
    }

    assert without_row(said, "unit[1]/child", 1) == {
        "unit[1]/child[1]/age": (1, 2),
        "unit[2]/child[1]/age": (2, 1),
        "unit[2]/child[2]/age": (2, 2),
    }


def test_what_stands_in_rows_is_called_by_their_names_and_numbers():
    assert title_at(NESTED, "unit[2]/child[1]/age") == "หน่วย 2 · เด็ก 1 · ช่อง age"
    assert title_at(NESTED, "unit[2]") == "หน่วย 2"
    assert title_at(NESTED, "unit[2]/gone") == "หน่วย 2 · gone"


def test_what_stands_in_a_group_of_a_row_or_of_a_step_is_called_by_both():
    table = {"type": "begin_repeat", "name": "unit", "label": "หน่วย"}, {"type": "end_repeat"}
    men = {"type": "begin_group", "name": "men", "label": "ชาย"}, {"type": "end_group"}
    step = {"type": "begin_group", "name": "staff", "label": "บุคลากร"}, {"type": "end_group"}
    graduates = field("integer", "graduates", label="ป.ตรี")

    in_row = a_form(step[0], table[0], men[0], graduates, men[1], table[1], step[1])
    in_step = a_form(step[0], men[0], graduates, men[1], step[1])

    assert title_at(in_row, "unit[2]/graduates") == "หน่วย 2 · ชาย ป.ตรี"
    assert title_at(in_row, "unit[2]") == "หน่วย 2"
    assert title_at(in_step, "graduates") == "ชาย ป.ตรี"


def test_answers_are_read_in_the_order_of_the_form_and_row_by_row():
    given = {"unit": [{"count": 1}, {}, {"count": 0}], "place": "วัด", "unknown": 1}

    assert [(path, each.name, answer) for path, each, answer in answered(FORM, given)] == [
        ("place", "place", "วัด"),
        ("unit[1]/count", "count", 1),
        ("unit[3]/count", "count", 0),
    ]
