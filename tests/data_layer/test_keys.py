"""Keys, sealed values and their rotation. Requirements C02, C03, C04."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, select, update

from data_layer import keys as key_store
from data_layer import rotation, schema
from data_layer.config import config
from data_layer.db import bookkeeping, reading
from data_layer.keys import KeysUnusable, keys, make_keys, read_keys, write_keys
from data_layer.models import Canary, User
from data_layer.services import account
from tests import people
from tests.databases import restart
from tests.people import ADMIN, OFFICER, VIEWER


@pytest.fixture
def own_keys(database, tmp_path, monkeypatch):
    """A key file that this test alone may change."""
    file = tmp_path / "own.keys"
    write_keys(keys(), file)
    monkeypatch.setenv("KEYS_FILE", str(file))
    restart()
    return file


def test_c02_every_flipped_bit_is_noticed():
    made = make_keys()
    sealed = made.encrypt("1101700230708", "users.citizen_id:1")

    for place in range(1, len(sealed)):
        flipped = bytearray(sealed)
        flipped[place] ^= 1
        with pytest.raises(KeysUnusable):
            made.decrypt(bytes(flipped), "users.citizen_id:1")
    with pytest.raises(KeysUnusable):
        made.decrypt(bytes([9]) + sealed[1:], "users.citizen_id:1")


def test_c02_the_same_text_is_never_sealed_to_the_same_bytes():
    made = make_keys()

    assert len({made.encrypt("1101700230708", "x") for _ in range(50)}) == 50


@pytest.mark.parametrize("column", ["phone_sealed", "email_sealed"])
def test_c02_a_value_moved_to_another_row_or_column_does_not_open(database, column):
    with reading() as session:
        taken = session.get_one(User, people.user_id(ADMIN)).citizen_id_sealed
    with bookkeeping() as session:
        session.execute(
            update(User).where(User.id == people.user_id(OFFICER)).values(citizen_id_sealed=taken)
        )
        session.execute(
            update(User).where(User.id == people.user_id(ADMIN)).values({column: taken})
        )

    with reading() as session:
        with pytest.raises(KeysUnusable):
            _ = session.get_one(User, people.user_id(OFFICER)).citizen_id
        with pytest.raises(KeysUnusable):
            _ = getattr(session.get_one(User, people.user_id(ADMIN)), column.split("_")[0])


def test_c03_refuses_to_start_with_the_wrong_keys(own_keys):
    own_keys.unlink()
    write_keys(make_keys(), own_keys)
    restart()

    with pytest.raises(KeysUnusable):
        schema.prove_keys()


def test_c03_refuses_to_make_new_keys_where_data_was_sealed_with_lost_ones(own_keys):
    own_keys.unlink()
    restart()

    with pytest.raises(KeysUnusable):
        schema.ensure_keys()
    assert not own_keys.exists()


def test_c03_keys_of_a_new_installation_are_made_once(empty_database):
    schema.ensure_keys()
    made = read_keys(config().keys_file)

    schema.ensure_keys()
    schema.migrate()
    schema.prove_keys()
    schema.prove_keys()

    assert read_keys(config().keys_file) == made


def test_c03_after_a_rotation_everything_is_under_the_new_key_and_reads_the_same(own_keys):
    before = _blobs()
    assert {blob[0] for blob in before} == {1}

    count = rotation.rotate()

    after = _blobs()
    assert count == len(before) == len(after)
    assert {blob[0] for blob in after} == {2}
    assert rotation.count_old() == 0
    restart()
    schema.prove_keys()
    own = account.own_data(people.identify(people.sign_in_as(OFFICER)))
    assert (own.phone, own.email) == (OFFICER.phone, OFFICER.email)


def test_c03_with_the_new_key_alone_everything_still_opens(own_keys):
    rotation.rotate()
    both = read_keys(own_keys)

    key_store.replace_keys(key_store.Keys(both.index, both.demo, {2: both.data[2]}), own_keys)
    restart()

    schema.prove_keys()
    assert account.own_data(people.actor(VIEWER)).phone == VIEWER.phone


def test_c03_a_server_that_runs_meanwhile_goes_on_reading(own_keys):
    old = keys()
    who = people.actor(OFFICER)
    rotation.rotate()
    keys.cache_clear()
    keys_of_the_server = key_store.keys
    assert keys_of_the_server().current == 2

    sealed_by_the_server = old.encrypt("x", "place")

    assert key_store.keys_that_open(sealed_by_the_server).decrypt(sealed_by_the_server, "place")
    assert account.own_data(who).phone == OFFICER.phone


def test_c03_a_process_that_knows_only_the_old_key_reads_the_file_anew(own_keys, monkeypatch):
    old_file = own_keys.read_bytes()
    rotation.rotate()
    new_file = own_keys.read_bytes()
    own_keys.write_bytes(old_file)
    keys.cache_clear()
    assert keys().current == 1
    own_keys.write_bytes(new_file)

    assert account.own_data(people.actor(OFFICER)).phone == OFFICER.phone


def test_c03_nobody_who_reads_or_writes_during_a_rotation_notices(own_keys, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    persons = (ADMIN, OFFICER, VIEWER)

    def work(person):
        who = people.actor(person)
        for _ in range(4):
            account.update(who, person.data)
            assert account.own_data(who).phone == person.phone
        return True

    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(work, person) for person in persons]
        pool.submit(rotation.rotate).result()
        assert all(answer.result() for answer in answers)

    rotation.reseal()
    assert rotation.count_old() == 0


def test_c03_a_rotation_that_was_cut_off_is_finished_by_the_next(own_keys):
    key_store.replace_keys(keys().rotated(), own_keys)
    keys.cache_clear()
    with bookkeeping() as session:
        rotation._reseal_batch(session, next(rotation.sealed_places()))
    assert rotation.count_old()

    rotation.reseal()

    assert rotation.count_old() == 0


def test_c04_the_key_file_is_its_owners_alone(own_keys):
    assert own_keys.stat().st_mode & 0o777 == 0o600
    rotation.rotate()
    assert own_keys.stat().st_mode & 0o777 == 0o600

    for mode in (0o640, 0o604, 0o660, 0o666):
        own_keys.chmod(mode)
        with pytest.raises(KeysUnusable):
            read_keys(own_keys)


def test_c04_no_umask_opens_the_key_file(tmp_path):
    before = os.umask(0)
    try:
        write_keys(make_keys(), tmp_path / "deep" / "phrom.keys")
    finally:
        os.umask(before)

    assert (tmp_path / "deep" / "phrom.keys").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "deep").stat().st_mode & 0o077 == 0


def test_a_key_file_is_never_written_over(tmp_path):
    write_keys(make_keys(), tmp_path / "phrom.keys")

    with pytest.raises(FileExistsError):
        write_keys(make_keys(), tmp_path / "phrom.keys")


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"index": "00"}', "not json"])
def test_a_broken_key_file_is_refused_in_words(tmp_path, text):
    file = tmp_path / "phrom.keys"
    file.write_text(text)
    file.chmod(0o600)

    with pytest.raises(KeysUnusable, match="not a key file"):
        read_keys(file)


def _blobs():
    with reading() as session:
        users = session.scalars(select(User)).all()
        words = session.scalars(select(Canary.word_sealed)).all()
        sealed = [(u.citizen_id_sealed, u.phone_sealed, u.email_sealed) for u in users]
        return [blob for blobs in sealed for blob in blobs] + list(words)


def test_a_canary_is_planted_once(database):
    with bookkeeping() as session:
        session.execute(delete(Canary))

    schema.prove_keys()
    schema.prove_keys()

    with reading() as session:
        assert [each.word for each in session.scalars(select(Canary))] == [schema.WORD]
