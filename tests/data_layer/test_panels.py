"""The panels as reports: what a supervisor's Excel shows."""

from datetime import UTC, date, datetime

import pandas as pd

from data_layer.access import Scope
from data_layer.dashboard import compute
from data_layer.panels import PANELS, panel_report
from data_layer.queries.office_states import AUTHORITIES, OFFICE_STATES

AS_OF = datetime(2026, 11, 23, 3, 42, tzinfo=UTC)


def dashboard_of(offices):
    """A dashboard of made-up offices: (code, phone, state)."""
    rows = [
        dict.fromkeys(OFFICE_STATES)
        | {"code": code, "name": code, "province_code": "48", "phone": phone}
        | {"state": state, "step": 0, "source": ""}
        for code, phone, state in offices
    ]
    return compute(
        pd.DataFrame(rows, columns=list(OFFICE_STATES)).astype(OFFICE_STATES),
        pd.DataFrame(columns=list(AUTHORITIES)).astype(AUTHORITIES),
        scope=Scope("48"),
        scope_name="จังหวัดนครพนม",
        on=date(2026, 11, 23),
        circular_on=date(2020, 12, 16),
    )


def test_every_panel_is_a_report_also_of_no_offices():
    for panel in PANELS:
        assert panel_report(panel, dashboard_of([]), AS_OF).frame.empty or panel == "funnel"


def test_a_phone_is_written_with_dashes_so_that_excel_keeps_its_zero():
    report = panel_report(
        "not_registered", dashboard_of([("4807", "042511234", "not_registered")]), AS_OF
    )

    assert report.frame["phone"].tolist() == ["042-511-234"]


def test_only_offices_without_a_claim_are_on_the_list():
    states = [("4801", "", "registered"), ("4803", "", "waiting"), ("4807", "", "not_registered")]

    report = panel_report("not_registered", dashboard_of(states), AS_OF)

    assert report.frame["code"].tolist() == ["4807"]
    assert report.frame["days"].tolist() == [2168]
