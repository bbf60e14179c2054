"""Whether the system can do its work."""

import sqlite3

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from data_layer import schema
from data_layer.config import config
from data_layer.db import is_alive

WAL_RESET_FIXED = (3, 51, 3)  # sqlite.org/wal.html: earlier versions may, very rarely, lose commits


def state() -> dict[str, str]:
    """`database` is ok, away or behind (an older migration); `warning` what to look after."""
    found = {"database": _database()}
    is_sqlite = make_url(config().database_url).get_backend_name() == "sqlite"
    if is_sqlite and sqlite3.sqlite_version_info < WAL_RESET_FIXED:
        found["warning"] = (
            f"SQLite {sqlite3.sqlite_version} has the WAL-reset bug: "
            "keep one server process, or use PostgreSQL"
        )
    return found


def _database() -> str:
    if not is_alive():
        return "away"
    try:
        return "ok" if schema.is_current() else "behind"
    except SQLAlchemyError:
        return "away"
