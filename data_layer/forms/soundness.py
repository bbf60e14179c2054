"""What is wrong with a form that can be read: it would lose what its author wrote, or ask nothing.

Asked of files that come in, and not of the versions that are kept: those stay readable.
"""

from collections.abc import Iterator
from typing import Final

from data_layer.errors import DomainError
from data_layer.forms.answers import calculated_value
from data_layer.forms.definition import Field, Form, Kind, Repeat
from data_layer.forms.entry import MAX_ROWS, range_bounds
from data_layer.forms.errors import Problem

MAX_NAME: Final = 100  # letters; it is a column of every file of answers
_SURVEY: Final = "survey"


def unsound(form: Form) -> Iterator[Problem]:
    """What must be mended, in the order of the form."""
    for item in form.items.values():
        if len(item.name) > MAX_NAME:
            text = f"ชื่อยาว {len(item.name):,} ตัวอักษร โปรดย่อให้ไม่เกิน {MAX_NAME}"
            yield Problem(_SURVEY, item.row, "name", text)
        if isinstance(item, Field):
            yield from _of_field(item)
        elif isinstance(item, Repeat):
            yield from _of_table(item)
    if not any(field.is_answerable for field in form.fields.values()):
        yield Problem(_SURVEY, 0, "type", "แบบฟอร์มนี้ไม่มีช่องให้กรอกเลย โปรดเพิ่มคำถามอย่างน้อยหนึ่งข้อ")


def _of_table(table: Repeat) -> Iterator[Problem]:
    """A number of rows that no answer changes; of others the evaluation says it."""
    if (table.fixed_rows or 0) > MAX_ROWS:
        text = f"ตารางมีได้ไม่เกิน {MAX_ROWS} แถว โปรดลดจำนวนแถว"
        yield Problem(_SURVEY, table.row, "repeat_count", text)


def _of_field(field: Field) -> Iterator[Problem]:
    if field.kind is Kind.RANGE:
        start, end, _ = range_bounds(field)
        if start > end:
            text = f"range เริ่มที่ {start} แต่จบที่ {end} โปรดให้ start น้อยกว่า end"
            yield Problem(_SURVEY, field.row, "parameters", text)
            return
    if field.default and not field.is_file:  # of a file the round says why
        try:
            calculated_value(field, field.default)
        except DomainError as refusal:
            yield Problem(_SURVEY, field.row, "default", f"ค่าเริ่มต้นใช้ไม่ได้ {refusal}")
