"""Sign in: with the 13-digit number, or the first time with the office code and 123456."""

import streamlit as st

from auth.authenticator import DbAuthenticate, SignInLabels
from auth.session import asked_page, ending
from data_layer.errors import DomainError
from pages.components.frame import narrow
from pages.components.layout import page_header
from pages.components.messages import show_notice, show_refusal

with narrow():
    page_header("เข้าสู่ระบบพร้อม", "ระบบติดตามการลงทะเบียนและความพร้อมการเลือกตั้งของ สถอ.")
    told = st.empty()
    if (reason := ending()) is not None:
        with told:
            show_notice(reason)
    try:
        DbAuthenticate().login(
            SignInLabels(
                username="เลขประจำตัวประชาชน 13 หลัก หรือรหัสหน่วยงาน 4 หลัก",
                username_help="ใช้รหัสหน่วยงานเฉพาะครั้งแรกที่หน่วยงานยังไม่เคยลงทะเบียน",
                password="รหัสผ่าน",  # noqa: S106 - a label
                submit="เข้าสู่ระบบ",
            ),
            username=st.query_params.get("office", ""),
            to=asked_page(),
        )
    except DomainError as refusal:
        with told:
            show_refusal(refusal)
    st.page_link("find_office.py", label="ไม่ทราบรหัสหน่วยงาน ค้นหาที่นี่", icon=":material/search:")
    st.page_link("guide.py", label="เข้าใช้ครั้งแรก อ่านวิธีลงทะเบียน 10 ขั้น", icon=":material/menu_book:")
