"""What a form asks of the local authorities: how far each is, the next one to do first."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import pandas as pd
import streamlit as st

from data_layer.clock import now
from data_layer.rules.offices import AUTHORITY_KIND_NAMES
from data_layer.thai import thai_datetime
from pages.components.address import write_param
from pages.components.countdown import phase_words
from pages.components.filters import choose
from pages.components.form.steps import forget_step
from pages.components.messages import empty_state, escape
from pages.components.table import TableColumn, draw_table, slice_of

Worklist: TypeAlias = Any  # services.records.Worklist: components know no service
_COLUMNS: Final = (
    TableColumn("name", "อปท.", role="title"),
    TableColumn("code", "รหัส", "code"),
    TableColumn("state", "สถานะ", "state"),
    TableColumn("share", "กรอกแล้ว", "percent"),
    TableColumn("changed_at", "แก้ไขล่าสุด", "date"),
    TableColumn("changed_by", "โดย", role="wide_only"),
)
_UNTIL: Final = TableColumn("until", "ขยายเวลาถึง", "date")
_MORE_TIME: Final = ":blue[:material/more_time: ขยายเวลาให้]"


def purpose(*, may_write: bool) -> str:
    """What the page is for, to who fills and to who looks."""
    return "กรอกทีละ อปท. ระบบบันทึกร่างทุกช่องที่พิมพ์" if may_write else "ดูคำตอบและสถานะการส่งของแต่ละ อปท."


def choose_round(codes: Sequence[str]) -> str | None:
    """One of the rounds, by `entry.round`; of one alone nobody is asked, None is the newest."""
    if len(codes) <= 1:
        return None
    return choose("entry.round", "รอบ", {code: f"รอบ {code}" for code in codes}, param="round")


def choose_authority(found: Worklist) -> str | None:
    """The authority of the address, chosen by `entry.authority`; None is the whole list."""
    names = {
        row.code: f"{row.name} ({row.code})" for row in found.rows.sort_values("code").itertuples()
    }
    names |= {code: f"{name} ({code}) ปิดแล้ว" for code, name in found.closed.items()}
    chosen = choose("entry.authority", "อปท.", names, param="authority", whole="ทุก อปท. (รายการ)")
    if chosen is None:
        forget_step()
    return chosen


def draw_no_round() -> None:
    """Nothing is asked yet."""
    empty_state("ยังไม่มีรอบที่เปิดรับ", "เมื่อส่วนกลางเปิดรอบ รายการ อปท. จะขึ้นที่หน้านี้และแจ้งที่หน้าแรก")


def draw_round(found: Worklist, code: str | None) -> None:
    """Which round it is, how many are done, and until when, for the chosen authority or all."""
    done = f"ส่งแล้ว **{found.done:,}** จาก {len(found.rows):,} อปท."
    times = phase_words(found.times_of(code), now())
    st.markdown(
        f"**รอบ {escape(found.round.code)}** {escape(found.round.title)} · {done}  \n"
        f"{times}{_more_time(found, code)}"
    )


def _more_time(found: Worklist, code: str | None) -> str:
    """That the chosen authority was given more time, or how many of all still have more."""
    if code is None:
        still = (found.rows["until"] >= now()).sum()
        return f" · {_MORE_TIME} {still:,} อปท." if still else ""
    if code not in set(found.rows["code"][found.rows["until"].notna()]):
        return ""
    return f" · {_MORE_TIME} อปท. นี้แล้ว เดิมครบกำหนด {thai_datetime(found.round.times.due_at)}"


def draw_next(found: Worklist, code: str, *, may_write: bool) -> None:
    """The way on, once an authority has handed in: to one that still can, or that all have."""
    if not may_write or not found.is_done(code):
        return
    if found.done == len(found.rows):
        st.caption(":material/done_all: อปท. ในพื้นที่ของท่านส่งครบทุกแห่งแล้ว")
        return
    after = found.next_after(code)
    if after is None:
        return
    st.button(
        f"อปท. ถัดไปที่ต้องกรอก: {escape(after[1])}",
        key="entry.next_authority",
        icon=":material/arrow_forward:",
        on_click=_go_on,
        args=(after[0],),
    )


def _go_on(code: str) -> None:
    forget_step()
    write_param("authority", code)


def choose_view(*, may_write: bool) -> str:
    """The list of the authorities; to fill many of them, the grid and the Excel template."""
    names = {"list": "รายการ"}
    if may_write:
        names |= {"grid": "ตาราง (หลาย อปท.)", "excel": "Excel"}
    chosen = st.segmented_control(
        "มุมมอง",
        list(names),
        default="list",
        required=True,
        format_func=names.__getitem__,
        key="entry.view",
        label_visibility="collapsed",
    )
    return chosen or "list"


def draw_worklist(found: Worklist) -> None:
    """The list; picking a row opens its record."""
    rows = _readable(found.rows)
    shown = slice_of("entry.list", total=len(rows), size=20)
    picked = draw_table(
        "entry.list",
        (*_COLUMNS, _UNTIL) if rows["until"].notna().any() else _COLUMNS,
        rows.iloc[shown.offset : shown.offset + shown.size],
        shown,
        caption="อปท. ที่ต้องกรอก เรียงจากที่ควรทำก่อน",
        empty="ไม่มี อปท. ในพื้นที่ของท่านที่รอบนี้ถาม โปรดแจ้งส่วนกลางหากรายชื่อไม่ครบ",
        pick="code",
    )
    if picked is not None:
        write_param("authority", picked)
        st.rerun()


def _readable(rows: pd.DataFrame) -> pd.DataFrame:
    share = rows["filled"] / rows["needed"].where(rows["needed"] > 0)
    kinds = rows["kind"].map(lambda kind: AUTHORITY_KIND_NAMES.get(kind, kind))
    return rows.assign(share=share, kind=kinds)
