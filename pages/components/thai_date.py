"""A date by three selects: วัน, เดือน in Thai and ปี พ.ศ.; st.date_input knows neither."""

import calendar
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

import streamlit as st

from data_layer.thai import thai_date
from data_layer.thai.dates import ERA
from pages.components.messages import escape

MONTHS: Final = tuple(thai_date(date(2000, month, 1)).split()[1] for month in range(1, 13))
WIDTH_PX: Final = 460  # the longest month, and room for a finger
# how each part of a date reads in its select
READS: Final[Mapping[str, Callable[[int], str]]] = {
    "day": str,
    "month": lambda month: MONTHS[month - 1],
    "year": lambda year: str(year + ERA),
}


def thai_date_input(
    label: str,
    *,
    key: str,
    earliest: date,
    latest: date,
    value: date | None = None,
    **options: Any,  # noqa: ANN401 - of the three selects
) -> date | None:
    """The chosen date; None while it is not complete, or is refused in a sentence below it.

    Keys: `{key}.day`, `{key}.month`, `{key}.year` (the year is stored as C.E.).
    """
    day, month, year = _selects(label, key, earliest, latest, value, options)
    if day is None or month is None or year is None:
        if (day, month, year) != (None, None, None):
            with st.container(key=f"{key}.said"):  # in a table too, where hints are left out
                st.caption("โปรดเลือกให้ครบทั้งวัน เดือน และปี")
        return None
    problem = problem_with(day, month, year, earliest, latest)
    if problem:
        st.error(problem, icon=":material/error:")
        return None
    return date(year, month, day)


def problem_with(day: int, month: int, year: int, earliest: date, latest: date) -> str | None:
    """Why these three make no date that can be taken, in a sentence; None when they do."""
    days = calendar.monthrange(year, month)[1]
    if day > days:
        words = f"{MONTHS[month - 1]} {year + ERA}"
        return f"เดือน{words} มี {days} วัน โปรดเลือกวันใหม่"
    if not earliest <= date(year, month, day) <= latest:
        return f"โปรดเลือกวันที่ตั้งแต่ {thai_date(earliest)} ถึง {thai_date(latest)}"
    return None


def _selects(
    label: str,
    key: str,
    earliest: date,
    latest: date,
    value: date | None,
    options: dict[str, Any],
) -> tuple[int | None, int | None, int | None]:
    years = list(range(latest.year, earliest.year - 1, -1))
    start = (value.day, value.month, value.year) if value else (None, None, None)
    with st.container(gap=None, key=f"{key}.date", width=WIDTH_PX):
        st.markdown(escape(label))
        with st.container(horizontal=True, wrap=False, gap="xsmall"):
            return (
                _select(f"{label}: วัน", f"{key}.day", range(1, 32), start[0], options),
                _select(f"{label}: เดือน", f"{key}.month", range(1, 13), start[1], options),
                _select(f"{label}: ปี พ.ศ.", f"{key}.year", years, start[2], options),
            )


def _select(
    label: str, key: str, numbers: Iterable[int], start: int | None, options: dict[str, Any]
) -> int | None:
    # the label is read aloud only; what is seen is the placeholder
    offered = list(numbers)
    # what stands in the session is the choice; a start beside it would be a second one
    index = offered.index(start) if start in offered and key not in st.session_state else None
    chosen: int | None = st.selectbox(
        label,
        offered,
        index=index,
        format_func=READS[key.rpartition(".")[2]],
        placeholder=label.rpartition(": ")[2],
        key=key,
        label_visibility="collapsed",
        **options,
    )
    return chosen
