"""What every test may ask for: a database of its own, on both engines, and a clock that moves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from data_layer import clock as system_clock
from data_layer import db, passwords
from data_layer.config import config
from data_layer.exchange import reading
from tests import databases, people, warm_reader
from tests.databases import PostgresTemplate, SqliteTemplate

MORNING = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # ten o'clock in Thailand
LONGEST_NAME = 80
COSTLY = passwords._hasher
CAREFUL = db.SQLITE_PRAGMAS
COLD = reading._run_child
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ENGINES = {"sqlite": SqliteTemplate, "postgresql": PostgresTemplate}
Template = SqliteTemplate | PostgresTemplate


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes name no test: a time in them gives it another name in each process, and none runs.

    Nor does a long text: nobody could read the list of the tests.
    """
    is_long = isinstance(val, str) and len(val) > LONGEST_NAME
    return argname if is_long or isinstance(val, bytes) else None


class Clock:
    """Time stands still until a test moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        """clock.forward(minutes=5)"""
        self.moment += timedelta(**span)


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """A password costs 40 ms of a core on purpose, and the tests keep and compare thousands."""
    with pytest.MonkeyPatch.context() as patch:
        _hash_by(CHEAP, patch)
        yield


@pytest.fixture
def costly_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost what they cost in operation; a kept one does after its next sign-in."""
    _hash_by(COSTLY, monkeypatch)


@pytest.fixture(scope="session", autouse=True)
def _careless_commits() -> Iterator[None]:
    """No test pulls the plug: a commit that waits for the disk only costs time (3 ms each)."""
    careless = [each.replace("synchronous=FULL", "synchronous=OFF") for each in CAREFUL]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "SQLITE_PRAGMAS", careless)
        yield


@pytest.fixture(scope="session", autouse=True)
def _warm_reader() -> Iterator[None]:
    """An uploaded table is read by a process that need not start from nothing."""
    with warm_reader.started() as reader, pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_run_child", reader.run)
        yield


@pytest.fixture
def careful_commits(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits wait for the disk as in operation."""
    monkeypatch.setattr(db, "SQLITE_PRAGMAS", CAREFUL)
    db.engine(database).dispose()


def _hash_by(hasher: PasswordHasher, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(passwords, "_hasher", hasher)
    patch.setattr(passwords, "_NOBODY", hasher.hash("nobody"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock, an hour after the people of the tests came in."""
    moving = Clock(MORNING + timedelta(hours=1))
    monkeypatch.setattr(system_clock, "read_clock", moving)
    return moving


@pytest.fixture(scope="session")
def keys_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The key file of the templates, and so of every copy."""
    return tmp_path_factory.mktemp("keys") / "phrom.keys"


@pytest.fixture(scope="session")
def template(
    tmp_path_factory: pytest.TempPathFactory, keys_file: Path
) -> Iterator[Callable[..., Template]]:
    """template("sqlite", people.come_in): that engine's, peopled so; made when first wanted."""
    started: list[PostgresTemplate] = []

    @cache
    def made(engine: str, peopled: Callable[[], None]) -> Template:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(system_clock, "read_clock", Clock(MORNING))
            found = ENGINES[engine](tmp_path_factory.mktemp(engine), keys_file, peopled)
        if isinstance(found, PostgresTemplate):
            started.append(found)
        return found

    yield made
    for server in started:
        server.stop()


@contextmanager
def _served(found: Template, keys_file: Path) -> Iterator[str]:
    """A copy of the template, which this process works on."""
    with (
        found.copy() as url,
        databases.settings(DATABASE_URL=url, KEYS_FILE=str(keys_file)),
    ):
        yield url


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Every test of the database runs on both."""
    return request.param


@pytest.fixture
def database(
    engine_name: str,
    template: Callable[..., Template],
    keys_file: Path,
    clock: Clock,
) -> Iterator[str]:
    """The address of a database with the real offices and the people of tests/people.py."""
    with _served(template(engine_name, people.come_in), keys_file) as url:
        yield url


@pytest.fixture
def demo_database(
    engine_name: str,
    template: Callable[..., Template],
    keys_file: Path,
    clock: Clock,
) -> Iterator[str]:
    """The address of a new installation with the demo set.

    It takes seconds to load: its tests are of the group `demo`, so that one process does it.
    """
    with _served(template(engine_name, people.load_demo), keys_file) as url:
        yield url


@pytest.fixture
def empty_database(
    engine_name: str,
    template: Callable[..., Template],
    tmp_path: Path,
    clock: Clock,
) -> Iterator[str]:
    """The address of a database without a table, and a place for keys that is empty too."""
    with (
        template(engine_name, people.come_in).empty(tmp_path) as url,
        databases.settings(DATABASE_URL=url, KEYS_FILE=str(tmp_path / "keys" / "phrom.keys")),
    ):
        yield url


@pytest.fixture
def onboarding(database: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """onboarding("letter"): the server runs with that mode from here on."""

    def chosen(mode: str) -> None:
        monkeypatch.setenv("ONBOARDING", mode)
        config.cache_clear()

    return chosen


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were really compared with a kept hash, in order."""
    seen: list[str] = []
    verify = passwords.verify

    def counting(kept: str | None, password: str) -> bool:
        seen.append(password)
        return verify(kept, password)

    monkeypatch.setattr(passwords, "verify", counting)
    return seen
