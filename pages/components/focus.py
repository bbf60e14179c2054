"""Bringing what the person was led to into view."""

from pathlib import Path
from time import monotonic_ns
from typing import Final

import streamlit as st

_focus: Final = st.components.v2.component(
    "phrom_focus", js=Path(__file__).with_name("focus.js").read_text(encoding="utf-8")
)


def look_at(key: str, *, is_field: bool = False) -> None:
    """Bring what has this key into view, once; a field gets the cursor too."""
    _focus(data={"key": key, "isField": is_field, "turn": monotonic_ns()}, key="focus")
