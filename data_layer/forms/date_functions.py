"""Functions of dates and instants, on a Thai clock, with the English names that ODK has."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from data_layer.forms.function import Function, Functions
from data_layer.forms.values import NAN, Moment, Number, Value, moment_after, moment_of, text_of

_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_DAYS = "MonTueWedThuFriSatSun"


def _date(value: Value) -> Value:
    moment = _moment(value)
    if moment is None:  # no number, so equal to nothing, and empty as text; the empty stays empty
        return "" if text_of(value) == "" and not isinstance(value, float) else NAN
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
        "b": lambda day: _MONTHS[3 * day.month - 3 : 3 * day.month],
        "d": lambda day: f"{day.day:02}",
        "e": lambda day: str(day.day),
        "a": lambda day: _DAYS[3 * day.weekday() : 3 * day.weekday() + 3],
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


DATES: Final[Functions] = MappingProxyType(
    {
        "date": Function(1, 1, _date),
        "decimal-date-time": Function(1, 1, _decimal_date_time),
        "format-date": Function(2, 2, _format_date),
        "format-date-time": Function(2, 2, _format_date_time),
    }
)
