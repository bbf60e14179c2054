"""A form before it is used: as it will look, to be typed into; nothing of it is kept."""

from datetime import datetime
from typing import Final

import streamlit as st

from data_layer import forms
from data_layer.forms import Form, NoData
from pages.components.form.attached import Files
from pages.components.form.fields import Drawing
from pages.components.form.items import draw_items, inside, shown_groups
from pages.components.form.rows import RowActs, title_of
from pages.components.form.steps import draw_steps
from pages.components.form.typed import take_changes, turn_to
from pages.components.messages import escape

FORM: Final = "trial"
_ANSWERS, _REASONS, _STEPS = "round.trial.answers", "round.trial.reasons", "round.trial.steps"
# a made-up อบต., for forms that ask what the register says
_OFFICE: Final = {"code": "06999901", "name": "อบต.ตัวอย่าง", "kind": "tao"} | {
    "population": 6000,
    "villages": 12,
    "seats": 12,
}


def draw_trial(form: Form, now: datetime) -> None:
    """The form with its rules at work, for a made-up authority. Keys `trial.<field>`."""
    _begin(form, now)
    take_changes(lambda path, given, *_: _save(form, path, given, now), _save_reason)
    answers = st.session_state[_ANSWERS]
    found = forms.evaluate(form, answers, now=now, facts=_OFFICE)
    groups = list(shown_groups(form, found))
    with st.container(border=True, key="round.trial.panel"):
        st.caption("หน้าตาแบบเมื่อใช้จริง ลองพิมพ์เพื่อดูกฎและช่องที่ซ่อนไว้ได้ ไม่มีการบันทึกใด ๆ")
        group = draw_steps(_STEPS, groups, {})
        st.subheader(escape(title_of(group)), anchor=False)
        reasons = st.session_state[_REASONS]
        drawing = Drawing(FORM, answers, found, reasons, {}, lambda *_: None, Files())
        draw_items(drawing, inside(group), _row_acts(form, now))


def _begin(form: Form, now: datetime) -> None:
    """An untouched form, when another one was looked at before."""
    of = (FORM, forms.source_of(form))
    is_same = st.session_state.get("round.trial.of") == of
    turn_to(of, FORM)
    if not is_same or _ANSWERS not in st.session_state:
        st.session_state["round.trial.of"] = of
        st.session_state[_ANSWERS] = forms.begin(form, now=now, facts=_OFFICE)
        st.session_state[_REASONS] = {}


def _save(form: Form, path: str, given: str | NoData, now: datetime) -> object:
    field = forms.field_at(form, path)
    value = given if isinstance(given, NoData) else forms.parse_value(field, given)
    _put(form, path, value, now)
    return forms.plain_answer(value)


def _save_reason(path: str, reason: str, _: int) -> None:
    st.session_state[_REASONS] = {**st.session_state[_REASONS], path: reason}


def _row_acts(form: Form, now: datetime) -> RowActs:
    def add(table: str, _: int) -> None:
        answers = st.session_state[_ANSWERS]
        row = forms.begin_row(form, table, answers, now=now, facts=_OFFICE)
        _put(form, table, [*forms.rows_of(form, answers, table), row], now)

    def remove(table: str, number: int, *_: object) -> None:
        rows = forms.rows_of(form, st.session_state[_ANSWERS], table)
        _put(form, table, rows[: number - 1] + rows[number:], now)
        reasons = st.session_state[_REASONS]
        st.session_state[_REASONS] = forms.without_row(reasons, table, number)

    return RowActs(add, remove)


def _put(form: Form, path: str, value: object, now: datetime) -> None:
    answers = forms.with_answer(st.session_state[_ANSWERS], path, value)
    st.session_state[_ANSWERS] = forms.with_rows(form, answers, now=now, facts=_OFFICE)
