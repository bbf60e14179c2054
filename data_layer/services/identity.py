"""Who a browser is, read anew on each run: one query for session, person, office and rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, or_, select, update

from data_layer import cache
from data_layer.access import Actor, scope_of
from data_layer.clock import now
from data_layer.db import bookkeeping, looking
from data_layer.models import (
    BrowserSession,
    Office,
    OfficeKind,
    Registration,
    RegistrationState,
    User,
    UserRight,
)
from data_layer.models.people import full_name
from data_layer.tokens import token_hash

IDLE_LIFE = timedelta(minutes=30)
SEEN_EVERY = timedelta(seconds=60)


@dataclass(frozen=True)
class Claimant:
    """A first sign-in with the office code: it may register the office and nothing else."""

    office_id: int
    office_code: str
    office_name: str
    session_id: int
    ip: str


def is_live(token: str) -> bool:
    """Whether the token opens anything: the gate before media and uploads."""
    return identify(token, ip="") is not None


def identify(token: str, *, ip: str) -> Actor | Claimant | None:
    """Who the holder of the token is at this moment: rights, state and role as they are now.

    What this run then reads is as of this moment, too (cache.look).
    """
    cache.forget()
    if not token:
        return None
    moment = now()
    asked = {"token": token_hash(token), "now": moment, "idle_since": moment - IDLE_LIFE}
    with looking() as connection:
        rows = connection.execute(_HOLDER, asked).all()
        cache.look(connection)
    if not rows:
        return None
    if now() - rows[0].seen_at > SEEN_EVERY:
        _touch(rows[0].session_id)
    return _actor(rows, ip) if rows[0].user_id is not None else _claimant(rows[0], ip)


_IS_CLAIMED = (
    select(Registration.id)
    .where(Registration.office_id == Office.id, Registration.state == RegistrationState.CONFIRMED)
    .exists()
)


# One row per right of the holder, or one without any; none when the session is over. Columns, not
# entities, and built once: this runs on every click.
_HOLDER = (
    select(
        BrowserSession.id.label("session_id"),
        BrowserSession.seen_at,
        BrowserSession.user_id,
        User.prefix,
        User.first_name,
        User.last_name,
        User.role,
        User.must_change_password,
        Office.id.label("office_id"),
        Office.code.label("office_code"),
        Office.name_th.label("office_name"),
        or_(Office.kind != OfficeKind.DISTRICT, _IS_CLAIMED).label("is_confirmed"),
        UserRight.work,
        UserRight.level,
    )
    # a closed account has no user here, hence no office, hence no row
    .outerjoin(User, and_(User.id == BrowserSession.user_id, User.is_active))
    .join(Office, Office.id == func.coalesce(User.office_id, BrowserSession.office_id))
    .outerjoin(UserRight, UserRight.user_id == User.id)
    .where(
        BrowserSession.token_hash == bindparam("token"),
        BrowserSession.revoked_at.is_(None),
        BrowserSession.expires_at > bindparam("now"),
        BrowserSession.seen_at > bindparam("idle_since"),
    )
)


def _claimant(row: Row[*tuple[Any, ...]], ip: str) -> Claimant:
    return Claimant(row.office_id, row.office_code, row.office_name, row.session_id, ip)


def _actor(rows: Sequence[Row[*tuple[Any, ...]]], ip: str) -> Actor:
    first = rows[0]
    return Actor(
        user_id=first.user_id,
        office_id=first.office_id,
        office_code=first.office_code,
        office_name=first.office_name,
        name=full_name(first.prefix, first.first_name, first.last_name),
        role=first.role,
        scope=scope_of(first.office_code),
        rights={row.work: row.level for row in rows if row.work is not None},
        is_confirmed=bool(first.is_confirmed),
        must_change_password=first.must_change_password,
        session_id=first.session_id,
        ip=ip,
    )


def _touch(session_id: int) -> None:
    with bookkeeping() as session:
        session.execute(
            update(BrowserSession).where(BrowserSession.id == session_id).values(seen_at=now())
        )
