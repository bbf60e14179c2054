"""Progress: of a form in a round, who has handed in and who has not, in the chosen area."""

from functools import partial

import streamlit as st

from auth.session import require_actor, when_clicked
from data_layer.clock import now
from data_layer.services import dashboards, progress, records
from pages.components.filters import choose
from pages.components.layout import header_row, page_header
from pages.components.progress import (
    draw_answers,
    draw_areas,
    draw_completeness,
    draw_no_round,
    draw_not_done,
    draw_progress_numbers,
)

actor = require_actor("report.read")

head, filters = header_row()
with filters:
    form_id = records.form_named(choose("progress.form", "แบบฟอร์ม", records.FORMS, param="form"))
opened = {each.code: f"รอบ {each.code}" for each in progress.rounds_of(actor, form_id)}
if not opened:
    with head:
        page_header("ความคืบหน้าการกรอกแบบ", "อปท. ใดยังไม่ส่ง")
    draw_no_round()
    st.stop()
with filters:
    round_code = choose("progress.round", "รอบ", opened, param="round") or ""
    areas = {each.code: each.name for each in dashboards.area_choices(actor)}
    whole = dashboards.whole_name(actor)
    area = choose("progress.area", "พื้นที่", areas, param="area", whole=whole) if areas else None
area = area or dashboards.own_area(actor)
found = progress.of_area(actor, form_id, area, round_code)
with head:
    page_header("ความคืบหน้าการกรอกแบบ", f"{found.scope_name} · {found.form_name}", now())

exporter = (
    (
        lambda panel, form: when_clicked(
            "report.export",
            lambda who: progress.export(who, panel, form_id, area, round_code, form),
        )
    )
    if actor.may("report.export")
    else None
)
namer = partial(progress.export_name, form_id=form_id, found=found)
draw_progress_numbers(found)
draw_not_done(found, exporter, namer)
picked = draw_areas(found, exporter, namer)
draw_completeness(found, exporter, namer)
draw_answers(exporter, namer)
if picked is not None:
    st.query_params["area"] = picked
    st.rerun()
