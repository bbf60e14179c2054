"""Counters in the database that slow guessing down: they outlive a restart and hold for all
processes. An attempt is counted before the password is looked at, so that parallel tries do not
slip by."""

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Executable, Integer, bindparam, case, delete, update
from sqlalchemy.orm import Session

from data_layer.clock import now
from data_layer.db import insert_of
from data_layer.keys import keys
from data_layer.models import Throttle


class Limit(NamedTuple):
    """So many attempts in a window; when they are used up, none for one more window."""

    attempts: int
    window: timedelta


ACCOUNT = Limit(5, timedelta(minutes=15))  # DHIS2's rule
ADDRESS = Limit(100, timedelta(minutes=15))  # an office shares one address: room for many people
FIRST_SIGN_IN = Limit(20, timedelta(hours=1))


_CLEARED = delete(Throttle).where(Throttle.key == bindparam("of"))
_GIVEN_BACK = (
    update(Throttle)
    .where(Throttle.key.in_(bindparam("shared", expanding=True)), Throttle.count > 0)
    .values(count=Throttle.count - 1)
)


def account_key(user_name: str) -> str:
    """The counter of a user name, known or not; the name cannot be read from it."""
    return "sign_in:" + keys().blind_index(user_name).hex()[:64]


def reserve(session: Session, key: str, limit: Limit) -> bool:
    """Count one attempt under `key`. False when the limit is used up: do not even look."""
    moment = now()
    asked = {"key": key, "most": limit.attempts, "moment": moment, "over": moment - limit.window}
    connection = session.connection()
    return connection.execute(_counting(connection.dialect.name), asked).first() is not None


@lru_cache
def _counting(dialect: str) -> Executable:
    """Built once: to build it costs more than to run it, and each sign-in runs it twice."""
    moment = bindparam("moment", type_=Throttle.started_at.type)
    most = bindparam("most", type_=Integer)
    is_over = Throttle.started_at <= bindparam("over")
    used = case((is_over, 1), else_=Throttle.count + 1)
    # the window starts anew with the attempt that uses it up: a full pause follows
    starts = case((is_over | (used >= most), moment), else_=Throttle.started_at)
    first = insert_of(dialect, Throttle).values(key=bindparam("key"), count=1, started_at=moment)
    counted: Executable = first.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={"count": used, "started_at": starts},
        where=is_over | (Throttle.count < most),
    ).returning(Throttle.count)
    return counted


def forgive(session: Session, limits: Sequence[tuple[str, Limit]]) -> None:
    """The right password came: its account starts anew, shared addresses get their attempt back.

    Many offices sign in from one address of the government network on deadline day.
    """
    account, *shared = [key for key, _ in limits]
    clear(session, account)
    session.connection().execute(_GIVEN_BACK, {"shared": shared})


def clear(session: Session, key: str) -> None:
    """Forget the attempts under `key`: the right password came, or an administrator unlocked."""
    session.connection().execute(_CLEARED, {"of": key})
