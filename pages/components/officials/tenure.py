"""One seat: who holds or held it, what can be done, and everything that was done before."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from data_layer.thai import format_citizen_id, thai_date
from pages.components.acts import acting
from pages.components.address import write_param
from pages.components.messages import empty_state, escape
from pages.components.officials.entry import draw_change, draw_replace
from pages.components.officials.leaving import draw_end, draw_restore, draw_strike
from pages.components.officials.tasks import Acts, Kind, OfficialRow, Reads, Roster, Task, begin
from pages.components.states import BY_NAME
from pages.components.table import TableColumn, draw_table, slice_of

_DRAW: Final = {
    "change": draw_change,
    "end": draw_end,
    "replace": draw_replace,
    "restore": draw_restore,
    "strike": draw_strike,
}
_HINT: Final = "ระบบบันทึกว่าท่านเปิดดูเลขนี้"
_SITTING_ACTS: Final[tuple[tuple[Kind, str, str], ...]] = (
    ("change", "แก้ไข", ":material/edit:"),
    ("end", "พ้นจากตำแหน่ง", ":material/logout:"),
    ("replace", "แทนที่ด้วยคนใหม่", ":material/swap_horiz:"),
    ("strike", "ลบรายการที่บันทึกผิด", ":material/delete:"),
)
_LEFT_ACTS: Final[tuple[tuple[Kind, str, str], ...]] = (
    ("change", "แก้ไข", ":material/edit:"),
    ("restore", "ยกเลิกการพ้น", ":material/undo:"),
    ("strike", "ลบรายการที่บันทึกผิด", ":material/delete:"),
)
_HOLDERS: Final = (
    TableColumn("name", "ชื่อ", role="title"),
    TableColumn("began_on", "ตั้งแต่", "date"),
    TableColumn("ended_on", "ถึง", "date"),
    TableColumn("end_reason", "เหตุที่พ้น"),
)
_ACTS: Final = (
    TableColumn("at", "เมื่อ", "date"),
    TableColumn("act", "รายการ", role="title"),
    TableColumn("name", "ของ"),
    TableColumn("changes", "สิ่งที่เปลี่ยน"),
    TableColumn("by", "โดย"),
)


def state_of(row: OfficialRow) -> str:
    """The name of the row's state, of states.SEAT_STATES or overdue."""
    if row.ended_on is not None:
        return "left"
    if row.suspended_on is not None:
        return "suspended"
    return "overdue" if row.is_overdue else "sitting"


def note_of(row: OfficialRow) -> str:
    """What else is to be known: the group, and why rules were passed."""
    return " · ".join(part for part in (row.affiliation, *row.reasons) if part)


def draw_tenure(
    found: Roster, tenure_id: int, task: Task | None, reads: Reads, acts: Acts | None
) -> None:
    """The seat of the address, or what is being done with it."""
    if st.button(
        f"กลับไปทะเบียนของ {found.facts.name}", key="officials.back", icon=":material/arrow_back:"
    ):
        write_param("tenure", "")
        st.rerun()
    row = next((each for each in (*found.sitting, *found.past) if each.id == tenure_id), None)
    if row is None:
        empty_state("ไม่พบรายการนี้ในทะเบียนของ อปท.", "อาจถูกลบแล้ว โปรดกลับไปดูทะเบียนล่าสุด")
        return
    if task is not None and acts is not None:
        with acting():
            _DRAW[task.kind](task, acts)
        return
    _draw_card(found, row, acts)
    _draw_history(row, reads)


def _draw_card(found: Roster, row: OfficialRow, acts: Acts | None) -> None:
    with st.container(border=True, key="officials-card"):
        state = BY_NAME[state_of(row)]
        st.subheader(escape(row.name), anchor=False)
        st.markdown(f"{escape(row.seat)} · **{state.mark} {state.word}**")
        for column, lines in zip(st.columns(3), _facts(row), strict=True):
            column.markdown("  \n".join(f"{label} **{escape(text)}**" for label, text in lines))
        if acts is not None:
            _draw_acts(found, row, acts)


def _facts(row: OfficialRow) -> tuple[list[tuple[str, str]], ...]:
    """Who, since when until when, and how it ended or paused: a column each."""
    days = (
        ("เริ่มดำรงตำแหน่ง", row.began_on),
        ("วาระสิ้นสุด", row.term_ends_on),
        ("หยุดปฏิบัติหน้าที่ตั้งแต่", row.suspended_on),
        ("พ้นจากตำแหน่ง", row.ended_on),
    )
    who = [("เลขประจำตัว", row.citizen_id), ("สังกัดหรือกลุ่ม", row.affiliation)]
    said = [(label, thai_date(day)) for label, day in days if day is not None]
    why = [("เหตุที่พ้น", row.end_reason), ("เหตุผลที่บันทึกไว้", " · ".join(row.reasons))]
    return ([fact for fact in who if fact[1]], said, [fact for fact in why if fact[1]])


def _draw_acts(found: Roster, row: OfficialRow, acts: Acts) -> None:
    with st.container(horizontal=True, gap="small"):
        for kind, label, icon in _SITTING_ACTS if row.ended_on is None else _LEFT_ACTS:
            if st.button(label, key=f"officials.{kind}", icon=icon):
                begin(Task(kind, found.facts.code, row.id))
        if st.button(
            "แสดงเลข 13 หลัก", key="officials.reveal", icon=":material/visibility:", help=_HINT
        ):
            with acting():
                st.markdown(f"`{format_citizen_id(acts.reveal(row.id))}`", width="content")


def _draw_history(row: OfficialRow, reads: Reads) -> None:
    past: Any = None
    with acting():
        past = reads.history(row.id)
    if past is None:
        return
    st.subheader(f"ผู้ดำรงตำแหน่ง{escape(past.seat)} จากปัจจุบันไปอดีต", anchor=False)
    holders = [(each.name, each.began_on, each.ended_on, each.end_reason) for each in past.holders]
    _draw(_HOLDERS, "officials.holders", holders, "ผู้ดำรงตำแหน่งนี้")
    st.subheader("การบันทึก", anchor=False)
    done = [(act.at, act.act, act.name, " · ".join(act.changes), act.by) for act in past.acts]
    _draw(_ACTS, "officials.acts", done, "การบันทึกในตำแหน่งนี้")


def _draw(
    columns: tuple[TableColumn, ...], key: str, rows: list[tuple[Any, ...]], caption: str
) -> None:
    frame = pd.DataFrame(rows, columns=[column.name for column in columns], dtype="object")
    shown = slice_of(key, total=len(frame), size=20)
    page = frame.iloc[shown.offset : shown.offset + shown.size]
    draw_table(key, columns, page, shown, caption=caption, empty="ยังไม่มีรายการ")
