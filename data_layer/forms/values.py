"""Values of expressions and how one kind becomes another, after the ODK XForms specification.

Numbers are exact: whole numbers and fractions, so that a third times three is one and satang add up
to baht. Only roots, logarithms and angles are rounded, to the 16 digits of a double. What is no
number is NaN, which is empty as text and equal to nothing; division by zero is infinite.
A date is a number of days to arithmetic (since 1 January 1970, on a Thai clock) and ISO as text.
"""

import decimal
import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

from data_layer.clock import THAI_TIME
from data_layer.forms.nodes import Nodes

Number: TypeAlias = int | Fraction | float  # a float is NaN or infinite, never anything else
NAN: Final = math.nan

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(T[0-9]{2}(:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?)?([+-][0-9]{2}:[0-9]{2}|Z)?)?"
)
_BLANKS = " \t\r\n"
_EPOCH = date(1970, 1, 1)
_DAY_S = 86_400
_EXACT_DIGITS: Final = 28
_PLAIN = (Fraction(1, 10**6), 10**21)  # outside of it doubles are written with an exponent
_MOST_BITS: Final = 1_024  # above it a number is rounded: a chain of squares would fill the memory


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or an instant on a clock in Thailand."""

    when: date | datetime

    @property
    def days(self) -> Number:
        """Days since the epoch; the hours of an instant are the fraction of its day."""
        if not isinstance(self.when, datetime):
            return (self.when - _EPOCH).days
        midnight = datetime(1970, 1, 1, tzinfo=THAI_TIME)
        passed = self.when.replace(tzinfo=None) - midnight.replace(tzinfo=None)
        return simplest(Fraction(passed // timedelta(milliseconds=1), _DAY_S * 1_000))

    def __str__(self) -> str:
        if isinstance(self.when, datetime):
            return self.when.isoformat(timespec="milliseconds")
        return self.when.isoformat()


Value: TypeAlias = str | bool | Number | Moment | Nodes


# Fraction comes last in these: as an abstract number it is slow to ask whether a value is one


def text_of(value: Value) -> str:
    """`string(value)`: of nodes the first one's."""
    match value:
        case str():
            return value
        case list() | tuple():
            return value[0].value if value else ""
        case bool():
            return "true" if value else "false"
        case Moment():
            return str(value)
        case _:
            return number_text(value)


def number_of(value: Value) -> Number:
    """`number(value)`: text that is a date is a number of days, other text that is none is NaN."""
    match value:
        case str():
            return _number(value)
        case list() | tuple():
            return _number(value[0].value) if value else NAN
        case bool():
            return int(value)
        case Moment():
            return value.days
        case _:
            return value


def truth_of(value: Value) -> bool:
    """`boolean(value)`: of nodes whether there is one, of text whether there is any."""
    match value:
        case bool():
            return value
        case str() | list() | tuple():
            return len(value) > 0
        case Moment():
            return value.days != 0
        case _:
            return value != 0 and not is_nan(value)


def items_of(value: Value) -> list[Value]:
    """The texts of nodes, one by one; any other value alone."""
    return [node.value for node in value] if isinstance(value, list | tuple) else [value]


def is_nan(number: Number) -> bool:
    """Whether it is no number."""
    return number != number  # noqa: PLR0124 - what NaN is


def simplest(number: Number) -> Number:
    """A fraction that is whole becomes an int; what has grown beyond any use is rounded."""
    if isinstance(number, float):
        return number if math.isnan(number) or math.isinf(number) else rounded(number)
    if number.numerator.bit_length() + number.denominator.bit_length() > _MOST_BITS:
        return _shortened(number)
    return number.numerator if number.denominator == 1 else number


def rounded(number: float) -> Number:
    """The fraction that a double is written as; NaN and infinity as they are."""
    if math.isnan(number) or math.isinf(number):
        return number
    return simplest(Fraction(repr(number)))


def _shortened(number: int | Fraction) -> Number:
    try:
        return rounded(float(number))
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def number_text(number: Number) -> str:
    """As people write it: whole, or with as many decimals as it has; a third has 16 digits."""
    if isinstance(number, float):
        return "" if math.isnan(number) else ("Infinity" if number > 0 else "-Infinity")
    if number and not _PLAIN[0] <= max(number, -number) < _PLAIN[1]:
        return _with_exponent(float(number))
    return f"{decimal_of(number):f}"


def decimal_of(number: int | Fraction) -> Decimal:
    """The number itself when 28 digits can hold it, else to the digits of a double."""
    if isinstance(number, int):
        return Decimal(number)
    exact = decimal.Context(prec=_EXACT_DIGITS)
    quotient = exact.divide(Decimal(number.numerator), Decimal(number.denominator))
    if exact.flags[decimal.Inexact]:
        return Decimal(repr(float(number)))
    return quotient


def _with_exponent(number: float) -> str:
    digits, exponent = f"{Decimal(repr(number)).normalize():E}".split("E")
    return f"{digits}e{int(exponent):+d}"


def _number(text: str) -> Number:
    bare = text.strip(_BLANKS)
    if bare.isascii() and bare.isdigit() and len(bare) < _EXACT_DIGITS:  # nearly all that there is
        return int(bare)
    if _NUMBER.fullmatch(bare):
        return simplest(Fraction(bare))
    moment = moment_of(bare)
    return moment.days if moment else NAN


def moment_of(text: str) -> Moment | None:
    """The date or instant that ISO text says; without a zone it is Thai time."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    try:
        if found[1] is None:
            return Moment(date.fromisoformat(text))
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    if instant.tzinfo is None:
        return Moment(instant.replace(tzinfo=THAI_TIME))
    return Moment(instant.astimezone(THAI_TIME))


def moment_after(days: Number) -> Moment | None:
    """The date so many days after the epoch; None when no calendar has it."""
    if isinstance(days, float):
        return None
    try:
        return Moment(_EPOCH + timedelta(days=math.floor(days)))
    except OverflowError:
        return None
