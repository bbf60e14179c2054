"""Panels as files: exactly what a dashboard shows, with what, where and as of when in the file.

Each panel is declared once; the button, the command line and the tests use the same declaration.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from data_layer.access import Actor, demand
from data_layer.audit import record
from data_layer.db import writing
from data_layer.exchange.writing import Column, Report, file_name, to_csv, to_xlsx
from data_layer.queries.office_states import STEPS
from data_layer.services import dashboards
from data_layer.services.dashboards import Dashboard

Format = Literal["csv", "xlsx"]
STATE_NAMES = {
    "registered": "ลงทะเบียนแล้ว",
    "waiting": "รอยืนยัน",
    "not_registered": "ยังไม่ลงทะเบียน",
}
STEP_NAMES = dict(
    zip(
        STEPS,
        (
            "ยังไม่ลงทะเบียน",
            "รอยืนยัน",
            "มี SSO ADMIN",
            "มีผู้ใช้งาน",
            "เข้าใช้ด้วยเลข 13 หลักแล้ว",
        ),
        strict=True,
    )
)
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
    areas = dashboard.by_area
    expected = areas[list(STATE_NAMES)].sum(axis="columns")
    return areas.assign(expected=expected, share=areas["registered"] / expected)


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
                Column("registered_at", "ลงทะเบียนสำเร็จเมื่อ", "instant"),
            ),
            _offices,
        ),
        Panel(
            "by_area",
            "จำนวน สถอ. ตามสถานะการลงทะเบียน",
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
    )
}


def panel_report(panel: str, dashboard: Dashboard) -> Report:
    """The panel of a dashboard as a report."""
    declared = PANELS[panel]
    names = [column.name for column in declared.columns]
    return Report(
        slug=f"{panel}_{dashboard.scope.district_code or dashboard.scope.province_code or 'all'}",
        title=declared.title,
        scope=dashboard.scope_name,
        as_of=dashboard.as_of,
        columns=declared.columns,
        frame=declared.rows(dashboard)[names].reset_index(drop=True),
    )


def export(actor: Actor, panel: str, area: str | None, form: Format) -> bytes:
    """The file of a panel for an area: None the country, PP a province, PPDD a district.

    The export is recorded. Raises NotAllowed, NotFound.
    """
    demand(actor, "report.export")
    report = panel_report(panel, dashboard_of(actor, area))
    content = to_csv(report) if form == "csv" else to_xlsx(report)
    with writing() as session:
        record(
            session,
            "report.export",
            actor=actor,
            office_code=area or actor.office_code,
            panel=panel,
            format=form,
            rows=len(report.frame),
        )
    return content


def dashboard_of(actor: Actor, area: str | None) -> Dashboard:
    """The dashboard of an area: None the country, PP a province, PPDD a district."""
    if area is None:
        return dashboards.country(actor)
    return dashboards.province(actor, area) if len(area) == 2 else dashboards.district(actor, area)  # noqa: PLR2004 - PP


def export_name(panel: str, dashboard: Dashboard, form: Format) -> str:
    """The file name that says what, where and when."""
    return file_name(panel_report(panel, dashboard), form)
