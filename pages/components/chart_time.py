"""Registered offices day by day, against how many are expected."""

from datetime import date, timedelta
from typing import Final

import pandas as pd

from data_layer.thai import thai_date_short
from pages.components.chart_style import LINE, QUIET, Figure, Part, layout
from pages.components.states import REGISTERED

DATE_TICKS: Final = 4


def over_time(frame: pd.DataFrame, *, expected: int, until: date) -> Figure:
    """Registered offices (on, registered: so far) up to a day, against how many are expected."""
    frame = _up_to(until, frame)
    days = frame["on"].tolist()
    look = layout(height=260, top=12)
    look["margin"] |= {"r": 44}  # half of the last day's words
    look |= {
        "showlegend": False,
        "xaxis": _days_axis(days),
        "yaxis": _counts_axis(expected),
        "annotations": _notes(frame, expected),
    }
    return {"data": [_expected_line(days, expected), _so_far_line(frame)], "layout": look}


def _up_to(until: date, frame: pd.DataFrame) -> pd.DataFrame:
    """Since the last registration nothing changed: that is to be seen, too."""
    if frame.empty or frame["on"].iloc[-1] >= until:
        return frame
    return pd.concat([frame, frame.tail(1).assign(on=until)], ignore_index=True)


def _days_axis(days: list[date]) -> Part:
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
        "zeroline": False,
        "linecolor": "#b8c4d2",
        "ticks": "outside",
        "tickcolor": "#b8c4d2",
        "automargin": True,
    }


def _counts_axis(expected: int) -> Part:
    return {
        "range": [0, max(1, expected) * 1.12],
        "fixedrange": True,
        # whole offices only: of a few, plotly would mark halves
        **({"dtick": 1} if expected < DATE_TICKS + 1 else {"nticks": 5}),
        "tickformat": ",d",
        "gridcolor": LINE,
        "zeroline": False,
        "automargin": True,
    }


def _so_far_line(frame: pd.DataFrame) -> Part:
    return {
        "type": "scatter",
        # a line needs two points; the first day of a round has one
        "mode": "lines" if len(frame) > 1 else "markers",
        "name": REGISTERED.word,
        "x": [day.isoformat() for day in frame["on"]],
        "y": frame["registered"].tolist(),
        "text": [thai_date_short(day) for day in frame["on"]],
        "line": {"color": REGISTERED.ink, "width": 2.5, "shape": "hv"},
        "fill": "tozeroy",
        "fillcolor": "rgba(11,110,99,0.10)",
        "hovertemplate": "%{text}<br><b>ลงทะเบียนแล้ว %{y:,d}</b><extra></extra>",
    }


def _expected_line(days: list[date], expected: int) -> Part:
    ends = [days[0], days[-1]] if days else []
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [day.isoformat() for day in ends],
        "y": [expected for _ in ends],
        "line": {"color": QUIET, "width": 1.5, "dash": "dash"},
        "hoverinfo": "skip",
    }


def _notes(frame: pd.DataFrame, expected: int) -> list[Part]:
    """Words at the lines instead of a legend; where there is no line, that nobody came yet."""
    if frame.empty:
        middle = {"xref": "paper", "x": 0.5, "yref": "paper", "y": 0.5, "showarrow": False}
        return [middle | {"text": "ยังไม่มีการลงทะเบียน", "font": {"color": QUIET, "size": 14}}]
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
