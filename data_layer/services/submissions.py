"""A record is handed in, and taken back while nobody has judged it."""

from typing import ClassVar

from data_layer import forms
from data_layer.access import Actor
from data_layer.audit import demand, records_changed
from data_layer.db import Conflict, writing
from data_layer.errors import DomainError
from data_layer.models import RecordState
from data_layer.services.gaps import Gap, gaps
from data_layer.services.holding import (
    TAKING,
    Held,
    RecordKey,
    hold,
    refuse_closed,
    refuse_unless_editable,
)
from data_layer.services.keeping import add_change, begin, keep, record_in, tell


class NotComplete(DomainError):
    """Not everything that is asked stands there; `gaps` says what, in the order of the form."""

    text: ClassVar[str] = "ยังส่งไม่ได้ มี {count} จุดที่ต้องแก้ไขหรือกรอกเพิ่ม ระบบเก็บร่างไว้ให้แล้ว"

    def __init__(self, gaps: list[Gap]) -> None:
        self.gaps = tuple(gaps)
        super().__init__(count=len(gaps))


class NotWaiting(DomainError):
    """Only what waits for its review can be taken back."""

    text: ClassVar[str] = "ถอนกลับไม่ได้ เพราะจังหวัดตรวจแล้วหรือรอบปิดแล้ว หากต้องแก้ไข โปรดแจ้งจังหวัดให้ส่งกลับ"


def submit(actor: Actor, key: RecordKey, version: int) -> None:
    """Hand the record in, as the person saw it (`version`); it is locked from here on.

    What was sent back stays beside it, for who judges it again, until the next decision.
    What is hidden is left out now, what is calculated is kept with it. A second click, another tab
    or a resent message finds it handed in and changes nothing. Raises NotComplete, Conflict when
    it was changed since, NotInTime.
    """
    demand(actor, f"{key.form_id}.write")
    with writing() as session:
        held = hold(session, actor, key, to_write=True)
        if held.state in {RecordState.SUBMITTED, RecordState.APPROVED}:
            tell(session, "record.submit_again", actor, held)
            return
        refuse_unless_editable(held)
        if held.record is not None and held.record.version != version:
            raise Conflict
        begin(session, actor, held)
        _refuse_gaps(held)
        _hand_in(held, actor)
        keep(session, actor, held)
        add_change(session, actor, held, "", "draft", "submitted")
        tell(session, "record.submit", actor, held)


def withdraw(actor: Actor, key: RecordKey) -> None:
    """Take it back until it is judged or the round closes.

    As a draft, or as what was sent back when it was handed in again. Raises NotWaiting,
    AuthorityClosed.
    """
    demand(actor, f"{key.form_id}.write")
    with writing() as session:
        held = hold(session, actor, key, to_write=True)
        refuse_closed(held)
        if held.state is not RecordState.SUBMITTED or held.phase not in TAKING:
            raise NotWaiting
        kept = record_in(held)
        was_sent_back = held.returned or kept.note
        kept.state = RecordState.RETURNED if was_sent_back else RecordState.DRAFT
        add_change(session, actor, held, "", "submitted", kept.state.value)
        records_changed(session, held.office.province_code)
        tell(session, "record.withdraw", actor, held)


def _refuse_gaps(held: Held) -> None:
    if found := gaps(held, held.evaluate()):
        raise NotComplete(found)


def _hand_in(held: Held, actor: Actor) -> None:
    kept = record_in(held)
    held.answers = forms.submittable(held.form, held.answers, held.evaluate())
    if kept.state is not RecordState.RETURNED:  # a correction is as late as its first submission
        kept.is_late = held.now > held.times.due_at
    kept.state, kept.submitted_at = RecordState.SUBMITTED, held.now
    kept.submitted_by = actor.user_id or None
