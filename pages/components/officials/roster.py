"""The register of one authority: how its seats add up, who sits, what is vacant, who sat."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_layer.rules.offices import AUTHORITY_KIND_NAMES
from data_layer.rules.posts import POST_NAMES, seat_name
from data_layer.rules.roster import Seats, seats_words
from pages.components.acts import acting
from pages.components.address import write_param
from pages.components.closed import draw_closed
from pages.components.layout import page_header
from pages.components.messages import empty_state, sample_badge
from pages.components.officials.entry import draw_add
from pages.components.officials.tasks import Acts, OfficialRow, Reads, Roster, Task, begin, current
from pages.components.officials.tenure import draw_tenure, note_of, state_of
from pages.components.table import TableColumn, draw_table, slice_of

_SITTING: Final = (
    TableColumn("seat", "ตำแหน่ง"),
    TableColumn("name", "ชื่อ", role="title"),
    TableColumn("state", "สถานะ", "state"),
    TableColumn("citizen_id", "เลขประจำตัว", "code", role="wide_only"),
    TableColumn("began_on", "ตั้งแต่", "date"),
    TableColumn("ends_on", "ครบวาระ", "date"),
    TableColumn("note", "หมายเหตุ"),
)
_PAST: Final = (
    TableColumn("seat", "ตำแหน่ง"),
    TableColumn("name", "ชื่อ", role="title"),
    TableColumn("began_on", "ตั้งแต่", "date"),
    TableColumn("ended_on", "ถึง", "date"),
    TableColumn("end_reason", "เหตุที่พ้น"),
)
_VACANT: Final = "vacant"
_ALL: Final = 60  # the largest council and its executives stand on one page


def draw_authority(head: DeltaGenerator, code: str, reads: Reads, acts: Acts | None) -> None:
    """The authority, or what is done in it: one seat, an entry."""
    found: Roster = None
    with acting():
        found = reads.roster(code)
    if found is None:
        return
    with head:
        _draw_head(found)
    if found.closed is not None:
        acts = None
        draw_closed(found.closed, "ทะเบียนนี้จึงดูได้อย่างเดียว")
    tenure_id = _asked_tenure()
    task = current(code, tenure_id)
    if tenure_id is not None:
        draw_tenure(found, tenure_id, task, reads, acts)
    elif task is not None and acts is not None:
        draw_add(task, acts)
    else:
        _draw_roster(found, acts)


def _draw_head(found: Roster) -> None:
    facts = found.facts
    kind = AUTHORITY_KIND_NAMES[facts.kind]
    place = f"{kind} · อำเภอ{facts.district} จังหวัด{facts.province}"
    page_header(facts.name, f"ผู้บริหารและสมาชิกสภา · รหัส {facts.code} · {place}")
    if facts.is_sample:
        sample_badge()


def _asked_tenure() -> int | None:
    asked = st.query_params.get("tenure", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None  # noqa: PLR2004 - no longer id


def _draw_roster(found: Roster, acts: Acts | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="officials-sums"):
        if found.closed is None:
            st.markdown(f"**{seats_words(found.seats)}**", width="stretch")
        if acts is not None and st.button(
            "เพิ่มผู้ดำรงตำแหน่ง", key="officials.add", type="primary", icon=":material/person_add:"
        ):
            begin(Task("add", found.facts.code))
    vacant = () if found.closed else _vacant(found, may_add=acts is not None)
    rows = [*vacant, *map(_shown, found.sitting)]
    if not found.sitting and not found.past:
        empty_state(
            "ยังไม่มีใครในทะเบียนของ อปท. นี้",
            "เริ่มจากนายก แล้วเพิ่มรองนายกและสมาชิกสภาทีละคน โดยกดที่แถวที่ว่าง"
            if acts
            else "สถอ. บันทึกได้ที่หน้านี้",
        )
    if rows:
        _pick(_draw(_SITTING, "officials.sitting", rows, "ผู้ดำรงตำแหน่งและตำแหน่งที่ว่าง"), found)
    if found.past:
        st.subheader(f"ผู้ที่พ้นจากตำแหน่งแล้ว {len(found.past):,} รายการ", anchor=False)
        past = [_shown(row) for row in found.past]
        _pick(_draw(_PAST, "officials.past", past, "ผู้ที่พ้นจากตำแหน่งแล้ว"), found)


def _pick(picked: str | None, found: Roster) -> None:
    """A person opens, a vacant seat is filled."""
    if picked is None:
        return
    if picked.startswith(_VACANT):
        _, post, constituency = picked.split(":")
        key = next(each for each in POST_NAMES if each == post)
        begin(Task("add", found.facts.code, None, key, int(constituency) or None))
    write_param("tenure", picked)
    st.rerun()


def _draw(
    columns: Sequence[TableColumn], key: str, rows: Sequence[dict[str, Any]], caption: str
) -> str | None:
    frame = pd.DataFrame(
        rows, columns=[*(column.name for column in columns), "pick"], dtype="object"
    )
    shown = slice_of(key, total=len(frame), size=_ALL)
    page = frame.iloc[shown.offset : shown.offset + shown.size]
    return draw_table(key, columns, page, shown, caption=caption, empty="ยังไม่มีรายการ", pick="pick")


def _shown(row: OfficialRow) -> dict[str, Any]:
    return {
        "pick": str(row.id),
        "seat": row.seat,
        "name": row.name,
        "state": state_of(row),
        "citizen_id": row.citizen_id,
        "began_on": row.began_on,
        "ends_on": row.term_ends_on or "",
        "ended_on": row.ended_on,
        "end_reason": row.end_reason,
        "note": note_of(row),
    }


def _vacant(found: Roster, *, may_add: bool) -> Iterator[dict[str, Any]]:
    """The seats that people vote for and nobody is in, each with the way to fill it."""
    for post, constituency, count in _vacancies(found.seats):
        words = f"ว่าง {count:,} ที่"
        yield {
            "pick": f"{_VACANT}:{post}:{constituency or 0}" if may_add else "",
            "seat": seat_name(post, constituency),
            "name": f"+ เพิ่มชื่อ ({words})" if may_add else words,
            "state": _VACANT,
            **dict.fromkeys(("citizen_id", "began_on", "ends_on", "note"), ""),
        }


def _vacancies(seats: Seats) -> Iterator[tuple[Any, int | None, int]]:
    mayor, member = next(iter(POST_NAMES)), next(post for post in POST_NAMES if post == "member")
    if not seats.mayors:
        yield mayor, None, 1
    if seats.vacant:
        for constituency, count in seats.vacant:
            yield member, constituency, count
    elif seats.vacancies:
        yield member, None, seats.vacancies
