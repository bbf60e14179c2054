"""How far a form has come in a round: the figures of one scope at one moment. Pure.

One frame, a local authority a row (queries.records.RECORD_STATES), is read once; all else is
computed from it here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pandas as pd

from data_layer.access import Scope
from data_layer.exchange.writing import Column, Report
from data_layer.rules.offices import AUTHORITY_KIND_NAMES

STATE_NAMES: Final[Mapping[str, str]] = {
    "none": "ยังไม่เริ่ม",
    "draft": "ร่าง",
    "returned": "ถูกส่งกลับ",
    "submitted": "ส่งแล้ว รอตรวจ",
    "approved": "ตรวจผ่านแล้ว",
}
ANSWERS: Final = "answers"  # the panel that is all answers themselves (services.answers)
DONE: Final = ("submitted", "approved")


@dataclass(frozen=True, eq=False)  # one computed progress is itself
class Progress:
    """All panels of one form, round and scope.

    `rows` is RECORD_STATES of the form and `until`, to when an authority has more time; `not_done`
    those of it that were not handed in, by place; `by_area` one row per province (country) or
    district: code, name, expected and a count per state, late, share handed in; `completeness` one
    row per required or filled field: label, group, filled, begun, share - empty for a whole
    country. Frames are shared: never change them.
    """

    scope: Scope
    scope_name: str
    form_name: str
    round_code: str
    rows: pd.DataFrame
    not_done: pd.DataFrame
    by_area: pd.DataFrame
    completeness: pd.DataFrame

    @property
    def expected(self) -> int:
        """The active local authorities that the round asks."""
        return len(self.rows)

    def count(self, *states: str) -> int:
        """How many stand in one of the states."""
        return int(self.rows["state"].isin(states).sum())

    @property
    def late(self) -> int:
        """How many were handed in after they were due; the others of DONE were on time."""
        return int((self.rows["state"].isin(DONE) & self.rows["is_late"].fillna(value=False)).sum())


def compute(
    rows: pd.DataFrame,
    completeness: pd.DataFrame,
    *,
    scope: Scope,
    scope_name: str,
    form_name: str,
    round_code: str,
) -> Progress:
    """All panels from the frame that was read."""
    return Progress(
        scope=scope,
        scope_name=scope_name,
        form_name=form_name,
        round_code=round_code,
        rows=rows,
        not_done=rows[~rows["state"].isin(DONE)],
        by_area=_by_area(rows, is_country=scope.province_code is None),
        completeness=completeness,
    )


def _by_area(rows: pd.DataFrame, *, is_country: bool) -> pd.DataFrame:
    code, name = ("province_code", "province") if is_country else ("district_code", "district")
    flags = {state: (rows["state"] == state).astype("int64") for state in STATE_NAMES}
    late = (rows["state"].isin(DONE) & rows["is_late"].fillna(value=False)).astype("int64")
    counted = rows[[code, name]].assign(expected=1, **flags, late=late)
    areas = counted.groupby([code, name], sort=False).sum().reset_index()
    areas = areas.set_axis(["code", "name", "expected", *STATE_NAMES, "late"], axis="columns")
    done = areas["submitted"] + areas["approved"]
    return areas.assign(share=done / areas["expected"])


@dataclass(frozen=True)
class ProgressPanel:
    """One panel: its name (in widget keys and file names), title, columns and rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Progress], pd.DataFrame]


def _words(rows: pd.DataFrame) -> pd.DataFrame:
    kinds = rows["kind"].map(lambda kind: AUTHORITY_KIND_NAMES[kind])
    return rows.assign(
        state=rows["state"].map(STATE_NAMES),
        kind=kinds,
        late=rows["is_late"].map({True: "ส่งช้า", False: "ทันกำหนด"}),
        filled_share=rows["filled"] / rows["needed"].where(rows["needed"] > 0),
    )


_PLACE: Final = (
    Column("province", "จังหวัด", "text"),
    Column("district", "อำเภอ", "text"),
    Column("code", "รหัส อปท.", "text"),
    Column("name", "อปท.", "text"),
    Column("kind", "ประเภท", "text"),
    Column("state", "สถานะ", "text"),
    Column("filled_share", "กรอกแล้ว", "percent"),
    Column("changed_at", "แก้ไขล่าสุด", "instant"),
    Column("until", "ขยายเวลาถึง", "instant"),
)
_COUNTED: Final = (
    Column("expected", "ต้องกรอก", "integer"),
    *(Column(state, name, "integer") for state, name in STATE_NAMES.items()),
    Column("late", "ส่งช้า", "integer"),
    Column("share", "ร้อยละที่ส่งแล้ว", "percent"),
)
FORMS: Final = "forms"  # the panel of a dashboard that has a row for each form
FORMS_TITLE: Final = "การกรอกแบบ"
FORMS_COLUMNS: Final = (
    Column("form", "แบบฟอร์ม", "text"),
    Column("round", "รอบ", "text"),
    *_COUNTED,
)
PANELS: Final[Mapping[str, ProgressPanel]] = {
    panel.name: panel
    for panel in (
        ProgressPanel("not_done", "อปท. ที่ยังไม่ส่งแบบ", _PLACE, lambda found: _words(found.not_done)),
        ProgressPanel(
            "records",
            "สถานะการกรอกแบบของทุก อปท.",
            (
                *_PLACE,
                Column("submitted_at", "ส่งเมื่อ", "instant"),
                Column("late", "กำหนด", "text"),
                Column("decided_at", "ตรวจเมื่อ", "instant"),
            ),
            lambda found: _words(found.rows),
        ),
        ProgressPanel(
            "progress_by_area",
            "จำนวน อปท. ตามสถานะและพื้นที่",
            (
                Column("code", "รหัส", "text"),
                Column("name", "พื้นที่", "text"),
                *_COUNTED,
            ),
            lambda found: found.by_area,
        ),
        ProgressPanel(
            "completeness",
            "ความครบถ้วนรายช่อง (จากแบบที่เริ่มกรอกแล้ว)",
            (
                Column("group", "หมวด", "text"),
                Column("label", "ช่อง", "text"),
                Column("filled", "มีคำตอบ (แห่ง)", "integer"),
                Column("begun", "เริ่มกรอก (แห่ง)", "integer"),
                Column("share", "ร้อยละ", "percent"),
            ),
            lambda found: found.completeness,
        ),
    )
}


def panel_slug(panel: str, form_id: str, found: Progress) -> str:
    """What the panel's file is called: the panel, the form, the round and the area's code."""
    area = found.scope.district_code or found.scope.province_code or "all"
    return f"{panel}_{form_id}_{found.round_code.replace('-', '_')}_{area}"


def panel_report(panel: str, form_id: str, found: Progress, as_of: datetime) -> Report:
    """The panel as a report of that moment."""
    declared = PANELS[panel]
    names = [column.name for column in declared.columns]
    return Report(
        slug=panel_slug(panel, form_id, found),
        title=f"{declared.title} · {found.form_name} · รอบ {found.round_code}",
        scope=found.scope_name,
        as_of=as_of,
        columns=declared.columns,
        frame=declared.rows(found)[names].reset_index(drop=True),
    )
