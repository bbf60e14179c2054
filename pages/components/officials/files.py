"""The register as files: all of it out, a template out, and back when it is filled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import streamlit as st

from pages.components.downloads import XLSX, download_pair
from pages.components.table import TableColumn
from pages.components.upload import Preview, draw_upload

Tell = Callable[[int, int], None]
View = Literal["list", "files"]
_VIEWS: Final[Mapping[View, str]] = {"list": "รายชื่อ", "files": "Excel"}
_CHANGES: Final = (
    TableColumn("person", "ชื่อ", role="title"),
    TableColumn("act", "จะ"),
    TableColumn("authority", "อปท."),
    TableColumn("detail", "รายละเอียด"),
    TableColumn("row", "แถวที่", "number", role="wide_only"),
)


@dataclass(frozen=True)
class Files:
    """What goes out and comes in, by who is in at the click; names are without an ending."""

    csv: Callable[[], bytes]
    xlsx: Callable[[], bytes]
    name: str
    template: Callable[[], bytes]
    template_name: str
    preview: Callable[[bytes, str], Preview]
    take: Callable[[bytes, str, Tell], Mapping[str, int]]
    marked: Callable[[bytes, str], bytes]


def choose_view() -> View:
    """The list, or files; key `officials.view`."""
    chosen: View | None = st.segmented_control(
        "มุมมอง",
        list(_VIEWS),
        default="list",
        required=True,
        key="officials.view",
        format_func=_VIEWS.__getitem__,
        label_visibility="collapsed",
    )
    return chosen or "list"


def draw_files(files: Files, *, may_write: bool) -> None:
    """Keys `officials.csv`, `officials.xlsx`, `officials.template`, `officials.upload`."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.markdown(
            "**ทะเบียนทั้งหมดของพื้นที่** รวมผู้ที่พ้นแล้ว พร้อมพจนานุกรมข้อมูล เลข 13 หลักปิดบังไว้", width="stretch"
        )
        download_pair("officials", csv=files.csv, xlsx=files.xlsx, name=files.name)
    if not may_write:
        return
    st.markdown("**1. ดาวน์โหลดแม่แบบ** ซึ่งมีผู้ดำรงตำแหน่งปัจจุบันและแถวว่าง กรอกใน Excel แล้วบันทึก")
    st.download_button(
        "ดาวน์โหลดแม่แบบ Excel",
        files.template,
        file_name=f"{files.template_name}.xlsx",
        mime=XLSX,
        key="officials.template",
        icon=":material/download:",
        on_click="ignore",
    )
    st.markdown("**2. นำไฟล์ที่กรอกแล้วกลับมา** ระบบตรวจทุกแถวและให้ดูก่อน ถ้ามีที่ผิดจะไม่นำเข้าเลย")
    draw_upload(
        "officials.import",
        "แม่แบบที่กรอกแล้ว (.xlsx หรือ .csv)",
        _CHANGES,
        preview=files.preview,
        take=lambda content, name: _taken(files, content, name),
        file_key="officials.upload",
        marked=files.marked,
    )


def _taken(files: Files, content: bytes, name: str) -> int:
    """Bring the file in and show how far it is: thousands of rows take some seconds."""
    bar = st.progress(0.0, "กำลังตรวจและบันทึก")

    def tell(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), f"กำลังตรวจและบันทึก {done:,} จาก {total:,}")

    return sum(files.take(content, name, tell).values())
