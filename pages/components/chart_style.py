"""What every chart shares: our font and ink, a quiet ground.

Figures are plain dicts as plotly.js reads them: plotly's own objects cost some 10 ms a figure to
make. What plotly does not know fails in tests/pages/components/test_charts.py.
"""

from html import escape as escape_html
from typing import Any, Final, TypedDict

Part = dict[str, Any]

INK: Final = "#1d2733"
QUIET: Final = "#5a6878"
LINE: Final = "#e3e9f0"


class Figure(TypedDict):
    """What is drawn, and how it is laid out."""

    data: list[Part]
    layout: Part


def layout(*, height: int, top: int) -> Part:
    font = {"family": "Sarabun, sans-serif", "size": 14, "color": INK}
    return {
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
