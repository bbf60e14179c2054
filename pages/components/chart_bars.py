"""One bar a province or district, worst first."""

from typing import Final

import pandas as pd

from data_layer.dashboard import worst_first
from pages.components.chart_style import INK, Figure, Part, layout, legend, plain
from pages.components.states import NOT_REGISTERED, STATES, State

ROW_PX: Final = 25


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
    return {"data": [_bar(shown, state) for state in STATES], "layout": look}


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
