"""What of the answers is submitted: all that is shown, nothing that is hidden."""

from collections.abc import Sequence
from typing import Any

from data_layer.forms.answers import Answers, is_empty
from data_layer.forms.definition import Field, Form, Group, Item, Kind, Repeat
from data_layer.forms.evaluation import Evaluation


def submittable(form: Form, answers: Answers, evaluation: Evaluation) -> dict[str, Any]:
    """The answers without what is hidden or no longer offered, with what is calculated.

    `evaluation` is that of these answers; whether they may be submitted is its to say (is_ready).
    """
    return _kept(form.children, answers, evaluation, "")


def _kept(
    items: Sequence[Item], answers: Answers, evaluation: Evaluation, prefix: str
) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for item in items:
        path = f"{prefix}{item.name}"
        if not evaluation.relevant[path]:
            continue
        if isinstance(item, Repeat):
            rows = enumerate(evaluation.rows(path, answers.get(item.name)), 1)
            kept[item.name] = [
                _kept(item.children, row, evaluation, f"{path}[{number}]/") for number, row in rows
            ]
        elif isinstance(item, Group):
            kept |= _kept(item.children, answers, evaluation, prefix)
        elif isinstance(item, Field) and item.kind is not Kind.NOTE:
            kept[item.name] = _value(item, answers.get(item.name), evaluation, path)
    return {name: value for name, value in kept.items() if not is_empty(value)}


def _value(item: Field, given: object, evaluation: Evaluation, path: str) -> object:
    if item.calculation is not None:
        return evaluation.calculated[path]
    offered = evaluation.offered.get(path)
    if offered is None:
        return given
    if isinstance(given, tuple):
        return tuple(name for name in given if name in offered)
    return given if given in offered or not isinstance(given, str) else None
