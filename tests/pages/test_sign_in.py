"""pages/sign_in.py: one sentence for every failure, a ticket for success."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from data_layer.access import Actor
from data_layer.db import reading
from data_layer.models import LoginTicket
from data_layer.services import identity
from data_layer.services.identity import Claimant
from data_layer.services.sign_in import SignInRefused
from tests import people
from tests.pages.reading import errors, warnings
from tests.people import ADMIN, CLAIMED, INITIAL, STRANGER, UNCLAIMED, WAITING


def enter(at, username, password):
    at.text_input(key="sign_in.username").set_value(username)
    at.text_input(key="sign_in.password").set_value(password)
    return at.button(key="sign_in.submit").click().run()


def tickets():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(LoginTicket))


def who_follows(address):
    """Who a browser is after it went to that address."""
    ticket = parse_qs(urlsplit(address).query)["t"][0]
    return identity.identify(people.redeem(ticket), ip=people.IP)


@pytest.mark.parametrize(
    ("username", "password"),
    [
        (ADMIN.citizen_id, "ผิดแน่นอนรหัสนี้"),
        (ADMIN.citizen_id, ""),
        (STRANGER.citizen_id, STRANGER.password),
        (UNCLAIMED, "654321"),
        (CLAIMED, INITIAL),
        (WAITING, INITIAL),
        ("4800", INITIAL),
        ("0000", INITIAL),
        ("9999", INITIAL),
        ("", ""),
        ("' OR 1=1 --", "' OR 1=1 --"),
    ],
)
def test_says_the_same_one_sentence_whatever_was_wrong(open_page, redirects, username, password):
    before = enter(open_page("sign_in.py"), username, password)

    assert not before.exception
    assert [error.replace("\\", "") for error in errors(before)] == [SignInRefused.text]
    assert redirects == []


def test_keeps_the_user_name_after_a_wrong_password(open_page):
    at = enter(open_page("sign_in.py"), ADMIN.citizen_id, "ผิดแน่นอนรหัสนี้")

    assert at.text_input(key="sign_in.username").value == ADMIN.citizen_id


def test_a_user_is_sent_to_fetch_the_cookie_with_a_ticket_for_this_browser(open_page, redirects):
    enter(open_page("sign_in.py"), ADMIN.citizen_id, ADMIN.password)

    assert redirects[0].startswith("/auth/finish?t=")
    who = who_follows(redirects[0])
    assert isinstance(who, Actor)
    assert who.user_id == people.user_id(ADMIN)


def test_thai_digits_blanks_and_dashes_are_taken(open_page, redirects):
    digits = ADMIN.citizen_id.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))

    enter(open_page("sign_in.py"), f" {digits[0]}-{digits[1:5]} {digits[5:]}", ADMIN.password)

    assert isinstance(who_follows(redirects[0]), Actor)


def test_an_unclaimed_office_comes_in_as_claimant_with_123456(open_page, redirects):
    enter(open_page("sign_in.py"), UNCLAIMED, INITIAL)

    who = who_follows(redirects[0])
    assert isinstance(who, Claimant)
    assert who.office_code == UNCLAIMED


def test_the_ticket_leaves_no_password_and_no_number_in_the_address(open_page, redirects):
    enter(open_page("sign_in.py"), ADMIN.citizen_id, ADMIN.password)

    assert ADMIN.citizen_id not in redirects[0]
    assert set(parse_qs(urlsplit(redirects[0]).query)) == {"t", "to"}


def test_the_sixth_try_is_refused_even_with_the_right_password(open_page, redirects):
    at = open_page("sign_in.py")
    for _ in range(5):
        enter(at, ADMIN.citizen_id, "ผิดแน่นอนรหัสนี้")

    enter(at, ADMIN.citizen_id, ADMIN.password)

    assert len(errors(at)) == 1
    assert redirects == []
    assert tickets() == 0


def test_the_code_found_by_searching_stands_in_the_field(open_page):
    at = open_page("sign_in.py", office=UNCLAIMED)

    assert at.text_input(key="sign_in.username").value == UNCLAIMED


def test_leads_to_the_search_and_to_the_ten_steps(open_page):
    links = {link.proto.page for link in open_page("sign_in.py").main.get("page_link")}

    assert links == {"find_office", "guide"}


@pytest.mark.parametrize("token", ["", "no such token"])
def test_says_nothing_of_endings_to_who_was_never_in(open_page, token):
    assert warnings(open_page("sign_in.py", token)) == []


def test_says_that_the_session_is_over_and_takes_the_next_sign_in(open_page, redirects, clock):
    token = people.token_of(ADMIN)
    clock.forward(minutes=31)

    at = open_page("home.py", token)

    assert [text.split()[0] for text in warnings(at)] == ["การเข้าใช้ก่อนหน้านี้สิ้นสุดแล้ว"]
    enter(at, ADMIN.citizen_id, ADMIN.password)
    assert isinstance(who_follows(redirects[0]), Actor)


def test_a_wrong_password_is_said_in_place_of_the_ending(open_page, clock):
    token = people.token_of(ADMIN)
    clock.forward(minutes=31)

    at = enter(open_page("home.py", token), ADMIN.citizen_id, "ผิดแน่นอนรหัสนี้")

    assert (len(errors(at)), warnings(at)) == (1, [])
