"""What a component of ours sends, kept before the page's script starts.

So a page asks its service for the right thing at once, and no second run is needed.
"""

from collections.abc import Callable, Sequence

import streamlit as st


def keeper(key: str, event: str, slot: str, kind: type[int | str]) -> Callable[[], None]:
    """A callback that keeps the value of an event of component `key` as session_state[key.slot].

    The browser may send anything: what is not of the `kind` is left.
    """

    def keep() -> None:
        _keep(f"{key}.{slot}", st.session_state[key].get(event), kind)

    return keep


def keeper_of_each(
    names: Sequence[str], event: str, slot: str, kind: type[int | str]
) -> Callable[[], None]:
    """The same for a component that is several: an event of it is a name and a value.

    Its key is the first of the names.
    """

    def keep() -> None:
        match st.session_state[names[0]].get(event):
            case [str(name), value] if name in names:
                _keep(f"{name}.{slot}", value, kind)

    return keep


def _keep(place: str, value: object, kind: type[int | str]) -> None:
    # bool is an int to Python, never a page number
    if isinstance(value, kind) and not isinstance(value, bool):
        st.session_state[place] = value
