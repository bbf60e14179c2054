"""Filters whose choice stands in the address, so that a view can be sent to a colleague."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data_layer.clock import now
from data_layer.thai import normalise
from pages.components.address import write_param
from pages.components.messages import escape

MAX_QUERY = 80
ON_ITS_WAY = timedelta(seconds=2)  # a slow mobile line there and back


class Said(NamedTuple):
    """What the address was told of a filter, what stood there before, and when that was."""

    code: str | None
    before: str
    since: datetime | None


_NOTHING: Final = Said(None, "", None)


@dataclass(frozen=True, slots=True)
class Filter:
    """A select of codes by name whose choice is known before it is drawn.

    So a page can say what is chosen above it. `code` is "" for all; `remark` is said with it.
    """

    key: str
    label: str
    names: Mapping[str, str]
    code: str
    remark: str

    def draw(self) -> None:
        if self.remark:
            st.warning(self.remark)
        st.selectbox(self.label, list(self.names), key=self.key, format_func=self.names.__getitem__)


def choose(
    key: str, label: str, names: Mapping[str, str], *, param: str, whole: str | None = None
) -> str | None:
    """Draw a filter and read it at once; None is `whole`."""
    chosen = read_filter(key, label, names, param=param, whole=whole)
    chosen.draw()
    return chosen.code or None


def read_filter(
    key: str, label: str, names: Mapping[str, str], *, param: str, whole: str | None = None
) -> Filter:
    """A select of codes by name, bound to the query parameter `param`; "" is `whole`.

    The address wins when it changed (a link, a drill-down, the way back); an unknown code in it is
    said. A choice that is none any more, for another filter changed, goes without a word.
    """
    named = {"": whole, **names} if whole else names
    first = next(iter(named))
    asked, said = st.query_params.get(param, ""), last_said(key)
    is_link = asked != said.code and not _is_late(said, asked)
    standing: Any = st.session_state.get(key)
    wanted = asked if is_link or standing not in named else standing
    chosen = wanted if wanted in named else first
    if chosen != standing:
        st.session_state[key] = chosen
    write_param(param, chosen)
    if chosen != said.code:
        before = asked if said.code is None else said.code
        st.session_state[f"{key}.said"] = Said(chosen, before, now())
    is_wrong = is_link and asked not in {"", chosen}
    return Filter(key, label, named, chosen, _wrong_link(label, named[first]) if is_wrong else "")


def _wrong_link(label: str, shown: str) -> str:
    return f"ลิงก์นี้ชี้ไปยัง{label}ที่ไม่มีหรืออยู่นอกสิทธิของท่าน ระบบจึงแสดง “{escape(shown)}” แทน"


def last_said(key: str) -> Said:
    """What the address was last told of the filter `key`."""
    said: Said = st.session_state.get(f"{key}.said", _NOTHING)
    return said


def _is_late(said: Said, asked: str) -> bool:
    """Whether the browser said this before it heard that the address is another one.

    With each act it sends the address that it has; who chooses in two filters at once, over a slow
    line, would see the first go back. The way back in the browser is never late.
    """
    if said.since is None or asked != said.before or now() - said.since >= ON_ITS_WAY:
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
