"""Registrations: the province confirms or refuses, prints codes, brings in DLA-SSO's list."""

from functools import partial

import streamlit as st

from auth.session import require_actor
from data_layer.services import dashboards, registrations, sso_listings, users
from pages.components.acts import acting
from pages.components.claims import draw_confirmed, draw_ended, draw_slips, draw_waiting
from pages.components.layout import page_header
from pages.components.listing import LISTING_COLUMNS, draw_listing_day
from pages.components.messages import empty_state
from pages.components.upload import draw_upload

actor = require_actor("registration.read")

page_header("การลงทะเบียน", "ตรวจและยืนยันผู้ลงทะเบียน ออกรหัสใช้ครั้งเดียว และนำเข้ารายชื่อจาก DLA-SSO")
waiting = registrations.waiting(actor)
tabs = st.tabs(
    [f"รอยืนยัน ({len(waiting)})", "ยืนยันแล้ว", "ไม่รับ/ยกเลิก", "รหัสใช้ครั้งเดียว", "รายชื่อ DLA-SSO"]
)

with tabs[0]:
    if not waiting:
        empty_state("ไม่มีหน่วยงานรอยืนยัน", "เมื่อมี สถอ. ลงทะเบียนใหม่ รายการจะขึ้นที่นี่และที่หน้าแรก")
    draw_waiting(
        waiting,
        confirm=partial(registrations.confirm, actor),
        refuse=partial(registrations.refuse, actor),
        reveal=partial(users.reveal_citizen_id, actor),
    )
with tabs[1]:
    draw_confirmed(
        registrations.confirmed(actor, limit=50),
        revoke=partial(registrations.revoke, actor),
        reset=partial(registrations.reset_admin, actor),
        reveal=partial(users.reveal_citizen_id, actor),
    )
with tabs[2]:
    draw_ended(registrations.ended(actor, limit=50))
with tabs[3]:
    names = {choice.code: choice.name for choice in dashboards.district_choices(actor)}
    st.markdown("สำหรับ สถอ. ที่ยังไม่ลงทะเบียน หรือเคยถูกไม่รับ รหัสเดิมจะใช้ไม่ได้ทันทีที่ออกรหัสใหม่")
    codes = st.multiselect(
        "สถอ.", list(names), key="codes.offices", format_func=names.__getitem__, max_selections=50
    )
    if st.button("ออกรหัส", key="codes.issue", type="primary", disabled=not codes):
        with acting():
            draw_slips(registrations.issue_codes(actor, codes))
with tabs[4]:
    listed_on = draw_listing_day(sso_listings.COLUMNS, earliest=dashboards.circular_on())
    draw_upload(
        "sso",
        "รายชื่อที่ DLA-SSO แสดง (CSV หรือ Excel)",
        LISTING_COLUMNS,
        preview=partial(sso_listings.preview, actor, listed_on=listed_on),
        take=partial(sso_listings.import_listing, actor, listed_on=listed_on),
    )
