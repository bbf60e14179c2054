"""The panels of a form's progress, in the order in which a supervisor reads them."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

import pandas as pd
import streamlit as st

from data_layer.progress import ANSWERS, DONE, FORMS, FORMS_TITLE, PANELS, Progress
from pages.components.downloads import download_pair, file_links
from pages.components.figures import KeyNumber, draw_key_numbers
from pages.components.messages import empty_state
from pages.components.states import APPROVED, DRAFT, NOT_BEGUN, RETURNED, SUBMITTED
from pages.components.table import (
    PackedTable,
    Slice,
    TableColumn,
    draw_packed,
    draw_table,
    packed,
    slice_of,
    table_data,
)

# (panel, format) -> what builds the file at the click; None for who may not export
Exporter = Callable[[str, str], Callable[[], bytes]] | None
Namer = Callable[[str], str]
FORMS_LIST: Final = "forms.list"
_NOT_DONE: Final = (
    TableColumn("name", "อปท.", role="title"),
    TableColumn("district", "อำเภอ"),
    TableColumn("code", "รหัส", "code", role="wide_only"),
    TableColumn("state", "สถานะ", "state"),
    TableColumn("share", "กรอกแล้ว", "percent"),
    TableColumn("changed_at", "แก้ไขล่าสุด", "date"),
)
_UNTIL: Final = TableColumn("until", "ขยายเวลาถึง", "date")
_STATES: Final = (NOT_BEGUN, DRAFT, RETURNED, SUBMITTED, APPROVED)
_COUNTED: Final = (
    TableColumn("expected", "ต้องกรอก", "number"),
    *(TableColumn(state.name, state.word, "number") for state in _STATES),
    TableColumn("late", "ส่งช้า", "number"),
    TableColumn("share", "ส่งแล้ว", "percent"),
)
_FORMS_FRAME: Final = ["form", "form_id", *(column.name for column in _COUNTED)]
_BY_AREA: Final = (TableColumn("name", "พื้นที่", role="title"), *_COUNTED)
_COMPLETENESS: Final = (
    TableColumn("label", "ช่อง", role="title"),
    TableColumn("group", "หมวด"),
    TableColumn("filled", "มีคำตอบ", "number"),
    TableColumn("share", "ร้อยละ", "percent"),
)


def draw_progress_numbers(found: Progress) -> None:
    """Expected, and of it each state; late apart."""
    expected = found.expected
    draw_key_numbers(
        [
            KeyNumber("ต้องกรอก", expected),
            *(
                KeyNumber(state.word, found.count(state.name), expected, state.name)
                for state in _STATES
            ),
            KeyNumber("ส่งช้า (จากที่ส่งแล้ว)", found.late, found.count(*DONE)),
        ]
    )


def draw_not_done(found: Progress, exporter: Exporter, namer: Namer) -> None:
    """The names of who has not handed in, the farthest behind first."""
    rows = found.not_done.assign(share=_share(found.not_done))
    rows = rows.sort_values("share", kind="stable", na_position="first")
    title = f"{PANELS['not_done'].title} {len(rows):,} แห่ง"
    columns = (*_NOT_DONE, _UNTIL) if rows["until"].notna().any() else _NOT_DONE
    _draw_panel("not_done", title, columns, rows, exporter, namer, "ส่งครบทุกแห่งแล้ว")


def draw_areas(found: Progress, exporter: Exporter, namer: Namer) -> str | None:
    """A row per province or district; the code of a picked one."""
    if found.scope.district_code is not None:
        return None
    title = PANELS["progress_by_area"].title
    rows = found.by_area.sort_values("share", kind="stable")
    return _draw_panel(
        "progress_by_area", title, _BY_AREA, rows, exporter, namer, "ไม่มี อปท. ที่ต้องกรอก", pick="code"
    )


def draw_completeness(found: Progress, exporter: Exporter, namer: Namer) -> None:
    """Which fields are left empty most; below a province only."""
    if found.completeness.empty:
        st.caption("เลือกจังหวัดหรืออำเภอ เพื่อดูความครบถ้วนรายช่อง")
        return
    rows = found.completeness.sort_values("share", kind="stable")
    title = PANELS["completeness"].title
    _draw_panel("completeness", title, _COMPLETENESS, rows, exporter, namer, "ยังไม่มีใครเริ่มกรอก")


def draw_forms(found: Sequence[Any], area: str | None, *, has_files: bool) -> str | None:
    """On a dashboard: how far each form has come; the form_id of the one that was picked."""
    tables = forms_tables(found, area, has_files=has_files)
    return draw_packed(*tables).get(FORMS_LIST) if tables else None


def forms_tables(
    found: Sequence[Any], area: str | None, *, has_files: bool
) -> tuple[PackedTable, ...]:
    """The table of `draw_forms`, to be drawn below another one; none before the first round."""
    if not found:
        return ()
    asked = tuple(each for each in found if each.expected)
    shown = Slice(1, max(1, len(asked)), len(asked))  # two forms are no pages
    files = file_links(FORMS, area) if has_files and asked else ()
    return (_forms_table(asked, shown, files),)


@lru_cache(maxsize=128)
def _forms_table(
    found: tuple[Any, ...], shown: Slice, files: tuple[tuple[str, str], ...]
) -> PackedTable:
    """Formatted once as long as the numbers are the same objects."""
    data = table_data(
        (TableColumn("form", "แบบฟอร์ม", role="title"), *_COUNTED),
        pd.DataFrame([_counts(each) for each in found], columns=_FORMS_FRAME),
        shown,
        caption="กดที่แบบเพื่อดูรายชื่อ อปท. ที่ยังไม่ส่งและความครบถ้วนรายช่อง",
        empty="พื้นที่นี้ไม่มี อปท. ที่ต้องกรอกแบบในรอบที่เปิดอยู่",
        pick="form_id",
        title=FORMS_TITLE,
        files=files,
    )
    return packed(FORMS_LIST, data)


def _counts(each: Any) -> dict[str, object]:  # noqa: ANN401 - services.progress.FormCounts
    states = {state.name: each.by_state.get(state.name, 0) for state in _STATES}
    form = f"{each.form_name} รอบ {each.round_code}"
    given = {"form": form, "form_id": each.form_id.value, "expected": each.expected}
    return {**given, **states, "late": each.late, "share": each.share}


def draw_no_round() -> None:
    """Before the first round."""
    empty_state("ยังไม่มีรอบที่เปิดรับ", "เมื่อส่วนกลางเปิดรอบ ความคืบหน้าจะขึ้นที่นี่")


def draw_answers(exporter: Exporter, namer: Namer) -> None:
    """All answers of the area in one file."""
    if exporter is None:
        return
    with st.container(key="answers.panel", horizontal=True, vertical_alignment="bottom"):
        st.subheader("คำตอบทั้งหมดของพื้นที่นี้", anchor=False, width="stretch")
        csv, xlsx = exporter(ANSWERS, "csv"), exporter(ANSWERS, "xlsx")
        download_pair(ANSWERS, csv=csv, xlsx=xlsx, name=namer(ANSWERS))


def _draw_panel(
    panel: str,
    title: str,
    columns: tuple[TableColumn, ...],
    rows: pd.DataFrame,
    exporter: Exporter,
    namer: Namer,
    empty: str,
    *,
    pick: str | None = None,
) -> str | None:
    with st.container(
        key=f"{panel}.panel", horizontal=True, vertical_alignment="bottom", gap="xsmall"
    ):
        st.subheader(title, anchor=False, width="stretch")
        if exporter is not None:
            csv, xlsx = exporter(panel, "csv"), exporter(panel, "xlsx")
            download_pair(panel, csv=csv, xlsx=xlsx, name=namer(panel))
        shown = slice_of(f"{panel}.list", total=len(rows), size=15, scope=title)
        return draw_table(
            f"{panel}.list",
            columns,
            rows.iloc[shown.offset : shown.offset + shown.size],
            shown,
            caption=title,
            empty=empty,
            pick=pick,
        )


def _share(rows: pd.DataFrame) -> "pd.Series[float]":
    return rows["filled"] / rows["needed"].where(rows["needed"] > 0)
