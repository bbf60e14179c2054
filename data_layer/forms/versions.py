"""What a changed form does to answers that are typed already.

The answers themselves are carried over by `read_answers(new, write_answers(answers))`, whose
problems are what cannot be kept; these are the sentences to read before that is done.
"""

from collections.abc import Iterator
from typing import NamedTuple

from data_layer.forms.definition import Field, Form, Item, Repeat

_RULES = ("relevant", "required", "constraint", "calculation", "choice_filter", "warning")


class Change(NamedTuple):
    """One difference: of which field, what it means for drafts, and whether it loses answers."""

    name: str
    text: str
    loses: bool


def changes(old: Form, new: Form) -> list[Change]:
    """The differences that who fills the form will meet, in the order of the old, then new."""
    return [
        *(
            change
            for name, field in old.fields.items()
            for change in _changes(field, new.fields.get(name))
        ),
        *_recounted(old, new),
        *(_added(field) for name, field in new.fields.items() if name not in old.fields),
    ]


def _changes(old: Field, new: Field | None) -> Iterator[Change]:
    if new is None:
        yield Change(old.name, f"ช่อง “{_label(old)}” ถูกลบ คำตอบเดิมไม่อยู่ในฉบับใหม่", old.is_answerable)
        return
    label = _label(new)
    if old.repeats != new.repeats:
        yield Change(new.name, f"ช่อง “{label}” ย้ายเข้าหรือออกจากตาราง ต้องกรอกใหม่", loses=True)
    if old.kind is not new.kind:
        text = f"ช่อง “{label}” เปลี่ยนชนิดจาก {old.kind} เป็น {new.kind} คำตอบเดิมที่ไม่ตรงชนิดต้องกรอกใหม่"
        yield Change(new.name, text, loses=True)
    if gone := [said for name, said in old.labels.items() if name not in new.labels]:
        text = f"ช่อง “{label}” ไม่มีตัวเลือก {', '.join(gone)} แล้ว ผู้ที่เลือกไว้ต้องเลือกใหม่"
        yield Change(new.name, text, loses=True)
    if any(_rule(old, name) != _rule(new, name) for name in _RULES):
        yield Change(new.name, f"กฎของช่อง “{label}” เปลี่ยน คำตอบเดิมจะถูกตรวจใหม่", loses=False)


def _recounted(old: Form, new: Form) -> Iterator[Change]:
    """Tables whose number of rows follows another rule now; nothing is lost, only hidden."""
    for name, table in new.items.items():
        before = old.items.get(name)
        if not (isinstance(table, Repeat) and isinstance(before, Repeat)):
            continue
        if _rule(before, "count") != _rule(table, "count"):
            text = f"จำนวนแถวของตาราง “{_label(table)}” เปลี่ยน แถวที่เกินจากจำนวนใหม่จะถูกซ่อน"
            yield Change(name, text, loses=False)


def _added(field: Field) -> Change:
    needed = " และต้องกรอก" if field.required else ""
    return Change(field.name, f"มีช่องใหม่ “{_label(field)}”{needed}", loses=False)


def _label(item: Item) -> str:
    return str(item.label) or item.name


def _rule(item: Item, name: str) -> str:
    rule = getattr(item, name)
    return rule.source if rule else ""
