"""A choice of several, by buttons or in a list, and choices; nothing chosen is None, or no name."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st


def draw_choice(
    label: str,
    names: Sequence[Any],
    *,
    key: str,
    words: Callable[[Any], str],
    few: int,
    **options: Any,  # noqa: ANN401 - of the widget
) -> Any:  # noqa: ANN401 - one of the names
    """The chosen one of `names`, shown by their `words`; up to `few` can be seen at once.

    A choice that is offered no more is taken back. Nothing else is put into the widget: that would
    undo a click which comes while the run is on its way.
    """
    if st.session_state.get(key) not in (None, *names):
        st.session_state[key] = None
    if len(names) <= few:
        return st.pills(label, names, key=key, format_func=words, **options)
    return st.selectbox(
        label, names, index=None, placeholder="เลือก", key=key, format_func=words, **options
    )


def draw_choices(
    label: str,
    names: Sequence[Any],
    *,
    key: str,
    words: Callable[[Any], str],
    placeholder: str = "เลือก",
    **options: Any,  # noqa: ANN401 - of the widget
) -> list[Any]:
    """The chosen ones of `names`, shown by their `words`, in a list to choose from.

    "Select all" is not offered: Streamlit says it in English only, and puts it on top, where Enter,
    pressed once too often, takes it.
    """
    return st.multiselect(
        label,
        names,
        key=key,
        format_func=words,
        placeholder=placeholder,
        select_all=False,
        **options,
    )
