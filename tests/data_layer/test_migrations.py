"""The migrations give what the models say, on both databases, and can be taken back."""

from datetime import UTC, date, datetime

import pytest
from alembic import command
from sqlalchemy import insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from data_layer import schema, seed
from data_layer.config import config
from data_layer.db import engine
from data_layer.models import (
    Base,
    Extension,
    FormVersion,
    Office,
    Official,
    PastExtension,
    Record,
    RecordFile,
    Round,
    Tenure,
)

pytestmark = pytest.mark.usefixtures("empty_database")
OF_ALEMBIC = "alembic_version"


def own_engine():
    return engine(config().database_url)


def tables():
    return set(inspect(own_engine()).get_table_names()) - {OF_ALEMBIC}


def everything():
    """All that the database itself knows of our tables, CHECKs and partial indexes too."""
    found = inspect(own_engine())
    return {table: _table(found, table) for table in tables()}


def _table(found, table):
    columns = found.get_columns(table)
    return {
        "columns": {
            column["name"]: (str(column["type"]), column["nullable"], column["default"])
            for column in columns
        },
        "key": found.get_pk_constraint(table),
        "checks": _by_name(found.get_check_constraints(table)),
        "unique": _by_name(found.get_unique_constraints(table)),
        "foreign": _by_name(found.get_foreign_keys(table)),
        "indexes": {
            index["name"]: (
                index["column_names"], bool(index["unique"]),
                {key: str(value) for key, value in index.get("dialect_options", {}).items()},
            )
            for index in found.get_indexes(table)
        },
    }  # fmt: skip


def _by_name(constraints):
    return {each["name"]: each for each in constraints}


def test_from_empty_to_the_newest_and_once_more_changes_nothing():
    assert not schema.is_current()

    schema.migrate()
    before = everything()
    schema.migrate()

    assert schema.is_current()
    assert everything() == before
    assert tables() == set(Base.metadata.tables)


def test_migrations_and_models_agree_to_the_last_check_and_index():
    schema.migrate()
    by_migrations = everything()
    command.downgrade(schema.alembic_config(), "base")

    Base.metadata.create_all(own_engine())

    by_models = everything()
    assert by_migrations.keys() == by_models.keys()
    for table, facts in by_models.items():
        for kind, said in facts.items():
            assert by_migrations[table][kind] == said, f"{table}: {kind}"


def test_the_comparison_sees_the_rules_that_alembic_does_not():
    schema.migrate()

    found = everything()

    checks = {name for facts in found.values() for name in facts["checks"]}
    assert {"ck_offices_authority_has_kind", "ck_users_role", "ck_registrations_state"} <= checks
    _, is_unique, options = found["registrations"]["indexes"]["uq_registrations_live_office"]
    assert is_unique
    assert "waiting" in str(options)


def test_an_installation_of_the_first_release_comes_forward_with_its_rows():
    command.upgrade(schema.alembic_config(), "0001_create_first_tables")
    schema.ensure_keys()
    schema.prove_keys()
    seed.seed_offices()

    schema.migrate()

    assert schema.is_current()
    schema.prove_keys()
    with own_engine().connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM offices")) == 955
        assert connection.scalar(text("SELECT count(*) FROM records")) == 0


def test_the_register_of_authorities_comes_to_offices_that_are_there_and_holds_its_rules():
    command.upgrade(schema.alembic_config(), "0002_create_rounds")
    schema.ensure_keys()
    schema.prove_keys()
    seed.seed_offices()

    schema.migrate()

    add = "INSERT INTO {} SELECT id, {} FROM offices WHERE code = '4805'"
    population = "authority_populations (office_id, year, population, recorded_at)"
    profile = (
        "authority_profiles (office_id, valid_on, address, phone, mailbox, area_ares, recorded_at)"
    )
    refused = (
        add.format(population, "2026, 5000, '2026-01-01'"),
        add.format(population, "2569, -1, '2026-01-01'"),
        add.format(profile, "'2026-01-01', '', '', '', 0, '2026-01-01'"),
        add.format("office_successions (predecessor_id, successor_id, since)", "id, '2026-01-01'"),
    )
    with own_engine().execution_options(writes=True).connect() as connection:
        for statement in refused:
            with pytest.raises(IntegrityError), connection.begin():
                connection.execute(text(statement))
        with connection.begin():
            connection.execute(text(add.format(population, "2568, 5000, '2026-01-01'")))
            connection.execute(
                text(add.format(profile, "'2026-01-01', '', '', '', 1, '2026-01-01'"))
            )
    command.downgrade(schema.alembic_config(), "0002_create_rounds")
    with own_engine().connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM offices")) == 955


