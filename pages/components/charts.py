"""The three charts as plain figures: frame in, small dict out, and one way to draw them.

Dicts instead of go.Figure: Streamlit builds and checks the go.Figure itself, so making one
before costs the same work twice in code and nothing is gained (measured equal, 7 ms for 878
points), and this module needs no import of plotly.

Phones: no axis can be dragged or zoomed, so a finger that scrolls the page is never caught.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from html import escape as escape_html
from math import cos, radians
from pathlib import Path
from typing import Any, Final, cast

import pandas as pd
import streamlit as st

from data_layer.thai import thai_date_short
from pages.components.labels import places
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
# A pick is an act, not a filter of the chart: nothing fades after it.
NOT_DIMMED: Final = {"marker": {"opacity": 1}}
_touch: Final = st.components.v2.component(
    "phrom_touch", js=(Path(__file__).parent / "charts.js").read_text(encoding="utf-8")
)
ROW_PX: Final = 25
# A province has at most 32 districts: their names have room, those of a country have not.
NAMED_POINTS: Final = 40
DATE_TICKS: Final = 4


def draw_chart(key: str, figure: Figure, *, alt: str) -> str | None:
    """Draw a figure; the code of the bar or point that was just clicked or tapped, once."""
    with st.container(key=f"{key}.chart", gap=None):
        _touch(key=f"{key}.touch")
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
    """Keep a pick for one run: a selection lives on, and would fight the filters of the page.

    Clicking a selected point takes the selection back, to plotly; to a person it is a click on it
    like any other. Nothing else takes it back (no double click, no toolbar).
    """

    def keep() -> None:
        state, points = st.session_state, st.session_state[key].selection.points
        if points:
            state[f"{key}.latest"] = points[0].get("customdata")
        state[f"{key}.picked"] = state.get(f"{key}.latest")

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
    named = 0 < len(frame) <= NAMED_POINTS
    # What is missing is drawn last, on top.
    traces = [_points(frame, state, named=named) for state in STATES[::-1]]
    return {"data": [*([_names(frame)] if named else []), *traces], "layout": layout}


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
    ink = "#ffffff" if state is NOT_REGISTERED else INK
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
        "textfont": {"color": ink, "size": 13},
        "hovertext": [_row_words(row) for row in shown.to_dict("records")],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": state.fill,
            "pattern": _pattern(state),
        },
        # both, or plotly.js throws at the first click on a bar that bears text
        "selected": {"textfont": {"color": ink}},
        "unselected": NOT_DIMMED | {"textfont": {"color": ink}},
    }


def _pattern(state: State) -> Figure:
    """Stripes in a paler tone of the fill: seen at a glance, yet a number on them stays clear."""
    stripes = {"bgcolor": state.fill, "fgcolor": "#f3d08a", "size": 6, "solidity": 0.3}
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
        "mode": "markers",
        "name": state.word,
        "x": own["lon"].round(2).tolist(),
        "y": own["lat"].round(2).tolist(),
        "hovertext": [plain(name) for name in own["name"]],
        "customdata": own["code"].tolist(),
        "hovertemplate": f"<b>%{{hovertext}}</b><br>{state.mark} {state.word}<extra></extra>",
        "marker": {
            "symbol": state.symbol,
            "size": size + 6 if named else size,
            "color": state.ink if hollow else state.fill,
            "line": {"width": 2 if hollow else 0.5, "color": state.ink},
        },
        "unselected": NOT_DIMMED,
    }


def _names(frame: pd.DataFrame) -> Figure:
    """The names of a few offices beside their points, as many as have room on a phone."""
    first = frame.sort_values("state", key=lambda column: column.map(_urgency), kind="stable")
    spots = places(_pixels(first), first["name"].tolist())
    shown = first[[spot is not None for spot in spots]]
    return {
        "type": "scatter",
        "mode": "markers+text",
        # never seen: it keeps the words clear of the point that lies under it
        "marker": {"size": 15, "opacity": 0},
        "x": shown["lon"].round(2).tolist(),
        "y": shown["lat"].round(2).tolist(),
        "text": [plain(name) for name in shown["name"]],
        "textposition": [spot for spot in spots if spot],
        "textfont": {"size": 13},
        "hoverinfo": "skip",
        "showlegend": False,
        "unselected": {"marker": {"opacity": 0}, "textfont": {"color": INK}},
        "selected": {"textfont": {"color": INK}},
    }


def _urgency(state: str) -> int:
    return [each.name for each in STATES].index(state)


def _pixels(frame: pd.DataFrame) -> list[tuple[float, float]]:
    """About where the points stand on a phone, the smallest picture: y goes down."""
    lon, lat = frame["lon"], frame["lat"]
    narrow = cos(radians(lat.mean()))
    scale = min(
        300 / max(0.1, (lon.max() - lon.min()) * narrow), 340 / max(0.1, lat.max() - lat.min())
    )
    return list(zip(lon * narrow * scale, -lat * scale, strict=True))


def _place_axis(degrees: "pd.Series[float]") -> Figure:
    low, high = (degrees.min(), degrees.max()) if len(degrees) else (0.0, 1.0)
    margin = 0.05 * (high - low) + 0.12
    return {
        "visible": False,
        "fixedrange": True,
        "range": [round(float(low - margin), 2), round(float(high + margin), 2)],
    }


def _days_axis(days: list[date]) -> Figure:
    """A few days, evenly apart, in Thai: plotly's own ticks know neither พ.ศ. nor our months."""
    span = (days[-1] - days[0]).days if days else 0
    steps = sorted({round(span * step / (DATE_TICKS - 1)) for step in range(DATE_TICKS)})
    ticks = [days[0] + timedelta(days=step) for step in steps] if days else []
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
