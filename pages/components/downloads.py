"""The two ways out of every list: CSV and Excel, built only when one is clicked."""

from collections.abc import Callable
from typing import Final

import streamlit as st

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download_pair(
    panel: str, *, csv: Callable[[], bytes], xlsx: Callable[[], bytes], name: str
) -> None:
    """Two small buttons, keys `{panel}.csv` and `{panel}.xlsx`; `name` is without an ending.

    The builders run at the click, outside of the script run: they must hold all they need.
    """
    _button("CSV", csv, f"{name}.csv", "text/csv", f"{panel}.csv")
    _button("Excel", xlsx, f"{name}.xlsx", XLSX, f"{panel}.xlsx")


def _button(label: str, build: Callable[[], bytes], file: str, mime: str, key: str) -> None:
    st.download_button(
        label,
        build,
        file_name=file,
        mime=mime,
        key=key,
        on_click="ignore",  # a download changes nothing on the page
        icon=":material/download:",
        wrap=False,
    )
