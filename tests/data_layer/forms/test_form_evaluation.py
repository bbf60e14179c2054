"""One evaluator says what is shown, missing, wrong, unusual, and what is submitted."""

from decimal import Decimal

import pytest

from data_layer.forms import NoData, begin, begin_row, evaluate, submittable, work_out
from data_layer.forms.errors import UnknownField
from tests.filled_forms import READINESS_ANSWERS, TAO, form_named
from tests.forms import NAMESPACES, NOW, YES_NO, a_form, calculate, evaluated, field


@pytest.fixture
def election():
    return a_form(
        field("select_one yes_no", "holds", required="yes"),
        {"type": "begin_group", "name": "g", "label": "ก", "relevant": "${holds} = 'yes'"},
        field("integer", "people", required="yes", **{"bind::ph:no_data": "yes"}),
        field(
            "integer",
            "voters",
            required="${people} > 0",
            constraint=". <= ${people}",
            constraint_message="ผู้มีสิทธิมากกว่าราษฎร ${people} คน",
            **{
                "bind::ph:warning": ". >= ${people} * 0.6",
                "bind::ph:warning_message": "น้อยกว่าร้อยละ 60",
            },
        ),
        {"type": "end_group"},
        calculate("share", "round(${voters} div ${people} * 100, 1)"),
        choices=YES_NO,
        namespaces=NAMESPACES,
    )


def test_what_is_worked_out_without_a_judgement_is_the_same():
    form = form_named("readiness")
    wrong = READINESS_ANSWERS | {"unit_count": 0, "commission_notified": "no"}

    judged = evaluate(form, wrong, now=NOW, facts=TAO)
    found = work_out(form, wrong, now=NOW, facts=TAO)

    assert judged.broken
    assert (found.relevant, found.calculated) == (judged.relevant, judged.calculated)
    assert submittable(form, wrong, found) == submittable(form, wrong, judged)
    assert (found.missing, found.broken, found.warned) == ([], {}, {})


def test_says_what_is_missing_and_counts_it(election):
    found = evaluated(election, {"holds": "yes", "people": 900})

    assert found.missing == ["voters"]
    assert (len(found.needed), len(found.missing)) == (3, 1)
    assert not found.is_ready


def test_says_what_is_wrong_in_the_words_of_the_form(election):
    found = evaluated(election, {"holds": "yes", "people": 1_900, "voters": 2_000})

    assert found.broken == {"voters": "ผู้มีสิทธิมากกว่าราษฎร 1,900 คน"}
    assert found.warned == {}


def test_what_is_unusual_may_pass(election):
    found = evaluated(election, {"holds": "yes", "people": 900, "voters": 100})

    assert found.warned == {"voters": "น้อยกว่าร้อยละ 60"}
    assert found.is_ready


def test_zero_empty_and_no_data_are_three_answers(election):
    zero = evaluated(election, {"holds": "yes", "people": 0})
    empty = evaluated(election, {"holds": "yes"})
    reason = evaluated(election, {"holds": "yes", "people": NoData("รอทะเบียนราษฎร")})

    assert zero.missing == []
    assert empty.missing == ["people"]
    assert reason.missing == []
    assert len(reason.needed) - len(reason.missing) == 2


def test_no_data_is_missing_where_the_form_wants_an_answer(election):
    found = evaluated(election, {"holds": NoData("ไม่ทราบ")})

    assert found.missing == ["holds"]


def test_a_hidden_group_clears_nothing_counts_nowhere_and_is_not_submitted(election):
    answers = {"holds": "no", "people": 100, "voters": 900}

    found = evaluated(election, answers)

    assert found.relevant == {
        "holds": True,
        "g": False,
        "people": False,
        "voters": False,
        "share": True,
    }
    assert found.is_ready
    assert found.calculated["share"] is None
    assert answers == {"holds": "no", "people": 100, "voters": 900}
    assert submittable(election, answers, found) == {"holds": "no"}
    shown = evaluated(election, answers | {"holds": "yes"})
    assert "voters" in shown.broken


def test_what_is_submitted_has_the_calculated_values_and_the_reasons(election):
    answers = {"holds": "yes", "people": 900, "voters": 600}
    no_data = {"holds": "yes", "people": NoData("รอ")}

    sent = submittable(election, answers, evaluated(election, answers))

    assert sent == answers | {"share": Decimal("66.7")}
    assert submittable(election, no_data, evaluated(election, no_data)) == no_data


