"""Where an answer stands: `field`, or `repeat[1]/field` inside of a table."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from data_layer.forms.answers import Answers, is_empty
from data_layer.forms.definition import Field, Form, Group, Item, Repeat
from data_layer.forms.errors import UnknownField

_STEP: Final = re.compile(r"([^\[\]/]+)\[([1-9][0-9]{0,3})\]")


def field_at(form: Form, path: str) -> Field:
    """The field that a path names. Raises UnknownField."""
    *rows, name = path.split("/")
    repeats = tuple(step[1] if (step := _STEP.fullmatch(row)) else "" for row in rows)
    field = form.fields.get(name)
    if field is None or field.repeats != repeats:
        raise UnknownField(name=path)
    return field


def answer_at(answers: Answers, path: str) -> Any:  # noqa: ANN401 - an Answer
    """The answer at a path; None where there is none, or no such row."""
    row = _row_around(answers, path)
    return None if row is None else row.get(name_of(path))


def has_place(answers: Answers, path: str) -> bool:
    """Whether the row is there that the path leads into; outside of tables it always is."""
    return _row_around(answers, path) is not None


def answered(form: Form, answers: Answers) -> Iterator[tuple[str, Field, Any]]:
    """Each answer with its path and field: in the order of the form, tables row by row."""
    return _answered(form.children, answers, "")


def with_answer(answers: Answers, path: str, value: object) -> dict[str, Any]:
    """The answers with another one at the path; an empty value takes it away.

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


def rows_of(form: Form, answers: Answers, repeat: str) -> list[dict[str, Any]]:
    """The rows of an outermost table. Raises UnknownField when the form has no such table."""
    item = form.items.get(repeat)
    if not isinstance(item, Repeat) or item.repeats:
        raise UnknownField(name=repeat)
    return list(answers.get(repeat) or [])


def rows_around(path: str) -> list[tuple[str, int]]:
    """The tables that a path leads through, the outermost first, each with the row's number."""
    return [_step(row) for row in path.split("/")[:-1]]


def without_row(path: str, table: str, number: int) -> str:
    """Where an answer stands when that row of a table is taken away; '' for what stood in it."""
    if not path.startswith(f"{table}["):
        return path
    row, _, rest = path.removeprefix(f"{table}[").partition("]")
    if int(row) == number:
        return ""
    return f"{table}[{int(row) - (int(row) > number)}]{rest}"


def name_of(path: str) -> str:
    """The field's own name."""
    return path.rpartition("/")[2]


def outermost(path: str) -> str:
    """The name that a path begins with: its table's, or the field's own."""
    return path.partition("/")[0].partition("[")[0]


def _row_around(answers: Answers, path: str) -> Answers | None:
    place: Any = answers
    for repeat, number in rows_around(path):
        table = place.get(repeat) or []
        if number > len(table):
            return None
        place = table[number - 1]
    found: Answers = place
    return found


def _answered(
    items: Sequence[Item], answers: Answers, prefix: str
) -> Iterator[tuple[str, Field, Any]]:
    for item in items:
        if isinstance(item, Repeat):
            for number, row in enumerate(answers.get(item.name) or (), 1):
                yield from _answered(item.children, row, f"{prefix}{item.name}[{number}]/")
        elif isinstance(item, Group):
            yield from _answered(item.children, answers, prefix)
        elif isinstance(item, Field) and item.name in answers:
            yield f"{prefix}{item.name}", item, answers[item.name]


def _step(row: str) -> tuple[str, int]:
    found = _STEP.fullmatch(row)
    if found is None:
        raise UnknownField(name=row)
    return found[1], int(found[2])
