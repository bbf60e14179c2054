"""The panels of a dashboard as tables: each is declared once, for the screen's files and tests."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from data_layer.dashboard import STEP_NAMES, STEPS, Dashboard, worst_first
from data_layer.exchange.writing import Column, Report
from data_layer.rules.offices import AUTHORITY_KIND_NAMES
from data_layer.thai import format_phone

STATE_NAMES = {
    "registered": "ลงทะเบียนแล้ว",
    "waiting": "รอยืนยัน",
    "not_registered": "ยังไม่ลงทะเบียน",
}
AUTHORITIES = "authorities"  # the one panel that only the dashboard of a district has
SOURCE_NAMES = {"phrom": "ระบบพร้อม", "dla_sso": "รายชื่อ DLA-SSO", "": ""}


@dataclass(frozen=True)
class Panel:
    """One panel: its name (in widget keys and file names), title, columns and rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Dashboard], pd.DataFrame]


def _funnel(dashboard: Dashboard) -> pd.DataFrame:
    steps = [(STEP_NAMES[step], count) for step, count in dashboard.funnel.items()]
    return pd.DataFrame(steps, columns=["step", "offices"])


def _offices(dashboard: Dashboard) -> pd.DataFrame:
    offices = dashboard.offices
    return offices.assign(
        state=offices["state"].map(STATE_NAMES),
        step=offices["step"].map(lambda n: STEP_NAMES[STEPS[n]]),
        source=offices["source"].map(SOURCE_NAMES),
    )


def _by_area(dashboard: Dashboard) -> pd.DataFrame:
    areas = worst_first(dashboard.by_area)
    expected = areas[list(STATE_NAMES)].sum(axis="columns")
    return areas.assign(expected=expected, share=areas["registered"] / expected)


def _authorities(dashboard: Dashboard) -> pd.DataFrame:
    kinds = dashboard.authorities["kind"].map(lambda kind: AUTHORITY_KIND_NAMES[kind])
    samples = dashboard.authorities["is_sample"].map({True: "ข้อมูลตัวอย่าง", False: ""})
    return dashboard.authorities.assign(kind=kinds, is_sample=samples)


_PLACE = (
    Column("province", "จังหวัด", "text"),
    Column("name", "สถอ.", "text"),
    Column("code", "รหัสหน่วยงาน", "text"),
    Column("phone", "โทรศัพท์", "text"),
)
PANELS = {
    panel.name: panel
    for panel in (
        Panel(
            "not_registered",
            "สถอ. ที่ยังไม่ลงทะเบียน SSO",
            (*_PLACE, Column("days", "จำนวนวันนับจากหนังสือแจ้ง", "integer")),
            lambda dashboard: dashboard.not_registered,
        ),
        Panel(
            "offices",
            "สถานะการลงทะเบียน SSO ของ สถอ.",
            (
                *_PLACE,
                Column("state", "สถานะ", "text"),
                Column("step", "ขั้นล่าสุด", "text"),
                Column("source", "แหล่งข้อมูล", "text"),
                Column("claimed_at", "ยื่นลงทะเบียนเมื่อ", "instant"),
                Column("registered_at", "ลงทะเบียนสำเร็จในระบบพร้อมเมื่อ", "instant"),
                Column("listed_on", "อยู่ในรายชื่อ DLA-SSO ของวันที่", "date"),
                Column("listed_in", "ไฟล์รายชื่อ DLA-SSO", "text"),
            ),
            _offices,
        ),
        Panel(
            "by_area",
            "จำนวน สถอ. ตามสถานะการลงทะเบียน ทุกพื้นที่ ที่ยังไม่ลงทะเบียนมากที่สุดก่อน",
            (
                Column("code", "รหัส", "text"),
                Column("name", "พื้นที่", "text"),
                Column("expected", "ทั้งหมด", "integer"),
                Column("registered", "ลงทะเบียนแล้ว", "integer"),
                Column("waiting", "รอยืนยัน", "integer"),
                Column("not_registered", "ยังไม่ลงทะเบียน", "integer"),
                Column("share", "ร้อยละที่ลงทะเบียน", "percent"),
            ),
            _by_area,
        ),
        Panel(
            "funnel",
            "ขั้นของการลงทะเบียน SSO",
            (Column("step", "ขั้น", "text"), Column("offices", "จำนวน สถอ.", "integer")),
            _funnel,
        ),
        Panel(
            "over_time",
            "จำนวน สถอ. ที่ลงทะเบียนสะสม",
            (
                Column("on", "วันที่", "date"),
                Column("registered", "ลงทะเบียนสะสม", "integer"),
            ),
            lambda dashboard: dashboard.over_time,
        ),
        Panel(
            AUTHORITIES,
            "องค์กรปกครองส่วนท้องถิ่นในอำเภอ",
            (
                Column("code", "รหัส อปท.", "text"),
                Column("name", "ชื่อ อปท.", "text"),
                Column("kind", "ประเภท", "text"),
                Column("phone", "โทรศัพท์", "text"),
                Column("is_sample", "หมายเหตุ", "text"),
            ),
            _authorities,
        ),
    )
}


def panel_slug(panel: str, dashboard: Dashboard) -> str:
    """What the panel's file of this dashboard is called: the panel and the area's code."""
    return f"{panel}_{dashboard.scope.district_code or dashboard.scope.province_code or 'all'}"


def panel_report(panel: str, dashboard: Dashboard, as_of: datetime) -> Report:
    """The panel of a dashboard as a report of that moment."""
    declared = PANELS[panel]
    names = [column.name for column in declared.columns]
    return Report(
        slug=panel_slug(panel, dashboard),
        title=declared.title,
        scope=dashboard.scope_name,
        as_of=as_of,
        columns=declared.columns,
        frame=_readable(declared.rows(dashboard)[names].reset_index(drop=True)),
    )


def _readable(frame: pd.DataFrame) -> pd.DataFrame:
    """Phones as people write them: with dashes Excel keeps the leading zero, in a CSV too."""
    if "phone" not in frame:
        return frame
    return frame.assign(phone=[format_phone(phone) if phone else "" for phone in frame["phone"]])
