"""The sheets of a form as its author wrote them: read, kept with the form, and written back."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import xlsxwriter
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import md_to_dict

from data_layer.exchange.formulas import NoResult, without_result
from data_layer.exchange.reading import Row, read_sheets
from data_layer.exchange.workbooks import WORKBOOK_OPTIONS, write_text
from data_layer.forms.errors import FormRefused, Problem

# All that XLSForm has: those that we do not support are read too, to be named when refused.
NAMES: Final = ("survey", "choices", "settings", "external_choices", "entities", "osm")
MAX_MARKDOWN: Final = 2**20

Cells: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headers as written, and the rows that hold anything with the numbers that Excel shows."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, Cells], ...]


Sheets: TypeAlias = Mapping[str, Sheet]  # by the name in small letters


def from_workbook(content: bytes, kind: str = ".xlsx") -> Sheets:
    """The sheets of an .xlsx or .xls, read in a limited process. Raises as exchange does."""
    found = read_sheets(content, NAMES, kind=kind)
    problems: list[Problem] = []
    if len(found) == 1:
        found = dict(zip([NAMES[0]], found.values(), strict=True))  # as pyxform has it
    sheets = {name.lower(): _sheet(name, rows, problems) for name, rows in found.items() if rows}
    if problems:
        raise FormRefused(problems)
    return sheets


def from_markdown(text: str) -> Sheets:
    """The sheets of a text of Markdown tables, whose rows count from the header as 1."""
    if len(text) > MAX_MARKDOWN:
        raise FormRefused([Problem("", 0, "", "ข้อความยาวเกิน 1 MB")])
    try:
        book = md_to_dict(text)
    except (PyXFormError, IndexError):
        raise FormRefused(
            [
                Problem(
                    "",
                    0,
                    "",
                    "อ่านเป็นตาราง Markdown ไม่ได้ โปรดตรวจว่าทุกแถวมีเครื่องหมาย | ไม่เกินจำนวนหัวคอลัมน์",
                )
            ]
        ) from None
    return {
        name: Sheet(
            tuple(header for header in _headers(book, name) if header not in {"", "None"}),
            tuple((number, _texts(row)) for number, row in enumerate(book[name], 2) if _texts(row)),
        )
        for name in NAMES
        if name in book
    }


def to_json(sheets: Sheets) -> str:
    """The sheets as one text, to keep beside the answers; `from_json` gives them back."""
    plain = {name: {"headers": sheet.headers, "rows": sheet.rows} for name, sheet in sheets.items()}
    return json.dumps(plain, ensure_ascii=False)


def from_json(text: str) -> Sheets:
    """What `to_json` wrote."""
    return {
        name: Sheet(
            tuple(sheet["headers"]), tuple((number, cells) for number, cells in sheet["rows"])
        )
        for name, sheet in json.loads(text).items()
    }


def to_workbook(sheets: Sheets) -> bytes:
    """An .xlsx of the same sheets, each row where it stood. No cell is a formula or a link."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, WORKBOOK_OPTIONS) as book:
        bold, plain = book.add_format({"bold": True}), book.add_format()
        for name, sheet in sheets.items():
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            page.write_row(0, 0, sheet.headers, bold)
            for number, cells in sheet.rows:
                for column, header in enumerate(sheet.headers):
                    if header in cells:
                        write_text(page, number - 1, column, cells[header], plain)
    return content.getvalue()


def _sheet(name: str, rows: list[Row], problems: list[Problem]) -> Sheet:
    (top, first), *below = rows
    headers = [" ".join(cell.split()) for cell in first]
    named = [header for header in headers if header]
    problems += [
        Problem(name, top, header, "มีหัวคอลัมน์นี้ซ้ำ โปรดเหลือไว้คอลัมน์เดียว")
        for header in dict.fromkeys(named)
        if named.count(header) > 1
    ]
    found = [(number, _named_cells(headers, cells)) for number, cells in below]
    problems += [
        Problem(name, number, column, str(NoResult()))
        for number, cells in found
        if (column := without_result(cells)) is not None
    ]
    return Sheet(tuple(named), tuple((number, cells) for number, cells in found if cells))


def _named_cells(headers: list[str], cells: list[str]) -> Cells:
    """The cells that hold something, under the headers that are something."""
    pairs = zip(headers, cells, strict=False)
    return {header: cell.replace("\xa0", " ") for header, cell in pairs if header and cell.strip()}


def _headers(book: Mapping[str, list[dict[str, object]]], name: str) -> list[str]:
    return [str(header) for row in book.get(f"{name}_header", []) for header in row]


def _texts(row: Mapping[str | None, object]) -> Cells:
    return {str(header): str(cell) for header, cell in row.items() if header and cell}
