"""Where an answer stands: in the form, or in a row of a table."""

import pytest

from data_layer.forms import answer_at, field_at, rows_of, with_answer
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


def test_only_an_outermost_table_gives_rows():

    assert rows_of(FORM, {}, "unit") == []
    with pytest.raises(UnknownField):
        rows_of(FORM, {}, "place")
