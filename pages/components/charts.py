"""The three charts as plain figures: frame in, small dict out, and one way to draw them.

Dicts instead of go.Figure: Streamlit builds and checks the go.Figure itself, so making one
before costs the same work twice in code and nothing is gained (measured equal, 7 ms for 878
points), and this module needs no import of plotly.

Phones: no axis can be dragged or zoomed, so a finger that scrolls the page is never caught.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from html import escape as escape_html
from math import cos, radians
from typing import Any, Final, cast

import pandas as pd
import streamlit as st

from data_layer.thai import thai_date_short
from pages.components.states import NOT_REGISTERED, REGISTERED, STATES, WAITING, State

Figure = dict[str, Any]

INK: Final = "#1d2733"
QUIET: Final = "#5a6878"
LINE: Final = "#e3e9f0"
CONFIG: Final = {
    "displayModeBar": False,
    "doubleClick": False,
    "showTips": False,  # plotly's own hints are in English
    "scrollZoom": False,
    "responsive": True,
}
ROW_PX: Final = 25
# The land spans 8.3 by 15 degrees; a point's label is about 60 px, so only few points bear names.
NAMED_POINTS: Final = 40
DATE_TICKS: Final = 4


def draw_chart(key: str, figure: Figure, *, alt: str) -> str | None:
    """Draw a figure; the code of the bar or point that was just clicked or tapped, once."""
    st.plotly_chart(
        figure,
        key=key,
        theme=None,
        config=CONFIG,
        alt=alt,
        selection_mode="points",
        on_select=_keeper(key),
    )
    picked = st.session_state.pop(f"{key}.picked", None)
    return picked if picked in codes_of(figure) else None


def _keeper(key: str) -> Callable[[], None]:
    """Keep a pick for one run: a selection lives on, and would fight the filters of the page."""

    def keep() -> None:
        points = st.session_state[key].selection.points
        if points:
            st.session_state[f"{key}.picked"] = points[0].get("customdata")

    return keep


def codes_of(figure: Figure) -> set[str]:
    """What can be picked: the browser may send anything."""
    traces = cast("Iterable[Mapping[str, Any]]", figure["data"])
    return {code for trace in traces for code in trace.get("customdata", ())}


def bars(frame: pd.DataFrame, *, limit: int | None = 20) -> Figure:
    """One bar a province or district (code, name and a count for each state), worst first."""
    order = ["not_registered", "waiting", "code"]
    worst = frame.sort_values(order, ascending=[False, False, True], kind="stable")
    shown = worst if limit is None else worst.head(limit)
    layout = _layout(height=ROW_PX * len(shown) + 44, top=34)
    layout |= {
        "barmode": "stack",
        "bargap": 0.28,
        "legend": _legend("normal"),
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": _names_axis(shown["name"].tolist()),
    }
    return {"data": [_bar(shown, state) for state in STATES], "layout": layout}


def office_map(frame: pd.DataFrame) -> Figure:
    """One point an office (code, name, lat, lon, state) by its place alone: no tiles needed."""
    height = 560 if len(frame) > NAMED_POINTS else 440
    layout = _layout(height=height, top=34)
    middle = frame["lat"].mean() if len(frame) else 13.0
    layout |= {
        "legend": _legend("reversed"),
        "xaxis": _place_axis(frame["lon"]) | {"constrain": "domain"},
        "yaxis": _place_axis(frame["lat"])
        | {"constrain": "domain", "scaleanchor": "x", "scaleratio": 1 / cos(radians(middle))},
    }
    # What is missing is drawn last, on top.
    traces = [_points(frame, state, named=len(frame) <= NAMED_POINTS) for state in STATES[::-1]]
    return {"data": traces, "layout": layout}


def over_time(frame: pd.DataFrame, *, expected: int) -> Figure:
    """Registered offices (on, registered: so far) day by day, against how many are expected."""
    days = frame["on"].tolist()
    layout = _layout(height=260, top=12)
    layout["margin"] |= {"r": 44}  # half of the last day's words
    layout |= {
        "showlegend": False,
        "xaxis": _days_axis(days),
        "yaxis": _counts_axis(expected),
        "annotations": _over_time_notes(frame, expected),
    }
    return {"data": [_expected_line(days, expected), _so_far_line(frame)], "layout": layout}


def _layout(*, height: int, top: int) -> Figure:
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


def _legend(order: str) -> Figure:
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


def _bar(shown: pd.DataFrame, state: State) -> Figure:
    counts = shown[state.name].tolist()
    on_dark = state is NOT_REGISTERED
    return {
        "type": "bar",
        "orientation": "h",
        "name": state.word,
        "x": counts,
        "y": list(range(len(shown))),
        "customdata": shown["code"].tolist(),
        "text": [str(count) if count else "" for count in counts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": "#ffffff" if on_dark else INK, "size": 13},
        "hovertext": [_row_words(row) for row in shown.to_dict("records")],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": state.fill,
            "pattern": _pattern(state),
        },
        "unselected": {"marker": {"opacity": 0.55}},
    }


def _pattern(state: State) -> Figure:
    """Stripes in a paler tone of the fill: seen at a glance, yet a number on them stays clear."""
    stripes = {"bgcolor": state.fill, "fgcolor": "#f6dca6", "size": 6, "solidity": 0.35}
    return {"shape": state.pattern} | stripes if state.pattern else {}


def _row_words(row: Mapping[Any, Any]) -> str:
    lines = [f"{state.mark} {state.word} {row[state.name]:,}" for state in STATES]
    return "<br>".join([f"<b>{plain(row['name'])}</b>", *lines])


def _names_axis(names: list[str]) -> Figure:
    return {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": [f"{plain(name)} " for name in names],
        "range": [len(names) - 0.5, -0.5],
        "fixedrange": True,
        "automargin": True,
        "zeroline": False,
        "showgrid": False,
    }


def _points(frame: pd.DataFrame, state: State, *, named: bool) -> Figure:
    own = frame[frame["state"] == state.name]
    size = {REGISTERED.name: 5, WAITING.name: 8, NOT_REGISTERED.name: 7}[state.name]
    hollow = state is NOT_REGISTERED
    return {
        "type": "scatter",
        "mode": "markers+text" if named else "markers",
        "name": state.word,
        "x": own["lon"].round(2).tolist(),
        "y": own["lat"].round(2).tolist(),
        "text": [plain(name) for name in own["name"]],
        "textposition": "top center",
        "textfont": {"size": 13},
        "customdata": own["code"].tolist(),
        "hovertemplate": f"<b>%{{text}}</b><br>{state.mark} {state.word}<extra></extra>",
        "marker": {
            "symbol": state.symbol,
            "size": size + 6 if named else size,
            "color": state.ink if hollow else state.fill,
            "line": {"width": 2 if hollow else 0.5, "color": state.ink},
        },
        "unselected": {"marker": {"opacity": 0.45}},
    }


def _place_axis(degrees: "pd.Series[float]") -> Figure:
    low, high = (degrees.min(), degrees.max()) if len(degrees) else (0.0, 1.0)
    margin = max(0.12, 0.04 * (high - low))
    return {
        "visible": False,
        "fixedrange": True,
        "range": [round(float(low - margin), 2), round(float(high + margin), 2)],
    }


def _days_axis(days: list[date]) -> Figure:
    last = len(days) - 1
    at = sorted({round(last * step / (DATE_TICKS - 1)) for step in range(DATE_TICKS)})
    ticks = [days[index] for index in at] if days else []
    return {
        "tickmode": "array",
        "tickvals": [day.isoformat() for day in ticks],
        "ticktext": [thai_date_short(day) for day in ticks],
        "ticklabeloverflow": "allow",
        "fixedrange": True,
        "showgrid": False,
        "linecolor": "#b8c4d2",
        "ticks": "outside",
        "tickcolor": "#b8c4d2",
        "automargin": True,
    }


def _counts_axis(expected: int) -> Figure:
    return {
        "range": [0, max(1, expected) * 1.12],
        "fixedrange": True,
        "nticks": 5,
        "tickformat": ",d",
        "gridcolor": LINE,
        "zeroline": False,
        "automargin": True,
    }


def _so_far_line(frame: pd.DataFrame) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": REGISTERED.word,
        "x": [day.isoformat() for day in frame["on"]],
        "y": frame["registered"].tolist(),
        "text": [thai_date_short(day) for day in frame["on"]],
        "line": {"color": REGISTERED.ink, "width": 2.5, "shape": "hv"},
        "fill": "tozeroy",
        "fillcolor": "rgba(11,110,99,0.10)",
        "hovertemplate": "%{text}<br><b>ลงทะเบียนแล้ว %{y:,d}</b><extra></extra>",
    }


def _expected_line(days: list[date], expected: int) -> Figure:
    ends = [days[0], days[-1]] if days else []
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [day.isoformat() for day in ends],
        "y": [expected for _ in ends],
        "line": {"color": QUIET, "width": 1.5, "dash": "dash"},
        "hoverinfo": "skip",
    }


def _over_time_notes(frame: pd.DataFrame, expected: int) -> list[Figure]:
    """Words at the lines instead of a legend."""
    if frame.empty:
        return []
    first, last = frame.iloc[0], frame.iloc[-1]
    note = {"showarrow": False, "yanchor": "bottom"}
    return [
        note
        | {"x": first["on"].isoformat(), "y": expected, "xanchor": "left"}
        | {"text": f"ทั้งหมด {expected:,} แห่ง", "font": {"color": QUIET, "size": 13}},
        note
        | {"x": last["on"].isoformat(), "y": int(last["registered"]), "xanchor": "right"}
        | {"text": f"<b>{last['registered']:,}</b>", "font": {"color": REGISTERED.ink, "size": 16}},
    ]


def plain(text: str) -> str:
    """Plotly reads a little HTML in its texts: a name is shown letter by letter."""
    return escape_html(text, quote=False)
