"""Workbooks of the tests."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import openpyxl


def xlsx(rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook of these rows, as a program writes it that works out no formula."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
