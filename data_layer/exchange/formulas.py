"""A CSV cell that a spreadsheet program would run as a formula, made harmless and back.

CSV cannot say that a cell is text, so a leading apostrophe says it. Writer and reader share the
one pattern here: it also matches its own guarded form, so each text has exactly one written form.
"""

import re

# What a program may skip before it looks for a formula: blanks, controls, signs without width.
_SKIPPED = r"[\s\x00-\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff']"
_FORMULA = re.compile(rf"{_SKIPPED}*[=+\-@\t\r\n＝＋－＠]")
_GUARD = "'"


def guard(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet might run it."""
    return _GUARD + text if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """The text as it was before `guard`; text that guard would not have made stays."""
    if text.startswith(_GUARD) and _FORMULA.match(text):
        return text[1:]
    return text
