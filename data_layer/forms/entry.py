"""What a person types into one field, into the one form that is kept.

Thai digits and thousands separators are taken; what only looks like a number is refused: NaN,
1e400, 1_000, full-width digits.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, TypeAlias

from data_layer import thai
from data_layer.forms.definition import Field, Kind
from data_layer.forms.errors import (
    NotAChoice,
    NotAcknowledged,
    NotAFileName,
    NotANumber,
    NotAPlace,
    NotWhole,
    NumberTooLong,
    OutOfRange,
)

Scalar: TypeAlias = int | Decimal | str | date | tuple[str, ...]

ACKNOWLEDGED: Final = "OK"  # what ODK keeps of an acknowledgement
MAX_WHOLE, MAX_DECIMALS = 15, 6
MAX_ROWS: Final = 200  # of one table
# of a table in the rows of another, in all of them: with more no page and no run is usable
MAX_ROWS_IN_ALL: Final = 400
MAX_TEXT: Final = 4_000  # letters that a person may type into a field
_NUMBER = re.compile(
    r"([+-]?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+)(?:\.([0-9]+))?"
)
_THOUSANDS = str.maketrans("", "", ", ")
_PLACE = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,10})?)[ ,]+(-?[0-9]{1,3}(?:\.[0-9]{1,10})?)( .*)?")
_LATITUDE, _LONGITUDE = 90, 180
_FILE_NAME = re.compile(r"[^/\\:*?\"<>|]{1,200}")


def parse_value(field: Field, text: str) -> Scalar | None:
    """The value of what was typed; None for nothing.

    Raises a refusal of forms.errors, BadDate, UnusableText or TextTooLong.
    """
    if not text.strip():
        return None
    return _PARSERS[field.kind](field, text)


def shown(field: Field, text: str) -> str:
    """The kept text as people read it: thousands separated, dates in พ.ศ., labels of choices."""
    if not text:
        return ""
    match field.kind:
        case Kind.INTEGER | Kind.DECIMAL | Kind.RANGE:
            return f"{Decimal(text):,f}"
        case Kind.DATE:
            return thai.thai_date_short(date.fromisoformat(text))
        case Kind.SELECT_ONE | Kind.SELECT_MULTIPLE:
            return ", ".join(field.labels.get(name, name) for name in text.split())
        case _:
            return text


def range_bounds(field: Field) -> tuple[Decimal, Decimal, Decimal]:
    """Start, end and step of a range, as XLSForm has them when they are not given."""
    start, end, step = (
        Decimal(field.parameters.get(name, default))
        for name, default in (("start", "1"), ("end", "10"), ("step", "1"))
    )
    return start, end, step


def check_range(field: Field, value: Decimal) -> None:
    """Raises OutOfRange when it is not one of the steps from start to end."""
    start, end, step = range_bounds(field)
    low, high = min(start, end), max(start, end)
    if not low <= value <= high or (value - start) % step:
        raise OutOfRange(start=start, end=end, step=step, text=value)


def is_whole_range(field: Field) -> bool:
    """Whether a range has whole numbers only, as pyxform decides it."""
    if field.kind is not Kind.RANGE:
        return False
    return not any("." in value for value in field.parameters.values())


def _integer(_field: Field, text: str) -> int:
    value = _decimal(text)
    if value != value.to_integral_value():
        raise NotWhole(text=text.strip())
    return int(value)


def _decimal(text: str) -> Decimal:
    bare = thai.arabic_digits(thai.normalise(text))
    found = _NUMBER.fullmatch(bare)
    if found is None:
        raise NotANumber(text=bare)
    whole, decimals = found[2].translate(_THOUSANDS), found[3] or ""
    if len(whole.lstrip("0")) > MAX_WHOLE or len(decimals) > MAX_DECIMALS:
        raise NumberTooLong(whole=MAX_WHOLE, decimals=MAX_DECIMALS)
    return Decimal(bare.translate(_THOUSANDS))


def _range(field: Field, text: str) -> int | Decimal:
    value = _decimal(text)
    check_range(field, value)
    return int(value) if is_whole_range(field) else value


def _text(field: Field, text: str) -> str:
    return thai.normalise(text, multiline="multiline" in field.appearance or "\n" in text)


def _chosen(field: Field, text: str) -> str:
    name = thai.normalise(text)
    if name not in field.labels:
        raise NotAChoice(text=name)
    return name


def _several(field: Field, text: str) -> tuple[str, ...]:
    """In the order of the list, each once, as ODK keeps them."""
    chosen = {_chosen(field, name) for name in text.split()}
    return tuple(name for name in field.labels if name in chosen)


def _acknowledged(_field: Field, text: str) -> str:
    if text.strip().upper() != ACKNOWLEDGED:
        raise NotAcknowledged
    return ACKNOWLEDGED


def _place(_field: Field, text: str) -> str:
    found = _PLACE.fullmatch(thai.arabic_digits(thai.normalise(text)))
    if not found or abs(Decimal(found[1])) > _LATITUDE or abs(Decimal(found[2])) > _LONGITUDE:
        raise NotAPlace
    return f"{found[1]} {found[2]}"


def _file(_field: Field, text: str) -> str:
    name = thai.normalise(text)
    if not _FILE_NAME.fullmatch(name) or not name.strip("."):
        raise NotAFileName
    return name


_PARSERS: Final[Mapping[Kind, Callable[[Field, str], Scalar]]] = MappingProxyType(
    {
        Kind.INTEGER: _integer,
        Kind.DECIMAL: lambda _field, text: _decimal(text),
        Kind.TEXT: _text,
        Kind.DATE: lambda _field, text: thai.parse_thai_date(text),
        Kind.SELECT_ONE: _chosen,
        Kind.SELECT_MULTIPLE: _several,
        Kind.RANGE: _range,
        Kind.ACKNOWLEDGE: _acknowledged,
        Kind.GEOPOINT: _place,
        Kind.FILE: _file,
        Kind.IMAGE: _file,
        Kind.CALCULATE: _text,
        Kind.NOTE: _text,
    }
)
