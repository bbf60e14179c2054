"""How every page begins: title, purpose and 'as of'. Few elements, for each costs every run."""

from datetime import date, datetime
from html import escape as escape_html

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_layer.thai import thai_date, thai_datetime


def title_row() -> DeltaGenerator:
    """The row of the title; filters drawn there come after it."""
    return st.container(
        key="header-row", horizontal=True, vertical_alignment="bottom", gap="medium"
    )


def header_row() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The same for a page whose title waits for its filters: the title's place, and the row."""
    row = title_row()
    return row.container(gap="xxsmall"), row


def page_header(
    title: str, purpose: str, as_of: datetime | date | None = None, *, numbers: str = ""
) -> None:
    """Title, one line that says what the page is for, and how fresh its figures are.

    `numbers` (HTML of figures.py) stand below title and filters, over the whole width.
    """
    # a day is read in one piece, never '27' on one line and 'พ.ย. 2569' on the next
    fresh = f" · <time>ข้อมูล ณ {as_of_words(as_of)}</time>" if as_of is not None else ""
    st.html(
        f'<header class="phrom-title"><h1>{escape_html(title)}</h1>'
        f"<p>{escape_html(purpose)}{fresh}</p></header>{numbers}"
    )


def as_of_words(as_of: datetime | date) -> str:
    """'วันที่ 23 พ.ย. 2569 10:42 น.', or the day alone."""
    # a datetime is a date to Python, so it is asked for first
    return f"วันที่ {thai_datetime(as_of) if isinstance(as_of, datetime) else thai_date(as_of)}"
