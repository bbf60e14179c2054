"""Somebody leaves a post, a leaving is taken back, an entry is struck out as a slip."""

from typing import Any, Final

import streamlit as st

from data_layer.rules.posts import TERM_OVER
from pages.components.acts import acting
from pages.components.messages import escape
from pages.components.officials.entry import Drawn, columns, draw_companions, seen_version
from pages.components.officials.fields import KEPT, PREFIX
from pages.components.officials.tasks import Acts, Task, TypedTenure, cancel, finish
from pages.components.officials.weighing import draw_weighing

LEAVING: Final = ("ended_on", "end_reason")
_NOBODY_LEFT: Final = {"ended_on": None, "end_reason": None}


def draw_end(task: Task, acts: Acts) -> None:
    """The day and the reason; who would leave along is said before."""
    found: TypedTenure = acts.open(task.tenure_id or 0)
    row = found.row
    st.subheader(f"บันทึกการพ้นจากตำแหน่ง: {escape(row.name)}", anchor=False)
    seen = seen_version(task, found, _usual_end(row))
    fields, panel = columns()
    with fields:
        drawn = Drawn()
        drawn.draw(LEAVING, needed=LEAVING)
        draw_companions(found)
    with panel:
        weighed = acts.weigh(task.authority, drawn.given, task.tenure_id)
        outcome = draw_weighing(
            [weighed],
            save=lambda reasons: acts.end(task.tenure_id, seen, drawn.given, reasons),
            label="บันทึกการพ้น",
        )
    if outcome.is_done:
        along = f" พร้อมกับ {', '.join(outcome.result)}" if outcome.result else ""
        finish(f"บันทึกแล้ว {row.name} พ้นจากตำแหน่ง{row.seat}{along}")
    drawn.say({**weighed.problems, **outcome.problems})


def _usual_end(row: Any) -> dict[str, Any]:  # noqa: ANN401 - services.officials.OfficialRow
    """Who sits past the term most likely left when it was over."""
    if not row.is_overdue:
        return _NOBODY_LEFT | {"post": row.post}
    return {"ended_on": row.term_ends_on, "end_reason": TERM_OVER, "post": row.post}


def draw_restore(task: Task, acts: Acts) -> None:
    """A leaving that was a mistake is taken back: the person sits again."""
    found: TypedTenure = acts.open(task.tenure_id or 0)
    name = found.row.name
    st.subheader(f"ยกเลิกการพ้นจากตำแหน่ง: {escape(name)}", anchor=False)
    seen = seen_version(task, found, {})
    fields, panel = columns()
    with fields:
        st.info(
            f"ใช้เมื่อบันทึกการพ้นผิด {escape(name)} จะกลับเป็นผู้ดำรงตำแหน่ง"
            f"{escape(found.row.seat)} ส่วนผู้ที่พ้นไปพร้อมกันต้องยกเลิกทีละคน",
            icon=":material/undo:",
        )
    with panel:
        weighed = acts.weigh(task.authority, _NOBODY_LEFT, task.tenure_id)
        outcome = draw_weighing(
            [weighed],
            save=lambda reasons: acts.change(task.tenure_id, seen, _NOBODY_LEFT, reasons),
            label="ยืนยันการยกเลิก",
        )
    if outcome.is_done:
        finish(f"ยกเลิกการพ้นแล้ว {name} เป็นผู้ดำรงตำแหน่ง{found.row.seat} ตามเดิม")


def draw_strike(task: Task, acts: Acts) -> None:
    """An entry that should never have been made is taken out, with the reason."""
    found: TypedTenure = acts.open(task.tenure_id or 0)
    row = found.row
    st.subheader(f"ลบรายการที่บันทึกผิด: {escape(row.name)}", anchor=False)
    seen = seen_version(task, found, {})
    st.warning(
        "ใช้เมื่อรายการนี้ไม่ควรมีอยู่เลย เช่น บันทึกผิดคนหรือผิด อปท. "
        "หากเคยดำรงตำแหน่งจริงแล้วออกไป ให้ใช้ “พ้นจากตำแหน่ง” "
        "ชื่อจะหายจากทะเบียน แต่ยังอยู่ในประวัติของตำแหน่งพร้อมเหตุผลและผู้ลบ",
        icon=":material/warning:",
    )
    key = f"{PREFIX}.strike_reason"
    reason: str = st.text_input("เหตุผลที่ลบ *", key=key, max_chars=200, **KEPT)
    with st.container(horizontal=True):
        is_sent = st.button("ลบรายการนี้", key=f"{PREFIX}.save", type="primary")
        if st.button("ยกเลิก", key=f"{PREFIX}.cancel"):
            cancel()
    if is_sent:
        with acting():
            acts.strike(task.tenure_id, seen, reason)
            finish(f"ลบรายการของ {row.name} ในตำแหน่ง{row.seat} แล้ว")
