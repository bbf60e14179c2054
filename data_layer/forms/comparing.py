"""= != < > <= >= of XPath 1.0: a comparison with nodes holds when it holds for one of them."""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from data_layer.forms.values import Moment, Value, items_of, number_of, truth_of


def _is_list(value: Value) -> bool:
    return not isinstance(value, str | bool | int | float | Fraction | Moment)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float | Fraction | Moment)


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth_of(left) == truth_of(right)
    if _is_number(left) or _is_number(right):
        return number_of(left) == number_of(right)
    return left == right


def _unequal(left: Value, right: Value) -> bool:
    return not _equal(left, right)


def _ordered(test: Callable[..., bool]) -> Callable[[Value, Value], bool]:
    return lambda left, right: test(number_of(left), number_of(right))


def _of_any(test: Callable[[Value, Value], bool]) -> Callable[[Value, Value], bool]:
    def holds(left: Value, right: Value) -> bool:
        if isinstance(left, bool) or isinstance(right, bool):
            return test(truth_of(left), truth_of(right))
        if not (_is_list(left) or _is_list(right)):
            return test(left, right)
        others = items_of(right)
        return any(test(one, other) for one in items_of(left) for other in others)

    return holds


COMPARISONS: Final[Mapping[str, Callable[[Value, Value], bool]]] = MappingProxyType(
    {
        "=": _of_any(_equal),
        "!=": _of_any(_unequal),
        "<": _of_any(_ordered(operator.lt)),
        "<=": _of_any(_ordered(operator.le)),
        ">": _of_any(_ordered(operator.gt)),
        ">=": _of_any(_ordered(operator.ge)),
    }
)
