"""The users of an office: who keeps them, and that nobody rises above the own rights."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from data_layer.access import Level, NotAllowed, Role, Work
from data_layer.db import Conflict, reading
from data_layer.errors import InvalidFields, NotFound
from data_layer.models import AuditEntry
from data_layer.services import sign_in, users
from data_layer.services.users import OwnAccount
from tests import people
from tests.people import (
    ADMIN,
    CENTRAL,
    NEWCOMER,
    OFFICER,
    OTHER_PROVINCE,
    PROVINCE,
    VIEWER,
    rights,
)

pytestmark = pytest.mark.usefixtures("database")
SOMEBODY = replace(NEWCOMER, office=people.CLAIMED)
KEEPER = replace(NEWCOMER, number=30, office=people.CLAIMED, first_name="ผู้ดูแล")


def add(keeper, person, role, office_code=None, **levels):
    """The keeper creates the person, who signs in and chooses a password."""
    one_time = users.create(
        people.actor(keeper), person.data, role=role, rights=rights(**levels),
        office_code=office_code,
    )  # fmt: skip
    people.choose_password(person, one_time)
    return person


def entry_of(person, keeper=ADMIN, office_code=None):
    entries = users.list_users(people.actor(keeper), office_code)
    return next(entry for entry in entries if entry.id == people.user_id(person))


def test_a_new_user_signs_in_with_the_one_time_password_and_has_the_rights_given():
    add(ADMIN, SOMEBODY, Role.OFFICER, survey="write", reports="read", users="none")

    who = people.actor(SOMEBODY)

    assert (who.role, who.office_code) == (Role.OFFICER, people.CLAIMED)
    assert who.rights == {Work.SURVEY: Level.WRITE, Work.REPORTS: Level.READ}
    assert who.may("report.read")
    assert not who.may("report.export")


def test_a_number_has_one_account_in_the_whole_country():
    for taken in (OFFICER, OTHER_PROVINCE):
        with pytest.raises(InvalidFields) as refused:
            users.create(people.actor(ADMIN), taken.data, role=Role.VIEWER, rights={})
        assert set(refused.value.problems) == {"citizen_id"}


@pytest.mark.parametrize("role", [Role.CENTRAL, Role.PROVINCE, Role.SSO_ADMIN])
def test_an_sso_admin_makes_no_supervisor_and_no_second_admin(role):
    with pytest.raises(NotAllowed):
        users.create(people.actor(ADMIN), SOMEBODY.data, role=role, rights={})


@pytest.mark.parametrize("office", ["4800", "0000", "4807", "8101"])
def test_an_sso_admin_keeps_the_users_of_no_other_office(office):
    admin = people.actor(ADMIN)

    with pytest.raises((NotAllowed, NotFound)):
        users.list_users(admin, office)
    for role in Role:
        with pytest.raises((NotAllowed, NotFound)):
            users.create(admin, SOMEBODY.data, role=role, rights={}, office_code=office)


@pytest.mark.parametrize("person", [OFFICER, VIEWER], ids=lambda person: person.role)
def test_who_was_not_given_the_right_keeps_no_users(person):
    who, target = people.actor(person), people.user_id(VIEWER)

    for act in (
        lambda: users.list_users(who),
        lambda: users.create(who, SOMEBODY.data, role=Role.VIEWER, rights={}),
        lambda: users.reset_password(who, target),
        lambda: users.set_active(who, target, is_active=False),
        lambda: users.update(who, target, 1, VIEWER.data, rights={}),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_who_keeps_users_gives_no_right_above_the_own():
    add(ADMIN, KEEPER, Role.OFFICER, users="write", reports="read")
    keeper = people.actor(KEEPER)

    for given in (rights(reports="write"), rights(survey="read")):
        with pytest.raises(NotAllowed):
            users.create(keeper, SOMEBODY.data, role=Role.VIEWER, rights=given)
    assert users.create(
        keeper, SOMEBODY.data, role=Role.VIEWER, rights=rights(reports="read", users="write")
    )


def test_who_keeps_users_raises_nobodys_rights_above_the_own():
    add(ADMIN, KEEPER, Role.OFFICER, users="write")
    viewer = entry_of(VIEWER)

    with pytest.raises(NotAllowed):
        users.update(
            people.actor(KEEPER), viewer.id, viewer.version, VIEWER.data,
            rights=rights(officials="read"),
        )  # fmt: skip


@pytest.mark.parametrize("stronger", [ADMIN, OFFICER], ids=lambda person: person.role)
def test_who_keeps_users_takes_over_no_account_with_more_rights(stronger):
    add(ADMIN, KEEPER, Role.OFFICER, users="write")
    keeper, target = people.actor(KEEPER), people.user_id(stronger)

    for act in (
        lambda: users.reset_password(keeper, target),
        lambda: users.set_active(keeper, target, is_active=False),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_viewer_who_keeps_users_makes_only_viewers():
    add(ADMIN, KEEPER, Role.VIEWER, users="write")

    assert users.grantable_roles(people.actor(KEEPER)) == (Role.VIEWER,)
    with pytest.raises(NotAllowed):
        users.create(people.actor(KEEPER), SOMEBODY.data, role=Role.OFFICER, rights={})


@pytest.mark.parametrize("keeper", [CENTRAL, PROVINCE], ids=lambda person: person.role)
def test_a_viewer_of_a_supervisors_office_makes_no_supervisor_and_takes_none_over(keeper):
    viewer = replace(KEEPER, office=keeper.office)
    add(keeper, viewer, Role.VIEWER, users="write")
    who = people.actor(viewer)

    for role in (Role.CENTRAL, Role.PROVINCE, Role.SSO_ADMIN, Role.OFFICER):
        with pytest.raises(NotAllowed):
            users.create(who, SOMEBODY.data, role=role, rights={})
    with pytest.raises(NotAllowed):
        users.reset_password(who, people.user_id(keeper))


def test_the_centre_appoints_supervisors_of_provinces_and_nobody_of_districts():
    second = replace(NEWCOMER, office="4800")
    add(CENTRAL, second, Role.PROVINCE, "4800", reports="write")

    assert people.actor(second).scope.name == "48"
    for role in Role:
        with pytest.raises(NotAllowed):
            users.create(
                people.actor(CENTRAL), KEEPER.data, role=role, rights={}, office_code="4805"
            )


def test_a_province_keeps_no_users_of_its_districts():
    for target in (ADMIN, OFFICER, VIEWER):
        with pytest.raises(NotAllowed):
            users.reset_password(people.actor(PROVINCE), people.user_id(target))


def test_a_user_of_another_office_is_out_of_reach():
    admin = people.actor(ADMIN)

    for target in (PROVINCE, OTHER_PROVINCE, people.UNCONFIRMED):
        with pytest.raises((NotAllowed, NotFound)):
            users.set_active(admin, people.user_id(target), is_active=False)
    with pytest.raises(NotFound):
        users.reset_password(admin, 999_999)


def test_d05_who_saves_second_is_told_that_somebody_was_first():
    seen = entry_of(OFFICER)
    first = OFFICER.data | {"phone": "0899999999"}
    users.update(people.actor(ADMIN), seen.id, seen.version, first, rights=seen.rights)

    with pytest.raises(Conflict):
        users.update(people.actor(ADMIN), seen.id, seen.version, OFFICER.data, rights=seen.rights)

    assert entry_of(OFFICER).phone == "0899999999"


def test_d05_changed_rights_are_not_overwritten_unseen_either():
    seen = entry_of(OFFICER)
    users.update(people.actor(ADMIN), seen.id, seen.version, OFFICER.data, rights={})

    with pytest.raises(Conflict):
        users.update(people.actor(ADMIN), seen.id, seen.version, OFFICER.data, rights=seen.rights)

    assert entry_of(OFFICER).rights == {}


def test_an_unusable_field_is_named_and_nothing_is_saved():
    seen = entry_of(OFFICER)

    with pytest.raises(InvalidFields) as refused:
        users.update(
            people.actor(ADMIN), seen.id, seen.version,
            OFFICER.data | {"phone": "12", "first_name": ""}, rights={},
        )  # fmt: skip

    assert set(refused.value.problems) == {"phone", "first_name"}
    assert entry_of(OFFICER) == seen


def test_nobody_closes_or_weakens_the_own_account():
    admin, own = people.actor(ADMIN), entry_of(ADMIN)

    with pytest.raises(OwnAccount):
        users.set_active(admin, own.id, is_active=False)
    with pytest.raises(OwnAccount):
        users.update(admin, own.id, own.version, ADMIN.data, rights=rights(reports="read"))


def test_a_closed_account_that_is_opened_again_is_as_it_was():
    admin, target = people.actor(ADMIN), people.user_id(OFFICER)
    users.set_active(admin, target, is_active=False)
    with pytest.raises(sign_in.SignInRefused):
        people.sign_in_as(OFFICER)

    users.set_active(admin, target, is_active=True)

    assert people.identify(people.sign_in_as(OFFICER)).rights == people.OFFICER_RIGHTS


def test_p01_the_list_masks_every_number_and_holds_no_user_of_elsewhere():
    entries = users.list_users(people.actor(ADMIN))

    assert [entry.role for entry in entries] == [Role.SSO_ADMIN, Role.OFFICER, Role.VIEWER]
    for entry, person in zip(entries, (ADMIN, OFFICER, VIEWER), strict=True):
        assert entry.citizen_id[1:12] == "-xxxx-xxxxx"
        assert person.citizen_id not in str(entry)


def test_p01_only_a_supervisor_of_that_area_reveals_a_number_and_the_look_is_recorded():
    target = people.user_id(OFFICER)
    for person in (ADMIN, OFFICER, VIEWER):
        with pytest.raises(NotAllowed):
            users.reveal_citizen_id(people.actor(person), target)
    for missing in (target, 999_999):
        with pytest.raises(NotFound):
            users.reveal_citizen_id(people.actor(OTHER_PROVINCE), missing)

    supervisor = people.actor(PROVINCE)
    assert users.reveal_citizen_id(supervisor, target) == OFFICER.citizen_id
    with reading() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (last.act, last.user_id) == ("person.reveal", supervisor.user_id)
    assert (last.office_code, last.detail) == (people.CLAIMED, {"id": target})
