"""Functions of text, of yes and no, and of lists of chosen names."""

import math
import operator
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from data_layer.forms.function import ANY, Function, Functions
from data_layer.forms.number_functions import rounded_half_away
from data_layer.forms.patterns import pattern
from data_layer.forms.values import Number, Value, items_of, number_of, text_of, truth_of


def _concat(*values: Value) -> str:
    return "".join(text_of(item) for value in values for item in items_of(value))


def _join(glue: Value, *values: Value) -> str:
    return text_of(glue).join(text_of(item) for value in values for item in items_of(value))


def _substr(value: Value, start: Value, end: Value | None = None) -> str:
    text = text_of(value)
    last = len(text) if end is None else _index(end)
    first = _index(start)
    return text[_from_end(first, len(text)) : _from_end(last, len(text))]


def _index(value: Value) -> int:
    number = number_of(value)
    return 0 if isinstance(number, float) else math.trunc(number)


def _from_end(index: int, length: int) -> int:
    return max(0, length + index if index < 0 else index)


def _substring(value: Value, start: Value, length: Value | None = None) -> str:
    """XPath 1.0: from 1, both ends rounded."""
    text, first = text_of(value), rounded_half_away(start)
    after = math.inf if length is None else first + rounded_half_away(length)
    return "".join(letter for at, letter in enumerate(text, 1) if first <= at < after)


def _substring_before(value: Value, mark: Value) -> str:
    before, found, _ = text_of(value).partition(text_of(mark) or "\0")
    return before if found else ""


def _substring_after(value: Value, mark: Value) -> str:
    sign = text_of(mark)
    return text_of(value).partition(sign)[2] if sign else text_of(value)


def _translate(value: Value, signs: Value, others: Value) -> str:
    replacements = text_of(others)
    table: dict[int, str] = {}
    for at, sign in enumerate(text_of(signs)):
        table.setdefault(ord(sign), replacements[at : at + 1])
    return text_of(value).translate(table)


def _normalize_space(value: Value) -> str:
    return " ".join(words(value))


def _regex(value: Value, expression: Value) -> bool:
    found = pattern(text_of(expression))
    return found is not None and found.search(text_of(value)) is not None


def _tested(test: Callable[[str, str], bool]) -> Callable[[Value, Value], bool]:
    return lambda value, part: test(text_of(value), text_of(part))


def _coalesce(first: Value, second: Value) -> str:
    return text_of(first) or text_of(second)


def _boolean_from_string(value: Value) -> bool:
    return text_of(value) in {"1", "true"}


def _not(value: Value) -> bool:
    return not truth_of(value)


def _within(total: Number, least: Value, most: Value) -> bool:
    """-1 stands for no limit."""
    limits = number_of(least), number_of(most)
    return (limits[0] == -1 or total >= limits[0]) and (limits[1] == -1 or total <= limits[1])


def _checklist(least: Value, most: Value, *answers: Value) -> bool:
    given = [truth_of(item) for answer in answers for item in items_of(answer)]
    return _within(sum(given), least, most)


def _weighted_checklist(least: Value, most: Value, *answers: Value) -> bool:
    total: Number = 0
    for answer, weight in zip(answers[::2], answers[1::2], strict=False):
        pairs = zip(items_of(answer), items_of(weight), strict=False)
        total += sum(number_of(each) for item, each in pairs if truth_of(item))
    return _within(total, least, most)


def words(value: Value) -> list[str]:
    """The items of a list with blanks between them, as answers to select_multiple are kept."""
    return text_of(value).split()


def _selected(answer: Value, name: Value) -> bool:
    return text_of(name).strip() in words(answer)


def _selected_at(answer: Value, index: Value) -> str:
    chosen, at = words(answer), _index(index)
    return chosen[at] if 0 <= at < len(chosen) else ""


def _count_selected(answer: Value) -> int:
    return len(words(answer))


TEXTS: Final[Functions] = MappingProxyType(
    {
        "string": Function(1, 1, text_of),
        "concat": Function(0, ANY, _concat),
        "join": Function(1, ANY, _join),
        "substr": Function(2, 3, _substr),
        "substring": Function(2, 3, _substring),
        "substring-before": Function(2, 2, _substring_before),
        "substring-after": Function(2, 2, _substring_after),
        "translate": Function(3, 3, _translate),
        "string-length": Function(1, 1, lambda value: len(text_of(value))),
        "normalize-space": Function(1, 1, _normalize_space),
        "contains": Function(2, 2, _tested(operator.contains)),
        "starts-with": Function(2, 2, _tested(str.startswith)),
        "ends-with": Function(2, 2, _tested(str.endswith)),
        "regex": Function(2, 2, _regex),
        "coalesce": Function(2, 2, _coalesce),
        "true": Function(0, 0, lambda: True),
        "false": Function(0, 0, lambda: False),
        "not": Function(1, 1, _not),
        "boolean": Function(1, 1, truth_of),
        "boolean-from-string": Function(1, 1, _boolean_from_string),
        "checklist": Function(2, ANY, _checklist),
        "weighted-checklist": Function(2, ANY, _weighted_checklist),
        "selected": Function(2, 2, _selected),
        "selected-at": Function(2, 2, _selected_at),
        "count-selected": Function(1, 1, _count_selected),
    }
)
