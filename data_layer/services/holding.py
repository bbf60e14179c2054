"""A record held in a transaction: right, scope, round and time, asked once for every act."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from data_layer import clock, forms
from data_layer.access import Actor
from data_layer.clock import THAI_TIME
from data_layer.errors import DomainError
from data_layer.exchange.attachments import fits
from data_layer.forms import Evaluation, Field, Form, Kind, Repeat
from data_layer.forms.errors import UnknownField
from data_layer.models import FormId, Office, Record, RecordState, Round
from data_layer.queries import records as query
from data_layer.queries import rounds as round_query
from data_layer.queries.office_facts import facts_of
from data_layer.queries.record_files import KeptFile, files_of
from data_layer.rules.rounds import PHASE_NAMES, NotInTime, Phase, Times

EDITABLE = {RecordState.DRAFT, RecordState.RETURNED}
TAKING = {Phase.OPEN, Phase.GRACE}
_NO_FILE = "ไม่มีไฟล์ที่ช่องนี้รับได้ โปรดแนบไฟล์ใหม่"
_NOW_TEXT = "คำตอบเดิมเป็นไฟล์ ช่องนี้ไม่รับไฟล์แล้ว โปรดกรอกใหม่"


@dataclass(frozen=True, slots=True)
class RecordKey:
    """Which record; without a round, that of the newest opened one."""

    form_id: FormId
    office_code: str
    round_code: str | None = None


@dataclass
class Held:
    """A record in a transaction, with all that its rules need."""

    round: Round
    times: Times
    office: Office
    form_id: FormId
    form: Form
    version_id: int
    record: Record | None
    now: datetime
    facts: Mapping[str, object]
    answers: Mapping[str, Any] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    returned: dict[str, str] = field(default_factory=dict)
    unconfirmed: list[str] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)
    kept_files: dict[str, KeptFile] = field(default_factory=dict)
    has_just_begun: bool = False
    _judged: tuple[Mapping[str, Any], Evaluation] | None = None

    @property
    def key(self) -> RecordKey:
        """By what it is asked for again."""
        return RecordKey(self.form_id, self.office.code, self.round.code)

    @property
    def state(self) -> RecordState | None:
        """None before the first answer."""
        return self.record.state if self.record else None

    @property
    def phase(self) -> Phase:
        """That of this authority, with the more time it may have."""
        return self.times.phase(self.now)

    @property
    def is_closed(self) -> bool:
        """Whether the round asks the authority no more, for it was closed."""
        closed_on = self.office.closed_on
        return closed_on is not None and closed_on <= asked_on(self.round)

    @property
    def is_editable(self) -> bool:
        """Whether answers may change now: in time, or when it was sent back."""
        if self.is_closed:
            return False
        if self.state is RecordState.RETURNED:
            return True  # who is asked to correct must be able to, also after the round
        return self.state in {None, *EDITABLE} and self.phase in TAKING

    @property
    def files(self) -> dict[str, KeptFile]:
        """By path, the files that answer a question now; others are dropped when it is written.

        In the order of the form, tables row by row.
        """
        given = forms.answered(self.form, self.answers) if self.kept_files else ()
        return {
            path: self.kept_files[path]
            for path, asked, answer in given
            if asked.is_file and isinstance(answer, str) and path in self.kept_files
        }

    def make_rows(self) -> None:
        """The tables with a count have as many rows as the answers that stand now want."""
        self.answers = forms.with_rows(self.form, self.answers, now=self.now, facts=self.facts)

    def evaluate(self) -> Evaluation:
        """What the rules say of the answers, worked out once for these."""
        if self._judged is None or self._judged[0] is not self.answers:
            found = forms.evaluate(self.form, self.answers, now=self.now, facts=self.facts)
            self._judged = (self.answers, found)
        return self._judged[1]


def hold(session: Session, actor: Actor, key: RecordKey, *, to_write: bool = False) -> Held:
    """The record of an authority, begun or not.

    Raises NotFound outside the actor's scope, or where no such round has opened.
    """
    now = clock.now().astimezone(THAI_TIME)
    office, found, asked, until = round_query.asked_of(
        session, actor.scope, key.form_id, key.office_code, key.round_code, now
    )
    kept = query.record_of(session, found.id, key.form_id, office.id, to_write=to_write)
    version_id = asked if kept is None or kept.state in EDITABLE else kept.form_version_id
    held = Held(
        round=found,
        times=Times(found.opens_at, found.due_at, found.closes_at).extended(until),
        office=office,
        form_id=key.form_id,
        form=round_query.form_at(session, version_id),
        version_id=version_id,
        record=kept,
        now=now,
        facts=facts_of(session, office, on=now.date()),
    )
    read_kept(session, held)
    return held


def chosen_round(opened: list[Round], round_code: str | None) -> Round | None:
    """The round of that code, or the newest; None where there is none."""
    if round_code is None:
        return opened[0] if opened else None
    return next((each for each in opened if each.code == round_code), None)


def asked_on(found: Round) -> date:
    """The day whose authorities a round asks: today, or its last day once that is over."""
    return min(clock.today(), found.due_at.astimezone(THAI_TIME).date())


def read_kept(session: Session, held: Held) -> None:
    """What the record holds, as the held version of the form reads it."""
    if held.record is None:
        held.answers = forms.begin(held.form, now=held.now, facts=held.facts)
        return
    kept = json.loads(held.record.answers)
    held.answers, held.lost = forms.read_answers(held.form, kept)
    if held.state in EDITABLE:  # a new version may have tables and counts that the old had not
        _begin_tables(session, held, held.record)
        held.make_rows()
    held.reasons = json.loads(held.record.reasons)
    held.returned = {
        path: reason
        for path, reason in json.loads(held.record.returned).items()
        if is_asked(held.form, path)  # a new version may ask it no more, or elsewhere
    }
    held.unconfirmed = _unconfirmed(session, held, held.record)
    if held.form.has_files or held.record.form_version_id != held.version_id:
        _read_files(session, held, held.record.id)


def _begin_tables(session: Session, held: Held, kept: Record) -> None:
    """A table that only the newer version has begins as it does for whoever begins now."""
    if kept.form_version_id == held.version_id:
        return
    before = round_query.form_at(session, kept.form_version_id).items
    begun = forms.begin(held.form, held.answers, now=held.now, facts=held.facts)
    for path, item in forms.items_in(held.form, begun):
        known = before.get(item.name)
        if isinstance(known, Repeat) and known.repeats == item.repeats:
            continue
        stands = forms.row_at(held.answers, path)
        if isinstance(item, Repeat) and stands is not None and item.name not in stands:
            rows = forms.answer_at(begun, path)
            held.answers = forms.with_answer(held.answers, path, rows)


def is_asked(form: Form, path: str) -> bool:
    """Whether the form has a question at that path."""
    try:
        forms.field_at(form, path)
    except UnknownField:
        return False
    return True


def _unconfirmed(session: Session, held: Held, kept: Record) -> list[str]:
    """The groups that wait for a look; in another version, where their fields stand now."""
    waiting = kept.unconfirmed
    if not waiting or kept.form_version_id == held.version_id:
        return list(waiting)
    before, now = round_query.form_at(session, kept.form_version_id).group_of, held.form.group_of
    groups = {now[name] for name, group in before.items() if group in waiting and name in now}
    return [each.name for each in held.form.children if each.name in groups]


def _read_files(session: Session, held: Held, record_id: int) -> None:
    """An answer that is a file's name stands with its file only."""
    held.kept_files = files_of(session, record_id)
    for path, asked, answer in forms.answered(held.form, held.answers):
        if isinstance(answer, str) and (said := _misfit(asked, held.kept_files.get(path))):
            held.lost[path] = said
            held.answers = forms.with_answer(held.answers, path, None)


