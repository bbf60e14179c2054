"""One field of a form: its widget by its kind, what is wrong with it, what it may say instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import streamlit as st

from data_layer.forms import Evaluation, Field, Kind, NoData
from data_layer.forms.entry import MAX_TEXT
from pages.components.choice import draw_choice, draw_choices
from pages.components.form.attached import Files, draw_attached
from pages.components.form.inputs import (
    FIRST,
    LAST,
    NO_DATA,
    REASON,
    WHY,
    has_no_data,
    input_of,
    shown_text,
)
from pages.components.form.typed import (
    Refused,
    Save,
    Upload,
    give_way,
    note_drawn,
    note_reason,
    overwrite,
    refused_at,
    settle,
    settle_reason,
)
from pages.components.form.uploads import overwrite_file
from pages.components.messages import escape
from pages.components.thai_date import thai_date_input

FEW: Final = 7  # choices that can be seen at once
NUMBERS: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})


@dataclass(frozen=True)
class Drawing:
    """What every field needs to be drawn: the record's answers and what the rules say of them."""

    form_id: str
    answers: Mapping[str, Any]
    evaluation: Evaluation
    reasons: Mapping[str, str]
    returned: Mapping[str, str]
    save: Save
    files: Files
    moment: int = 0  # of the record's history
    is_narrow: bool = False  # in a column of a table, whose name stands above it


def draw_field(drawing: Drawing, field: Field, path: str, answer: object) -> None:
    """The field with everything that is to be said about it."""
    label = escape(drawing.evaluation.say(field.label, path) or field.name)
    if field.kind is Kind.NOTE:
        st.markdown(label)
        return
    if field.calculation is not None or drawing.evaluation.readonly.get(path):
        _draw_given(drawing, field, path, label, answer)
        return
    key = f"{drawing.form_id}.{path}"
    settle(field, path, key, answer)
    is_needed = path in drawing.evaluation.needed
    with st.container(gap="xxsmall", key=f"{key}.field"):
        _draw_input(drawing, field, path, key, f"{label} *" if is_needed else label, answer)
        if field.allows_no_data and (answer is None or isinstance(answer, NoData)):
            st.checkbox("ไม่มีข้อมูล", key=key + NO_DATA)
        note_drawn(field, path, key, answer, drawing.moment)
        if hint := drawing.evaluation.say(field.hint, path):
            st.caption(escape(hint))
        if not drawing.is_narrow:
            draw_problems(drawing, path)


def _draw_given(drawing: Drawing, field: Field, path: str, label: str, answer: object) -> None:
    """What nobody types: from the register, or calculated."""
    if field.kind is Kind.CALCULATE and not str(field.label):
        return
    value = drawing.evaluation.calculated.get(path) if field.calculation else answer
    words = shown_text(field, value) if value is not None else "–"
    hint = drawing.evaluation.say(field.hint, path)
    more = f"  \n:gray[{escape(hint)}]" if hint and not drawing.is_narrow else ""
    name = f"*{label}:*" if drawing.is_narrow else f"{label}:"
    st.markdown(f"{name} **{escape(words)}**{more}")


def _draw_input(
    drawing: Drawing, field: Field, path: str, key: str, label: str, answer: object
) -> None:
    if has_no_data(key):
        # the widgets of the figure are away while there is none
        st.text_input(
            f"{label}: ไม่มีข้อมูล เพราะ",
            key=key + WHY,
            max_chars=500,
            placeholder="โปรดบอกเหตุผล",
        )
        return
    match input_of(field):
        case "file":
            draw_attached(drawing.files, field, path, key, label, answer)
        case "date":
            thai_date_input(label, key=key, earliest=FIRST, latest=LAST)
        case "choice":
            few = 0 if drawing.is_narrow else FEW
            names = _offered(drawing, field, path)
            draw_choice(label, names, key=key, words=field.labels.__getitem__, few=few)
        case "choices":
            few = 0 if drawing.is_narrow else FEW
            _draw_choices(_offered(drawing, field, path), field, key, label, few)
        case "tick":
            st.checkbox(label, key=key)
        case "place":
            st.markdown(label)
            first, second = st.columns(2)
            first.text_input("ละติจูด", key=f"{key}.lat", placeholder="16.9414")
            second.text_input("ลองจิจูด", key=f"{key}.lon", placeholder="104.7276")
        case _:
            _draw_text(field, key, label)


def _draw_text(field: Field, key: str, label: str) -> None:
    if "multiline" in field.appearance:
        st.text_area(label, key=key, max_chars=MAX_TEXT, height=90)
        return
    width: int | Literal["stretch"] = 220 if field.kind in NUMBERS else "stretch"
    st.text_input(label, key=key, max_chars=MAX_TEXT, width=width, autocomplete="off")


def _offered(drawing: Drawing, field: Field, path: str) -> list[str]:
    offered = drawing.evaluation.offered.get(path)
    return [name for name in field.labels if offered is None or name in offered]


def _draw_choices(names: list[str], field: Field, key: str, label: str, few: int) -> None:
    chosen = st.session_state.get(key) or []
    if gone := set(chosen).difference(names):
        st.session_state[key] = [name for name in chosen if name not in gone]
    if len(names) <= few:
        words = field.labels.__getitem__
        st.pills(label, names, key=key, selection_mode="multi", format_func=words)
        return
    draw_choices(label, names, key=key, words=field.labels.__getitem__)


def draw_problems(drawing: Drawing, path: str, name: str = "") -> None:
    """What is to be mended in a field, with its `name` where it does not stand right above."""
    key, of = f"{drawing.form_id}.{path}", f"{escape(name)}: " if name else ""
    if path in drawing.returned:
        st.markdown(f":red[:material/undo: {of}จังหวัดให้แก้: {escape(drawing.returned[path])}]")
    refused = refused_at(path)
    if refused is not None:
        st.markdown(f":red[:material/error: {of}{escape(refused.message)}]")
        _draw_choice_of_values(drawing, path, key, refused)
    elif path in drawing.evaluation.broken:
        st.markdown(f":red[:material/error: {of}{escape(drawing.evaluation.broken[path])}]")
    elif path in drawing.evaluation.warned:
        st.markdown(f":orange[:material/warning: {of}{escape(drawing.evaluation.warned[path])}]")
        _draw_reason(drawing, path, key)


def _draw_choice_of_values(drawing: Drawing, path: str, key: str, refused: Refused) -> None:
    """Somebody else was first: whose value stands."""
    if not refused.is_taken:
        return
    what = "ไฟล์" if isinstance(refused.given, Upload) else "ค่า"
    with st.container(horizontal=True):
        if st.button(f"ใช้{what}ของฉัน", key=f"{key}.mine"):
            _overwrite(drawing, path, refused)
            st.rerun()
        if st.button(f"ใช้{what}ที่บันทึกไว้", key=f"{key}.theirs"):
            give_way(path)
            st.rerun()


def _overwrite(drawing: Drawing, path: str, refused: Refused) -> None:
    if not isinstance(refused.given, Upload):
        overwrite(path, drawing.save)
    elif drawing.files.acts is not None:
        overwrite_file(path, drawing.files.acts.attach)


def _draw_reason(drawing: Drawing, path: str, key: str) -> None:
    """A rule that should hold does not: the answer may stand with a reason."""
    kept = drawing.reasons.get(path, "")
    settle_reason(path, key + REASON, kept)
    st.text_input("เหตุผลที่ค่านี้ถูกต้อง", key=key + REASON, max_chars=500)
    note_reason(path, key + REASON, kept)
