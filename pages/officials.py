"""The register of executives and councillors: every authority, one of them, its entries."""

from functools import partial

import streamlit as st

from auth.session import require_actor
from data_layer.clock import now
from data_layer.services import dashboards, official_changes, officials
from pages.components.layout import header_row, page_header
from pages.components.officials.listing import (
    choose_authority,
    choose_district,
    choose_province,
    draw_listing,
)
from pages.components.officials.roster import draw_authority
from pages.components.officials.tasks import Acts, Reads

actor = require_actor("official.read")

head, filters = header_row()
province = None
if actor.may("country.read"):
    provinces = {choice.code: choice.name for choice in dashboards.province_choices(actor)}
    with filters:
        province = choose_province(provinces)
rows = officials.summary(actor, province=province)
with filters:
    rows = choose_district(rows)
    code = choose_authority(rows)
if code is None:
    with head:
        page_header("ผู้บริหารและสมาชิกสภา", "ทะเบียนของแต่ละ อปท. กดที่แถวเพื่อดู เพิ่ม หรือแก้ไขรายชื่อ", now())
    draw_listing(rows)
    st.stop()
reads = Reads(partial(officials.roster, actor), partial(officials.history, actor))
acts = Acts(
    weigh=partial(officials.weigh, actor),
    weigh_successor=partial(officials.weigh_successor, actor),
    open=partial(officials.open_tenure, actor),
    reveal=partial(official_changes.reveal_citizen_id, actor),
    add=partial(official_changes.add, actor),
    change=partial(official_changes.change, actor),
    end=partial(official_changes.end, actor),
    replace=partial(official_changes.replace, actor),
    strike=partial(official_changes.strike, actor),
)
draw_authority(head, code, reads, acts if actor.may("official.write") else None)
