"""A calculated value into the text that its field keeps, by the type of the field."""

import math
from collections.abc import Sequence
from datetime import datetime

from data_layer.forms.definition import Field, Kind
from data_layer.forms.entry import is_whole_range
from data_layer.forms.values import Value, moment_of, number_of, number_text, text_of


def encoded(field: Field, value: Value, offered: Sequence[str]) -> str:
    """As ODK keeps it: what is not of the field's type is empty."""
    text = text_of(value)
    match field.kind:
        case Kind.SELECT_ONE:
            return text if text in offered else ""
        case Kind.SELECT_MULTIPLE:
            chosen = set(text.split())
            return " ".join(name for name in offered if name in chosen)
        case Kind.DATE:
            return _date(text)
        case Kind.INTEGER | Kind.DECIMAL | Kind.RANGE:
            is_whole = field.kind is Kind.INTEGER or is_whole_range(field)
            return _whole(text) if is_whole else _number(text)
    return text


def _whole(text: str) -> str:
    number = number_of(text)
    return "" if isinstance(number, float) else str(math.trunc(number))


def _number(text: str) -> str:
    number = number_of(text)
    return "" if isinstance(number, float) else number_text(number)


def _date(text: str) -> str:
    moment = moment_of(text)
    if moment is None:
        return ""
    when = moment.when.date() if isinstance(moment.when, datetime) else moment.when
    return when.isoformat()
