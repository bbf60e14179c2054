"""When a question is asked, in words, for paper: nobody calculates there.

Only what an author usually writes is put in words: comparisons of an answer, all joined by `and`
or all by `or`. Anything else gives None, and the reader is told less rather than something wrong.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from data_layer.forms import Expression, Field, Form, Kind

_NAME = r"\$\{\s*(?P<name>[^}\s]+)\s*\}"
_COMPARED = re.compile(
    _NAME + r"\s*(?P<sign>!=|>=|<=|=|>|<)\s*"
    r"(?P<value>'[^']*'|\"[^\"]*\"|-?[0-9]+(?:\.[0-9]+)?|today\(\))"
)
_SELECTED = re.compile(r"selected\(\s*" + _NAME + r"\s*,\s*(?P<value>'[^']*'|\"[^\"]*\")\s*\)")
_WORDS: Final = {
    "=": "เป็น {}",
    "!=": "ไม่ใช่ {}",
    ">": "มากกว่า {}",
    "<": "น้อยกว่า {}",
    ">=": "ตั้งแต่ {} ขึ้นไป",
    "<=": "ไม่เกิน {}",
}
_DATES: Final = _WORDS | {
    ">": "เป็นวันหลัง{}",
    "<": "เป็นวันก่อน{}",
    ">=": "เป็น{}หรือหลังจากนั้น",
    "<=": "ไม่เกิน{}",
}
_SELECT: Final = "selected"
Namer = Callable[[Field], str]


class _Part(NamedTuple):
    """One comparison: of which answer, how, with what."""

    name: str
    sign: str
    value: str


def in_words(form: Form, rule: Expression, named: Namer) -> str | None:
    """'ข้อ 3.5 เป็น “ประกาศแล้ว”'; None for a rule that has no such words.

    `named` says how a field is referred to; '' when its reader cannot see it.
    """
    parts, joined = _parts(rule.source)
    if not parts or any(not _is_known(form, part, named) for part in parts):
        return None
    if joined == "and":
        parts = _without_needless(parts)
    if joined == "or" and len({(part.name, part.sign) for part in parts}) == 1:
        return _one_of(form, parts, named)
    word = " หรือ" if joined == "or" else " และ"
    return word.join(_said(form, part, named) for part in parts)


def _parts(source: str) -> tuple[list[_Part], str]:
    """The comparisons of a rule and what joins them; none for a rule of another kind."""
    for joined in ("and", "or"):
        found = [_part(piece) for piece in re.split(rf"\s+{joined}\s+", source.strip())]
        if None not in found:
            return [part for part in found if part], joined
    return [], ""


def _part(piece: str) -> _Part | None:
    if found := _COMPARED.fullmatch(piece.strip()):
        return _Part(found["name"], found["sign"], found["value"])
    if found := _SELECTED.fullmatch(piece.strip()):
        return _Part(found["name"], _SELECT, found["value"])
    return None


def _is_known(form: Form, part: _Part, named: Namer) -> bool:
    field = form.fields.get(part.name)
    return field is not None and bool(named(field))


def _without_needless(parts: Sequence[_Part]) -> list[_Part]:
    """Without 'is answered' beside another comparison of the same answer."""
    telling = {part.name for part in parts if part.value not in {"''", '""'}}
    return [part for part in parts if part.value not in {"''", '""'} or part.name not in telling]


def _one_of(form: Form, parts: Sequence[_Part], named: Namer) -> str:
    field = form.fields[parts[0].name]
    *values, last = [_value(field, part.value) for part in parts]
    said = f"{' '.join(values)} หรือ {last}" if values else last
    return f"{named(field)} {_verb(field, parts[0]).format(said)}"


def _said(form: Form, part: _Part, named: Namer) -> str:
    field = form.fields[part.name]
    if part.value in {"''", '""'}:
        return f"{named(field)} {'ไม่มีคำตอบ' if part.sign == '=' else 'มีคำตอบ'}"
    return f"{named(field)} {_verb(field, part).format(_value(field, part.value))}"


def _verb(field: Field, part: _Part) -> str:
    if part.sign == _SELECT:
        return "มี {}"
    return (_DATES if field.kind is Kind.DATE else _WORDS)[part.sign]


def _value(field: Field, text: str) -> str:
    if text == "today()":
        return "วันที่กรอก"
    bare = text.strip("'\"")
    label = field.labels.get(bare)
    return f"“{label}”" if label else bare
