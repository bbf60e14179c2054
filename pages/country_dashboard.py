"""The whole country: which district offices have not registered on SSO."""

import streamlit as st

from auth.session import require_actor, when_clicked
from data_layer.clock import now
from data_layer.services import dashboards, exports, progress
from pages.components.filters import read_filter
from pages.components.layout import page_header, title_row
from pages.components.panels import (
    draw_dashboard,
    numbers_html,
)

actor = require_actor("country.read")

names = {choice.code: choice.name for choice in dashboards.province_choices(actor)}
province = read_filter("dashboard.province", "จังหวัด", names, param="province", whole="ทุกจังหวัด")
area = province.code or None
dashboard = dashboards.by_area_code(actor, area)
with title_row():
    page_header(
        f"ภาพรวมประเทศ · {dashboard.scope_name}" if area else "ภาพรวมประเทศ",
        "สถอ. ใดยังไม่ลงทะเบียน SSO และต้องติดตามที่ใดก่อน",
        now(),
        numbers=numbers_html(dashboard),
    )
    province.draw()

exporter = (
    (
        lambda panel, form: when_clicked(
            "report.export", lambda who: exports.export(who, panel, area, form)
        )
    )
    if actor.may("report.export")
    else None
)
forms = progress.counts_of_area(actor, area)
place, form = draw_dashboard(dashboard, forms, exporter, exports.export_name)

if form is not None:
    st.switch_page("progress.py", query_params={"form": form, "area": province.code})
if place is not None and len(place) == len("PP"):
    st.switch_page("province_dashboard.py", query_params={"province": place})
elif place is not None:
    st.switch_page("district_dashboard.py", query_params={"district": place})
