"""Panels as files: exactly what a dashboard shows, with what, where and as of when in the file."""

from typing import Literal

from data_layer.access import Actor
from data_layer.audit import demand, record
from data_layer.clock import now
from data_layer.dashboard import Dashboard
from data_layer.db import writing
from data_layer.exchange.writing import file_stem, to_csv, to_xlsx
from data_layer.panels import panel_report, panel_slug
from data_layer.services import dashboards

Format = Literal["csv", "xlsx"]


def export(actor: Actor, panel: str, area: str | None, form: Format) -> bytes:
    """The file of a panel for an area: None the country, PP a province, PPDD a district.

    The export is recorded. Raises NotAllowed, NotFound.
    """
    demand(actor, "report.export")
    report = panel_report(panel, dashboards.by_area_code(actor, area), now())
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
