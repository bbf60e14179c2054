"""An authority that is no more: why what is shown can only be read, and who follows it."""

from typing import Any, TypeAlias

import streamlit as st

from data_layer.rules.offices import closed_words
from pages.components.address import write_param
from pages.components.messages import escape

Closed: TypeAlias = Any  # services.closing.Closed: components know no service


def draw_closed(closed: Closed, so: str) -> None:
    """Since when, what follows from it, and the way to the authority that took its place."""
    why = "เพราะเปลี่ยนฐานะหรือรวมกับ อปท. อื่น" if closed.code else "เพราะยุบเลิก"
    heir = f" อปท. ที่รับช่วงต่อคือ {escape(closed.name)} ({closed.code})" if closed.code else ""
    st.warning(f"อปท. นี้{closed_words(closed.on)} {why} {so}{heir}")
    if closed.code and st.button(
        "เปิดของ อปท. ที่รับช่วงต่อ", key="closed.successor", icon=":material/arrow_forward:"
    ):
        write_param("authority", closed.code)
        write_param("tenure", "")
        st.rerun()
