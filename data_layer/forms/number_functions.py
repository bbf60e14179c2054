"""Functions of numbers, exact where the result can be; how they round is values.py's to say."""

import math
from collections.abc import Callable
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from data_layer.forms.function import ANY, Function, Functions
from data_layer.forms.values import (
    NAN,
    Number,
    Value,
    is_nan,
    items_of,
    number_of,
    rounded,
    simplest,
)

_LARGEST_POWER = 1_024


def rounded_half_away(value: Value, decimals: Value = 0) -> Number:
    """To so many decimals, halves away from zero."""
    number, places = number_of(value), number_of(decimals)
    if isinstance(number, float) or isinstance(places, float):
        return NAN if is_nan(places) else number
    scale = Fraction(10) ** max(-_LARGEST_POWER, min(int(places), _LARGEST_POWER))
    size = Fraction(math.floor(max(number, -number) * scale + Fraction(1, 2))) / scale
    return simplest(size if number > 0 else -size)


def _whole(towards: Callable[[Fraction], int]) -> Callable[[Value], Number]:
    def whole(value: Value) -> Number:
        number = number_of(value)
        return number if isinstance(number, float) else towards(Fraction(number))

    return whole


def _abs(value: Value) -> Number:
    number = number_of(value)
    return number if number >= 0 else 0 - number


def _pow(base: Value, power: Value) -> Number:
    number, times = number_of(base), number_of(power)
    if isinstance(number, float) or not isinstance(times, int) or not _is_small(number, times):
        return _as_double(math.pow)(number, times)
    return simplest(Fraction(number) ** times)


def _is_small(number: int | Fraction, times: int) -> bool:
    """Whether the exact power has a size that anybody wants."""
    size = number.numerator.bit_length() + number.denominator.bit_length()
    return number != 0 and size * abs(times) <= _LARGEST_POWER


def _as_double(function: Callable[..., float]) -> Callable[..., Number]:
    """A function of doubles; outside of where it is defined it gives no number."""

    def computed(*values: Value) -> Number:
        try:
            return rounded(function(*(float(number_of(value)) for value in values)))
        except (ValueError, ZeroDivisionError):
            return NAN
        except OverflowError:
            return math.inf

    return computed


def _logarithm(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else function(number)


def _numbers(values: tuple[Value, ...]) -> list[Number]:
    return [number_of(item) for value in values for item in items_of(value)]


def _sum(*values: Value) -> Number:
    return simplest(sum(_numbers(values)))


def _extreme(choose: Callable[[list[Number]], Number]) -> Callable[..., Number]:
    def extreme(*values: Value) -> Number:
        numbers = _numbers(values)
        return choose(numbers) if numbers and not any(map(is_nan, numbers)) else NAN

    return extreme


def _number(value: Value) -> Number:
    return number_of(value)


NUMBERS: Final[Functions] = MappingProxyType(
    {
        "number": Function(1, 1, _number),
        "int": Function(1, 1, _whole(math.trunc)),
        "floor": Function(1, 1, _whole(math.floor)),
        "ceiling": Function(1, 1, _whole(math.ceil)),
        "round": Function(1, 2, rounded_half_away),
        "abs": Function(1, 1, _abs),
        "sum": Function(1, 1, _sum),
        "min": Function(1, ANY, _extreme(min)),
        "max": Function(1, ANY, _extreme(max)),
        "pow": Function(2, 2, _pow),
        "sqrt": Function(1, 1, _as_double(math.sqrt)),
        "exp": Function(1, 1, _as_double(math.exp)),
        "exp10": Function(1, 1, lambda value: _pow(10, value)),
        "log": Function(1, 1, _as_double(_logarithm(math.log))),
        "log10": Function(1, 1, _as_double(_logarithm(math.log10))),
        "sin": Function(1, 1, _as_double(math.sin)),
        "cos": Function(1, 1, _as_double(math.cos)),
        "tan": Function(1, 1, _as_double(math.tan)),
        "asin": Function(1, 1, _as_double(math.asin)),
        "acos": Function(1, 1, _as_double(math.acos)),
        "atan": Function(1, 1, _as_double(math.atan)),
        "atan2": Function(2, 2, _as_double(math.atan2)),
        "pi": Function(0, 0, lambda: rounded(math.pi)),
    }
)
