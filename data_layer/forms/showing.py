"""A form and an evaluation as plain JSON, for the command line."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from data_layer.forms.definition import Expression, Field, Form, Group, Item, Repeat, Text
from data_layer.forms.evaluation import Evaluation


def form_json(form: Form) -> dict[str, Any]:
    """The form as the engine sees it: fields, groups and repeats in order, with all their rules.

    `in` names the groups and repeats that something stands in, the outermost first.
    """
    return {
        "form_id": form.form_id,
        "title": form.title,
        "version": form.version,
        "language": form.language,
        "languages": list(form.languages),
        "fields": [_item(item, within) for item, within in _placed(form.children, ())],
    }


def evaluation_json(evaluation: Evaluation, problems: Mapping[str, str]) -> dict[str, Any]:
    """What the rules say; an answer that could not be read counts as broken. Empty is ''."""
    return {
        "relevant": evaluation.relevant,
        "calculated": {path: _plain(value) for path, value in evaluation.calculated.items()},
        "missing": [path for path in evaluation.missing if path not in problems],
        "broken": {**problems, **evaluation.broken},
        "warned": evaluation.warned,
    }


def _placed(
    items: tuple[Item, ...], within: tuple[str, ...]
) -> Iterator[tuple[Item, tuple[str, ...]]]:
    for item in items:
        yield item, within
        if isinstance(item, Group):
            yield from _placed(item.children, (*within, item.name))


def _item(item: Item, within: tuple[str, ...]) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": item.name, "type": _kind(item), "row": item.row}
    if within:
        shown["in"] = list(within)
    rules = {
        name: getattr(item, name)
        for name in (
            *("label", "hint", "guidance", "relevant", "required", "required_message"),
            *("constraint", "constraint_message", "calculation", "default", "dynamic_default"),
            *("readonly", "choice_filter", "warning", "warning_message", "allows_no_data"),
            *("list_name", "parameters", "appearance", "count"),
        )
        if getattr(item, name, None)
    }
    shown |= {name: _said(value) for name, value in rules.items() if _said(value)}
    if isinstance(item, Field) and item.choices:
        shown["choices"] = [
            {"name": each.name, "label": _said(each.label), **each.columns} for each in item.choices
        ]
    return shown


def _kind(item: Item) -> str:
    if isinstance(item, Field):
        return str(item.kind)
    return "repeat" if isinstance(item, Repeat) else "group"


def _said(value: object) -> object:
    match value:
        case Expression():
            return value.source
        case Text():
            return dict(value.by_language) or value.shown
        case tuple():
            return list(value)
        case Mapping():
            return dict(value)
        case _:
            return value


def _plain(value: object) -> object:
    match value:
        case None:
            return ""
        case Decimal():
            return float(value)
        case date():
            return value.isoformat()
        case tuple():
            return " ".join(value)
        case _:
            return value
