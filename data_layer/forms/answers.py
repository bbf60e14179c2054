"""Answers: what they are, how they are kept as JSON, and what they are to an expression.

By field name; a repeat is a list of rows, each a mapping of its own. Nothing there is an empty
answer; 0 is an answer; NoData is the third state, empty to every rule but with its reason.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from data_layer import thai
from data_layer.errors import DomainError
from data_layer.forms.definition import Field, Form, Group, Item, Kind, Repeat
from data_layer.forms.entry import ACKNOWLEDGED, Scalar, parse_value
from data_layer.forms.errors import NotAnAnswer, UnknownField

_ENDLESS = Decimal(10) ** 18
_CANONICAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,16})?")


@dataclass(frozen=True, slots=True)
class NoData:
    """There is no figure, and why."""

    reason: str


Answer: TypeAlias = Scalar | NoData | None
Answers: TypeAlias = Mapping[str, Any]  # Answer, or of a repeat a list of Answers


def read_answers(form: Form, data: Mapping[str, object]) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers that JSON holds, and for each that cannot be one, by path, why not.

    Numbers may be numbers or text, several choices a list or text with blanks between.
    """
    problems: dict[str, str] = {}
    return _read(form.children, data, "", problems), problems


def write_answers(answers: Answers) -> dict[str, Any]:
    """The answers as JSON holds them; `read_answers` gives the same answers back."""
    return {name: _plain(value) for name, value in answers.items() if not is_empty(value)}


def plain_answer(value: object) -> object:
    """One answer as JSON holds it; None for none."""
    return None if is_empty(value) else _plain(value)


def is_empty(value: object) -> bool:
    """Whether it is no answer at all; 0 is one, and so is the reason for having none."""
    return value is None or value in ("", (), [])


def kept_text(value: object) -> str:
    """The answer as the instance of an XForm keeps it, and as expressions see it."""
    if value is None or isinstance(value, NoData):
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(value) if isinstance(value, tuple) else str(value)


def calculated_value(field: Field, text: str) -> Answer:
    """The value of a text that was calculated. A `calculate` has no type: what is written as a
    number is one."""
    if field.kind is Kind.CALCULATE and _CANONICAL.fullmatch(text):
        return Decimal(text) if "." in text else int(text)
    if not text or field.kind in {Kind.CALCULATE, Kind.TEXT}:
        return text or None
    return parse_value(field, text)


def _read(
    items: Sequence[Item], data: Mapping[str, object], prefix: str, problems: dict[str, str]
) -> dict[str, Any]:
    known: dict[str, Item] = {}
    _collect(items, known)
    found: dict[str, Any] = {}
    for name, value in data.items():
        path = f"{prefix}{name}"
        item = known.get(name)
        if isinstance(item, Repeat):
            found[name] = _rows(item, value, path, problems)
            continue
        try:
            answer = _answer(item, name, value)
        except DomainError as refusal:
            problems[path] = str(refusal)
        else:
            if answer is not None:
                found[name] = answer
    return found


def _collect(items: Sequence[Item], known: dict[str, Item]) -> None:
    """What a row may name: fields of groups too, but not what is inside a repeat."""
    for item in items:
        if isinstance(item, Group) and not isinstance(item, Repeat):
            _collect(item.children, known)
        else:
            known[item.name] = item


def _rows(
    repeat: Repeat, value: object, path: str, problems: dict[str, str]
) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        problems[path] = str(NotAnAnswer())
        return []
    return [
        _read(repeat.children, row, f"{path}[{number}]/", problems)
        for number, row in enumerate(value, 1)
    ]


def _answer(item: Item | None, name: str, value: object) -> Answer:
    if not isinstance(item, Field):
        raise UnknownField(name=name)
    match value:
        case {"no_data": str(reason), **rest} if not rest:
            return NoData(thai.normalise(reason, multiline=True))
        case NoData():
            return value
        case True if item.kind is Kind.ACKNOWLEDGE:
            return ACKNOWLEDGED
        case _:
            text = _text(value)
            return _value(item, text) if text else None


def _text(value: object) -> str:
    """What JSON holds, as it could have been typed."""
    match value:
        case None:
            return ""
        case bool():
            raise NotAnAnswer
        case str():
            return value
        case int() | float() | Decimal():
            return _digits(Decimal(str(value)))
        case list() | tuple() if all(isinstance(each, str) for each in value):
            return " ".join(value)
        case date():
            return value.isoformat()
    raise NotAnAnswer


def _digits(number: Decimal) -> str:
    """Without an exponent, unless the number is beyond any figure: then it is refused as typed."""
    return f"{number:f}" if number.is_finite() and abs(number) < _ENDLESS else str(number)


def _value(field: Field, text: str) -> Answer:
    if field.kind is Kind.CALCULATE:
        return calculated_value(field, text)
    return parse_value(field, text)


def _plain(value: object) -> object:
    match value:
        case NoData(reason):
            return {"no_data": reason}
        case Decimal():
            return f"{value:f}"  # a JSON number would be a double
        case date():
            return value.isoformat()
        case Mapping():
            return write_answers(value)
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return value
