"""The rows of a table in a form: a line of the table each, or a card where a line is too short."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_layer import forms
from data_layer.forms import Field, Group, Item, Kind, Repeat
from pages.components.acts import acting
from pages.components.form.attached import GONE_FOR_GOOD
from pages.components.form.columns import columns_of, line_width, weights
from pages.components.form.fields import Drawing, draw_field, draw_problems
from pages.components.form.typed import forget_rows, note_rows, rows_seen
from pages.components.messages import escape

ABREAST: Final = 4  # fields of a card that stand beside each other
# need a line of their own
_WIDE: Final = {Kind.DATE, Kind.GEOPOINT, Kind.SELECT_MULTIPLE, Kind.FILE, Kind.IMAGE}


@dataclass(frozen=True)
class RowActs:
    """What can be done with the table at a path, as it stood at a moment of the history.

    Of a row its number and what was seen in it.
    """

    add_row: Callable[[str, int], None]
    remove_row: Callable[[str, int, object, int], None]


def draw_rows(drawing: Drawing, repeat: Repeat, table: str, acts: RowActs) -> None:
    """The table at a path: its rows, which can be taken away, and the way to add one.

    Neither with a count, which says how many rows there are.
    """
    rows = drawing.evaluation.rows(table, forms.answer_at(drawing.answers, table))
    plain = [
        drawing.files.in_row(f"{table}[{number}]/", forms.write_answers(row))
        for number, row in enumerate(rows, 1)
    ]
    seen = rows_seen(table, plain, drawing.moment)
    fields = columns_of(repeat)
    with _frame(drawing, table, fields):
        if fields and rows:
            _draw_names(drawing, table, fields, len(rows))
        for number, row in enumerate(rows, 1):
            if fields:
                is_removed = _draw_line(drawing, repeat, table, number, row)
            else:
                is_removed = _draw_card(drawing, repeat, f"{table}[{number}]", row, acts)
            if is_removed:
                with acting():
                    acts.remove_row(table, number, *seen.row(number, plain))
                    forget_rows(table, number, drawing.form_id)
                    st.rerun()
    if repeat.count:
        _draw_count(drawing, repeat, table, len(rows))
    elif st.button(
        f"เพิ่ม{title_of(repeat)}", key=f"{drawing.form_id}.{table}.add", icon=":material/add:"
    ):
        with acting():
            acts.add_row(table, seen.moment)
            st.rerun()
    note_rows(table, plain, drawing.moment)


def _draw_count(drawing: Drawing, repeat: Repeat, table: str, count: int) -> None:
    """Why a table has no row, when its form says how many there are."""
    with st.container(key=f"{drawing.form_id}.{table}.field"):
        if table in drawing.evaluation.broken:
            draw_problems(drawing, table)
        elif not count:
            said = drawing.evaluation.counted_by(repeat, table)
            st.caption(f"ยังไม่มีแถวให้กรอก จำนวนแถวมาจาก {escape(said)}")


def _frame(drawing: Drawing, table: str, fields: Sequence[Field]) -> DeltaGenerator:
    """What a table stands in; a line that is wider than the step is moved along in it."""
    if not fields:
        return st.container()
    with st.container(key=f"{drawing.form_id}.{table}.tableframe"):
        return st.container(width=line_width(fields))


def title_of(item: Item) -> str:
    """What an item is called."""
    return str(item.label) or item.name


def _cells(fields: Sequence[Field]) -> list[Any]:
    return st.columns(weights(fields), gap="xsmall")


def _draw_names(drawing: Drawing, table: str, fields: Sequence[Field], count: int) -> None:
    """The names of the columns, once; a phone shows each beside its answer instead."""
    with st.container(key=f"{drawing.form_id}.{table}.tablehead"):
        for cell, field in zip(_cells(fields)[1:], fields, strict=False):
            paths = [f"{table}[{number}]/{field.name}" for number in range(1, count + 1)]
            star = " *" if not set(paths).isdisjoint(drawing.evaluation.needed) else ""
            name = drawing.evaluation.say(field.label, paths[0])
            hint = drawing.evaluation.say(field.hint, paths[0])
            cell.markdown(f"{escape(name)}{star}")
            if hint:
                cell.caption(escape(hint))


def _draw_line(
    drawing: Drawing, repeat: Repeat, table: str, number: int, row: Mapping[str, Any]
) -> bool:
    """One row as a line of the table; whether it is to be taken away."""
    fields, narrow = columns_of(repeat), replace(drawing, is_narrow=True)
    prefix = f"{table}[{number}]/"
    with st.container(key=f"{drawing.form_id}.{table}[{number}].tablerow"):
        first, *cells, last = _cells(fields)
        first.markdown(f"*{escape(title_of(repeat))}* {number}")
        asked = [_is_asked(drawing, prefix, field) for field in fields]
        for cell, field in compress(zip(cells, fields, strict=True), asked):
            with cell:
                draw_field(narrow, field, f"{prefix}{field.name}", row.get(field.name))
        with last:
            is_removed = _is_removed(drawing, repeat, f"{table}[{number}]", "ลบ")
        for field in compress(fields, asked):  # below the line: a column is too narrow for words
            draw_problems(drawing, f"{prefix}{field.name}", title_of(field))
    return is_removed


def _is_asked(drawing: Drawing, prefix: str, item: Item) -> bool:
    return drawing.evaluation.relevant.get(f"{prefix}{item.name}", True)


def _draw_card(
    drawing: Drawing, repeat: Repeat, path: str, row: Mapping[str, Any], acts: RowActs
) -> bool:
    """The row at a path with room of its own; whether it is to be taken away."""
    title = f"{title_of(repeat)} {path.rpartition('[')[2].rstrip(']')}"
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.markdown(f"**{escape(title)}**", width="content")
            is_removed = _is_removed(drawing, repeat, path, "ลบแถวนี้")
        _draw_inside(drawing, repeat.children, f"{path}/", row, acts)
    return is_removed


def _is_removed(drawing: Drawing, repeat: Repeat, path: str, word: str) -> bool:
    """Whether the row is to be taken away: at a click, at two where files would go for good."""
    if repeat.count:
        return False
    key, icon = f"{drawing.form_id}.{path}.remove", ":material/delete:"
    uids = drawing.files.uids(f"{path}/").values()
    if not uids:
        return st.button(word, key=key, icon=icon, type="tertiary")
    # another row closes it
    with st.popover(word, icon=icon, type="tertiary", key=f"{key}.{min(uids)}"):
        st.caption(f"ไฟล์ในแถวนี้ {len(uids):,} ไฟล์จะถูกลบด้วย {GONE_FOR_GOOD}")
        return st.button("ลบแถวและไฟล์", key=key, icon=icon)


def _draw_inside(
    drawing: Drawing,
    items: tuple[Item, ...],
    prefix: str,
    row: Mapping[str, Any],
    acts: RowActs,
) -> None:
    """A card, in the order of the form; groups in it share the row's own names.

    Each question has its place, asked or not, as in items.py.
    """
    abreast: list[Field] = []
    for item in items:
        if isinstance(item, Field) and item.kind not in _WIDE:
            abreast.append(item)
            continue
        _draw_abreast(drawing, abreast, prefix, row)
        abreast = []
        if not _is_asked(drawing, prefix, item):
            st.empty()
        elif isinstance(item, Field):
            draw_field(drawing, item, f"{prefix}{item.name}", row.get(item.name))
        elif isinstance(item, Group):
            with st.container():
                st.markdown(f"**{escape(title_of(item))}**")
                if isinstance(item, Repeat):
                    draw_rows(drawing, item, f"{prefix}{item.name}", acts)
                else:
                    _draw_inside(drawing, item.children, prefix, row, acts)
    _draw_abreast(drawing, abreast, prefix, row)


def _draw_abreast(
    drawing: Drawing, fields: list[Field], prefix: str, row: Mapping[str, Any]
) -> None:
    for first in range(0, len(fields), ABREAST):
        few = fields[first : first + ABREAST]
        if not any(_is_asked(drawing, prefix, field) for field in few):
            st.empty()
            continue
        for column, field in zip(st.columns(ABREAST), few, strict=False):
            if _is_asked(drawing, prefix, field):
                with column:
                    draw_field(drawing, field, f"{prefix}{field.name}", row.get(field.name))
