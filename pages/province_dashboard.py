"""One province: which of its district offices have not registered on SSO."""

import streamlit as st

from auth.session import require_actor, when_clicked
from data_layer.clock import now
from data_layer.services import dashboards, exports, progress
from pages.components.charts import draw_charts
from pages.components.filters import read_filter
from pages.components.layout import page_header, title_row
from pages.components.panels import (
    NOT_REGISTERED_LIST,
    charts,
    district_names,
    draw_not_registered,
    numbers_html,
)
from pages.components.progress import FORMS_LIST, forms_tables

actor = require_actor("province.read")

provinces = {choice.code: choice.name for choice in dashboards.province_choices(actor)}
province = read_filter("dashboard.province", "จังหวัด", provinces, param="province")
whole = dashboards.province(actor, province.code)
districts = district_names(whole)
district = read_filter("dashboard.district", "อำเภอ", districts, param="district", whole="ทุกอำเภอ")
area = district.code or province.code
dashboard = dashboards.district(actor, area) if district.code else whole
with title_row():
    page_header(
        whole.scope_name,
        "สถอ. ใดในจังหวัดยังไม่ลงทะเบียน SSO",
        now(),
        numbers=numbers_html(dashboard),
    )
    province.draw()
    district.draw()

exporter = (
    (
        lambda panel, form: when_clicked(
            "report.export", lambda who: exports.export(who, panel, area, form)
        )
    )
    if actor.may("report.export")
    else None
)
has_files = exporter is not None
forms = forms_tables(progress.counts_of_area(actor, area), area, has_files=has_files)
picked = draw_not_registered(
    dashboard, exporter, lambda panel: exports.export_name(panel, dashboard), *forms
)
office = draw_charts(charts(dashboard, has_files=has_files)) or picked.get(NOT_REGISTERED_LIST)

if FORMS_LIST in picked:
    st.switch_page("progress.py", query_params={"form": picked[FORMS_LIST], "area": district.code})
if office is not None:
    st.switch_page("district_dashboard.py", query_params={"district": office})
