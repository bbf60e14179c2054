"""One district office: how far it has come, and its local authorities."""

import streamlit as st

from auth.session import require_actor, when_clicked
from data_layer.clock import now
from data_layer.services import dashboards, exports, office_codes, progress
from pages.components.district import draw_authorities, draw_office
from pages.components.filters import read_filter
from pages.components.layout import page_header, title_row
from pages.components.progress import draw_forms

actor = require_actor("report.read")

names = {choice.code: choice.name for choice in dashboards.district_choices(actor)}
district = read_filter("dashboard.district", "สถอ.", names, param="district")
area = district.code
dashboard = dashboards.district(actor, area)
with title_row():
    page_header(dashboard.scope_name, f"รหัสหน่วยงาน {area}", now())
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
draw_office(
    dashboard,
    exporter,
    lambda panel: exports.export_name(panel, dashboard),
    needs_code=office_codes.needs_code(actor, area),
)
form = draw_forms(progress.counts_of_area(actor, area), area, has_files=exporter is not None)
draw_authorities(dashboard, exporter, lambda panel: exports.export_name(panel, dashboard))

if form is not None:
    st.switch_page("progress.py", query_params={"form": form, "area": area})
