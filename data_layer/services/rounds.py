"""Rounds: the centre plans them, gives more time, and says which version of a form they ask."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar

import pandas as pd
from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_layer import clock
from data_layer.access import Actor, Scope
from data_layer.audit import data_changed, demand, record
from data_layer.db import Conflict, reading, writing
from data_layer.errors import DomainError, InvalidFields
from data_layer.forms import FormRefused
from data_layer.models import (
    AuthorityKind,
    Extension,
    FormId,
    OfficeKind,
    PastExtension,
    Round,
    RoundForm,
)
from data_layer.queries import rounds as query
from data_layer.rules.rounds import (
    FORM_NAMES,
    Phase,
    RoundEntry,
    RoundPlan,
    Times,
    check_round,
    end_of_day,
)


class NoReason(DomainError):
    """More time needs a reason that others can read later."""

    text: ClassVar[str] = "โปรดกรอกเหตุผลที่ขยายเวลา เพื่อให้ผู้ตรวจสอบภายหลังเข้าใจ"


class NotLater(DomainError):
    """More time that ends before the round does is none."""

    text: ClassVar[str] = "วันที่ขยายถึงต้องอยู่หลังวันครบกำหนดของรอบ โปรดเลือกวันใหม่"


class NotTakingPart(DomainError):
    """More time is for who is asked: a district office, or a local authority of the round."""

    text: ClassVar[str] = (
        "รหัส “{code}” ไม่ใช่หน่วยงานที่ต้องกรอกในรอบ {round} โปรดตรวจรหัสอีกครั้ง: รหัส สถอ. มี 4 หลัก เช่น 4806 "
        "(ทุก อปท. ในอำเภอ) รหัส อปท. มี 8 หลัก เช่น 06480504"
    )


@dataclass(frozen=True)
class AskedForm:
    """A form of a round, in the version that it asks."""

    form_id: FormId
    version_id: int
    title: str
    number: int

    @property
    def name(self) -> str:
        """The form's short Thai name."""
        return FORM_NAMES[self.form_id]


@dataclass(frozen=True)
class MoreTime:
    """An extension."""

    office_code: str
    office: str
    until: datetime
    reason: str


@dataclass(frozen=True)
class RoundView:
    """A round as people see it; `phase` is that of this moment.

    `earlier` are extensions that were given anew since, the latest first; list_rounds reads them.
    """

    code: str
    title: str
    times: Times
    phase: Phase
    kinds: tuple[AuthorityKind, ...]
    forms: tuple[AskedForm, ...]
    extensions: tuple[MoreTime, ...]
    version: int
    earlier: tuple[MoreTime, ...] = ()


def list_rounds(actor: Actor) -> list[RoundView]:
    """All rounds, the newest first; of more time what was given in the actor's scope."""
    demand(actor, "round.read")
    with reading() as session:
        found = query.rounds(session)
        past = query.past_extensions(session, actor.scope, [each.id for each in found])
        return [
            replace(view, earlier=_of_round(each.id, past))
            for each, view in zip(found, views(session, found, actor.scope), strict=True)
        ]


def prepare_forms() -> None:
    """Compile the forms of the newest rounds, at the start of the server.

    Else the first officer to save waits for it, and all others behind the lock of the writer. A
    form that can be read no more is passed over: who opens it is told.
    """
    with reading() as session, suppress(FormRefused):
        for form_id in FormId:
            for newest in query.opened_rounds(session, form_id, clock.now())[:1]:
                query.form_at(session, query.asked_version(session, newest.id, form_id))


def views(session: Session, rounds: Sequence[Round], scope: Scope) -> list[RoundView]:
    """The rounds with their forms and the extensions in scope, in two questions for all of them."""
    ids = [each.id for each in rounds]
    asked = query.asked_forms(session, ids)
    more = query.extensions(session, scope, ids)
    return [
        RoundView(
            code=each.code,
            title=each.title,
            times=times_of(each),
            phase=times_of(each).phase(clock.now()),
            kinds=kinds_of(each),
            forms=tuple(AskedForm(*row[1:]) for row in asked if row[0] == each.id),
            extensions=_of_round(each.id, more),
            version=each.version,
        )
        for each in rounds
    ]


def times_of(found: Round) -> Times:
    """When the round opens, is due and closes."""
    return Times(found.opens_at, found.due_at, found.closes_at)


def kinds_of(found: Round) -> tuple[AuthorityKind, ...]:
    """The kinds of local authority that it asks."""
    return tuple(AuthorityKind(kind) for kind in found.kinds)


