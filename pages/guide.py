"""The circular's ten steps, for a person who has never seen the system."""

import streamlit as st

from auth.session import current
from data_layer.services import registrations
from pages.components.frame import narrow
from pages.components.guide import draw_steps
from pages.components.layout import page_header

with narrow():
    page_header("วิธีลงทะเบียน 10 ขั้น", "สำหรับ สถอ. ที่ยังไม่เคยเข้าใช้ ทำครั้งเดียว ใช้เวลาประมาณ 10 นาที")
    draw_steps(registrations.onboarding())
    if current() is None:
        st.page_link("sign_in.py", label="เริ่มที่หน้าเข้าสู่ระบบ", icon=":material/login:")
