"""The demo's rounds: 2562, closed and approved, and 2563, open, some of it filled. Made up.

The answers are those of the built-in forms' good example (sample_data/forms/answers.json), with
figures that follow from each authority's number, so that no two are alike.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_layer import forms
from data_layer.clock import THAI_TIME, now
from data_layer.config import ROOT
from data_layer.models import (
    AuthorityKind,
    FormId,
    FormVersion,
    Office,
    OfficeKind,
    Record,
    RecordState,
    Round,
    RoundForm,
)
from data_layer.models.people import new_uid
from data_layer.queries.office_facts import facts_of
from data_layer.queries.rounds import form_at, newest_version

LAST, CURRENT = "2562", "2563"
TITLES = {
    LAST: "แบบสำรวจการเตรียมความพร้อมการเลือกตั้ง ปี ๒๕๖๒",
    CURRENT: "แบบสำรวจการเตรียมความพร้อมการเลือกตั้ง ปี ๒๕๖๓",
}
_OF_REGISTER = ("address", "phone", "area_sq_km")  # as each authority's own register has them
_EXAMPLES = ROOT / "sample_data" / "forms" / "answers.json"


class _Writer(NamedTuple):
    """Who filled the demo's records: the users of That Phanom, and of which round."""

    session: Session
    round: Round
    user_id: int
    examples: Mapping[str, Mapping[str, Any]]


def load(session: Session, user_id: int) -> None:
    """Add both rounds, and records of the demo's authorities by that user."""
    examples = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    versions = {form_id: newest_version(session, form_id) for form_id in FormId}
    last = _round(session, LAST, opened_days_ago=400, days=60, versions=versions)
    current = _round(session, CURRENT, opened_days_ago=16, days=30, versions=versions)
    offices = list(
        session.scalars(
            select(Office).where(Office.kind == OfficeKind.AUTHORITY).order_by(Office.code)
        )
    )
    old = _Writer(session, last, user_id, examples)
    new = _Writer(session, current, user_id, examples)
    with session.no_autoflush:  # all at once, not one before each question about an office
        for number, office in enumerate(offices):
            for form_id in FormId:
                _add(old, office, form_id, number, RecordState.APPROVED)
        for number, form_id, office, state in _begun(offices):
            _add(new, office, form_id, number, state)


def _round(
    session: Session,
    code: str,
    *,
    opened_days_ago: int,
    days: int,
    versions: Mapping[FormId, FormVersion | None],
) -> Round:
    midnight = now().astimezone(THAI_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
    opens_at = midnight - timedelta(days=opened_days_ago)
    due_at = opens_at + timedelta(days=days, hours=16, minutes=30)
    made = Round(
        code=code,
        title=TITLES[code],
        opens_at=opens_at,
        due_at=due_at,
        closes_at=due_at + timedelta(days=7),
        kinds=[kind.value for kind in AuthorityKind],
    )
    session.add(made)
    session.flush()
    for form_id, version in versions.items():
        if version is not None:
            session.add(RoundForm(round_id=made.id, form_id=form_id, form_version_id=version.id))
    return made


def _begun(
    offices: list[Office],
) -> Iterator[tuple[int, FormId, Office, RecordState]]:
    """Seven of ten have begun; That Phanom has something of each state."""
    random = Random(2563)  # noqa: S311 - no secret comes of it
    states = (RecordState.APPROVED, RecordState.SUBMITTED, RecordState.DRAFT, RecordState.RETURNED)
    for number, office in enumerate(offices):
        for form_id in FormId:
            chance = random.random()
            if office.district_code == "4805":
                if number % 5 < len(states):
                    yield number, form_id, office, states[number % 5]
            elif chance < 0.7:  # noqa: PLR2004 - seven of ten
                yield number, form_id, office, states[min(int(chance * 5), 2)]


def _add(writer: _Writer, office: Office, form_id: FormId, number: int, state: RecordState) -> None:
    session, found = writer.session, writer.round
    version_id = session.get_one(RoundForm, (found.id, form_id)).form_version_id
    form = form_at(session, version_id)
    when = found.opens_at + timedelta(days=3 + number % 12, hours=9, minutes=number % 50)
    made = Record(
        uid=new_uid(),
        round_id=found.id,
        form_id=form_id,
        office_id=office.id,
        form_version_id=version_id,
        state=state,
        changed_by=writer.user_id,
    )
    _stamp(made, min(when, now()).astimezone(THAI_TIME))
    growth = 0 if found.code == LAST else 1 + number % 3
    facts = facts_of(session, office, on=made.changed_at.date())
    given = _answers(writer.examples[form_id.value], form, office, number + growth)
    given |= {name: str(facts[name]) for name in _OF_REGISTER if name in given and name in facts}
    if state is RecordState.DRAFT:
        given = dict(list(given.items())[: len(given) * (number % 7 + 2) // 10])
    _fill(made, form, given, facts)
    session.add(made)


def _stamp(made: Record, at: datetime) -> None:
    """When it was filled, handed in and judged, as its state says."""
    made.changed_at = at
    if made.state is not RecordState.DRAFT:
        made.submitted_at, made.submitted_by = at, made.changed_by
    if made.state in {RecordState.APPROVED, RecordState.RETURNED}:
        made.decided_at = min(at + timedelta(days=1), now())


def _fill(
    made: Record, form: forms.Form, given: Mapping[str, Any], facts: Mapping[str, object]
) -> None:
    typed, _ = forms.read_answers(form, given)
    answers = forms.begin(form, typed, now=made.changed_at, facts=facts)
    found = forms.evaluate(form, answers, now=made.changed_at, facts=facts)
    is_sent, is_returned = made.submitted_at is not None, made.state is RecordState.RETURNED
    kept = forms.submittable(form, answers, found) if is_sent else answers
    name = "households" if "households" in form.fields else "unit_count"
    returned = {name: "ตัวเลขสูงกว่าปีก่อนมาก โปรดตรวจหรือแก้"} if is_returned else {}
    made.needed, made.unconfirmed = len(found.needed), []
    made.filled = made.needed - len(found.missing)
    made.note = "โปรดแก้ช่องที่ระบุแล้วส่งใหม่" if is_returned else ""
    made.answers = json.dumps(forms.write_answers(kept), ensure_ascii=False)
    made.reasons = json.dumps(dict.fromkeys(found.warned, "ตรวจสอบแล้ว"), ensure_ascii=False)
    made.returned = json.dumps(returned, ensure_ascii=False)


def _answers(
    example: Mapping[str, Any], form: forms.Form, office: Office, number: int
) -> dict[str, Any]:
    """The example with people that follow from the number; what is counted by units grows too."""
    given = {name: value for name, value in example.items() if name in form.fields}
    for name in ("population_male", "population_female", "voters_male", "voters_female"):
        if name in given:
            given[name] = int(given[name]) + number * 37 % 900
    if "population" in given:
        given["population"] = int(given["population"]) + number * 74 % 1800
    if number % 29 == 0 and "households" in given:  # one that a reviewer should notice
        given["households"] = 180
    for name in ("recorder_name", "reporter_name"):
        if name in given:
            given[name] = "นางสาวมาลี ตัวอย่าง"
    if office.authority_kind is not AuthorityKind.TAO and "size" in given:
        given["community_count"] = number % 9 + 3
    return given
