"""Signing in and out, and who a browser is on each run. Requirements A03, A04, A06, A07, A18."""

from hashlib import sha256

import pytest
from sqlalchemy import event, select

from data_layer import db
from data_layer.access import Actor, Role
from data_layer.clock import now
from data_layer.config import config
from data_layer.db import reading
from data_layer.models import BrowserSession, LoginTicket
from data_layer.services import account, identity, sign_in, users
from data_layer.services.sign_in import SignInRefused
from tests import people
from tests.people import ADMIN, BROWSER, CENTRAL, IP, OFFICER, PROVINCE, UNCONFIRMED, VIEWER

pytestmark = pytest.mark.usefixtures("database")


def ticket_of(person, browser=BROWSER):
    return sign_in.attempt(person.citizen_id, person.password, browser=browser, ip=IP)


def redeemed(ticket, browser=BROWSER, old_token=""):
    return sign_in.redeem(ticket, browser=browser, old_token=old_token, device="Chrome · Windows")


@pytest.mark.parametrize(
    ("username", "password"),
    [
        (OFFICER.citizen_id, "ฝนตกที่ท่าน้ำวันอาทิตย์"),
        (OFFICER.citizen_id, ""),
        (OFFICER.citizen_id, OFFICER.password + " "),
        (OFFICER.citizen_id, people.INITIAL),
        ("1999900000013", OFFICER.password),
        ("", ""),
        ("ไม่ใช่ตัวเลข", OFFICER.password),
        ("4800", people.INITIAL),
        ("0000", people.INITIAL),
        (people.CLAIMED, people.INITIAL),
        (people.WAITING, people.INITIAL),
        (people.UNCLAIMED, "123457"),
    ],
)
def test_refuses_whoever_does_not_give_a_known_name_with_its_password(username, password):
    with pytest.raises(SignInRefused):
        sign_in.attempt(username, password, browser=BROWSER, ip=IP)


@pytest.mark.parametrize("person", people.STANDING, ids=lambda person: person.first_name)
def test_a_person_signs_in_with_number_and_password(person):
    who = people.identify(people.sign_in_as(person))

    assert (who.office_code, who.role) == (person.office, person.role)
    assert who.name == f"นางสาว{person.first_name} ทดสอบดี"


def test_the_number_may_be_typed_with_thai_digits_blanks_and_dashes():
    thai = OFFICER.citizen_id.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))

    token = people.sign_in_with(f" {thai[0]}-{thai[1:5]} {thai[5:]}", OFFICER.password)

    assert people.identify(token).role is Role.OFFICER


def test_the_refusal_never_says_what_was_typed():
    with pytest.raises(SignInRefused) as refused:
        people.sign_in_with(OFFICER.citizen_id, "wrong")

    assert OFFICER.citizen_id not in str(refused.value)


def test_a03_a_sign_in_gives_a_new_session_and_ends_the_one_before_in_that_browser():
    old = people.sign_in_as(OFFICER)

    new = people.redeem(ticket_of(OFFICER), old_token=old)

    assert new != old
    assert identity.identify(old, ip=IP) is None
    assert people.identify(new).role is Role.OFFICER


def test_a03_a_refused_ticket_leaves_the_session_before_as_it_was():
    old = people.sign_in_as(OFFICER)

    assert redeemed("no such ticket", old_token=old) is None

    assert people.identify(old)


def test_a04_a_token_has_256_random_bits_and_only_its_hash_is_kept():
    ticket = ticket_of(OFFICER)
    with reading() as session:
        kept_ticket = session.scalars(select(LoginTicket)).one()
        assert kept_ticket.token_hash == sha256(ticket.encode()).digest()
        assert kept_ticket.browser_hash == sha256(BROWSER.encode()).digest()

    tokens = {people.redeem(ticket), *(people.token_of(OFFICER) for _ in range(20))}

    assert len(tokens) == 21
    assert min(map(len, tokens)) >= 43  # 256 bits in base 64
    with reading() as session:
        kept = set(session.scalars(select(BrowserSession.token_hash)))
    assert {sha256(token.encode()).digest() for token in tokens} <= kept
    assert not any(token.encode() in each for token in tokens for each in kept)


