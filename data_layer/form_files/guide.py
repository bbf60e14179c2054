"""The sheets that are only read: how a template is filled, and what is to be mended in it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from data_layer.exchange.workbooks import FONT, row_height, write_text
from data_layer.form_files.about import About
from data_layer.form_files.cells import NO_DATA
from data_layer.form_files.columns import left_out
from data_layer.forms import Form

GUIDE, MENDS, ANSWERS = "คำชี้แจง", "จุดที่ต้องแก้ไข", "กรอกข้อมูล"
_WIDTH: Final = 110
_LARGER: Final = 6  # points that the title is higher
_A4: Final = 9
_STEPS: Final = (
    f"กรอกในแผ่น “{ANSWERS}” หนึ่งแถวต่อหนึ่ง อปท. ช่องที่มีข้อความอยู่แล้วคือคำตอบที่บันทึกไว้ในระบบ แก้ได้",
    "รหัส ชื่อ อปท. และหัวคอลัมน์ถูกล็อกไว้ โปรดอย่าแก้ อย่าเพิ่ม ลบ หรือย้ายแถวและคอลัมน์",
    "ช่องที่มีลูกศรให้เลือกจากรายการ ช่องที่เลือกได้หลายข้อ ให้พิมพ์ต่อกันโดยคั่นด้วยเครื่องหมาย ,",
    "วันที่ให้พิมพ์เป็น 31 ธ.ค. 2563 หรือ 31/12/2563 โดยใช้ปี พ.ศ.",
    "ตัวเลขใช้เลขไทยหรือเลขอารบิกก็ได้ ถ้าไม่มีเลยให้กรอก 0 ช่องว่างหมายถึงยังไม่ได้ตอบ",
    f"ถ้าไม่มีข้อมูล ให้พิมพ์ “{NO_DATA}: เหตุผล” ในช่องที่คำอธิบายใต้หัวคอลัมน์บอกว่าใช้ได้",
    "ช่องที่ระบบคำนวณให้ไม่อยู่ในไฟล์นี้ ระบบจะคำนวณเมื่อนำเข้า",
    "กรอกไม่ครบก็นำเข้าได้ บันทึกเป็น .xlsx แล้วนำเข้าที่หน้าเดิม ระบบจะแสดงตัวอย่างให้ตรวจก่อนบันทึก",
)
_MEND_WIDTHS: Final = (8, 13, 30, 40, 70)
_BASE: Final = {"font_name": FONT, "font_size": 14, "valign": "top", "text_wrap": True}
_TITLE: Final = _BASE | {"font_size": 18, "bold": True}
_BOLD: Final = _BASE | {"bold": True}
_HEADER: Final = _BOLD | {"bg_color": "#DCE6F2", "border": 1, "border_color": "#B8C2CC"}
_CELL: Final = _BASE | {"border": 1, "border_color": "#B8C2CC"}


class Mend(NamedTuple):
    """One thing to mend: the row of the sheet, whose it is, in which column, what to do."""

    row: int
    code: str
    name: str
    column: str
    problem: str


_MEND_HEADERS: Final = ("แถว", "รหัส อปท.", "ชื่อ อปท.", "คอลัมน์", "สิ่งที่ต้องแก้")


def write_guide(book: xlsxwriter.Workbook, form: Form, about: About) -> None:
    """The sheet that says what this is and what to do."""
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, _WIDTH)
    version = [f"แบบฟอร์ม {form.form_id} ฉบับ {form.version or '-'}"]
    steps = [f"{number}. {step}" for number, step in enumerate(_steps(form), 1)]
    lines = [form.title, *about.lines, *version, "", "วิธีกรอก", *steps]
    bold, title, plain = (book.add_format(style) for style in (_BOLD, _TITLE, _BASE))
    for number, line in enumerate(lines):
        style = bold if line == "วิธีกรอก" else plain
        write_text(sheet, number, 0, line, style if number else title)
        sheet.set_row(number, row_height([line], [_WIDTH]) + (0 if number else _LARGER))
    sheet.protect()
    _set_page(sheet)


def write_mends(book: xlsxwriter.Workbook, about: About, mends: Sequence[Mend]) -> None:
    """The sheet that lists what is to be mended, in the order of the rows."""
    sheet = book.add_worksheet(MENDS)
    title, plain, header, cell = (
        book.add_format(style) for style in (_TITLE, _BASE, _HEADER, _CELL)
    )
    for place, width in enumerate(_MEND_WIDTHS):
        sheet.set_column(place, place, width)
    do = f"ยังไม่ได้นำเข้า โปรดแก้ช่องสีแดงในแผ่น “{ANSWERS}” แล้วนำเข้าไฟล์นี้อีกครั้ง"
    lines = [f"ต้องแก้ไข {len(mends):,} จุด", do, *about.lines]
    for number, line in enumerate(lines):
        style = plain if number else title
        sheet.merge_range(number, 0, number, len(_MEND_WIDTHS) - 1, "", style)
        write_text(sheet, number, 0, line, style)
        sheet.set_row(number, row_height([line], [sum(_MEND_WIDTHS)]) + (0 if number else _LARGER))
    for number, row in enumerate((_MEND_HEADERS, *mends), len(lines) + 1):
        texts = [str(value) for value in row]
        for place, text in enumerate(texts):
            write_text(sheet, number, place, text, cell if number > len(lines) + 1 else header)
        sheet.set_row(number, row_height(texts, _MEND_WIDTHS))
    sheet.freeze_panes(len(lines) + 2, 0)
    _set_page(sheet)


def _steps(form: Form) -> list[str]:
    more = [f"“{label}”" for label in left_out(form)]
    where = [f"ตารางและไฟล์แนบต่อไปนี้กรอกในหน้าแบบฟอร์มของระบบ: {', '.join(more)}"] if more else []
    return [*_STEPS, *where]


def _set_page(sheet: Worksheet) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
