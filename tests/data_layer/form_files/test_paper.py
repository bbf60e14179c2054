"""Forms on paper: every kind of question, blank and filled, and text that would be source."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import typst

from data_layer.exchange import pdf
from data_layer.form_files import About, Given, Standing, blank_pdf, filled_pdf, paper
from data_layer.form_files.blank import blank_parts
from data_layer.form_files.numbering import numbers
from data_layer.form_files.printed import filled_parts
from data_layer.forms import NoData, read_answers
from tests.filled_forms import GOOD, TAO, form_named
from tests.forms import a_form, calculate, evaluated, field
from tests.papers import page_sizes, page_texts, right_edge, text_of
from tests.templates import ABOUT, ALL, AS_OF, CHOICES, QUESTIONS, SETTINGS

HOSTILE = '#import"/etc/passwd"$x$[#read("/etc/passwd")]*b*_i_`c`<l>@x//\\~--#panic("me")'
KINDS = a_form(
    {"type": "note", "name": "intro", "label": f"โปรดอ่าน {HOSTILE}"},
    *QUESTIONS,
    field("image", "photo"),
    field("range", "share", parameters="start=0 end=100 step=5"),
    field("select_one place", "town"),
    {"type": "begin_group", "name": "outer", "label": "หมวดนอก", "relevant": "${one} = 'yes'"},
    {
        "type": "begin_group",
        "name": "inner",
        "label": "หมวดใน",
        "relevant": "selected(${many}, 'red')",
    },
    field("text", "deep"),
    {"type": "end_group"},
    {"type": "begin_repeat", "name": "wide", "label": "ตารางกว้าง"},
    *(field("integer", f"w{number}") for number in range(8)),
    {"type": "end_repeat"},
    {"type": "end_group"},
    choices=[*CHOICES, *(("place", f"p{number}", f"ที่ {number}") for number in range(30))],
    form_title="แบบทดสอบ",
    **SETTINGS,
)
ANSWERS = ALL | {
    "paper": "แผน.pdf",
    "photo": "a.jpg",
    "share": 55,
    "town": "p7",
    "deep": "ลึก",
    "unit": [{"where": "วัดกลาง"}, {"where": HOSTILE}],
    "wide": [{f"w{number}": number for number in range(8)}] * 2,
}
STANDING = Standing("ทต.ธาตุพนม", ("ธาตุพนม",), (("อปท.", "ทต.ธาตุพนม (รหัส 05480502)"),))


def given(answers, form=KINDS, **more):
    return Given(form, answers, evaluated(form, answers, now=AS_OF), **more)


def filled(answers, form=KINDS, standing=STANDING, **more):
    return filled_pdf(ABOUT, standing, given(answers, form, **more))


def blank(form=KINDS, about=ABOUT):
    return blank_pdf(form, about, evaluated(form, now=AS_OF))


def items(parts):
    return [item for part in parts for item in part["items"]]


def answers_of(answers, form=KINDS, **more):
    """What is printed, by label."""
    printed = items(filled_parts(given(answers, form, **more)))
    return {item["label"]: item["answer"] for item in printed if item["is"] == "answer"}


def questions(*rows, **more):
    """The questions of a small blank form, by label."""
    form = a_form(*rows, **more)
    printed = items(blank_parts(form, evaluated(form, now=AS_OF)))
    return {item["label"]: item for item in printed if item["is"] == "question"}


# What may not happen


def test_what_people_type_is_text_and_never_source():
    standing = Standing(HOSTILE, (HOSTILE,), (("อปท.", HOSTILE),), (HOSTILE,))
    about = About("2563", HOSTILE, HOSTILE, AS_OF)

    content = filled_pdf(about, standing, given(ANSWERS | {"t": HOSTILE}, reasons={"n": HOSTILE}))

    text = text_of(content)
    assert text.count(HOSTILE) >= 6
    assert "root:" not in text
    assert HOSTILE in text_of(blank(about=about))


def test_a_template_reads_nothing_but_what_stands_beside_it(tmp_path):
    outside = tmp_path / "secret.txt"
    outside.write_text("secret")
    inside = tmp_path / "inside"
    inside.mkdir()
    for asked in ("/etc/passwd", "../secret.txt", str(outside)):
        template = inside / "a.typ"
        template.write_text(f"#read({json.dumps(asked)})")

        with pytest.raises(typst.TypstError):
            pdf.to_pdf(template, {}, made_at=AS_OF)


def test_what_was_not_asked_is_not_printed():
    hidden = ANSWERS | {"one": "no", "deep": "SECRET"}

    assert "SECRET" not in text_of(filled(hidden))
    assert "SECRET" in text_of(filled(hidden | {"one": "yes"}))
    assert "ช่อง deep" not in answers_of(hidden)


def test_a_choice_that_is_offered_no_more_is_not_printed():
    form = a_form(
        field("text", "kind"),
        field("select_one place", "where", choice_filter="kind = ${kind}"),
        choices=[
            {"list_name": "place", "name": name, "label": label, "kind": kind}
            for name, label, kind in (("a", "วัด", "old"), ("b", "โรงเรียน", "new"))
        ],
    )

    assert answers_of({"kind": "old", "where": "a"}, form)["ช่อง where"] == "วัด"
    assert answers_of({"kind": "new", "where": "a"}, form)["ช่อง where"] == "–"


@pytest.mark.parametrize("run", ["x" * 400, "ก" * 400, "https://" + "a/" * 150])
def test_no_run_without_a_blank_leaves_its_column(run):
    width, _ = page_sizes(blank())[0]

    content = filled(ANSWERS | {"t": run, "unit": [{"where": run}]}, reasons={"n": run})

    assert right_edge(content) <= width - 56  # the margin of two centimetres


# How it reads


@pytest.mark.parametrize("name", ["survey", "readiness"])
def test_the_built_in_forms_are_printed_blank_and_filled_on_a4(name):
    form = form_named(name)
    answers, _ = read_answers(form, GOOD[name])
    judged = evaluated(form, answers, now=AS_OF, facts=TAO)

    for content in (blank(form), filled_pdf(ABOUT, STANDING, Given(form, answers, judged))):
        sizes = page_sizes(content)
        assert 2 <= len(sizes) <= 8
        assert set(sizes) == {(595, 842)}


def test_all_digits_are_thai_but_those_within_latin_words():
    answers = ANSWERS | {"t": "saraban_06480501@dla.go.th", "long": "โควิด 19 คือ COVID-19"}

    text = text_of(filled(answers))

    for part in ("๓๑ธันวาคม๒๕๖๓", "๑,๒๕๐", "๐๕๔๘๐๕๐๒", "รอบ๒๕๖๓", "๑๖.๙๔๑๔", "๑๙", "COVID-19"):
        assert part in text
    left = re.sub(r"saraban_06480501@dla.go.th|COVID-19|ช่องw[0-7]", "", text)
    assert not re.search("[0-9]", left)


def test_each_page_says_which_of_how_many_it_is_and_when_it_was_printed():
    texts = page_texts(blank())

    thai = "๐๑๒๓๔๕๖๗๘๙"
    for number, text in enumerate(texts, 1):
        assert f"{thai[number]}จาก{thai[len(texts)]}" in text
        assert "๒๕ธันวาคม๒๕๖๓เวลา๑๐.๔๒น." in text


def test_a_draft_is_marked_on_each_page():
    standing = replace(STANDING, marks=("ข้อมูลตัวอย่าง", "DRAFT"), watermark="WATER")
    texts = page_texts(filled(ANSWERS, standing=standing))

    assert len(texts) > 1
    assert all("DRAFT" in text and "WATER" in text for text in texts)
    assert all("WATER" not in text for text in page_texts(filled(ANSWERS)))


def test_answers_are_read_as_people_say_them():
    read_as = answers_of(ANSWERS | {"day": NoData("รอทะเบียน")})

    assert read_as["ช่อง n"] == "1,250"
    assert read_as["ช่อง d"] == "41.5"
    assert read_as["ช่อง day"] == "ไม่มีข้อมูล เพราะ รอทะเบียน"
    assert read_as["ช่อง one"] == "ใช่"
    assert read_as["ช่อง many"] == "แดง, อ่อน, น้ำเงิน"
    assert read_as["ช่อง ok"] == "รับทราบ"
    assert read_as["ช่อง place"] == "ละติจูด 16.9414 ลองจิจูด 104.7276"
    assert read_as["ช่อง long"] == "บรรทัดหนึ่ง\nบรรทัดสอง"
    assert read_as["ช่อง twice"] == "2,500"
    assert read_as["ช่อง paper"] == "แผน.pdf"


def test_zero_nothing_and_not_yet_are_told_apart():
    assert answers_of({"n": 0}, is_open=True)["ช่อง n"] == "0"
    assert answers_of({}, is_open=True)["ช่อง n"] == "ยังไม่ได้กรอก"
    assert answers_of({}, is_open=False)["ช่อง n"] == "–"
    assert answers_of({}, is_open=True)["ช่อง d"] == "–"


def test_reasons_and_what_is_to_be_mended_stand_below_the_answer():
    printed = items(filled_parts(given(ANSWERS, reasons={"n": "เพิ่มจริง"}, returned={"n": "นับใหม่"})))

    notes = next(item["notes"] for item in printed if item.get("label") == "ช่อง n")
    assert notes == ["เหตุผล: เพิ่มจริง", "ให้แก้ไข: นับใหม่"]


def test_answers_of_the_last_round_that_nobody_confirmed_are_said_to_be_so():
    (part,) = [
        part
        for part in filled_parts(given(ANSWERS, unconfirmed=("g",)))
        if part["title"] == "หมวดหนึ่ง"
    ]

    assert "ยังไม่ได้ยืนยัน" in part["notes"][0]


def test_rows_are_a_table_or_set_in_full_when_they_are_wide():
    narrow, wide = [
        item for item in items(filled_parts(given(ANSWERS))) if item["is"] in {"table", "rows"}
    ]

    assert narrow["headers"] == ["ที่", "ช่อง where"]
    assert narrow["rows"][0] == ["1", "วัดกลาง"]
    assert [each["title"] for each in wide["rows"]] == ["ตารางกว้าง ที่ 1", "ตารางกว้าง ที่ 2"]
    assert [item["answer"] for item in wide["rows"][0]["items"]] == list("01234567")


def test_a_cell_that_was_not_asked_is_empty_and_so_is_a_column_of_them():
    form = a_form(
        {"type": "begin_repeat", "name": "unit", "label": "หน่วย"},
        field("integer", "size"),
        field("text", "why", relevant="${size} > 5"),
        {"type": "end_repeat"},
    )

    (both,) = items(
        filled_parts(given({"unit": [{"size": 9, "why": "x"}, {"size": 1, "why": "y"}]}, form))
    )
    (none,) = items(filled_parts(given({"unit": [{"size": 1, "why": "y"}]}, form)))

    assert both["rows"] == [["1", "9", "x"], ["2", "1", ""]]
    assert none["headers"] == ["ที่", "ช่อง size"]


# The blank form


def test_a_table_of_a_fixed_number_of_rows_has_exactly_these_lines():
    form = a_form(
        {"type": "begin_repeat", "name": "unit", "label": "หน่วย", "repeat_count": "9"},
        field("text", "where"),
        {"type": "end_repeat"},
    )

    (table,) = items(blank_parts(form, evaluated(form)))

    assert [row[0] for row in table["rows"]] == list("123456789")


def test_so_has_one_in_each_row_of_another_table():
    form = a_form(
        {"type": "begin_repeat", "name": "unit", "label": "หน่วย"},
        {"type": "begin_repeat", "name": "room", "label": "ห้อง", "repeat_count": "3"},
        field("text", "use"),
        {"type": "end_repeat"},
        {"type": "end_repeat"},
    )

    (unit,) = items(blank_parts(form, evaluated(form)))

    assert [len(block["items"][0]["rows"]) for block in unit["rows"]] == [3, 3]


def test_every_kind_of_question_has_its_place_for_a_pen():
    form = KINDS
    printed = items(blank_parts(form, evaluated(form, now=AS_OF)))
    inputs = {item["label"]: item["input"] for item in printed if item["is"] == "question"}

    assert inputs["ช่อง n"]["is"] == "lines"
    assert inputs["ช่อง day"]["before"] == ["วันที่", "เดือน", "พ.ศ."]
    assert inputs["ช่อง one"]["labels"] == ["ใช่", "ไม่ใช่"]
    assert inputs["ช่อง many"]["hint"] == "ตอบได้หลายข้อ"
    assert inputs["ช่อง ok"]["labels"] == ["รับทราบ"]
    assert inputs["ช่อง level"]["labels"] == list("12345")
    assert inputs["ช่อง share"]["hint"] == "0 ถึง 100 เพิ่มครั้งละ 5"
    assert inputs["ช่อง place"]["before"] == ["ละติจูด", "ลองจิจูด"]
    assert inputs["ช่อง long"]["count"] == 3
    assert inputs["ช่อง paper"] == inputs["ช่อง photo"]
    assert inputs["ช่อง town"]["is"] == "lines"  # thirty boxes help nobody
    assert {"ช่อง fixed", "ช่อง twice"} == {
        item["label"] for item in printed if item["is"] == "given"
    }


def test_what_must_be_answered_has_a_star_and_what_may_be_missing_a_place_for_the_reason():
    asked = questions(
        field("text", "a", required="yes"),
        field("text", "b", required="${a} = 'x'"),
        field("text", "c", **{"bind::ph:no_data": "yes"}),
        **SETTINGS,
    )

    assert [item["need"] for item in asked.values()] == ["*", "(*)", ""]
    assert [bool(item["no_data"]) for item in asked.values()] == [False, False, True]


def test_guidance_is_for_paper():
    asked = questions(field("text", "a", hint="คำใบ้", guidance_hint="คำแนะนำ"))

    assert asked["ช่อง a"]["notes"] == ["คำใบ้", "คำแนะนำ"]


@pytest.mark.parametrize(
    ("relevant", "said"),
    [
        ("${one} = 'yes'", "ตอบเมื่อข้อ 2 เป็น “ใช่”"),
        ("${one} != 'yes'", "ตอบเมื่อข้อ 2 ไม่ใช่ “ใช่”"),
        ("${one} = 'yes' or ${one} = 'no'", "ตอบเมื่อข้อ 2 เป็น “ใช่” หรือ “ไม่ใช่”"),
        ("${n} > 0", "ตอบเมื่อข้อ 1 มากกว่า 0"),
        ("${n} >= 2 and ${one} = 'no'", "ตอบเมื่อข้อ 1 ตั้งแต่ 2 ขึ้นไป และข้อ 2 เป็น “ไม่ใช่”"),
        ("${n} != ''", "ตอบเมื่อข้อ 1 มีคำตอบ"),
        ("${day} != '' and ${day} < today()", "ตอบเมื่อข้อ 4 เป็นวันก่อนวันที่กรอก"),
        ("selected(${many}, 'blue')", "ตอบเมื่อข้อ 3 มี “น้ำเงิน”"),
        # what has no such words is not guessed
        ("${n} * 2 > 4", "ตอบเฉพาะเมื่อเข้าเงื่อนไข"),
        ("not(${one} = 'yes')", ""),  # holds for an empty form
        ("${n} > 1 and (${one} = 'yes' or ${n} > 5)", "ตอบเฉพาะเมื่อเข้าเงื่อนไข"),
        ("${fixed} = 1", ""),  # decided by the form itself
    ],
)
def test_when_a_question_is_asked_stands_below_it_in_words(relevant, said):
    asked = questions(
        field("integer", "n"),
        field("select_one yes_no", "one"),
        field("select_multiple colour", "many"),
        field("date", "day"),
        calculate("fixed", "1"),
        field("text", "more", relevant=relevant),
        choices=CHOICES,
    )

    assert asked["ช่อง more"]["notes"] == ([said] if said else [])


def test_the_numbers_of_a_filled_form_are_those_of_the_blank_one():
    form = form_named("readiness")
    answers, _ = read_answers(form, GOOD["readiness"])
    judged = evaluated(form, answers, now=AS_OF, facts=TAO)

    asked = items(blank_parts(form, evaluated(form, now=AS_OF)))
    told = items(filled_parts(Given(form, answers, judged)))

    by_label = {item["label"]: item["number"] for item in asked if item["is"] == "question"}
    assert numbers(form)["boundary_state"] == by_label["การแบ่งเขตเลือกตั้ง"] == "3.5"
    for item in told:
        if item["number"]:
            assert by_label[item["label"]] == item["number"]
    assert "9.1" not in {item["number"] for item in told}  # the election was not held yet


def test_a_flat_form_is_numbered_through():
    form = a_form(
        {"type": "note", "name": "x", "label": "อ่าน"}, field("text", "a"), field("text", "b")
    )

    assert numbers(form) == {"a": "1", "b": "2"}


def test_a_table_in_a_blank_form_has_empty_rows():
    tables = [item for item in items(blank_parts(KINDS, evaluated(KINDS))) if item["is"] == "table"]

    assert tables[0]["headers"] == ["ที่", "ช่อง where"]
    assert {row[1] for row in tables[0]["rows"]} == {""}


def test_the_same_print_at_the_same_time_is_the_same_file():
    assert filled(ANSWERS) == filled(ANSWERS)


def test_a_moment_is_said_as_official_papers_say_it():
    assert paper.official_moment(AS_OF) == "25 ธันวาคม 2563 เวลา 10.42 น."
    assert answers_of({"day": date(2020, 1, 5), "d": Decimal("1.50")})["ช่อง day"] == "5 มกราคม 2563"
