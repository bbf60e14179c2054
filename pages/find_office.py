"""Find an office's code: open to everybody, persons masked for the public."""

import pandas as pd
import streamlit as st

from auth.session import current
from data_layer.access import Actor
from data_layer.services import offices
from pages.components.filters import draw_search
from pages.components.layout import page_header
from pages.components.table import Slice, TableColumn, draw_table, slice_of

who = current()
actor = who if isinstance(who, Actor) else None

then = (
    "แล้วกดที่แถวของท่านเพื่อใช้รหัสเข้าสู่ระบบ"
    if actor is None
    else "แถวที่มี › กดเพื่อเปิดภาพรวมของ สถอ. นั้น"
    if actor.may("report.read")
    else "เพื่อดูรหัสของ สถอ."
)
page_header("ค้นหารหัสหน่วยงาน", f"พิมพ์รหัส ชื่ออำเภอ หรือจังหวัด {then}")
query = draw_search(
    "find_office", "รหัสหน่วยงาน ชื่อหน่วยงาน อำเภอ หรือจังหวัด", back="home.py" if actor else "sign_in.py"
)
page = max(1, st.session_state.get("find_office.table.page", 1))
found = offices.find(query, page=page, actor=actor)
shown: Slice = slice_of(
    "find_office.table", total=found.total, size=offices.PAGE_SIZE, scope=query, param="page"
)
if shown.page != page:
    found = offices.find(query, page=shown.page, actor=actor)
picked = draw_table(
    "find_office.table",
    (
        TableColumn("code", "รหัสหน่วยงาน", "code"),
        TableColumn("person", "ชื่อผู้ใช้งาน"),
        TableColumn("position", "ตำแหน่ง"),
        TableColumn("name", "ชื่อหน่วยงาน", role="title"),
        TableColumn("province", "จังหวัด"),
    ),
    pd.DataFrame(
        found.rows, columns=["code", "person", "position", "name", "province", "leads_to"]
    ),
    shown,
    caption="ผลการค้นหาหน่วยงาน",
    empty=f"ไม่พบหน่วยงานที่ตรงกับ “{query}” ลองพิมพ์เฉพาะชื่ออำเภอหรือจังหวัด เช่น นาแก หรือ นครพนม",
    pick="leads_to",
)
if picked is not None and actor is None:
    st.switch_page("sign_in.py", query_params={"office": picked})
if picked is not None:
    st.switch_page("district_dashboard.py", query_params={"district": picked})
