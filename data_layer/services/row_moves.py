"""Rows of a table move up when one above them is taken away: where each stood before.

The history names a path as it was at that time, and of a row taken away the table before and after.
"""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from sqlalchemy import Row

from data_layer import forms
from data_layer.models import RecordChange

History: TypeAlias = Iterable[Row[RecordChange, str]]  # queries.records.changes_of: newest first


class Taken(NamedTuple):
    """A row that was taken away: the path of its table, and its number."""

    table: str
    number: int


def changes_at(history: History, path: str) -> Iterator[tuple[RecordChange, str]]:
    """The changes of what stands at a path now, and who made them, the newest first."""
    for change, who in history:
        if change.path == path:
            yield change, who
        elif "[" in path and (taken := taken_by(change)):
            path = forms.moved_back(path, *taken)


def stands_at(history: History, path: str) -> str | None:
    """Where what stood at a path before that history stands after it; None when its row is gone."""
    moved: str | None = path
    for taken in filter(None, [taken_by(change) for change, _ in history][::-1]):
        moved = moved and forms.moved_up(moved, *taken)
    return moved


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
