"""The claim of an office by its SSO ADMIN, and the province's answer to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_layer import passwords, thai
from data_layer.access import Actor, Role
from data_layer.audit import data_changed, demand, narrowed, record
from data_layer.clock import now
from data_layer.config import Onboarding, config
from data_layer.db import Conflict, reading, writing
from data_layer.errors import DomainError, InvalidFields
from data_layer.keys import keys
from data_layer.models import (
    Office,
    OfficeCode,
    Registration,
    RegistrationState,
    User,
)
from data_layer.models.people import new_uid
from data_layer.queries.registrations import (
    live_registration,
    registration_in_scope,
    registration_rows,
)
from data_layer.rules.person import check_person
from data_layer.services.identity import Claimant
from data_layer.services.one_time import give_one_time_password
from data_layer.services.sign_in import (
    end_first_sign_ins,
    end_session,
    end_sessions,
    issue_ticket,
    ticket_again,
)

# claims are cards with acts: as many as a person can look through
MOST_OF_COUNTRY, MOST_OF_PROVINCE = 20, 100


class OfficeTaken(DomainError):
    """Somebody claimed the office a moment before."""

    text: ClassVar[str] = (
        "หน่วยงานนี้มีผู้ลงทะเบียนแล้วเมื่อสักครู่ ข้อมูลที่ท่านพิมพ์จึงไม่ถูกบันทึก "
        "หากผู้ลงทะเบียนไม่ใช่เพื่อนร่วมงานของท่าน โปรดแจ้งจังหวัดทันที"
    )


class FirstSignInOver(DomainError):
    """The first sign-in ended meanwhile: the province issued a new code."""

    text: ClassVar[str] = (
        "การเข้าใช้ครั้งแรกนี้สิ้นสุดแล้ว เพราะจังหวัดออกรหัสใหม่ให้หน่วยงาน โปรดเข้าสู่ระบบอีกครั้งด้วยรหัสใหม่"
    )


class CitizenIdTaken(DomainError):
    """The number belongs to a user already."""

    text: ClassVar[str] = "เลขนี้มีบัญชีผู้ใช้อยู่แล้ว โปรดเข้าสู่ระบบด้วยเลข 13 หลัก หรือติดต่อจังหวัดของท่าน"


class ReasonMissing(DomainError):
    """A refusal or revocation tells its reason to the person concerned."""

    text: ClassVar[str] = "โปรดกรอกเหตุผล เพื่อให้ผู้ลงทะเบียนทราบว่าต้องแก้ไขอะไร"


@dataclass(frozen=True)
class RegistrationEntry:
    """A claim as the province sees it."""

    id: int
    user_id: int
    office_code: str
    office_name: str
    province_name: str
    person: str
    position: str
    phone: str
    email: str
    state: RegistrationState
    onboarding: Onboarding
    claimed_at: datetime
    decided_at: datetime | None
    reason: str


def onboarding() -> Onboarding:
    """How offices come in on this server."""
    return config().onboarding


def is_letter_mode() -> bool:
    """Whether a claim works at once, without a confirmation: the page warns of it in red."""
    return onboarding() is Onboarding.LETTER


def claim(claimant: Claimant, given: Mapping[str, str], *, browser: str) -> str:
    """Register the claimant's office and its SSO ADMIN; returns a ticket of the user's session.

    `given` has the PERSON_FIELDS and the password twice. A claim by 123456 waits for the province
    under `approval` and is confirmed at once under `letter`; a one-time code is the province's
    own confirmation. Who came in under an earlier claim stays out until the new SSO ADMIN opens
    the account again. A second press of the same browser counts as the first. Raises
    InvalidFields, OfficeTaken, FirstSignInOver.
    """
    kept = check_person(given, context=(claimant.office_code, claimant.office_name))
    password_hash = passwords.hash_password(given["password"])
    try:
        return _claim(claimant, kept, password_hash, browser)
    except OfficeTaken:
        again = ticket_again(browser, office_id=claimant.office_id, citizen_id=kept["citizen_id"])
        if again is None:
            raise
        return again


def _claim(claimant: Claimant, kept: Mapping[str, str], password_hash: str, browser: str) -> str:
    with writing() as session:
        office = session.get_one(Office, claimant.office_id, with_for_update=True)
        if live_registration(session, office.id) is not None:
            raise OfficeTaken
        if not end_session(session, claimant.session_id):
            raise FirstSignInOver
        end_first_sign_ins(session, office.id)
        user = _sso_admin(session, office, kept, password_hash)
        _close_other_accounts(session, user)
        registration = _open_registration(session, office, user)
        data_changed(session, office.province_code)
        record(
            session,
            "registration.create",
            user_id=user.id,
            office_code=office.code,
            ip=claimant.ip,
            onboarding=registration.onboarding.value,
            state=registration.state.value,
        )
        return issue_ticket(session, browser, user_id=user.id)


def _sso_admin(
    session: Session, office: Office, kept: Mapping[str, str], password_hash: str
) -> User:
    """The user of the claim; who was refused before may try again with a code of the province."""
    index = keys().blind_index(kept["citizen_id"])
    user = session.scalar(select(User).where(User.citizen_id_index == index))
    if user is None:
        user = User(uid=new_uid(), citizen_id_index=index, created_at=now())
        user.citizen_id = kept["citizen_id"]
        session.add(user)
    elif user.office_id != office.id or user.role is not Role.SSO_ADMIN:
        raise InvalidFields({"citizen_id": str(CitizenIdTaken())})
    user.office_id, user.role = office.id, Role.SSO_ADMIN
    user.prefix, user.first_name = kept["prefix"], kept["first_name"]
    user.last_name, user.position = kept["last_name"], kept["position"]
    user.phone, user.email = kept["phone"], kept["email"]
    user.password_hash, user.is_active = password_hash, True
    user.must_change_password, user.one_time_until = False, None
    session.flush()
    return user


def _close_other_accounts(session: Session, admin: User) -> None:
    others = select(User).where(User.office_id == admin.office_id, User.id != admin.id)
    for other in session.scalars(others.where(User.is_active)):
        other.is_active = False
        end_sessions(session, other.id)


def _open_registration(session: Session, office: Office, user: User) -> Registration:
    """The claim's row. The unique index on live claims decides a race that nobody saw coming."""
    issued = session.get(OfficeCode, office.id)
    mode = config().onboarding if issued is None else Onboarding.ONE_TIME_CODE
    is_trusted = mode is not Onboarding.APPROVAL
    registration = Registration(
        office_id=office.id,
        user_id=user.id,
        state=RegistrationState.CONFIRMED if is_trusted else RegistrationState.WAITING,
        onboarding=mode,
        claimed_at=now(),
        decided_at=now() if is_trusted else None,
    )
    session.add(registration)
    office.initial_password_used_at = office.initial_password_used_at or now()
    if issued is not None:
        session.delete(issued)
    try:
        session.flush()
    except IntegrityError as problem:
        raise OfficeTaken from problem
    return registration


