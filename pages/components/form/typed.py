"""What a person typed, between the browser and the record.

A widget only notes that it changed; the run that follows, with the rights of that moment, takes
the changes (`take_changes`) before anything is drawn. What was refused stays where it was typed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, NamedTuple

import streamlit as st

from data_layer import forms
from data_layer.errors import DomainError
from data_layer.forms import Field, Kind, NoData
from pages.components.thai_date import problem_with

Input = Literal["text", "date", "choice", "choices", "tick", "place", "file"]
Save = Callable[[str, str | NoData, object], None]
Attach = Callable[[str, bytes, str, object], None]  # path, content, name, what was seen

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
# the widgets of an input that are more than one
PARTS: Final[Mapping[Input, tuple[str, ...]]] = {
    "date": (".day", ".month", ".year"),
    "place": (".lat", ".lon"),
    "file": (NO_DATA,),  # not what it is chosen with, which nobody may fill
}
_UPLOAD, _FILE = ".upload", "#file"
FIRST, LAST = date(1957, 1, 1), date(2056, 12, 31)  # พ.ศ. 2500 to 2599
_OF, _SEEN, _CHANGED, _REFUSED = "entry.of", "entry.seen", "entry.changed", "entry.refused"


class Upload(NamedTuple):
    """A file that was chosen."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Refused:
    """What was typed into a field and not taken; `theirs` when somebody else was first."""

    given: str | NoData | Upload
    message: str
    theirs: object = None
    is_taken: bool = False


def input_of(field: Field) -> Input:
    """Which widgets a field has."""
    return INPUTS.get(field.kind, "text")


def turn_to(record: object, form: str) -> None:
    """This record is shown now; what belonged to another one is forgotten."""
    if st.session_state.get(_OF) == record:
        return
    for key in [key for key in st.session_state if str(key).startswith(f"{form}.")]:
        del st.session_state[key]
    st.session_state[_OF] = record
    st.session_state[_SEEN], st.session_state[_CHANGED], st.session_state[_REFUSED] = {}, [], {}


def note_change(path: str, key: str, kind: Input) -> None:
    """The callback of every widget of a field."""
    st.session_state[_CHANGED].append((path, key, kind))


def note_reason(path: str, key: str) -> None:
    """The callback of the reason for an unusual answer."""
    st.session_state[_CHANGED].append((path, key, REASON))


def note_upload(path: str, key: str) -> None:
    """The callback of what a file is chosen with."""
    st.session_state[_CHANGED].append((path, key, _UPLOAD))


def saw_file(path: str, stands: object) -> None:
    """What the person has before the eyes: the uid of the file, or another answer."""
    st.session_state[_SEEN][path + _FILE] = stands


def take_changes(
    save: Save, save_reason: Callable[[str, str], None], attach: Attach | None = None
) -> None:
    """Keep what was changed since the last run; refusals wait beside their fields."""
    waiting = dict.fromkeys(st.session_state[_CHANGED])
    st.session_state[_CHANGED] = []
    for path, key, kind in waiting:
        if kind == REASON:
            _keep(path, st.session_state.get(key) or "", save_reason)
        elif kind == _UPLOAD:
            _take_upload(path, st.session_state.get(key), attach)
        elif (given := _given(key, kind)) is not None:
            _keep(path, given, lambda path, given: save(path, given, seen(path)))


def _take_upload(path: str, file: Any, attach: Attach | None) -> None:  # noqa: ANN401 - Streamlit's own
    if file is None:  # taken out of the widget again
        st.session_state[_REFUSED].pop(path, None)
    elif attach is not None:
        _attach(path, Upload(file.name, file.getvalue()), attach, seen(path + _FILE))


def _attach(path: str, given: Upload, attach: Attach, stands: object) -> None:
    _keep(path, given, lambda path, given: attach(path, given.content, given.name, stands))


def overwrite(path: str, save: Save, attach: Attach | None = None) -> None:
    """The person saw the other one's value and wants the own one to stand."""
    refused = refused_at(path)
    if refused is None:
        return
    if not isinstance(refused.given, Upload):
        _keep(path, refused.given, lambda path, given: save(path, given, refused.theirs))
    elif attach is not None:
        _attach(path, refused.given, attach, refused.theirs)


def give_way(path: str) -> None:
    """The person takes the other one's value."""
    st.session_state[_REFUSED].pop(path, None)
    st.session_state[_SEEN].pop(path, None)


