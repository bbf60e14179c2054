"""Reads the table on stdin, CSV or the first sheet of a workbook; a process of its own.

A hostile file can take all memory or all time of the process that opens it: this one has limits,
no secrets, no code of ours to import (python -I, empty environment), and may die. It writes one
JSON object: {"sheets": {name: [[row number, [cell, …]], …]}} (of a list only its first sheet, by
the name '') or {"refused": why, "row": where}, the words of reading.py. Any other end means that
the bytes are no table.
"""

import csv
import gc
import json
import resource
import sys
import zipfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from typing import Any

RESOURCES = {
    resource.RLIMIT_AS: 1 << 30,
    resource.RLIMIT_CPU: 10,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: 32,
}
MAX_ENTRIES = 200
MAX_INFLATED = 50 * 2**20
MAX_CHARACTERS = 5_000_000  # of all cells: one long string can stand in many of them
MAX_BLANK = 200
CHUNK = 2**16
# Also in UTF-16, in which a part may be written.
DTD = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
LONGEST_DTD = max(map(len, DTD))
FIRST_THAI_YEAR = 2400
NO_RESULT = "#สูตรไม่มีผลลัพธ์!"  # formulas.py knows it

Row = tuple[int, list[str]]


class Refused(Exception):
    """The file is hostile or too large: a word that reading.py knows, and the row if it matters."""

    def __init__(self, word: str, row: int = 0) -> None:
        self.answer = {"refused": word, "row": row}
        super().__init__(word)


def main() -> None:
    """Answer on stdout."""
    gc.disable()  # it ends before there is anything to collect
    for what, most in RESOURCES.items():
        resource.setrlimit(what, (most, most))
    asked = arguments()
    answer: dict[str, object]
    try:
        answer = {"sheets": read_sheets(sys.stdin.buffer.read(), asked)}
    except Refused as refusal:
        answer = refusal.answer
    except MemoryError:
        answer = {"refused": "heavy"}
    # half a surrogate pair, which only a made-up file holds, becomes a question mark
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode(errors="replace"))


def arguments() -> Namespace:
    """The kind of file and the limits, said once in reading.py."""
    parser = ArgumentParser()
    parser.add_argument("kind", choices=[".csv", ".xlsx", ".xls"])
    for limit in ("last_row", "max_rows", "max_columns", "max_cell"):
        parser.add_argument(limit, type=int)
    parser.add_argument("--separator", help="of the cells of a CSV")
    parser.add_argument("--sheets", nargs="*", default=[], help="by name, in small letters")
    return parser.parse_args()


def read_sheets(content: bytes, asked: Namespace) -> dict[str, list[Row]]:
    """The first sheet, or all that have one of the names asked for."""
    if asked.kind == ".csv":
        return {"": read_rows(csv_rows(content, asked), asked)}
    if asked.kind == ".xls":
        return wanted_sheets(old_sheets(content), old_rows, asked)
    check_archive(content)
    book = workbook(content)
    if not asked.sheets:
        return {"": read_rows(sheet_rows(book.worksheets[0], asked), asked)}
    return wanted_sheets(book.worksheets, sheet_rows, asked)


def wanted_sheets(
    sheets: list[Any], rows: Callable[[Any, Namespace], Iterator[list[str]]], asked: Namespace
) -> dict[str, list[Row]]:
    """The sheets that have one of the names asked for."""
    wanted = [sheet for sheet in sheets if sheet.title.lower() in asked.sheets]
    if len(sheets) == 1 and not wanted:
        wanted = sheets  # whatever its name
    return {sheet.title: read_rows(until_blank(rows(sheet, asked)), asked) for sheet in wanted}


