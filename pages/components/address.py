"""The address in the browser holds the view, so that it can be sent to a colleague."""

import streamlit as st


def write_param(name: str, value: str) -> None:
    """Set a parameter of the address; an empty value takes it away."""
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
