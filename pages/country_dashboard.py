"""The whole country: which district offices have not registered on SSO."""

import streamlit as st

from auth.session import require_actor, when_clicked
from data_layer.clock import now
from data_layer.services import dashboards, exports, progress
from pages.components.filters import choose
from pages.components.layout import header_row, page_header
from pages.components.panels import draw_charts, draw_not_registered, numbers_html
from pages.components.progress import draw_forms

actor = require_actor("country.read")

names = {choice.code: choice.name for choice in dashboards.province_choices(actor)}
head, filters = header_row()
with filters:
    area = choose("dashboard.province", "จังหวัด", names, param="province", whole="ทุกจังหวัด")
dashboard = dashboards.by_area_code(actor, area)
with head:
    page_header(
        f"ภาพรวมประเทศ · {dashboard.scope_name}" if area else "ภาพรวมประเทศ",
        "สถอ. ใดยังไม่ลงทะเบียน SSO และต้องติดตามที่ใดก่อน",
        now(),
        numbers=numbers_html(dashboard),
    )

exporter = (
    (
        lambda panel, form: when_clicked(
            "report.export", lambda who: exports.export(who, panel, area, form)
        )
    )
    if actor.may("report.export")
    else None
)
picked = draw_not_registered(dashboard, exporter, lambda p: exports.export_name(p, dashboard))
form = draw_forms(progress.counts_of_area(actor, area), area, has_files=exporter is not None)
picked = draw_charts(dashboard, has_files=exporter is not None) or picked

if form is not None:
    st.switch_page("progress.py", query_params={"form": form, "area": area or ""})
if picked is not None and len(picked) == len("PP"):
    st.switch_page("province_dashboard.py", query_params={"province": picked})
elif picked is not None:
    st.switch_page("district_dashboard.py", query_params={"district": picked})
