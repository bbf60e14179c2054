"""The blank form: what print.typ draws for each question, to be filled with a pen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from data_layer.exchange.bulk import unlike
from data_layer.form_files.cells import ACKNOWLEDGE, NO_DATA, key_of
from data_layer.form_files.columns import is_always, label_of, without_references
from data_layer.form_files.conditions import in_words
from data_layer.form_files.numbering import is_given, numbers, parts
from data_layer.forms import (
    Evaluation,
    Expression,
    Field,
    Form,
    Group,
    Item,
    Kind,
    Repeat,
    range_bounds,
)

Data = dict[str, Any]  # what print.typ reads

WIDE: Final = 6  # columns that an upright page has room for
MOST_CHOICES: Final = 24  # that are boxes; a longer list is written by hand
_MOST_STEPS: Final = 11
_EMPTY_ROWS, _EMPTY_BLOCKS = 6, 2
_SHORT: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})
_FILE: Final[Data] = {"before": ["แนบเอกสารชื่อ"], "widths": [1]}
_BLANKS: Final[Mapping[Kind, Data]] = {
    Kind.DATE: {"before": ["วันที่", "เดือน", "พ.ศ."], "widths": [2, 5, 3]},
    Kind.GEOPOINT: {"before": ["ละติจูด", "ลองจิจูด"], "widths": [1, 1]},
    Kind.FILE: _FILE,
    Kind.IMAGE: _FILE,
}
_SOMETIMES = "ตอบเฉพาะเมื่อเข้าเงื่อนไข"


@dataclass(frozen=True)
class Blank:
    """A form with no answers; `evaluation` is what the rules say of it."""

    form: Form
    evaluation: Evaluation


def blank_parts(form: Form, evaluation: Evaluation) -> list[Data]:
    """The parts of the form with what is to be filled in."""
    blank = Blank(form, evaluation)
    shown = (_part(blank, part.number, part.group, part.items) for part in parts(form))
    return [part for part in shown if part["items"]]


def rows_as_table(repeat: Repeat) -> list[Field] | None:
    """The columns of a table that fits on the page; None for one whose rows are set in full."""
    fields = [item for item in repeat.children if isinstance(item, Field) and _is_column(item)]
    is_flat = not any(isinstance(item, Group) for item in repeat.children)
    return fields if is_flat and 0 < len(fields) <= WIDE else None


def headers(fields: list[Field]) -> list[str]:
    """What stands above the columns."""
    return unlike([label_of(field) for field in fields], [field.name for field in fields])


def _part(blank: Blank, number: int, group: Group | None, items: tuple[Item, ...]) -> Data:
    return {
        "number": str(number) if group else "",
        "title": label_of(group) if group else "",
        "notes": [_condition(blank, group)] if group and _condition(blank, group) else [],
        "items": list(_items(blank, items, group)),
    }


def _items(blank: Blank, items: tuple[Item, ...], part: Group | None) -> Iterator[Data]:
    for item in items:
        if isinstance(item, Repeat):
            yield _table(blank, item, is_part=item is part)
        elif isinstance(item, Group):
            inner = list(_items(blank, item.children, part))
            if inner and str(item.label):
                yield {"is": "heading", "text": label_of(item), "note": _condition(blank, item)}
            yield from inner
        elif isinstance(item, Field):
            yield from _field(blank, item)


def _field(blank: Blank, field: Field) -> Iterator[Data]:
    if field.kind is Kind.NOTE:
        yield {"is": "note", "text": _text(field.label), "note": _condition(blank, field)}
    elif not is_given(field):
        yield _question(blank, field)
    elif str(field.label) and blank.evaluation.relevant.get(field.name, True):
        yield {"is": "given", "label": label_of(field)}


def _question(blank: Blank, field: Field) -> Data:
    return {
        "is": "question",
        "number": numbers(blank.form).get(field.name, ""),
        "label": label_of(field),
        "need": need(field.required),
        "notes": [note for note in _notes(blank, field) if note],
        "input": _input(field),
        "no_data": f"{NO_DATA} เพราะ" if field.allows_no_data else "",
    }


def _notes(blank: Blank, field: Field) -> tuple[str, ...]:
    """The hint, the guidance, which XLSForm has for paper, and when it is asked."""
    return _text(field.hint), _text(field.guidance), _condition(blank, field)


def need(required: Expression | None) -> str:
    """The star of a question that must be answered, in brackets when it is so in some cases."""
    if required is None:
        return ""
    return "*" if is_always(required) else "(*)"


def _input(field: Field) -> Data:
    if field.kind in _BLANKS:
        return {"is": "blanks"} | _BLANKS[field.kind]
    match field.kind:
        case Kind.SELECT_ONE | Kind.SELECT_MULTIPLE:
            return _choices(field)
        case Kind.RANGE:
            return _range(field)
        case Kind.ACKNOWLEDGE:
            return _boxes([ACKNOWLEDGE])
    lines = 3 if "multiline" in field.appearance else 1
    return {"is": "lines", "count": lines, "short": field.kind in _SHORT, "hint": ""}


def _choices(field: Field) -> Data:
    several = field.kind is Kind.SELECT_MULTIPLE
    if len(field.labels) > MOST_CHOICES:
        hint = "เขียนตามรายการในระบบ ตอบได้หลายข้อ" if several else "เขียนตามรายการในระบบ"
        return {"is": "lines", "count": 2 if several else 1, "short": False, "hint": hint}
    labels = [key_of(label) for label in field.labels.values()]
    return _boxes(labels, "ตอบได้หลายข้อ" if several else "")


def _boxes(labels: list[str], hint: str = "") -> Data:
    return {"is": "boxes", "labels": labels, "hint": hint}


def _range(field: Field) -> Data:
    start, end, step = range_bounds(field)
    count = int(abs((end - start) / step)) + 1 if step else 0
    if 0 < count <= _MOST_STEPS:
        signed = abs(step) if end >= start else -abs(step)
        return _boxes([_plain(start + signed * number) for number in range(count)])
    said = f"{_plain(start)} ถึง {_plain(end)} เพิ่มครั้งละ {_plain(abs(step))}"
    return {"is": "lines", "count": 1, "short": True, "hint": said}


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _table(blank: Blank, repeat: Repeat, *, is_part: bool) -> Data:
    """An empty table; the head of a part that is a table has said its title and condition."""
    condition = "" if is_part else _condition(blank, repeat)
    head = {
        "number": numbers(blank.form).get(repeat.name, ""),
        "title": "" if is_part else label_of(repeat),
        "notes": [condition] if condition else [],
    }
    fields = rows_as_table(repeat)
    if fields is None:
        return head | {"is": "rows", "rows": _empty_blocks(blank, repeat)}
    named = zip(headers(fields), fields, strict=True)
    keys = [_key(blank, field) for field in fields]
    count = repeat.fixed_rows or _EMPTY_ROWS
    return head | {
        "is": "table",
        "headers": ["ที่", *(f"{name} {need(field.required)}".strip() for name, field in named)],
        "right": [],
        "rows": [[str(number), *[""] * len(fields)] for number in range(1, count + 1)],
        "tall": True,
        "below": [key for key in keys if key],
    }


def _empty_blocks(blank: Blank, repeat: Repeat) -> list[Data]:
    title, items = label_of(repeat), list(_items(blank, repeat.children, None))
    count = repeat.fixed_rows or _EMPTY_BLOCKS
    return [{"title": f"{title} ที่ {number}", "items": items} for number in range(1, count + 1)]


def _key(blank: Blank, field: Field) -> str:
    """What a narrow column cannot say: its choices and when it is asked."""
    labels = [key_of(label) for label in field.labels.values()]
    chosen = f"เลือกจาก {' / '.join(labels)}" if 0 < len(labels) <= MOST_CHOICES else ""
    said = [part for part in (chosen, _text(field.hint), _condition(blank, field)) if part]
    return f"{label_of(field)}: {' · '.join(said)}" if said else ""


def _condition(blank: Blank, item: Item) -> str:
    """When it is asked, in words; '' when always, also when the form itself has decided that."""
    if item.relevant is None:
        return ""
    said = in_words(blank.form, item.relevant, lambda field: _named(blank, field))
    if said is None:
        return "" if blank.evaluation.relevant.get(item.name) else _SOMETIMES
    return f"ตอบเมื่อ{said}" if said.startswith("ข้อ") else f"ตอบเมื่อ {said}"


def _named(blank: Blank, field: Field) -> str:
    number = numbers(blank.form).get(field.name)
    if number:
        return f"ข้อ {number}"
    return f"“{label_of(field)}”" if str(field.label) else ""


def _text(text: object) -> str:
    lines = (line.strip() for line in without_references(text).splitlines())
    return "\n".join(lines).strip()


def _is_column(field: Field) -> bool:
    return field.kind is not Kind.NOTE and (bool(str(field.label)) or field.is_answerable)
