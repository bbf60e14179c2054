"""A file comes in: choose, look at what it would change, then take it over or not."""

from collections.abc import Callable, Sequence
from typing import Protocol

import pandas as pd
import streamlit as st

from pages.components.acts import acting, done
from pages.components.table import TableColumn, draw_table, slice_of


class Preview(Protocol):
    """What a file would change: `changes` and `problems` are frames, `unchanged` a count."""

    @property
    def changes(self) -> pd.DataFrame: ...
    @property
    def problems(self) -> pd.DataFrame: ...
    @property
    def unchanged(self) -> int: ...
    @property
    def is_ready(self) -> bool: ...


def draw_upload(
    key: str,
    label: str,
    columns: Sequence[TableColumn],
    *,
    preview: Callable[[bytes, str], Preview],
    take: Callable[[bytes, str], int],
    types: Sequence[str] = ("csv", "xlsx"),
    file_key: str = "",
    marked: Callable[[bytes, str], bytes] | None = None,
) -> None:
    """The upload of a list; nothing is written before the button below the preview.

    `marked` gives the same file with what is wrong in it, when something is.
    """
    file = st.file_uploader(label, type=list(types), key=file_key or f"{key}.file")
    if file is None:
        return
    found = None
    with acting(), st.spinner("กำลังอ่านไฟล์และเทียบกับข้อมูลในระบบ"):
        found = preview(file.getvalue(), file.name)
    if found is None:  # refused, and said so
        return
    _draw_preview(key, columns, found)
    if not found.is_ready and marked is not None:
        with acting():
            st.download_button(
                "ดาวน์โหลดไฟล์เดิมที่ทำเครื่องหมายจุดผิดไว้",
                marked(file.getvalue(), file.name),
                file_name=f"แก้ไข_{file.name}",
                key=f"{key}.marked",
                icon=":material/download:",
                on_click="ignore",
            )
    if not found.is_ready or found.changes.empty:
        return
    if st.button(f"นำเข้า {len(found.changes):,} รายการ", key=f"{key}.take", type="primary"):
        with acting(), st.spinner("กำลังนำเข้า"):
            count = take(file.getvalue(), file.name)
            done(f"นำเข้าแล้ว เปลี่ยนแปลง {count:,} รายการ จากไฟล์ {file.name}")


def _draw_preview(key: str, columns: Sequence[TableColumn], found: Preview) -> None:
    if not found.is_ready:
        st.error(
            f"มี {len(found.problems):,} จุดที่ต้องแก้ในไฟล์ก่อน ยังไม่มีการนำเข้าใด ๆ",
            icon=":material/error:",
        )
        _draw_frame(
            f"{key}.problems",
            (
                TableColumn("row", "แถวที่", "number"),
                TableColumn("column", "คอลัมน์"),
                TableColumn("problem", "สิ่งที่ต้องแก้", role="title"),
            ),
            found.problems,
        )
    elif found.changes.empty:
        st.info(f"ไฟล์นี้ตรงกับข้อมูลในระบบอยู่แล้ว ({found.unchanged:,} แถว) ไม่มีอะไรต้องนำเข้า")
    else:
        st.markdown(f"จะเปลี่ยน **{len(found.changes):,}** รายการ · ไม่เปลี่ยน {found.unchanged:,} แถว")
        _draw_frame(f"{key}.changes", columns, found.changes)


def _draw_frame(key: str, columns: Sequence[TableColumn], frame: pd.DataFrame) -> None:
    shown = slice_of(key, total=len(frame), size=10)
    page = frame.iloc[shown.offset : shown.offset + shown.size]
    draw_table(key, columns, page, shown, caption="ตัวอย่างก่อนนำเข้า", empty="ไม่มีรายการ")
