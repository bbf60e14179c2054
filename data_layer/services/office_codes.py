"""One-time codes of the province: what an office comes in by when 123456 is not for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy.orm import Session

from data_layer import passwords, throttle
from data_layer.access import Actor
from data_layer.audit import demand, narrowed, record
from data_layer.clock import now
from data_layer.config import Onboarding, config
from data_layer.db import reading, writing
from data_layer.errors import DomainError, NotFound
from data_layer.models import OfficeCode, OfficeKind
from data_layer.queries.offices import districts, office_in_scope
from data_layer.queries.registrations import live_registration
from data_layer.services.sign_in import end_first_sign_ins

CODE_LIFE = timedelta(days=14)


class NeedsNoCode(DomainError):
    """The office is registered or waits: told to the province, which sees it in its list."""

    text: ClassVar[str] = (
        "ออกรหัสไม่ได้ เพราะ สถอ.{name} ({code}) ลงทะเบียนแล้วหรือรอยืนยันอยู่ โปรดเอาหน่วยงานนี้ออกจากรายการ "
        "หากต้องให้ลงทะเบียนใหม่ โปรดกดไม่รับหรือยกเลิกการลงทะเบียนเดิมก่อน"
    )


@dataclass(frozen=True)
class CodeSlip:
    """A one-time code to print and hand over; the code is shown this once."""

    office_code: str
    office_name: str
    code: str
    expires_at: datetime


def code_choices(actor: Actor) -> dict[str, str]:
    """The district offices in scope that may get a code, by code: name and province."""
    demand(actor, "registration.issue_code")
    with reading() as session:
        return {row[0]: row[1] for row in districts(session, actor.scope, only_unclaimed=True)}


def needs_code(actor: Actor, office_code: str) -> bool:
    """Whether 123456 is dead for that office, so that only a code of the province opens it."""
    demand(actor, "report.read")
    scope = narrowed(actor, province_code=office_code[:2], district_code=office_code)
    with reading() as session:
        office = office_in_scope(session, scope, office_code)
        return (
            config().onboarding is Onboarding.ONE_TIME_CODE
            or office.initial_password_used_at is not None
            or session.get(OfficeCode, office.id) is not None
        )


def issue_codes(actor: Actor, office_codes: Sequence[str]) -> list[CodeSlip]:
    """New one-time codes for offices without a live claim; earlier codes of theirs are dead.

    The codes are shown this once: only their hashes are kept. Raises NotFound for an office
    outside the scope, NeedsNoCode for one that is registered or waits.
    """
    demand(actor, "registration.issue_code")
    secrets = [(code, passwords.random_password()) for code in office_codes]
    hashed = [(code, secret, passwords.hash_password(secret)) for code, secret in secrets]
    with writing() as session:
        slips = [_issue_code(session, actor, *each) for each in hashed]
        record(session, "registration.issue_code", actor=actor, offices=list(office_codes))
        return slips


def _issue_code(
    session: Session, actor: Actor, office_code: str, secret: str, code_hash: str
) -> CodeSlip:
    office = office_in_scope(session, actor.scope, office_code)
    if office.kind is not OfficeKind.DISTRICT:
        raise NotFound
    if live_registration(session, office.id) is not None:
        raise NeedsNoCode(name=office.name_th, code=office.code)
    end_first_sign_ins(session, office.id)
    expires_at = now() + CODE_LIFE
    session.merge(
        OfficeCode(
            office_id=office.id,
            code_hash=code_hash,
            issued_by=actor.user_id,
            expires_at=expires_at,
        )
    )
    throttle.clear(session, throttle.account_key(office.code))
    return CodeSlip(office.code, office.name_th, secret, expires_at)
