"""The claim of an office and the province's answer to it. Requirements A12, A13, A14."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from data_layer.access import Actor, NotAllowed, Role
from data_layer.db import Conflict, reading
from data_layer.errors import DomainError, InvalidFields, NotFound
from data_layer.models import Office, Registration, RegistrationState, User
from data_layer.services import account, dashboards, identity, registrations, sign_in, users
from data_layer.services.identity import Claimant
from data_layer.services.registrations import FirstSignInOver, OfficeTaken, ReasonMissing
from data_layer.services.sign_in import SignInRefused
from tests import people
from tests.people import (
    ADMIN,
    BROWSER,
    CENTRAL,
    IP,
    NEWCOMER,
    OFFICER,
    OTHER_PROVINCE,
    PROVINCE,
    STRANGER,
    UNCLAIMED,
    UNCONFIRMED,
    VIEWER,
    code_for,
    initial_password_works,
)

pytestmark = pytest.mark.usefixtures("database")
REASON = "โปรดแนบคำสั่งแต่งตั้ง"


def register(claimant, person):
    return registrations.claim(claimant, person.registration, browser=BROWSER)


def refuse(office):
    registrations.refuse(people.actor(PROVINCE), people.claim_id(office), REASON)


def revoke(office):
    registrations.revoke(people.actor(PROVINCE), people.claim_id(office), REASON)


def live_claims(office):
    statement = (
        select(func.count())
        .select_from(Registration)
        .join(Office, Office.id == Registration.office_id)
        .where(Office.code == office, Registration.state.in_(["waiting", "confirmed"]))
    )
    with reading() as session:
        return session.scalar(statement)


def test_a12_a_first_sign_in_is_no_actor_and_so_no_service_but_the_claim_takes_it():
    claimant = people.claimant()

    assert isinstance(claimant, Claimant)
    assert not isinstance(claimant, Actor)
    for service in (dashboards.district, users.list_users, account.own_data, registrations.waiting):
        with pytest.raises((AttributeError, TypeError)):
            service(claimant, UNCLAIMED) if service is dashboards.district else service(claimant)


def test_a_claim_waits_for_the_province_and_reads_nothing_until_then():
    who = people.identify(people.claim(NEWCOMER))

    assert (who.role, who.office_code, who.is_confirmed) == (Role.SSO_ADMIN, UNCLAIMED, False)
    with pytest.raises(NotAllowed):
        dashboards.district(who, UNCLAIMED)
    with pytest.raises(NotAllowed):
        users.list_users(who)


def test_a_confirmed_claim_lets_its_person_work_in_the_open_session():
    token = people.claim(NEWCOMER)

    people.confirm(UNCLAIMED)

    who = people.identify(token)
    assert who.is_confirmed
    assert dashboards.district(who, UNCLAIMED).summary.registered == 1


def test_the_first_sign_in_is_over_once_the_office_is_claimed():
    token = people.sign_in_with(UNCLAIMED, people.INITIAL)
    register(identity.identify(token, ip=IP), NEWCOMER)

    assert identity.identify(token, ip=IP) is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("citizen_id", "1234567890123"),
        ("citizen_id", ""),
        ("first_name", " "),
        ("last_name", ""),
        ("position", ""),
        ("phone", "12345"),
        ("email", "no address"),
        ("password", "123456"),
        ("password", "สั้น"),
        ("password_again", "ไม่เหมือนกันเลยนะ"),
    ],
)
def test_a_claim_with_an_unusable_field_names_it_and_saves_nothing(field, typed):
    claimant = people.claimant()

    with pytest.raises(InvalidFields) as refused:
        registrations.claim(claimant, NEWCOMER.registration | {field: typed}, browser=BROWSER)

    assert field in refused.value.problems
    assert live_claims(UNCLAIMED) == 0


@pytest.mark.parametrize("given", ["citizen_id", "phone", "email"])
def test_a_password_made_of_what_others_know_of_the_person_is_refused(given):
    known = NEWCOMER.registration[given]
    typed = NEWCOMER.registration | {"password": f"{known}xx", "password_again": f"{known}xx"}

    with pytest.raises(InvalidFields) as refused:
        registrations.claim(people.claimant(), typed, browser=BROWSER)

    assert set(refused.value.problems) == {"password"}


@pytest.mark.parametrize("taken", [ADMIN, OFFICER, PROVINCE], ids=lambda person: person.role)
def test_nobody_claims_with_the_number_of_a_user_of_elsewhere(taken):
    typed = NEWCOMER.registration | {"citizen_id": taken.citizen_id}

    with pytest.raises(InvalidFields) as refused:
        registrations.claim(people.claimant(), typed, browser=BROWSER)

    assert set(refused.value.problems) == {"citizen_id"}
    assert people.sign_in_as(taken)


def test_a13_of_two_who_claim_one_after_the_other_the_first_wins():
    first, second = people.claimant(), people.claimant()
    register(first, NEWCOMER)

    with pytest.raises(OfficeTaken):
        register(second, STRANGER)

    with reading() as session:
        assert (
            session.scalar(select(func.count()).where(User.first_name == STRANGER.first_name)) == 0
        )


def test_a13_of_twenty_who_claim_at_once_one_wins():
    claimants = [people.claimant() for _ in range(20)]
    persons = [replace(NEWCOMER, number=20 + number) for number in range(20)]

    def attempt(pair):
        try:
            return register(*pair)
        except OfficeTaken:
            return None

    with ThreadPoolExecutor(20) as pool:
        tickets = list(pool.map(attempt, zip(claimants, persons, strict=True)))

    assert sum(ticket is not None for ticket in tickets) == 1
    assert live_claims(UNCLAIMED) == 1
    with reading() as session:
        assert (
            session.scalar(select(func.count()).where(User.first_name == NEWCOMER.first_name)) == 1
        )


def test_the_first_claims_of_a_provinces_offices_at_once_all_succeed():
    offices = [f"810{number}" for number in range(1, 6)]
    pairs = [
        (people.claimant(office), replace(NEWCOMER, number=20 + number, office=office))
        for number, office in enumerate(offices)
    ]

    with ThreadPoolExecutor(5) as pool:
        tickets = list(pool.map(lambda pair: register(*pair), pairs))

    assert all(tickets)


def test_a14_the_initial_password_is_dead_once_the_office_is_claimed():
    assert initial_password_works(UNCLAIMED)

    people.claim(NEWCOMER)
    assert not initial_password_works(UNCLAIMED)

    people.confirm(UNCLAIMED)
    assert not initial_password_works(UNCLAIMED)


def test_a14_the_initial_password_stays_dead_after_a_refusal():
    people.claim(NEWCOMER)
    refuse(UNCLAIMED)

    assert not initial_password_works(UNCLAIMED)


def test_a14_the_initial_password_stays_dead_after_a_revocation():
    revoke(people.CLAIMED)

    assert not initial_password_works(people.CLAIMED)


def test_a14_another_first_sign_in_that_was_open_is_dead_after_the_claim_is_refused():
    other = people.claimant()
    people.claim(NEWCOMER)
    refuse(UNCLAIMED)

    with pytest.raises(DomainError):
        register(other, STRANGER)
    assert live_claims(UNCLAIMED) == 0


def test_a14_a_first_sign_in_by_the_initial_password_is_no_first_sign_in_by_code():
    stranger = people.claimant()
    code_for(UNCLAIMED)

    with pytest.raises(FirstSignInOver):
        register(stranger, STRANGER)
    assert live_claims(UNCLAIMED) == 0


def test_a14_a_ticket_by_the_initial_password_is_dead_once_the_province_issues_a_code():
    ticket = sign_in.attempt(UNCLAIMED, people.INITIAL, browser=BROWSER, ip=IP)
    code_for(UNCLAIMED)

    assert sign_in.redeem(ticket, browser=BROWSER, old_token="", device="") is None


def test_a_refused_person_reads_the_reason_and_nothing_else():
    token = people.claim(NEWCOMER)
    refuse(UNCLAIMED)

    who = people.identify(token)
    state = account.claim_state(who)

    assert (state.state, state.reason) == (RegistrationState.REFUSED, REASON)
    assert who.permissions == {"account.read", "account.write"}


def test_a_refused_stranger_gains_nothing_when_the_right_person_is_confirmed():
    stranger = people.claim(STRANGER)
    refuse(UNCLAIMED)

    people.claim(NEWCOMER, code_for(UNCLAIMED))

    assert people.identify(people.sign_in_as(NEWCOMER)).is_confirmed
    assert identity.identify(stranger, ip=IP) is None
    with pytest.raises(SignInRefused):
        people.sign_in_as(STRANGER)


def test_a_revoked_office_is_out_with_all_its_people():
    tokens = [people.token_of(person) for person in (ADMIN, OFFICER, VIEWER)]

    revoke(people.CLAIMED)

    assert [identity.identify(token, ip=IP) for token in tokens] == [None] * 3
    assert people.identify(people.sign_in_as(OFFICER)).permissions == {
        "account.read",
        "account.write",
    }


def test_the_people_of_a_revoked_claim_come_back_only_when_the_new_admin_opens_their_accounts():
    revoke(people.CLAIMED)
    newcomer = replace(NEWCOMER, office=people.CLAIMED)

    people.claim(newcomer, code_for(people.CLAIMED))

    for person in (ADMIN, OFFICER, VIEWER):
        with pytest.raises(SignInRefused):
            people.sign_in_as(person)
    users.set_active(people.actor(newcomer), people.user_id(OFFICER), is_active=True)
    assert people.sign_in_as(OFFICER)


def test_who_was_refused_may_claim_again_with_a_code_of_the_province():
    people.claim(NEWCOMER)
    refuse(UNCLAIMED)

    token = people.claim(NEWCOMER, code_for(UNCLAIMED))

    assert people.identify(token).is_confirmed


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_a_refusal_needs_a_reason(reason):
    supervisor, waiting = people.actor(PROVINCE), people.claim_id(UNCONFIRMED.office)

    with pytest.raises(ReasonMissing):
        registrations.refuse(supervisor, waiting, reason)


@pytest.mark.parametrize("act", [registrations.confirm, registrations.reset_admin])
def test_another_province_has_no_say_and_learns_nothing(act):
    for office in (people.CLAIMED, people.WAITING):
        with pytest.raises(NotFound):
            act(people.actor(OTHER_PROVINCE), people.claim_id(office))
    assert registrations.waiting(people.actor(OTHER_PROVINCE)) == []
    assert registrations.confirmed(people.actor(OTHER_PROVINCE)) == []


def test_a_decided_claim_is_not_decided_again():
    supervisor = people.actor(PROVINCE)
    waiting, confirmed = people.claim_id(people.WAITING), people.claim_id(people.CLAIMED)

    with pytest.raises(Conflict):
        registrations.confirm(supervisor, confirmed)
    with pytest.raises(Conflict):
        registrations.refuse(supervisor, confirmed, REASON)
    with pytest.raises(Conflict):
        registrations.revoke(supervisor, waiting, REASON)


def test_of_two_supervisors_who_decide_at_once_one_is_told_of_the_other():
    supervisors = [people.actor(PROVINCE), people.actor(CENTRAL)]
    waiting = people.claim_id(people.WAITING)

    def decide(supervisor):
        try:
            return registrations.confirm(supervisor, waiting)
        except Conflict:
            return None

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(decide, supervisors))

    assert sorted(answers, key=bool) == [None, "นาหว้า"]


def test_the_province_reads_who_waits_with_a_number_to_call():
    (entry,) = registrations.waiting(people.actor(PROVINCE))

    assert (entry.office_code, entry.person) == (people.WAITING, "นางสาวรอคอย ทดสอบดี")
    assert (entry.phone, entry.email) == (UNCONFIRMED.phone, UNCONFIRMED.email)


def test_the_province_lets_a_locked_out_admin_in_again():
    password = registrations.reset_admin(people.actor(PROVINCE), people.claim_id(people.CLAIMED))

    who = people.identify(people.sign_in_with(ADMIN.citizen_id, password))
    assert who.must_change_password


def test_nobody_is_reset_before_the_claim_is_confirmed():
    with pytest.raises(Conflict):
        registrations.reset_admin(people.actor(PROVINCE), people.claim_id(people.WAITING))


@pytest.mark.parametrize(
    "claims", [registrations.waiting, registrations.confirmed, registrations.ended]
)
def test_z01_claims_of_a_province_beyond_the_own_are_refused(claims):
    with pytest.raises(NotAllowed):
        claims(people.actor(OTHER_PROVINCE), "48")


def test_of_the_country_the_first_claims_are_given_and_of_a_province_all(monkeypatch):
    monkeypatch.setattr(registrations, "MOST_OF_COUNTRY", 0)
    central = people.actor(CENTRAL)

    assert registrations.waiting(central) == []
    assert [each.office_code for each in registrations.waiting(central, "48")] == [people.WAITING]
    assert [each.office_code for each in registrations.confirmed(central, "48")] == [people.CLAIMED]
    assert registrations.waiting(central, "81") == []
