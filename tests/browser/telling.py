"""What the database and the files say, read without any code of ours: the oracle of the pages."""

import csv
import io
from collections.abc import Iterable
from typing import Any

import openpyxl
from playwright.sync_api import Locator
from sqlalchemy import create_engine, text

from data_layer.thai import format_phone
from tests.browser.visitor import Visitor

HEAD_LINES = 5  # title, scope, as of, empty, names of the columns
_LIVE = "SELECT 1 FROM registrations r WHERE r.office_id = o.id AND r.state IN"
_LISTED = "EXISTS (SELECT 1 FROM sso_listings l WHERE l.office_id = o.id)"
_DISTRICTS = (
    "FROM offices o WHERE o.kind = 'district' AND o.closed_on IS NULL AND o.code LIKE :area"
)
_COUNTS = {
    "registered": f"(EXISTS ({_LIVE} ('confirmed')) OR {_LISTED})",
    "waiting": f"EXISTS ({_LIVE} ('waiting')) AND NOT {_LISTED}",
    "not_registered": f"NOT EXISTS ({_LIVE} ('waiting', 'confirmed')) AND NOT {_LISTED}",
}


def asked(database_url: str, question: str, **given: object) -> list[tuple[Any, ...]]:
    """The rows of a question in SQL."""
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(question), given)]
    finally:
        engine.dispose()


def numbers_in_database(database_url: str, province: str) -> dict[str, int]:
    """How many district offices of a province (or of all: empty) stand in each state."""
    return {
        state: asked(
            database_url, f"SELECT count(*) {_DISTRICTS} AND {which}", area=f"{province}%"
        )[0][0]
        for state, which in _COUNTS.items()
    }


def not_registered_in_database(database_url: str, province: str) -> set[tuple[str, str, str]]:
    """Name, code and phone, as people write it, of the offices that have not registered."""
    question = f"SELECT o.name_th, o.code, o.phone {_DISTRICTS} AND {_COUNTS['not_registered']}"
    rows = asked(database_url, question, area=f"{province}%")
    return {(name, code, format_phone(phone)) for name, code, phone in rows}


def numbers_on_page(visitor: Visitor, states: Iterable[str] = tuple(_COUNTS)) -> dict[str, int]:
    """The key numbers of a dashboard as they can be read."""
    return {
        state: _number(visitor.page.locator(f".phrom-numbers .state-{state} dd"))
        for state in states
    }


def _number(shown: Locator) -> int:
    return int(shown.inner_text().split()[0].replace(",", ""))


def csv_rows(content: bytes) -> list[list[str]]:
    """The lines of a CSV file, its heading too."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def xlsx_rows(content: bytes) -> list[list[str]]:
    """The lines of an Excel file as text, as a CSV file would have them."""
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    lines = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    return [line if any(line) else [] for line in lines]


def rows_of(lines: list[list[str]]) -> list[list[str]]:
    """The rows below the heading."""
    return lines[HEAD_LINES:]
