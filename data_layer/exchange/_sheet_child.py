"""Reads the first sheet of the .xlsx on stdin; run by reading.py in a process of its own.

A hostile workbook can take all memory or all time of the process that opens it: this one has
limits, no secrets, no code of ours to import (python -I, empty environment), and may die.
Writes one JSON object: {"rows": [[row number, [cell, …]], …]} or {"refused": why}. Any other end
means that the bytes are no workbook.
"""

import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterable
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO

# openpyxl uses numpy only if it is there; without it the start is faster and takes less memory.
sys.modules["numpy"] = None  # type: ignore[assignment]
import openpyxl  # noqa: E402

LIMITS = {
    resource.RLIMIT_AS: 1 << 30,
    resource.RLIMIT_CPU: 10,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: 32,
}
MAX_ENTRIES = 200
MAX_INFLATED = 50 * 2**20
MAX_CHARACTERS = 5_000_000  # of all cells: one long string can stand in many of them
CHUNK = 2**16
# Also in UTF-16, in which an XML part may be written.
DTD = re.compile(
    b"|".join(
        re.escape(word.encode(encoding))
        for word in ("<!DOCTYPE", "<!ENTITY")
        for encoding in ("ascii", "utf-16-le", "utf-16-be")
    )
)
LONGEST_DTD = len("<!DOCTYPE") * 2
FIRST_THAI_YEAR = 2400


class Refused(Exception):
    """The workbook is hostile or too large; the argument is a word that reading.py knows."""


def main() -> None:
    """Answer on stdout. Arguments: the last row to look at, most rows and columns to give."""
    last_row, max_rows, max_columns = map(int, sys.argv[1:])
    for what, most in LIMITS.items():
        resource.setrlimit(what, (most, most))
    try:
        content = sys.stdin.buffer.read()
        check_archive(content)
        answer: dict[str, object] = {"rows": read_rows(content, last_row, max_rows, max_columns)}
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": "heavy"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


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
            if DTD.search(tail + chunk):
                raise Refused("dtd")
            tail = chunk[-LONGEST_DTD:]
    return size


def read_rows(
    content: bytes, last_row: int, max_rows: int, max_columns: int
) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, with the numbers that Excel shows beside them."""
    if not openpyxl.DEFUSEDXML:
        raise ImportError("openpyxl is safe only with defusedxml")
    book = openpyxl.load_workbook(
        BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    # Both ends are given, for a sheet's own word on its size is often wrong.
    found = book.worksheets[0].iter_rows(
        max_row=last_row + 1, max_col=max_columns, values_only=True
    )
    return rows_with_text(found, last_row, max_rows)


def rows_with_text(
    found: Iterable[tuple[object, ...]], last_row: int, max_rows: int
) -> list[tuple[int, list[str]]]:
    """At most `max_rows` rows that are not blank."""
    rows: list[tuple[int, list[str]]] = []
    room = MAX_CHARACTERS
    for number, row in enumerate(found, 1):
        if number > last_row:
            raise Refused("rows")
        cells = [as_text(value) for value in row]
        if not any(map(str.strip, cells)):
            continue
        room -= sum(map(len, cells))
        if room < 0:
            raise Refused("heavy")
        rows.append((number, cells))
        if len(rows) == max_rows:
            break
    return rows


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
            return str(value)


def as_date(value: datetime) -> str:
    """ISO, but a year that can only be พ.ศ. typed into Excel stays in the Thai form, as shown."""
    if value.year >= FIRST_THAI_YEAR:
        return f"{value.day}/{value.month}/{value.year}"
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(" ", timespec="seconds")


if __name__ == "__main__":
    main()
