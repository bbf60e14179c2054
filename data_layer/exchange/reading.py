"""An uploaded spreadsheet, read into a frame of text without trusting it."""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar, Final

import pandas as pd

from data_layer.errors import DomainError
from data_layer.exchange.formulas import unguard
from data_layer.thai import normalise

MAX_MEGABYTES: Final = 10
MAX_ROWS: Final = 10_000  # the country has 7,850 local authorities
MAX_COLUMNS: Final = 60
MAX_CELL: Final = 32_767  # what a cell of Excel can hold
TITLE_ROWS: Final = 10  # rows that may stand above the headers
LAST_ROW: Final = 100_000  # blank rows cost time too
FORM_COLUMNS: Final = 200  # a form in several languages has a column for each text in each
_WANTED_ROWS: Final = TITLE_ROWS + 1 + MAX_ROWS + 1  # one more than allowed, to notice it

_CHILD = Path(__file__).with_name("_sheet_child.py")
_TIMEOUT_S = 15
_KINDS = {".csv", ".xlsx"}
_OTHER_SEPARATORS = (";", "\t")

Row = tuple[int, list[str]]  # the number that Excel shows beside it, and its cells


class FileTooLarge(DomainError):
    """More bytes than any list of ours has."""

    text: ClassVar[str] = (
        "ไฟล์ใหญ่เกิน {limit} MB โปรดลบแผ่นงานและรูปภาพที่ไม่ใช้ หรือแบ่งเป็นหลายไฟล์แล้วนำเข้าทีละไฟล์"
    )


class NotASpreadsheet(DomainError):
    """Not a workbook and not CSV, or broken, or locked with a password."""

    text: ClassVar[str] = (
        "เปิดไฟล์นี้เป็นตารางไม่ได้ โปรดเปิดใน Excel ปลดรหัสผ่าน (ถ้ามี) "
        "แล้วบันทึกใหม่เป็น .xlsx หรือ CSV UTF-8 (.csv) ก่อนนำเข้าอีกครั้ง"
    )


class UnsafeSpreadsheet(DomainError):
    """Something in the workbook could harm us or the next reader; the reason says what."""

    text: ClassVar[str] = "ระบบไม่รับไฟล์นี้เพื่อความปลอดภัย {reason}"


class TooManyRows(DomainError):
    """More rows than one act may bring in."""

    text: ClassVar[str] = (
        "ตารางยาวเกิน {limit:,} แถว โปรดลบแถวว่างท้ายตาราง หรือแบ่งเป็นหลายไฟล์แล้วนำเข้าทีละไฟล์"
    )


class CellTooLong(DomainError):
    """One cell holds more than a cell can; in CSV mostly an open quotation mark."""

    text: ClassVar[str] = (
        'แถวที่ {row} มีช่องที่ยาวเกิน {limit:,} ตัวอักษร โปรดย่อข้อความ หรือตรวจว่าเครื่องหมายคำพูด " ปิดครบ'
    )


class MissingColumns(DomainError):
    """No row near the top has all the headers."""

    text: ClassVar[str] = (
        "ไม่พบหัวคอลัมน์ {names} โปรดตั้งชื่อหัวคอลัมน์ให้ตรงตามนี้ ไว้ในแถวเดียวกันภายใน {rows} แถวแรกของแผ่นงานแรก"
    )


class NoRows(DomainError):
    """The headers are there, and nothing below them."""

    text: ClassVar[str] = "ไฟล์นี้มีแต่หัวคอลัมน์ ไม่มีแถวข้อมูลให้นำเข้า โปรดตรวจว่าเลือกไฟล์ถูกและแผ่นงานแรกมีข้อมูล"


class RepeatedColumns(DomainError):
    """The same header twice: which of them is meant?"""

    text: ClassVar[str] = "หัวคอลัมน์ {names} มีมากกว่าหนึ่งคอลัมน์ โปรดเหลือไว้คอลัมน์เดียว"


# What the child says, and what the person reads.
_REASONS = {
    "macro": "เพราะมีมาโคร โปรดบันทึกเป็น .xlsx แบบไม่มีมาโคร",
    "links": "เพราะมีลิงก์ไปยังไฟล์อื่น โปรดคัดลอกตารางไปวางเฉพาะค่าในไฟล์ใหม่",
    "dtd": "เพราะโครงสร้างไฟล์ผิดปกติ โปรดคัดลอกตารางไปวางเฉพาะค่าในไฟล์ใหม่",
    "heavy": "เพราะเนื้อหาเมื่อเปิดออกมีขนาดใหญ่ผิดปกติ โปรดคัดลอกเฉพาะตารางไปวางในไฟล์ใหม่ หรือแบ่งเป็นหลายไฟล์",
}


def read_table(
    content: bytes, file_name: str, *, columns: Sequence[str], sheet: str = ""
) -> pd.DataFrame:
    """One row per row below the headers that is not blank, in the file's order.

    Of a workbook it is the sheet so named; without such a sheet, the first one.

    `columns` are the headers wanted: they become the columns, in that order, all of dtype
    "string", an empty cell being ''. The index is the row number that Excel shows. The ending of
    `file_name` says which kind the file is; a CSV may be separated by semicolons or tabs, as many
    an Excel writes it. Raises the refusals of this module.
    """
    if len(content) > MAX_MEGABYTES * 2**20:
        raise FileTooLarge(limit=MAX_MEGABYTES)
    rows = _separated(content, Path(file_name).suffix.lower(), sheet, columns)
    header, places = _find_header(rows, columns)
    below = [row for row in rows if row[0] > header]
    if len(below) > MAX_ROWS:
        raise TooManyRows(limit=MAX_ROWS)
    found = _frame(below, columns, places)
    if found.empty:
        raise NoRows
    return found


