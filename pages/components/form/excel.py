"""The Excel way: the template of the district out, and back when it is filled."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from pages.components.downloads import XLSX
from pages.components.table import TableColumn
from pages.components.upload import Preview, draw_upload

_CHANGES: Final = (
    TableColumn("name", "อปท.", role="title"),
    TableColumn("field", "ช่อง"),
    TableColumn("old", "เดิม"),
    TableColumn("new", "ใหม่"),
)


def draw_excel(
    template: Callable[[], bytes],
    name: str,
    *,
    preview: Callable[[bytes, str], Preview],
    take: Callable[[bytes, str], int],
    marked: Callable[[bytes, str], bytes],
) -> None:
    """Both ways; keys `entry.template`, and `entry.upload` for the filled file."""
    st.markdown("**1. ดาวน์โหลดแม่แบบ** ซึ่งมีรายชื่อ อปท. และค่าที่กรอกไว้แล้ว กรอกใน Excel แล้วบันทึก")
    st.download_button(
        "ดาวน์โหลดแม่แบบ Excel",
        template,
        file_name=f"{name}.xlsx",
        mime=XLSX,
        key="entry.template",
        icon=":material/download:",
        on_click="ignore",
    )
    st.markdown("**2. นำไฟล์ที่กรอกแล้วกลับมา** ระบบตรวจทุกช่องและให้ดูก่อน ถ้ามีที่ผิดจะไม่นำเข้าเลย")
    draw_upload(
        "entry.upload",
        "แม่แบบที่กรอกแล้ว (.xlsx)",
        _CHANGES,
        preview=preview,
        take=take,
        types=("xlsx",),
        file_key="entry.upload",
        marked=marked,
    )
