"""Signing in and out.

The way of a sign-in: `attempt` (websocket) gives a ticket, `redeem` (HTTP) takes it and gives the
token of a new browser session; services.identity reads who that is, anew at each run.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ColumnElement, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from data_layer import passwords, throttle
from data_layer.audit import data_changed, record
from data_layer.clock import now
from data_layer.config import Onboarding, config
from data_layer.db import bookkeeping, writing
from data_layer.errors import DomainError
from data_layer.keys import keys
from data_layer.models import (
    BrowserSession,
    LoginTicket,
    Office,
    OfficeCode,
    OfficeKind,
    Registration,
    RegistrationState,
    User,
)
from data_layer.thai import arabic_digits
from data_layer.tokens import new_token, token_hash

TICKET_LIFE = timedelta(seconds=30)
SESSION_LIFE = timedelta(hours=8)
REGISTERING_LIFE = timedelta(minutes=15)
OFFICE_CODE_LENGTH = 4


class SignInRefused(DomainError):
    """The one answer to unknown, wrong, locked, disabled, used up: nobody learns which."""

    text: ClassVar[str] = (
        "เข้าสู่ระบบไม่ได้ โปรดตรวจรหัสหน่วยงานหรือเลขประจำตัวประชาชน และรหัสผ่าน "
        "หากผิดครบ 5 ครั้งใน 15 นาที ระบบจะพักการเข้าใช้ 15 นาที "
        "ลืมรหัสผ่านหรือหน่วยงานเคยลงทะเบียนแล้ว โปรดติดต่อ SSO ADMIN หรือจังหวัดของท่าน"
    )


@dataclass(frozen=True)
class _Candidate:
    """What a user name stands for: a user, or an office that may still register."""

    password_hash: str | None = None
    user_id: int | None = None
    office_id: int | None = None
    office_code: str = ""
    is_open: bool = False


def attempt(username: str, password: str, *, browser: str, ip: str) -> str:
    """Check a user name (13 digits, or the office code the first time) and password.

    `browser` is the id in the browser's own cookie; the ticket that comes back works only there,
    once, for 30 seconds. Raises SignInRefused, the same for every reason.
    """
    name = "".join(arabic_digits(username).split()).replace("-", "")
    is_office = len(name) == OFFICE_CODE_LENGTH
    limits = _limits(name, ip, is_office=is_office)
    with bookkeeping() as session:
        has_tries = all([throttle.reserve(session, *limit) for limit in limits])  # noqa: C419 - count under each
        found = _office_candidate(session, name) if is_office else _user_candidate(session, name)
    is_right = passwords.verify(found.password_hash, password[: passwords.MAX_LENGTH])
    is_right = len(password) <= passwords.MAX_LENGTH and (is_right or _is_initial(found, password))
    with writing() as session:
        if has_tries and is_right and found.is_open:
            throttle.forgive(session, limits)
            return _accept(session, found, password, browser, ip)
        record(
            session,
            "session.refuse",
            user_id=found.user_id,
            office_code=found.office_code,
            ip=ip,
            paused=not has_tries,
        )
    raise SignInRefused


def _limits(name: str, ip: str, *, is_office: bool) -> list[tuple[str, throttle.Limit]]:
    limits = [(throttle.account_key(name), throttle.ACCOUNT), (f"ip:{ip}", throttle.ADDRESS)]
    return [*limits, (f"first:{ip}", throttle.FIRST_SIGN_IN)] if is_office else limits


_USER = (
    select(User, Office.code)
    .join(Office, Office.id == User.office_id)
    .where(User.citizen_id_index == bindparam("index"))
)


def _user_candidate(session: Session, citizen_id: str) -> _Candidate:
    asked = {"index": keys().blind_index(citizen_id)}
    if (row := session.execute(_USER, asked).one_or_none()) is None:
        return _Candidate()
    user, code = row
    in_time = user.one_time_until is None or user.one_time_until > now()
    return _Candidate(user.password_hash, user.id, None, code, is_open=user.is_active and in_time)


def _office_candidate(session: Session, code: str) -> _Candidate:
    live = (RegistrationState.WAITING, RegistrationState.CONFIRMED)
    claimed = (
        select(Registration.id)
        .where(Registration.office_id == Office.id, Registration.state.in_(live))
        .exists()
    )
    statement = (
        select(Office, OfficeCode)
        .outerjoin(OfficeCode, OfficeCode.office_id == Office.id)
        .where(Office.code == code, Office.kind == OfficeKind.DISTRICT, ~claimed)
        .where(Office.closed_on.is_(None))
    )
    if (row := session.execute(statement).one_or_none()) is None:
        return _Candidate()
    office, issued = row
    if issued is not None:
        is_open = issued.expires_at > now()
        return _Candidate(issued.code_hash, None, office.id, code, is_open=is_open)
    is_open = office.initial_password_used_at is None
    is_open = is_open and config().onboarding is not Onboarding.ONE_TIME_CODE
    return _Candidate(None, None, office.id, code, is_open=is_open)


def _is_initial(found: _Candidate, password: str) -> bool:
    """The circular's 123456: only for an office that never registered and has no code."""
    is_first = found.office_id is not None and found.password_hash is None
    return is_first and password == passwords.INITIAL_PASSWORD


