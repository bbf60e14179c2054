"""The workbook of a template: what to do, the cells to fill, and hidden what stood before.

The same writer makes it empty, filled, and with red cells: a file that comes back is never edited,
its texts are written anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from hashlib import sha256
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data_layer.exchange.readme_sheets import Mend, write_mends
from data_layer.exchange.workbooks import FONT, WORKBOOK_OPTIONS, row_height, write_text
from data_layer.form_files.about import About, Authority
from data_layer.form_files.cells import ACKNOWLEDGE, CellValue, spoken
from data_layer.form_files.columns import CODE, NAME, TemplateColumn, template_columns
from data_layer.form_files.guide import ANSWERS, write_guide
from data_layer.forms import Form, Kind, range_bounds, source_of

MADE, LISTS = "phrom", "lists"
HINT_ROW: Final = "ห้ามแก้"  # stands below CODE, where no code is
MARKS: Final = ("form", "title", "version", "fingerprint", "round")
FIRST_WIDTHS: Final = (14, 34)  # of the code and the name
_GROUPS, _HEADERS, _HINTS, _FIRST = 1, 2, 3, 4  # rows, from 0
FIRST_ROW: Final = _FIRST + 1  # of an authority, as Excel numbers it
_MOST: Final = 1e15  # more digits no field takes
_SHORTEST, _LONGEST = 32, 255  # what Excel shows of a message: its title, its text
_BASE = {"font_name": FONT, "font_size": 14, "valign": "top"}
_CELL = _BASE | {"border": 1, "border_color": "#B8C2CC", "text_wrap": True}
_HEAD = _CELL | {"bold": True, "align": "center"}
_OPEN = _CELL | {"locked": False}
_STYLES: Final[Mapping[str, dict[str, Any]]] = {
    "title": _BASE | {"font_size": 16, "bold": True},
    "group": _HEAD | {"bg_color": "#C5D5EA", "align": "left"},
    "header": _HEAD | {"bg_color": "#DCE6F2"},
    "hint": _CELL | {"font_size": 12, "font_color": "#44546A", "bg_color": "#F3F6FA"},
    "locked": _CELL | {"num_format": "@", "bg_color": "#EDEFF2"},
    "text": _OPEN | {"num_format": "@"},
    "integer": _OPEN | {"num_format": "#,##0", "align": "right"},
    "decimal": _OPEN | {"num_format": "#,##0.######", "align": "right"},
    "wrong": _OPEN | {"num_format": "@", "bg_color": "#F8CBAD", "font_color": "#9C0006"},
}
_NUMBERS: Final = {Kind.INTEGER: "integer", Kind.DECIMAL: "decimal", Kind.RANGE: "decimal"}
_WIDTHS: Final = {
    Kind.INTEGER: 22,
    Kind.DECIMAL: 22,
    Kind.RANGE: 22,
    Kind.DATE: 24,
    Kind.SELECT_MULTIPLE: 50,
    Kind.ACKNOWLEDGE: 16,
}
_TEXT_WIDTH = 32
_TITLE_HEIGHT, _MOST_HINT = 28, 115  # points; all of a hint stands in the message of its cells
_PROTECTION = {"format_columns": True, "format_rows": True}


@dataclass(frozen=True)
class SheetRow:
    """One row to be written: its cells by field, what stood before, and why a cell is red.

    `wrong` is by the name of a field, or CODE or NAME.
    """

    authority: Authority
    cells: Mapping[str, CellValue]
    before: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)


def marks(form: Form, round_code: str) -> Mapping[str, str]:
    """What tells a template of this form and round from all others."""
    print_ = sha256(source_of(form).encode()).hexdigest()[:16]
    values = (form.form_id, form.title, form.version, print_, round_code)
    return dict(zip(MARKS, values, strict=True))


def write_workbook(
    form: Form, about: About, rows: Sequence[SheetRow], mends: Sequence[Mend] = ()
) -> bytes:
    """The template of these rows. A sheet in front says what to do; with `mends` there is one
    before it that says what to mend.
    """
    out = BytesIO()
    columns = template_columns(form)
    with xlsxwriter.Workbook(out, WORKBOOK_OPTIONS) as book:
        created = about.as_of.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": form.title, "created": created})
        styles = {name: book.add_format(style) for name, style in _STYLES.items()}
        if mends:
            write_mends(book, about.lines, mends, filled=ANSWERS)
        write_guide(book, form, about)
        sheet = book.add_worksheet(ANSWERS)
        _write_head(sheet, form, about, columns, styles)
        for number, row in enumerate(rows, _FIRST):
            _write_row(sheet, number, row, columns, styles)
        if rows:
            _write_lists(book, sheet, columns, _FIRST + len(rows) - 1)
        _set_page(sheet)
        _write_made(book, marks(form, about.round_code), columns, rows)
    return out.getvalue()


def _write_head(
    sheet: Worksheet,
    form: Form,
    about: About,
    columns: Sequence[TemplateColumn],
    styles: Mapping[str, Format],
) -> None:
    title = f"{form.title} · รอบ {about.round_code} · {about.area}"
    write_text(sheet, 0, 0, title, styles["title"])
    widths = _widths(columns)
    groups = ["", "", *(each.group for each in columns)]
    headers = [CODE, NAME, *(each.header for each in columns)]
    hints = [HINT_ROW, HINT_ROW, *(each.hint for each in columns)]
    sheet.set_row(0, _TITLE_HEIGHT)
    _write_groups(sheet, groups, widths, styles["group"])
    for place, (header, hint, width) in enumerate(zip(headers, hints, widths, strict=True)):
        sheet.set_column(place, place, width)
        write_text(sheet, _HEADERS, place, header, styles["header"])
        write_text(sheet, _HINTS, place, hint, styles["hint"])
    sheet.set_row(_HEADERS, row_height(headers, widths))
    sheet.set_row(_HINTS, min(row_height(hints, widths), _MOST_HINT))


def _write_groups(
    sheet: Worksheet, groups: Sequence[str], widths: Sequence[int], style: Format
) -> None:
    """Each group once, over all its columns."""
    first, heights = 0, []
    for place, group in enumerate(groups, 1):
        if place < len(groups) and groups[place] == group:
            continue
        if place - first > 1:  # one cell cannot be merged
            sheet.merge_range(_GROUPS, first, _GROUPS, place - 1, "", style)
        write_text(sheet, _GROUPS, first, group, style)
        heights.append(row_height([group], [sum(widths[first:place])]))
        first = place
    sheet.set_row(_GROUPS, max(heights))


def _write_row(
    sheet: Worksheet,
    number: int,
    row: SheetRow,
    columns: Sequence[TemplateColumn],
    styles: Mapping[str, Format],
) -> None:
    for place, (key, text) in enumerate(zip((CODE, NAME), row.authority, strict=True)):
        style = styles["wrong" if key in row.wrong else "locked"]
        write_text(sheet, number, place, text, style)
        _tell(sheet, number, place, row.wrong.get(key))
    for place, column in enumerate(columns, 2):
        name = column.field.name
        style = styles["wrong" if name in row.wrong else _NUMBERS.get(column.field.kind, "text")]
        value = row.cells.get(name, "")
        if isinstance(value, str):
            write_text(sheet, number, place, value, style)
        else:
            sheet.write_number(number, place, value, style)
        _tell(sheet, number, place, row.wrong.get(name))
    texts = [*row.authority, *(str(row.cells.get(each.field.name, "")) for each in columns)]
    sheet.set_row(number, row_height(texts, _widths(columns)))


def _widths(columns: Sequence[TemplateColumn]) -> list[int]:
    return [*FIRST_WIDTHS, *(_WIDTHS.get(each.field.kind, _TEXT_WIDTH) for each in columns)]


def _tell(sheet: Worksheet, row: int, place: int, reason: str | None) -> None:
    if reason:
        sheet.write_comment(row, place, reason, {"x_scale": 2.5, "font_name": FONT})


def _write_lists(
    book: xlsxwriter.Workbook, sheet: Worksheet, columns: Sequence[TemplateColumn], last: int
) -> None:
    """What each column takes; drop-downs read their choices from a hidden sheet."""
    lists = book.add_worksheet(LISTS)
    lists.very_hidden()
    plain = book.add_format({"num_format": "@"})
    for place, column in enumerate(columns, 2):
        words = _choices(column)
        for number, word in enumerate(words):
            write_text(lists, number, place, word, plain)
        rule = _list_rule(place, len(words), column) if words else _number_rule(column)
        shown = {"input_title": column.header[:_SHORTEST], "input_message": column.hint[:_LONGEST]}
        sheet.data_validation(_FIRST, place, last, place, rule | shown)


def _choices(column: TemplateColumn) -> list[str]:
    if column.field.kind is Kind.ACKNOWLEDGE:
        return [ACKNOWLEDGE]
    return list(spoken(column.field).values())


def _list_rule(place: int, count: int, column: TemplateColumn) -> dict[str, Any]:
    name = xlsxwriter.utility.xl_col_to_name(place)
    return {
        "validate": "list",
        "source": f"={LISTS}!${name}$1:${name}${count}",
        # several choices stand in one cell: the list offers the first, the rest is typed
        "show_error": column.field.kind is not Kind.SELECT_MULTIPLE,
        "error_type": "warning" if column.field.allows_no_data else "stop",
        "error_title": "ไม่อยู่ในรายการ",
        "error_message": "โปรดเลือกจากรายการ (กดลูกศรที่มุมช่อง)",
    }


def _number_rule(column: TemplateColumn) -> dict[str, Any]:
    """A warning only: Thai digits and reasons for no data are text to Excel, and taken by us."""
    kind = column.field.kind
    if kind not in _NUMBERS:
        return {"validate": "any"}
    ends = (-_MOST, _MOST)
    if kind is Kind.RANGE:
        start, end, _ = range_bounds(column.field)
        ends = (float(min(start, end)), float(max(start, end)))
    return {
        "validate": "integer" if kind is Kind.INTEGER else "decimal",
        "criteria": "between",
        "minimum": ends[0],
        "maximum": ends[1],
        "error_type": "warning",
        "error_title": "โปรดตรวจสอบ",
        "error_message": f"ช่องนี้รับ: {column.hint}"[:_LONGEST],
    }


def _set_page(sheet: Worksheet) -> None:
    sheet.freeze_panes(_FIRST, 2)
    sheet.protect("", _PROTECTION)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.repeat_rows(_HEADERS)
    sheet.repeat_columns(0, 1)
    sheet.activate()


def _write_made(
    book: xlsxwriter.Workbook,
    marked: Mapping[str, str],
    columns: Sequence[TemplateColumn],
    rows: Sequence[SheetRow],
) -> None:
    """Hidden: of what this is a template, and the answers that stood when it was made."""
    sheet = book.add_worksheet(MADE)
    sheet.very_hidden()
    plain = book.add_format({"num_format": "@"})
    names = [column.field.name for column in columns]
    lines = [
        *marked.items(),
        ("code", "name", *names),
        *((*row.authority, *(row.before.get(name, "") for name in names)) for row in rows),
    ]
    for number, line in enumerate(lines):
        for place, text in enumerate(line):
            if text:
                write_text(sheet, number, place, text, plain)
