"""One group of fields of all authorities in scope, as rows: to look along, and to fill."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from data_layer.access import Actor
from data_layer.audit import demand
from data_layer.db import reading
from data_layer.forms import Field, Form, walk
from data_layer.models import FormId
from data_layer.queries import records as query
from data_layer.queries import rounds as round_query
from data_layer.services.holding import RecordKey, asked_on, hold

MAX_ROWS = 60  # of the largest district; a province is filled district by district


@dataclass(frozen=True)
class GridRow:
    """One authority: its answers to the fields, and which of them may change now."""

    key: RecordKey
    name: str
    state: str
    answers: Mapping[str, Any]
    open_fields: frozenset[str]
    problems: Mapping[str, str]


@dataclass(frozen=True)
class Grid:
    """The groups that can be chosen, by name; the fields of the chosen one, and its rows."""

    groups: Mapping[str, str]
    fields: tuple[Field, ...]
    rows: tuple[GridRow, ...]
    left_out: int


def open_grid(actor: Actor, form_id: FormId, round_code: str, group: str | None = None) -> Grid:
    """A group of the form (the first by default) for each authority that the round asks.

    Fields that nobody types, and tables, have no cell. Raises NotFound.
    """
    demand(actor, f"{form_id}.read")
    with reading() as session:
        found = round_query.round_by_code(session, round_code)
        form = round_query.form_at(session, round_query.asked_version(session, found.id, form_id))
        groups = _groups(form)
        chosen = group if group in groups else next(iter(groups))
        fields = _fields(form, chosen)
        states = query.record_states(session, actor.scope, found, asked_on(found), form_id)
        codes = list(states["code"])[:MAX_ROWS]
        keys = [RecordKey(form_id, code, round_code) for code in codes]
        rows = tuple(_row(session, actor, key, fields) for key in keys)
    return Grid(groups, fields, rows, len(states) - len(rows))


def _groups(form: Form) -> dict[str, str]:
    return {
        item.name: str(item.label) or item.name
        for item in form.children
        if any(each.name for each in _fields(form, item.name))
    }


def _fields(form: Form, group: str) -> tuple[Field, ...]:
    return tuple(
        item
        for item in walk((form.items[group],))
        if isinstance(item, Field) and item.is_answerable and not item.is_file and not item.repeats
    )


def _row(session: Session, actor: Actor, key: RecordKey, fields: tuple[Field, ...]) -> GridRow:
    held = hold(session, actor, key)
    found = held.evaluate()
    may_write = actor.may(f"{key.form_id}.write") and held.is_editable
    names = {field.name for field in fields}
    is_open = {name for name in names if found.relevant.get(name) and not found.readonly.get(name)}
    return GridRow(
        key=held.key,
        name=held.office.name_th,
        state=str(held.state or "none"),
        answers={name: held.answers.get(name) for name in names if found.relevant.get(name)},
        open_fields=frozenset(is_open if may_write else ()),
        problems={name: text for name, text in found.broken.items() if name in names},
    )
