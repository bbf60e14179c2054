"""A person's own account."""

import pytest

from data_layer.errors import InvalidFields, NotFound
from data_layer.models import RegistrationState
from data_layer.services import account, identity, sign_in
from data_layer.services.account import WrongPassword
from tests import people
from tests.people import ADMIN, IP, OFFICER, PROVINCE, UNCONFIRMED, VIEWER

pytestmark = pytest.mark.usefixtures("database")
NEW = "ข้าวเหนียวมะม่วงหน้าบ้าน"


def test_a_new_password_needs_the_current_one():
    who = people.actor(OFFICER)

    with pytest.raises(WrongPassword) as refused:
        account.change_password(who, "wrong", NEW, NEW)

    assert set(refused.value.problems) == {"current_password"}
    assert people.sign_in_as(OFFICER)


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [
        ("short", "short", "password"),
        (NEW, f"{NEW}!", "password_again"),
        (OFFICER.password, OFFICER.password, "password"),
        (OFFICER.phone + "xx", OFFICER.phone + "xx", "password"),
        ("4805480548054805", "4805480548054805", "password"),
    ],
)
def test_a_new_password_that_is_weak_old_or_mistyped_is_refused(password, again, field):
    with pytest.raises(InvalidFields) as refused:
        account.change_password(people.actor(OFFICER), OFFICER.password, password, again)

    assert set(refused.value.problems) == {field}
    assert people.sign_in_as(OFFICER)


def test_the_new_password_opens_and_the_old_one_does_not():
    account.change_password(people.actor(OFFICER), OFFICER.password, NEW, NEW)

    with pytest.raises(sign_in.SignInRefused):
        people.sign_in_as(OFFICER)
    assert people.sign_in_with(OFFICER.citizen_id, NEW)


def test_a_person_reads_the_own_data_with_the_number_masked():
    own = account.own_data(people.actor(OFFICER))

    assert (own.first_name, own.phone, own.email) == (
        OFFICER.first_name,
        OFFICER.phone,
        OFFICER.email,
    )
    assert OFFICER.citizen_id not in str(own)


def test_a_person_changes_position_phone_and_email_and_nothing_else():
    who = people.actor(OFFICER)

    account.update(who, OFFICER.data | {"phone": "0898887777", "first_name": "ชื่ออื่น"})

    own = account.own_data(who)
    assert (own.phone, own.first_name) == ("0898887777", OFFICER.first_name)


def test_an_unusable_field_is_named_and_nothing_is_saved():
    who = people.actor(OFFICER)

    with pytest.raises(InvalidFields) as refused:
        account.update(who, OFFICER.data | {"phone": "1", "email": "x", "position": ""})

    assert set(refused.value.problems) == {"phone", "email", "position"}
    assert account.own_data(who).phone == OFFICER.phone


def test_a_person_sees_and_ends_the_own_browsers_only(clock):
    here, elsewhere = people.token_of(OFFICER), people.token_of(OFFICER)
    strangers = people.identify(people.token_of(VIEWER)).session_id
    who = people.identify(here)

    with pytest.raises(NotFound):
        account.close_session(who, strangers)
    with pytest.raises(NotFound):
        account.close_session(who, 999_999)
    found = account.open_sessions(who)
    (other,) = (each for each in found if not each.is_this and people_have(elsewhere, each.id))
    account.close_session(who, other.id)

    assert identity.identify(elsewhere, ip=IP) is None
    assert people.identify(here)
    clock.forward(minutes=30)
    assert account.open_sessions(who) == []


def people_have(token, session_id):
    return people.identify(token).session_id == session_id


def test_a_person_ends_all_other_browsers_at_once():
    here, *elsewhere = (people.token_of(OFFICER) for _ in range(3))

    account.close_other_sessions(people.identify(here))

    assert [identity.identify(token, ip=IP) for token in elsewhere] == [None, None]
    assert [each.is_this for each in account.open_sessions(people.identify(here))] == [True]


def test_a_person_reads_what_became_of_the_claim():
    assert account.claim_state(people.actor(UNCONFIRMED)).state is RegistrationState.WAITING
    assert account.claim_state(people.actor(ADMIN)).state is RegistrationState.CONFIRMED
    assert account.claim_state(people.actor(PROVINCE)) is None
