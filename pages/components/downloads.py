"""The two ways out of every list: CSV and Excel, built only when one is clicked."""

from collections.abc import Callable
from html import escape as escape_html
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


def linked_title(title: str, panel: str, area: str | None, *, has_files: bool) -> str:
    """HTML of a panel's title and its two files as plain links (delivery/files.py answers them)."""
    links = "".join(_link(title, form, address) for form, address in file_links(panel, area))
    named = f"<h3>{escape_html(title)}</h3>"
    return f'<div class="phrom-head">{named}{links if has_files else ""}</div>'


def file_links(panel: str, area: str | None) -> tuple[tuple[str, str], ...]:
    """The two files of a panel: what they are called on the page, and their addresses."""
    asked = f"?area={area}" if area else ""
    return ("CSV", f"/files/{panel}.csv{asked}"), ("Excel", f"/files/{panel}.xlsx{asked}")


def _link(title: str, form: str, address: str) -> str:
    label = escape_html(f"{form}: {title}")
    return f'<a class="phrom-file" href="{address}" aria-label="{label}">{form}</a>'


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
