"""The person's own account: data, password, signed-in browsers."""

from functools import partial

import streamlit as st

from auth.session import require_actor
from data_layer.services import account
from pages.components.account import draw_own_data, draw_password, draw_sessions
from pages.components.frame import narrow
from pages.components.layout import page_header

actor = require_actor("account.read")

with narrow():
    page_header("บัญชีของฉัน", "ข้อมูลติดต่อ รหัสผ่าน และเบราว์เซอร์ที่เข้าสู่ระบบอยู่")
    if actor.must_change_password:
        st.warning("โปรดตั้งรหัสผ่านของท่านเอง แล้วจึงใช้งานส่วนอื่นได้")
    draw_password(
        change=partial(account.change_password, actor), is_first=actor.must_change_password
    )
    draw_own_data(account.own_data(actor), update=partial(account.update, actor))
    draw_sessions(
        account.open_sessions(actor),
        close=partial(account.close_session, actor),
        close_others=partial(account.close_other_sessions, actor),
    )
