"""Connections and transactions. Requirements D02, D07, and C01: nothing personal in the open."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError

from data_layer import audit, db, logs
from data_layer.config import config
from data_layer.db import Conflict, DatabaseAway, engine, reading, writing
from data_layer.models import Office, Throttle, User
from data_layer.models.people import new_uid
from data_layer.services import account, registrations, sign_in, users
from tests import people
from tests.databases import restart
from tests.people import ADMIN, NEWCOMER, OFFICER, PROVINCE, STANDING

pytestmark = pytest.mark.usefixtures("database")
EXPECTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 15000,
    "trusted_schema": 0,
}


@pytest.fixture
def on_sqlite(engine_name):
    if engine_name != "sqlite":
        pytest.skip("of SQLite")


@pytest.mark.usefixtures("on_sqlite", "careful_commits")
def test_d02_every_connection_of_the_pool_is_set_to_lose_nothing():
    with ExitStack() as stack:
        opened = [stack.enter_context(engine(config().database_url).connect()) for _ in range(15)]

        for connection in opened:
            found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in EXPECTED}
            assert found == EXPECTED


def test_d02_postgresql_waits_for_the_disk_unless_somebody_turns_it_off(engine_name):
    if engine_name != "postgresql":
        pytest.skip("of PostgreSQL")
    with reading() as session:
        boot = "SELECT boot_val FROM pg_settings WHERE name = :name"
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            assert session.scalar(text(boot), {"name": name}) == "on"


def test_of_many_who_read_and_then_write_at_once_nobody_is_turned_away():
    def count_up(_):
        with writing() as session:
            office = session.get_one(Office, 1, with_for_update=True)
            office.phone = str(int(office.phone or 0) + 1)
            audit.record(session, "test.count")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_up, range(40)))

    with reading() as session:
        assert session.get_one(Office, 1).phone == "40"


def test_a_refusal_of_the_database_is_a_conflict_and_undoes_everything():
    def take_the_code_of_another():
        with writing() as session:
            session.get_one(Office, 1).phone = "042511234"
            audit.record(session, "test")
            session.get_one(Office, 2).code = session.get_one(Office, 1).code

    with pytest.raises(Conflict):
        take_the_code_of_another()

    with reading() as session:
        assert session.get_one(Office, 1).phone == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE offices SET kind = 'village' WHERE id = 1",
        "UPDATE offices SET authority_kind = 'tao' WHERE id = 1",
        "UPDATE offices SET district_code = NULL WHERE kind = 'district'",
        "UPDATE offices SET opened_on = '2026-01-02', closed_on = '2026-01-01' WHERE id = 1",
        "UPDATE users SET role = 'king'",
        "UPDATE users SET one_time_until = '2026-01-01', must_change_password = false",
        "UPDATE users SET office_id = 999999",
        "UPDATE users SET citizen_id_index = (SELECT u.citizen_id_index FROM users u LIMIT 1)",
        "UPDATE registrations SET state = 'refused', reason = ''",
        "UPDATE registrations SET office_id = (SELECT min(r.office_id) FROM registrations r)",
        "UPDATE browser_sessions SET office_id = 1",
        "UPDATE browser_sessions SET user_id = NULL",
        "INSERT INTO user_rights (user_id, work, level) VALUES (1, 'survey', 'all')",
    ],
)
def test_the_database_refuses_what_the_rules_forbid(statement):
    with engine(config().database_url).begin() as connection, pytest.raises(IntegrityError):
        connection.execute(text(statement))


def test_a_database_that_is_away_is_said_in_words(tmp_path, monkeypatch):
    folder = tmp_path / "a folder, not a database"
    folder.mkdir()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder}")
    restart()

    assert not db.is_alive()
    with pytest.raises(DatabaseAway), reading() as session:
        session.get(Throttle, "x")


def test_c01_no_number_telephone_address_or_password_stands_in_the_open(tmp_path, capsys):
    logs.configure()
    everybody = (*STANDING, NEWCOMER)
    people.claim(NEWCOMER)
    supervisor = people.actor(PROVINCE)
    one_time = users.reset_password(people.actor(ADMIN), people.user_id(OFFICER))
    registrations.waiting(supervisor)
    account.update(people.actor(ADMIN), ADMIN.data)
    users.reveal_citizen_id(supervisor, people.user_id(OFFICER))
    for person in everybody:
        with pytest.raises(sign_in.SignInRefused):
            people.sign_in_with(person.citizen_id, "wrong")
    logs.error_number(_refused_row(ADMIN))
    token = people.token_of(ADMIN)
    logging.root.handlers.clear()

    log = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert log  # its lines are ASCII; what they say is looked through as people read it

    kept = everything_on_disk() + json.dumps(log, ensure_ascii=False).encode()
    assert b"person.reveal" in kept  # it looked in the right place
    for person in everybody:
        for secret in (person.citizen_id, person.phone, person.email, person.password):
            assert secret.encode() not in kept
    assert one_time.encode() not in kept
    assert token.encode() not in kept


def _refused_row(person):
    """What the database says when it refuses a row that is there already."""
    try:
        with engine(config().database_url).begin() as connection:
            connection.execute(
                User.__table__.insert().values(
                    uid=new_uid(),
                    office_id=1,
                    role="viewer",
                    citizen_id_sealed=b"",
                    citizen_id_index=b"",
                    phone_sealed=b"",
                    email_sealed=b"",
                    prefix=person.citizen_id,
                    first_name=person.phone,
                    last_name=person.email,
                    position="",
                    password_hash=person.password,
                    must_change_password=None,
                    created_at=None,
                    version=1,
                )
            )
    except IntegrityError as problem:
        return problem
    raise AssertionError


def everything_on_disk():
    """The bytes of a SQLite database with its log, or every row of PostgreSQL as text."""
    url = make_url(config().database_url)
    if url.get_backend_name() == "sqlite":
        return b"".join(file.read_bytes() for file in Path(url.database).parent.glob("phrom.db*"))
    rows = []
    with reading() as session:
        tables = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for table in session.scalars(tables).all():
            rows += session.scalars(text(f'SELECT t::text FROM "{table}" t')).all()  # noqa: S608
    return "\n".join(rows).encode()
