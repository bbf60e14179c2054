"""All authorities of the register: where somebody is missing, the first of them on top."""

from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st

from data_layer.rules.offices import search_terms
from pages.components.address import write_param
from pages.components.figures import KeyNumber, draw_key_numbers
from pages.components.filters import choose, last_said
from pages.components.messages import SAMPLE, empty_state
from pages.components.states import ROSTER_STATES
from pages.components.table import TableColumn, draw_table, slice_of

_OPEN: Final = "officials.authority"
_COLUMNS: Final = (
    TableColumn("name", "อปท.", role="title"),
    TableColumn("state", "ทะเบียน", "state"),
    TableColumn("mayor", "นายก"),
    TableColumn("deputies", "รองนายก", "number", role="wide_only"),
    TableColumn("members", "สมาชิกสภา"),
    TableColumn("vacant", "ที่นั่งว่าง", "number"),
    TableColumn("overdue", "ครบวาระแล้ว", "number", role="wide_only"),
    TableColumn("changed_at", "แก้ไขล่าสุด", "date", role="wide_only"),
)
_URGENCY: Final = {state.name: place for place, state in enumerate(ROSTER_STATES)}


def choose_province(provinces: Mapping[str, str]) -> str | None:
    """The province of who sees them all; a link to an authority leads to its own."""
    authority = st.query_params.get("authority", "")
    if authority and "province" not in st.query_params:
        write_param("province", authority[2:4])
    return choose("officials.province", "จังหวัด", provinces, param="province")


def choose_district(rows: pd.DataFrame) -> pd.DataFrame:
    """The authorities of the chosen district, while none of them is open."""
    pairs = zip(rows["district_code"], rows["district"], strict=True)
    names = {str(code): str(name) for code, name in pairs}
    if len(names) < 2 or _is_open():  # noqa: PLR2004 - one district is no choice
        return rows
    ordered = {code: names[code] for code in sorted(names)}
    chosen = choose("officials.district", "อำเภอ", ordered, param="district", whole="ทุกอำเภอ")
    return rows[rows["district_code"] == chosen] if chosen else rows


def _is_open() -> bool:
    asked = st.query_params.get("authority", "")
    is_new = asked != (last_said(_OPEN).code or "")
    return bool(asked if is_new else st.session_state.get(_OPEN))


def choose_authority(rows: pd.DataFrame, closed: Mapping[str, str]) -> str | None:
    """The authority of the address, chosen by `officials.authority`; None is the whole list.

    `closed` is the one asked for when it is no more: it stands in no list, but can be read.
    """
    names = {str(row.code): f"{row.name} ({row.code})" for row in rows.itertuples()}
    names |= {code: f"{name} ({code}) ปิดแล้ว" for code, name in closed.items()}
    return choose(_OPEN, "อปท.", names, param="authority", whole="ทุก อปท. (รายการ)")


def draw_listing(rows: pd.DataFrame) -> None:
    """The numbers and the list; picking a row opens its register."""
    if rows.empty:
        empty_state("ยังไม่มี อปท. ในพื้นที่นี้", "ส่วนกลางนำเข้ารายชื่อ อปท. ได้ที่หน้าทะเบียนหน่วยงาน")
        return
    draw_key_numbers(_numbers(rows))
    query = st.text_input(
        "ค้นหา",
        key="officials.query",
        max_chars=80,
        placeholder="ค้นหาชื่อ รหัส หรืออำเภอ",
        label_visibility="collapsed",
    )
    found = _worst_first(rows)
    for term in search_terms(query):
        found = found[found["search_text"].str.contains(term, regex=False)]
    shown = slice_of("officials.list", total=len(found), size=20, scope=(query, len(rows)))
    picked = draw_table(
        "officials.list",
        _COLUMNS,
        _readable(found.iloc[shown.offset : shown.offset + shown.size]),
        shown,
        caption="อปท. เรียงจากที่ยังบันทึกไม่ครบ",
        empty="ไม่พบ อปท. ลองค้นด้วยคำอื่น",
        pick="code",
    )
    if rows["is_sample"].any():
        st.caption(f"{SAMPLE} ชื่อบุคคลและ อปท. ในรายการนี้สมมุติขึ้น")
    if picked is not None:
        write_param("authority", picked)
        st.rerun()


def _numbers(rows: pd.DataFrame) -> list[KeyNumber]:
    unfinished = int(rows["state"].isin(["unfilled", "unfinished"]).sum())
    vacant = int(rows["vacant"].fillna(0).sum()) + int((rows["mayor"] == "").sum())
    overdue = int(rows["overdue"].sum())
    return [
        KeyNumber("อปท. ที่ยังไม่ครบ", unfinished, len(rows), "unfinished" if unfinished else None),
        KeyNumber("อปท. ที่ครบแล้ว", len(rows) - unfinished, len(rows), "filled"),
        KeyNumber("ตำแหน่งว่าง (นายกและสมาชิก)", vacant, unit="ที่"),
        KeyNumber("ครบวาระแล้ว ยังไม่บันทึกพ้น", overdue, None, "overdue" if overdue else None, "คน"),
    ]


def _worst_first(rows: pd.DataFrame) -> pd.DataFrame:
    ranked = rows.assign(
        urgency=rows["state"].map(_URGENCY), has_mayor=rows["mayor"] != "", missing=-rows["vacant"]
    )
    return ranked.sort_values(["urgency", "has_mayor", "missing", "code"], na_position="first")


def _readable(rows: pd.DataFrame) -> pd.DataFrame:
    acting = rows["is_acting"].map({True: "ไม่มีนายก (ปลัดปฏิบัติหน้าที่)", False: "ไม่มีนายก"})
    of = rows["seats"].map(lambda seats: "" if pd.isna(seats) else f"/{seats}")
    return rows.assign(
        mayor=rows["mayor"].where(rows["mayor"] != "", acting),
        members=rows["members"].astype("string") + of.astype("string"),
        vacant=rows["vacant"].where(rows["vacant"] > 0),
        overdue=rows["overdue"].where(rows["overdue"] > 0),
    )
