"""+ - * div mod of XPath on exact numbers."""

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from data_layer.forms.values import NAN, Number, Value, is_nan, number_of, simplest


def _plus(left: Number, right: Number) -> Number:
    return left + right


def _minus(left: Number, right: Number) -> Number:
    return left - right


def _times(left: Number, right: Number) -> Number:
    return left * right


def _divided(left: Number, right: Number) -> Number:
    if right == 0:
        return NAN if left == 0 or is_nan(left) else math.copysign(math.inf, left)
    if isinstance(left, float) or isinstance(right, float):
        return left / right
    return Fraction(left) / right


def _remainder(left: Number, right: Number) -> Number:
    """With the sign of the dividend, as in XPath."""
    if right == 0 or isinstance(left, float):
        return NAN
    if isinstance(right, float):
        return NAN if is_nan(right) else left
    return left - right * math.trunc(Fraction(left) / right)


def _exact(operation: Callable[[Number, Number], Number]) -> Callable[[Value, Value], Number]:
    def computed(left: Value, right: Value) -> Number:
        found = operation(number_of(left), number_of(right))
        if isinstance(found, float):  # NaN and infinity only: all else is exact
            return found if not math.isfinite(found) else simplest(found)
        return simplest(found)

    return computed


OPERATIONS: Final[Mapping[str, Callable[[Value, Value], Number]]] = MappingProxyType(
    {
        "+": _exact(_plus),
        "-": _exact(_minus),
        "*": _exact(_times),
        "div": _exact(_divided),
        "mod": _exact(_remainder),
    }
)
