"""components/charts.py on Streamlit as it comes: an element for each title and each figure."""

from collections.abc import Sequence
from typing import TypeAlias

import streamlit as st

from pages.components.chart_style import Figure

Panel: TypeAlias = tuple[str, str, Figure | None]
PackedCharts: TypeAlias = tuple[Panel, ...]


def panel(name: str, html: str, figure: Figure | None = None, *, alt: str = "") -> Panel:
    """A title and what is drawn below it."""
    return name, html, figure


def packed(panels: Sequence[Panel]) -> PackedCharts:
    """Kept as they are."""
    return tuple(panels)


def draw_charts(charts: PackedCharts) -> None:
    """Draw them; what is picked is nobody's concern here."""
    for name, html, figure in charts:
        st.html(html)
        if figure is not None:
            st.plotly_chart(figure, key=name, on_select="rerun")
