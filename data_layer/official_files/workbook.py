"""The register as a workbook: to be read (export), to be filled (template), to be mended (marked).

All three have the sheet that read_register reads. A file that comes back is never edited: its
texts are written anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from io import BytesIO
from typing import Any, Final, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data_layer.exchange.bulk import Cell, bulk_csv, bulk_xlsx
from data_layer.exchange.readme_sheets import GUIDE, Mend, write_mends, write_steps
from data_layer.exchange.workbooks import FONT, WORKBOOK_OPTIONS, row_height, write_text
from data_layer.official_files.about import TITLE, About
from data_layer.official_files.columns import (
    CODE,
    DICTIONARY,
    FIELD_OF,
    HEADERS,
    NAME,
    NUMBER,
    REASON,
    STATUS,
    VERSION,
    RegisterRow,
    choices_of,
    dictionary_rows,
    hint_of,
)
from data_layer.official_files.reading import REGISTER, FileRow
from data_layer.rules.rows import RowProblem

DETAILS, DICTIONARY_SHEET, LISTS = "รายละเอียด", "พจนานุกรมข้อมูล", "รายชื่อ"
SPARE_ROWS: Final = 100  # empty ones that are drawn; below them the rules hold too
_HEADER_ROW, _FIRST = 1, 2  # from 0
FIRST_ROW: Final = _FIRST + 1  # as Excel numbers it
_LAST: Final = 10_000
_FROZEN: Final = 7  # up to the last name: who it is stays in sight
_SHORTEST, _LONGEST = 32, 255  # what Excel shows of a message: its title, its text
_COMMENT: Final = {"x_scale": 2.5, "font_name": FONT}
_BASE = {"font_name": FONT, "font_size": 14, "valign": "top"}
_CELL = _BASE | {"border": 1, "border_color": "#B8C2CC"}
_STYLES: Final[Mapping[str, dict[str, Any]]] = {
    "title": _BASE | {"font_size": 16, "bold": True},
    "header": _CELL | {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#DCE6F2"},
    "needed": _CELL | {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#F5DFA9"},
    "text": _CELL | {"num_format": "@"},
    "number": _CELL | {"num_format": "#,##0"},
    "given": _CELL | {"num_format": "@", "bg_color": "#EDEFF2", "font_color": "#44546A"},
    "wrong": _CELL | {"num_format": "@", "bg_color": "#F8CBAD", "font_color": "#9C0006"},
}
_GIVEN: Final = frozenset({NUMBER, STATUS, VERSION})
_WIDTHS: Final[Mapping[str, int]] = {
    CODE: 11,
    NAME: 20,
    NUMBER: 9,
    "คำนำหน้า": 9,
    "ชื่อ": 13,
    "นามสกุล": 15,
    "เพศ": 7,
    REASON: 34,
    STATUS: 20,
    VERSION: 12,
}
_KIND_WIDTHS: Final = {"citizen_id": 20, "phone": 15, "day": 15, "whole": 14, "flag": 22}
_USUAL_WIDTH: Final = 20
STEPS: Final = (
    f"กรอกในแผ่น “{REGISTER}” หนึ่งแถวต่อหนึ่งตำแหน่งของหนึ่งคน หัวคอลัมน์ที่ต้องกรอกเป็นสีเหลือง โปรดอย่าแก้หัวคอลัมน์",
    f"แก้รายการเดิม: แก้ในแถวนั้น อย่าแก้ “{NUMBER}” และ “{VERSION}” ช่องที่ลบจนว่างคือไม่มีข้อมูล",
    "เลขประจำตัวประชาชนของรายการเดิมปิดบังไว้ ปล่อยไว้อย่างเดิม หากต้องแก้ให้กรอกครบ 13 หลัก",
    f"เพิ่มรายการใหม่: กรอกในแถวว่าง เว้น “{NUMBER}” และ “{VERSION}” ว่าง กรอกเลขประจำตัวครบ 13 หลัก",
    (
        "พ้นจากตำแหน่ง: กรอกวันที่พ้นและเหตุที่พ้นในแถวของผู้นั้น ผู้แทนใส่เป็นแถวใหม่ในไฟล์เดียวกันได้ "
        "เมื่อนายกพ้น ให้กรอกการพ้นของรองนายก ที่ปรึกษา และเลขานุการด้วย"
    ),
    "แถวที่ไม่มีในไฟล์ ระบบไม่ลบและไม่แก้ จึงลบแถวที่ไม่เกี่ยวออกได้ เรียงหรือกรองแถวได้",
    "วันที่ใช้ปี พ.ศ. เช่น 30 มี.ค. 2568 หรือ 30/3/2568 ตัวเลขใช้เลขไทยหรือเลขอารบิกก็ได้",
    f"ถ้าระบบเตือนและข้อมูลถูกต้องแล้ว ให้กรอก “{REASON}” แล้วนำเข้าใหม่",
    "นำเข้าที่หน้าทะเบียน ระบบแสดงตัวอย่างให้ตรวจก่อน ถ้ามีที่ผิดแม้จุดเดียว จะไม่นำเข้าเลย",
)


class Choice(NamedTuple):
    """An authority that may stand in the code column."""

    code: str
    name: str


class _Line(NamedTuple):
    """One row to be written: its cells in the order of HEADERS; by header why one is red."""

    cells: Sequence[Cell]
    wrong: Mapping[str, str]


def register_csv(about: About, rows: Iterable[RegisterRow]) -> bytes:
    """The rows with title lines."""
    return bulk_csv(about.lines, HEADERS, [row.cells for row in rows])


def register_xlsx(about: About, rows: Iterable[RegisterRow]) -> bytes:
    """The rows, quickly written; with what they are, and what each column means."""
    return bulk_xlsx(
        {
            DETAILS: (["รายงาน"], [[line] for line in about.lines]),
            REGISTER: (HEADERS, [row.cells for row in rows]),
            DICTIONARY_SHEET: (DICTIONARY, dictionary_rows()),
        }
    )


def template(about: About, rows: Iterable[RegisterRow], authorities: Sequence[Choice]) -> bytes:
    """A workbook to be filled: the rows that stand, empty ones, drop-downs, a sheet in front."""
    return _workbook(about, [_Line(row.cells, {}) for row in rows], authorities, ())


def marked(
    about: About,
    rows: Sequence[FileRow],
    problems: Sequence[RowProblem],
    authorities: Sequence[Choice],
) -> bytes:
    """The same rows once more, what is wrong in red with its reason, and a list of it in front."""
    wrong: dict[int, dict[str, str]] = {row.number: {} for row in rows}
    for each in problems:
        cells = wrong[each.row]
        cells[each.column] = "\n".join(filter(None, [cells.get(each.column), each.problem]))
    lines = [_Line([_as_typed(row, each) for each in HEADERS], wrong[row.number]) for row in rows]
    places = {row.number: (place, row) for place, row in enumerate(rows, FIRST_ROW)}
    mends = [_mend(*places[each.row], each) for each in problems]
    return _workbook(about, lines, authorities, mends)


def _mend(place: int, row: FileRow, problem: RowProblem) -> Mend:
    code, name = row.texts[CODE][:_LONGEST], row.texts[NAME][:_LONGEST]
    return Mend(place, code, name, problem.column, problem.problem)


def _as_typed(row: FileRow, header: str) -> Cell:
    text = row.texts.get(header, "")
    field = FIELD_OF.get(header)
    is_number = (field is not None and field.kind == "whole") or header == NUMBER
    is_short = text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 - as in a cell
    return int(text) if is_number and is_short else text or None


def _workbook(
    about: About, lines: Sequence[_Line], authorities: Sequence[Choice], mends: Sequence[Mend]
) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, WORKBOOK_OPTIONS) as book:
        created = about.as_of.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": TITLE, "created": created})
        styles = {name: book.add_format(style) for name, style in _STYLES.items()}
        if mends:
            write_mends(book, about.lines, mends, filled=REGISTER)
        write_steps(book, about.lines, STEPS, name=GUIDE)
        sheet = book.add_worksheet(REGISTER)
        _write_head(sheet, about, styles)
        for number, line in enumerate(lines, _FIRST):
            _write_line(sheet, number, line, styles)
        _write_spare(sheet, _FIRST + len(lines), styles)
        _write_dictionary(book, styles)
        _write_lists(book, sheet, authorities, styles)
        sheet.activate()
    return out.getvalue()


def _write_head(sheet: Worksheet, about: About, styles: Mapping[str, Format]) -> None:
    write_text(sheet, 0, 0, " · ".join(about.lines), styles["title"])
    widths = [_width(header) for header in HEADERS]
    for place, (header, width) in enumerate(zip(HEADERS, widths, strict=True)):
        sheet.set_column(place, place, width)
        is_needed = header == CODE or (header in FIELD_OF and FIELD_OF[header].is_needed)
        write_text(sheet, _HEADER_ROW, place, header, styles["needed" if is_needed else "header"])
    sheet.set_row(0, 28)
    sheet.set_row(_HEADER_ROW, row_height(HEADERS, widths))
    sheet.freeze_panes(_FIRST, _FROZEN)
    sheet.autofilter(_HEADER_ROW, 0, _LAST, len(HEADERS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.repeat_rows(_HEADER_ROW)
    sheet.repeat_columns(0, 1)


def _write_line(sheet: Worksheet, number: int, line: _Line, styles: Mapping[str, Format]) -> None:
    for place, (header, value) in enumerate(zip(HEADERS, line.cells, strict=True)):
        reason = line.wrong.get(header)
        style = styles[_style(header, is_wrong=reason is not None)]
        if isinstance(value, int):
            sheet.write_number(number, place, value, style)
        else:
            write_text(sheet, number, place, str(value or ""), style)
        if reason:
            sheet.write_comment(number, place, reason, _COMMENT)


def _style(header: str, *, is_wrong: bool = False) -> str:
    if is_wrong:
        return "wrong"
    if header in _GIVEN:
        return "given"
    field = FIELD_OF.get(header)
    return "number" if field is not None and field.kind == "whole" else "text"


def _write_spare(sheet: Worksheet, first: int, styles: Mapping[str, Format]) -> None:
    for number in range(first, first + SPARE_ROWS):
        for place, header in enumerate(HEADERS):
            sheet.write_blank(number, place, None, styles[_style(header)])


def _width(header: str) -> int:
    field = FIELD_OF.get(header)
    if header in _WIDTHS or field is None:
        return _WIDTHS[header]
    longest = max((len(word) for word in choices_of(header)), default=0)
    return _KIND_WIDTHS.get(field.kind, max(_USUAL_WIDTH, min(longest + 4, 30)))


def _write_dictionary(book: xlsxwriter.Workbook, styles: Mapping[str, Format]) -> None:
    sheet = book.add_worksheet(DICTIONARY_SHEET)
    wrapped = book.add_format(_STYLES["text"] | {"text_wrap": True})
    widths = (40, 20, 12, 60, 60)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for number, row in enumerate([DICTIONARY, *dictionary_rows()]):
        texts = [str(value or "") for value in row]
        for place, text in enumerate(texts):
            write_text(sheet, number, place, text, wrapped if number else styles["header"])
        sheet.set_row(number, row_height(texts, widths))
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_lists(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    authorities: Sequence[Choice],
    styles: Mapping[str, Format],
) -> None:
    """What each column takes; drop-downs read their choices from a hidden sheet."""
    lists = book.add_worksheet(LISTS)
    lists.very_hidden()
    for place, header in enumerate(HEADERS):
        words: Sequence[str] = choices_of(header)
        if header == CODE:
            words = [f"{each.code} {each.name}" for each in authorities]
        for number, word in enumerate(words):
            write_text(lists, number, place, word, styles["text"])
        rule = _list_rule(place, len(words), header) if words else {"validate": "any"}
        shown = {"input_title": header[:_SHORTEST], "input_message": hint_of(header)[:_LONGEST]}
        sheet.data_validation(_FIRST, place, _LAST, place, rule | shown)


def _list_rule(place: int, count: int, header: str) -> dict[str, Any]:
    name = xlsxwriter.utility.xl_col_to_name(place)
    return {
        "validate": "list",
        "source": f"={LISTS}!${name}$1:${name}${count}",
        "show_error": header != CODE,  # the eight digits alone will do
        "error_title": "ไม่อยู่ในรายการ",
        "error_message": "โปรดเลือกจากรายการ (กดลูกศรที่มุมช่อง)",
    }
