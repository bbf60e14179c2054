"""Writing a held record: it begins, its answers are kept, and each change is accounted for."""

import json

from sqlalchemy.orm import Session

from data_layer import forms
from data_layer.access import Actor
from data_layer.audit import record, records_changed
from data_layer.db import insert
from data_layer.models import Record, RecordChange, RecordState
from data_layer.models.people import new_uid
from data_layer.queries import records as query
from data_layer.queries import rounds as round_query
from data_layer.queries.record_files import drop_files, move_files
from data_layer.services.holding import Held, missing, read_kept


def begin(session: Session, actor: Actor, held: Held) -> None:
    """The record exists from here on; whoever comes second finds that of the first."""
    if held.record is not None:
        _carry_over(session, actor, held)
        return
    fresh = Record(
        uid=new_uid(),
        round_id=held.round.id,
        form_id=held.form_id,
        office_id=held.office.id,
        form_version_id=held.version_id,
        state=RecordState.DRAFT,
        unconfirmed=[],
        needed=0,
        filled=0,
        is_late=False,
        changed_at=held.now,
        changed_by=actor.user_id or None,
        note="",
        version=1,
    )
    fresh.answers = fresh.reasons = fresh.returned = json.dumps({})
    columns = {name: value for name, value in vars(fresh).items() if name in Record.__table__.c}
    session.execute(insert(session, Record).values(columns).on_conflict_do_nothing())
    held.record = query.record_of(
        session, held.round.id, held.form_id, held.office.id, to_write=True
    )
    if record_in(held).uid != fresh.uid:
        read_kept(session, held)
        return
    held.has_just_begun = True


def _carry_over(session: Session, actor: Actor, held: Held) -> None:
    """The answers go over to the version that the round asks now; what it cannot take is noted."""
    kept = record_in(held)
    if kept.form_version_id == held.version_id:
        return
    old_form = round_query.form_at(session, kept.form_version_id)
    before, _ = forms.read_answers(old_form, json.loads(kept.answers))
    plain = forms.write_answers(before)
    for path in held.lost:
        add_change(session, actor, held, path, forms.answer_at(plain, path), None)
    kept.form_version_id = held.version_id
    held.lost = {}


def keep(session: Session, actor: Actor, held: Held) -> None:
    """Write the held answers, with how far they are, and who was here last.

    A file that no answer names any more goes now.
    """
    held.make_rows()
    kept, found = record_in(held), held.evaluate()
    if gone := held.kept_files.keys() - held.files.keys():
        drop_files(session, kept.id, gone)
        held.kept_files = held.files
    kept.answers = json.dumps(forms.write_answers(held.answers), ensure_ascii=False)
    kept.reasons = json.dumps(held.reasons, ensure_ascii=False)
    kept.returned = json.dumps(held.returned, ensure_ascii=False)
    kept.unconfirmed = list(held.unconfirmed)
    kept.needed = len(found.needed)
    kept.filled = kept.needed - len(missing(held.form, found, held.unconfirmed))
    kept.changed_at, kept.changed_by = held.now, actor.user_id or None
    records_changed(session, held.office.province_code)
    if held.has_just_begun:  # told after the version is raised, as every act: see audit.record
        tell(session, "record.begin", actor, held)
    # the history below is the account of this act
    session.info["recorded"] = True


def take_row_files(session: Session, held: Held, table: str, number: int) -> None:
    """The files of a row go; before the row itself does. Those below it move up with theirs."""
    if not held.kept_files:
        return
    record_id, files = record_in(held).id, held.files
    places = {path: forms.moved_up(path, table, number) for path in files}
    left = {path: place for path, place in places.items() if place}
    drop_files(session, record_id, held.kept_files.keys() - left.keys())
    move_files(session, record_id, {path: to for path, to in left.items() if to != path})
    held.kept_files = {place: files[path] for path, place in left.items()}


def tell(session: Session, act: str, actor: Actor, held: Held) -> None:
    """The audit's entry of an act on the record."""
    code, form, asked = held.office.code, held.form_id.value, held.round.code
    record(session, act, actor=actor, office_code=code, form=form, round=asked)


def add_change(
    session: Session, actor: Actor, held: Held, path: str, old: object, new: object
) -> None:
    """Account for one change, with the plain values before and after; equal ones are none."""
    if old == new:
        return
    change = RecordChange(
        uid=new_uid(),
        record_id=record_in(held).id,
        at=held.now,
        user_id=actor.user_id or None,
        path=path,
    )
    change.old = json.dumps(old, ensure_ascii=False)
    change.new = json.dumps(new, ensure_ascii=False)
    session.add(change)


def record_in(held: Held) -> Record:
    """The record of what has begun."""
    if held.record is None:
        raise TypeError("begin() comes first")
    return held.record
