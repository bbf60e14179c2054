"""Panels as files: exactly what a dashboard shows, with what, where and as of when in the file."""

from typing import ClassVar, Literal

from data_layer.access import Actor
from data_layer.audit import demand, record
from data_layer.clock import now
from data_layer.dashboard import Dashboard
from data_layer.db import writing
from data_layer.errors import DomainError
from data_layer.exchange.writing import file_stem, to_csv, to_xlsx
from data_layer.panels import AUTHORITIES, panel_report, panel_slug
from data_layer.services import dashboards

Format = Literal["csv", "xlsx"]


class OneDistrictOnly(DomainError):
    """No dashboard lists the local authorities of more than a district."""

    text: ClassVar[str] = (
        "ไฟล์นี้มีเฉพาะรายอำเภอ เพราะภาพรวมแสดงรายชื่อ อปท. ทีละอำเภอ "
        "หากต้องการหลายอำเภอ โปรดเปิดหน้า “ทะเบียนหน่วยงาน” แท็บ “อปท.” แล้วกด CSV หรือ Excel"
    )


def export(actor: Actor, panel: str, area: str | None, form: Format) -> bytes:
    """The file of a panel for an area: None the country, PP a province, PPDD a district.

    The export is recorded. Raises NotAllowed, NotFound, OneDistrictOnly.
    """
    demand(actor, "report.export")
    dashboard = dashboards.by_area_code(actor, area)
    if panel == AUTHORITIES and dashboard.scope.district_code is None:
        raise OneDistrictOnly
    report = panel_report(panel, dashboard, now())
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


def export_name(panel: str, dashboard: Dashboard) -> str:
    """The file name of now, without an ending, that says what, where and when."""
    return file_stem(panel_slug(panel, dashboard), now())
