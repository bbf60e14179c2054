"""The panels of a dashboard, in the order in which a supervisor reads them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any

import streamlit as st

from data_layer.clock import today
from data_layer.dashboard import STEP_NAMES, Dashboard
from data_layer.panels import PANELS
from data_layer.thai import format_phone
from pages.components.chart_bars import bars
from pages.components.chart_map import office_map
from pages.components.chart_time import over_time
from pages.components.charts import PackedCharts, draw_charts, panel
from pages.components.charts import packed as packed_charts
from pages.components.downloads import download_pair, linked_title
from pages.components.figures import Step, funnel_html, key_numbers_html, office_numbers
from pages.components.progress import FORMS_LIST, forms_tables
from pages.components.table import (
    PackedTable,
    Slice,
    TableColumn,
    draw_packed,
    packed,
    slice_of,
    table_data,
)

# (panel, format) -> what builds the file at the click; None for who may not export
Exporter = Callable[[str, str], Callable[[], bytes]] | None
Namer = Callable[[str], str]
STEP_STATES = {"not_registered": "not_registered", "waiting": "waiting"}
NOT_REGISTERED_LIST = "not_registered.list"
LIST_SIZE = 15
OFFICE_COLUMNS = (
    TableColumn("office", "สถอ.", role="title"),
    TableColumn("code", "รหัสหน่วยงาน", "code"),
    TableColumn("phone", "โทรศัพท์", "phone"),
    TableColumn("days", "วันนับจากหนังสือ", "number"),
)
COUNTRY_COLUMNS = (TableColumn("province", "จังหวัด"), *OFFICE_COLUMNS)
MOST_BARS = 20  # of provinces, and of the 32 districts of the largest, the worst are shown


@lru_cache(maxsize=512)
def _to_call(dashboard: Dashboard, shown: Slice) -> PackedTable:
    page = dashboard.not_registered.iloc[shown.offset : shown.offset + shown.size]
    phones = [format_phone(phone) if phone else "ยังไม่มีเบอร์" for phone in page["phone"]]
    data = table_data(
        COUNTRY_COLUMNS if dashboard.scope.province_code is None else OFFICE_COLUMNS,
        page.assign(office="สถอ." + page["name"], phone=phones),
        shown,
        caption="สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอที่ยังไม่ลงทะเบียน",
        empty="ลงทะเบียนครบทุกแห่งแล้ว ไม่มี สถอ. ที่ต้องติดตาม",
        pick="code",
        title=f"{PANELS['not_registered'].title} {shown.total:,} แห่ง",
    )
    return packed(NOT_REGISTERED_LIST, data)


@lru_cache(maxsize=128)
def district_names(dashboard: Dashboard) -> Mapping[str, str]:
    """The names of its offices by code, in their order."""
    offices = dashboard.offices
    return dict(zip(offices["code"].tolist(), offices["name"].tolist(), strict=True))


def numbers_html(dashboard: Dashboard) -> str:
    """The four key numbers, for the page's header."""
    summary = dashboard.summary
    return key_numbers_html(
        office_numbers(
            registered=summary.registered,
            waiting=summary.waiting,
            not_registered=summary.not_registered,
        )
    )


@contextmanager
def draw_panel(panel: str, exporter: Exporter, namer: Namer, *, title: str = "") -> Iterator[None]:
    """A panel's title, its two files, and below them what is drawn inside of the `with`."""
    with st.container(
        key=f"{panel}.panel", horizontal=True, vertical_alignment="bottom", gap="xsmall"
    ):
        st.subheader(title or PANELS[panel].title, anchor=False, width="stretch")
        _draw_files(panel, exporter, namer)
        yield


def _draw_files(panel: str, exporter: Exporter, namer: Namer) -> None:
    if exporter is not None:
        csv, xlsx = exporter(panel, "csv"), exporter(panel, "xlsx")
        download_pair(panel, csv=csv, xlsx=xlsx, name=namer(panel))


def draw_dashboard(
    dashboard: Dashboard,
    forms: Sequence[Any],
    exporter: Exporter,
    namer: Callable[[str, Dashboard], str],
) -> tuple[str | None, str | None]:
    """The list that answers the question, how far the forms are, and the charts.

    `forms` as forms_tables takes them. Returns what was just picked: the code of an office or area,
    and the form_id of a form.
    """
    has_files = exporter is not None
    tables = forms_tables(forms, _area(dashboard), has_files=has_files)
    picked = _draw_lists(dashboard, tables, exporter, lambda panel: namer(panel, dashboard))
    place = draw_charts(_charts(dashboard, has_files=has_files))
    return place or picked.get(NOT_REGISTERED_LIST), picked.get(FORMS_LIST)


def _area(dashboard: Dashboard) -> str | None:
    """PPDD, PP or, for the country, None."""
    return dashboard.scope.district_code or dashboard.scope.province_code


def _draw_lists(
    dashboard: Dashboard, forms: Sequence[PackedTable], exporter: Exporter, namer: Namer
) -> dict[str, str]:
    """The first list's title is the table's own, its two files stand beside it (layout.css)."""
    shown = slice_of(
        NOT_REGISTERED_LIST,
        total=len(dashboard.not_registered),
        size=LIST_SIZE,
        scope=dashboard.scope.name,
        param="page",
    )
    with st.container(key="not_registered.panel", horizontal=True, gap="xsmall"):
        _draw_files("not_registered", exporter, namer)
        return draw_packed(_to_call(dashboard, shown), *forms)


@lru_cache(maxsize=128)
def _charts(dashboard: Dashboard, *, has_files: bool) -> PackedCharts:
    """Map, bars, funnel and the course over time; made once per change of data."""
    titled = partial(linked_title, area=_area(dashboard), has_files=has_files)
    by_area, funnel = _bars_title(dashboard), PANELS["funnel"].title
    place, way = office_map(dashboard.offices), funnel_html(_steps(dashboard))
    counts = bars(dashboard.by_area, limit=MOST_BARS)
    course = over_time(
        dashboard.over_time,
        expected=dashboard.summary.expected,
        until=today(),  # a dashboard is kept for the day
    )
    return packed_charts(
        (
            panel("offices", titled("แผนที่สถานะ", "offices"), place, alt="แผนที่ สถอ. ตามสถานะ"),
            panel("by_area", titled(by_area, "by_area"), counts, alt="จำนวน สถอ. ตามสถานะและพื้นที่"),
            panel("funnel", titled(funnel, "funnel") + way),
            panel(
                "over_time",
                titled("ลงทะเบียนสะสม", "over_time"),
                course,
                alt="จำนวน สถอ. ที่ลงทะเบียนสะสมตามวัน",
            ),
        )
    )


def _bars_title(dashboard: Dashboard) -> str:
    if len(dashboard.by_area) > MOST_BARS:
        kind = "อำเภอ" if dashboard.scope.province_code else "จังหวัด"
        return f"{MOST_BARS} {kind}ที่ยังไม่ลงทะเบียนมากที่สุด"
    return "จำนวนตามพื้นที่"


def _steps(dashboard: Dashboard) -> list[Step]:
    """The funnel: each office stands at one step."""
    return [
        Step(STEP_NAMES[step], count, STEP_STATES.get(step, "registered"))  # type: ignore[arg-type]  # the three states
        for step, count in dashboard.funnel.items()
    ]
