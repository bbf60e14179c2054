"""The address in the browser holds the view, so that it can be sent to a colleague."""

import streamlit as st


def write_param(name: str, value: str) -> None:
    """Set a parameter of the address; an empty value takes it away.

    One that stands there already is left: each change is a message to the browser.
    """
    standing = st.query_params.get(name)
    if value and value != standing:
        st.query_params[name] = value
    elif not value and standing is not None:
        del st.query_params[name]
