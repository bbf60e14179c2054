"""The filled form: what print.typ draws of the answers of one record. Hidden ones are left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data_layer import thai
from data_layer.form_files.blank import Data, headers, rows_as_table
from data_layer.form_files.cells import ACKNOWLEDGE, NO_DATA
from data_layer.form_files.numbering import numbers, parts
from data_layer.forms import (
    Answers,
    Evaluation,
    Field,
    Form,
    Group,
    Item,
    Kind,
    NoData,
    Repeat,
    is_empty,
    kept_text,
    shown,
)

NOTHING, NOT_YET = "–", "ยังไม่ได้กรอก"
_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})


@dataclass(frozen=True)
class Given:
    """The answers of a record and what is said of them, by path.

    `reasons` are of the filler, for unusual answers; `returned` of the reviewer; `unconfirmed` the
    groups whose answers came from the last round. `is_open` when answers are still to come.
    """

    form: Form
    answers: Answers
    evaluation: Evaluation
    reasons: Mapping[str, str] = field(default_factory=dict)
    returned: Mapping[str, str] = field(default_factory=dict)
    unconfirmed: tuple[str, ...] = ()
    is_open: bool = False


def filled_parts(given: Given) -> list[Data]:
    """The parts of the form that were asked, with what was answered."""
    shown_parts = (
        _part(given, part.number, part.group, part.items)
        for part in parts(given.form)
        if part.group is None or _is_shown(given, part.group.name)
    )
    return [part for part in shown_parts if part["items"]]


def in_words(item: Field, answer: object) -> str:
    """An answer as a paper has it: the date in full, the choices by label."""
    match answer:
        case NoData(reason):
            return f"{NO_DATA} เพราะ {reason}"
        case date():
            return thai.thai_date(answer)
        case str() if item.kind is Kind.ACKNOWLEDGE:
            return ACKNOWLEDGE
        case str() if item.kind is Kind.GEOPOINT:
            latitude, _, longitude = answer.partition(" ")
            return f"ละติจูด {latitude} ลองจิจูด {longitude}"
    return shown(item, kept_text(answer))


def _part(given: Given, number: int, group: Group | None, items: tuple[Item, ...]) -> Data:
    is_brought = group is not None and group.name in given.unconfirmed
    return {
        "number": str(number) if group else "",
        "title": given.evaluation.say(group.label, group.name) if group else "",
        "notes": ["คำตอบในส่วนนี้มาจากรอบก่อน และยังไม่ได้ยืนยัน"] if is_brought else [],
        "items": list(_items(given, items, given.answers, "", group)),
    }


def _items(
    given: Given, items: tuple[Item, ...], answers: Answers, prefix: str, part: Group | None
) -> Iterator[Data]:
    for item in items:
        path = f"{prefix}{item.name}"
        if not _is_shown(given, path):
            continue
        if isinstance(item, Repeat):
            rows = given.evaluation.rows(path, answers.get(item.name))
            yield _table(given, item, path, rows, is_part=item is part)
        elif isinstance(item, Group):
            inner = list(_items(given, item.children, answers, prefix, part))
            if inner and str(item.label):
                label = given.evaluation.say(item.label, path)
                yield {"is": "heading", "text": label, "note": ""}
            yield from inner
        elif isinstance(item, Field):
            yield from _field(given, item, path, answers)


def _field(given: Given, item: Field, path: str, answers: Answers) -> Iterator[Data]:
    label = given.evaluation.say(item.label, path)
    if item.kind is Kind.NOTE:
        yield {"is": "note", "text": label, "note": ""}
    elif label or item.is_answerable:
        answer = _answer(given, item, path, answers)
        yield {
            "is": "answer",
            "number": numbers(given.form).get(item.name, ""),
            "label": label or item.name,
            "answer": answer,
            "quiet": answer in {NOTHING, NOT_YET},
            "notes": _remarks(given, path),
        }


def _answer(given: Given, item: Field, path: str, answers: Answers) -> str:
    calculated = given.evaluation.calculated
    answer = calculated.get(path) if item.calculation else answers.get(item.name)
    offered = given.evaluation.offered.get(path)
    if offered is not None:  # what is no longer offered counts nowhere
        answer = _of_those(answer, offered)
    if not is_empty(answer):
        return in_words(item, answer)
    return NOT_YET if given.is_open and path in given.evaluation.missing else NOTHING


def _of_those(answer: object, offered: tuple[str, ...]) -> object:
    if isinstance(answer, tuple):
        return tuple(name for name in answer if name in offered)
    return answer if answer in offered or isinstance(answer, NoData) else None


def _remarks(given: Given, path: str) -> list[str]:
    said = [f"เหตุผล: {given.reasons[path]}"] if given.reasons.get(path) else []
    return said + ([f"ให้แก้ไข: {given.returned[path]}"] if given.returned.get(path) else [])


def _table(
    given: Given, repeat: Repeat, path: str, rows: Sequence[Answers], *, is_part: bool
) -> Data:
    title = given.evaluation.say(repeat.label, path) or repeat.name
    head = {
        "number": numbers(given.form).get(repeat.name, ""),
        "title": "" if is_part else title,
        "notes": [] if rows else ["ไม่มีรายการ"],
    }
    places = [(f"{path}[{number}]/", row) for number, row in enumerate(rows, 1)]
    fields = rows_as_table(repeat)
    if fields is None:
        blocks = [
            {
                "title": f"{title} ที่ {number}",
                "items": list(_items(given, repeat.children, row, prefix, None)),
            }
            for number, (prefix, row) in enumerate(places, 1)
        ]
        return head | {"is": "rows", "rows": blocks}
    asked = [each for each in fields if not rows or _is_asked(given, each, places)]
    return head | _as_table(given, asked, places)


def _as_table(given: Given, fields: list[Field], places: list[tuple[str, Answers]]) -> Data:
    below = [
        f"{given.evaluation.say(each.label, prefix + each.name)} แถวที่ {number} {remark}"
        for number, (prefix, _) in enumerate(places, 1)
        for each in fields
        for remark in _remarks(given, prefix + each.name)
    ]
    return {
        "is": "table",
        "headers": ["ที่", *headers(fields)] if places else [],
        "right": [place for place, each in enumerate(fields, 1) if each.kind in _NUMBERS],
        "rows": [
            [str(number), *(_cell(given, each, prefix, row) for each in fields)]
            for number, (prefix, row) in enumerate(places, 1)
        ],
        "tall": False,
        "below": below,
    }


def _cell(given: Given, item: Field, prefix: str, row: Answers) -> str:
    path = f"{prefix}{item.name}"
    return _answer(given, item, path, row) if _is_shown(given, path) else ""


def _is_asked(given: Given, item: Field, places: list[tuple[str, Any]]) -> bool:
    return any(_is_shown(given, f"{prefix}{item.name}") for prefix, _ in places)


def _is_shown(given: Given, path: str) -> bool:
    return given.evaluation.relevant.get(path, True)
