"""The Excel template of a district, as clerks see it, and the same with red cells."""

import re

from data_layer.form_files import About, Authority, marked, template
from data_layer.forms import NoData
from tests.filled_forms import GOOD, form_named
from tests.templates import (
    ABOUT,
    ALL,
    AS_OF,
    FIRST,
    FORM,
    SECOND,
    answers_sheet,
    book_of,
    filled,
    headers,
    made,
    read,
    saved,
)

# How it looks


def test_the_template_asks_what_people_type_in_the_order_of_the_form():
    sheet = answers_sheet(made(ALL))

    asked = ["n", "d", "t", "day", "one", "many", "ok", "level", "place", "long"]
    assert list(headers(sheet)) == ["รหัส อปท.", "ชื่อ อปท.", *(f"ช่อง {name}" for name in asked)]
    assert sheet["C2"].value == "หมวดหนึ่ง"
    assert "C2:E2" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet["C4"].value.startswith("ต้องกรอก · จำนวนเต็ม")
    assert "ต้องกรอกในบางกรณี" in sheet["G4"].value
    assert "พิมพ์ให้ครบ" in sheet["E4"].value
    assert sheet.freeze_panes == "C5"


def test_standing_answers_are_shown_as_people_read_them():
    (row,) = list(answers_sheet(made(ALL)).iter_rows(min_row=5, max_row=5, values_only=True))

    assert row[:2] == FIRST
    assert row[2:] == (
        *(1250, 41.5, "=1+1", "31 ธ.ค. 2563", "ใช่", "แดง, อ่อน, น้ำเงิน (sky)"),
        *("รับทราบ", 3, "16.9414 104.7276", "บรรทัดหนึ่ง\nบรรทัดสอง"),
    )


def test_only_the_cells_of_answers_are_open():
    sheet = answers_sheet(made())

    assert sheet.protection.sheet
    assert not sheet.protection.password
    locked = {cell.coordinate: cell.protection.locked for row in sheet["A1:L6"] for cell in row}
    open_cells = {name for name, is_locked in locked.items() if not is_locked}
    assert open_cells == {cell.coordinate for row in sheet["C5:L6"] for cell in row}


def test_cells_offer_their_choices_and_watch_their_numbers():
    book = book_of(made())
    rules = {str(rule.sqref): rule for rule in book["กรอกข้อมูล"].data_validations.dataValidation}

    assert rules["C5:C6"].type == "whole"
    assert rules["D5:D6"].type == "decimal"
    assert (rules["G5:G6"].type, rules["G5:G6"].formula1) == ("list", "lists!$G$1:$G$2")
    assert [book["lists"].cell(n, 7).value for n in (1, 2)] == ["ใช่", "ไม่ใช่"]
    assert not rules["H5:H6"].showErrorMessage  # more than one can be typed
    assert "31 ธ.ค. 2563" in rules["F5:F6"].prompt
    assert book["lists"].sheet_state == book["phrom"].sheet_state == "veryHidden"


def test_the_first_sheet_says_what_to_do_and_where_the_rest_is_filled():
    sheet = book_of(made(about=About("2563", "รอบ", "สถอ.ธาตุพนม", AS_OF, "ข้อมูลตัวอย่าง"))).worksheets[
        0
    ]
    text = "\n".join(str(cell.value) for cell in sheet["A"])

    assert sheet.title == "คำชี้แจง"
    for part in ("แบบทดสอบ", "สถอ.ธาตุพนม", "ณ วันที่ 25 ธ.ค. 2563 เวลา 10:42 น.", "ข้อมูลตัวอย่าง"):
        assert part in text
    assert "“หน่วยเลือกตั้ง”" in text
    assert "“ช่อง paper”" in text


