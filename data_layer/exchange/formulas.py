"""Formulas: a CSV cell that would be run as one, made harmless and back; one without a result.

CSV cannot say that a cell is text, so a leading apostrophe says it. Writer and reader share the
one pattern here: it also matches its own guarded form, so each text has exactly one written form.
"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from data_layer.errors import DomainError

NO_RESULT: Final = "#สูตรไม่มีผลลัพธ์!"  # what _sheet_child.py reads of such a cell
# What a program may skip before it looks for a formula: blanks, controls, signs without width.
_SKIPPED = r"[\s\x00-\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff']"
_FORMULA = re.compile(rf"{_SKIPPED}*[=+\-@\t\r\n＝＋－＠]")
_GUARD = "'"


def guard(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet might run it."""
    return _GUARD + text if _FORMULA.match(text) else text


class NoResult(DomainError):
    """A formula that no spreadsheet program has worked out: what stands there is not known."""

    text: ClassVar[str] = "ช่องนี้เป็นสูตรที่ไม่มีผลลัพธ์ โปรดเปิดไฟล์ใน Excel แล้วบันทึกอีกครั้ง หรือพิมพ์ค่าแทนสูตร"


def without_result(texts: Mapping[Any, str]) -> str | None:
    """The first column of a row that holds a formula without a result; None for none."""
    return next((str(column) for column, text in texts.items() if text == NO_RESULT), None)


def unguard(text: str) -> str:
    """The text as it was before `guard`; text that guard would not have made stays."""
    if text.startswith(_GUARD) and _FORMULA.match(text):
        return text[1:]
    return text
