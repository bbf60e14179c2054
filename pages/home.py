"""Home: where the person stands, and the one next thing to do."""

import streamlit as st

from auth.session import require_actor
from data_layer.services import account, home
from pages.components.claim import draw_claim
from pages.components.frame import draw_no_right, draw_task, narrow
from pages.components.layout import page_header

actor = require_actor("account.read")

with narrow():
    page_header(f"สวัสดี {actor.name}", f"{home.office_title(actor)} · {home.role_title(actor)}")
    if actor.must_change_password:
        st.warning("รหัสผ่านที่ใช้อยู่เป็นรหัสผ่านชั่วคราว โปรดตั้งรหัสผ่านของท่านเองก่อนใช้งาน")
        st.page_link("account.py", label="ตั้งรหัสผ่านใหม่", icon=":material/key:")
    elif not actor.is_confirmed and (claim := account.claim_state(actor)) is not None:
        draw_claim(claim.state, claim.claimed_at, claim.reason)
    else:
        if (giver := home.who_gives_rights(actor)) is not None:
            draw_no_right(giver)
        for task in home.tasks(actor):
            draw_task(task)
