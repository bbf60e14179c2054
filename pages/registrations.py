"""Registrations: the province confirms or refuses, prints codes, brings in DLA-SSO's list."""

from functools import partial

import streamlit as st

from auth.session import require_actor
from data_layer.services import dashboards, office_codes, registrations, sso_listings, users
from pages.components import claims
from pages.components.acts import acting
from pages.components.layout import page_header
from pages.components.listing import LISTING_COLUMNS, draw_listing_day
from pages.components.offices import draw_tabs
from pages.components.upload import draw_upload

actor = require_actor("registration.read")

page_header("การลงทะเบียน", "ตรวจและยืนยันผู้ลงทะเบียน ออกรหัสใช้ครั้งเดียว และนำเข้ารายชื่อจาก DLA-SSO")
choices = dashboards.province_choices(actor)
province = claims.choose_province(choices, most=registrations.MOST_OF_COUNTRY)
names = ("รอยืนยัน", "ยืนยันแล้ว", "ไม่รับ/ยกเลิก", "รหัสใช้ครั้งเดียว", "รายชื่อ DLA-SSO")
tabs = list(draw_tabs("registrations.tabs", dict.fromkeys(names, True), first=None).values())

with tabs[0]:
    claims.draw_waiting(
        registrations.waiting(actor, province),
        confirm=partial(registrations.confirm, actor),
        refuse=partial(registrations.refuse, actor),
        reveal=partial(users.reveal_citizen_id, actor),
    )
with tabs[1]:
    claims.draw_confirmed(
        registrations.confirmed(actor, province),
        revoke=partial(registrations.revoke, actor),
        reset=partial(registrations.reset_admin, actor),
        reveal=partial(users.reveal_citizen_id, actor),
    )
with tabs[2]:
    claims.draw_ended(registrations.ended(actor, province))
with tabs[3]:
    st.markdown("สำหรับ สถอ. ที่ยังไม่ลงทะเบียน หรือเคยถูกไม่รับ รหัสเดิมจะใช้ไม่ได้ทันทีที่ออกรหัสใหม่")
    codes = claims.draw_code_choice(office_codes.code_choices(actor))
    if st.button("ออกรหัส", key="codes.issue", type="primary", disabled=not codes):
        with acting():
            claims.draw_slips(office_codes.issue_codes(actor, codes))
with tabs[4]:
    listed_on = draw_listing_day(sso_listings.COLUMNS, earliest=dashboards.circular_on())
    draw_upload(
        "sso",
        "รายชื่อที่ DLA-SSO แสดง (CSV หรือ Excel)",
        LISTING_COLUMNS,
        preview=partial(sso_listings.preview, actor, listed_on=listed_on),
        take=partial(sso_listings.import_listing, actor, listed_on=listed_on),
    )
