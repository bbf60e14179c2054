"""A row of the register of officials is written, with its person and its history.

Parts of acts: the caller has asked for the right and records what was done.
"""

import json
from collections.abc import Mapping
from typing import ClassVar, Final

from sqlalchemy.orm import Session

from data_layer.access import Actor
from data_layer.clock import now, today
from data_layer.errors import DomainError
from data_layer.keys import keys
from data_layer.models import Office, Official, Tenure, TenureChange
from data_layer.models.people import new_uid
from data_layer.queries import officials as query
from data_layer.rules.officials import (
    PERSON_FIELDS,
    SECRET,
    TENURE_FIELDS,
    Entry,
    Person,
    check_entry,
    difference,
)
from data_layer.rules.roster import settle
from data_layer.services.seating import judge, typed

_PLAIN: Final = tuple(field.name for field in PERSON_FIELDS if field.name not in SECRET)


class AuthorityClosed(DomainError):
    """Nobody sits in an authority that is no more."""

    text: ClassVar[str] = "อปท. นี้ปิดไปแล้ว บันทึกได้เฉพาะผู้ที่พ้นจากตำแหน่งแล้ว โปรดกรอกวันที่และเหตุที่พ้น"


class NumberOfAnother(DomainError):
    """A corrected citizen id that the register knows, or a person who stands elsewhere too."""

    text: ClassVar[str] = (
        "แก้เลขประจำตัวเป็นเลขนี้ไม่ได้ เพราะทะเบียนมีเลขนี้อยู่แล้ว หรือผู้นี้มีรายการใน อปท. นอกพื้นที่ของท่าน "
        "โปรดใช้ “ลบรายการที่บันทึกผิด” แล้วเพิ่มใหม่"
    )


def enter(
    session: Session, actor: Actor, office: Office, entry: Entry, reasons: Mapping[str, str]
) -> Tenure:
    """A new row, when the rules allow it. Raises as official_changes.add does."""
    refuse_closed(office, entry)
    passed = settle(judge(session, office, entry), reasons)
    index = keys().blind_index(entry.person.citizen_id)
    official = query.official_by_index(session, index) or new_official(index, entry.person)
    tenure = put(session, actor, office, official, entry, passed)
    session.flush()
    return tenure


def correct(
    session: Session,
    actor: Actor,
    office: Office,
    tenure: Tenure,
    given: Mapping[str, object],
    reasons: Mapping[str, str],
) -> None:
    """The row with these fields instead. Raises as official_changes.change does."""
    before = typed(tenure)
    entry = check_entry({**before, **given}, today=today())
    refuse_closed(office, entry)
    if entry.person.citizen_id != before["citizen_id"]:
        _refuse_number_of_another(session, actor, tenure.official, entry.person.citizen_id)
    passed = settle(judge(session, office, entry, own=tenure), {**tenure.reasons, **reasons})
    rewrite(session, actor, tenure, entry, passed)
    session.flush()


def refuse_closed(office: Office, entry: Entry) -> None:
    """Raise AuthorityClosed for somebody who would sit in an authority that is no more."""
    if office.closed_on is not None and entry.tenure.ended_on is None:
        raise AuthorityClosed


def new_official(index: bytes, person: Person) -> Official:
    """The row of a person whom the register does not know yet."""
    official = Official(uid=new_uid(), citizen_id_index=index)
    official.citizen_id = person.citizen_id
    return official


def put(
    session: Session,
    actor: Actor,
    office: Office,
    official: Official,
    entry: Entry,
    passed: dict[str, str],
) -> Tenure:
    """Add a row that was judged; the person is from now on as entered here."""
    tenure = Tenure(
        official=official,
        office_id=office.id,
        reasons=passed,
        recorded_at=now(),
        recorded_by=actor.user_id or None,
    )
    _write(tenure, entry)
    session.add(tenure)
    note(session, actor, tenure, "add", {})
    return tenure


def rewrite(
    session: Session, actor: Actor, tenure: Tenure, entry: Entry, passed: dict[str, str]
) -> bool:
    """Write a judged entry over its row. Returns whether anything changed."""
    before = typed(tenure)
    tenure.reasons = passed
    _write(tenure, entry)
    changed = difference(before, typed(tenure))
    if changed:
        act = "end" if "ended_on" in changed and tenure.ended_on else "change"
        note(session, actor, tenure, act, changed)
    return bool(changed)


def note(
    session: Session,
    actor: Actor,
    tenure: Tenure,
    act: str,
    changed: Mapping[str, list[str]],
) -> None:
    """The act in the history of the row."""
    made = TenureChange(
        uid=new_uid(), tenure=tenure, at=now(), user_id=actor.user_id or None, act=act
    )
    made.changes = json.dumps(changed)
    session.add(made)


def _refuse_number_of_another(
    session: Session, actor: Actor, official: Official, citizen_id: str
) -> None:
    index = keys().blind_index(citizen_id)
    is_known = query.official_by_index(session, index) is not None
    if is_known or not query.is_only_here(session, actor.scope, official.id):
        raise NumberOfAnother


def _write(tenure: Tenure, entry: Entry) -> None:
    official, person = tenure.official, entry.person
    if official.citizen_id != person.citizen_id:
        official.citizen_id = person.citizen_id
        official.citizen_id_index = keys().blind_index(person.citizen_id)
    for name in _PLAIN:
        setattr(official, name, getattr(person, name))
    _seal(official, "phone", person.phone)
    _seal(official, "birth", person.born_on.isoformat())
    for field in TENURE_FIELDS:
        setattr(tenure, field.name, getattr(entry.tenure, field.name))


def _seal(official: Official, name: str, text: str) -> None:
    """Seal what differs: the same value sealed anew would look like a change."""
    if getattr(official, f"{name}_sealed") is None or getattr(official, name) != text:
        setattr(official, name, text)