def _misfit(asked: Field, kept: KeptFile | None) -> str:
    """Why a text is no answer of the field: a file without its question, or the other way."""
    if not asked.is_file:
        return _NOW_TEXT if kept else ""
    is_picture = asked.kind is Kind.IMAGE
    return "" if kept and fits(kept.media_type, is_picture=is_picture) else _NO_FILE


class NotEditable(DomainError):
    """The record was handed in."""

    text: ClassVar[str] = "แบบนี้ส่งแล้วจึงแก้ไขไม่ได้ หากยังไม่ได้ตรวจ โปรดกดถอนกลับมาแก้ไขก่อน"


class AuthorityClosed(DomainError):
    """The round asks who follows the authority instead."""

    text: ClassVar[str] = "อปท. นี้ปิดไปแล้ว แบบนี้จึงอ่านได้อย่างเดียว โปรดกรอกในแบบของ อปท. ที่รับช่วงต่อ"


def refuse_closed(held: Held) -> None:
    """Raises AuthorityClosed."""
    if held.is_closed:
        raise AuthorityClosed


def refuse_unless_editable(held: Held) -> None:
    """Raises NotEditable for what was handed in, NotInTime before or after the round.

    Raises AuthorityClosed for an authority that is no more.
    """
    if held.is_editable:
        return
    refuse_closed(held)
    if held.state in {None, *EDITABLE}:
        raise NotInTime(code=held.round.code, phase=PHASE_NAMES[held.phase])
    raise NotEditable


def missing(form: Form, evaluation: Evaluation, unconfirmed: Collection[str]) -> list[str]:
    """The required fields that do not count as filled: empty, or brought in and not confirmed."""
    empty = set(evaluation.missing)
    return [
        path for path in evaluation.needed if path in empty or group_at(form, path) in unconfirmed
    ]


def group_at(form: Form, path: str) -> str:
    """The outermost group that a path stands in; '' for none."""
    return form.group_of[forms.outermost(path)]


def label(form: Form, path: str) -> str:
    """The Thai name of what stands at a path, in a table with its rows."""
    return forms.title_at(form, path)
