"""The sheets of a workbook that are only read: how it is filled, and what is to be mended in it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from data_layer.exchange.workbooks import FONT, row_height, write_text

GUIDE, MENDS = "คำชี้แจง", "จุดที่ต้องแก้ไข"
HOW_TO: Final = "วิธีกรอก"
_WIDTH: Final = 110
_LARGER: Final = 6  # points that the title is higher
_A4: Final = 9
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


def write_steps(
    book: xlsxwriter.Workbook, lines: Sequence[str], steps: Sequence[str], *, name: str = GUIDE
) -> None:
    """The sheet that says what this is, the first line as its title, and what to do."""
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, _WIDTH)
    numbered = [f"{number}. {step}" for number, step in enumerate(steps, 1)]
    bold, title, plain = (book.add_format(style) for style in (_BOLD, _TITLE, _BASE))
    for number, line in enumerate([*lines, "", HOW_TO, *numbered]):
        style = bold if line == HOW_TO else plain
        write_text(sheet, number, 0, line, style if number else title)
        sheet.set_row(number, row_height([line], [_WIDTH]) + (0 if number else _LARGER))
    sheet.protect()
    _set_page(sheet)


def write_mends(
    book: xlsxwriter.Workbook, about: Sequence[str], mends: Sequence[Mend], *, filled: str
) -> None:
    """The sheet that lists what is to be mended in the sheet `filled`, in the order of the rows."""
    sheet = book.add_worksheet(MENDS)
    title, plain, header, cell = (
        book.add_format(style) for style in (_TITLE, _BASE, _HEADER, _CELL)
    )
    for place, width in enumerate(_MEND_WIDTHS):
        sheet.set_column(place, place, width)
    do = f"ยังไม่ได้นำเข้า โปรดแก้ช่องสีแดงในแผ่น “{filled}” แล้วนำเข้าไฟล์นี้อีกครั้ง"
    lines = [f"ต้องแก้ไข {len(mends):,} จุด", do, *about]
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


def _set_page(sheet: Worksheet) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
