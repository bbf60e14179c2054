"""Reviewing: the queue of what was handed in, and one record beside that of the last round."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias

import pandas as pd
import streamlit as st

from pages.components.acts import acting, done
from pages.components.address import write_param
from pages.components.choice import draw_choices
from pages.components.filters import choose
from pages.components.focus import look_at
from pages.components.form.attached import draw_files
from pages.components.form.inputs import shown_text
from pages.components.messages import empty_state, escape
from pages.components.states import BY_NAME
from pages.components.table import TableColumn, draw_table, slice_of

Review: TypeAlias = Any  # services.review.ReviewView: components know no service
Compared: TypeAlias = Any  # services.review.Compared
Approve: TypeAlias = Callable[[Sequence[tuple[str, int]]], None]
Kind: TypeAlias = Literal["primary", "secondary"]
_QUEUE: Final = (
    TableColumn("name", "อปท.", role="title"),
    TableColumn("district", "อำเภอ"),
    TableColumn("state", "สถานะ", "state"),
    TableColumn("submitted_at", "ส่งเมื่อ", "date"),
    TableColumn("late", "กำหนด"),
)
_REMARK: Final = TableColumn("remark", "ข้อสังเกต")
_COMPARED: Final = (
    TableColumn("label", "ช่อง", role="title"),
    TableColumn("now", "รอบนี้"),
    TableColumn("last", "รอบก่อน"),
    TableColumn("remark", "ข้อสังเกต"),
)
_MARKED, _REASON, _LOOK = "review.marked.", "review.reason.", "review.look"
_SURE: Final = "review.sure"
# what waits for the reviewer, then what the district mends, then what is done
_NOT_SENT: Final = ("none", "draft")
_TURN: Final = {"submitted": 0, "returned": 1, "draft": 2, "none": 3, "approved": 4}


def choose_district(rows: pd.DataFrame) -> str | None:
    """One of the districts of the rows, by `review.district`; None is all of them."""
    places = ["district_code", "district", "province"]
    found = sorted(set(rows[places].itertuples(index=False, name=None)))
    is_country = len({province for *_, province in found}) > 1
    names = {
        str(code): f"{district} ({province})" if is_country else str(district)
        for code, district, province in found
    }
    if len(names) <= 1:
        return None
    return choose("review.district", "อำเภอ", names, param="district", whole="ทุกอำเภอ")


def draw_queue(rows: pd.DataFrame, apart: Mapping[str, int]) -> None:
    """All authorities of the scope, what waits for the review on top; a row opens its record.

    `apart` is how many figures of an authority are unlike those of the others, by its code.
    """
    turn = rows["state"].map(_TURN)
    is_sent = ~rows["state"].isin(_NOT_SENT)  # a draft that was taken back was sent once, too
    ordered = rows.assign(
        turn=turn,
        submitted_at=rows["submitted_at"].where(is_sent),
        late=rows["is_late"].map({True: "ส่งช้า", False: "ทันกำหนด"}).where(is_sent),
        remark=[_unlike(apart.get(code, 0)) for code in rows["code"]],
    ).sort_values(["turn", "submitted_at"], kind="stable")
    scope = tuple(ordered["district_code"].unique())
    shown = slice_of("review.list", total=len(ordered), size=20, scope=scope)
    picked = draw_table(
        "review.list",
        (*_QUEUE, _REMARK) if ordered["remark"].any() else _QUEUE,
        ordered.iloc[shown.offset : shown.offset + shown.size],
        shown,
        caption="แบบที่ส่งแล้ว เรียงจากที่รอตรวจนานที่สุด",
        empty="ไม่มี อปท. ในพื้นที่ของท่านที่รอบนี้ถาม",
        pick="code",
    )
    if picked is not None:
        write_param("authority", picked)
        st.rerun()


def _unlike(count: int) -> str:
    return f"ต่างจากที่อื่น {count:,} ช่อง" if count else ""


def draw_approve_many(rows: pd.DataFrame, approve: Approve) -> None:
    """Approve several at once, as they stood on the screen when they were chosen."""
    waiting = rows[rows["state"] == "submitted"]
    if waiting.empty:
        empty_state("ไม่มีแบบรอตรวจ", "เมื่ออำเภอส่งแบบใหม่ รายการจะขึ้นที่นี่และที่หน้าแรก")
        return
    names = {
        code: f"{name} ({code})"
        for code, name in zip(waiting["code"], waiting["name"], strict=True)
    }
    seen = dict(zip(waiting["code"], waiting["version"], strict=True))
    with st.expander(f"ตรวจผ่านหลายแห่งพร้อมกัน (รอตรวจ {len(waiting):,} แห่ง)"):
        chosen = draw_choices(
            "อปท. ที่ตรวจแล้ว",
            list(names),
            key="review.many",
            words=names.__getitem__,
            placeholder="เลือก อปท.",
        )
        if st.button("ตรวจผ่านที่เลือก", key="review.approve_many", disabled=not chosen):
            st.session_state[_SURE] = [(code, seen[code]) for code in chosen]
        sure = st.session_state.get(_SURE, [])
        if chosen and [code for code, _ in sure] == chosen:
            _draw_sure(sure, names, approve)


def _draw_sure(sure: Sequence[tuple[str, int]], names: Mapping[str, str], approve: Approve) -> None:
    """How many and which: asked once more, for what was approved is locked."""
    listed = "  \n".join(
        f"{number}. {escape(names[code])}" for number, (code, _) in enumerate(sure, 1)
    )
    st.warning(
        f"จะตรวจผ่าน **{len(sure):,}** แห่ง เมื่อตรวจผ่านแล้วอำเภอแก้ไขไม่ได้  \n{listed}",
        icon=":material/fact_check:",
    )
    with st.container(horizontal=True):
        is_sure = st.button(
            f"ยืนยันตรวจผ่าน {len(sure):,} แห่ง", key="review.approve_many.sure", type="primary"
        )
        st.button("ยังไม่ตรวจผ่าน", key="review.approve_many.not", on_click=_forget_sure)
    if is_sure:
        with acting():
            approve(sure)
            _forget_sure()
            done(f"ตรวจผ่าน {len(sure):,} แห่งแล้ว")


def _forget_sure() -> None:
    st.session_state.pop(_SURE, None)


def draw_review(
    found: Review,
    *,
    approve: Callable[[], None],
    send_back: Callable[[Mapping[str, str], str], None],
    reopen: Callable[[str], None],
    download: Callable[[str], Callable[[], bytes]],
) -> None:
    """The record compared, and the two ways on: approve it, or say what to change."""
    record = found.record
    state = BY_NAME[str(record.state or "none")]
    late = " · :red[ส่งช้ากว่ากำหนด]" if record.is_late else ""
    st.markdown(f"**{escape(record.office)}** · {state.mark} {state.word}{late}")
    _draw_asked(found)
    if not found.has_last:
        st.caption("ไม่มีข้อมูลรอบก่อนให้เทียบ")
    picked = _draw_compared(found)
    draw_files(record.form, record.files, record.answers, download)
    if found.may_decide:
        _draw_decision(found, picked, approve, send_back)
    elif found.may_reopen:
        _draw_reopen(reopen)
    else:
        st.caption("แบบนี้ยังไม่ได้ส่ง หรือถูกส่งกลับไปแก้ไขอยู่ จึงยังไม่มีอะไรให้ตัดสิน")


def _draw_asked(found: Review) -> None:
    """What the district was asked for the last time, and how much of it was changed since."""
    record = found.record
    if record.note:
        st.markdown(f":material/undo: ครั้งก่อนแจ้งว่า: {escape(record.note)}")
    if record.returned:
        same = len(record.untouched)
        left = f":red[ยังเหมือนเดิม **{same:,}** ช่อง]" if same else ":green[แก้แล้วทุกช่อง]"
        st.markdown(f":material/undo: ครั้งก่อนให้แก้ **{len(record.returned):,}** ช่อง · {left}")


def _draw_compared(found: Review) -> list[str]:
    """The table; the paths that the reviewer picked to be changed."""
    only_noted = st.toggle("แสดงเฉพาะช่องที่เปลี่ยนหรือน่าสังเกต", value=True, key="review.noted")
    rows = [row for row in found.rows if row.is_noted or not only_noted]
    marked: list[str] = st.session_state.setdefault(f"{_MARKED}{found.record.key}", [])
    if found.may_decide and rows:
        st.caption("กดที่ช่องเพื่อขอให้อำเภอแก้ช่องนั้น แล้วพิมพ์เหตุผลในช่องที่ระบบพาไปใต้ตาราง")
    frame = pd.DataFrame(
        [_words(row, is_marked=row.path in marked) for row in rows],
        columns=["path", "label", "now", "last", "remark"],
    )
    shown = slice_of("review.rows", total=len(frame), size=40, scope=(found.record.key, only_noted))
    picked = draw_table(
        "review.rows",
        _COMPARED,
        frame.iloc[shown.offset : shown.offset + shown.size],
        shown,
        caption="กดที่ช่องเพื่อขอให้แก้",
        empty="ไม่มีช่องที่เปลี่ยนจากรอบก่อนหรือผิดไปจากที่อื่น ปิดตัวเลือกด้านบนเพื่อดูทุกช่อง",
        pick="path" if found.may_decide else None,
    )
    if picked is not None:
        marked += [picked] if picked not in marked else []
        st.session_state[_LOOK] = picked
        st.rerun()  # so that the table says what is marked
    return marked


def _words(row: Compared, *, is_marked: bool) -> tuple[str, str, str, str, str]:
    remarks = ["กำลังขอให้แก้"] if is_marked else []
    if row.asked:
        remarks.append(f"ครั้งก่อนให้แก้: {row.asked} ({_became(row)})")
    if row.usual is not None:
        remarks.append(f"ต่างจาก อปท. ประเภทเดียวกันในจังหวัด (ค่ากลาง {row.usual:,.0f})")
    if row.reason:
        remarks.append(f"เหตุผล: {row.reason}")
    if row.now != row.last and row.last is not None:
        remarks.append("เปลี่ยนจากรอบก่อน")
    now, last = (
        "" if each is None else shown_text(row.field, each) for each in (row.now, row.last)
    )
    return row.path, row.label, now, last, " · ".join(remarks)


def _became(row: Compared) -> str:
    return "ยังเหมือนเดิม" if row.is_untouched else "แก้แล้ว"


def _draw_decision(
    found: Review,
    marked: list[str],
    approve: Callable[[], None],
    send_back: Callable[[Mapping[str, str], str], None],
) -> None:
    labels = {row.path: row.label for row in found.rows}
    with st.container():  # what comes and goes here moves nothing below it
        reasons = {path: _draw_reason(path, labels[path], marked) for path in marked}
        if (look := st.session_state.pop(_LOOK, None)) is not None:
            look_at(f"{_REASON}{look}.field", is_field=True)
    note = st.text_input("ข้อความถึงอำเภอเมื่อส่งกลับ (ถ้ามี)", key="review.note", max_chars=200)
    with st.container(horizontal=True):
        # with fields picked to be changed the way on is back: to approve now would lose the reasons
        ways: tuple[Kind, Kind] = ("secondary", "primary") if marked else ("primary", "secondary")
        hint = "มีช่องที่ขอให้แก้อยู่ หากไม่ต้องแก้ กด “ไม่ขอให้แก้” ที่ช่องนั้นก่อน" if marked else None
        if st.button(
            "ตรวจผ่าน", key="review.approve", type=ways[0], disabled=bool(marked), help=hint
        ):
            with acting():
                approve()
                _leave(found, f"ตรวจผ่าน {found.record.office} แล้ว")
        if st.button("ส่งกลับให้แก้ไข", key="review.return", type=ways[1], icon=":material/undo:"):
            with acting():
                send_back(reasons, note)
                _leave(found, f"ส่งกลับให้ {found.record.office} แก้ไขแล้ว อำเภอเห็นที่หน้าแรกทันที")


def _draw_reason(path: str, label: str, marked: list[str]) -> str:
    """Why a marked field is to be changed, and the way to unmark it."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{_REASON}{path}.field"):
        reason = st.text_input(
            f"ให้แก้ “{escape(label)}” เพราะ", key=f"{_REASON}{path}", max_chars=200
        )
        st.button("ไม่ขอให้แก้", key=f"review.unmark.{path}", on_click=marked.remove, args=(path,))
    return reason


def _draw_reopen(reopen: Callable[[str], None]) -> None:
    with st.expander("เปิดให้แก้ไขใหม่"):
        reason = st.text_input("เหตุผล (บันทึกไว้เป็นหลักฐาน)", key="review.reopen.reason", max_chars=200)
        if st.button("เปิดให้อำเภอแก้ไข", key="review.reopen"):
            with acting():
                reopen(reason)
                done("เปิดให้อำเภอแก้ไขแล้ว")


def _leave(found: Review, text: str) -> None:
    """Back to the queue, where the next one waits."""
    mine = (_REASON, "review.note", f"{_MARKED}{found.record.key}")
    for key in [key for key in st.session_state if str(key).startswith(mine)]:
        del st.session_state[key]
    write_param("authority", "")
    done(text)
