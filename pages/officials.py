"""The register of executives and councillors: every authority, one of them, its entries."""

from functools import partial

import streamlit as st

from auth.session import require_actor, when_clicked
from data_layer.clock import now
from data_layer.services import bound, dashboards, official_files, officials
from pages.components.layout import header_row, page_header
from pages.components.officials.files import Files, choose_view, draw_files
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
    asked = st.query_params.get("authority", "")
    code = choose_authority(rows, officials.closed_authority(actor, asked) if asked else {})
if code is None:
    with head:
        more = " เพิ่ม หรือแก้ไขรายชื่อ" if actor.may("official.write") else "รายชื่อ"
        page_header("ผู้บริหารและสมาชิกสภา", f"ทะเบียนของแต่ละ อปท. กดที่แถวเพื่อดู{more}", now())
    if not actor.may("official.export") or choose_view() == "list":
        draw_listing(rows)
        st.stop()
    area = st.query_params.get("district") or province
    files = Files(
        csv=when_clicked("official.export", lambda who: official_files.export(who, area, "csv")),
        xlsx=when_clicked("official.export", lambda who: official_files.export(who, area, "xlsx")),
        name=official_files.file_name(actor, area),
        template=when_clicked("official.write", lambda who: official_files.template(who, area)),
        template_name=official_files.file_name(actor, area, "template"),
        preview=partial(official_files.preview, actor),
        take=partial(official_files.take, actor),
        marked=partial(official_files.marked, actor),
    )
    draw_files(files, may_write=actor.may("official.write"))
    st.stop()
reads = Reads(partial(officials.roster, actor), partial(officials.history, actor))
acts = Acts(**bound.official_acts(actor))
draw_authority(head, code, reads, acts if actor.may("official.write") else None)
