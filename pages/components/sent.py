"""What a component of ours sends, kept before the page's script starts.

So a page asks its service for the right thing at once, and no second run is needed.
"""

from collections.abc import Callable

import streamlit as st


def keeper(key: str, event: str, slot: str, kind: type[int | str]) -> Callable[[], None]:
    """A callback that keeps the value of an event of component `key` as session_state[key.slot].

    The browser may send anything: what is not of the `kind` is left.
    """

    def keep() -> None:
        value = st.session_state[key].get(event)
        # bool is an int to Python, never a page number
        if isinstance(value, kind) and not isinstance(value, bool):
            st.session_state[f"{key}.{slot}"] = value

    return keep
