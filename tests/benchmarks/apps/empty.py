"""The floor: a page that says one line."""

import streamlit as st

st.title("Empty")
st.write("one line")
