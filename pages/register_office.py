"""Register the office's SSO ADMIN: the first sign-in with the office code leads here."""

import streamlit as st

from auth.session import browser_id, enter, require_claimant
from data_layer.errors import DomainError, InvalidFields
from data_layer.services import registrations
from pages.components.frame import narrow
from pages.components.guide import draw_steps
from pages.components.layout import page_header
from pages.components.messages import show_refusal
from pages.components.person_form import REGISTER_FIELDS, draw_person_form

claimant = require_claimant()

with narrow():
    page_header(
        f"ลงทะเบียน สถอ.{claimant.office_name} ({claimant.office_code})",
        "กรอกข้อมูลของผู้ดูแลระบบประจำหน่วยงาน (SSO ADMIN) แล้วกดบันทึก ครั้งต่อไปเข้าด้วยเลข 13 หลัก",
    )
    if registrations.is_letter_mode():
        st.error("เมื่อกดบันทึก บัญชีนี้ใช้งานได้ทันทีโดยไม่มีผู้ตรวจสอบ ผู้ที่ไม่ใช่เจ้าหน้าที่ของหน่วยงานห้ามลงทะเบียน")
    form = draw_person_form("register", REGISTER_FIELDS, submit="บันทึก")
    if form.values is not None:
        try:
            ticket = registrations.claim(claimant, form.values, browser=browser_id())
        except InvalidFields as refusal:
            form.show_problems(refusal)
        except DomainError as refusal:
            show_refusal(refusal)
        else:
            enter(ticket)
    st.caption(
        "เลขประจำตัวประชาชน โทรศัพท์ และอีเมล ใช้เพื่อยืนยันตัวและติดต่อเรื่องงานเท่านั้น "
        "เก็บแบบเข้ารหัส และบันทึกทุกครั้งที่มีผู้เปิดดูเลขเต็ม"
    )
    # here, not on a page of its own: who leaves a half-filled form finds it empty
    with st.expander("วิธีลงทะเบียน 10 ขั้น"):
        draw_steps(registrations.onboarding())
