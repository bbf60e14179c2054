"""What a template asks: one column for each field that a person answers, in form order."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from data_layer.exchange.bulk import unlike
from data_layer.form_files.cells import NO_DATA, key_of, spoken
from data_layer.forms import Expression, Field, Form, Item, Kind, Repeat, range_bounds

CODE, NAME = "รหัส อปท.", "ชื่อ อปท."  # what stands before the columns of the form
_REFERENCE = re.compile(r"\$\{[^}]*\}")
_ALWAYS = frozenset({"yes", "true", "true()"})
_SAID: Final = {
    Kind.INTEGER: "จำนวนเต็ม",
    Kind.DECIMAL: "ตัวเลข มีทศนิยมได้",
    Kind.DATE: "วันที่ พ.ศ. เช่น 31 ธ.ค. 2563 หรือ 31/12/2563",
    Kind.SELECT_ONE: "เลือกจากรายการ",
    Kind.ACKNOWLEDGE: "เลือก “รับทราบ” หรือเว้นว่าง",
    Kind.GEOPOINT: "ละติจูด ลองจิจูด เช่น 16.9414 104.7276",
}


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A field, its Thai header (which no other column has), its group, how it is filled."""

    field: Field
    header: str
    group: str
    hint: str


@lru_cache(maxsize=16)
def template_columns(form: Form) -> tuple[TemplateColumn, ...]:
    """The columns, in the order of the form. Tables, files and what nobody types have none."""
    fields = [field for field in form.fields.values() if _is_typed(field)]
    names = [field.name for field in fields]
    labels = [CODE, NAME, *(label_of(field) for field in fields)]
    headers = unlike(labels, [CODE, NAME, *names])[2:]
    groups = [form.group_of[name] for name in names]
    return tuple(
        TemplateColumn(field, header, label_of(form.items[group]) if group else "", hint_of(field))
        for field, header, group in zip(fields, headers, groups, strict=True)
    )


def left_out(form: Form) -> list[str]:
    """The labels of the tables and files, which are filled on the page only."""
    return [
        label_of(item) for item in form.items.values() if not item.repeats and _is_left_out(item)
    ]


def label_of(item: Item) -> str:
    """The label in one line; what it says of other answers differs from row to row."""
    return key_of(without_references(item.label)) or item.name


def without_references(text: object) -> str:
    """A text of the form with … for what it says of other answers."""
    return _REFERENCE.sub("…", str(text))


def hint_of(field: Field) -> str:
    """Must it be filled, what may stand there, and what the form itself says of it."""
    said = [
        _need(field.required),
        _kind(field),
        key_of(without_references(field.hint)),
        f"ใช้ “{NO_DATA}: เหตุผล” ได้" if field.allows_no_data else "",
    ]
    return " · ".join(part for part in said if part)


def is_always(rule: Expression | None) -> bool:
    """Whether a rule holds whatever the answers are."""
    return rule is not None and rule.source.strip().lower() in _ALWAYS


def _is_typed(field: Field) -> bool:
    if not field.is_answerable or field.repeats or field.is_file:
        return False
    return not is_always(field.readonly)


def _is_left_out(item: Item) -> bool:
    return isinstance(item, Repeat) or (isinstance(item, Field) and item.is_file)


def _need(required: Expression | None) -> str:
    if required is None:
        return ""
    return "ต้องกรอก" if is_always(required) else "ต้องกรอกในบางกรณี"


def _kind(field: Field) -> str:
    match field.kind:
        case Kind.SELECT_MULTIPLE:
            return f"เลือกได้หลายข้อ คั่นด้วย , จาก: {' / '.join(spoken(field).values())}"
        case Kind.RANGE:
            start, end, step = range_bounds(field)
            return f"{start} ถึง {end} เพิ่มครั้งละ {step}"
    return _SAID.get(field.kind, "")
