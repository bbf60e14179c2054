"""Files that answer questions: put, replaced, taken away, opened.

The answer is the file's name; the file stands beside the record, sealed, and goes with its answer
(services.keeping). What was replaced or removed is not kept: the history says its name.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from data_layer import forms
from data_layer.access import Actor
from data_layer.audit import demand, record
from data_layer.db import reading, writing
from data_layer.exchange.attachments import (
    MAX_RECORD_MB,
    Attachment,
    RecordFull,
    accepted,
)
from data_layer.forms import Field, Kind
from data_layer.models import RecordFile
from data_layer.models.people import new_uid
from data_layer.queries.record_files import drop_files, file_of
from data_layer.services.drafts import (
    FieldTaken,
    NotAsked,
    filling,
    last_change,
    refuse_unasked,
    shown_answer,
)
from data_layer.services.holding import Held, RecordKey, hold, label, refuse_unless_editable
from data_layer.services.keeping import add_change, record_in
from data_layer.services.row_moves import place_now


@dataclass(frozen=True)
class OpenedFile:
    """A file as it is handed to a person."""

    name: str
    media_type: str
    content: bytes


def put(
    actor: Actor,
    key: RecordKey,
    path: str,
    content: bytes,
    name: str,
    seen: object,
    moment: int | None = None,
) -> str:
    """Keep a file as the answer; an earlier one of the question goes for good. Returns its uid.

    `seen` is the uid of the file that stood there for the person, or the plain value of another
    answer; `moment` as in drafts.save_field. Raises the refusals of exchange.attachments,
    NotAFileName, RecordFull, NotAsked, RowGone, FieldTaken, NotEditable, NotInTime.
    """
    demand(actor, f"{key.form_id}.write")
    with reading() as session:  # a picture is drawn anew before anybody waits for the write lock
        held = hold(session, actor, key)
        refuse_unless_editable(held)
        asked = _asked(held, path)
        given = _accepted(asked, content, name)
    with filling(actor, key) as (session, held):
        if _asked(held, path).kind is not asked.kind:  # the form changed meanwhile
            raise NotAsked(label=label(held.form, path))
        path = place_now(session, held, path, moment)
        _refuse_unseen(session, held, path, seen)
        _refuse_full(held, path, given)
        uid = _put(session, actor, held, path, given)
        refuse_unasked(held, path, given.name)
        return uid


def remove(
    actor: Actor, key: RecordKey, path: str, seen: object, moment: int | None = None
) -> None:
    """Take the file away, for good. `moment` as in drafts.save_field.

    Raises NotAsked, RowGone, FieldTaken, NotEditable, NotInTime.
    """
    with filling(actor, key) as (session, held):
        _asked(held, path)
        path = place_now(session, held, path, moment)
        _refuse_unseen(session, held, path, seen)
        refuse_unasked(held, path, None)
        if path in held.files:
            _account(session, actor, held, path, None)
            held.answers = forms.with_answer(held.answers, path, None)


def open_file(actor: Actor, key: RecordKey, uid: str) -> OpenedFile:
    """One file of a record, opened; that it was, and by whom, is recorded. Raises NotFound."""
    demand(actor, f"{key.form_id}.read")
    with writing() as session:
        held = hold(session, actor, key)
        kept = file_of(session, held.record.id if held.record else 0, uid)
        facts = {"form": held.form_id.value, "round": held.round.code, "path": kept.path}
        record(session, "record.file.open", actor=actor, office_code=held.office.code, **facts)  # type: ignore[arg-type]  # JSON facts
        return OpenedFile(kept.name, kept.media_type, kept.content)


def _asked(held: Held, path: str) -> Field:
    """The field, which is answered with a file. Raises UnknownField, NotAsked."""
    field = forms.field_at(held.form, path)
    if not field.is_file:
        raise NotAsked(label=label(held.form, path))
    return field


def _accepted(field: Field, content: bytes, name: str) -> Attachment:
    given = accepted(
        content,
        name,
        is_picture=field.kind is Kind.IMAGE,
        longest=int(field.parameters.get("max-pixels", 0)) or None,
    )
    answer = str(forms.parse_value(field, given.name))
    return Attachment(answer, given.media_type, given.content)


def _refuse_unseen(session: Session, held: Held, path: str, seen: object) -> None:
    """Raises FieldTaken when somebody else was there since: the same name may be another file."""
    answer = forms.plain_answer(forms.answer_at(held.answers, path))
    stands = held.files[path].uid if path in held.files else answer
    if stands != seen:
        shown = shown_answer(held.form, path, answer)
        facts = last_change(session, held, path, shown)
        raise FieldTaken(path, stands, label=label(held.form, path), **facts)


def _refuse_full(held: Held, path: str, given: Attachment) -> None:
    others = sum(each.size for name, each in held.files.items() if name != path)
    if others + len(given.content) > MAX_RECORD_MB * 2**20:
        raise RecordFull(limit=MAX_RECORD_MB)


def _put(session: Session, actor: Actor, held: Held, path: str, given: Attachment) -> str:
    kept = RecordFile(
        uid=new_uid(),
        record_id=record_in(held).id,
        path=path,
        media_type=given.media_type,
        size=len(given.content),
        at=held.now,
        user_id=actor.user_id or None,
    )
    kept.name, kept.content = given.name, given.content
    _account(session, actor, held, path, {"file": given.name, "uid": kept.uid})
    drop_files(session, kept.record_id, [path])
    session.add(kept)
    held.answers = forms.with_answer(held.answers, path, given.name)
    return kept.uid


def _account(session: Session, actor: Actor, held: Held, path: str, new: object) -> None:
    """By name, and by number: two files may have one name."""
    old = forms.plain_answer(forms.answer_at(held.answers, path))
    if path in held.files:
        old = {"file": old, "uid": held.files[path].uid}
    held.reasons.pop(path, None)  # the reason was that of another answer
    add_change(session, actor, held, path, old, new)
