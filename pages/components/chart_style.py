"""What every chart shares: our font and ink, a quiet ground.

Figures are written as plain dicts and kept. Streamlit checks a dict anew in every run (11 ms for
878 points) and asks a go.Figure for a deep copy of itself (2 ms), hence a Figure of our own.
"""

from html import escape as escape_html
from typing import Any, Final

import plotly.graph_objects as go

Part = dict[str, Any]

INK: Final = "#1d2733"
QUIET: Final = "#5a6878"
LINE: Final = "#e3e9f0"
# A pick is an act, not a filter of the chart: nothing fades after it.
NOT_DIMMED: Final = {"marker": {"opacity": 1}}


class Figure(go.Figure):  # type: ignore[misc]  # plotly ships no types
    """A figure that is drawn many times and never changed: it hands out one dict of itself."""

    def __init__(self, traces: list[Part], look: Part) -> None:
        # go.Figure's own would make and check an object of each part, some 10 ms a figure; what
        # plotly does not know fails in tests/pages/components/test_charts.py
        self._plain: Part = {"data": traces, "layout": look}

    def to_dict(self) -> Part:
        """The same dict each time; who reads it must not change it."""
        return self._plain


def layout(*, height: int, top: int) -> Part:
    font = {"family": "Sarabun, sans-serif", "size": 14, "color": INK}
    return {
        # an explicit empty template keeps Streamlit's and plotly's own, some 7 kB, off the wire
        "template": {"layout": {}},
        "height": height,
        "margin": {"l": 4, "r": 4, "t": top, "b": 4},
        "font": font,
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "hovermode": "closest",
        "hoverlabel": {
            "font": font,
            "bgcolor": "#ffffff",
            "bordercolor": "#b8c4d2",
            "align": "left",
        },
    }


def legend(order: str) -> Part:
    return {
        "traceorder": order,
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "itemsizing": "constant",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": 13},
    }


def plain(text: str) -> str:
    """Plotly reads a little HTML in its texts: a name is shown letter by letter."""
    return escape_html(text, quote=False)
