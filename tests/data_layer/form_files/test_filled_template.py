"""A filled template: filled by clerks, read back, and never trusted."""

from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from data_layer.exchange.reading import NotASpreadsheet, TooManyRows
from data_layer.form_files import NotATemplate, OtherForm, OtherRound, OtherVersion
from data_layer.forms import NoData, read_answers
from tests.filled_forms import form_named
from tests.forms import a_form, field
from tests.odk.answering import generator, random_answers
from tests.templates import (
    ALL,
    CODES,
    FIRST,
    FORM,
    QUESTIONS,
    SECOND,
    SETTINGS,
    answer,
    book_of,
    filled,
    made,
    read,
    saved,
)

# What is refused


def test_a_workbook_that_is_no_template_is_refused():
    book = openpyxl.Workbook()
    book.active.append(["รหัส อปท.", "ชื่อ อปท."])

    with pytest.raises(NotATemplate, match="โปรดดาวน์โหลดแม่แบบ"):
        read(saved(book))


@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.xlsm", "a"])
def test_only_a_workbook_is_a_template(name):
    with pytest.raises(NotASpreadsheet, match="แล้วบันทึกเป็น"):
        read(made(), name=name)


def test_a_template_whose_hidden_sheet_was_broken_is_refused():
    for spoil in (
        lambda sheet: sheet.delete_rows(6),
        lambda sheet: sheet.delete_rows(4),
        lambda sheet: sheet.delete_rows(1, 20),
    ):
        book = book_of(made())
        spoil(book["phrom"])
        with pytest.raises(NotATemplate):
            read(saved(book))


def test_a_template_of_another_form_round_or_version_is_refused_by_name():
    other = a_form(field("integer", "n"), form_id="other", form_title="แบบอื่น")
    newer = a_form(*QUESTIONS[1:3], form_title="แบบทดสอบ", **(SETTINGS | {"version": "8"}))

    with pytest.raises(OtherForm, match="“แบบอื่น” แต่หน้านี้คือ “แบบทดสอบ”"):
        read(made(form=other))
    with pytest.raises(OtherRound, match="รอบ 2563 แต่กำลังนำเข้ารอบ 2564"):
        read(made(), round_code="2564")
    with pytest.raises(OtherVersion, match="ในไฟล์คือฉบับ 8 ที่ใช้อยู่คือฉบับ 7"):
        read(made(form=newer))


def test_rows_of_others_without_code_and_twice_are_problems_of_their_row():
    book = book_of(made())
    sheet = book["กรอกข้อมูล"]
    for code, name in (("06480701", "อบต.นาแก"), (None, "ไม่มีรหัส"), (FIRST.code, FIRST.name)):
        sheet.append([code, name, 5])

    problems = read(saved(book)).problems

    assert [(each.row, each.column) for each in problems] == [(n, "รหัส อปท.") for n in (7, 8, 9)]
    told = [each.problem for each in problems]
    assert "ไม่มีรหัสนี้ในรายชื่อ" in told[0]
    assert "ไม่มีรหัส อปท." in told[1]
    assert "ซ้ำกับแถวที่ 5" in told[2]


def test_an_authority_that_was_not_in_the_template_wants_a_new_one():
    book = book_of(made())
    book["กรอกข้อมูล"].append(["06480503", "อบต.ใหม่", 5])

    (problem,) = read(saved(book), codes={*CODES, "06480503"}).problems

    assert "โปรดดาวน์โหลดแม่แบบใหม่" in problem.problem


def test_a_code_beside_the_name_of_another_is_a_problem():
    book = book_of(made())
    book["กรอกข้อมูล"]["B5"] = SECOND.name

    (problem,) = read(saved(book)).problems

    assert (problem.row, problem.column, problem.code) == (5, "ชื่อ อปท.", FIRST.code)
    assert f"ถูกแก้จาก “{FIRST.name}”" in problem.problem


def test_renamed_missing_and_doubled_columns_are_named():
    book = book_of(made(ALL))
    sheet = book["กรอกข้อมูล"]
    sheet["C3"] = "จำนวนใหม่"
    sheet["E3"] = "ช่อง d"

    problems = {each.column: each.problem for each in read(saved(book)).problems}

    assert "ไม่พบคอลัมน์นี้" in problems["ช่อง n"]
    assert "ไม่พบคอลัมน์นี้" in problems["ช่อง t"]
    assert "มากกว่าหนึ่งคอลัมน์" in problems["ช่อง d"]
    assert "แม่แบบไม่มีหัวคอลัมน์นี้" in problems["จำนวนใหม่"]


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("n", "มาก", "ไม่ใช่ตัวเลข"),
        ("n", 1.5, "มีทศนิยม"),
        ("n", "1_000", "ไม่ใช่ตัวเลข"),
        ("n", "1 25", "ไม่ใช่ตัวเลข"),
        ("n", "1 250,000", "ไม่ใช่ตัวเลข"),
        ("long", "ก\n" * 2_001, "4,000"),
        ("n", "ไม่มีข้อมูล", "โปรดพิมพ์เหตุผลต่อท้าย"),
        ("n", "ไม่มีข้อมูล: ", "โปรดพิมพ์เหตุผลต่อท้าย"),
        ("n", "ไม่มีข้อมูล: " + "ก" * 501, "ไม่เกิน 500"),
        ("d", "ไม่มีข้อมูล: ไฟไหม้", "ใช้ “ไม่มีข้อมูล” ไม่ได้"),
        ("day", "31/12/2020", "วันที่ไม่ถูกต้อง"),
        ("day", "30 ก.พ. 2563", "วันที่ไม่ถูกต้อง"),
        ("day", datetime(2020, 12, 31, 10, 42), "วันที่ไม่ถูกต้อง"),  # noqa: DTZ001 - as Excel has it
        ("day", 44196, "วันที่ไม่ถูกต้อง"),
        ("one", "อาจจะ", "ไม่อยู่ในตัวเลือก"),
        ("many", "แดง, อ่อน, เขียว", "“เขียว” ไม่อยู่ในตัวเลือก"),
        ("many", "น้ำเงิน", "ไม่อยู่ในตัวเลือก"),  # two choices are called so
        ("ok", "ใช่", "กดรับทราบ"),
        ("level", 6, "ตั้งแต่ 1 ถึง 5"),
        ("place", "104 16", "พิกัด"),
        ("t", "#REF!", "ข้อผิดพลาดของสูตร (#REF!)"),
        ("t", "ก" * 501, "โปรดย่อ"),
    ],
)
def test_what_is_no_plain_answer_is_a_problem_and_never_guessed(name, typed, told):
    answers, problems = answer(**{name: typed})

    assert name not in answers
    assert [told in each for each in problems] == [True]


