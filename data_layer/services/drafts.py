"""Filling a record: each changed field is kept at once, and nobody overwrites what was not seen.

The history of a record (RecordChange: who, when, old, new) is the account of these acts; the
audit tells when a record was begun.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy.orm import Session

from data_layer import forms, thai
from data_layer.access import Actor
from data_layer.audit import demand
from data_layer.db import writing
from data_layer.errors import DomainError, NoPlace
from data_layer.forms import NoData
from data_layer.forms.entry import MAX_ROWS, MAX_ROWS_IN_ALL
from data_layer.models import Record
from data_layer.queries import records as query
from data_layer.services.holding import (
    Held,
    RecordKey,
    group_at,
    hold,
    label,
    refuse_unless_editable,
)
from data_layer.services.keeping import add_change, begin, keep, record_in, take_row_files
from data_layer.services.row_moves import RowGone, changes_at, place_now, row_now

MAX_REASON: Final = 500
REASON: Final = "#reason"  # beside the path of the answer that it is of


class NotAsked(NoPlace):
    """The field is calculated, locked, or not shown with the answers that stand now."""

    text: ClassVar[str] = "ช่อง “{label}” ไม่เปิดให้กรอกแล้ว เพราะคำตอบของช่องอื่นในแบบเปลี่ยนไป"


class NotTyped(DomainError):
    """The field is answered with a file, which is no text."""

    text: ClassVar[str] = "ช่อง “{label}” ตอบด้วยไฟล์ โปรดเลือกไฟล์ที่ช่องนั้นในหน้าแบบ"


class NoReasonAllowed(DomainError):
    """The field wants a figure."""

    text: ClassVar[str] = "ช่อง “{label}” ต้องมีคำตอบ ใช้ “ไม่มีข้อมูล” ไม่ได้"


class ReasonNeeded(DomainError):
    """An answer of "no data", or an unusual one, stands only with a reason."""

    text: ClassVar[str] = "โปรดกรอกเหตุผล ไม่เกิน {limit} ตัวอักษร"


class TooManyRows(DomainError):
    """More rows than a table of a form has."""

    text: ClassVar[str] = "ตารางนี้มีได้ไม่เกิน {limit} แถว"


class TooManyRowsInAll(DomainError):
    """More rows than a table has in all rows of another."""

    text: ClassVar[str] = "ตารางนี้ในทุกแถวรวมกันมีได้ไม่เกิน {limit} แถว"


class CountedRows(DomainError):
    """The table has as many rows as its form says."""

    text: ClassVar[str] = (
        "ตาราง “{label}” มีจำนวนแถวตามที่แบบกำหนด จึงเพิ่มหรือลบแถวเองไม่ได้ โปรดโหลดหน้านี้ใหม่เพื่อดูแถวล่าสุด"
    )


class FieldTaken(DomainError):
    """Somebody else changed the same field since it was shown. `theirs` is what stands now."""

    text: ClassVar[str] = (
        "{who} แก้ช่อง “{label}” เป็น “{shown}” เมื่อ {at} ค่าของท่านยังไม่ถูกบันทึก โปรดเลือกว่าจะใช้ค่าใด"
    )

    def __init__(self, path: str, theirs: object, **facts: object) -> None:
        super().__init__(**facts)
        self.path, self.theirs = path, theirs


class RowChanged(DomainError):
    """Somebody else changed something in the row that is to be taken away."""

    text: ClassVar[str] = (
        "{who} แก้ข้อมูลใน “{label}” เมื่อ {at} แถวนี้จึงยังไม่ถูกลบ โปรดดูแถวนี้อีกครั้ง หากยังต้องการลบ กดลบใหม่"
    )


def save_field(
    actor: Actor,
    key: RecordKey,
    path: str,
    given: str | NoData,
    seen: object,
    moment: int | None = None,
) -> object:
    """Keep one answer as typed; returns its plain value. `seen` is the one the person saw there.

    At that `moment` (RecordView) the path named its row, which is found where it stands now; None
    is now. '' takes the answer away. Raises the refusals of forms.parse_value and of this
    module, NotEditable and NotInTime.
    """
    with filling(actor, key) as (session, held):
        field = forms.field_at(held.form, path)
        path = place_now(session, held, path, moment)
        value = _parsed(held, path, field, given)
        _refuse_unseen(session, held, path, seen, value)
        put(session, actor, held, {path: value})
        refuse_unasked(held, path, value)
        return forms.plain_answer(value)


def save_reason(
    actor: Actor, key: RecordKey, path: str, reason: str, moment: int | None = None
) -> None:
    """Why an unusual answer is right; '' takes the reason away. `moment` as in save_field.

    Raises ReasonNeeded if too long, RowGone.
    """
    with filling(actor, key) as (session, held):
        forms.field_at(held.form, path)
        path = place_now(session, held, path, moment)
        text = thai.normalise(reason, multiline=True).strip()
        if len(text) > MAX_REASON:
            raise ReasonNeeded(limit=MAX_REASON)
        old = held.reasons.pop(path, "")
        if text:
            held.reasons[path] = text
        add_change(session, actor, held, f"{path}{REASON}", old, text)


def add_row(actor: Actor, key: RecordKey, table: str, moment: int | None = None) -> None:
    """A new last row of the table at a path, with its defaults. `moment` as in save_field.

    Raises CountedRows, TooManyRows, TooManyRowsInAll, and RowGone when the row that holds the
    table is not there.
    """
    with filling(actor, key) as (session, held):
        _refuse_counted(held, table)
        table = place_now(session, held, table, moment)
        rows = forms.rows_of(held.form, held.answers, table)
        if len(rows) >= MAX_ROWS:
            raise TooManyRows(limit=MAX_ROWS)
        if forms.rows_in_all(held.answers, table) >= MAX_ROWS_IN_ALL:
            raise TooManyRowsInAll(limit=MAX_ROWS_IN_ALL)
        row = forms.begin_row(held.form, table, held.answers, now=held.now, facts=held.facts)
        _put_rows(session, actor, held, table, [*rows, row])


def remove_row(
    actor: Actor,
    key: RecordKey,
    table: str,
    number: int,
    seen: object,
    moment: int | None = None,
) -> None:
    """Take the row away (1 is the first), with its files.

    `seen` is the plain row that the person saw, its files by their uid; `moment` as in save_field.
    What is said of the rows below it moves up with them. Raises CountedRows, RowChanged, RowGone.
    """
    with filling(actor, key) as (session, held):
        _refuse_counted(held, table)
        table, number = row_now(session, held, table, number, moment)
        rows = forms.rows_of(held.form, held.answers, table)
        row = f"{table}[{number}]"
        if not 1 <= number <= len(rows):
            raise RowGone(label=label(held.form, row))
        if _plain_row(held, table, number) != seen:
            raise RowChanged(label=label(held.form, row), **last_change(session, held, row))
        take_row_files(session, held, table, number)
        _put_rows(session, actor, held, table, rows[: number - 1] + rows[number:])
        held.reasons = forms.without_row(held.reasons, table, number)
        held.returned = forms.without_row(held.returned, table, number)


def bring_last(actor: Actor, key: RecordKey) -> int:
    """Fill what is empty with the answers of the last round; returns how many came.

    Their groups wait for a look (confirm_group) and do not count as filled until then.
    """
    with filling(actor, key) as (session, held):
        last = query.last_record(session, held.round, held.form_id, held.office)
        found = _of_last(held, last)
        put(session, actor, held, found)
        groups = {group_at(held.form, path) for path in found}
        held.unconfirmed = [
            each.name for each in held.form.children if each.name in {*held.unconfirmed, *groups}
        ]
        return len(found)


def confirm_group(actor: Actor, key: RecordKey, group: str) -> None:
    """The answers of a group that came from the last round were looked at and hold."""
    with filling(actor, key) as (session, held):
        if group in held.unconfirmed:
            held.unconfirmed.remove(group)
            add_change(session, actor, held, f"{group}#confirmed", "", "confirmed")


@contextmanager
def filling(actor: Actor, key: RecordKey) -> Iterator[tuple[Session, Held]]:
    """A record that may be filled now; what was changed of it is written at the end."""
    demand(actor, f"{key.form_id}.write")
    with writing() as session:
        held = hold(session, actor, key, to_write=True)
        refuse_unless_editable(held)
        begin(session, actor, held)
        yield session, held
        keep(session, actor, held)


def _parsed(held: Held, path: str, field: forms.Field, given: str | NoData) -> Any:  # noqa: ANN401 - an Answer
    if not field.is_answerable:
        raise NotAsked(label=label(held.form, path))
    if isinstance(given, NoData):
        return _no_data(held, path, field, given)
    if field.is_file and not _takes_reason_back(held, path, given):
        raise NotTyped(label=label(held.form, path))
    return forms.parse_value(field, given)


def _takes_reason_back(held: Held, path: str, given: str) -> bool:
    """A file comes and goes by services.attachments; only why there is none is typed."""
    return not given.strip() and isinstance(forms.answer_at(held.answers, path), NoData | None)


def refuse_unasked(held: Held, path: str, value: Any) -> None:  # noqa: ANN401 - an Answer
    """Raises NotAsked. The rules are asked with the new answer: it changes nothing of its own."""
    found = held.evaluate()
    offered = found.offered.get(path)
    chosen = set(value if isinstance(value, tuple) else (value,))
    is_offered = offered is None or value is None or chosen <= set(offered)
    if not found.relevant.get(path) or found.readonly.get(path) or not is_offered:
        raise NotAsked(label=label(held.form, path))


def _no_data(held: Held, path: str, field: forms.Field, given: NoData) -> NoData:
    if not field.allows_no_data:
        raise NoReasonAllowed(label=label(held.form, path))
    reason = thai.normalise(given.reason, multiline=True).strip()
    if not 0 < len(reason) <= MAX_REASON:
        raise ReasonNeeded(limit=MAX_REASON)
    return NoData(reason)


def _refuse_unseen(session: Session, held: Held, path: str, seen: object, value: object) -> None:
    stands = forms.plain_answer(forms.answer_at(held.answers, path))
    if stands in (seen, forms.plain_answer(value)):
        return
    raise FieldTaken(
        path,
        stands,
        label=label(held.form, path),
        **last_change(session, held, path, shown_answer(held.form, path, stands)),
    )


def last_change(session: Session, held: Held, path: str, shown: str = "") -> dict[str, object]:
    """Who changed it last, or something in that row, when, and what stands there: for refusals."""
    changes = query.changes_of(session, record_in(held).id)
    change, who = next(changes_at(changes, path), (None, None))
    return {
        "who": who or "ผู้อื่น",
        "at": _clock(change.at if change else held.now),
        "shown": shown or "ว่าง",
    }


def _clock(at: datetime) -> str:
    return f"{thai.in_thai_time(at):%H:%M} น."


def shown_answer(form: forms.Form, path: str, stands: object) -> str:
    """A plain answer as people read it."""
    if isinstance(stands, Mapping):
        return f"ไม่มีข้อมูล เพราะ {stands['no_data']}"
    text = " ".join(map(str, stands)) if isinstance(stands, list) else str(stands or "")
    return forms.shown(forms.field_at(form, path), "0" if stands == 0 else text)


def put(session: Session, actor: Actor, held: Held, values: Mapping[str, Any]) -> None:
    for path, value in values.items():
        old = forms.answer_at(held.answers, path)
        if forms.plain_answer(old) == forms.plain_answer(value):
            continue
        held.answers = forms.with_answer(held.answers, path, value)
        held.reasons.pop(path, None)  # the reason was that of another value
        add_change(session, actor, held, path, forms.plain_answer(old), forms.plain_answer(value))


def _refuse_counted(held: Held, table: str) -> None:
    """Raises CountedRows when a table does not grow and shrink by hand."""
    if forms.table_at(held.form, table).count is not None:
        raise CountedRows(label=label(held.form, table))


def _plain_row(held: Held, table: str, number: int) -> dict[str, Any]:
    """A row as a person sees it: two files of one name are two."""
    place = f"{table}[{number}]/"
    row = forms.write_answers(forms.rows_of(held.form, held.answers, table)[number - 1])
    for path, kept in held.files.items():
        if path.startswith(place):
            row = forms.with_answer(row, path.removeprefix(place), kept.uid)
    return row


def _put_rows(
    session: Session, actor: Actor, held: Held, table: str, rows: list[dict[str, Any]]
) -> None:
    old = forms.plain_answer(forms.answer_at(held.answers, table))
    held.answers = forms.with_answer(held.answers, table, rows)
    add_change(session, actor, held, table, old, forms.plain_answer(rows))


def _of_last(held: Held, last: Record | None) -> dict[str, Any]:
    if last is None:
        return {}
    found, _ = forms.read_answers(held.form, json.loads(last.answers))
    for path, asked, _ in forms.answered(held.form, found):
        if asked.is_file:  # a file is of its round
            found = forms.with_answer(found, path, None)
    untouched = forms.begin(held.form, now=held.now, facts=held.facts)
    return {
        name: value
        for name, value in found.items()
        if is_brought(held.form, name) and _is_open(held, name, untouched)
    }


def _is_open(held: Held, name: str, untouched: Mapping[str, Any]) -> bool:
    """Whether nothing stands there; a table begins with a row, which nobody has touched then."""
    stands = held.answers.get(name)
    is_table = isinstance(held.form.items[name], forms.Repeat)
    return forms.is_empty(stands) or (is_table and stands == untouched.get(name))


def is_brought(form: forms.Form, name: str) -> bool:
    """Whether the answers of the last round may hold one to it: a file is of its round."""
    item = form.items.get(name)
    if isinstance(item, forms.Field):
        return item.is_answerable and not item.is_file
    return isinstance(item, forms.Repeat)
