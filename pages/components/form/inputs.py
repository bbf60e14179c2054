"""The widgets of one field of a form: which they are, what stands in them, filling them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

import streamlit as st

from data_layer import forms
from data_layer.forms import Field, Kind, NoData
from pages.components.thai_date import problem_with

Input = Literal["text", "date", "choice", "choices", "tick", "place", "file"]
Given = str | NoData

INPUTS: Final[Mapping[Kind, Input]] = {
    Kind.DATE: "date",
    Kind.SELECT_ONE: "choice",
    Kind.SELECT_MULTIPLE: "choices",
    Kind.ACKNOWLEDGE: "tick",
    Kind.GEOPOINT: "place",
    Kind.FILE: "file",
    Kind.IMAGE: "file",
}
NO_DATA, WHY, REASON = ".no_data", ".why", ".reason"
# the widgets of an input that are more than one, or are not typed into
PARTS: Final[Mapping[Input, tuple[str, ...]]] = {
    "date": (".day", ".month", ".year"),
    "place": (".lat", ".lon"),
    "file": (NO_DATA,),  # a file is chosen, which is uploads.py's
}
FIRST, LAST = date(1957, 1, 1), date(2056, 12, 31)  # พ.ศ. 2500 to 2599


def input_of(field: Field) -> Input:
    """Which widgets a field has."""
    return INPUTS.get(field.kind, "text")


def parts_of(field: Field, key: str) -> list[str]:
    """The keys of the widgets of a field."""
    return [key + part for part in PARTS.get(input_of(field), ("",))]


def has_no_data(key: str) -> bool:
    """Whether "no data" is ticked: then the reason stands instead of the field's own widgets."""
    return bool(st.session_state.get(key + NO_DATA))


def stands(field: Field, key: str) -> bool:
    """Whether the widgets hold something: Streamlit forgets those of a group that was not drawn."""
    return has_no_data(key) or all(part in st.session_state for part in parts_of(field, key))


def given_in(field: Field, key: str) -> Given | None:
    """What stands in the widgets of a field, as it is typed; None while it is not complete."""
    if has_no_data(key):
        reason = st.session_state.get(key + WHY) or ""
        return NoData(reason) if reason.strip() else None
    parts: list[Any] = [st.session_state.get(part) for part in parts_of(field, key)]
    match input_of(field):
        case "date":
            return _day(parts)
        case "place":
            return "" if not any(parts) else " ".join(parts) if all(parts) else None
        case "choices":
            return " ".join(parts[0] or ())
        case "tick":
            return "OK" if parts[0] else ""
    text: str = parts[0] or ""  # of a file nothing is typed: its part is the empty tick
    return text


def _day(parts: list[Any]) -> str | None:
    if parts == [None, None, None]:
        return ""
    day, month, year = parts
    # what is wrong with a date is said below its selects
    if None in parts or problem_with(day, month, year, FIRST, LAST):
        return None
    return date(year, month, day).isoformat()


def fill(field: Field, key: str, answer: object) -> None:
    """Put an answer into those widgets of a field that are drawn for it, and into no other.

    What is put beside a widget Streamlit finds again when the widget is gone: it would look typed.
    """
    if has_no_data(key) != isinstance(answer, NoData):
        st.session_state[key + NO_DATA] = isinstance(answer, NoData)
    if isinstance(answer, NoData):
        _put(key + WHY, answer.reason)
    else:
        _fill(field, key, answer)


def forget(field: Field, key: str) -> None:
    """Take out what a run put in that was cut off before it drew the widgets."""
    for widget in {key + NO_DATA, key + WHY, *parts_of(field, key)}:
        st.session_state.pop(widget, None)


def fill_as_given(field: Field, key: str, given: Given) -> None:
    """Put back what was typed and not taken; of inputs that are not typed, nothing."""
    fill(field, key, given if isinstance(given, NoData) else None)
    if input_of(field) == "text" and isinstance(given, str):
        _put(key, given)


def _put(key: str, value: object) -> None:
    """Only what differs: what is set again would replace what is typed or clicked meanwhile."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _fill(field: Field, key: str, answer: Any) -> None:  # noqa: ANN401 - an Answer
    match input_of(field):
        case "date":
            parts = (answer.day, answer.month, answer.year) if answer else (None,) * 3
            for part, value in zip(parts_of(field, key), parts, strict=True):
                _put(part, value)
        case "place":
            latitude, _, longitude = (answer or "").partition(" ")
            _put(key + ".lat", latitude)
            _put(key + ".lon", longitude)
        case "choices":
            _put(key, list(answer or ()))
        case "tick":
            _put(key, bool(answer))
        case "choice":
            _put(key, answer or None)
        case "file":
            pass
        case _:
            _put(key, "" if answer is None else shown_text(field, answer))


def given_words(field: Field, given: Given) -> str:
    """What was typed, as people read it: a choice by its label."""
    if isinstance(given, NoData):
        return shown_text(field, given)
    return given if input_of(field) == "text" else forms.shown(field, given)


def shown_text(field: Field, answer: object) -> str:
    """An answer in words, as people read and type it."""
    if isinstance(answer, NoData):
        return f"ไม่มีข้อมูล เพราะ {answer.reason}"
    return forms.shown(field, forms.kept_text(answer))
