"""Proposals for the register: each as a card with old beside new, and the form that makes one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeAlias

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_layer.clock import today
from data_layer.errors import InvalidFields
from data_layer.rules.authorities import FACT_LABELS, fact_text
from data_layer.rules.offices import AUTHORITY_KIND_NAMES
from data_layer.rules.proposals import CHANGE_NAMES, ProposalEntry
from data_layer.thai import thai_date, thai_datetime
from pages.components.acts import acting, done
from pages.components.address import write_param
from pages.components.choice import draw_choices
from pages.components.claims import ask_reason
from pages.components.messages import SAMPLE, empty_state, escape, show_refusal
from pages.components.table import TableColumn, draw_table, slice_of
from pages.components.thai_date import thai_date_input

Proposal: TypeAlias = Any  # services.proposal_list.ProposalView: components know no service
Authority: TypeAlias = Any  # services.authorities.AuthorityView
_FACTS: Final = (
    TableColumn("label", "ข้อมูล", role="title"),
    TableColumn("old", "ในทะเบียน"),
    TableColumn("new", "ที่เสนอ"),
)
_ROWS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "profile": (
        ("address",),
        ("phone", "mailbox"),
        ("area_sq_km", "villages"),
        ("population", "population_year"),
    ),
    "rename": (("name",),),
    "kind": (("kind", "code"), ("name",)),
    "merger": (("partners",),),
}
_HELP: Final[Mapping[str, str]] = {
    "mailbox": "เว้นว่างไว้ หมายถึงอีเมลปกติของกรม saraban_รหัส@dla.go.th",
    "code": "รหัส 8 หลักที่กรมกำหนดให้ประเภทใหม่",
    "partners": "อปท. เหล่านี้จะปิดตามวันที่มีผล ข้อมูลเดิมของแต่ละแห่งเก็บไว้",
    "basis": "เช่น ประกาศกระทรวงมหาดไทย ลงวันที่ 1 ตุลาคม 2569",
}
_NEW_LABELS: Final[Mapping[str, str]] = {
    "name": "ชื่อใหม่",
    "kind": "ประเภทใหม่",
    "code": "รหัสใหม่",
}
_EARLIEST: Final = timedelta(days=30 * 365)


@dataclass(frozen=True)
class ProposalActs:
    """What the person may do with a proposal; None for what is not theirs to do."""

    confirm: Callable[[int, int], str] | None
    refuse: Callable[[int, int, str], str] | None
    withdraw: Callable[[int, int], None] | None


def draw_queue(found: Sequence[Proposal], total: int, acts: ProposalActs) -> None:
    """The proposals that wait, the oldest on top."""
    if not found:
        empty_state("ไม่มีคำขอรอยืนยัน", "อำเภอเสนอเปลี่ยนข้อมูลได้จากแท็บ อปท. โดยกดที่แถวของ อปท. นั้น")
    if len(found) < total:
        st.caption(f"แสดง {len(found):,} คำขอแรกจาก {total:,} คำขอ เรียงจากที่รอนานที่สุด")
    for each in found:
        draw_proposal(each, acts, leads_on=True)


def draw_proposal(each: Proposal, acts: ProposalActs, *, leads_on: bool = False) -> None:
    """One proposal: what, since when, by whom, old beside new; and what may be done with it."""
    with st.container(border=True, key=f"proposal-card-{each.id}"):
        badge = f" {SAMPLE}" if each.is_sample else ""
        st.markdown(
            f"**{escape(each.change)}** · {escape(each.office_name)} ({each.office_code}) "
            f"· มีผล {thai_date(each.valid_on)}{badge}"
        )
        st.caption("  \n".join(_who(each)))
        _draw_facts(each)
        if each.leaving:
            st.warning(
                f"เมื่อยืนยัน ผู้บริหารและสมาชิกสภาของ อปท. ที่ปิดทั้ง {each.leaving:,} รายการ "
                "จะพ้นจากตำแหน่งในวันที่มีผล ด้วยเหตุ “อปท. เปลี่ยนฐานะ” ประวัติเดิมเก็บไว้"
            )
        _draw_stopping(each)
        if each.decided_at is None:
            _draw_acts(each, acts, leads_on=leads_on)


def _who(each: Proposal) -> Iterator[str]:
    by = f"โดย {escape(each.proposed_by)} " if each.proposed_by else ""
    yield f"เสนอ{by}เมื่อ {thai_datetime(each.proposed_at)}"
    if each.basis:
        yield f"อ้างอิง: {escape(each.basis)}"
    if each.decided_at is None:
        yield f":material/schedule: {escape(each.state_name)}"
    else:
        by = f" โดย {escape(each.decided_by)}" if each.decided_by else ""
        yield f"{escape(each.state_name)}{by} เมื่อ {thai_datetime(each.decided_at)}"
    if each.reason:
        yield f":red[:material/undo: เหตุผล: {escape(each.reason)}]"


def _draw_stopping(each: Proposal) -> None:
    """What the authorities that would close have under way in rounds that go on."""
    said = [f"ยังไม่ส่ง {each.unfinished:,} แบบ"] if each.unfinished else []
    said += [f"ส่งแล้วรอตรวจ {each.unjudged:,} แบบ"] if each.unjudged else []
    if said:
        st.warning(
            f"อปท. ที่ปิดมีแบบค้างอยู่ในรอบที่ยังรับข้อมูล: {' · '.join(said)} เมื่อยืนยันแล้วแบบเหล่านี้อ่านได้อย่างเดียว "
            "ส่งและตรวจไม่ได้อีก หากต้องใช้ โปรดให้อำเภอส่งและตรวจให้เสร็จก่อนยืนยัน"
        )


def _draw_facts(each: Proposal) -> None:
    frame = pd.DataFrame(
        [(fact.label, fact.old, fact.new) for fact in each.facts], columns=["label", "old", "new"]
    )
    key = f"proposal.{each.id}.facts"
    shown = slice_of(key, total=len(frame), size=20)
    draw_table(key, _FACTS, frame, shown, caption="ข้อมูลที่เสนอเปลี่ยน", empty="")


def _draw_acts(each: Proposal, acts: ProposalActs, *, leads_on: bool) -> None:
    key, name = f"proposal.{each.id}", each.office_name
    reason = None
    with st.container(horizontal=True):
        if acts.confirm is not None and st.button("ยืนยัน", key=f"{key}.confirm", type="primary"):
            with acting():
                acts.confirm(each.id, each.version)
                done(f"ยืนยันคำขอของ {name} แล้ว ทะเบียนเปลี่ยนตามวันที่มีผล")
        if acts.refuse is not None:
            reason = ask_reason(f"{key}.refuse", "ไม่ยืนยัน", "เหตุผลที่ไม่ยืนยัน (อำเภอจะเห็น)")
        if acts.withdraw is not None and st.button("ถอนคำขอ", key=f"{key}.withdraw"):
            with acting():
                acts.withdraw(each.id, each.version)
                done(f"ถอนคำขอของ {name} แล้ว")
        if leads_on and st.button("ดูทะเบียน", key=f"{key}.open"):
            write_param("authority", each.office_code)
            st.rerun()
    if reason is not None and acts.refuse is not None:
        with acting():
            acts.refuse(each.id, each.version, reason)
            done(f"ไม่ยืนยันคำขอของ {name} แล้ว อำเภอเห็นเหตุผลในทะเบียนของ อปท.")


def draw_proposal_form(found: Authority, propose: Callable[[ProposalEntry], None]) -> None:
    """The form of a proposal, keys `proposal.<code>.<field>`; what was typed stays until sent."""
    key = f"proposal.{found.facts.code}"
    change = st.selectbox(
        "สิ่งที่เสนอ",
        list(CHANGE_NAMES),
        format_func=CHANGE_NAMES.__getitem__,
        key=f"{key}.change",
    )
    top, slots = st.empty(), {}
    fields: dict[str, str] = {}
    for row in _ROWS[change]:
        for column, name in zip(st.columns(len(row)), row, strict=True):
            with column:
                fields[name] = _draw_field(key, name, found)
                slots[name] = st.empty()
    valid_on = thai_date_input(
        "มีผลตั้งแต่วันที่",
        key=f"{key}.valid_on",
        earliest=today() - _EARLIEST,
        latest=today(),
        value=today(),
    )
    slots["valid_on"] = st.empty()
    basis = st.text_input("เอกสารอ้างอิง", key=f"{key}.basis", max_chars=200, help=_HELP["basis"])
    slots["basis"] = st.empty()
    if st.button("ส่งคำขอให้จังหวัด", key=f"{key}.submit", type="primary"):
        _send(key, ProposalEntry(change, fields, valid_on, basis), propose, top, slots)


def _send(
    key: str,
    entry: ProposalEntry,
    propose: Callable[[ProposalEntry], None],
    top: DeltaGenerator,
    slots: Mapping[str, DeltaGenerator],
) -> None:
    with top.container(), acting():
        try:
            propose(entry)
        except InvalidFields as refusal:
            show_refusal(refusal)
            for name, problem in refusal.problems.items():
                slots[name].markdown(f":red[:material/error: {escape(problem)}]")
            return
        for name in [name for name in st.session_state if str(name).startswith(f"{key}.")]:
            del st.session_state[name]
        done("ส่งคำขอให้จังหวัดแล้ว ทะเบียนจะเปลี่ยนเมื่อจังหวัดยืนยัน")


def _draw_field(key: str, name: str, found: Authority) -> str:
    """One field, filled with what the register says; as text, as services take it."""
    label, key = _NEW_LABELS.get(name, FACT_LABELS[name]), f"{key}.{name}"
    if name == "kind":
        kinds = [kind for kind in AUTHORITY_KIND_NAMES if kind != found.facts.kind]
        chosen = st.selectbox(
            label,
            kinds,
            index=None,
            format_func=AUTHORITY_KIND_NAMES.__getitem__,
            key=key,
            placeholder="เลือกประเภท",
        )
        return chosen or ""
    if name == "partners":
        codes = draw_choices(
            label,
            list(found.others),
            key=key,
            words=lambda code: f"{found.others[code]} ({code})",
            placeholder="เลือก อปท. ในอำเภอ",
            help=_HELP[name],
        )
        return " ".join(codes)
    value = "" if name == "code" else fact_text(getattr(found.facts, name))
    return st.text_input(label, value=value, key=key, max_chars=300, help=_HELP.get(name))