def _accept(session: Session, found: _Candidate, password: str, browser: str, ip: str) -> str:
    if found.user_id is not None:
        user = session.get_one(User, found.user_id)
        if user.signed_in_at is None:
            data_changed(session, found.office_code[:2])  # the funnel's last step
        user.signed_in_at = now()
        if passwords.needs_rehash(user.password_hash):
            user.password_hash = passwords.hash_password(password)
    record(session, "session.open", user_id=found.user_id, office_code=found.office_code, ip=ip)
    return issue_ticket(session, browser, user_id=found.user_id, office_id=found.office_id)


def issue_ticket(
    session: Session, browser: str, *, user_id: int | None = None, office_id: int | None = None
) -> str:
    """A ticket for that browser, in the caller's transaction."""
    return _ticket(session, browser, now() + TICKET_LIFE, user_id=user_id, office_id=office_id)


def ticket_again(browser: str, *, office_id: int, citizen_id: str = "") -> str | None:
    """One more ticket, no longer than the first, for a browser that has not fetched its own yet.

    A second press cuts off the run that was to bring the first ticket to the browser. Only for a
    user of that office, and with that number if one was typed; None for any other browser or
    person, and when the first ticket was fetched or its 30 seconds are over.
    """
    waiting = (
        select(LoginTicket.user_id, LoginTicket.expires_at)
        .join(User, User.id == LoginTicket.user_id)
        .where(
            LoginTicket.browser_hash == token_hash(browser),
            LoginTicket.expires_at > now(),
            User.office_id == office_id,
        )
        .order_by(LoginTicket.id.desc())
        .limit(1)
    )
    if citizen_id:
        waiting = waiting.where(User.citizen_id_index == keys().blind_index(citizen_id))
    with bookkeeping() as session:
        if not browser or (found := session.execute(waiting).one_or_none()) is None:
            return None
        return _ticket(session, browser, found.expires_at, user_id=found.user_id)


def _ticket(
    session: Session,
    browser: str,
    expires_at: datetime,
    *,
    user_id: int | None = None,
    office_id: int | None = None,
) -> str:
    ticket = new_token()
    session.add(
        LoginTicket(
            token_hash=token_hash(ticket),
            browser_hash=token_hash(browser),
            user_id=user_id,
            office_id=office_id,
            expires_at=expires_at,
        )
    )
    return ticket


_TOO_OLD = delete(LoginTicket).where(LoginTicket.expires_at <= bindparam("moment"))
_TAKEN = (
    delete(LoginTicket)
    .where(
        LoginTicket.token_hash == bindparam("ticket"),
        LoginTicket.browser_hash == bindparam("browser"),
    )
    .returning(LoginTicket.user_id, LoginTicket.office_id)
)


def redeem(
    ticket: str, *, browser: str, old_token: str, device: str
) -> tuple[str, timedelta] | None:
    """Take the ticket: the token of a new session and its life, or None. The old session ends."""
    moment = now()
    asked = {"ticket": token_hash(ticket), "browser": token_hash(browser)}
    with bookkeeping() as session:
        session.connection().execute(_TOO_OLD, {"moment": moment})
        if not browser or (owner := session.connection().execute(_TAKEN, asked).first()) is None:
            return None
        if old_token:
            _revoke(session, BrowserSession.token_hash == token_hash(old_token))
        life = SESSION_LIFE if owner.user_id is not None else REGISTERING_LIFE
        token = new_token()
        session.add(
            BrowserSession(
                token_hash=token_hash(token),
                user_id=owner.user_id,
                office_id=owner.office_id,
                created_at=moment,
                seen_at=moment,
                expires_at=moment + life,
                device=device,
            )
        )
        return token, life


def sign_out(token: str) -> None:
    """End the session of this token; an unknown one is ended already."""
    with bookkeeping() as session:
        _revoke(session, BrowserSession.token_hash == token_hash(token))
        statement = (
            select(BrowserSession.user_id, Office.code)
            .outerjoin(User, User.id == BrowserSession.user_id)
            .join(Office, Office.id == func.coalesce(User.office_id, BrowserSession.office_id))
            .where(BrowserSession.token_hash == token_hash(token))
        )
        if (who := session.execute(statement).one_or_none()) is not None:
            if who.user_id is not None:  # the tickets of first sign-ins have no user
                # one that was on its way to this person brings nobody in any more
                session.execute(delete(LoginTicket).where(LoginTicket.user_id == who.user_id))
            record(session, "session.close", user_id=who.user_id, office_code=who.code)


def end_sessions(session: Session, user_id: int, *, but: int = 0) -> None:
    """End a user's sessions in the caller's transaction: password, rights or state changed."""
    session.execute(delete(LoginTicket).where(LoginTicket.user_id == user_id))
    _revoke(session, (BrowserSession.user_id == user_id) & (BrowserSession.id != but))


def end_first_sign_ins(session: Session, office_id: int) -> None:
    """End all that 123456 or an earlier code of the office opened, in the caller's transaction."""
    session.execute(delete(LoginTicket).where(LoginTicket.office_id == office_id))
    _revoke(session, BrowserSession.office_id == office_id)


def end_session(session: Session, session_id: int) -> bool:
    """End one session in the caller's transaction. False when it had ended already."""
    return _revoke(session, BrowserSession.id == session_id)


def _revoke(session: Session, which: ColumnElement[bool]) -> bool:
    statement = (
        update(BrowserSession)
        .where(which, BrowserSession.revoked_at.is_(None))
        .values(revoked_at=now())
        .returning(BrowserSession.id)
        .execution_options(synchronize_session=False)
    )
    return bool(session.scalars(statement).all())
