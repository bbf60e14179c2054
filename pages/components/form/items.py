"""The items of a form below one heading: its fields, groups in groups, and tables of rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from data_layer import forms
from data_layer.forms import Evaluation, Field, Form, Group, Item, Kind, Repeat
from pages.components.acts import acting
from pages.components.form.fields import Drawing, draw_field
from pages.components.form.typed import forget_rows
from pages.components.messages import escape

ABREAST: Final = 4  # fields of a row of a table that stand beside each other
_WIDE: Final = {Kind.DATE, Kind.GEOPOINT, Kind.SELECT_MULTIPLE}  # need a line of their own


@dataclass(frozen=True)
class RowActs:
    """What can be done with the rows of a table."""

    add_row: Callable[[str], None]
    remove_row: Callable[[str, int, object], None]


def shown_groups(form: Form, found: Evaluation) -> Iterator[Item]:
    """The outermost groups and fields that have something to show now."""
    for item in form.children:
        if _is_shown(found, item):
            yield item


def _is_shown(found: Evaluation, item: Item) -> bool:
    if not found.relevant.get(item.name, True):
        return False
    if isinstance(item, Group) and not isinstance(item, Repeat):
        return any(_is_shown(found, child) for child in item.children)
    return not isinstance(item, Field) or bool(str(item.label))


def inside(item: Item) -> tuple[Item, ...]:
    """What is drawn below the heading of a step; a table is drawn whole."""
    is_plain = isinstance(item, Group) and not isinstance(item, Repeat)
    return item.children if isinstance(item, Group) and is_plain else (item,)


def title_of(item: Item) -> str:
    """What an item is called."""
    return str(item.label) or item.name


def draw_items(drawing: Drawing, items: tuple[Item, ...], acts: RowActs) -> None:
    """The items that are asked now, in their order."""
    for item in items:
        if not drawing.evaluation.relevant.get(item.name, True):
            continue
        if isinstance(item, Repeat):
            _draw_table(drawing, item, acts)
        elif isinstance(item, Group):
            st.markdown(f"**{escape(title_of(item))}**")
            draw_items(drawing, item.children, acts)
        elif isinstance(item, Field):
            draw_field(drawing, item, item.name, drawing.answers.get(item.name))


def _draw_table(drawing: Drawing, repeat: Repeat, acts: RowActs) -> None:
    """The rows of a table, the fields of each abreast; rows are added and taken away."""
    rows = drawing.answers.get(repeat.name) or []
    key = f"{drawing.form_id}.{repeat.name}"
    for number, row in enumerate(rows, 1):
        with st.container(border=True, gap="xsmall"):
            with st.container(horizontal=True, horizontal_alignment="distribute"):
                st.markdown(f"**{escape(title_of(repeat))} {number}**", width="content")
                is_removed = st.button(
                    "ลบแถวนี้",
                    key=f"{key}[{number}].remove",
                    icon=":material/delete:",
                    type="tertiary",
                )
            _draw_row(drawing, repeat.children, f"{repeat.name}[{number}]/", row)
        if is_removed:
            with acting():
                acts.remove_row(repeat.name, number, forms.write_answers(row))
                forget_rows(repeat.name, drawing.form_id)
                st.rerun()
    if st.button(f"เพิ่ม{title_of(repeat)}", key=f"{key}.add", icon=":material/add:"):
        with acting():
            acts.add_row(repeat.name)
            st.rerun()


def _draw_row(
    drawing: Drawing, items: tuple[Item, ...], prefix: str, row: Mapping[str, Any]
) -> None:
    """One row, in the order of the form; groups in it share the row's own names."""
    is_asked = drawing.evaluation.relevant
    abreast: list[Field] = []
    for item in items:
        if not is_asked.get(f"{prefix}{item.name}", True):
            continue
        if isinstance(item, Field) and item.kind not in _WIDE:
            abreast.append(item)
            continue
        _draw_abreast(drawing, abreast, prefix, row)
        abreast = []
        if isinstance(item, Field):
            draw_field(drawing, item, f"{prefix}{item.name}", row.get(item.name))
        elif isinstance(item, Group) and not isinstance(item, Repeat):
            st.markdown(f"**{escape(title_of(item))}**")
            _draw_row(drawing, item.children, prefix, row)
    _draw_abreast(drawing, abreast, prefix, row)


def _draw_abreast(
    drawing: Drawing, fields: list[Field], prefix: str, row: Mapping[str, Any]
) -> None:
    for first in range(0, len(fields), ABREAST):
        few = fields[first : first + ABREAST]
        for column, field in zip(st.columns(ABREAST), few, strict=False):
            with column:
                draw_field(drawing, field, f"{prefix}{field.name}", row.get(field.name))
