"""Doing something: its refusal or its success, told once, where the person looks."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from data_layer.errors import DomainError
from pages.components.messages import escape, show_refusal

_DONE, _SECRET, _TIMES = "acts.done", "acts.secret", "acts.times"


@contextmanager
def acting() -> Iterator[None]:
    """Do an act; a refusal becomes its sentence here and the page goes on."""
    try:
        yield
    except DomainError as refusal:
        show_refusal(refusal)


def done(text: str) -> None:
    """The act succeeded: say so on the fresh page."""
    st.session_state[_DONE] = text
    st.rerun()


def done_with_secret(text: str, secret: str) -> None:
    """The act made something that is shown only now; it stays until it was noted down."""
    st.session_state[_SECRET] = (text, secret)
    st.rerun()


def begin_anew(form: str) -> None:
    """What was typed into a form has been taken: next it is drawn under another name."""
    times = st.session_state.setdefault(_TIMES, {})
    times[form] = times.get(form, 0) + 1


def name_of(form: str) -> str:
    """What the keys of a form begin with now: for by its key the browser keeps what was typed."""
    times = st.session_state.get(_TIMES, {}).get(form)
    return f"{form}.again{times}" if times else form


def draw_outcome() -> None:
    """The outcome of the act before this run, at the top of the page."""
    if (text := st.session_state.pop(_DONE, None)) is not None:
        st.success(escape(text), icon=":material/check_circle:")
    if (note := st.session_state.get(_SECRET)) is not None:
        with st.container(border=True, key="acts-secret"):
            st.markdown(f"**{escape(note[0])}**  \nจดหรือส่งให้เจ้าตัวตอนนี้ ระบบจะไม่แสดงอีก")
            st.code(note[1], language=None)
            st.button("จดแล้ว ปิดข้อความนี้", key="acts.noted", on_click=_forget_secret)


def _forget_secret() -> None:
    st.session_state.pop(_SECRET, None)


def show_error_number(number: str) -> None:
    """Something unexpected: a number to report, never a traceback."""
    st.error(
        f"เกิดข้อผิดพลาดที่ไม่คาดคิด รหัส **{number}** รายการล่าสุดอาจยังไม่ถูกบันทึก "
        "โปรดโหลดหน้านี้ใหม่ หากยังเกิดอีก โปรดแจ้งผู้ดูแลระบบพร้อมรหัสนี้",
        icon=":material/report:",
    )