def test_a06_a_session_that_nobody_uses_ends_after_30_minutes(clock):
    token = people.token_of(OFFICER)

    clock.forward(minutes=29, seconds=59)
    assert people.identify(token)

    clock.forward(minutes=30)
    assert identity.identify(token, ip=IP) is None
    assert not identity.is_live(token)


def test_a06_a_session_in_use_ends_after_8_hours(clock):
    token = people.token_of(OFFICER)

    for _ in range(23):
        clock.forward(minutes=20)
        assert people.identify(token)
    clock.forward(minutes=20)

    assert identity.identify(token, ip=IP) is None


def test_a06_a_first_sign_in_of_an_office_ends_after_15_minutes(clock):
    token = people.sign_in_with(people.UNCLAIMED, people.INITIAL)

    clock.forward(minutes=14, seconds=59)
    assert identity.identify(token, ip=IP) is not None
    clock.forward(seconds=1)

    assert identity.identify(token, ip=IP) is None


def test_an_unknown_token_is_nobody():
    assert identity.identify("", ip=IP) is None
    assert identity.identify("no such token", ip=IP) is None
    assert not identity.is_live("")
    assert not identity.is_live("no such token")


def test_who_signs_out_of_a_first_sign_in_stops_no_other_office_on_its_way_in():
    leaving = people.sign_in_with(people.UNCLAIMED, people.INITIAL)
    other = sign_in.attempt("4810", people.INITIAL, browser="another browser", ip=IP)

    sign_in.sign_out(leaving)

    assert identity.identify(leaving, ip=IP) is None
    assert redeemed(other, browser="another browser") is not None


def test_signing_out_ends_the_session_in_the_database():
    token, elsewhere = people.token_of(OFFICER), people.token_of(OFFICER)

    sign_in.sign_out(token)
    sign_in.sign_out("no such token")

    assert identity.identify(token, ip=IP) is None
    assert not identity.is_live(token)
    assert people.identify(elsewhere)


def test_a07_a_disabled_person_is_out_at_the_next_click_and_cannot_come_back():
    token = people.token_of(OFFICER)

    users.set_active(people.actor(ADMIN), people.user_id(OFFICER), is_active=False)

    assert identity.identify(token, ip=IP) is None
    with pytest.raises(SignInRefused):
        people.sign_in_as(OFFICER)


def test_a07_a_new_password_ends_the_other_sessions_and_keeps_this_one():
    here, elsewhere = people.token_of(OFFICER), people.token_of(OFFICER)
    new = "ข้าวเหนียวมะม่วงหน้าบ้าน"

    account.change_password(people.identify(here), OFFICER.password, new, new)

    assert people.identify(here)
    assert identity.identify(elsewhere, ip=IP) is None


def test_a07_a_reset_ends_every_session():
    token = people.token_of(OFFICER)

    users.reset_password(people.actor(ADMIN), people.user_id(OFFICER))

    assert identity.identify(token, ip=IP) is None


def test_a07_a_ticket_made_with_the_old_password_is_dead_after_a_reset():
    ticket = ticket_of(OFFICER)

    users.reset_password(people.actor(ADMIN), people.user_id(OFFICER))

    assert redeemed(ticket) is None


def test_a07_changed_rights_hold_at_the_next_run_of_an_open_session():
    token = people.token_of(VIEWER)
    assert not people.identify(token).may("report.export")

    entry = next(user for user in users.list_users(people.actor(ADMIN)) if user.role is Role.VIEWER)
    users.update(
        people.actor(ADMIN),
        entry.id,
        entry.version,
        VIEWER.data,
        rights=people.rights(reports="write"),
    )

    assert people.identify(token).may("report.export")


