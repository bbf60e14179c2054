"""Review: what the districts handed in, judged one by one or several at once."""

from functools import partial

import streamlit as st

from auth.session import require_actor, when_clicked
from data_layer.services import bound, prints, records, review
from data_layer.services.holding import RecordKey
from pages.components.filters import choose
from pages.components.form.printing import draw_print
from pages.components.form.worklist import (
    choose_authority,
    choose_round,
    draw_no_round,
    draw_round,
)
from pages.components.layout import header_row, page_header
from pages.components.review import choose_district, draw_approve_many, draw_queue, draw_review

actor = require_actor("record.review")

head, filters = header_row()
with filters:
    form_id = records.form_named(choose("review.form", "แบบฟอร์ม", records.FORMS, param="form"))
    round_code = choose_round(records.round_codes(actor, form_id))
found = records.worklist(actor, form_id, round_code)
with head:
    page_header("ตรวจแบบ", "เทียบกับรอบก่อน ตรวจผ่าน หรือส่งกลับพร้อมบอกช่องที่ต้องแก้")
if found.round is None:
    draw_no_round()
    st.stop()
key_of = partial(RecordKey, form_id, round_code=found.round.code)
with filters:
    here = found.of_district(choose_district(found.rows))
    code = choose_authority(here)
    asked = (form_id, found.round.code, code)
    printed = when_clicked("record.review", lambda who: prints.form(who, *asked))
    draw_print(code, printed, prints.form_name(*asked))
draw_round(here, code)
if code is None:
    draw_approve_many(
        here.rows,
        lambda chosen: review.approve(actor, [(key_of(each), seen) for each, seen in chosen]),
    )
    draw_queue(here.rows, review.count_apart(actor, *asked[:2]))
    st.stop()
key = key_of(code)
shown = review.open_review(actor, key)
draw_review(
    shown,
    approve=lambda: review.approve(actor, [(key, shown.record.version)]),
    send_back=partial(review.send_back, actor, key, shown.record.version),
    reopen=partial(review.reopen, actor, key, shown.record.version),
    download=lambda uid: when_clicked("record.review", bound.file_opener(key, uid)),
)
