"""The way to paper: the blank form beside the list, the filled one beside a record."""

from collections.abc import Callable

import streamlit as st

PDF = "application/pdf"


def draw_print(authority: str | None, build: Callable[[], bytes], name: str) -> None:
    """One button: `entry.print` for the record of an authority, `entry.print_blank` without one."""
    key = "entry.print" if authority else "entry.print_blank"
    st.download_button(
        "พิมพ์ (PDF)" if authority else "พิมพ์แบบเปล่า (PDF)",
        build,
        file_name=name,
        mime=PDF,
        key=key,
        icon=":material/print:",
        on_click="ignore",  # a download changes nothing on the page
        wrap=False,
    )
