"""The three charts: frame in, small figure out, and one way to draw them.

Figures are pure and cost a millisecond or more: who draws one often keeps it as long as its frame.

Phones: no axis can be dragged or zoomed, so a finger that scrolls the page is never caught.
"""

from collections.abc import Callable
from typing import Final

import pandas as pd
import streamlit as st

from data_layer.dashboard import worst_first
from pages.components.chart_map import office_map
from pages.components.chart_style import (
    INK,
    NOT_DIMMED,
    Figure,
    Part,
    layout,
    legend,
    plain,
)
from pages.components.chart_time import over_time
from pages.components.states import NOT_REGISTERED, STATES, State

__all__ = ["Figure", "bars", "draw_chart", "draw_still", "office_map", "over_time"]

CONFIG: Final = {
    "displayModeBar": False,
    "doubleClick": False,
    "showTips": False,  # plotly's own hints are in English
    "scrollZoom": False,
    "responsive": True,
}
ROW_PX: Final = 25


def draw_still(key: str, figure: Figure, *, alt: str) -> None:
    """Draw a figure of which nothing can be picked."""
    st.plotly_chart(figure, key=key, theme=None, config=CONFIG, alt=alt)


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
    return picked if isinstance(picked, str) and picked in codes_of(figure) else None


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
    return {code for trace in figure.to_dict()["data"] for code in trace.get("customdata", ())}


def bars(frame: pd.DataFrame, *, limit: int | None = 20) -> Figure:
    """One bar a province or district (code, name and a count for each state), worst first."""
    worst = worst_first(frame)
    shown = worst if limit is None else worst.head(limit)
    look = layout(height=ROW_PX * len(shown) + 44, top=34)
    look |= {
        "barmode": "stack",
        "bargap": 0.28,
        "legend": legend("normal"),
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": _names_axis(shown["name"].tolist()),
    }
    return Figure([_bar(shown, state) for state in STATES], look)


def _bar(shown: pd.DataFrame, state: State) -> Part:
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
        "hovertext": [plain(name) for name in shown["name"]],
        "hovertemplate": f"<b>%{{hovertext}}</b><br>{state.word} %{{x:,d}} แห่ง<extra></extra>",
        "marker": {
            "color": state.fill,
            "pattern": _pattern(state),
        },
        # both, or plotly.js throws at the first click on a bar that bears text
        "selected": {"textfont": {"color": ink}},
        "unselected": NOT_DIMMED | {"textfont": {"color": ink}},
    }


def _pattern(state: State) -> Part:
    """Stripes in a paler tone of the fill: seen at a glance, yet a number on them stays clear."""
    stripes = {"bgcolor": state.fill, "fgcolor": "#f3d08a", "size": 6, "solidity": 0.3}
    return {"shape": state.pattern} | stripes if state.pattern else {}


def _names_axis(names: list[str]) -> Part:
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
