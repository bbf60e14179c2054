"""The charts of a dashboard: one element, in which plotly.js draws each figure beside its title.

Why not st.plotly_chart: each element costs every run, and it knows selections where a dashboard
wants clicks. The script is the one that the installed plotly brings (delivery/packing.py).

Phones: no axis can be dragged or zoomed, so a finger that scrolls the page is never caught.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict

import streamlit as st

from pages.components.chart_style import Figure
from pages.components.sent import keeper
from pages.delivery.packing import PLOTLY_URL

KEY: Final = "charts"
_HERE: Final = Path(__file__).parent
_mount: Final = st.components.v2.component(
    "phrom_charts",
    html='<div class="phrom-charts"></div>',
    css=(_HERE / "charts.css").read_text(encoding="utf-8"),
    js=(_HERE / "charts.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # plotly.js writes its styles into the page
)


class Panel(TypedDict):
    """One part of the element: HTML of its title and what is no figure, and a figure or none.

    `alt` is what is heard instead of the figure.
    """

    name: str
    html: str
    alt: str
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class PackedCharts:
    """Charts ready to be sent: JSON of the panels, and the codes that can be picked in them."""

    body: bytes
    codes: frozenset[str]


def panel(name: str, html: str, figure: Figure | None = None, *, alt: str = "") -> Panel:
    """`html` is of downloads.py and figures.py, which escape what they are given."""
    return {"name": name, "html": html, "alt": alt, "figure": figure}


def packed(panels: Sequence[Panel]) -> PackedCharts:
    """The charts as they are sent, for who keeps them."""
    sent = {"script": PLOTLY_URL, "panels": panels}
    body = json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()
    return PackedCharts(body, frozenset(_codes(panels)))


def draw_charts(charts: PackedCharts) -> str | None:
    """Draw them; the code of the bar or point that was just clicked or tapped, once."""
    # as bytes Streamlit does not look through it for frames, run after run
    _mount(key=KEY, data=charts.body, on_pick_change=keeper(KEY, "pick", "picked", str))
    picked = st.session_state.pop(f"{KEY}.picked", None)
    # the browser may send anything
    return picked if picked and picked in charts.codes else None


def _codes(panels: Sequence[Panel]) -> Iterator[str]:
    for each in panels:
        for trace in each["figure"]["data"] if each["figure"] else ():
            yield from trace.get("customdata", ())
