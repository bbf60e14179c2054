"""The floor of a page with charts: two that hold three points each."""

import plotly.graph_objects as go
import streamlit as st

st.title("Two charts")
st.write("one line")
for name in ("left", "right"):
    st.plotly_chart(go.Figure(go.Bar(x=["a", "b", "c"], y=[1, 2, 3], name=name)), key=name)
