"""The register of offices: phones of district offices, and the department's list of authorities."""

from functools import partial

import streamlit as st

from auth.session import require_actor
from data_layer.services import offices
from pages.components.layout import page_header
from pages.components.offices import (
    AUTHORITY_COLUMNS,
    DISTRICT_COLUMNS,
    draw_office_list,
    draw_phone_form,
)
from pages.components.table import TableColumn
from pages.components.upload import draw_upload

actor = require_actor("office.read")

page_header("ทะเบียนหน่วยงาน", "แก้เบอร์โทรของ สถอ. เพื่อใช้ติดตาม และนำเข้ารายชื่อ อปท. ของกรม")
tabs = st.tabs(["สถอ.", "อปท.", *(["นำเข้ารายชื่อ อปท."] if actor.may("office.import") else [])])

with tabs[0]:
    picked = draw_office_list(
        "districts",
        DISTRICT_COLUMNS,
        offices.district_list(actor, st.session_state.get("districts.query", "")),
    )
    if picked is not None:
        st.session_state["offices.picked"] = picked
    draw_phone_form(st.session_state.get("offices.picked"), save=partial(offices.set_phone, actor))
with tabs[1]:
    draw_office_list(
        "authorities",
        AUTHORITY_COLUMNS,
        offices.authority_list(actor, st.session_state.get("authorities.query", "")),
    )
if actor.may("office.import"):
    with tabs[2]:
        st.markdown(f"ไฟล์ต้องมีหัวตาราง: {' · '.join(offices.LIST_COLUMNS.values())}")
        st.caption("สถานะ “ยุบ” ปิดหน่วยงานโดยเก็บประวัติไว้ ชื่อเดิมเก็บไว้เมื่อเปลี่ยนชื่อหรือประเภท")
        draw_upload(
            "offices",
            "รายชื่อ อปท. ของกรม (CSV หรือ Excel)",
            (
                TableColumn("code", "รหัส อปท.", "code"),
                TableColumn("name", "ชื่อ อปท.", role="title"),
                TableColumn("change", "การเปลี่ยนแปลง"),
            ),
            preview=partial(offices.preview_list, actor),
            take=partial(offices.import_list, actor),
        )
