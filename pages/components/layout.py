"""How every page begins: the house style once, then title, purpose and 'as of'."""

from datetime import date, datetime
from pathlib import Path
from typing import Final

import streamlit as st

from data_layer.thai import thai_date, thai_datetime
from pages.components.messages import escape

# A constant of ours: nothing that a person wrote ever goes into it.
_STYLE: Final = (Path(__file__).parent / "layout.css").read_text(encoding="utf-8")


def page_header(title: str, purpose: str, as_of: datetime | date | None = None) -> None:
    """Title, one line that says what the page is for, and how fresh its figures are."""
    st.html(f"<style>{_STYLE}</style>")
    with st.container(key="page-header", horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(gap=None):
            st.title(escape(title), anchor=False)
            st.caption(escape(purpose))
        if as_of is not None:
            st.caption(f"ข้อมูล ณ {as_of_words(as_of)}", width="content", text_alignment="right")


def as_of_words(as_of: datetime | date) -> str:
    """'วันที่ 23 พ.ย. 2569 10:42 น.', or the day alone."""
    # a datetime is a date to Python, so it is asked for first
    return f"วันที่ {thai_datetime(as_of) if isinstance(as_of, datetime) else thai_date(as_of)}"
