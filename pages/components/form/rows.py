"""The rows of a table in a form: a line of the table each, or a card where a line is too short."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any, Final

import streamlit as st

from data_layer import forms
from data_layer.forms import Field, Group, Item, Kind, Repeat
from pages.components.acts import acting
from pages.components.form.attached import GONE_FOR_GOOD
from pages.components.form.fields import Drawing, draw_field, draw_problems
from pages.components.form.typed import forget_rows, see_row
from pages.components.messages import escape

ABREAST: Final = 4  # fields of a card that stand beside each other
COLUMNS: Final = 6  # questions that a line has room for
# need a line of their own
_WIDE: Final = {Kind.DATE, Kind.GEOPOINT, Kind.SELECT_MULTIPLE, Kind.FILE, Kind.IMAGE}
_NARROW: Final = {Kind.INTEGER, Kind.DECIMAL, Kind.RANGE, Kind.ACKNOWLEDGE, Kind.CALCULATE}
_NUMBER_WEIGHT, _REMOVE_WEIGHT = 0.5, 1.1


@dataclass(frozen=True)
class RowActs:
    """What can be done with the rows of a table."""

    add_row: Callable[[str], None]
    remove_row: Callable[[str, int, object], None]


def draw_rows(drawing: Drawing, repeat: Repeat, acts: RowActs) -> None:
    """The table: its rows, which can be taken away, and the way to add one."""
    rows = drawing.answers.get(repeat.name) or []
    fields = _columns(repeat)
    if fields and rows:
        _draw_names(drawing, repeat, fields, len(rows))
    for number, row in enumerate(rows, 1):
        place = f"{repeat.name}[{number}]"
        files = drawing.files.uids(f"{place}/")
        seen = see_row(place, forms.write_answers(row) | files)
        draw = _draw_line if fields else _draw_card
        if draw(drawing, repeat, number, row):
            with acting():
                acts.remove_row(repeat.name, number, seen)
                forget_rows(repeat.name, drawing.form_id)
                st.rerun()
    if st.button(
        f"เพิ่ม{title_of(repeat)}", key=f"{_key(drawing, repeat)}.add", icon=":material/add:"
    ):
        with acting():
            acts.add_row(repeat.name)
            st.rerun()


def title_of(item: Item) -> str:
    """What an item is called."""
    return str(item.label) or item.name


def _key(drawing: Drawing, repeat: Repeat) -> str:
    return f"{drawing.form_id}.{repeat.name}"


def _columns(repeat: Repeat) -> list[Field]:
    """The questions of a row when a line has room for them; else none."""
    fields = [item for item in repeat.children if isinstance(item, Field) and str(item.label)]
    is_flat = all(isinstance(item, Field) for item in repeat.children)
    fits = is_flat and len(fields) <= COLUMNS and all(map(_fits_a_column, fields))
    return fields if fits else []


def _fits_a_column(field: Field) -> bool:
    return field.kind not in _WIDE | {Kind.NOTE} and "multiline" not in field.appearance


def _cells(fields: Sequence[Field]) -> list[Any]:
    weights = [1.5 if field.kind in _NARROW else 2.5 for field in fields]
    return st.columns([_NUMBER_WEIGHT, *weights, _REMOVE_WEIGHT], gap="small")


def _draw_names(drawing: Drawing, repeat: Repeat, fields: Sequence[Field], count: int) -> None:
    """The names of the columns, once; a phone shows each beside its answer instead."""
    with st.container(key=f"{_key(drawing, repeat)}.tablehead"):
        for cell, field in zip(_cells(fields)[1:], fields, strict=False):
            paths = [f"{repeat.name}[{number}]/{field.name}" for number in range(1, count + 1)]
            star = " *" if not set(paths).isdisjoint(drawing.evaluation.needed) else ""
            name = drawing.evaluation.say(field.label, paths[0])
            hint = drawing.evaluation.say(field.hint, paths[0])
            cell.markdown(f"{escape(name)}{star}")
            if hint:
                cell.caption(escape(hint))


def _draw_line(drawing: Drawing, repeat: Repeat, number: int, row: Mapping[str, Any]) -> bool:
    """One row as a line of the table; whether it is to be taken away."""
    fields, narrow = _columns(repeat), replace(drawing, is_narrow=True)
    prefix = f"{repeat.name}[{number}]/"
    with st.container(key=f"{_key(drawing, repeat)}[{number}].tablerow"):
        first, *cells, last = _cells(fields)
        first.markdown(f"*{escape(title_of(repeat))}* {number}")
        asked = [_is_asked(drawing, prefix, field) for field in fields]
        for cell, field in compress(zip(cells, fields, strict=True), asked):
            with cell:
                draw_field(narrow, field, f"{prefix}{field.name}", row.get(field.name))
        with last:
            is_removed = _is_removed(drawing, repeat, number, "ลบ")
        for field in compress(fields, asked):  # below the line: a column is too narrow for words
            draw_problems(drawing, f"{prefix}{field.name}", title_of(field))
    return is_removed


def _is_asked(drawing: Drawing, prefix: str, item: Item) -> bool:
    return drawing.evaluation.relevant.get(f"{prefix}{item.name}", True)


def _draw_card(drawing: Drawing, repeat: Repeat, number: int, row: Mapping[str, Any]) -> bool:
    """One row with room of its own; whether it is to be taken away."""
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.markdown(f"**{escape(title_of(repeat))} {number}**", width="content")
            is_removed = _is_removed(drawing, repeat, number, "ลบแถวนี้")
        _draw_inside(drawing, repeat.children, f"{repeat.name}[{number}]/", row)
    return is_removed


def _is_removed(drawing: Drawing, repeat: Repeat, number: int, word: str) -> bool:
    """Whether the row is to be taken away: at a click, at two where files would go for good."""
    key, icon = f"{_key(drawing, repeat)}[{number}].remove", ":material/delete:"
    uids = drawing.files.uids(f"{repeat.name}[{number}]/").values()
    if not uids:
        return st.button(word, key=key, icon=icon, type="tertiary")
    # another row closes it
    with st.popover(word, icon=icon, type="tertiary", key=f"{key}.{min(uids)}"):
        st.caption(f"ไฟล์ในแถวนี้ {len(uids):,} ไฟล์จะถูกลบด้วย {GONE_FOR_GOOD}")
        return st.button("ลบแถวและไฟล์", key=key, icon=icon)


def _draw_inside(
    drawing: Drawing, items: tuple[Item, ...], prefix: str, row: Mapping[str, Any]
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
        elif isinstance(item, Group) and not isinstance(item, Repeat):
            with st.container():
                st.markdown(f"**{escape(title_of(item))}**")
                _draw_inside(drawing, item.children, prefix, row)
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
