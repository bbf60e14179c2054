"""A second press of the same person, and what is told when a session is over. A14, A18."""

import pytest

from data_layer.services import endings, identity, registrations, sign_in, users
from data_layer.services.endings import RegisteringTimeOver, SessionOver
from data_layer.services.registrations import FirstSignInOver, OfficeTaken
from tests import people
from tests.people import ADMIN, BROWSER, IP, NEWCOMER, OFFICER, STRANGER, UNCLAIMED, code_for

pytestmark = pytest.mark.usefixtures("database")
ELSEWHERE = "another browser's cookie"


@pytest.fixture
def token():
    """The token of a first sign-in."""
    return people.sign_in_with(UNCLAIMED, people.INITIAL)


def press_save(token, person=NEWCOMER, browser=BROWSER):
    """A ticket for what the run of this token still believes, as its claim is sent twice."""
    return press_save_of(identity.identify(token, ip=IP), person, browser)


def press_save_of(claimant, person=NEWCOMER, browser=BROWSER):
    return registrations.claim(claimant, person.registration, browser=browser)


@pytest.mark.parametrize(
    ("person", "browser"), [(STRANGER, BROWSER), (NEWCOMER, ELSEWHERE), (NEWCOMER, "")]
)
def test_another_person_or_browser_is_no_second_press(token, person, browser):
    claimant = identity.identify(token, ip=IP)
    press_save_of(claimant)

    with pytest.raises(OfficeTaken):
        press_save_of(claimant, person, browser)


def test_nobody_without_a_browsers_cookie_presses_twice(token):
    claimant = identity.identify(token, ip=IP)
    press_save_of(claimant, browser="")

    with pytest.raises(OfficeTaken):
        press_save_of(claimant, browser="")
    assert endings.way_on(token, browser="") is None


def test_a_press_after_the_ticket_was_fetched_or_ran_out_is_no_second_press(token, clock):
    claimant = identity.identify(token, ip=IP)
    people.redeem(press_save_of(claimant))

    with pytest.raises(OfficeTaken):
        press_save_of(claimant)
    assert endings.way_on(token, browser=BROWSER) is None


def test_a_second_press_within_the_same_run_of_the_claim_signs_the_person_in(token):
    claimant = identity.identify(token, ip=IP)
    first = press_save_of(claimant)

    second = press_save_of(claimant)

    assert first != second
    assert people.identify(people.redeem(second)).user_id == people.user_id(NEWCOMER)


def test_a_second_press_does_not_lengthen_the_30_seconds(token, clock):
    claimant = identity.identify(token, ip=IP)
    press_save_of(claimant)
    clock.forward(seconds=20)
    second = press_save_of(claimant)

    clock.forward(seconds=10)

    assert sign_in.redeem(second, browser=BROWSER, old_token="", device="") is None
    with pytest.raises(OfficeTaken):
        press_save_of(claimant)


def test_the_way_on_is_for_the_browser_that_registered_alone(token):
    press_save(token)

    assert endings.way_on(token, browser=ELSEWHERE) is None
    assert endings.way_on("no such token", browser=BROWSER) is None
    assert endings.way_on(people.token_of(OFFICER), browser=BROWSER) is None


def test_the_other_of_two_who_register_is_not_let_in_by_the_ticket_of_the_first(token):
    other = people.sign_in_with(UNCLAIMED, people.INITIAL, browser=ELSEWHERE)
    press_save(token)

    assert endings.way_on(other, browser=ELSEWHERE) is None
    assert isinstance(endings.reason(other), OfficeTaken)


def test_a_press_after_the_claim_was_saved_leads_the_same_browser_on(token):
    press_save(token)
    assert identity.identify(token, ip=IP) is None

    ticket = endings.way_on(token, browser=BROWSER)

    assert people.identify(people.redeem(ticket)).user_id == people.user_id(NEWCOMER)


def test_who_signed_out_is_not_brought_in_by_a_ticket_that_was_left(token):
    first, second = press_save(token), endings.way_on(token, browser=BROWSER)
    sign_in.sign_out(people.redeem(second))

    assert endings.way_on(token, browser=BROWSER) is None
    assert sign_in.redeem(first, browser=BROWSER, old_token="", device="") is None


def test_who_never_came_in_is_told_nothing():
    assert endings.reason("no such token") is None
    assert endings.reason("") is None


def test_a_user_whose_session_ended_is_told_the_same_whatever_ended_it(clock):
    closed, idle = people.token_of(OFFICER), people.token_of(ADMIN)
    users.set_active(people.actor(ADMIN), people.user_id(OFFICER), is_active=False)
    clock.forward(minutes=31)

    assert isinstance(endings.reason(closed), SessionOver)
    assert isinstance(endings.reason(idle), SessionOver)


def test_a_first_sign_in_that_took_too_long_is_told_so(token, clock):
    clock.forward(minutes=15)

    assert isinstance(endings.reason(token), RegisteringTimeOver)


def test_a_first_sign_in_that_a_code_of_the_province_ended_is_told_so(token):
    code_for(UNCLAIMED)

    assert isinstance(endings.reason(token), FirstSignInOver)
