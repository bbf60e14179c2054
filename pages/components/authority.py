"""One local authority of the register: its facts as of a day, what waits, what was before."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

import pandas as pd
import streamlit as st

from data_layer.clock import today
from data_layer.rules.authorities import FACT_LABELS, fact_words
from data_layer.rules.offices import AUTHORITY_KIND_NAMES, closed_words
from data_layer.rules.proposals import ProposalEntry
from pages.components.acts import acting
from pages.components.address import write_param
from pages.components.layout import page_header
from pages.components.messages import empty_state, sample_badge
from pages.components.proposals import ProposalActs, draw_proposal, draw_proposal_form
from pages.components.table import TableColumn, draw_table, slice_of
from pages.components.thai_date import thai_date_input

Authority: TypeAlias = Any  # services.authorities.AuthorityView: components know no service
_SHOWN: Final = (
    *("name", "kind", "address", "phone", "mailbox"),
    *("area_sq_km", "villages", "population", "population_year"),
)
_FACTS: Final = (
    TableColumn("label", "ข้อมูล", role="title"),
    TableColumn("value", "ตามทะเบียน"),
)
_PAST: Final = (
    TableColumn("on", "ตั้งแต่วันที่", "date"),
    TableColumn("what", "สิ่งที่เปลี่ยน", role="title"),
    TableColumn("detail", "รายละเอียด"),
)
_BACK: Final = timedelta(days=30 * 365)


def draw_authority(
    code: str,
    *,
    view: Callable[..., Authority],
    propose: Callable[[ProposalEntry], None] | None,
    acts: ProposalActs,
) -> None:
    """The authority of the address; a code that is not there or not theirs is said."""
    if st.button("กลับไปรายการ อปท.", key="authority.back", icon=":material/arrow_back:"):
        write_param("authority", "")
        st.rerun()
    head, found = st.container(), None
    on = _draw_day(code)
    with acting():
        found = view(code, on=on)
    with head:
        if found is None:
            page_header("ทะเบียน อปท.", "ไม่พบ อปท. ตามลิงก์นี้ในพื้นที่ของท่าน")
            return
        _draw_head(found)
    if found.waiting is not None:
        draw_proposal(found.waiting, acts)
    _draw_facts(found)
    if propose is not None and found.is_open and found.waiting is None and found.on == today():
        with st.expander("เสนอเปลี่ยนแปลงให้จังหวัดยืนยัน", icon=":material/edit:"):
            draw_proposal_form(found, propose)
    _draw_past(found, acts)


def _draw_day(code: str) -> date | None:
    """Another day to look at; None is today."""
    with st.expander("ดูทะเบียน ณ วันอื่น", icon=":material/calendar_month:"):
        return thai_date_input(
            "ณ วันที่", key=f"authority.{code}.on", earliest=today() - _BACK, latest=today()
        )


def _draw_head(found: Authority) -> None:
    facts = found.facts
    place = f"{AUTHORITY_KIND_NAMES[facts.kind]} · อำเภอ{facts.district} จังหวัด{facts.province}"
    page_header(facts.name, f"รหัส {facts.code} · {place}", found.on)
    if facts.is_sample:
        sample_badge()
    if facts.closed_on is not None:
        st.warning(f"{closed_words(facts.closed_on)} ข้อมูลเดิมเก็บไว้ตามวันที่ ดูผู้รับช่วงต่อได้ในประวัติ")


def _draw_facts(found: Authority) -> None:
    rows = [(FACT_LABELS[name], fact_words(name, getattr(found.facts, name))) for name in _SHOWN]
    _draw(
        _FACTS, "authority.facts", pd.DataFrame(rows, columns=["label", "value"]), "ข้อมูลตามทะเบียน"
    )


def _draw_past(found: Authority, acts: ProposalActs) -> None:
    st.subheader("ประวัติ", anchor=False)
    if found.history:
        rows = [(line.on, line.what, line.detail) for line in found.history]
        frame = pd.DataFrame(rows, columns=["on", "what", "detail"])
        _draw(_PAST, "authority.past", frame, "ประวัติของ อปท.")
    else:
        empty_state("ยังไม่มีประวัติ", "การเปลี่ยนแปลงที่จังหวัดยืนยันจะเรียงตามวันที่มีผลที่นี่")
    if found.decided:
        with st.expander(f"คำขอที่ผ่านมา ({len(found.decided):,})"):
            for each in found.decided:
                draw_proposal(each, acts)


def _draw(columns: Sequence[TableColumn], key: str, frame: pd.DataFrame, caption: str) -> None:
    shown = slice_of(key, total=len(frame), size=20)
    page = frame.iloc[shown.offset : shown.offset + shown.size]
    draw_table(key, columns, page, shown, caption=caption, empty="")
