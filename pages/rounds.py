"""Rounds: what is asked, of whom and until when; the centre plans them and changes their forms."""

from functools import partial

import streamlit as st

from auth.session import require_actor, when_clicked
from data_layer.clock import now
from data_layer.services import form_versions, rounds
from pages.components.layout import page_header
from pages.components.messages import empty_state
from pages.components.rounds import (
    draw_downloads,
    draw_extend,
    draw_facts,
    draw_form_upload,
    draw_plan,
    draw_versions,
)

actor = require_actor("round.read")

page_header("รอบการกรอกข้อมูล", "กำหนดเวลา แบบฟอร์ม และการขยายเวลา")
may_write = actor.may("round.write")
found = rounds.list_rounds(actor)
download = lambda version: when_clicked(  # noqa: E731 - a page defines no function
    "round.read", lambda who: form_versions.download(who, version)
)
if not found:
    empty_state(
        "ยังไม่มีรอบการกรอกข้อมูล", "ส่วนกลางสร้างรอบแรกได้จากแบบด้านล่าง เมื่อถึงวันเปิดรับ อำเภอจึงเริ่มกรอกได้"
    )
if may_write:
    with st.expander("สร้างรอบใหม่", expanded=not found, icon=":material/add:"):
        draw_plan("round", partial(rounds.plan, actor))
for each in found:
    with st.container(border=True, key=f"card.{each.code}"):
        draw_facts(each, now())
        draw_downloads(each, download)
        if not may_write:
            continue
        names = ["แก้ไขรอบ", "ขยายเวลา", "เปลี่ยนแบบฟอร์ม"]
        edit, more, form = st.tabs(names, key=f"tabs.{each.code}")
        with edit:
            draw_plan(f"round.{each.code}", partial(rounds.change, actor, each.version), each)
        with more:
            draw_extend(each, partial(rounds.extend, actor, each.code))
        with form:
            draw_form_upload(
                each,
                preview=partial(form_versions.preview, actor, each.code),
                put=partial(form_versions.put, actor, each.code),
            )
draw_versions(form_versions.versions(actor), download)
