"""A person's own account: data, password, signed-in browsers, and the state of the claim."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_layer import passwords, thai
from data_layer.access import Actor
from data_layer.audit import demand, record
from data_layer.clock import now
from data_layer.db import reading, writing
from data_layer.errors import InvalidFields, NotFound
from data_layer.models import BrowserSession, RegistrationState, User
from data_layer.queries.registrations import last_registration
from data_layer.rules.person import check_person
from data_layer.services.identity import IDLE_LIFE
from data_layer.services.sign_in import end_session, end_sessions


class WrongPassword(InvalidFields):
    """The current password was not the right one."""

    wrong: ClassVar[str] = "รหัสผ่านปัจจุบันไม่ถูกต้อง โปรดพิมพ์ใหม่"

    def __init__(self) -> None:
        super().__init__({"current_password": self.wrong})


@dataclass(frozen=True)
class OwnData:
    """What a person sees of the own account; the citizen id is masked."""

    citizen_id: str
    prefix: str
    first_name: str
    last_name: str
    position: str
    phone: str
    email: str


@dataclass(frozen=True)
class OpenSession:
    """A browser that is signed in as this person."""

    id: int
    device: str
    created_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True)
class ClaimState:
    """What became of the claim of the actor's office."""

    state: RegistrationState
    claimed_at: datetime
    reason: str


def own_data(actor: Actor) -> OwnData:
    """The actor's own data."""
    demand(actor, "account.read")
    with reading() as session:
        user = session.get_one(User, actor.user_id)
        return OwnData(
            citizen_id=thai.mask_citizen_id(user.citizen_id),
            prefix=user.prefix,
            first_name=user.first_name,
            last_name=user.last_name,
            position=user.position,
            phone=user.phone,
            email=user.email,
        )


def claim_state(actor: Actor) -> ClaimState | None:
    """The newest claim of the actor's office; None for offices that are not claimed."""
    demand(actor, "account.read")
    with reading() as session:
        claim = last_registration(session, actor.office_id)
        return ClaimState(claim.state, claim.claimed_at, claim.reason) if claim else None


def update(actor: Actor, given: Mapping[str, str]) -> None:
    """Change position, phone and e-mail: what a person may change alone. Raises InvalidFields."""
    demand(actor, "account.write")
    kept = check_person({name: given[name] for name in ("position", "phone", "email")})
    with writing() as session:
        user = session.get_one(User, actor.user_id)
        user.position, user.phone, user.email = kept["position"], kept["phone"], kept["email"]
        record(session, "account.update", actor=actor)


def change_password(actor: Actor, current: str, password: str, again: str) -> None:
    """A new password; every other session of the person ends. Raises InvalidFields."""
    demand(actor, "account.write")
    with reading() as session:
        user = session.get_one(User, actor.user_id)
        kept_hash = user.password_hash
        known = (user.citizen_id, user.first_name, user.last_name, user.phone, user.email)
    if not passwords.verify(kept_hash, current):
        raise WrongPassword
    check_person(
        {"password": password, "password_again": again},
        context=(*known, actor.office_code, current),
    )
    new_hash = passwords.hash_password(password)
    with writing() as session:
        _set_password(session, actor, new_hash)


def _set_password(session: Session, actor: Actor, new_hash: str) -> None:
    user = session.get_one(User, actor.user_id)
    user.password_hash = new_hash
    user.must_change_password, user.one_time_until = False, None
    end_sessions(session, user.id, but=actor.session_id)
    record(session, "account.change_password", actor=actor)


def open_sessions(actor: Actor) -> list[OpenSession]:
    """The browsers signed in as the actor, the newest use first."""
    demand(actor, "account.read")
    moment = now()
    statement = (
        select(BrowserSession)
        .where(
            BrowserSession.user_id == actor.user_id,
            BrowserSession.revoked_at.is_(None),
            BrowserSession.expires_at > moment,
            BrowserSession.seen_at > moment - IDLE_LIFE,
        )
        .order_by(BrowserSession.seen_at.desc())
    )
    with reading() as session:
        return [
            OpenSession(row.id, row.device, row.created_at, row.seen_at, row.id == actor.session_id)
            for row in session.scalars(statement)
        ]


def close_session(actor: Actor, session_id: int) -> None:
    """End one of the actor's own sessions. Raises NotFound when it is not theirs."""
    demand(actor, "account.write")
    with writing() as session:
        found = session.get(BrowserSession, session_id)
        if found is None or found.user_id != actor.user_id:
            raise NotFound
        end_session(session, session_id)
        record(session, "session.end", actor=actor, id=session_id)


def close_other_sessions(actor: Actor) -> None:
    """End every session of the actor but this one."""
    demand(actor, "account.write")
    with writing() as session:
        end_sessions(session, actor.user_id, but=actor.session_id)
        record(session, "session.end_others", actor=actor)
