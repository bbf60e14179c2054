"""Election readiness: the district's local authorities, and the record of one of them."""

from functools import partial

import streamlit as st

from auth.session import require_actor, when_clicked
from data_layer.services import bound, drafts, grids, prints, records, templates
from data_layer.services.holding import RecordKey
from pages.components.form import worklist
from pages.components.form.excel import draw_excel
from pages.components.form.grid import choose_grid_group, draw_grid, take_edits
from pages.components.form.printing import draw_print
from pages.components.form.record import Acts, draw_record, take
from pages.components.layout import header_row, page_header

actor = require_actor("readiness.read")
take(partial(bound.record_acts, actor))

head, filters = header_row()
with head:
    page_header("ความพร้อมการเลือกตั้ง", worklist.purpose(may_write=actor.may("readiness.write")))
with filters:
    round_code = worklist.choose_round(records.round_codes(actor, records.READINESS))
asked_for = st.query_params.get("authority", "")
found = records.worklist(actor, records.READINESS, round_code, asked_for)
if found.round is None:
    worklist.draw_no_round()
    st.stop()
with filters:
    code = worklist.choose_authority(found)
    asked = (records.READINESS, found.round.code)
    printed = when_clicked("readiness.read", lambda who: prints.form(who, *asked, code))
    draw_print(code, printed, prints.form_name(*asked, code))
worklist.draw_round(found, code)
if code is None:
    match worklist.choose_view(may_write=actor.may("readiness.write")):
        case "grid":
            take_edits(lambda key, *cell: drafts.save_field(actor, key, *cell))
            draw_grid(grids.open_grid(actor, *asked, choose_grid_group()))
        case "excel":
            draw_excel(
                when_clicked("readiness.write", lambda who: templates.template(who, *asked)),
                templates.template_name(*asked),
                preview=partial(templates.preview, actor, *asked),
                take=partial(templates.take, actor, *asked),
                marked=partial(templates.marked, actor, *asked),
            )
        case _:
            worklist.draw_worklist(found)
    st.stop()
worklist.draw_next(found, code, may_write=actor.may("readiness.write"))
key = RecordKey(records.READINESS, code, found.round.code)
acts = Acts(
    **bound.record_acts(actor, key),
    download=lambda uid: when_clicked("readiness.read", bound.file_opener(key, uid)),
)
draw_record(records.open_record(actor, key), acts)
