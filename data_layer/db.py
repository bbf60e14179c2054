"""Engines, transactions, and the one translation of the database's refusals.

`reading()` for reads, `writing()` for every act. SQLite is the embedded default and has one
writer: a process-wide lock and a lock file keep it so, which also keeps clear of the WAL-reset
bug of SQLite before 3.51.3 (sqlite.org/wal.html). PostgreSQL is for several app processes.
"""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from data_layer.config import config
from data_layer.errors import DomainError

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # a commit that was acknowledged survives a power cut
    "busy_timeout=15000",
    "foreign_keys=ON",
    "trusted_schema=OFF",
)
# a refusal of the database tells nobody, not even the log, the values of the row
_POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 20, "hide_parameters": True}
_write_lock = threading.RLock()


class Conflict(DomainError):
    """Somebody else changed the same thing first."""

    text: ClassVar[str] = (
        "มีผู้แก้ไขข้อมูลนี้ก่อนท่าน ระบบจึงยังไม่บันทึก โปรดโหลดหน้านี้ใหม่ ตรวจข้อมูลล่าสุด แล้วทำรายการอีกครั้ง"
    )


class DatabaseAway(DomainError):
    """The database cannot be reached, is full or read-only."""

    text: ClassVar[str] = (
        "ขณะนี้ระบบติดต่อฐานข้อมูลไม่ได้ รายการของท่านยังไม่ถูกบันทึก "
        "โปรดรอสักครู่แล้วลองใหม่ หากยังไม่ได้ โปรดแจ้งผู้ดูแลระบบ"
    )


class UnrecordedWrite(RuntimeError):
    """A write without its audit entry: a mistake in a service, never a user's."""


@cache
def engine(url: str) -> Engine:
    """The engine of a database address; one per process."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, **_POOL)
    if (file := make_url(url).database) is not None:
        Path(file).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = create_engine(url, connect_args={"timeout": 15, "check_same_thread": False}, **_POOL)
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - any DBAPI
    # Python 3.11's sqlite3 begins transactions by itself, and too late: we begin them (below)
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # a writer must take its lock at the start: read-then-write in a DEFERRED transaction fails
    # at once ("database is locked") when another commit came between
    mode = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def reading() -> Iterator[Session]:
    """A session that only reads. Raises DatabaseAway when the database does not answer."""
    with _translated(), Session(engine(config().database_url)) as session:
        yield session


@contextmanager
def looking() -> Iterator[Connection]:
    """The same without the ORM, which doubles the cost: for what is asked in every run."""
    with _translated(), engine(config().database_url).connect() as connection:
        yield connection


@contextmanager
def writing() -> Iterator[Session]:
    """One act: one transaction that holds its audit entry, or nothing.

    Raises Conflict (somebody was first), DatabaseAway, and UnrecordedWrite when the act forgot
    `audit.record`.
    """
    with bookkeeping() as session:
        yield session
        session.flush()
        if not session.info.get("recorded"):
            message = "every write records itself: call audit.record in the same transaction"
            raise UnrecordedWrite(message)


@contextmanager
def bookkeeping() -> Iterator[Session]:
    """A write that is nobody's act: last-seen times, attempt counters, expired rows."""
    target = engine(config().database_url)
    with (
        _translated(),
        _one_writer(target),
        Session(target.execution_options(writes=True)) as session,
        session.begin(),
    ):
        yield session


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (IntegrityError, StaleDataError) as problem:
        raise Conflict from problem
    except OperationalError as problem:
        raise DatabaseAway from problem


@contextmanager
def _one_writer(target: Engine) -> Iterator[None]:
    if target.dialect.name != "sqlite":
        yield
        return
    with _write_lock, Path(f"{target.url.database}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # other processes: the command line beside the server
        yield


def insert(session: Session, table: type) -> Any:  # noqa: ANN401 - the two dialects share no type
    """An INSERT that knows ON CONFLICT, in the dialect of the session's database."""
    return insert_of(session.get_bind().dialect.name, table)


def insert_of(dialect: str, table: type) -> Any:  # noqa: ANN401 - as above
    """The same, by the name of the dialect."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


def is_alive() -> bool:
    """Whether the database answers a question now."""
    try:
        with reading() as session:
            return bool(session.scalar(text("SELECT 1")))
    except DatabaseAway:
        return False
