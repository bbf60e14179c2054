"""Expressions into tokens: elementpath's XPath 1.0 grammar with the functions of XForms."""

import re
from collections.abc import Mapping
from typing import ClassVar, Final, TypeAlias

from elementpath import ElementPathError
from elementpath.tdop import Parser
from elementpath.xpath1 import XPath1Parser
from elementpath.xpath_tokens import XPathToken

from data_layer.forms.functions import FUNCTIONS

Token: TypeAlias = XPathToken

# Those that depend on where they stand: name, least and most arguments.
PLACED: Final[Mapping[str, tuple[int, int | None]]] = {
    "if": (3, 3),
    "once": (1, 1),
    "position": (0, 1),
    "last": (0, 0),
    "count": (1, 1),
    "count-non-empty": (1, 1),
    "current": (0, 0),
    "instance": (1, 1),
    "indexed-repeat": (3, None),
    "choice-name": (2, 2),
    "today": (0, 0),
    "now": (0, 0),
}
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_NEAR = re.compile(r"(['\"])(.*?)\1 ")  # what elementpath names first: the sign that it stopped at
_CALL = re.compile(r"([^\W\d][\w.:-]*)\s*\(")


class ExpressionBroken(Exception):
    """An expression that cannot be used; the sentence says why, for the author of the form."""


class XFormsParser(XPath1Parser):
    """XPath 1.0 with the functions of ODK; it only parses, compiling.py gives the meaning."""

    # as XML has it: Thai vowels and tones are marks, which \\w leaves out
    name_pattern = re.compile(r"[^\d\W][\w.\-\xb7\u0300-\u036f\u0e30-\u0e4e]*")
    symbol_table = dict(XPath1Parser.symbol_table)  # noqa: RUF012 - a parser of elementpath has its own
    # a path may go on from a function: instance('x')/root, current()/..
    PATH_STEP_LABELS: ClassVar[tuple[str, ...]] = (*XPath1Parser.PATH_STEP_LABELS, "function")
    PATH_STEP_SYMBOLS: ClassVar[set[str]] = {*XPath1Parser.PATH_STEP_SYMBOLS, "("}


_ARITIES = {name: (each.least, each.most) for name, each in FUNCTIONS.items()} | dict(PLACED)
for _name, (_least, _most) in _ARITIES.items():
    XFormsParser.symbol_table.pop(_name, None)  # XPath's own takes other arguments
    XFormsParser.function(_name, nargs=0 if _most == 0 else (_least, _most))
XFormsParser.build()


def parse(source: str) -> Token:
    """The tokens of an expression. Raises ExpressionBroken."""
    # elementpath wants a namespace for a prefix; this is the only function that has one
    bare = source.replace("jr:choice-name", "choice-name")
    if unknown := unknown_functions(bare):
        names = ", ".join(f"{name}()" for name in unknown)
        raise ExpressionBroken(f"ระบบไม่มีฟังก์ชัน {names} โปรดเขียนกฎนี้ใหม่โดยไม่ใช้ฟังก์ชันนี้")
    try:
        return Parser.parse(XFormsParser(), bare)
    except (ElementPathError, RecursionError) as error:
        raise ExpressionBroken(f"อ่านสูตร “{source}” ไม่ได้ ({_reason(error)})") from None


def unknown_functions(source: str) -> list[str]:
    """The functions that it calls and we do not have, each once."""
    called = dict.fromkeys(_CALL.findall(_LITERAL.sub("''", source)))
    operators = {"and", "or", "div", "mod"}
    return [name for name in called if name not in {*FUNCTIONS, *PLACED, *operators}]


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "ซ้อนกันหลายชั้นเกินไป"
    said = str(error)
    near = _NEAR.match(said)
    if "end of source" in said or near is None:
        return "เขียนไม่จบหรือวงเล็บไม่ครบ"
    if "XPST0017" in said:
        return f"จำนวนค่าในวงเล็บของ {near[2]}() ไม่ถูกต้อง"
    return f"ผิดที่ {near[2]} โปรดตรวจเครื่องหมายและวงเล็บบริเวณนั้น"