def test_the_register_of_officials_comes_to_offices_that_are_there_and_holds_its_rules():
    command.upgrade(schema.alembic_config(), "0003_create_authority_profiles")
    schema.ensure_keys()
    schema.prove_keys()
    seed.seed_offices()

    schema.migrate()

    with own_engine().execution_options(writes=True).connect() as connection:
        with connection.begin():
            for number in (1, 2):
                connection.execute(_person(number))
            connection.execute(_tenure(1, post="mayor"))
        refused = (
            _tenure(2, post="mayor"),  # a second mayor
            _tenure(1, post="adviser"),  # one person in two places
            _tenure(2, post="member"),  # a member of no constituency
            _tenure(2, post="adviser", constituency=1),
            _tenure(2, post="adviser", ended_on=date(2021, 1, 1)),  # left for no reason
            _tenure(2, post="adviser", elected_on=date(2022, 1, 1)),  # in before the election
            _tenure(2, post="member", constituency=1, acquisition="elected"),
        )
        for statement in refused:
            with pytest.raises(IntegrityError), connection.begin():
                connection.execute(statement)
        with connection.begin():
            connection.execute(_tenure(1, post="speaker"))
    command.downgrade(schema.alembic_config(), "0003_create_authority_profiles")
    with own_engine().connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM offices")) == 955


def _person(number):
    return insert(Official).values(
        id=number,
        uid=str(number),
        citizen_id_sealed=b"0",
        citizen_id_index=b"%d" % number,
        phone_sealed=b"0",
        birth_sealed=b"0",
        prefix="นาย",
        first_name="ก",
        last_name="ข",
        sex="male",
    )


def _tenure(person, **facts):
    office = select(Office.id).where(Office.code == "4805").scalar_subquery()
    standing = {
        "official_id": person,
        "office_id": office,
        "acquisition": "appointed",
        "began_on": date(2020, 12, 20),
        "reasons": {},
        "recorded_at": datetime(2021, 1, 1, tzinfo=UTC),
    }
    return insert(Tenure).values(standing | facts)


def test_files_come_to_records_that_are_there_and_hold_their_rules():
    command.upgrade(schema.alembic_config(), "0004_create_officials")
    schema.ensure_keys()
    schema.prove_keys()
    seed.seed_offices()
    with own_engine().execution_options(writes=True).begin() as connection:
        for statement in _a_record():
            connection.execute(statement)

    schema.migrate()

    with own_engine().execution_options(writes=True).connect() as connection:
        with connection.begin():
            connection.execute(_file("one", "plan"))
        refused = (
            _file("two", "plan"),  # a second one for the same question
            _file("one", "map"),  # the same file twice
            _file("three", "map", size=0),
            _file("four", "map", record_id=9),  # of no record
        )
        for statement in refused:
            with pytest.raises(IntegrityError), connection.begin():
                connection.execute(statement)
    command.downgrade(schema.alembic_config(), "0004_create_officials")
    with own_engine().connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM records")) == 1


def _a_record():
    """A round, a form and a draft, as the release before kept them."""
    moment, later = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC)
    yield insert(Round).values(
        id=1, code="2569", title="รอบ", opens_at=moment, due_at=later, closes_at=later,
        kinds=[], version=1,
    )  # fmt: skip
    yield insert(FormVersion).values(
        id=1, form_id="survey", number=1, title="แบบ", source="{}", created_at=moment
    )
    office = select(Office.id).where(Office.code == "4805").scalar_subquery()
    sealed = {f"{name}_sealed": b"0" for name in ("answers", "reasons", "returned")}
    yield insert(Record).values(
        id=1, uid="1", round_id=1, form_id="survey", office_id=office, form_version_id=1,
        state="draft", unconfirmed=[], needed=0, filled=0, is_late=False, changed_at=moment,
        note="", version=1, **sealed,
    )  # fmt: skip


def _file(uid, path, *, size=1, record_id=1):
    return insert(RecordFile).values(
        uid=uid, record_id=record_id, path=path, name_sealed=b"0", media_type="application/pdf",
        size=size, content_sealed=b"0", at=datetime(2026, 11, 1, tzinfo=UTC),
    )  # fmt: skip


def test_what_stood_before_comes_to_more_time_that_is_there():
    command.upgrade(schema.alembic_config(), "0005_create_record_files")
    schema.ensure_keys()
    schema.prove_keys()
    seed.seed_offices()
    with own_engine().execution_options(writes=True).begin() as connection:
        for statement in (*_a_record(), _given(Extension)):
            connection.execute(statement)

    schema.migrate()

    with own_engine().execution_options(writes=True).begin() as connection:
        connection.execute(_given(PastExtension))
        connection.execute(_given(PastExtension))  # any number for one office
    command.downgrade(schema.alembic_config(), "0005_create_record_files")
    with own_engine().connect() as connection:
        assert connection.scalar(text("SELECT reason FROM extensions")) == "น้ำท่วม"


def _given(table):
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    office = select(Office.id).where(Office.code == "4805").scalar_subquery()
    return insert(table).values(
        round_id=1, office_id=office, until=moment, reason="น้ำท่วม", given_at=moment
    )


def test_nothing_of_ours_is_left_after_taking_all_back():
    schema.migrate()
    command.downgrade(schema.alembic_config(), "base")

    left = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if own_engine().dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal UNION ALL SELECT proname "
        "FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    with own_engine().connect() as connection:
        assert connection.execute(text(left)).all() == []
