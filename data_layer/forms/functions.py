"""The functions of the ODK XForms specification that look at their arguments only.

The meaning is that of https://getodk.github.io/xforms-spec/#xpath-functions; where ODK's engine
differs from it, the specification wins (tests/odk/differences.json has each case).
Those that look at where they stand (position, once, instance, ...) are in places.py.
"""

import math
import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NamedTuple

from data_layer.forms.patterns import pattern
from data_layer.forms.values import (
    NAN,
    Moment,
    Number,
    Value,
    is_nan,
    items_of,
    moment_after,
    moment_of,
    number_of,
    rounded,
    simplest,
    text_of,
    truth_of,
)

ANY: Final = None  # any number of arguments
_ENGLISH_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
_ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LARGEST_POWER = 1_024


class Function(NamedTuple):
    """How many arguments it takes, and what it makes of their values."""

    least: int
    most: int | None
    call: Callable[..., Value]


def _round(value: Value, decimals: Value = 0) -> Number:
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
    text, first = text_of(value), _round(start)
    after = math.inf if length is None else first + _round(length)
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


def _date(value: Value) -> Value:
    moment = _moment(value)
    if moment is None:
        return ""
    when = moment.when
    return Moment(when.date() if isinstance(when, datetime) else when)


def _moment(value: Value) -> Moment | None:
    if isinstance(value, Moment):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Fraction | float):
        return moment_after(value)
    return moment_of(_padded(text_of(value)))


def _padded(text: str) -> str:
    """2020-1-5 is 2020-01-05."""
    day, *time = text.split("T")
    return "T".join(["-".join(part.zfill(2) for part in day.split("-")), *time])


def _decimal_date_time(value: Value) -> Number:
    moment = _moment(value)
    return moment.days if moment else NAN


_DATE_SIGNS: Mapping[str, Callable[[date], str]] = MappingProxyType(
    {
        "Y": lambda day: f"{day.year:04}",
        "y": lambda day: f"{day.year % 100:02}",
        "m": lambda day: f"{day.month:02}",
        "n": lambda day: str(day.month),
        "b": lambda day: _ENGLISH_MONTHS[day.month - 1],
        "d": lambda day: f"{day.day:02}",
        "e": lambda day: str(day.day),
        "a": lambda day: _ENGLISH_DAYS[day.weekday()],
    }
)
_TIME_SIGNS: Mapping[str, Callable[[datetime], str]] = MappingProxyType(
    {
        "H": lambda time: f"{time.hour:02}",
        "h": lambda time: str(time.hour),
        "M": lambda time: f"{time.minute:02}",
        "S": lambda time: f"{time.second:02}",
        "3": lambda time: f"{time.microsecond // 1000:03}",
    }
)


def _format_date(value: Value, form: Value) -> str:
    moment = _moment(text_of(value))
    return _filled(text_of(form), moment.when, with_time=False) if moment else ""


def _format_date_time(value: Value, form: Value) -> str:
    moment = _moment(text_of(value))
    return _filled(text_of(form), moment.when, with_time=True) if moment else ""


def _filled(form: str, when: date, *, with_time: bool) -> str:
    time = when if isinstance(when, datetime) else datetime(when.year, when.month, when.day)  # noqa: DTZ001 - midnight of a date
    first, *parts = form.split("%")
    said = [first]
    for part in parts:
        sign, rest = part[:1], part[1:]
        if sign in _DATE_SIGNS:
            said.append(_DATE_SIGNS[sign](when) + rest)
        elif with_time and sign in _TIME_SIGNS:
            said.append(_TIME_SIGNS[sign](time) + rest)
        else:
            said.append(f"%{part}")
    return "".join(said)


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        # text
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
        # yes and no
        "true": Function(0, 0, lambda: True),
        "false": Function(0, 0, lambda: False),
        "not": Function(1, 1, _not),
        "boolean": Function(1, 1, truth_of),
        "boolean-from-string": Function(1, 1, _boolean_from_string),
        "checklist": Function(2, ANY, _checklist),
        "weighted-checklist": Function(2, ANY, _weighted_checklist),
        # numbers
        "number": Function(1, 1, _number),
        "int": Function(1, 1, _whole(math.trunc)),
        "floor": Function(1, 1, _whole(math.floor)),
        "ceiling": Function(1, 1, _whole(math.ceil)),
        "round": Function(1, 2, _round),
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
        # dates
        "date": Function(1, 1, _date),
        "decimal-date-time": Function(1, 1, _decimal_date_time),
        "format-date": Function(2, 2, _format_date),
        "format-date-time": Function(2, 2, _format_date_time),
        # choices
        "selected": Function(2, 2, _selected),
        "selected-at": Function(2, 2, _selected_at),
        "count-selected": Function(1, 1, _count_selected),
    }
)