def test_more_rows_than_a_province_has_are_refused():
    book = book_of(made())
    for _ in range(1_000):
        book["กรอกข้อมูล"].append([FIRST.code, FIRST.name, 5])

    with pytest.raises(TooManyRows, match="1,000 แถว"):
        read(saved(book))


def test_a_cell_of_a_thousand_commas_is_refused_at_once():
    _, (problem,) = answer(many="x," * 16_000)

    assert "“x” ไม่อยู่ในตัวเลือก" in problem


# What is taken


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("n", "๑,๒๕๐", 1250),
        ("n", "1 250", 1250),
        ("n", "1\u00a0250 000", 1250000),
        ("n", 0, 0),
        ("n", "ไม่มีข้อมูล: รอทะเบียน", NoData("รอทะเบียน")),
        ("n", "ไม่มีข้อมูล เพราะ ไฟไหม้", NoData("ไฟไหม้")),
        ("d", 0.1, Decimal("0.1")),
        ("d", "41.50", Decimal("41.5")),
        ("t", "ไม่มีข้อมูล", "ไม่มีข้อมูล"),
        ("t", 42511234, "42511234"),
        ("day", date(2020, 12, 31), date(2020, 12, 31)),
        ("day", date(2563, 12, 31), date(2020, 12, 31)),
        ("day", "31/12/2563", date(2020, 12, 31)),
        ("day", "๓๑ ธันวาคม ๒๕๖๓", date(2020, 12, 31)),
        ("one", "ใช่", "yes"),
        ("one", "no", "no"),
        ("many", "น้ำเงิน (sky),แดง,อ่อน", ("red", "sky")),
        ("many", "red sky", ("red", "sky")),
        ("many", "red, blue", ("red", "blue")),
        ("many", "ไม่มีข้อมูล", ("none",)),
        ("ok", "รับทราบ", "OK"),
        ("ok", "OK", "OK"),
    ],
)
def test_people_may_type_it_as_they_do(name, typed, kept):
    assert answer(**{name: typed}) == ({name: kept}, [])


def test_what_comes_back_untouched_changes_nothing():
    found = read(made(ALL))

    assert found.is_ready
    assert found.rows[0].answers == ALL
    assert [row.changes for row in found.rows] == [{}, {}]


def test_the_file_tells_what_was_changed_and_from_what():
    content = filled(ALL, n=7, t=None)

    (first, _) = read(content).rows

    assert first.changes == {"n": (1250, 7), "t": ("=1+1", None)}
    assert read(content) == read(content)


def test_digits_that_excel_cannot_hold_stay():
    exact = {"n": 999_999_999_999_999, "d": Decimal("123456789012345.678901")}

    assert read(made(exact)).rows[0].answers == exact
    assert not read(made({"d": Decimal("41.50")})).rows[0].changes


@pytest.mark.parametrize("seed", range(25))
def test_random_answers_come_back_as_they_were(seed):
    rng = generator(seed)
    form = rng.choice([FORM, form_named("survey"), form_named("readiness")])
    given, _ = read_answers(form, random_answers(rng, form.children))
    for name in [name for name, item in form.fields.items() if item.allows_no_data]:
        if rng.random() > 0.7:
            given[name] = NoData("รอทะเบียน\nราษฎร")
    content = made(given, form)

    (first, second) = read(content, form).rows

    asked = first.texts.keys()
    assert first.answers == {name: value for name, value in given.items() if name in asked}
    assert second.answers == first.changes == {}


def test_strange_texts_come_back_as_they_were():
    for text in (
        "=1+1",
        "+66",
        "-",
        "@x",
        "'ก",
        "<r>ก</r>",
        "_x0041_",
        "https://x.example",
        "0042",
    ):
        assert read(made({"t": text})).rows[0].answers == {"t": text}


def test_a_form_wider_than_a_hundred_columns_is_read_whole():
    form = a_form(*(field("integer", f"f{number}") for number in range(260)))

    content = made({"f259": 5}, form)

    assert read(content, form).rows[0].answers == {"f259": 5}


@pytest.mark.parametrize("lie", ["answer:x", "no data:", "[" * 900, "=1", "answer:2563-12-31"])
def test_a_hidden_sheet_made_to_lie_changes_no_answer(lie):
    book = book_of(made({"n": 5}))
    for row in book["phrom"].iter_rows(min_row=7):
        for cell in row[2:]:
            cell.value = lie

    (first, _) = read(saved(book)).rows

    assert first.answers == {"n": 5}