def test_f03_no_cell_of_a_template_is_a_formula_or_a_link():
    nasty = {"t": "=cmd|' /C calc'!A0", "long": "https://x.example", "n": NoData("=1+1")}
    about = About("2563", "=1+1", "@พื้นที่", AS_OF, "+1")
    content = template(FORM, about, [Authority(FIRST.code, "=1+1")], {FIRST.code: nasty})
    found = read(content)
    again = marked(found, about, [found.problem(FIRST.code, "t", "=1+1")])

    for each in (content, again):
        cells = [cell for sheet in book_of(each) for row in sheet.iter_rows() for cell in row]
        assert "f" not in {cell.data_type for cell in cells}
        assert not [cell for cell in cells if cell.hyperlink]


# The same file with red cells


def test_the_marked_file_shows_the_reason_beside_the_cell_and_in_a_list():
    content = filled(ALL, n="มาก", t="ใหม่")
    found = read(content)

    book = book_of(marked(found, ABOUT, found.problems))

    cell = book["กรอกข้อมูล"]["C5"]
    assert (cell.value, cell.fill.fgColor.rgb) == ("มาก", "FFF8CBAD")
    assert "ไม่ใช่ตัวเลข" in cell.comment.text
    assert book["กรอกข้อมูล"]["E5"].value == "ใหม่"
    assert book["กรอกข้อมูล"]["D5"].comment is None
    (*_, last) = book["จุดที่ต้องแก้ไข"].iter_rows(values_only=True)
    assert last[:4] == ("5", FIRST.code, FIRST.name, "ช่อง n")
    assert "ไม่ใช่ตัวเลข" in last[4]
    assert "ต้องแก้ไข 1 จุด" in book["จุดที่ต้องแก้ไข"]["A1"].value


def test_the_marked_file_still_says_how_it_is_filled():
    found = read(filled(n="มาก"))

    names = book_of(marked(found, ABOUT, found.problems)).sheetnames

    assert names[:3] == ["จุดที่ต้องแก้ไข", "คำชี้แจง", "กรอกข้อมูล"]


def test_a_marked_file_is_mended_and_brought_in():
    found = read(filled(ALL, n="มาก", t="ใหม่"))
    book = book_of(marked(found, ABOUT, found.problems))
    book["กรอกข้อมูล"]["C5"] = 9

    mended = read(saved(book))

    assert mended.is_ready
    assert mended.rows[0].changes == {"n": (1250, 9), "t": ("=1+1", "ใหม่")}


def test_problems_of_the_rules_are_marked_too():
    found = read(made(ALL))
    problem = found.problem(SECOND.code, "d", "พื้นที่ต้องมากกว่า 0")

    sheet = answers_sheet(marked(found, ABOUT, [problem]))

    assert problem[:3] == (6, "ช่อง d", "พื้นที่ต้องมากกว่า 0")
    assert "พื้นที่ต้องมากกว่า 0" in sheet["D6"].comment.text


def test_a_lost_column_comes_back_with_what_stood_there():
    book = book_of(made(ALL))
    book["กรอกข้อมูล"].delete_cols(3)
    found = read(saved(book))

    again = read(marked(found, ABOUT, found.problems))

    assert not found.is_ready
    assert again.is_ready
    assert again.rows[0].changes == {}


def test_rows_that_stay_wrong_are_red_where_the_code_is():
    book = book_of(made())
    book["กรอกข้อมูล"].append(["<r>=1+1</r>", "อบต.นาแก", 5])
    found = read(saved(book))

    sheet = answers_sheet(marked(found, ABOUT, found.problems))

    assert sheet["A7"].value == "<r>=1+1</r>"
    assert sheet["A7"].fill.fgColor.rgb == "FFF8CBAD"
    assert not sheet["A7"].protection.locked


def test_built_in_forms_have_a_column_for_each_question():
    for name in GOOD:
        form = form_named(name)
        sheet = answers_sheet(made(form=form))
        asked = [header for header in headers(sheet) if header]
        assert len(asked) == len(set(asked)) > 15
        assert not re.search(r"\$\{", " ".join(asked))