def test_a18_a_ticket_works_once():
    ticket = ticket_of(OFFICER)

    assert redeemed(ticket) is not None
    assert redeemed(ticket) is None


def test_a18_a_ticket_works_for_30_seconds(clock):
    ticket = ticket_of(OFFICER)
    clock.forward(seconds=30)

    assert redeemed(ticket) is None


@pytest.mark.parametrize("browser", ["another browser", ""])
def test_a18_a_ticket_works_only_in_its_own_browser_and_is_not_lost_by_a_thief(browser):
    ticket = ticket_of(OFFICER)

    assert redeemed(ticket, browser=browser) is None
    assert redeemed(ticket) is not None


def test_a18_a_ticket_of_a_browser_without_a_cookie_works_nowhere():
    assert redeemed(ticket_of(OFFICER, browser=""), browser="") is None


def test_a12_who_waits_for_the_province_may_do_nothing_but_keep_the_own_account():
    who = people.identify(people.sign_in_as(UNCONFIRMED))

    assert not who.is_confirmed
    assert who.permissions == {"account.read", "account.write"}


def test_a15_who_holds_a_one_time_password_may_do_nothing_but_choose_an_own_one():
    one_time = users.reset_password(people.actor(ADMIN), people.user_id(OFFICER))

    who = people.identify(people.sign_in_with(OFFICER.citizen_id, one_time))

    assert who.must_change_password
    assert who.permissions == {"account.read", "account.write"}
    with pytest.raises(SignInRefused):
        people.sign_in_as(OFFICER)


def test_a15_a_one_time_password_lives_for_24_hours(clock):
    one_time = users.reset_password(people.actor(ADMIN), people.user_id(OFFICER))

    clock.forward(hours=23, minutes=59)
    assert people.sign_in_with(OFFICER.citizen_id, one_time)
    clock.forward(minutes=1)

    with pytest.raises(SignInRefused):
        people.sign_in_with(OFFICER.citizen_id, one_time)


def test_a15_a_one_time_password_opens_nothing_once_an_own_one_is_chosen():
    one_time = users.reset_password(people.actor(ADMIN), people.user_id(OFFICER))
    people.choose_password(OFFICER, one_time)

    with pytest.raises(SignInRefused):
        people.sign_in_with(OFFICER.citizen_id, one_time)
    assert not people.identify(people.sign_in_as(OFFICER)).must_change_password


def test_a15_one_time_passwords_are_random():
    admin = people.actor(ADMIN)

    made = {users.reset_password(admin, people.user_id(OFFICER)) for _ in range(5)}

    assert len(made) == 5
    assert min(map(len, made)) == 14


@pytest.mark.parametrize("person", [CENTRAL, PROVINCE, OFFICER], ids=lambda each: each.role)
def test_knowing_who_is_in_costs_two_queries(person):
    token = people.token_of(person)
    people.identify(token)
    statements = []
    engine = db.engine(config().database_url)

    def count(_connection, _cursor, statement, *_):
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    people.identify(token)
    event.remove(engine, "before_cursor_execute", count)

    assert len(statements) <= 2


def test_the_last_use_of_a_session_is_written_once_a_minute_not_at_each_click(clock):
    token = people.token_of(OFFICER)
    begun = now()

    clock.forward(seconds=59)
    people.identify(token)
    assert _seen(token) == begun

    clock.forward(seconds=2)
    people.identify(token)
    assert _seen(token) == now()


def _seen(token):
    with reading() as session:
        kept = sha256(token.encode()).digest()
        statement = select(BrowserSession.seen_at).where(BrowserSession.token_hash == kept)
        return session.scalar(statement)


def test_a_person_is_an_actor_and_a_first_sign_in_is_not():
    assert isinstance(identity.identify(people.token_of(OFFICER), ip=IP), Actor)
    assert not isinstance(people.claimant(), Actor)