def waiting(actor: Actor, province: str | None = None) -> list[RegistrationEntry]:
    """The claims that wait for an answer, the oldest first; of a province, or of all in scope.

    Of the country no more than MOST_OF_COUNTRY are given. Raises NotAllowed outside the scope, as
    the two below.
    """
    return _entries(actor, province, RegistrationState.WAITING)


def confirmed(actor: Actor, province: str | None = None) -> list[RegistrationEntry]:
    """The confirmed claims, the newest first; as many as `waiting` gives."""
    return _entries(actor, province, RegistrationState.CONFIRMED, newest_first=True)


def ended(actor: Actor, province: str | None = None) -> list[RegistrationEntry]:
    """The refused and revoked claims, the newest first; as many as `waiting` gives."""
    states = (RegistrationState.REFUSED, RegistrationState.REVOKED)
    return _entries(actor, province, *states, newest_first=True)


def _entries(
    actor: Actor, province: str | None, *states: RegistrationState, newest_first: bool = False
) -> list[RegistrationEntry]:
    """Claims with their person; phone numbers readable, so that the province can call."""
    demand(actor, "registration.read")
    scope = narrowed(actor, province_code=province) if province else actor.scope
    limit = MOST_OF_COUNTRY if scope.province_code is None else MOST_OF_PROVINCE
    with reading() as session:
        return [
            RegistrationEntry(
                id=claim.id,
                user_id=user.id,
                office_code=office.code,
                office_name=office.name_th,
                province_name=of,
                person=user.name,
                position=user.position,
                phone=user.phone,
                email=user.email,
                state=claim.state,
                onboarding=claim.onboarding,
                claimed_at=claim.claimed_at,
                decided_at=claim.decided_at,
                reason=claim.reason,
            )
            for claim, user, office, of in registration_rows(
                session, scope, states, newest_first=newest_first, limit=limit
            )
        ]


def confirm(actor: Actor, registration_id: int) -> str:
    """Confirm a waiting claim: its person may work from now on. Returns the office's name."""
    return _decide(actor, registration_id, RegistrationState.CONFIRMED)


def refuse(actor: Actor, registration_id: int, reason: str) -> str:
    """Refuse a waiting claim; the person reads the reason. A code of the province opens anew."""
    return _decide(actor, registration_id, RegistrationState.REFUSED, _reason(reason))


def revoke(actor: Actor, registration_id: int, reason: str) -> str:
    """Take a confirmed claim back: the office counts as not registered, its people are out."""
    return _decide(actor, registration_id, RegistrationState.REVOKED, _reason(reason))


_BEFORE = {
    RegistrationState.CONFIRMED: RegistrationState.WAITING,
    RegistrationState.REFUSED: RegistrationState.WAITING,
    RegistrationState.REVOKED: RegistrationState.CONFIRMED,
}


def _reason(text: str) -> str:
    if not (reason := thai.normalise(text)):
        raise ReasonMissing
    return reason[:200]


def _decide(actor: Actor, claim_id: int, state: RegistrationState, reason: str = "") -> str:
    demand(actor, "registration.decide")
    with writing() as session:
        claim, office = registration_in_scope(session, actor.scope, claim_id)
        if claim.state is not _BEFORE[state]:
            raise Conflict
        claim.state, claim.reason = state, reason
        claim.decided_at, claim.decided_by = now(), actor.user_id
        if state is RegistrationState.REVOKED:
            _end_office_sessions(session, office.id)
        data_changed(session, office.province_code)
        record(
            session,
            f"registration.{state.value}",
            actor=actor,
            office_code=office.code,
            id=claim_id,
        )
        return office.name_th


def _end_office_sessions(session: Session, office_id: int) -> None:
    for user_id in session.scalars(select(User.id).where(User.office_id == office_id)):
        end_sessions(session, user_id)


def reset_admin(actor: Actor, registration_id: int) -> str:
    """A one-time password (24 hours) for the SSO ADMIN of a confirmed claim, shown this once."""
    demand(actor, "registration.decide")
    with writing() as session:
        claim, office = registration_in_scope(session, actor.scope, registration_id)
        if claim.state is not RegistrationState.CONFIRMED:
            raise Conflict
        user = session.get_one(User, claim.user_id)
        password = give_one_time_password(session, user)
        record(session, "user.reset", actor=actor, office_code=office.code, id=user.id)
        return password
