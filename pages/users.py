"""Users of the office: create, change, close, one-time password, rights per work."""

from functools import partial

import streamlit as st

from auth.session import require_actor
from data_layer.services import dashboards, users
from pages.components.filters import choose
from pages.components.layout import page_header
from pages.components.users import draw_new_user, draw_user

actor = require_actor("user.read")

may_write = actor.may("user.write")
acts = "สร้างผู้ใช้งาน กำหนดสิทธิตามงาน และออกรหัสผ่านชั่วคราว"
page_header("ผู้ใช้งาน", acts if may_write else "รายชื่อผู้ใช้งานและสิทธิตามงาน")
office_code = actor.office_code
if actor.may("country.read"):
    provinces = {f"{choice.code}00": choice.name for choice in dashboards.province_choices(actor)}
    office_code = (
        choose("users.office", "สำนักงาน", {"0000": "ส่วนกลาง", **provinces}, param="office")
        or office_code
    )
entries = users.list_users(actor, office_code)

if may_write:
    draw_new_user(
        roles=users.grantable_roles(actor, office_code),
        create=partial(users.create, actor, office_code=office_code),
        is_open=not entries or len(entries) == 1,
    )
st.subheader(f"รายชื่อผู้ใช้งาน {len(entries):,} คน", anchor=False)
for entry in entries:
    draw_user(
        entry,
        may_write=may_write and entry.id != actor.user_id,
        update=partial(users.update, actor, entry.id),
        set_active=partial(users.set_active, actor, entry.id),
        reset=partial(users.reset_password, actor, entry.id),
    )
