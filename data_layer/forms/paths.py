"""Where an answer stands: `field`, `repeat[1]/field` in a table, `repeat[1]/inner[2]/field`."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from data_layer.forms.answers import Answers, is_empty
from data_layer.forms.definition import Field, Form, Group, Item, Repeat
from data_layer.forms.errors import UnknownField

_Said = TypeVar("_Said")
_STEP: Final = re.compile(r"([^\[\]/]+)\[([1-9][0-9]{0,3})\]")


def field_at(form: Form, path: str) -> Field:
    """The field that a path names. Raises UnknownField."""
    item = _item_at(form, path)
    if not isinstance(item, Field):
        raise UnknownField(name=path)
    return item


def items_in(form: Form, answers: Answers) -> Iterator[tuple[str, Item]]:
    """Each item with its path, in the order of the form; what is in a table row by row."""
    return _items(form.children, answers, "")


def answered(form: Form, answers: Answers) -> Iterator[tuple[str, Field, Any]]:
    """Each answer with its path and field: in the order of the form, tables row by row."""
    for path, item in items_in(form, answers):
        answer = answer_at(answers, path) if isinstance(item, Field) else None
        if isinstance(item, Field) and answer is not None:
            yield path, item, answer


def table_at(form: Form, path: str) -> Repeat:
    """The table that a path names: `repeat`, or `repeat[1]/inner`. Raises UnknownField."""
    item = _item_at(form, path)
    if not isinstance(item, Repeat):
        raise UnknownField(name=path)
    return item


def answer_at(answers: Answers, path: str) -> Any:  # noqa: ANN401 - an Answer
    """The answer at a path; None where there is none, or no such row."""
    row = row_at(answers, path)
    return None if row is None else row.get(name_of(path))


def row_at(answers: Answers, path: str) -> Answers | None:
    """The row that a path stands in, or all answers; None when no such row is there."""
    place = answers
    for step in path.split("/")[:-1]:
        repeat, number = _step(step)
        table = place.get(repeat) or []
        if number > len(table):
            return None
        place = table[number - 1]
    return place


def with_answer(answers: Answers, path: str, value: object) -> dict[str, Any]:
    """The answers with another one, or other rows, at the path; an empty value takes it away.

    Raises UnknownField when the row is not there.
    """
    row, _, rest = path.partition("/")
    changed = dict(answers)
    if not rest:
        changed.pop(path, None)
        return changed if is_empty(value) else {**changed, path: value}
    repeat, number = _step(row)
    table = list(answers.get(repeat) or [])
    if number > len(table):
        raise UnknownField(name=path)
    table[number - 1] = with_answer(table[number - 1], rest, value)
    return {**changed, repeat: table}


def rows_of(form: Form, answers: Answers, table: str) -> list[dict[str, Any]]:
    """The rows of the table at a path. Raises UnknownField when the form has no such table."""
    table_at(form, table)
    return list(answer_at(answers, table) or [])


def rows_in_all(answers: Answers, table: str) -> int:
    """How many rows the table at a path has, with those that it has in the other rows."""
    found: list[Answers] = [answers]
    for step in without_numbers(table).split("/"):
        found = [inner for row in found for inner in row.get(step) or ()]
    return len(found)


def moved_up(path: str, table: str, number: int) -> str | None:
    """Where a path stands once that row of the table is taken away; None in the row itself."""
    return _renumbered(
        path, table, lambda row: None if row == number else row - 1 if row > number else row
    )


def moved_back(path: str, table: str, number: int) -> str:
    """Where a path stood before that row of the table was taken away."""
    return _renumbered(path, table, lambda row: row + 1 if row >= number else row) or path


def without_row(said: Mapping[str, _Said], table: str, number: int) -> dict[str, _Said]:
    """What is said by path, once that row of the table is taken away: of it nothing is left."""
    moved = ((moved_up(path, table, number), each) for path, each in said.items())
    return {path: each for path, each in moved if path is not None}


def title_at(form: Form, path: str) -> str:
    """What people call a field, a table or a row: `หน่วย 2 · เด็ก 1 · อายุ`.

    What stands in a group of a row or of a step is called by both: `หน่วย 2 · ชาย ป.ตรี`. What the
    form has no more is called by its name.
    """
    return " · ".join(_title(form, step) for step in path.split("/"))


def without_numbers(path: str) -> str:
    """The same of all rows: `unit/child/age` of `unit[2]/child[1]/age`."""
    return "/".join(step.partition("[")[0] for step in path.split("/"))


def name_of(path: str) -> str:
    """The field's own name."""
    return path.rpartition("/")[2]


def outermost(path: str) -> str:
    """The name that a path begins with: its table's, or the field's own."""
    return path.partition("/")[0].partition("[")[0]


def _items(items: Sequence[Item], answers: Answers, prefix: str) -> Iterator[tuple[str, Item]]:
    for item in items:
        path = f"{prefix}{item.name}"
        yield path, item
        if isinstance(item, Repeat):
            for number, row in enumerate(answers.get(item.name) or (), 1):
                yield from _items(item.children, row, f"{path}[{number}]/")
        elif isinstance(item, Group):
            yield from _items(item.children, answers, prefix)


def _renumbered(path: str, table: str, renumber: Callable[[int], int | None]) -> str | None:
    if not path.startswith(f"{table}["):
        return path
    number, _, rest = path.removeprefix(f"{table}[").partition("]")
    row = renumber(int(number))
    return None if row is None else f"{table}[{row}]{rest}"


def _item_at(form: Form, path: str) -> Item:
    *rows, name = path.split("/")
    repeats = tuple(step[1] if (step := _STEP.fullmatch(row)) else "" for row in rows)
    item = form.items.get(name)
    if item is None or item.repeats != repeats:
        raise UnknownField(name=path)
    return item


def _title(form: Form, step: str) -> str:
    row = _STEP.fullmatch(step)
    name = row[1] if row else step
    item = form.items.get(name)
    own = (str(item.label) if item else "") or name
    title = f"{form.named_after.get(name, '')} {own}".strip()
    return f"{title} {row[2]}" if row else title


def _step(row: str) -> tuple[str, int]:
    found = _STEP.fullmatch(row)
    if found is None:
        raise UnknownField(name=row)
    return found[1], int(found[2])
