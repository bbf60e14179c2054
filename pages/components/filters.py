"""Filters whose choice stands in the address, so that a view can be sent to a colleague."""

from collections.abc import Mapping
from datetime import timedelta

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data_layer.clock import now
from data_layer.thai import normalise
from pages.components.address import write_param
from pages.components.messages import escape

MAX_QUERY = 80
ON_ITS_WAY = timedelta(seconds=2)  # a slow mobile line there and back


def choose(
    key: str, label: str, names: Mapping[str, str], *, param: str, whole: str | None = None
) -> str | None:
    """A select of codes by name, bound to the query parameter `param`; None is `whole`.

    The address wins when it changed (a link, a drill-down, the way back); an unknown code in it is
    said. A choice that is none any more, for another filter changed, goes without a word.
    """
    codes = [*([""] if whole else []), *names]
    asked, state = st.query_params.get(param, ""), st.session_state
    is_link = asked != state.get(f"{key}.asked") and not _is_late(key, asked)
    if is_link or state.get(key) not in codes:
        state[key] = asked if asked in codes else codes[0]
        if is_link and asked and asked not in codes:
            shown = escape({"": whole or "", **names}[codes[0]])
            st.warning(f"ลิงก์นี้ชี้ไปยัง{label}ที่ไม่มีหรืออยู่นอกสิทธิของท่าน ระบบจึงแสดง “{shown}” แทน")
    names = {"": whole or "", **names}
    chosen = st.selectbox(label, codes, key=key, format_func=lambda code: names[code])
    write_param(param, chosen)
    if chosen != state.get(f"{key}.asked"):
        state[f"{key}.before"] = (state.get(f"{key}.asked", asked), now())
        state[f"{key}.asked"] = chosen
    return chosen or None


def _is_late(key: str, asked: str) -> bool:
    """Whether the browser said this before it heard that the address is another one.

    With each act it sends the address that it has; who chooses in two filters at once, over a slow
    line, would see the first go back. The way back in the browser is never late.
    """
    before, since = st.session_state.get(f"{key}.before", ("", None))
    if since is None or asked != before or now() - since >= ON_ITS_WAY:
        return False
    context = get_script_run_ctx()
    return context is None or not context.is_history_navigation


def draw_search(form: str, label: str, *, back: str) -> str:
    """A search box with ค้นหา, ค้นหาใหม่ and กลับไป; what was searched for, from the address."""
    key = f"{form}.query"
    st.session_state.setdefault(key, st.query_params.get("q", ""))
    with st.form(form, border=False):
        typed = st.text_input(label, key=key, max_chars=MAX_QUERY, placeholder="เช่น นาแก หรือ 4807")
        with st.container(horizontal=True):
            is_searched = st.form_submit_button(
                "ค้นหา", key=f"{form}.search", type="primary", icon=":material/search:"
            )
            st.form_submit_button("ค้นหาใหม่", key=f"{form}.clear", on_click=_clear, args=(key,))
            goes_back = st.form_submit_button("กลับไป", key=f"{form}.back")
    if goes_back:
        st.switch_page(back)
    if is_searched:
        write_param("q", normalise(typed))
    return st.query_params.get("q", "")


def _clear(key: str) -> None:
    st.session_state[key] = ""
    write_param("q", "")
