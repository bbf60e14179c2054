"""The codes that a province prints for its offices, and the three ways of onboarding."""

from datetime import timedelta

import pytest

from data_layer.clock import now
from data_layer.errors import NotFound
from data_layer.services import office_codes, registrations
from data_layer.services.office_codes import NeedsNoCode
from data_layer.services.sign_in import SignInRefused
from tests import people
from tests.people import NEWCOMER, PROVINCE, UNCLAIMED, code_for, initial_password_works

pytestmark = pytest.mark.usefixtures("database")


def test_a_code_of_the_province_is_its_confirmation_and_works_for_one_claim():
    code = code_for(UNCLAIMED)
    assert not initial_password_works(UNCLAIMED)

    token = people.claim(NEWCOMER, code)

    assert people.identify(token).is_confirmed
    with pytest.raises(SignInRefused):
        people.claimant(password=code)


def test_a_newer_code_kills_the_one_before():
    old, new = code_for(UNCLAIMED), code_for(UNCLAIMED)

    with pytest.raises(SignInRefused):
        people.claimant(password=old)
    assert people.claimant(password=new)


def test_a_code_works_for_14_days_and_the_initial_password_does_not_come_back(clock):
    code = code_for(UNCLAIMED)

    clock.forward(days=14)

    with pytest.raises(SignInRefused):
        people.claimant(password=code)
    assert not initial_password_works(UNCLAIMED)


def test_no_code_for_an_office_that_is_claimed_or_elsewhere_or_no_district():
    supervisor = people.actor(PROVINCE)

    for office in (people.CLAIMED, people.WAITING):
        with pytest.raises(NeedsNoCode):
            office_codes.issue_codes(supervisor, [office])
    for office in ("8101", "4800", "0000", "9999"):
        with pytest.raises(NotFound):
            office_codes.issue_codes(supervisor, [office])


def test_codes_are_issued_for_all_offices_asked_or_for_none():
    with pytest.raises(NeedsNoCode) as refused:
        office_codes.issue_codes(people.actor(PROVINCE), [UNCLAIMED, people.CLAIMED])

    assert f"สถอ.ธาตุพนม ({people.CLAIMED})" in str(refused.value)
    assert initial_password_works(UNCLAIMED)


def test_slips_say_when_the_code_ends():
    slips = office_codes.issue_codes(people.actor(PROVINCE), [UNCLAIMED, "4811"])

    assert [slip.office_code for slip in slips] == [UNCLAIMED, "4811"]
    assert {slip.expires_at for slip in slips} == {now() + timedelta(days=14)}


def test_by_the_letter_a_claim_works_at_once(onboarding):
    onboarding("letter")

    assert registrations.is_letter_mode()
    assert people.identify(people.claim(NEWCOMER)).is_confirmed


def test_with_one_time_codes_the_initial_password_is_never_accepted(onboarding):
    onboarding("one-time-code")
    assert not initial_password_works(UNCLAIMED)

    assert people.identify(people.claim(NEWCOMER, code_for(UNCLAIMED))).is_confirmed


def test_codes_are_offered_to_the_offices_in_scope_that_nobody_claims():
    offered = office_codes.code_choices(people.actor(PROVINCE))

    assert offered[UNCLAIMED] == "นาแก · นครพนม"
    assert {people.CLAIMED, people.WAITING}.isdisjoint(offered)
    assert {code[:2] for code in offered} == {"48"}


def test_an_office_needs_a_code_once_its_claim_was_refused_or_revoked():
    supervisor = people.actor(PROVINCE)
    assert not office_codes.needs_code(supervisor, UNCLAIMED)
    people.claim(NEWCOMER)
    registrations.refuse(supervisor, people.claim_id(UNCLAIMED), "เหตุผล")
    registrations.revoke(supervisor, people.claim_id(people.CLAIMED), "เหตุผล")

    assert office_codes.needs_code(supervisor, UNCLAIMED)
    assert office_codes.needs_code(supervisor, people.CLAIMED)


def test_an_office_needs_the_code_that_was_issued_to_it_or_one_where_all_come_in_by_codes(
    onboarding,
):
    supervisor = people.actor(PROVINCE)
    code_for("4811")
    assert office_codes.needs_code(supervisor, "4811")

    onboarding("one-time-code")

    assert office_codes.needs_code(supervisor, UNCLAIMED)
