"""The offices by longitude and latitude alone: 878 points already look like Thailand.

SVG rather than WebGL: as fast for this many points (measured), and it prints.
"""

from math import cos, radians
from typing import Final

import pandas as pd

from pages.components.chart_style import Figure, Part, layout, legend, plain
from pages.components.labels import places
from pages.components.states import NOT_REGISTERED, REGISTERED, STATES, WAITING, State

# A province has at most 32 districts: their names have room, those of a country have not.
NAMED_POINTS: Final = 40
SIZES: Final = {REGISTERED.name: 5, WAITING.name: 8, NOT_REGISTERED.name: 7}


def office_map(frame: pd.DataFrame) -> Figure:
    """One point an office (code, name, lat, lon, state) by its place alone: no tiles needed."""
    frame = frame[["code", "name", "lat", "lon", "state"]]  # each further column is cut as well
    height = 560 if len(frame) > NAMED_POINTS else 440
    look = layout(height=height, top=34)
    middle = frame["lat"].mean() if len(frame) else 13.0
    look |= {
        "legend": legend("reversed"),
        "xaxis": _place_axis(frame["lon"]) | {"constrain": "domain"},
        "yaxis": _place_axis(frame["lat"])
        | {"constrain": "domain", "scaleanchor": "x", "scaleratio": 1 / cos(radians(middle))},
    }
    named = 0 < len(frame) <= NAMED_POINTS
    # What is missing is drawn last, on top.
    traces = [_points(frame, state, named=named) for state in STATES[::-1]]
    return {"data": [*([_names(frame)] if named else []), *traces], "layout": look}


def _points(frame: pd.DataFrame, state: State, *, named: bool) -> Part:
    own = frame[frame["state"] == state.name]
    size = SIZES[state.name] + (6 if named else 0)
    hollow = state is NOT_REGISTERED
    return {
        "type": "scatter",
        "mode": "markers",
        "name": state.word,
        "x": own["lon"].round(2).tolist(),
        "y": own["lat"].round(2).tolist(),
        "hovertext": [plain(name) for name in own["name"]],
        "customdata": own["code"].tolist(),
        "hovertemplate": f"<b>%{{hovertext}}</b><br>{state.word}<extra></extra>",
        "marker": {
            "symbol": state.symbol,
            "size": size,
            "color": state.ink if hollow else state.fill,
            "line": {"width": 2 if hollow else 0.5, "color": state.ink},
        },
    }


def _names(frame: pd.DataFrame) -> Part:
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


def _place_axis(degrees: "pd.Series[float]") -> Part:
    low, high = (degrees.min(), degrees.max()) if len(degrees) else (0.0, 1.0)
    margin = 0.05 * (high - low) + 0.12
    return {
        "visible": False,
        "fixedrange": True,
        "range": [round(float(low - margin), 2), round(float(high + margin), 2)],
    }
