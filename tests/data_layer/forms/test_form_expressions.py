"""What expressions mean: the ODK XForms specification, with exact numbers and Thai time."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from data_layer.forms.reading import read_form
from tests.forms import YES_NO, a_form, calculate, evaluated, field, sheets, value_of

AB = (field("decimal", "a"), field("decimal", "b"))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("0.1 + 0.2 = 0.3", "true"),
        ("1 div 3 * 3 = 1", "true"),
        ("10 mod 4", 2),
        ("-7 mod 3", -1),
        ("7 div 0", "Infinity"),
        ("0 div 0", None),
        ("'x' + 1", None),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(1.005, 2)", Decimal("1.01")),
        ("int(-2.9)", -2),
        ("1 div 3", Decimal("0.3333333333333333")),
        ("12345678901.25 * 100", 1234567890125),
        ("pow(2, 10)", 1024),
        ("sqrt(-1)", None),
        ("pow(10, 100000)", "Infinity"),
        ("min(3, 2)", 2),
        ("substr('abcdef', 1, 3)", "bc"),
        ("substr('abcdef', -2)", "ef"),
        ("substring-after('ตำบลธาตุพนม', 'ตำบล')", "ธาตุพนม"),
        ("translate('abc', 'ab', 'x')", "xc"),
        ("if(2 > 1, 'มาก', 'น้อย')", "มาก"),
        ("coalesce('', 'ข')", "ข"),
        ("regex('042511234', '^0[0-9]{8}$')", "true"),
        ("regex('ธาตุพนม', '^[ก-๙]+$')", "true"),
        ("selected('a bc', 'b')", "false"),
        ("selected-at('a bc', 1)", "bc"),
        ("selected-at('a bc', 2)", None),
        ("count-selected(' a  b ')", 2),
        ("checklist(1, 1, 2 > 1, 1 > 2)", "true"),
        ("weighted-checklist(3, 4, true(), 2, true(), 1)", "true"),
        ("boolean-from-string('1')", "true"),
        ("date('2020-1-5')", "2020-01-05"),
        ("date('2020-02-30')", None),
        ("date('2020-02-28') + 1 - date('2020-02-28')", 1),
        ("format-date('2020-01-05', '%d/%m/%Y %a')", "05/01/2020 Sun"),
        ("decimal-date-time('1970-01-11')", 10),
        ("'2020-01-05' < '2020-01-06'", "true"),
        ("concat('4', '8')", 48),
        ("concat('0', '8')", "08"),
    ],
)
def test_means_what_the_specification_says(expression, expected):
    assert value_of(expression) == expected


def test_an_empty_answer_is_no_number_and_equal_to_empty_text():
    assert value_of("${a} + 1", {}, *AB) is None
    assert value_of("${a} = ''", {}, *AB) == "true"
    assert value_of("${a} > 0 or ${a} <= 0", {}, *AB) == "false"


def test_baht_and_satang_add_up_exactly():
    answers = {"a": Decimal("0.10"), "b": Decimal("0.20")}

    assert value_of("${a} + ${b}", answers, *AB) == Decimal("0.3")
    assert value_of("${a} + ${b} = 0.3", answers, *AB) == "true"


def test_today_is_the_day_in_thailand_even_when_it_is_yesterday_in_greenwich():
    form = a_form(calculate("day", "today()"), calculate("time", "now()"))

    found = evaluated(form, now=datetime(2020, 11, 22, 17, 30, tzinfo=UTC))

    assert found.calculated == {"day": "2020-11-23", "time": "2020-11-23T00:30:00.000+07:00"}


def test_the_label_of_a_choice_is_found_by_its_name():
    found = value_of(
        "jr:choice-name(${a}, '${a}')",
        {"a": "no"},
        field("select_one yes_no", "a"),
        choices=YES_NO,
    )

    assert found == "ไม่ใช่"


def test_once_keeps_what_was_calculated_before():
    form = a_form(field("text", "a"), calculate("first", "once(${a})"))

    assert evaluated(form, {"a": "ใหม่", "first": "เดิม"}).calculated["first"] == "เดิม"
    assert evaluated(form, {"a": "ใหม่"}).calculated["first"] == "ใหม่"


def test_facts_of_the_office_are_a_table_of_one_row():
    expression = "instance('office')/root/item/population"
    form = a_form({"type": "csv-external", "name": "office"}, calculate("p", f"{expression} * 2"))

    assert evaluated(form, facts={"population": 4_200}).calculated["p"] == 8_400
    assert evaluated(form).calculated["p"] is None


def test_rows_of_a_table_are_counted_added_and_numbered():
    form = a_form(
        {"type": "begin_repeat", "name": "unit", "label": "หน่วย"},
        field("text", "place"),
        field("integer", "voters"),
        calculate("number", "position(..)"),
        {"type": "end_repeat"},
        calculate("units", "count(${unit})"),
        calculate("all", "sum(${voters})"),
        calculate("second", "indexed-repeat(${place}, ${unit}, 2)"),
        calculate("large", "count(${unit}[voters > 500])"),
    )
    rows = [{"place": "วัด", "voters": 600}, {"place": "โรงเรียน", "voters": 400}]

    assert evaluated(form, {"unit": rows}).calculated == {
        "unit[1]/number": 1,
        "unit[2]/number": 2,
        "units": 2,
        "all": 1_000,
        "second": "โรงเรียน",
        "large": 1,
    }
    assert evaluated(form, {"unit": []}).calculated["all"] == 0


def test_a_hostile_expression_comes_to_an_end():
    # without limits the squares would fill the memory, and the pattern would take years
    chain = [calculate("c0", "99999999")]
    chain += [
        calculate(f"c{number}", f"${{c{number - 1}}} * ${{c{number - 1}}}")
        for number in range(1, 60)
    ]
    form = read_form(sheets(field("text", "a", constraint="regex(., '^(a+)+$')"), *chain))

    found = evaluated(form, {"a": "a" * 5_000 + "b"})

    assert found.calculated["c59"] is None
    assert "a" in found.broken


def test_a_form_may_name_its_outermost_element():
    assert value_of("count(${a})", {}, field("text", "a"), name="outer") == 1
