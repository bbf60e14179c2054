"""The rows of the survey and choices sheets, their columns under pyxform's names."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from pyxform import aliases
from pyxform.parsing.sheet_headers import clean_text_values, process_header
from pyxform.question import MultipleChoiceQuestion, Option

from data_layer.forms.sheets import Sheet

Column: TypeAlias = tuple[str, ...]  # ("bind", "relevant"), ("label", "ไทย (th)")

_SURVEY_COLUMNS: Final = frozenset(MultipleChoiceQuestion.get_slot_names())
_CHOICE_COLUMNS: Final = frozenset(Option.get_slot_names())


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number in Excel, its cells, and how each column is headed in the file."""

    number: int
    cells: Mapping[Column, str]
    headers: Mapping[Column, str]

    def text(self, *column: str) -> str:
        """The cell without blanks around it, single ones between; '' when there is none."""
        return " ".join(self.cells.get(column, "").split())

    def header(self, *column: str) -> str:
        """The header as written."""
        return self.headers.get(column, column[-1])


def survey_rows(sheet: Sheet) -> list[SheetRow]:
    """The rows of the survey sheet that ask something: comment rows have neither type nor name."""
    rows = _rows(sheet, survey_columns(sheet))
    return [row for row in rows if any(row.text(name) for name in ("type", "name", "label"))]


def choice_rows(sheet: Sheet) -> list[SheetRow]:
    """The rows of the choices sheet."""
    return list(_rows(sheet, choice_columns(sheet)))


def survey_columns(sheet: Sheet) -> dict[str, Column]:
    """What each header of the survey sheet means."""
    return _columns(sheet, aliases.survey_header, _SURVEY_COLUMNS)


def choice_columns(sheet: Sheet) -> dict[str, Column]:
    """What each header of the choices sheet means."""
    return _columns(sheet, aliases.list_header, _CHOICE_COLUMNS)


def _columns(
    sheet: Sheet, known: Mapping[str, str | Column], names: Collection[str]
) -> dict[str, Column]:
    double = any("::" in header for header in sheet.headers)
    return {header: process_header(header, double, known, names)[1] for header in sheet.headers}


def _rows(sheet: Sheet, columns: Mapping[str, Column]) -> Iterator[SheetRow]:
    headers = {column: header for header, column in columns.items()}
    for number, cells in sheet.rows:
        # Excel's curly quotes are straight ones to pyxform
        texts = {columns[name]: clean_text_values(cell) for name, cell in cells.items()}
        yield SheetRow(number, texts, headers)