def seen(path: str) -> object:
    """The plain value that the widget was filled with."""
    return st.session_state[_SEEN].get(path)


def refused_at(path: str) -> Refused | None:
    """What was typed there and not taken."""
    found: Refused | None = st.session_state[_REFUSED].get(path)
    return found


def _keep(path: str, given: str | NoData | Upload, act: Callable[[str, Any], None]) -> None:
    try:
        act(path, given)
    except DomainError as refusal:
        theirs = getattr(refusal, "theirs", None)
        is_taken = hasattr(refusal, "theirs")
        if isinstance(given, Upload) and not is_taken:
            given = given._replace(content=b"")  # no use for it any more
        st.session_state[_REFUSED][path] = Refused(given, str(refusal), theirs, is_taken)
    else:
        st.session_state[_REFUSED].pop(path, None)
        st.session_state[_SEEN].pop(path, None)


def _given(key: str, kind: Input) -> str | NoData | None:
    """What stands in the widgets of a field, as it is typed; None while it is not complete."""
    if st.session_state.get(key + NO_DATA):
        reason = st.session_state.get(key + WHY) or ""
        return NoData(reason) if reason.strip() else None
    parts: list[Any] = [st.session_state.get(key + part) for part in PARTS.get(kind, ("",))]
    match kind:
        case "date":
            return _day(parts)
        case "place":
            return "" if not any(parts) else " ".join(parts) if all(parts) else None
        case "choices":
            return " ".join(parts[0] or ())
        case "tick":
            return "OK" if parts[0] else ""
    return parts[0] or ""


def _day(parts: list[Any]) -> str | None:
    if parts == [None, None, None]:
        return ""
    day, month, year = parts
    # what is wrong with a date is said below its selects
    if None in parts or problem_with(day, month, year, FIRST, LAST):
        return None
    return date(year, month, day).isoformat()


def settle(field: Field, path: str, key: str, answer: object) -> None:
    """Fill the widgets of a field from the record, unless the person's own text stands there."""
    refused = refused_at(path)
    if refused is not None:
        if not _stands(field, key):
            _write(field, key, refused.given)
        return
    plain = forms.plain_answer(answer)
    known = st.session_state[_SEEN]
    if path in known and known[path] == plain and _stands(field, key):
        return
    known[path] = plain
    st.session_state[key + NO_DATA] = isinstance(answer, NoData)
    st.session_state[key + WHY] = answer.reason if isinstance(answer, NoData) else ""
    _fill(field, key, None if isinstance(answer, NoData) else answer)


def _stands(field: Field, key: str) -> bool:
    """Whether the widgets hold something: Streamlit forgets those of a group that was not drawn."""
    if st.session_state.get(key + NO_DATA):
        return True
    names: Iterable[str] = PARTS.get(input_of(field), ("",))
    return all(key + part in st.session_state for part in names)


def _write(field: Field, key: str, given: str | NoData | Upload) -> None:
    st.session_state[key + NO_DATA] = isinstance(given, NoData)
    st.session_state[key + WHY] = given.reason if isinstance(given, NoData) else ""
    if input_of(field) == "text" and isinstance(given, str):
        st.session_state[key] = given
        return
    _fill(field, key, None)


def _fill(field: Field, key: str, answer: Any) -> None:  # noqa: ANN401 - an Answer
    match input_of(field):
        case "date":
            parts = (answer.day, answer.month, answer.year) if answer else (None,) * 3
            for part, value in zip(PARTS["date"], parts, strict=True):
                st.session_state[key + part] = value
        case "place":
            latitude, _, longitude = (answer or "").partition(" ")
            st.session_state[key + ".lat"], st.session_state[key + ".lon"] = latitude, longitude
        case "choices":
            st.session_state[key] = list(answer or ())
        case "tick":
            st.session_state[key] = bool(answer)
        case "choice":
            st.session_state[key] = answer or None
        case "file":
            pass
        case _:
            st.session_state[key] = "" if answer is None else shown_text(field, answer)


def shown_text(field: Field, answer: object) -> str:
    """An answer in words, as people read and type it."""
    if isinstance(answer, NoData):
        return f"ไม่มีข้อมูล เพราะ {answer.reason}"
    return forms.shown(field, forms.kept_text(answer))