def more_time(rows: pd.DataFrame, found: RoundView) -> pd.Series:
    """To when each authority of RECORD_STATES has more time, by itself or with its district."""
    given = {
        each.office_code: each.until for each in found.extensions if each.until > found.times.due_at
    }
    until = [
        max((given[code] for code in codes if code in given), default=None)
        for codes in zip(rows["code"], rows["district_code"], strict=True)
    ]
    return pd.Series(until, index=rows.index, dtype="datetime64[us, UTC]")


def plan(actor: Actor, given: RoundEntry) -> None:
    """A new round, which opens and closes by the clock; it asks the newest version of each form.

    Raises InvalidFields.
    """
    demand(actor, "round.write")
    checked = check_round(given)
    with writing() as session:
        made = Round(code=checked.code)
        _set(made, checked)
        session.add(made)
        _flush_new(session)
        for form_id in checked.forms:
            _ask(session, made, form_id)
        data_changed(session)
        record(session, "round.create", actor=actor, round=checked.code)


def change(actor: Actor, version: int, given: RoundEntry) -> None:
    """Other dates, title or kinds; `version` is the one the editor saw. A form, once asked, stays.

    Raises InvalidFields, Conflict, NotFound.
    """
    demand(actor, "round.write")
    checked = check_round(given)
    with writing() as session:
        found = query.round_by_code(session, checked.code)
        if found.version != version:
            raise Conflict
        _set(found, checked)
        asked = {row.form_id for row in query.asked_forms(session, [found.id])}
        for form_id in set(checked.forms) - asked:
            _ask(session, found, form_id)
        data_changed(session)
        record(session, "round.update", actor=actor, round=checked.code)


def extend(actor: Actor, code: str, office_code: str, until: date | None, reason: str) -> None:
    """More time for one local authority, or for a district office and all of its own.

    Until 16:30 of that day in Thailand. Given anew, what stood before is kept with its reason.
    Raises NoReason, NotLater, NotTakingPart, NotFound without such a round.
    """
    demand(actor, "round.write")
    if not reason.strip():
        raise NoReason
    with writing() as session:
        found = query.round_by_code(session, code)
        if until is None or end_of_day(until) <= found.due_at:
            raise NotLater
        office = query.extendable_office(session, found, office_code, clock.today())
        if office is None:
            raise NotTakingPart(code=office_code, round=code)
        _keep_what_stood(session, found.id, office.id)
        session.merge(
            Extension(
                round_id=found.id,
                office_id=office.id,
                until=end_of_day(until),
                reason=reason.strip()[:200],
                given_by=actor.user_id or None,
                given_at=clock.now(),
            )
        )
        data_changed(session, office.province_code)
        record(session, "round.extend", actor=actor, office_code=office_code, round=code)


def _keep_what_stood(session: Session, round_id: int, office_id: int) -> None:
    stood = session.get(Extension, (round_id, office_id))
    if stood is not None:
        session.add(
            PastExtension(
                round_id=round_id,
                office_id=office_id,
                until=stood.until,
                reason=stood.reason,
                given_by=stood.given_by,
                given_at=stood.given_at,
            )
        )


def _of_round(
    round_id: int, rows: Iterable[Row[Any, str, OfficeKind, str]]
) -> tuple[MoreTime, ...]:
    """Of the rows of queries.extensions or past_extensions those of the round."""
    return tuple(_more_time(*row) for row in rows if row[0].round_id == round_id)


def _more_time(
    given: Extension | PastExtension, code: str, kind: OfficeKind, name: str
) -> MoreTime:
    title = "สถอ." if kind is OfficeKind.DISTRICT else ""
    return MoreTime(code, f"{title}{name}", given.until, given.reason)


def _ask(session: Session, found: Round, form_id: FormId) -> None:
    newest = query.newest_version(session, form_id)
    if newest is None:
        raise InvalidFields({"forms": f"ยังไม่มี{FORM_NAMES[form_id]} โปรดนำเข้าแบบฟอร์มก่อน"})
    session.add(RoundForm(round_id=found.id, form_id=form_id, form_version_id=newest.id))


def _set(found: Round, plan: RoundPlan) -> None:
    found.title, found.kinds = plan.title, [kind.value for kind in plan.kinds]
    found.opens_at = plan.times.opens_at
    found.due_at, found.closes_at = plan.times.due_at, plan.times.closes_at


def _flush_new(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as problem:
        taken = "มีรอบรหัสนี้แล้ว โปรดใช้รหัสอื่น เช่น เติม -2 ท้ายปี"
        raise InvalidFields({"code": taken}) from problem
