"""One province: which of its district offices have not registered on SSO."""

import streamlit as st

from auth.session import require_actor, when_clicked
from data_layer.clock import now
from data_layer.services import dashboards, exports, progress
from pages.components.filters import choose
from pages.components.layout import header_row, page_header
from pages.components.panels import (
    district_names,
    draw_charts,
    draw_not_registered,
    numbers_html,
)
from pages.components.progress import draw_forms

actor = require_actor("province.read")

provinces = {choice.code: choice.name for choice in dashboards.province_choices(actor)}
head, filters = header_row()
with filters:
    province = choose("dashboard.province", "จังหวัด", provinces, param="province") or ""
whole = dashboards.province(actor, province)
districts = district_names(whole)
with filters:
    area = choose("dashboard.district", "อำเภอ", districts, param="district", whole="ทุกอำเภอ")
dashboard = dashboards.district(actor, area) if area else whole
with head:
    page_header(
        whole.scope_name,
        "สถอ. ใดในจังหวัดยังไม่ลงทะเบียน SSO",
        now(),
        numbers=numbers_html(dashboard),
    )

exporter = (
    (
        lambda panel, form: when_clicked(
            "report.export", lambda who: exports.export(who, panel, area or province, form)
        )
    )
    if actor.may("report.export")
    else None
)
picked = draw_not_registered(dashboard, exporter, lambda p: exports.export_name(p, dashboard))
shown = area or province
form = draw_forms(progress.counts_of_area(actor, shown), shown, has_files=exporter is not None)
picked = draw_charts(dashboard, has_files=exporter is not None) or picked

if form is not None:
    st.switch_page("progress.py", query_params={"form": form, "area": area or ""})
if picked is not None:
    st.switch_page("district_dashboard.py", query_params={"district": picked})
