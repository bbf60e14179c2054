"""DLA-SSO's own list: its columns on screen, and the day it was taken from there."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data_layer.clock import today
from pages.components.table import TableColumn
from pages.components.thai_date import thai_date_input

LISTING_COLUMNS = (
    TableColumn("code", "รหัสหน่วยงาน", "code"),
    TableColumn("name", "สถอ.", role="title"),
    TableColumn("before", "เดิม"),
    TableColumn("after", "ใหม่"),
)


def draw_listing_day(columns: Sequence[str], *, earliest: date) -> date:
    """What the file must hold, and the day of the list; today until another one is chosen."""
    st.markdown(f"ไฟล์ต้องมีหัวตาราง: {' · '.join(columns)}")
    chosen = thai_date_input(
        "วันที่ดึงรายชื่อจาก DLA-SSO",
        key="sso.listed_on",
        earliest=earliest,
        latest=today(),
        value=today(),
    )
    return chosen or today()
