"""Answers are kept as JSON and come back as they were."""

import json
import string
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_layer.forms import NoData, begin, evaluate, read_answers, submittable, write_answers
from tests.forms import NOW, YES_NO, a_form, calculate, field

FORM = a_form(
    field("integer", "n"),
    field("decimal", "d"),
    {"type": "begin_group", "name": "g", "label": "ก", "relevant": "${n} > 0"},
    field("text", "t"),
    field("date", "day"),
    field("select_one yes_no", "one"),
    {"type": "end_group"},
    field("select_multiple yes_no", "many"),
    field("range", "level", parameters="start=1 end=5 step=1"),
    field("acknowledge", "ok"),
    {"type": "begin_repeat", "name": "unit", "label": "หน่วย"},
    field("text", "place"),
    {"type": "begin_repeat", "name": "person", "label": "คน"},
    field("integer", "age"),
    {"type": "end_repeat"},
    {"type": "end_repeat"},
    calculate("total", "${n} + ${d}"),
    choices=YES_NO,
)

reasons = st.sampled_from([NoData("รอทะเบียน"), NoData("ไม่มีหน่วยงานรับผิดชอบ")])
words = st.text("กขคabc019", min_size=1, max_size=20)
numbers = st.integers(-(10**14), 10**14)
people = st.fixed_dictionaries({}, optional={"age": numbers | reasons})
units = st.fixed_dictionaries(
    {}, optional={"place": words | reasons, "person": st.lists(people, min_size=1, max_size=3)}
)
answers = st.fixed_dictionaries(
    {},
    optional={
        "n": numbers | reasons,
        "d": st.decimals(-(10**9), 10**9, places=4) | reasons,
        "t": words | reasons,
        "day": st.dates(date(1900, 1, 1), date(2050, 1, 1)) | reasons,
        "one": st.sampled_from(["yes", "no"]) | reasons,
        "many": st.sampled_from([("yes",), ("no",), ("yes", "no")]) | reasons,
        "level": st.integers(1, 5),
        "ok": st.just("OK"),
        "unit": st.lists(units, min_size=1, max_size=3),
    },
)


@given(answers)
def test_what_is_saved_is_what_is_read(given_answers):
    kept = json.loads(json.dumps(write_answers(given_answers)))

    assert read_answers(FORM, kept) == (given_answers, {})
    assert write_answers(read_answers(FORM, kept)[0]) == kept


@given(answers)
def test_hiding_a_group_clears_nothing_and_submits_nothing_of_it(given_answers):
    hidden = given_answers | {"n": 0}
    before = json.dumps(write_answers(hidden))

    sent = submittable(FORM, hidden, evaluate(FORM, hidden, now=NOW))

    assert json.dumps(write_answers(hidden)) == before
    assert not sent.keys() & {"t", "day", "one"}


@given(answers)
def test_what_is_submitted_can_be_read_again(given_answers):
    sent = submittable(FORM, given_answers, evaluate(FORM, given_answers, now=NOW))

    assert read_answers(FORM, json.loads(json.dumps(write_answers(sent)))) == (sent, {})


scalars = st.none() | st.booleans() | st.floats() | st.integers() | st.text(string.printable)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


# making up nested values is slow on a busy machine, which says nothing of the engine
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*FORM.items, "x"]), anything, max_size=5))
def test_any_json_is_read_or_refused_by_path_and_never_fails(data):
    found, problems = read_answers(FORM, data)
    evaluate(FORM, begin(FORM, now=NOW) | found, now=NOW)

    assert all(isinstance(text, str) for text in problems.values())


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"n": "many"}, "n"),
        ({"n": True}, "n"),
        ({"n": 1e400}, "n"),
        ({"nobody": 1}, "nobody"),
        ({"place": "วัด"}, "place"),
        ({"unit": {"place": "วัด"}}, "unit"),
        ({"unit": [{"person": [{"age": 1}, {"age": "x"}]}]}, "unit[1]/person[2]/age"),
        ({"one": "maybe"}, "one"),
        ({"t": {"no_data": 1}}, "t"),
    ],
)
def test_tells_by_path_what_cannot_be_an_answer(data, path):
    assert list(read_answers(FORM, data)[1]) == [path]


def test_takes_numbers_and_lists_as_json_or_as_text():
    data = {"n": 5.0, "d": "1.50", "many": "no yes", "ok": True, "day": "2020-11-23"}

    assert read_answers(FORM, data)[0] == {
        "n": 5,
        "d": Decimal("1.5"),
        "many": ("yes", "no"),
        "ok": "OK",
        "day": date(2020, 11, 23),
    }
