"""An accessible HTML table that is paged by the server and becomes cards on a phone.

Why not st.dataframe: it paints on a canvas, which screen readers, browser search and a phone
cannot use, and its scripts weigh more than the whole list.

What the browser sends back is untrusted: a picked row must be one of those that were drawn, and
a page number is brought into range.
"""

import json
import math
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal, TypedDict

import pandas as pd
import streamlit as st

from data_layer.thai import format_phone, thai_date_short, thai_datetime
from pages.components.address import write_param
from pages.components.sent import keeper_of_each
from pages.components.states import BY_NAME, STATE_CSS

Kind = Literal["text", "number", "percent", "state", "phone", "date", "code"]
Cell = str | list[str]

NO_DATA: Final = "–"
# What can be dialled stands before an extension: '042 511 234 ต่อ 12' dials 042511234.
DIALLED: Final = re.compile(r"^\+?[\d\s\-()]{6,}")
STORED: Final = re.compile(r"0\d{8,9}")
_HERE: Final = Path(__file__).parent
_mount: Final = st.components.v2.component(
    "phrom_table",
    html='<div class="tables"></div>',
    css=STATE_CSS + (_HERE / "table.css").read_text(encoding="utf-8"),
    js=(_HERE / "table.js").read_text(encoding="utf-8"),
)


class TableData(TypedDict):
    """A table in words, as the browser gets it; `keys` are what can be picked, row by row.

    `title` is seen above it beside the links to its `files`, `caption` is heard.
    """

    title: str
    files: list[tuple[str, str]]
    caption: str
    empty: str
    columns: list[list[str]]
    rows: list[list[Cell]]
    keys: list[str] | None
    page: int
    pages: int
    summary: str


@dataclass(frozen=True, slots=True)
class PackedTable:
    """A table ready to be sent: its name, JSON of TableData, and what can be picked in it."""

    name: str
    body: bytes
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column. `role` is its place on a phone's card: the title, a line, or left out there."""

    name: str
    label: str
    kind: Kind = "text"
    role: Literal["title", "line", "wide_only"] = "line"


@dataclass(frozen=True, slots=True)
class Slice:
    """Which rows of a long list stand on the page now: ask the service for just these."""

    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, math.ceil(self.total / self.size))

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @property
    def summary(self) -> str:
        if self.pages == 1:
            return f"ทั้งหมด {self.total:,} รายการ"
        last = min(self.offset + self.size, self.total)
        return f"แสดง {self.offset + 1:,}–{last:,} จาก {self.total:,}"


def slice_of(
    key: str, *, total: int, size: int = 20, scope: Hashable = None, param: str = ""
) -> Slice:
    """The slice of list `key` to show; back to its first page when `scope` (filters) changes.

    With `param` the page number stands in the address under that name.
    """
    state = st.session_state
    wanted = state[f"{key}.page"] if f"{key}.page" in state else _asked_page(param)
    if state.setdefault(f"{key}.scope", scope) != scope:
        state[f"{key}.scope"] = scope
        wanted = 1
    page = state[f"{key}.page"] = min(max(1, wanted), Slice(1, size, total).pages)
    if param:
        write_param(param, str(page) if page > 1 else "")
    return Slice(page, size, total)


def _asked_page(param: str) -> int:
    asked = st.query_params.get(param, "") if param else ""
    return int(asked) if re.fullmatch(r"[0-9]{1,4}", asked) else 1


def draw_table(
    key: str,
    columns: Sequence[TableColumn],
    rows: pd.DataFrame,
    shown: Slice,
    *,
    caption: str,
    empty: str,
    pick: str | None = None,
) -> str | None:
    """Draw `rows` (those of `shown` only); the `pick` text of a row, once, when it is chosen.

    A row whose `pick` is empty cannot be chosen.
    """
    data = table_data(columns, rows, shown, caption=caption, empty=empty, pick=pick)
    return draw_packed(packed(key, data)).get(key)


def packed(name: str, data: TableData) -> PackedTable:
    """The table as it is sent; for who keeps it, since formatting is most of a table's cost."""
    named = {"name": name, **data}  # its acts come back with the name
    body = json.dumps(named, ensure_ascii=False, separators=(",", ":")).encode()
    return PackedTable(name, body, frozenset(data["keys"] or ()))


def draw_packed(*tables: PackedTable) -> dict[str, str]:
    """Draw tables one below the other; what was just picked, by the name of its table.

    They are one element under the name of the first: each element costs every run.
    """
    names = tuple(table.name for table in tables)
    _mount(
        key=names[0],
        # as bytes Streamlit does not look through it for frames, run after run
        data=b"[%s]" % b",".join(table.body for table in tables),
        on_turn_change=keeper_of_each(names, "turn", "page", int),
        on_pick_change=keeper_of_each(names, "pick", "picked", str),
    )
    picks = {table.name: st.session_state.pop(f"{table.name}.picked", None) for table in tables}
    return {table.name: pick for table in tables if (pick := picks[table.name]) in table.keys}


def table_data(
    columns: Sequence[TableColumn],
    rows: pd.DataFrame,
    shown: Slice,
    *,
    caption: str,
    empty: str,
    pick: str | None = None,
    title: str = "",
    files: Sequence[tuple[str, str]] = (),
) -> TableData:
    """What goes to the browser: words only, formatted here, so that the script decides nothing."""
    cells = [[_cell(column.kind, value) for value in rows[column.name]] for column in columns]
    return {
        "title": title,
        "files": list(files),
        "caption": caption,
        "empty": empty,
        "columns": [[column.label, column.kind, column.role] for column in columns],
        "rows": [list(row) for row in zip(*cells, strict=True)],
        "keys": None if pick is None else rows[pick].tolist(),
        "page": shown.page,
        "pages": shown.pages,
        "summary": shown.summary,
    }


def _cell(kind: Kind, value: object) -> Cell:
    """The words of one cell; a state and a phone number also carry how they are drawn."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:  # noqa: PLR0124 (NaN)
        return NO_DATA
    return FORMATS[kind](value)


def _phone(value: object) -> Cell:
    """The words, and what a tap dials; words that hold no number are no link."""
    text = str(value).strip()
    dialled = DIALLED.match(text)
    if dialled is None:
        return text
    shown = format_phone(text) if STORED.fullmatch(text) else text
    return [shown, re.sub(r"[^\d+]", "", dialled.group())]


def _state(value: object) -> Cell:
    state = BY_NAME[str(value)]
    return [state.word, state.name]


def _date(value: object) -> Cell:
    if isinstance(value, datetime) and value.tzinfo:
        return thai_datetime(value)
    return thai_date_short(value) if isinstance(value, date) else str(value)


FORMATS: Final[Mapping[Kind, Callable[[object], Cell]]] = {
    "text": str,
    "code": str,
    "number": lambda value: f"{value:,}",
    "percent": lambda value: f"{value:.1%}".replace("%", " %"),
    "state": _state,
    "phone": _phone,
    "date": _date,
}
