"""Where an answer stands: in the form, or in a row of a table."""

import pytest

from data_layer.forms import (
    answer_at,
    answered,
    field_at,
    has_place,
    rows_around,
    rows_of,
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
    assert not has_place({"unit": [{}]}, "unit[2]/count")
    assert has_place({"unit": [{}]}, "unit[1]/count")
    assert has_place({}, "place")


def test_an_answer_is_put_taken_away_and_found_again():
    start = {"place": "วัด", "unit": [{"count": 1}, {}]}

    changed = with_answer(start, "unit[2]/count", 0)

    assert field_at(FORM, "unit[2]/count").name == "count"
    assert answer_at(changed, "unit[2]/count") == 0
    assert with_answer(changed, "unit[1]/count", None)["unit"] == [{}, {"count": 0}]
    assert with_answer(changed, "place", "").keys() == {"unit"}
    assert start == {"place": "วัด", "unit": [{"count": 1}, {}]}


def test_only_an_outermost_table_gives_rows():

    assert rows_of(FORM, {}, "unit") == []
    with pytest.raises(UnknownField):
        rows_of(FORM, {}, "place")


def test_answers_are_read_in_the_order_of_the_form_and_row_by_row():
    given = {"unit": [{"count": 1}, {}, {"count": 0}], "place": "วัด", "unknown": 1}

    assert [(path, each.name, answer) for path, each, answer in answered(FORM, given)] == [
        ("place", "place", "วัด"),
        ("unit[1]/count", "count", 1),
        ("unit[3]/count", "count", 0),
    ]


def test_a_path_says_through_which_rows_it_leads():
    assert rows_around("place") == []
    assert rows_around("unit[2]/room[13]/count") == [("unit", 2), ("room", 13)]


@pytest.mark.parametrize(
    ("path", "after"),
    [
        ("unit[9]/count", "unit[9]/count"),
        ("unit[10]/count", ""),
        ("unit[11]/count", "unit[10]/count"),
        ("unit[100]/room[10]/count", "unit[99]/room[10]/count"),
        ("units[11]/count", "units[11]/count"),
        ("place", "place"),
    ],
)
def test_what_stands_below_a_row_that_goes_moves_up_by_one(path, after):
    assert without_row(path, "unit", 10) == after
