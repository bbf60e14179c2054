"""= != < > <= >= of XPath 1.0: a comparison with nodes holds when it holds for one of them."""

import operator
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from data_layer.forms.values import Value, items_of, number_of, truth_of


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth_of(left) == truth_of(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return number_of(left) == number_of(right)


def _unequal(left: Value, right: Value) -> bool:
    return not _equal(left, right)


def _ordered(test: Callable[..., bool]) -> Callable[[Value, Value], bool]:
    return lambda left, right: test(number_of(left), number_of(right))


def _of_any(test: Callable[[Value, Value], bool]) -> Callable[[Value, Value], bool]:
    def holds(left: Value, right: Value) -> bool:
        if isinstance(left, bool) or isinstance(right, bool):
            return test(truth_of(left), truth_of(right))
        ones, others = items_of(left), items_of(right)
        if len(ones) == len(others) == 1:  # nearly always: a field and a value
            return test(ones[0], others[0])
        return any(test(one, other) for one in ones for other in others)

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
