"""A round that is open, and made-up authorities of That Phanom (4805), Na Kae, Na Wa."""

from datetime import date

from sqlalchemy import select

from data_layer import forms, thai
from data_layer.db import bookkeeping, reading
from data_layer.models import AuthorityKind, FormId, Office, OfficeKind, RecordChange
from data_layer.rules.rounds import RoundEntry
from data_layer.services import drafts, records, rounds, submissions
from data_layer.services.holding import RecordKey
from tests import people
from tests.filled_forms import GOOD
from tests.people import CENTRAL, OFFICER

SURVEY, READINESS = FormId.SURVEY, FormId.READINESS
TAO, TOWN, FOREIGN, OF_NA_WA = "06480501", "05480502", "06480701", "06480901"
NAMES = {TAO: "อบต.ฝั่งแดง", TOWN: "ทต.ธาตุพนม", FOREIGN: "อบต.นาแก", OF_NA_WA: "อบต.นาหว้า"}
KINDS = {"05": AuthorityKind.TAMBON_MUNICIPALITY, "06": AuthorityKind.TAO}


def stand(*, code="2569", opens=date(2026, 11, 1), due=date(2026, 11, 30), **more):
    """The authorities stand and a round of both forms is planned by the centre."""
    add_authorities()
    plan(code=code, opens=opens, due=due, **more)


def add_authorities():
    with bookkeeping() as session:
        for code, name in NAMES.items():
            if session.scalar(select(Office.id).where(Office.code == code)) is None:
                session.add(authority(code, name))


def authority(code, name):
    return Office(
        code=code,
        kind=OfficeKind.AUTHORITY,
        authority_kind=KINDS[code[:2]],
        province_code=code[2:4],
        district_code=code[2:6],
        name_th=name,
        sort_key=thai.sort_key(name),
        search_text=name,
    )


def entry(code="2569", *, opens=date(2026, 11, 1), due=date(2026, 11, 30), **more):
    """What the centre types for a round."""
    given = {
        "title": f"รอบ {code}",
        "grace_days": 10,
        "kinds": tuple(AuthorityKind),
        "forms": tuple(FormId),
    }
    return RoundEntry(code=code, opens_on=opens, due_on=due, **(given | more))


def plan(**more):
    rounds.plan(people.actor(CENTRAL), entry(**more))


def key(office=TAO, form=SURVEY, round_code=None):
    return RecordKey(form, office, round_code)


def opened(person=OFFICER, at=None):
    return records.open_record(people.actor(person), at or key())


def fill(person, at, answers):
    """The answers, typed in one go: an act for each of sixty takes every test a second or two."""
    actor = people.actor(person)
    with drafts.filling(actor, at) as (session, held):
        for path, value in answers.items():
            text = " ".join(value) if isinstance(value, list) else str(value)
            field = forms.field_at(held.form, path)
            drafts.put(session, actor, held, {path: drafts._parsed(held, path, field, text)})


def filled(person=OFFICER, at=None):
    """A record with good answers to everything, not handed in; returns its view."""
    at = at or key()
    fill(person, at, GOOD[at.form_id])
    actor = people.actor(person)
    for path in records.open_record(actor, at).unexplained:
        drafts.save_reason(actor, at, path, "ตรวจสอบแล้ว")
    return records.open_record(actor, at)


def submitted(person=OFFICER, at=None):
    found = filled(person, at)
    submissions.submit(people.actor(person), found.key, found.version)
    return records.open_record(people.actor(person), found.key)


def history(path):
    """The plain values that stood at a path, oldest first."""
    with reading() as session:
        statement = select(RecordChange).where(RecordChange.path == path).order_by(RecordChange.id)
        return [(change.old, change.new) for change in session.scalars(statement)]


def next_round(clock):
    """Sixty days later the next round has opened."""
    clock.forward(days=60)
    plan(code="2570", opens=date(2027, 1, 1), due=date(2027, 1, 31))


def brought(clock, *, confirmed):
    """What was handed in is brought into the next round, and one group of it is confirmed."""
    submitted()
    next_round(clock)
    drafts.bring_last(people.actor(OFFICER), key())
    drafts.confirm_group(people.actor(OFFICER), key(), confirmed)
