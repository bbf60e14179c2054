"""What the province sent back, beside what became of it."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy.orm import Session

from data_layer import forms
from data_layer.forms import Evaluation
from data_layer.forms.errors import UnknownField
from data_layer.models import RecordState
from data_layer.queries import records as query
from data_layer.services.holding import Held
from data_layer.services.keeping import record_in
from data_layer.services.row_moves import taken_by


def untouched(session: Session, held: Held) -> tuple[str, ...]:
    """Of the fields that were sent back, those that stand as they did then: answer and reason."""
    if not held.returned:
        return ()
    answers, reasons, stood = _as_sent_back(session, held)
    found = forms.evaluate(held.form, answers, now=held.now, facts=held.facts)
    before = (answers, found, reasons)
    after = (held.answers, held.evaluate(), held.reasons)
    return tuple(
        path for path in held.returned if _at(held, stood[path], *before) == _at(held, path, *after)
    )


def _as_sent_back(
    session: Session, held: Held
) -> tuple[dict[str, Any], dict[str, str], dict[str, str]]:
    """The answers and their reasons when the province decided: every change since, undone.

    And where each field that was sent back stood then.
    """
    kept = record_in(held)
    plain, reasons = forms.write_answers(held.answers), dict(held.reasons)
    stood = {path: path for path in held.returned}
    for change, _ in query.changes_of(session, kept.id, since=kept.decided_at):
        path, _, beside = change.path.partition("#")
        is_theirs = change.user_id == kept.decided_by  # a district takes back to 'returned' too
        if not change.path and is_theirs and json.loads(change.new) == RecordState.RETURNED:
            break
        if beside == "reason":
            reasons[path] = json.loads(change.old)
        elif path and not beside:
            with suppress(UnknownField):  # a row that a new version of the form has not
                plain = forms.with_answer(plain, path, _said(json.loads(change.old)))
        if taken := taken_by(change):
            reasons = {forms.moved_back(at, *taken): said for at, said in reasons.items()}
            stood = {now: forms.moved_back(at, *taken) for now, at in stood.items()}
    return forms.read_answers(held.form, plain)[0], reasons, stood


def _said(old: object) -> object:
    """The plain answer of a change; a file by its uid, for another one may have its name."""
    return old["uid"] if isinstance(old, dict) and "uid" in old else old


def _at(
    held: Held, path: str, answers: Mapping[str, Any], found: Evaluation, reasons: Mapping[str, str]
) -> tuple[object, str]:
    """The plain answer at a path, and why it is unusual."""
    is_calculated = held.form.fields[forms.name_of(path)].calculation is not None
    answer = found.calculated.get(path) if is_calculated else forms.answer_at(answers, path)
    return forms.plain_answer(answer), reasons.get(path, "")
