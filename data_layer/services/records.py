"""Records as the people of a district see them: the list of their authorities, and one record.

The acts on a record stand in drafts (a field at a time) and submissions; all of them hold a
record by `holding.hold`, where scope, round and time are asked once.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import pandas as pd
from sqlalchemy.orm import Session

from data_layer import clock, forms
from data_layer.access import Actor
from data_layer.audit import demand
from data_layer.db import reading
from data_layer.errors import NotFound
from data_layer.forms import Evaluation, Form
from data_layer.models import FormId, RecordState
from data_layer.queries import records as query
from data_layer.queries import rounds as round_query
from data_layer.queries.record_files import KeptFile
from data_layer.rules.rounds import FORM_NAMES, Phase, Times
from data_layer.services.closing import Closed, closed
from data_layer.services.drafts import is_brought
from data_layer.services.gaps import Gap, gaps
from data_layer.services.holding import (
    TAKING,
    Held,
    RecordKey,
    asked_on,
    chosen_round,
    hold,
    is_asked,
    label,
)
from data_layer.services.rounds import RoundView, more_time, views
from data_layer.services.sent_back import untouched

SURVEY, READINESS = FormId.SURVEY, FormId.READINESS
FORMS: Mapping[str, str] = {form_id.value: name for form_id, name in FORM_NAMES.items()}
RECENT = timedelta(minutes=10)  # whoever changed something since is probably still there
_DONE = ("submitted", "approved")
# what waits for the district first, then what it has begun, then what it has not
_TURN = {"returned": 0, "draft": 1, "none": 2, "submitted": 3, "approved": 4}


@dataclass(frozen=True)
class Worklist:
    """What a form asks of the authorities in scope.

    `round` is None before the first round opened; `rows` is queries.records.RECORD_STATES and
    `until`, to when an authority has more time, what is to be done first on top. `closed` is code
    and name of the authority asked for, when it is no more but has a record to be read.
    """

    round: RoundView | None
    rows: pd.DataFrame
    closed: Mapping[str, str] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """How many are handed in."""
        return int(self.rows["state"].isin(_DONE).sum())

    def of_district(self, code: str | None) -> "Worklist":
        """The part of one district office; all of it without a code."""
        if code is None:
            return self
        rows = self.rows[self.rows["district_code"] == code]
        return replace(self, rows=rows.reset_index(drop=True))

    def next_after(self, code: str) -> tuple[str, str] | None:
        """Code and name of what is to be done first of the others; None when none can be."""
        left = self.rows[~self.rows["state"].isin(_DONE) & (self.rows["code"] != code)]
        for row in left.itertuples():
            times = self.times_of(str(row.code))
            if row.state == "returned" or times.phase(clock.now()) in TAKING:
                return str(row.code), str(row.name)
        return None

    def is_done(self, code: str) -> bool:
        """Whether that authority has handed in."""
        return code in set(self.rows.loc[self.rows["state"].isin(_DONE), "code"])

    def times_of(self, code: str | None) -> Times:
        """Those of the round; of an authority of the rows, with the more time that it has."""
        if self.round is None:
            raise TypeError("no round has opened")
        until = self.rows.loc[self.rows["code"] == code, "until"].dropna()
        return self.round.times.extended(None if until.empty else until.iloc[0])


@dataclass(frozen=True)
class Change:
    """A field that somebody changed: who, when, and its Thai name."""

    who: str
    at: datetime
    path: str
    label: str


@dataclass(frozen=True)
class RecordView:
    """One record, read and judged; `state` is None before its first answer.

    `answers` and the paths of the other mappings are those of data_layer.forms. `lost` are
    answers of an older version of the form that the new one cannot take, with the reason, and what
    people read of them: a question that is asked no more once, not for each row of it; `files`
    what is known of the files among the answers, whose answer is their name.
    `returned` are the province's reasons, in the order of the form; `untouched` are those of its
    paths that nobody has changed since.
    `moment` is the number of the last change in its history: what a person sees is as of then.
    `can_bring` tells whether a round before holds answers to what is asked now.
    """

    key: RecordKey
    form: Form
    round: RoundView
    office: str
    is_sample: bool
    state: RecordState | None
    version: int
    moment: int
    answers: Mapping[str, Any]
    evaluation: Evaluation
    reasons: Mapping[str, str]
    returned: Mapping[str, str]
    untouched: tuple[str, ...]
    note: str
    unconfirmed: tuple[str, ...]
    lost: Mapping[str, str]
    lost_in_words: tuple[str, ...]
    files: Mapping[str, KeptFile]
    phase: Phase
    closed: Closed | None
    closes_at: datetime
    today: date
    changed_at: datetime | None
    changed_by: str
    submitted_at: datetime | None
    is_late: bool
    decided_at: datetime | None
    may_write: bool
    may_withdraw: bool
    can_bring: bool
    others: tuple[Change, ...]
    gaps: tuple[Gap, ...]

    @property
    def unexplained(self) -> list[str]:
        """The unusual answers that still want a reason."""
        return [path for path in self.evaluation.warned if not self.reasons.get(path)]

    @property
    def is_too_late(self) -> bool:
        """Whether the round is over, and it was not handed in."""
        is_begun = self.state in {None, RecordState.DRAFT}
        return is_begun and self.closed is None and self.phase is Phase.CLOSED

    @property
    def is_ready(self) -> bool:
        """Whether nothing stops it from being submitted."""
        return not self.gaps


class UnknownForm(NotFound):
    """No form has this name."""

    text: ClassVar[str] = "ไม่มีแบบฟอร์มชื่อ “{form}” แบบฟอร์มที่มี: {forms}"


def form_named(name: str | None) -> FormId:
    """The form of that name. Raises UnknownForm."""
    if name is None or name not in FORMS:
        raise UnknownForm(form=name, forms=", ".join(FORMS))
    return FormId(name)


def round_codes(actor: Actor, form_id: FormId) -> list[str]:
    """The rounds of the form that have opened, closed ones too, the newest first."""
    demand(actor, f"{form_id}.read")
    with reading() as session:
        return [each.code for each in round_query.opened_rounds(session, form_id, clock.now())]


def worklist(
    actor: Actor, form_id: FormId, round_code: str | None = None, asked: str = ""
) -> Worklist:
    """What the form asks of the authorities in the actor's scope, in that round or the newest.

    `asked` is the code in the address: of a closed authority the record stays to be read.
    """
    demand(actor, f"{form_id}.read")
    with reading() as session:
        opened = round_query.opened_rounds(session, form_id, clock.now())
        chosen = chosen_round(opened, round_code)
        if chosen is None:
            return Worklist(None, pd.DataFrame(columns=[*query.RECORD_STATES, "until"]))
        (shown,) = views(session, [chosen], actor.scope)
        rows = query.record_states(session, actor.scope, chosen, asked_on(chosen), form_id)
        is_listed = not asked or asked in set(rows["code"])
        key = RecordKey(form_id, asked, chosen.code)
        gone = {} if is_listed else _closed(session, actor, key)
    turn = rows["state"].map(_TURN)
    rows = rows.assign(turn=turn).sort_values("turn", kind="stable").drop(columns="turn")
    rows = rows.assign(until=more_time(rows, shown)).reset_index(drop=True)
    return Worklist(shown, rows, gone)


def _closed(session: Session, actor: Actor, key: RecordKey) -> dict[str, str]:
    """Code and name of a closed authority that has such a record; nothing for any other."""
    try:
        held = hold(session, actor, key)
    except NotFound:
        return {}
    is_kept = held.is_closed and held.record is not None
    return {held.office.code: held.office.name_th} if is_kept else {}


def open_record(actor: Actor, key: RecordKey) -> RecordView:
    """The record of an authority, begun or not. Raises NotFound outside the scope."""
    demand(actor, f"{key.form_id}.read")
    with reading() as session:
        return view(session, actor, hold(session, actor, key))


def view(session: Session, actor: Actor, held: Held) -> RecordView:
    """The held record, judged, for that actor."""
    kept = held.record
    found = held.evaluate()
    return RecordView(
        key=held.key,
        form=held.form,
        round=views(session, [held.round], actor.scope)[0],
        office=held.office.name_th,
        is_sample=held.office.is_sample,
        state=held.state,
        version=kept.version if kept else 0,
        moment=query.last_change(session, kept.id) if kept else 0,
        answers=held.answers,
        evaluation=found,
        reasons=held.reasons,
        returned=_in_order(held, held.returned),
        untouched=untouched(session, held),
        note=kept.note if kept else "",
        unconfirmed=tuple(held.unconfirmed),
        lost=held.lost,
        lost_in_words=tuple(dict.fromkeys(_lost(session, held))),
        files=held.files,
        phase=held.phase,
        closed=closed(session, held.office) if held.is_closed else None,
        closes_at=held.times.closes_at,
        today=held.now.date(),
        changed_at=kept.changed_at if kept else None,
        changed_by=query.name_of_user(session, kept.changed_by) if kept else "",
        submitted_at=kept.submitted_at if kept else None,
        is_late=kept.is_late if kept else False,
        decided_at=kept.decided_at if kept else None,
        may_write=actor.may(f"{held.form_id}.write") and held.is_editable,
        may_withdraw=_may_withdraw(actor, held),
        can_bring=held.is_editable and _can_bring(session, held),
        others=tuple(_others(session, actor, held)),
        gaps=tuple(gaps(held, found)) if held.is_editable else (),
    )


def _in_order(held: Held, said: Mapping[str, str]) -> dict[str, str]:
    """As the form asks, whatever was said first; what it asks no more comes last."""
    places = {path: at for at, (path, _) in enumerate(forms.items_in(held.form, held.answers))}
    return dict(sorted(said.items(), key=lambda each: places.get(each[0], len(places))))


def _lost(session: Session, held: Held) -> Iterator[str]:
    if held.record is None or not held.lost:
        return
    before = round_query.form_at(session, held.record.form_version_id)
    for path, reason in held.lost.items():
        if is_asked(held.form, path):
            yield f"{label(before, path)}: {reason}"
        else:
            yield f"{label(before, forms.without_numbers(path))}: ฉบับใหม่ไม่ถามแล้ว"


def _can_bring(session: Session, held: Held) -> bool:
    last = query.last_record(session, held.round, held.form_id, held.office)
    return last is not None and any(
        is_brought(held.form, name) for name in json.loads(last.answers)
    )


def _others(session: Session, actor: Actor, held: Held) -> Iterator[Change]:
    """What somebody else typed a moment ago; who judges or confirms a record fills nothing in."""
    if held.record is None or not held.is_editable:
        return
    for change, who in query.changes_of(session, held.record.id, since=held.now - RECENT):
        is_answer = change.path and "#" not in change.path  # a#reason is beside the answer
        if is_answer and change.user_id != actor.user_id:
            yield Change(who, change.at, change.path, label(held.form, change.path))


def _may_withdraw(actor: Actor, held: Held) -> bool:
    in_time = held.phase in {Phase.OPEN, Phase.GRACE}
    is_waiting = held.state is RecordState.SUBMITTED and not held.is_closed
    return is_waiting and in_time and actor.may(f"{held.form_id}.write")
