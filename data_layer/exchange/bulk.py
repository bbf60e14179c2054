"""Thousands of rows as a file: plain sheets, quickly written. For formatted reports see writing.

rustpy-xlsxwriter writes text as text: no formula, no link, no number is made of it.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Final, TypeAlias

import pandas as pd
import rustpy_xlsxwriter

from data_layer.exchange.formulas import guard
from data_layer.exchange.workbooks import MARGIN, places
from data_layer.thai import thai_date_short

# a date, or a moment on a Thai clock without its zone: Excel knows none
Cell: TypeAlias = str | int | Decimal | float | date | None
Rows: TypeAlias = Sequence[Sequence[Cell]]
MAX_CELL = 32_767  # Excel's limit of a cell
_NARROWEST, _WIDEST = 8, 44
_LOOKED_AT = 100  # rows that say how wide a column is
# Excel's own Thai format: digits as here, years in พ.ศ. on any machine
_DAY: Final = "[$-107041E]d mmm yyyy"
_MOMENT: Final = f"{_DAY} hh:mm"
_FIRST_YEAR: Final = 1900  # before it Excel has no dates


def bulk_xlsx(sheets: Mapping[str, tuple[Sequence[str], Rows]]) -> bytes:
    """A workbook: by sheet name its headers, which differ from each other, and its rows."""
    out = BytesIO()
    book = rustpy_xlsxwriter.FastExcel(out).format(bold_headers=True).freeze(row=1)
    for name, (headers, rows) in sheets.items():
        cells = [[_cell(value) for value in row] for row in rows]
        # by column, and of no type: a missing number is an empty cell, not NaN
        frame = pd.DataFrame(cells, columns=list(headers), dtype=object)
        book = book.sheet(
            name,
            frame,
            column_widths=_widths(headers, cells),
            column_formats=_formats(headers, cells),
        )
    book.save()
    return out.getvalue()


def bulk_csv(titles: Sequence[str], headers: Sequence[str], rows: Rows) -> bytes:
    """The same as CSV that Excel opens in Thai: title lines, an empty one, headers, rows."""
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([guard(line)] for line in titles)
    writer.writerow([])
    writer.writerow([guard(header) for header in headers])
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def unlike(headers: Sequence[str], names: Sequence[str]) -> list[str]:
    """The headers; one that was there before has the name of its column behind."""
    seen: set[str] = set()
    found = []
    for header, name in zip(headers, names, strict=True):
        found.append(f"{header} ({name})" if header in seen else header)
        seen.add(header)
    return found


def _widths(headers: Sequence[str], rows: Rows) -> list[float]:
    """Wide enough for the first rows; a long header is cut rather than its column stretched."""
    return [
        min(max(_NARROWEST, *map(places, texts)) + MARGIN, _WIDEST)
        for texts in (
            [header[: _WIDEST // 2], *(str(row[place] or "") for row in rows[:_LOOKED_AT])]
            for place, header in enumerate(headers)
        )
    ]


def _formats(
    headers: Sequence[str], rows: Sequence[Sequence[object]]
) -> dict[str, rustpy_xlsxwriter.Format]:
    """Of the columns that hold dates."""
    found = {
        header: _MOMENT if isinstance(value, datetime) else _DAY
        for row in rows
        for header, value in zip(headers, row, strict=True)
        if isinstance(value, date)
    }
    return {
        header: rustpy_xlsxwriter.Format().set_num_format(said) for header, said in found.items()
    }


def _csv_cell(value: Cell) -> Cell:
    if isinstance(value, datetime):
        return f"{thai_date_short(value)} {value:%H:%M} น."
    if isinstance(value, date):
        return thai_date_short(value)
    return guard(value) if isinstance(value, str) else value


def _cell(value: Cell) -> str | int | float | date | None:
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        return thai_date_short(value)
    if isinstance(value, Decimal):
        return float(value)
    return value[:MAX_CELL] if isinstance(value, str) else value
