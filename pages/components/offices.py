"""The register of offices: a searchable list, and an office's phone."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from data_layer.thai import format_phone
from pages.components.acts import acting, done
from pages.components.table import TableColumn, draw_table, slice_of

_NAME = (TableColumn("code", "รหัส", "code"), TableColumn("name", "ชื่อ", role="title"))
_REST = (TableColumn("phone", "โทรศัพท์", "phone"), TableColumn("note", "หมายเหตุ"))
DISTRICT_COLUMNS = (*_NAME, *_REST)
AUTHORITY_COLUMNS = (*_NAME, TableColumn("kind", "ประเภท"), *_REST)


def draw_office_list(key: str, columns: Sequence[TableColumn], frame: pd.DataFrame) -> str | None:
    """The list (code, name, kind, phone, note) with its search; the code of a picked office."""
    st.text_input("ค้นหา", key=f"{key}.query", max_chars=80, placeholder="ชื่อ รหัส อำเภอ หรือจังหวัด")
    shown = slice_of(f"{key}.list", total=len(frame), scope=st.session_state[f"{key}.query"])
    page = frame.iloc[shown.offset : shown.offset + shown.size]
    phones = [format_phone(phone) if phone else "–" for phone in page["phone"]]
    return draw_table(
        f"{key}.list",
        columns,
        page.assign(phone=phones),
        shown,
        caption="ทะเบียนหน่วยงาน",
        empty="ไม่พบหน่วยงาน ลองค้นด้วยคำอื่น หรือให้ส่วนกลางนำเข้ารายชื่อ",
        pick="code",
    )


def draw_phone_form(office_code: str | None, *, save: Callable[[str, str], None]) -> None:
    """Set the phone of the picked office."""
    if office_code is None:
        st.caption("กดที่แถวเพื่อแก้เบอร์โทรของหน่วยงานนั้น")
        return
    with st.form("office_phone"):
        phone = st.text_input(f"โทรศัพท์ของหน่วยงาน {office_code}", key=f"office_phone.{office_code}")
        is_sent = st.form_submit_button("บันทึก", key="office_phone.submit", type="primary")
    if is_sent:
        with acting():
            save(office_code, phone)
            del st.session_state["offices.picked"]
            done(f"บันทึกเบอร์โทรของหน่วยงาน {office_code} แล้ว")
