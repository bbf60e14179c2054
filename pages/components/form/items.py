"""The items of a form below one heading: its fields, groups in groups, and tables of rows."""

from collections.abc import Iterator

import streamlit as st

from data_layer.forms import Evaluation, Field, Form, Group, Item, Repeat
from pages.components.form.fields import Drawing, draw_field
from pages.components.form.rows import RowActs, draw_rows, title_of
from pages.components.messages import escape


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


def draw_items(drawing: Drawing, items: tuple[Item, ...], acts: RowActs) -> None:
    """The items that are asked now, in their order; each has its place, asked or not.

    Were the ones below moved by one that comes or goes, what is being typed into them would be lost
    when that run is cut off by the next: a field would stand nowhere for a moment.
    """
    for item in items:
        if not drawing.evaluation.relevant.get(item.name, True):
            st.empty()
        elif isinstance(item, Repeat):
            with st.container():
                draw_rows(drawing, item, item.name, acts)
        elif isinstance(item, Group):
            with st.container():
                st.markdown(f"**{escape(title_of(item))}**")
                draw_items(drawing, item.children, acts)
        elif isinstance(item, Field):
            draw_field(drawing, item, item.name, drawing.answers.get(item.name))
