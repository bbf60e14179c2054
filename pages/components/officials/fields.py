"""The fields of an entry, keys `officials.<field name>`, and what stands in them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

import streamlit as st

from data_layer.clock import today
from data_layer.rules.officials import FIELDS, MAX_LINE, OLDEST, OfficialField
from data_layer.rules.person import PREFIXES
from data_layer.rules.posts import reasons_to_leave, ways_into
from pages.components.choice import draw_choice
from pages.components.thai_date import READS, thai_date_input

PREFIX: Final = "officials"
BY_NAME: Final = {field.name: field for field in FIELDS}
# What is typed stays while its form is open: also in a field that the post does not ask for now,
# and on a visit to another page. ("page" would come back with empty fields, which could be saved.)
KEPT: Final[Mapping[str, Any]] = {"persist_state": "session"}
DATE_PARTS: Final = tuple(READS)
_STAYS: Final = "เว้นว่างไว้ หากเลขเดิมถูกต้อง"
_FEW: Final = 3  # choices that can be seen at once
_NARROW_PX: Final = 220
_LONG_AGO: Final = timedelta(days=50 * 366)
_BIRTH: Final = timedelta(days=OLDEST * 366)
_UNFINISHED_DAY: Final = "?"  # no date to anybody: the rules say so in their own words
# choices that depend on the post
_OFFERED: Final[Mapping[str, Callable[[Any], Iterable[Any]]]] = {
    "acquisition": ways_into,
    "end_reason": reasons_to_leave,
}
_LABELS: Final[Mapping[str, str]] = {
    "constituency": "เขตเลือกตั้งที่ (อบต. คือหมู่ที่)",
}
_HELP: Final[Mapping[str, str]] = {
    "citizen_id": "พิมพ์ 13 หลัก ใช้เลขไทยหรือมีขีดคั่นได้",
    "phone": "ตัวเลขอย่างเดียว เช่น 0812345678",
    "affiliation": "พรรคหรือกลุ่มที่ลงสมัคร ไม่มีให้เว้นว่าง",
}


def key_of(name: str) -> str:
    """The widget key of a field."""
    return f"{PREFIX}.{name}"


def open_form(token: object, values: Mapping[str, Any], reasons: Mapping[str, str]) -> None:
    """Begin with these values when another form was open; keep what was typed in this one."""
    state = st.session_state
    if state.get(f"{PREFIX}.form") == token:
        return
    for key in [str(key) for key in state if _is_typed(str(key))]:
        del state[key]
    state[f"{PREFIX}.form"] = token
    state.pop(f"{PREFIX}.attempted", None)
    for name, value in values.items():
        put(name, value)
    for rule, reason in reasons.items():
        state[f"{PREFIX}.reason.{rule}"] = reason


def _is_typed(key: str) -> bool:
    _, _, rest = key.partition(f"{PREFIX}.")
    name = rest.partition(".")[0]
    return name in BY_NAME or name in {"reason", "has_left", "strike_reason"}


def put(name: str, value: Any) -> None:  # noqa: ANN401 - by the field's kind
    """Let a field begin with a value."""
    state, key = st.session_state, key_of(name)
    match BY_NAME[name].kind:
        case "day":
            for part in DATE_PARTS:
                state[f"{key}.{part}"] = getattr(value, part) if value else None
        case "choice":
            state[key] = value
        case "flag":
            state[key] = bool(value)
        case _:
            state[key] = "" if value is None else str(value)


def draw_field(
    name: str,
    *,
    is_needed: bool = False,
    is_kept: bool = False,
    **options: Any,  # noqa: ANN401 - of the widget
) -> object:
    """One field; what was typed, as the rules take it.

    `is_kept`: it is empty, for it is sealed, and what is in the register stays unless typed anew.
    """
    field, key = BY_NAME[name], key_of(name)
    is_starred = (is_needed or field.is_needed) and not is_kept
    label = _LABELS.get(name, field.label) + (" *" if is_starred else "")
    options |= {"placeholder": _STAYS} if is_kept else {}
    draw = _WIDGETS.get(name, _WIDGETS_BY_KIND[field.kind])
    return draw(field, key, label, {**KEPT, **options})


def is_filled(name: str, value: object) -> bool:
    """Whether the person is done with a field: what is wrong with it may be said."""
    return value not in {None, "", _UNFINISHED_DAY} and BY_NAME[name].kind != "flag"


def _text(field: OfficialField, key: str, label: str, options: dict[str, Any]) -> str:
    typed: str = st.text_input(
        label,
        key=key,
        max_chars=MAX_LINE,
        help=_HELP.get(field.name) or field.hint or None,
        autocomplete="off",
        **options,
    )
    return typed


def _whole(_field: OfficialField, key: str, label: str, options: dict[str, Any]) -> str:
    typed: str = st.text_input(
        label, key=key, max_chars=12, width=_NARROW_PX, autocomplete="off", **options
    )
    return typed


def _day(field: OfficialField, key: str, label: str, options: dict[str, Any]) -> object:
    back = _BIRTH if field.name == "born_on" else _LONG_AGO
    day = thai_date_input(label, key=key, earliest=today() - back, latest=today(), **options)
    has_begun = any(st.session_state.get(f"{key}.{part}") is not None for part in DATE_PARTS)
    return _UNFINISHED_DAY if day is None and has_begun else day


def _choice(field: OfficialField, key: str, label: str, options: dict[str, Any]) -> object:
    words = field.words or {}
    post = st.session_state.get(key_of("post"))
    offered = list(_OFFERED.get(field.name, lambda _: words)(post))
    return draw_choice(label, offered, key=key, words=words.__getitem__, few=_FEW, **options)


def _flag(_field: OfficialField, key: str, label: str, options: dict[str, Any]) -> bool:
    return st.checkbox(label, key=key, **options)


def _prefix(field: OfficialField, key: str, label: str, options: dict[str, Any]) -> str:
    kept = st.session_state.get(key)
    if kept == "":  # as an empty text begins
        st.session_state[key] = kept = None
    chosen: str | None = st.selectbox(
        label,
        [*PREFIXES, *([kept] if kept and kept not in PREFIXES else [])],
        index=None,
        key=key,
        accept_new_options=True,
        placeholder="เลือกหรือพิมพ์",
        help=field.hint,
        **options,
    )
    return chosen or ""


Widget = Callable[[OfficialField, str, str, dict[str, Any]], object]
_WIDGETS: Final[Mapping[str, Widget]] = {"prefix": _prefix}
_WIDGETS_BY_KIND: Final[Mapping[str, Widget]] = {
    "text": _text,
    "citizen_id": _text,
    "phone": _text,
    "day": _day,
    "choice": _choice,
    "whole": _whole,
    "flag": _flag,
}
