"""Which tables of a form are lines, and which need a card for each row."""

import pytest

from pages.components.form.columns import ROOM, columns_of, line_width
from tests.forms import YES_NO, a_form, field


def columns(*questions):
    """The columns of a table of these questions; none when its rows are cards."""
    begun = {"type": "begin_repeat", "name": "r", "label": "ตาราง"}
    form = a_form(begun, *questions, {"type": "end_repeat"}, choices=YES_NO)
    return columns_of(form.items["r"])


def names(*questions):
    return [str(each.label) for each in columns(*questions)]


@pytest.mark.parametrize(
    "question",
    [
        field("note", "n"),
        field("geopoint", "n"),
        field("text", "n", appearance="multiline"),
        field("image", "n"),
    ],
    ids=["note", "place", "long text", "picture"],
)
def test_a_question_that_needs_room_makes_cards(question):
    assert names(field("text", "a"), question) == []


def test_a_table_in_a_row_makes_cards():
    inner = {"type": "begin_repeat", "name": "i", "label": "ใน"}, field("text", "b")

    assert names(field("text", "a"), *inner, {"type": "end_repeat"}) == []


@pytest.mark.parametrize("kind", ["date", "select_multiple yes_no", "select_one yes_no"])
def test_a_date_and_choices_are_columns(kind):
    assert names(field("text", "a"), field(kind, "b")) == ["ช่อง a", "ช่อง b"]


def test_a_question_of_a_group_is_named_after_both():
    found = names(
        {"type": "begin_group", "name": "men", "label": "ชาย"},
        field("integer", "a", label="ป.ตรี"),
        {"type": "end_group"},
        {"type": "begin_group", "name": "bare"},
        field("integer", "b", label="รวม"),
        {"type": "end_group"},
    )

    assert found == ["ชาย ป.ตรี", "รวม"]


def test_what_is_only_calculated_and_not_shown_takes_no_column():
    assert names(field("text", "a"), {"type": "calculate", "name": "b", "calculation": "1"}) == [
        "ช่อง a"
    ]


def test_eight_numbers_stand_in_the_room_of_a_step_and_eight_texts_do_not():
    numbers = columns(*(field("integer", f"n{number}") for number in range(8)))
    texts = columns(*(field("text", f"t{number}") for number in range(8)))

    assert line_width(numbers) <= ROOM < line_width(texts)


def test_a_line_that_nobody_would_look_along_makes_cards():
    assert names(*(field("date", f"d{number}") for number in range(6))) == []
