"""Rows of a table move up when one above them is taken away: where each stood before.

The history names a path as it was at that time, and of a row taken away the table before and after.
"""

import json
from collections.abc import Iterable, Iterator
from typing import ClassVar, NamedTuple, TypeAlias

from sqlalchemy import Row
from sqlalchemy.orm import Session

from data_layer import forms
from data_layer.errors import NoPlace
from data_layer.models import RecordChange
from data_layer.queries import records as query
from data_layer.services.holding import Held, label
from data_layer.services.keeping import record_in

History: TypeAlias = Iterable[Row[RecordChange, str]]  # queries.records.changes_of: newest first


class RowGone(NoPlace):
    """Somebody else took the row away."""

    text: ClassVar[str] = "“{label}” อยู่ในแถวที่มีผู้ลบไปแล้ว โปรดดูแถวที่มีในตอนนี้"


class Taken(NamedTuple):
    """A row that was taken away: the path of its table, and its number."""

    table: str
    number: int


def changes_at(history: History, path: str) -> Iterator[tuple[RecordChange, str]]:
    """The changes of what stands at a path now, in it too, and who made them, the newest first."""
    for change, who in history:
        if f"{change.path}/".startswith(f"{path}/"):
            yield change, who
        elif "[" in path and (taken := taken_by(change)):
            path = forms.moved_back(path, *taken)


def stands_at(history: History, path: str) -> str | None:
    """Where what stood at a path before that history stands after it; None when its row is gone."""
    moved: str | None = path
    for taken in filter(None, [taken_by(change) for change, _ in history][::-1]):
        moved = moved and forms.moved_up(moved, *taken)
    return moved


def place_now(session: Session, held: Held, path: str, moment: int | None) -> str:
    """Where that stands which stood at a path at that moment; None is now. Raises RowGone."""
    found: str | None = path
    if moment is not None and "[" in path:
        history = query.changes_of(session, record_in(held).id, after=moment)
        found = stands_at(history, path)
    if found is None or forms.row_at(held.answers, found) is None:
        raise RowGone(label=label(held.form, path))
    return found


def row_now(
    session: Session, held: Held, table: str, number: int, moment: int | None
) -> tuple[str, int]:
    """The same of a row: its table, and its number there."""
    found, _, last = place_now(session, held, f"{table}[{number}]", moment).rpartition("[")
    return found, int(last.removesuffix("]"))


def taken_by(change: RecordChange) -> Taken | None:
    """The row that a change took away; None when it took none."""
    if "#" in change.path or not change.path:
        return None
    old, new = json.loads(change.old), json.loads(change.new) or []
    if not _is_table(old) or not _is_table(new) or len(old) != len(new) + 1:
        return None
    differs = (at for at, rows in enumerate(zip(old, new, strict=False), 1) if rows[0] != rows[1])
    return Taken(change.path, next(differs, len(old)))


def _is_table(plain: object) -> bool:
    return isinstance(plain, list) and all(isinstance(row, dict) for row in plain)
