"""The register of offices: district offices, local authorities, and what districts propose."""

from functools import partial

import streamlit as st

from auth.session import require_actor, when_clicked
from data_layer.clock import now
from data_layer.services import authorities, offices, proposal_list, proposals
from pages.components.authority import draw_authority
from pages.components.layout import page_header
from pages.components.offices import draw_authorities, draw_districts, draw_list_upload, draw_tabs
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
        may_see_officials=actor.may("official.read"),
    )
    st.stop()
page_header("ทะเบียนหน่วยงาน", "ทะเบียน อปท. และ สถอ. อำเภอเสนอเปลี่ยนแปลง จังหวัดยืนยัน")
waiting = proposal_list.count_waiting(actor)
tabs = draw_tabs(
    "offices.tabs",
    {
        "สถอ.": actor.may("office.update"),
        "อปท.": True,
        "คำขอเปลี่ยนแปลง": True,
        "นำเข้ารายชื่อ อปท.": actor.may("office.import"),
    },
    first="คำขอเปลี่ยนแปลง" if waiting and decides else None,
)
if "สถอ." in tabs:
    with tabs["สถอ."]:
        draw_districts(partial(offices.district_list, actor), partial(offices.set_phone, actor))
with tabs["อปท."]:
    query = st.session_state.get("authorities.query", "")
    export = partial(authorities.export, query=query)
    draw_authorities(
        authorities.authority_list(actor, query),
        lambda form: when_clicked("report.export", partial(export, form=form)),
        authorities.export_name(actor.scope.name, now()),
        may_export=actor.may("report.export"),
    )
with tabs["คำขอเปลี่ยนแปลง"]:
    draw_queue(proposal_list.waiting(actor), waiting, acts)
if "นำเข้ารายชื่อ อปท." in tabs:
    with tabs["นำเข้ารายชื่อ อปท."]:
        preview, take = partial(offices.preview_list, actor), partial(offices.import_list, actor)
        draw_list_upload(offices.LIST_COLUMNS.values(), preview=preview, take=take)
