"""What a form, or a new row of a table in it, begins with."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from data_layer.errors import DomainError
from data_layer.forms.answers import Answers, calculated_value
from data_layer.forms.definition import Expression, Field, Form, Group, Item, Repeat
from data_layer.forms.document import Document
from data_layer.forms.encoding import encoded
from data_layer.forms.evaluation import running, work_out
from data_layer.forms.nodes import Node
from data_layer.forms.paths import answer_at, name_of, rows_of, table_at, with_answer
from data_layer.forms.place import Place, Run


def begin(
    form: Form,
    given: Answers | None = None,
    *,
    now: datetime,
    facts: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """The answers of a form that nobody has touched: its defaults, and one row in each table, or
    as many as its count says.

    What was `given` stands, in rows too; a default fills only what has no answer.
    """
    started = _static(form.children, given or {})
    document = Document(form, started)
    run = running(form, document, now, facts or {})
    begun = _dynamic(form.children, document, run, started, "")
    return dict(with_rows(form, begun, now=now, facts=facts or {}))


def begin_row(
    form: Form,
    table: str,
    answers: Answers,
    *,
    now: datetime,
    facts: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """A new last row of the table at a path, beside the answers that stand.

    Raises UnknownField when the form has no such table, or no row to hold it stands.
    """
    items = table_at(form, table).children
    rows = [*rows_of(form, answers, table), _static(items, {})]
    document = Document(form, with_answer(answers, table, rows))
    run = running(form, document, now, facts or {})
    return _dynamic(items, document, run, rows[-1], f"{table}[{len(rows)}]/")


def with_rows(
    form: Form, answers: Answers, *, now: datetime, facts: Mapping[str, object]
) -> Answers:
    """The answers with the rows that tables with a count have not yet, begun with their defaults.

    The same answers when none is wanting. Rows that are too many stay: they are only hidden.
    """
    while form.counted:
        wanting = work_out(form, answers, now=now, facts=facts).wanting
        short = [item for item in form.counted if item.name in map(name_of, wanting)]
        if not short:
            break
        for path, number in wanting.items():  # a later table may count what this one begins with
            if name_of(path) == short[0].name:
                answers = _lengthened(form, short[0], answers, path, number, now=now, facts=facts)
    return answers


def _lengthened(
    form: Form,
    table: Repeat,
    answers: Answers,
    path: str,
    number: int,
    *,
    now: datetime,
    facts: Mapping[str, object],
) -> dict[str, Any]:
    """The answers with so many more rows at the path of a table."""
    before = list(answer_at(answers, path) or ())
    rows = [*before, *(_static(table.children, {}) for _ in range(number))]
    document = Document(form, with_answer(answers, path, rows))
    run = running(form, document, now, facts)
    for place in range(len(before), len(rows)):
        prefix = f"{path}[{place + 1}]/"
        rows[place] = _dynamic(table.children, document, run, rows[place], prefix)
    return with_answer(answers, path, rows)


def _static(items: Sequence[Item], given: Answers) -> dict[str, Any]:
    started: dict[str, Any] = dict(given)
    for item in items:
        if isinstance(item, Repeat):
            rows = given.get(item.name, [] if item.count else [{}])
            started[item.name] = [_static(item.children, row) for row in rows]
        elif isinstance(item, Group):
            started |= _static(item.children, started)
        elif isinstance(item, Field) and item.default and item.name not in given:
            started[item.name] = _typed(item, item.default)
    return {name: value for name, value in started.items() if value is not None}


def _dynamic(
    items: Sequence[Item], document: Document, run: Run, started: Answers, prefix: str
) -> dict[str, Any]:
    """The same with the defaults that are worked out."""
    found = dict(started)
    for item in items:
        if isinstance(item, Repeat):
            found[item.name] = [
                _dynamic(item.children, document, run, row, f"{prefix}{item.name}[{number}]/")
                for number, row in enumerate(started[item.name], 1)
            ]
        elif isinstance(item, Group):
            found |= _dynamic(item.children, document, run, found, prefix)
        elif isinstance(item, Field) and item.dynamic_default and item.name not in started:
            node = next(
                each for each in document.nodes[item.name] if each.path == prefix + item.name
            )
            if (value := _worked_out(item, item.dynamic_default, node, run)) is not None:
                found[item.name] = value
    return found


def _worked_out(item: Field, default: Expression, node: Node, run: Run) -> object:
    value = default.value(Place(run, node, node))
    node.text = encoded(item, value, tuple(item.labels))
    return _typed(item, node.text)


def _typed(item: Field, text: str) -> object:
    """The default as an answer; one that its own field would refuse is none."""
    try:
        return calculated_value(item, text)
    except DomainError:
        return None
