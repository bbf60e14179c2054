"""What every workbook of ours shares: its options, its font, its sizes, text that stays text."""

import re
from collections.abc import Sequence
from math import ceil
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

FONT: Final = "TH Sarabun New"  # what officials have; others see their own font
# User text must never become a formula, a link or a number. In memory: a temporary file on disk
# would hold personal data after a crash.
WORKBOOK_OPTIONS: Final[dict[str, Any]] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MARGIN: Final = 3  # of a column: the filter's arrow

_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")  # above or below a consonant
# Widths in Excel's unit, about one digit. Fitted by eye in LibreOffice, where most fonts are wider.
_LETTER_WIDTH = 1.35
_LINE_HEIGHT, _HIGHEST = 23, 409  # points; the second is Excel's limit


def write_text(sheet: Worksheet, row: int, place: int, text: str, style: Format) -> None:
    """The text as text, whatever it looks like."""
    if text == "":
        sheet.write_blank(row, place, None, style)
    elif text.startswith("<r>") and text.endswith("</r>"):
        # xlsxwriter takes such a string for its own XML and would write it unescaped
        sheet.write_rich_string(row, place, text[:1], style, text[1:], style)
    else:
        sheet.write_string(row, place, text, style)


def places(text: str) -> int:
    """The width of a text; a Thai mark takes no place."""
    return ceil(len(_MARKS.sub("", text)) * _LETTER_WIDTH)


def row_height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """The height of a row in points; LibreOffice does not find it by itself."""
    lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=True))
    return min(lines * _LINE_HEIGHT, _HIGHEST)


def _lines(text: str, width: int) -> int:
    """The lines that a text takes when it is broken between words, so never quite full."""
    return sum(max(ceil(places(line) / (width - MARGIN)), 1) for line in text.split("\n"))