def test_a_choice_that_is_no_longer_offered_is_empty():
    form = a_form(
        field("select_one p", "province"),
        field("select_one d", "district", choice_filter="p = ${province}", required="yes"),
        choices=[
            {"list_name": "p", "name": "48", "label": "นครพนม"},
            {"list_name": "p", "name": "10", "label": "กรุงเทพ"},
            {"list_name": "d", "name": "4807", "label": "ธาตุพนม", "p": "48"},
            {"list_name": "d", "name": "1001", "label": "พระนคร", "p": "10"},
        ],
    )
    answers = {"province": "10", "district": "4807"}

    found = evaluated(form, answers)

    assert found.offered == {"district": ("1001",)}
    assert found.missing == ["district"]
    assert submittable(form, answers, found) == {"province": "10"}


def test_rules_come_in_the_order_they_need_not_in_the_order_of_the_sheet():
    form = a_form(
        calculate("last", "${middle} + 1"), calculate("middle", "${a} * 2"), field("integer", "a")
    )

    assert evaluated(form, {"a": 4}).calculated == {"middle": 8, "last": 9}


def test_rules_of_a_row_see_their_own_row():
    form = a_form(
        field("integer", "limit"),
        {"type": "begin_repeat", "name": "unit", "label": "หน่วย"},
        field("integer", "voters", required="yes", constraint=". <= ${limit}"),
        {"type": "begin_repeat", "name": "team", "label": "กปน."},
        field("text", "who", required="${voters} > 10"),
        {"type": "end_repeat"},
        {"type": "end_repeat"},
    )
    rows = [{"voters": 900, "team": [{}]}, {"team": [{"who": "ก"}, {}]}, {"voters": 5}]

    found = evaluated(form, {"limit": 800, "unit": rows})

    assert list(found.broken) == ["unit[1]/voters"]
    assert found.missing == ["unit[2]/voters", "unit[1]/team[1]/who"]


def test_a_hidden_table_hides_its_rows():
    form = a_form(
        field("integer", "a"),
        {"type": "begin_repeat", "name": "r", "label": "ร", "relevant": "${a} > 1"},
        field("text", "t", required="yes"),
        {"type": "end_repeat"},
        calculate("rows", "count(${r})"),
    )
    answers = {"a": 0, "r": [{"t": "ก"}, {}]}

    found = evaluated(form, answers)

    assert found.relevant == {"a": True, "r": False, "r[1]/t": False, "r[2]/t": False, "rows": True}
    assert found.missing == []
    assert submittable(form, answers, found) == {"a": 0, "rows": 0}


def test_begins_with_the_defaults_and_one_row_in_each_table():
    form = a_form(
        field("integer", "a", default="7"),
        field("date", "day", default="today()"),
        {"type": "begin_repeat", "name": "r", "label": "ร"},
        field("integer", "b", default="${a} + 1"),
        {"type": "end_repeat"},
    )

    started = begin(form, now=NOW)

    assert started == {"a": 7, "day": NOW.date(), "r": [{"b": 8}]}
    assert begin(form, {"a": 1, "r": [{}, {"b": 9}]}, now=NOW)["r"] == [{"b": 2}, {"b": 9}]
    assert begin_row(form, "r", started | {"a": 1}, now=NOW) == {"b": 2}


def test_a_new_row_of_a_table_in_a_row_begins_with_what_that_row_says():
    form = a_form(
        {"type": "begin_repeat", "name": "unit", "label": "ห"},
        field("integer", "most", default="3"),
        {"type": "begin_repeat", "name": "child", "label": "ด"},
        field("integer", "left", default="${most} - count(${child})"),
        {"type": "end_repeat"},
        {"type": "end_repeat"},
    )
    stand = {"unit": [{"most": 9}, {"most": 5, "child": [{"left": 4}]}]}

    assert begin_row(form, "unit[2]/child", stand, now=NOW) == {"left": 3}
    assert begin_row(form, "unit[1]/child", stand, now=NOW) == {"left": 8}
    assert begin_row(form, "unit", stand, now=NOW) == {"most": 3, "child": [{"left": 2}]}
    with pytest.raises(UnknownField):
        begin_row(form, "unit[3]/child", stand, now=NOW)


def test_labels_are_said_with_answers_in_them_as_people_write_them():
    form = a_form(
        field("integer", "a"), field("date", "d"), field("note", "n", label="${a} คน วันที่ ${d}")
    )
    found = evaluate(form, {"a": 12_500, "d": NOW.date()}, now=NOW)

    assert found.say(form.fields["n"].label) == "12,500 คน วันที่ 23 พ.ย. 2563"


def test_a_readonly_rule_is_told():
    form = a_form(field("integer", "a"), field("integer", "b", readonly="${a} > 1"))

    assert evaluated(form, {"a": 2}).readonly == {"b": True}
