"""Every act is recorded, and nobody changes the record. Requirements L01 and L02."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from data_layer import audit
from data_layer.access import NotAllowed, Role
from data_layer.config import config
from data_layer.db import UnrecordedWrite, engine, reading, writing
from data_layer.models import AuditEntry, Office
from data_layer.services import (
    account,
    exports,
    office_codes,
    offices,
    registrations,
    sign_in,
    sso_listings,
    users,
)
from tests import people
from tests.people import ADMIN, CENTRAL, IP, NEWCOMER, OFFICER, PROVINCE

pytestmark = pytest.mark.usefixtures("database")
SSO_LIST = (",".join(sso_listings.COLUMNS) + "\n4811,นายจริง ใจดี,ท้องถิ่นอำเภอ,นาทม\n").encode()
AUTHORITIES = (",".join(offices.LIST_COLUMNS.values()) + "\n06480501,อบต.ทดสอบ,อบต.,,,\n").encode()


def acts_since(number):
    with reading() as session:
        statement = select(AuditEntry).where(AuditEntry.id > number).order_by(AuditEntry.id)
        return list(session.scalars(statement))


def last_number():
    with reading() as session:
        return session.scalar(select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(1))


def broken():
    with reading() as session:
        return list(audit.broken_entries(session))


def test_l01_each_act_leaves_one_entry_that_says_who_what_where_and_when(clock):
    supervisor, centre = people.actor(PROVINCE), people.actor(CENTRAL)
    admin, officer = people.actor(ADMIN), people.user_id(OFFICER)
    begun = last_number()

    with pytest.raises(sign_in.SignInRefused):
        people.sign_in_with(OFFICER.citizen_id, "wrong")
    sign_in.sign_out(people.sign_in_as(OFFICER))
    people.claim(NEWCOMER)
    registrations.refuse(supervisor, people.claim_id(NEWCOMER.office), "เหตุผล")
    office_codes.issue_codes(supervisor, [NEWCOMER.office])
    registrations.confirm(supervisor, people.claim_id(people.WAITING))
    registrations.reset_admin(supervisor, people.claim_id(people.WAITING))
    registrations.revoke(supervisor, people.claim_id(people.WAITING), "เหตุผล")
    offices.set_phone(supervisor, people.CLAIMED, "042511234")
    offices.import_list(centre, AUTHORITIES, "list.csv")
    sso_listings.import_listing(supervisor, SSO_LIST, "sso.csv", listed_on=date(2026, 11, 1))
    exports.export(supervisor, "offices", "48", "csv")
    users.reveal_citizen_id(supervisor, officer)
    users.reset_password(admin, officer)
    users.set_active(admin, officer, is_active=False)
    users.set_active(admin, officer, is_active=True)
    account.update(admin, ADMIN.data)
    account.close_other_sessions(admin)

    entries = acts_since(begun)
    assert [(entry.act, entry.office_code) for entry in entries] == [
        ("session.refuse", "4805"),
        ("session.open", "4805"),
        ("session.close", "4805"),
        ("session.open", "4807"),
        ("registration.create", "4807"),
        ("registration.refused", "4807"),
        ("registration.issue_code", "4800"),
        ("registration.confirmed", "4809"),
        ("user.reset", "4809"),
        ("registration.revoked", "4809"),
        ("office.update", "4805"),
        ("office.import", "0000"),
        ("registration.import", "4800"),
        ("report.export", "48"),
        ("person.reveal", "4805"),
        ("user.reset", "4805"),
        ("user.disable", "4805"),
        ("user.enable", "4805"),
        ("account.update", "4805"),
        ("session.end_others", "4805"),
    ]
    assert {entry.at for entry in entries} == {clock.moment}
    assert {entry.ip for entry in entries} <= {IP, ""}
    by_act = {entry.act: entry for entry in entries}
    assert by_act["person.reveal"].user_id == supervisor.user_id
    assert by_act["session.refuse"].user_id == officer
    assert broken() == []


def test_l01_a_pause_is_told_from_a_wrong_password():
    begun = last_number()

    for _ in range(6):
        with pytest.raises(sign_in.SignInRefused):
            people.sign_in_with(OFFICER.citizen_id, "wrong")

    assert [entry.detail["paused"] for entry in acts_since(begun)] == [False] * 5 + [True]


def test_l01_who_was_refused_what_is_recorded():
    begun = last_number()
    officer, province = people.actor(OFFICER), people.actor(PROVINCE)

    with pytest.raises(NotAllowed):
        users.create(officer, NEWCOMER.data, role=Role.OFFICER, rights={})
    with pytest.raises(NotAllowed):
        exports.export(province, "offices", "81", "csv")

    assert [(entry.act, entry.user_id, entry.detail) for entry in acts_since(begun)] == [
        ("access.refuse", officer.user_id, {"right": "user.write"}),
        ("access.refuse", province.user_id, {"right": "scope", "area": "81"}),
    ]


def test_l01_an_entry_holds_no_name_number_or_telephone():
    with reading() as session:
        entries = list(session.scalars(select(AuditEntry)))

    said = " ".join(str((entry.detail, entry.act, entry.office_code)) for entry in entries)
    for person in people.STANDING:
        assert person.citizen_id not in said
        assert person.phone not in said
        assert person.first_name not in said


def test_l01_a_write_that_forgets_to_record_itself_is_undone():
    with pytest.raises(UnrecordedWrite), writing() as session:
        session.scalars(select(Office)).first().phone = "042511234"

    with reading() as session:
        assert not session.scalar(select(Office.id).where(Office.phone == "042511234"))


def test_l01_an_act_that_fails_leaves_neither_change_nor_entry():
    begun = last_number()

    def fail():
        with writing() as session:
            session.scalars(select(Office)).first().phone = "042511234"
            audit.record(session, "office.update")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert acts_since(begun) == []
    with reading() as session:
        assert not session.scalar(select(Office.id).where(Office.phone == "042511234"))


def test_an_act_that_is_not_allowed_writes_nothing_but_that_it_was_refused():
    admin = people.actor(ADMIN)
    begun = last_number()

    with pytest.raises(NotAllowed):
        offices.set_phone(admin, people.CLAIMED, "042511234")

    assert [entry.act for entry in acts_since(begun)] == ["access.refuse"]
    with reading() as session:
        assert not session.scalar(select(Office.id).where(Office.phone == "042511234"))


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE audit_entries SET act = 'nothing'",
        "UPDATE audit_entries SET ip = '' WHERE id = 1",
        "DELETE FROM audit_entries",
        "DELETE FROM audit_entries WHERE id = 1",
    ],
)
def test_l02_the_database_itself_refuses_to_change_or_delete_an_entry(attempt):
    before = acts_since(0)

    with pytest.raises(DatabaseError, match="append-only"):
        by_hand(attempt)

    assert len(acts_since(0)) == len(before)


def test_l02_postgresql_refuses_to_empty_the_table_too(engine_name):
    if engine_name != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")

    with pytest.raises(DatabaseError, match="append-only"):
        by_hand("TRUNCATE audit_entries")


@pytest.mark.parametrize(
    "change",
    [
        "act = 'session.close'",
        "ip = '198.51.100.9'",
        "office_code = '8101'",
        "user_id = 77",
        "detail = '[77]'",
        "at = '2020-01-01 00:00:00+00:00'",
    ],
)
def test_l02_whoever_takes_the_protection_off_and_alters_an_entry_is_found_out(change):
    third = acts_since(0)[2].id
    unprotect()

    by_hand(f"UPDATE audit_entries SET {change} WHERE id = {third}")  # noqa: S608

    assert third in broken()


def test_l02_an_entry_that_was_taken_away_is_missed():
    second, third = (entry.id for entry in acts_since(0)[1:3])
    unprotect()

    by_hand(f"DELETE FROM audit_entries WHERE id = {second}")  # noqa: S608

    assert broken() == [third]


def test_l02_entries_written_at_once_form_one_chain():
    actors = [people.actor(person) for person in (ADMIN, OFFICER, PROVINCE, CENTRAL)] * 5

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(account.close_other_sessions, actors))

    assert len([e for e in acts_since(0) if e.act == "session.end_others"]) == 20
    assert broken() == []


def by_hand(statement):
    with engine(config().database_url).execution_options(writes=True).begin() as connection:
        connection.execute(text(statement))


def unprotect():
    if engine(config().database_url).dialect.name == "sqlite":
        by_hand("DROP TRIGGER audit_entries_no_update")
        by_hand("DROP TRIGGER audit_entries_no_delete")
    else:
        by_hand("DROP TRIGGER audit_entries_append_only ON audit_entries")
