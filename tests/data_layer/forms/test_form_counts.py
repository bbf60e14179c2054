"""Tables that have as many rows as an answer says (repeat_count)."""

import pytest

from data_layer.forms import begin, changes, evaluate, form_json, submittable, with_rows
from data_layer.forms.errors import FormRefused
from data_layer.forms.soundness import unsound
from tests.forms import NOW, a_form, calculate, evaluated, field


def counted(count, *inside, name="unit", **columns):
    """The rows of a sheet that make a table with a count."""
    begun = {"type": "begin_repeat", "name": name, "label": "หน่วย", "repeat_count": count}
    return begun | columns, *(inside or (field("text", "place"),)), {"type": "end_repeat"}


HOW_MANY = field("integer", "how_many")
UNITS = a_form(
    HOW_MANY,
    *counted("${how_many}", field("text", "place", required="yes"), field("integer", "voters")),
    calculate("units", "count(${unit})"),
    calculate("total", "sum(${voters})"),
    calculate("places", "join(';', ${place})"),
)
THREE = {"how_many": 3, "unit": [{"place": "ก", "voters": 1}, {"voters": 2}, {"voters": 4}]}


def rows_wanted(form, **answers):
    return begin(form, answers, now=NOW)


def test_refuses_a_count_of_what_is_no_table():
    with pytest.raises(FormRefused) as refused:
        a_form(field("integer", "a", repeat_count="3"))

    (problem,) = refused.value.problems
    assert (problem.row, problem.column) == (2, "repeat_count")
    assert "begin_repeat" in problem.text


def test_refuses_a_count_that_cannot_be_read_or_reads_its_own_rows():
    with pytest.raises(FormRefused):
        a_form(*counted("3 +"))
    with pytest.raises(FormRefused):
        a_form(*counted("${nobody}"))
    with pytest.raises(FormRefused) as refused:
        a_form(*counted("${voters}", field("integer", "voters")))
    assert "วงกลม" in refused.value.problems[0].text


def test_refuses_a_fixed_count_that_no_table_has_room_for():
    (problem,) = unsound(a_form(*counted("201")))

    assert problem.column == "repeat_count"
    assert "200" in problem.text
    assert not list(unsound(a_form(*counted("200"))))


def test_a_fixed_count_has_its_rows_from_the_beginning():
    form = a_form(*counted("3", field("integer", "each", default="7")))

    assert rows_wanted(form) == {"unit": [{"each": 7}] * 3}


def test_what_a_count_is_written_as_is_shown_and_adds_no_field():
    form = a_form(HOW_MANY, *counted("${how_many} + 1"))

    assert list(form.items) == ["how_many", "unit", "place"]
    assert form_json(form)["fields"][1]["count"] == "${how_many} + 1"


@pytest.mark.parametrize("given", [{}, {"how_many": 0}, {"how_many": -2}])
def test_a_count_that_is_empty_or_below_zero_is_no_row(given):
    assert rows_wanted(UNITS, **given)["unit"] == []
    assert evaluated(UNITS, given).calculated["units"] == 0


def test_rows_that_are_not_there_yet_begin_with_their_defaults():
    form = a_form(
        field("decimal", "how_many"),
        *counted(
            "${how_many}",
            field("integer", "voters", default="5"),
            field("date", "since", default="today()"),
        ),
    )

    answers = with_rows(form, {"how_many": 2, "unit": [{"voters": 1}]}, now=NOW, facts={})
    part = rows_wanted(form, how_many=2.9)

    assert answers["unit"] == [{"voters": 1}, {"voters": 5, "since": NOW.date()}]
    assert len(part["unit"]) == 2
    assert with_rows(form, answers, now=NOW, facts={}) is answers


def test_rows_beyond_the_count_are_hidden_counted_nowhere_and_not_submitted():
    found = evaluated(UNITS, THREE | {"how_many": 2})

    assert found.calculated == {"units": 2, "total": 3, "places": "ก;"}
    assert found.missing == ["unit[2]/place"]
    assert found.relevant["unit[3]/place"] is False
    kept = submittable(UNITS, THREE | {"how_many": 2}, found)
    assert kept["unit"] == [{"place": "ก", "voters": 1}, {"voters": 2}]


