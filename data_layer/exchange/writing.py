"""A report as a file: one declaration gives the CSV and the Excel workbook."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from math import ceil
from typing import Any, Final, Literal

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data_layer.exchange.formulas import guard
from data_layer.exchange.workbooks import (
    FONT,
    MARGIN,
    WORKBOOK_OPTIONS,
    places,
    row_height,
    write_text,
)
from data_layer.thai import in_thai_time, thai_date_short, thai_datetime
from data_layer.thai.dates import ERA

Kind = Literal["text", "integer", "decimal", "percent", "date", "instant"]
Value = str | int | float | Decimal  # as a cell holds it; a missing one is ''

_SLUG = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_NARROWEST, _WIDEST = 8, 60
_COLUMN_WIDTH = 8.43  # of a column that nobody set
_TITLE_WIDTH = 80  # of the title lines at least
_A4: Final = 9
_BASE = {"font_name": FONT, "font_size": 14, "valign": "top"}
_CELL = _BASE | {"border": 1, "border_color": "#B8C2CC"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": _BASE | {"font_size": 16, "bold": True, "text_wrap": True},
    "line": _BASE | {"text_wrap": True},
    "header": _CELL | {"bold": True, "bg_color": "#DCE6F2", "text_wrap": True, "align": "center"},
    "text": _CELL | {"num_format": "@", "text_wrap": True},
    "integer": _CELL | {"num_format": "#,##0"},
    "decimal": _CELL | {"num_format": "#,##0.00##"},
    "percent": _CELL | {"num_format": "0.0%"},
    # Text, for Excel shows a real date in ค.ศ. on every machine that is not set to Thai.
    "date": _CELL | {"num_format": "@", "align": "center"},
    "instant": _CELL | {"num_format": "@", "align": "center"},
}


@dataclass(frozen=True)
class Column:
    """One column: where its values are in the frame, its Thai header, how it is written."""

    name: str
    label: str
    kind: Kind


@dataclass(frozen=True)
class Report:
    """A frame and all that a reader of it must know. `slug` names the file; percents are shares."""

    slug: str
    title: str
    scope: str
    as_of: datetime
    columns: tuple[Column, ...]
    frame: pd.DataFrame
    note: str = ""


def file_stem(slug: str, as_of: datetime) -> str:
    """'not_registered_25691123-1042', to which an ending comes: ASCII, in Thai time.

    Raises ValueError for a slug of other signs: it would be a person's text, or break a header.
    """
    if not _SLUG.fullmatch(slug):
        raise ValueError("a slug is small letters, digits and single underscores")
    local = in_thai_time(as_of)
    return f"{slug}_{local.year + ERA}{local:%m%d-%H%M}"


def to_csv(report: Report) -> bytes:
    """The report as CSV that Excel opens in Thai by a double click."""
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([guard(line)] for line in _title_lines(report))
    writer.writerow([])
    writer.writerow([guard(column.label) for column in report.columns])
    writer.writerows([_csv_cell(value) for value in row] for row in _rows(report))
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(report: Report) -> bytes:
    """The report as a workbook of one sheet, formatted to be read and printed on A4."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, WORKBOOK_OPTIONS) as book:
        created = report.as_of.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": report.title, "created": created})
        styles = {name: book.add_format(style) for name, style in _STYLES.items()}
        _fill_sheet(book.add_worksheet("รายงาน"), report, styles)
    return out.getvalue()


def _title_lines(report: Report) -> list[str]:
    local = in_thai_time(report.as_of)
    lines = [
        report.title,
        f"ขอบเขต: {report.scope}",
        f"ณ วันที่ {thai_date_short(local)} เวลา {local:%H:%M} น.",
    ]
    return [*lines, report.note] if report.note else lines


def _rows(report: Report) -> Iterator[list[Value]]:
    kinds = [column.kind for column in report.columns]
    picked = report.frame[[column.name for column in report.columns]]
    for row in picked.itertuples(index=False, name=None):
        yield [_value(raw, kind) for raw, kind in zip(row, kinds, strict=True)]


def _value(raw: Any, kind: Kind) -> Value:  # noqa: ANN401 - a frame holds anything
    return "" if pd.isna(raw) else _VALUES[kind](raw)


_VALUES: Final[Mapping[Kind, Callable[[Any], Value]]] = {
    "text": str,
    "integer": int,
    "decimal": Decimal,
    "percent": float,
    "date": thai_date_short,
    "instant": thai_datetime,
}


def _csv_cell(value: Value) -> str:
    if isinstance(value, str):
        return guard(value)
    return _shown(value)


def _shown(value: Value) -> str:
    """As a reader sees it."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return f"{value:.1%}" if isinstance(value, float) else str(value)


def _fill_sheet(sheet: Worksheet, report: Report, styles: dict[str, Format]) -> None:
    lines, rows = _title_lines(report), list(_rows(report))
    labels: list[Value] = [column.label for column in report.columns]
    widths = [_width(values) for values in zip(labels, *rows, strict=True)]
    header = len(lines) + 1
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    _write_title(sheet, lines, widths, styles)
    _write_row(sheet, header, labels, [styles["header"]] * len(labels), widths)
    kinds = [styles[column.kind] for column in report.columns]
    for number, row in enumerate(rows, header + 1):
        _write_row(sheet, number, row, kinds, widths)
    sheet.autofilter(header, 0, header + len(rows), len(labels) - 1)
    _set_page(sheet, header)


def _write_title(
    sheet: Worksheet, lines: Sequence[str], widths: Sequence[int], styles: dict[str, Format]
) -> None:
    """The lines, each merged over the table and, when that is narrow, over columns beside it."""
    beside = ceil(max(_TITLE_WIDTH - sum(widths), 0) / _COLUMN_WIDTH)
    last, width = len(widths) - 1 + beside, max(sum(widths), _TITLE_WIDTH)
    for number, line in enumerate(lines):
        style = styles["line" if number else "title"]
        if last > 0:  # one cell cannot be merged
            sheet.merge_range(number, 0, number, last, "", style)
        write_text(sheet, number, 0, line, style)
        sheet.set_row(number, row_height([line], [width]))


def _write_row(
    sheet: Worksheet,
    number: int,
    row: Sequence[Value],
    styles: Sequence[Format],
    widths: Sequence[int],
) -> None:
    for place, (value, style) in enumerate(zip(row, styles, strict=True)):
        _write_cell(sheet, number, place, value, style)
    sheet.set_row(number, row_height([_shown(value) for value in row], widths))


def _write_cell(sheet: Worksheet, row: int, place: int, value: Value, style: Format) -> None:
    if isinstance(value, str):
        write_text(sheet, row, place, value, style)
    else:
        sheet.write_number(row, place, float(value), style)


def _width(values: Sequence[Value]) -> int:
    """The width of a column, in Excel's unit: about one digit."""
    widest = max(places(_shown(value)) for value in values)
    return min(max(widest + MARGIN, _NARROWEST), _WIDEST)


def _set_page(sheet: Worksheet, header: int) -> None:
    sheet.freeze_panes(header + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.set_footer(f'&C&"{FONT},Regular"หน้า &P จาก &N')
