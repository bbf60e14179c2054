"""The register of offices: district offices, local authorities, and what districts propose."""

from functools import partial

import streamlit as st

from auth.session import require_actor, when_clicked
from data_layer.clock import now
from data_layer.services import authorities, offices, proposal_list, proposals
from pages.components.authority import draw_authority
from pages.components.layout import page_header
from pages.components.offices import draw_authorities, draw_districts, draw_list_upload
from pages.components.proposals import ProposalActs, draw_queue

actor = require_actor("office.read")

decides, proposes = actor.may("office.confirm"), actor.may("office.propose")
acts = ProposalActs(
    confirm=partial(proposals.confirm, actor) if decides else None,
    refuse=partial(proposals.refuse, actor) if decides else None,
    withdraw=partial(proposals.withdraw, actor) if proposes else None,
)
if asked := st.query_params.get("authority"):
    draw_authority(
        asked,
        view=partial(authorities.view, actor),
        propose=partial(proposals.propose, actor, asked) if proposes else None,
        acts=acts,
    )
    st.stop()

page_header("ทะเบียนหน่วยงาน", "ทะเบียน อปท. และ สถอ. อำเภอเสนอเปลี่ยนแปลง จังหวัดยืนยัน")
waiting = proposal_list.count_waiting(actor)
own = ["สถอ."] if actor.may("office.update") else []
more = ["นำเข้ารายชื่อ อปท."] if actor.may("office.import") else []
names = [*own, "อปท.", f"คำขอเปลี่ยนแปลง ({waiting:,})", *more]
tabs = dict(zip([*own, "อปท.", "คำขอ", *more], st.tabs(names), strict=True))

if own:
    with tabs["สถอ."]:
        query = st.session_state.get("districts.query", "")
        draw_districts(offices.district_list(actor, query), partial(offices.set_phone, actor))
with tabs["อปท."]:
    query = st.session_state.get("authorities.query", "")
    draw_authorities(
        authorities.authority_list(actor, query),
        (
            lambda form: when_clicked(
                "report.export", partial(authorities.export, query=query, form=form)
            )
        )
        if actor.may("report.export")
        else None,
        authorities.export_name(actor.scope.name, now()),
    )
with tabs["คำขอ"]:
    draw_queue(proposal_list.waiting(actor), waiting, acts)
if more:
    with tabs["นำเข้ารายชื่อ อปท."]:
        preview, take = partial(offices.preview_list, actor), partial(offices.import_list, actor)
        draw_list_upload(offices.LIST_COLUMNS.values(), preview=preview, take=take)