def read_sheets(
    content: bytes, names: Iterable[str], *, columns: int = FORM_COLUMNS, kind: str = ".xlsx"
) -> dict[str, list[Row]]:
    """The rows that hold anything of the sheets so named (in any case), by the sheet's own name.

    A single sheet is read whatever its name; a sheet ends at 200 blank rows, and at so many
    `columns`. Cells are text, as a person would type them. Raises the refusals of this module.
    """
    if len(content) > MAX_MEGABYTES * 2**20:
        raise FileTooLarge(limit=MAX_MEGABYTES)
    limits = (LAST_ROW, MAX_ROWS + 1, columns, MAX_CELL)
    sheets = _answer(_ask_child(content, kind, limits, names))
    if any(len(rows) > MAX_ROWS for rows in sheets.values()):
        raise TooManyRows(limit=MAX_ROWS)
    return sheets


def _separated(content: bytes, kind: str, sheet: str, columns: Sequence[str]) -> list[Row]:
    """The rows; of a CSV without our headers as another separator that its top has makes them."""
    rows = _rows(content, kind, sheet)
    top = "".join(cell for number, cells in rows if number <= TITLE_ROWS + 1 for cell in cells)
    if kind == ".csv" and not _has_headers(rows, columns):
        for separator in filter(top.__contains__, _OTHER_SEPARATORS):
            others = _rows(content, kind, separator=separator)
            if _has_headers(others, columns):
                return others
    return rows


def _has_headers(rows: Sequence[Row], columns: Sequence[str]) -> bool:
    try:
        _find_header(rows, columns)
    except MissingColumns:
        return False
    except RepeatedColumns:
        return True  # this is the separator, whatever else is wrong
    return True


def _rows(content: bytes, kind: str, sheet: str = "", *, separator: str = ",") -> list[Row]:
    """The rows that hold anything; of a table that is too long, one more than allowed."""
    if kind not in _KINDS:
        raise NotASpreadsheet
    limits = (LAST_ROW, _WANTED_ROWS, MAX_COLUMNS, MAX_CELL)
    named = [sheet.lower()] if sheet and kind == ".xlsx" else []
    found = _answer(_ask_child(content, kind, limits, named, separator))
    # a workbook of several sheets, none of that name: its first one
    rows = next(iter((found or _answer(_ask_child(content, kind, limits))).values()))
    undo = unguard if kind == ".csv" else str  # only our CSV has guards
    return [(number, list(map(undo, cells))) for number, cells in rows]


def _answer(said: bytes) -> dict[str, list[Row]]:
    answer = json.loads(said)
    match answer.get("refused"):
        case None:
            return {
                name: [(row[0], row[1]) for row in rows] for name, rows in answer["sheets"].items()
            }
        case "rows":
            raise TooManyRows(limit=LAST_ROW)
        case "cell":
            raise CellTooLong(row=answer["row"], limit=MAX_CELL)
        case word:
            raise UnsafeSpreadsheet(reason=_REASONS[word])


def _ask_child(
    content: bytes,
    kind: str,
    limits: Iterable[int],
    sheets: Iterable[str] = (),
    separator: str = ",",
) -> bytes:
    """What _sheet_child.py says; its limits may have killed it."""
    try:
        code, said = _run_child(
            [kind, *map(str, limits), "--separator", separator, "--sheets", *sheets], content
        )
    except subprocess.TimeoutExpired:
        raise UnsafeSpreadsheet(reason=_REASONS["heavy"]) from None
    if code < 0:  # killed by a limit
        raise UnsafeSpreadsheet(reason=_REASONS["heavy"])
    if code > 0:
        raise NotASpreadsheet
    return said


def _run_child(asked: Sequence[str], content: bytes) -> tuple[int, bytes]:
    """Exit code and answer of _sheet_child.py, which knows nothing of us and may die of a file."""
    child = subprocess.run(  # noqa: S603 - the command is ours; the upload is its stdin
        [sys.executable, "-I", str(_CHILD), *asked],
        input=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=_TIMEOUT_S,
        env={},
        check=False,
    )
    return child.returncode, child.stdout


def _find_header(rows: Sequence[Row], columns: Sequence[str]) -> tuple[int, list[int]]:
    """The number of the header row, and the place of each wanted column in it."""
    near_top = [(number, _headings(cells)) for number, cells in rows if number <= TITLE_ROWS + 1]
    wanted = {normalise(name): name for name in columns}
    number, headings = max(
        near_top, key=lambda row: len(wanted.keys() & set(row[1])), default=(0, [])
    )
    missing = [name for key, name in wanted.items() if key not in headings]
    if missing:
        raise MissingColumns(names=_quoted(missing), rows=TITLE_ROWS + 1)
    repeated = [name for key, name in wanted.items() if headings.count(key) > 1]
    if repeated:
        raise RepeatedColumns(names=_quoted(repeated))
    return number, [headings.index(key) for key in wanted]


def _headings(cells: Iterable[str]) -> list[str]:
    return [_heading(cell) for cell in cells]


def _heading(cell: str) -> str:
    """The header as we compare it; people break long ones into lines."""
    try:
        return normalise(" ".join(cell.split()))
    except DomainError:
        return ""  # no header of ours


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _frame(rows: Sequence[Row], columns: Sequence[str], places: Sequence[int]) -> pd.DataFrame:
    numbers: list[int] = []
    table: list[list[str]] = []
    for number, cells in rows:
        # a row of CSV ends where its text ends
        picked = [cells[place] if place < len(cells) else "" for place in places]
        if any(map(str.strip, picked)):
            numbers.append(number)
            table.append(picked)
    index = pd.Index(numbers, name="row", dtype="int64")
    return pd.DataFrame(table, index=index, columns=list(columns), dtype="string")