def until_blank(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows up to a long run of blank ones: people format a million rows and fill fifty."""
    blank = 0
    for row in rows:
        blank = 0 if any(map(str.strip, row)) else blank + 1
        if blank > MAX_BLANK:
            return
        yield row


def read_rows(found: Iterable[list[str]], asked: Namespace) -> list[Row]:
    """At most `max_rows` rows that hold anything, with the numbers that Excel shows beside them."""
    rows: list[Row] = []
    room = MAX_CHARACTERS
    for number, cells in enumerate(found, 1):
        if number > asked.last_row:
            raise Refused("rows")
        if not any(map(str.strip, cells)):
            continue
        if max(map(len, cells)) > asked.max_cell:
            raise Refused("cell", number)
        room -= sum(map(len, cells))
        if room < 0:
            raise Refused("heavy")
        rows.append((number, cells))
        if len(rows) == asked.max_rows:
            break
    return rows


def csv_rows(content: bytes, asked: Namespace) -> Iterator[list[str]]:
    """CSV as we write it, or as an old Excel of Thailand does."""
    if b"\0" in content:
        raise ValueError("a binary file, or UTF-16")
    csv.field_size_limit(asked.max_cell)
    text = TextIOWrapper(BytesIO(content), encoding=encoding_of(content), newline="")
    lines = csv.reader(text, delimiter=asked.separator)
    number = 0
    try:
        for cells in lines:
            number += 1
            yield cells[: asked.max_columns]
    except csv.Error:  # a field above the limit
        raise Refused("cell", number + 1) from None


def encoding_of(content: bytes) -> str:
    """UTF-8 when it can be: cp874 reads nearly any bytes. Raises UnicodeDecodeError."""
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        content.decode("cp874")
        return "cp874"
    return "utf-8-sig"


def sheet_rows(sheet: Any, asked: Namespace) -> Iterator[list[str]]:  # noqa: ANN401 - as workbook
    """The rows of a sheet, blank ones too."""
    # one row beyond the last, to notice that there is more
    found: Iterable[tuple[object, ...]] = sheet.iter_rows(
        max_row=asked.last_row + 1, max_col=asked.max_columns, values_only=True
    )
    for row in found:
        # most rows of a padded sheet are blank, and 60 cells each
        is_blank = row.count(None) == len(row)
        yield [] if is_blank else [as_text(value) for value in row]


def check_archive(content: bytes) -> None:
    """Refuse before any XML is parsed: sizes are counted, not believed."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise Refused("heavy")
        names = " ".join(entry.filename.lower() for entry in entries)
        if "vbaproject" in names:
            raise Refused("macro")
        if "externallink" in names:
            raise Refused("links")
        room = MAX_INFLATED
        for entry in entries:
            room -= scan_entry(archive, entry, room)


def scan_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> int:
    """The inflated size of an entry without a document type."""
    size, tail = 0, b""
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > room:
                raise Refused("heavy")
            if any(word in tail + chunk for word in DTD):
                raise Refused("dtd")
            tail = chunk[-LONGEST_DTD:]
    return size


def workbook(content: bytes) -> Any:  # noqa: ANN401 - openpyxl ships no types
    """The workbook, opened for reading once. CSV does not pay for the imports."""
    # openpyxl uses these only if they are there; without them the start takes half the time.
    sys.modules.update(dict.fromkeys(("numpy", "PIL")))  # type: ignore[arg-type]
    import openpyxl  # noqa: PLC0415
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet  # noqa: PLC0415
    from openpyxl.worksheet._reader import WorkSheetParser  # noqa: PLC0415

    if not openpyxl.DEFUSEDXML:
        raise ImportError("openpyxl is safe only with defusedxml")
    # On opening, it parses each whole sheet that does not say its size: 6 s for 3 million rows.
    # We never ask for the size, for what a sheet says of itself is often wrong.
    ReadOnlyWorksheet._get_size = lambda _sheet: None  # noqa: SLF001
    WorkSheetParser.parse_cell = telling_formulas(WorkSheetParser.parse_cell)
    return openpyxl.load_workbook(
        BytesIO(content), read_only=True, data_only=True, keep_links=False
    )


def telling_formulas(parse_cell: Callable[..., Any]) -> Callable[..., Any]:
    """The parser of a cell, which reads a formula that nobody worked out as a blank no more."""

    def parse(parser: Any, element: Any) -> Any:  # noqa: ANN401 - openpyxl ships no types
        cell = parse_cell(parser, element)
        if cell["value"] is None and len(element) and lacks_result(element):
            cell["value"] = NO_RESULT
        return cell

    return parse


def lacks_result(element: Any) -> bool:  # noqa: ANN401 - openpyxl ships no types
    """Whether a blank cell is a formula without result; the text '' is a result too."""
    parts = {part.tag.rpartition("}")[2] for part in element}
    return "f" in parts and not (element.get("t") == "str" and "v" in parts)


def old_sheets(content: bytes) -> list[Any]:
    """The sheets of an .xls of Excel before 2007, in which forms of others are often kept."""
    import xlrd  # noqa: PLC0415

    book = xlrd.open_workbook(file_contents=content, logfile=sys.stderr, on_demand=True)
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise Refused("macro")
    sheets = book.sheets()
    for sheet in sheets:
        sheet.title = sheet.name
    return list(sheets)


def old_rows(sheet: Any, asked: Namespace) -> Iterator[list[str]]:  # noqa: ANN401 - as workbook
    """The rows of a sheet of an .xls."""
    for number in range(min(sheet.nrows, asked.last_row + 1)):
        cells = sheet.row(number)[: asked.max_columns]
        yield [old_text(sheet, cell) for cell in cells]


def old_text(sheet: Any, cell: Any) -> str:  # noqa: ANN401 - xlrd ships no types
    """The cell as a person would type it."""
    import xlrd  # noqa: PLC0415

    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            return as_date(xlrd.xldate_as_datetime(cell.value, sheet.book.datemode))
        case xlrd.XL_CELL_BOOLEAN:
            return as_text(bool(cell.value))
        case xlrd.XL_CELL_ERROR | xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK:
            return ""
    return as_text(cell.value)


def as_text(value: object) -> str:
    """The value as a person would type it: 4807 not 4807.0, dates in ISO."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float():
            # Excel shows 15 digits; the 16th and 17th are noise of binary fractions.
            return f"{Decimal(f'{value:.15g}'):f}"
        case datetime():
            return as_date(value)
        case _:
            return str(value).replace("_x000D_", "")  # how Excel writes a carriage return


def as_date(value: datetime) -> str:
    """ISO, but a year that can only be พ.ศ. typed into Excel stays in the Thai form, as shown."""
    if value.year >= FIRST_THAI_YEAR:
        return f"{value.day}/{value.month}/{value.year}"
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(" ", timespec="seconds")


if __name__ == "__main__":
    main()
