"""A form on paper: blank, or with the answers of one record. A filled print is recorded."""

from datetime import datetime

from sqlalchemy.orm import Session

from data_layer import clock, forms
from data_layer.access import Actor
from data_layer.audit import demand, record
from data_layer.clock import THAI_TIME
from data_layer.db import reading, writing
from data_layer.exchange.writing import file_stem
from data_layer.form_files import (
    About,
    Given,
    Standing,
    blank_pdf,
    filled_pdf,
    official_moment,
)
from data_layer.models import FormId, Record, RecordState
from data_layer.queries import records as query
from data_layer.queries import rounds as round_query
from data_layer.queries.offices import area_names
from data_layer.services.answers import STATE_NAMES
from data_layer.services.holding import Held, RecordKey, hold

SAMPLE = "ข้อมูลตัวอย่าง"
NOT_BEGUN = "ยังไม่เริ่มกรอก"
_NOT_SENT = {  # on each page of what is not handed in, so that nobody files it
    RecordState.DRAFT: "ร่าง – ยังไม่ได้ส่ง",
    RecordState.RETURNED: "ถูกส่งกลับ – ยังไม่ได้ส่งใหม่",
}
_DECIDED = {RecordState.APPROVED: "ตรวจผ่านเมื่อ", RecordState.RETURNED: "ส่งกลับเมื่อ"}


def form(actor: Actor, form_id: FormId, round_code: str, office_code: str | None) -> bytes:
    """The PDF of an authority's record; of the blank form of the round when there is no authority.

    Whoever may read the form may print it. Raises NotAllowed, NotFound.
    """
    demand(actor, f"{form_id}.read")
    if office_code is None:
        return _blank(actor, form_id, round_code)
    return _filled(actor, RecordKey(form_id, office_code, round_code))


def form_name(form_id: FormId, round_code: str, office_code: str | None) -> str:
    """The file name: form, round, and the code of the authority or 'blank'."""
    place = office_code or "blank"
    slug = f"{form_id.value}_{round_code.replace('-', '_')}_{place}"
    return f"{file_stem(slug, clock.now())}.pdf"


def _blank(actor: Actor, form_id: FormId, round_code: str) -> bytes:
    with reading() as session:
        found = round_query.round_by_code(session, round_code)
        asked = round_query.form_at(session, round_query.asked_version(session, found.id, form_id))
        about = About(found.code, found.title, actor.office_name, clock.now())
    untouched = forms.evaluate(asked, {}, now=about.as_of.astimezone(THAI_TIME))
    return blank_pdf(asked, about, untouched)


def _filled(actor: Actor, key: RecordKey) -> bytes:
    with reading() as session:
        held = hold(session, actor, key)
        about = About(held.round.code, held.round.title, held.office.name_th, clock.now())
        standing = _standing(session, held)
    content = filled_pdf(about, standing, _given(held))
    facts = {"form": held.form_id.value, "round": held.round.code, "state": str(held.state)}
    with writing() as session:
        record(session, "record.print", actor=actor, office_code=held.office.code, **facts)  # type: ignore[arg-type]  # JSON facts
    return content


def _given(held: Held) -> Given:
    """The answers, judged as of the day when they were handed in, for that is what was said."""
    sent_at = held.record.submitted_at if held.record and _is_sent(held) else None
    judged = (
        forms.evaluate(held.form, held.answers, now=sent_at.astimezone(THAI_TIME), facts=held.facts)
        if sent_at
        else held.evaluate()
    )
    return Given(
        held.form,
        held.answers,
        judged,
        reasons=held.reasons,
        returned=held.returned if held.state is RecordState.RETURNED else {},
        unconfirmed=tuple(held.unconfirmed),
        is_open=not sent_at,
    )


def _is_sent(held: Held) -> bool:
    return held.state in {RecordState.SUBMITTED, RecordState.APPROVED}


def _standing(session: Session, held: Held) -> Standing:
    district, province = area_names(session, held.office)
    name = held.office.name_th
    facts = [
        ("องค์กรปกครองส่วนท้องถิ่น", f"{name} (รหัส {held.office.code})"),
        ("อำเภอ", district),
        ("จังหวัด", province),
        ("สถานะ", _state(held)),
        *(_history(session, held.record) if held.record else ()),
    ]
    not_sent = _NOT_SENT.get(held.state or RecordState.DRAFT, "")
    return Standing(
        authority=name,
        places=(name, name.rpartition(".")[2], district, province),
        facts=tuple(fact for fact in facts if fact[1]),
        marks=tuple(mark for mark in (SAMPLE if held.office.is_sample else "", not_sent) if mark),
        watermark="ร่าง" if not_sent else "",
    )


def _state(held: Held) -> str:
    if held.record is None:
        return NOT_BEGUN
    late = " (ส่งช้ากว่ากำหนด)" if held.record.is_late and _is_sent(held) else ""
    return STATE_NAMES[held.record.state] + late


def _history(session: Session, kept: Record) -> list[tuple[str, str]]:
    """When, and by whom: handed in or last changed, judged, and what the province said."""
    if kept.state is RecordState.DRAFT:
        return [("แก้ไขล่าสุด", _by(session, kept.changed_at, kept.changed_by))]
    decided = _DECIDED.get(kept.state, "")
    return [
        ("ส่งเมื่อ", _by(session, kept.submitted_at, kept.submitted_by)),
        (decided, _by(session, kept.decided_at, kept.decided_by) if decided else ""),
        ("จังหวัดแจ้งว่า", kept.note),
    ]


def _by(session: Session, at: datetime | None, user_id: int | None) -> str:
    if at is None:
        return ""
    who = query.name_of_user(session, user_id)
    return f"{official_moment(at)} โดย {who}" if who else official_moment(at)
