"""The province judges what was handed in: approves it, or sends it back with what to change."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeAlias

from sqlalchemy.orm import Session

from data_layer import forms, thai
from data_layer.access import Actor, Scope
from data_layer.audit import demand, records_changed
from data_layer.cache import cached_of_records
from data_layer.db import Conflict, reading, writing
from data_layer.errors import DomainError
from data_layer.forms import Evaluation, Field, Kind, NoData
from data_layer.models import AuthorityKind, FormId, Record, RecordState
from data_layer.queries import records as query
from data_layer.queries import rounds as round_query
from data_layer.rules.outliers import outliers
from data_layer.services.holding import Held, RecordKey, hold, label
from data_layer.services.keeping import add_change, record_in, tell
from data_layer.services.records import RecordView, view

MAX_TEXT: Final = 200
HANDED_IN: Final = (RecordState.SUBMITTED, RecordState.APPROVED)
Figures: TypeAlias = dict[tuple[AuthorityKind | None, str], dict[str, float]]
_FIGURES: Final = {Kind.INTEGER, Kind.DECIMAL, Kind.RANGE, Kind.CALCULATE}


class NotToReview(DomainError):
    """Only what waits can be judged."""

    text: ClassVar[str] = (
        "{office} ไม่อยู่ในสถานะรอตรวจแล้ว อาจมีผู้ตรวจก่อน หรืออำเภอถอนกลับ โปรดโหลดหน้านี้ใหม่"
    )


class NotApproved(DomainError):
    """Only what was approved is reopened."""

    text: ClassVar[str] = "เปิดให้แก้ไขใหม่ได้เฉพาะแบบที่ตรวจผ่านแล้ว"


class WhatToChange(DomainError):
    """Nobody can mend what is sent back without a word."""

    text: ClassVar[str] = "โปรดบอกอย่างน้อยหนึ่งข้อว่าให้แก้อะไร ไม่เกิน {limit} ตัวอักษรต่อข้อ"


class NoReason(DomainError):
    """What was approved is not opened again without saying why."""

    text: ClassVar[str] = (
        "โปรดกรอกเหตุผลที่เปิดให้แก้ไขใหม่ ไม่เกิน {limit} ตัวอักษร อำเภอจะเห็นเหตุผลนี้และระบบเก็บไว้เป็นหลักฐาน"
    )


class FieldWithoutReason(DomainError):
    """A field was marked to be changed, and nobody said why."""

    text: ClassVar[str] = (
        "ยังไม่ได้ส่งกลับ โปรดกรอกเหตุผลที่ให้แก้ {fields} หรือกด “ไม่ขอให้แก้” ที่ช่องนั้นแล้วส่งกลับอีกครั้ง"
    )


@dataclass(frozen=True)
class Compared:
    """One answer beside that of the last round, in plain values; `usual` when it stands apart.

    Rows of a table stand beside those of the same number. `label` names the field with its rows.
    `usual` is the median of the province's authorities of the same kind; `asked` why it was sent
    back the last time, and `is_untouched` whether it still stands as it did then.
    """

    path: str
    field: Field
    label: str
    group: str
    now: Any
    last: Any
    usual: float | None
    reason: str
    asked: str
    is_untouched: bool

    @property
    def is_noted(self) -> bool:
        """Whether a reviewer should look at it: it changed, stands apart, has a reason, or was
        sent back."""
        return self.now != self.last or self.usual is not None or bool(self.reason or self.asked)


@dataclass(frozen=True)
class ReviewView:
    """A record and its answers compared, in the order of the form."""

    record: RecordView
    rows: tuple[Compared, ...]
    has_last: bool
    may_decide: bool
    may_reopen: bool


def open_review(actor: Actor, key: RecordKey) -> ReviewView:
    """A record for its reviewer. Raises NotFound outside the scope."""
    demand(actor, "record.review")
    with reading() as session:
        held = hold(session, actor, key)
        last = query.last_record(session, held.round, held.form_id, held.office)
        found = view(session, actor, held)
        return ReviewView(
            record=found,
            rows=tuple(_compared(session, held, last, found.untouched)),
            has_last=last is not None,
            may_decide=held.state is RecordState.SUBMITTED,
            may_reopen=held.state is RecordState.APPROVED,
        )


def count_apart(actor: Actor, form_id: FormId, round_code: str) -> Mapping[str, int]:
    """By code, how many figures of what was handed in stand apart in the actor's province.

    Empty for who looks at the whole country. Raises NotFound.
    """
    demand(actor, "record.review")
    if actor.scope.province_code is None:
        return {}
    with reading() as session:
        asked = round_query.round_by_code(session, round_code)
        found = _apart_in(session, actor.scope, asked.id, form_id)
    return {code: len(figures) for code, figures in found.items()}


def approve(actor: Actor, chosen: Sequence[tuple[RecordKey, int]]) -> None:
    """Approve records as they were seen (key, version), all of them or none.

    Raises NotToReview, Conflict when one was changed since.
    """
    demand(actor, "record.review")
    with writing() as session:
        # all are held before the first is judged: a withdrawal that came between would wait for
        # this act while this act waits for it
        for held in [_waiting(session, actor, *each) for each in sorted(chosen, key=_in_order)]:
            _decide(session, actor, held, RecordState.APPROVED)
            tell(session, "record.approve", actor, held)
        if not chosen:
            raise NotToReview(office="รายการที่เลือก")


def send_back(
    actor: Actor, key: RecordKey, version: int, reasons: Mapping[str, str], note: str
) -> None:
    """Send a record back with what to change: by field (path), or in a note on the whole.

    Raises WhatToChange, FieldWithoutReason, NotToReview, Conflict.
    """
    demand(actor, "record.review")
    said = {path: _checked(text) for path, text in reasons.items()}
    note = _checked(note)
    if not said and not note:
        raise WhatToChange(limit=MAX_TEXT)
    with writing() as session:
        held = _waiting(session, actor, key, version)
        for path in said:
            forms.field_at(held.form, path)
        if silent := [f"“{label(held.form, path)}”" for path, text in said.items() if not text]:
            raise FieldWithoutReason(fields=" ".join(silent))
        _decide(session, actor, held, RecordState.RETURNED, said, note)
        tell(session, "record.return", actor, held)


def reopen(actor: Actor, key: RecordKey, version: int, reason: str) -> None:
    """What was approved may be changed again by its district, for a reason. The act is recorded.

    Raises NoReason, NotApproved, Conflict.
    """
    demand(actor, "record.review")
    note = _plain(reason)
    if not 0 < len(note) <= MAX_TEXT:
        raise NoReason(limit=MAX_TEXT)
    with writing() as session:
        held = hold(session, actor, key, to_write=True)
        if held.state is not RecordState.APPROVED:
            raise NotApproved
        _refuse_changed(held, version)
        _decide(session, actor, held, RecordState.RETURNED, {}, note)
        tell(session, "record.reopen", actor, held)


def _in_order(chosen: tuple[RecordKey, int]) -> tuple[str, ...]:
    """One order for everybody who holds several records, so that no two acts deadlock."""
    key, _ = chosen
    return str(key.form_id), key.office_code


def _waiting(session: Session, actor: Actor, key: RecordKey, version: int) -> Held:
    held = hold(session, actor, key, to_write=True)
    if held.state is not RecordState.SUBMITTED:
        raise NotToReview(office=held.office.name_th)
    _refuse_changed(held, version)
    return held


def _refuse_changed(held: Held, version: int) -> None:
    if record_in(held).version != version:
        raise Conflict


def _decide(
    session: Session,
    actor: Actor,
    held: Held,
    state: RecordState,
    returned: Mapping[str, str] | None = None,
    note: str = "",
) -> None:
    kept, asked = record_in(held), dict(returned or {})
    add_change(session, actor, held, "", kept.state.value, state.value)
    # the next decision takes the words off the record: what was said stays in its history
    add_change(session, actor, held, "#note", kept.note, note)
    add_change(session, actor, held, "#returned", json.loads(kept.returned), asked)
    kept.state, kept.note = state, note
    kept.returned = json.dumps(asked, ensure_ascii=False)
    kept.decided_at, kept.decided_by = held.now, actor.user_id or None
    records_changed(session, held.office.province_code)


def _checked(text: str) -> str:
    plain = _plain(text)
    if len(plain) > MAX_TEXT:
        raise WhatToChange(limit=MAX_TEXT)
    return plain


def _plain(text: str) -> str:
    return thai.normalise(text, multiline=True).strip()


def _compared(
    session: Session, held: Held, last: Record | None, untouched: Collection[str]
) -> Iterator[Compared]:
    before: Mapping[str, Any] = {}
    if last is not None:
        before, _ = forms.read_answers(held.form, json.loads(last.answers))
    apart = _apart(session, held)
    found = held.evaluate()
    for path, field in forms.items_in(held.form, held.answers):
        is_shown = found.relevant.get(path) or path in held.returned
        if not isinstance(field, Field) or not is_shown or not str(field.label):
            continue
        if field.kind is Kind.NOTE:
            continue
        yield Compared(
            path=path,
            field=field,
            label=label(held.form, path),
            group=str(held.form.items[held.form.group_of[field.name] or field.name].label),
            now=_now(held, found, path, field),
            last=forms.answer_at(before, path),
            usual=apart.get(path),
            reason=held.reasons.get(path, ""),
            asked=held.returned.get(path, ""),
            is_untouched=path in untouched,
        )


def _now(held: Held, found: Evaluation, path: str, field: Field) -> object:
    if field.calculation is not None:
        return found.calculated.get(path)
    return forms.answer_at(held.answers, path)


def _apart(session: Session, held: Held) -> Mapping[str, float]:
    """The figures of the record that stand apart in its province, with what is usual there."""
    scope = Scope(held.office.province_code)
    return _apart_in(session, scope, held.round.id, held.form_id).get(held.office.code, {})


def _apart_in(
    session: Session, scope: Scope, round_id: int, form_id: FormId
) -> dict[str, dict[str, float]]:
    """The same of all that was handed in there, by code: one question for all of them."""
    return cached_of_records(
        session,
        scope,
        ("apart", round_id, form_id),
        lambda: _stand_apart(_figures(session, scope, round_id, form_id)),
    )


def _stand_apart(figures: Figures) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for (_, name), by_office in figures.items():
        for code, usual in outliers(by_office).items():
            found.setdefault(code, {})[name] = usual
    return found


def _figures(session: Session, scope: Scope, round_id: int, form_id: FormId) -> Figures:
    """By kind of authority and field, the figures that were handed in, by code."""
    found: Figures = {}
    for kept, office in query.records_in(session, scope, round_id, form_id, HANDED_IN):
        for name, figure in _figures_of(session, kept):
            found.setdefault((office.authority_kind, name), {})[office.code] = figure
    return found


def _figures_of(session: Session, kept: Record) -> Iterable[tuple[str, float]]:
    form = round_query.form_at(session, kept.form_version_id)
    answers, _ = forms.read_answers(form, json.loads(kept.answers))
    for name, answer in answers.items():
        field = form.fields.get(name)
        if field is None or field.kind not in _FIGURES or isinstance(answer, NoData | str | list):
            continue
        yield name, float(answer)