def test_rows_come_back_when_the_count_rises_again():
    fewer = with_rows(UNITS, THREE | {"how_many": 1}, now=NOW, facts={})
    again = with_rows(UNITS, {**fewer, "how_many": 4}, now=NOW, facts={})

    assert again["unit"] == [*THREE["unit"], {}]


def test_a_count_of_a_hidden_answer_is_no_row():
    form = a_form(
        field("text", "a"),
        field("integer", "how_many", relevant="${a} != ''"),
        *counted("${how_many}"),
    )

    assert evaluated(form, {"how_many": 2, "unit": [{}, {}]}).counts == {"unit": 0}


def test_more_rows_than_a_table_has_say_what_to_mend_and_none_is_made():
    found = evaluated(UNITS, rows_wanted(UNITS, how_many=2500))

    assert found.counts == {"unit": 0}
    assert found.broken == {
        "unit": "ตารางนี้ต้องมี 2,500 แถว แต่มีได้ไม่เกิน 200 แถว จึงยังไม่มีแถวให้กรอก โปรดแก้ “ช่อง how_many”"
    }
    assert not found.is_ready
    assert len(rows_wanted(UNITS, how_many=200)["unit"]) == 200


def test_tables_in_rows_have_together_no_more_rows_than_a_page_has_room_for():
    inner = counted("${how_many}", field("integer", "age"), name="child")
    form = a_form(HOW_MANY, *counted("${how_many}", *inner))

    found = evaluated(form, rows_wanted(form, how_many=30))

    rows = [found.counts[f"unit[{number}]/child"] for number in range(1, 31)]
    assert rows == [30] * 13 + [0] * 17
    assert len(found.broken) == 17
    assert "รวมกันจะเกิน 400 แถว" in found.broken["unit[14]/child"]
    assert evaluated(form, rows_wanted(form, how_many=20)).broken == {}


def test_tables_in_rows_that_are_hidden_take_no_room_of_those_that_are_not():
    asked = {"name": "child", "relevant": "${place} = 'x'"}
    hidden = counted("${how_many}", field("integer", "age"), **asked)
    form = a_form(HOW_MANY, *counted("${how_many}", field("text", "place"), *hidden))
    units = [{}] * 29 + [{"place": "x"}]

    begun = rows_wanted(form, how_many=30, unit=units)

    rows = [len(unit.get("child", ())) for unit in begun["unit"]]
    assert rows == [30] * 13 + [0] * 16 + [30]  # nor more than they are allowed
    assert evaluated(form, begun).broken == {}


def test_a_hidden_table_never_has_too_many_rows():
    form = a_form(HOW_MANY, *counted("${how_many}", relevant="${how_many} < 0"))

    assert evaluated(form, {"how_many": 2500}).broken == {}


def test_a_count_without_end_is_no_row():
    assert evaluated(a_form(*counted("1 div 0"))).counts == {"unit": 0}


def test_a_count_may_follow_the_rows_of_another_table():
    form = a_form(
        HOW_MANY,
        *counted("count(${unit}) * 2", field("text", "more"), name="pair"),
        *counted("${how_many}"),
    )

    assert len(rows_wanted(form, how_many=2)["pair"]) == 4


def test_a_table_in_a_row_has_its_own_count():
    inner = counted("${size}", field("text", "who"), name="person")
    form = a_form(
        HOW_MANY,
        *counted("${how_many}", field("integer", "size"), *inner),
        calculate("people", "count(${person})"),
    )

    started = rows_wanted(form, how_many=2, unit=[{"size": 1}, {"size": 2}, {"size": 4}])

    assert [len(row["person"]) for row in started["unit"]] == [1, 2, 0]
    assert evaluate(form, started, now=NOW).calculated["people"] == 3


def test_a_changed_count_is_told_before_it_hides_rows_of_drafts():
    before, after = (
        a_form(HOW_MANY, *counted(count)) for count in ("${how_many}", "${how_many} - 1")
    )

    (change,) = changes(before, after)

    assert (change.name, change.loses) == ("unit", False)
    assert "“หน่วย”" in change.text
