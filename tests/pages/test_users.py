"""pages/users.py: the SSO ADMIN creates the office's users, gives rights, closes accounts."""

import pytest

from data_layer.access import Level, Role, Work
from data_layer.services import users
from data_layer.services.sign_in import SignInRefused
from pages.components.messages import JOINER
from tests import people
from tests.pages.reading import errors, fill, keys, typed, words
from tests.people import ADMIN, CENTRAL, OFFICER, STRANGER, VIEWER


def entry(person, office=None):
    """The person as the list has them now."""
    found = users.list_users(people.actor(CENTRAL if office else ADMIN), office)
    return next(each for each in found if each.id == people.user_id(person))


def one_time(at):
    return at.code[0].value


def test_refuses_an_incomplete_user_says_all_and_keeps_what_was_typed(open_page):
    given = STRANGER.data | {"citizen_id": "1999900000000", "phone": "12"}

    at = fill(open_page("users.py", ADMIN), "user", given)

    assert "ยังบันทึกไม่ได้ โปรดแก้ไข 2 ช่องที่มีข้อความสีแดง" in errors(at)
    assert typed(at, "user", given) == given
    assert "รายชื่อผู้ใช้งาน 3 คน" in words(at)


def test_who_adds_a_user_reads_that_a_new_one_begins_without_rights(open_page):
    assert "เริ่มต้นโดยไม่มีสิทธิในงานใด" in words(open_page("users.py", ADMIN))


def test_refuses_a_number_that_has_an_account_already(open_page):
    given = STRANGER.data | {"citizen_id": OFFICER.citizen_id}

    at = fill(open_page("users.py", ADMIN), "user", given)

    assert "เลขนี้มีบัญชีผู้ใช้อยู่แล้ว" in words(at)


def test_shows_the_list_and_the_one_time_password_of_a_new_user_once(open_page):
    at = open_page("users.py", ADMIN)
    at.selectbox(key="user.right.survey").set_value(Level.WRITE)
    at = fill(at, "user", STRANGER.data)

    assert not at.exception
    assert "รายชื่อผู้ใช้งาน 4 คน" in words(at)
    assert people.sign_in_with(STRANGER.citizen_id, one_time(at))
    assert entry(STRANGER).rights == {Work.SURVEY: Level.WRITE}
    assert entry(STRANGER).must_change_password
    at.button(key="acts.noted").click().run()
    assert len(at.code) == 0


def test_the_form_is_empty_for_the_next_person(open_page):
    at = fill(open_page("users.py", ADMIN), "user", STRANGER.data)

    assert set(typed(at, "user.again1", STRANGER.data | {"prefix": ""}).values()) <= {"", None}


def test_never_shows_a_whole_citizen_id(open_page):
    at = open_page("users.py", ADMIN)

    for person in (ADMIN, OFFICER, VIEWER):
        assert person.citizen_id not in words(at)


def test_offers_no_role_above_the_own_one(open_page):
    role = open_page("users.py", ADMIN).selectbox(key="user.role")

    assert role.options == ["เจ้าหน้าที่", "ผู้ดูข้อมูล"]


def test_nobody_can_close_or_change_the_own_account_here(open_page):
    at = open_page("users.py", ADMIN)

    own = f"user.{people.user_id(ADMIN)}."
    assert not [key for key in keys(at, "button") if key.startswith(own)]
    assert f"user.{people.user_id(OFFICER)}.active" in keys(at, "button")


def test_a_changed_right_is_saved(open_page):
    at = open_page("users.py", ADMIN)
    user = people.user_id(VIEWER)
    at.selectbox(key=f"user.{user}.right.reports").set_value(Level.WRITE)
    at.text_input(key=f"user.{user}.position").set_value("นักวิชาการ")

    at.button(key=f"user.{user}.submit").click().run()

    assert not at.exception
    assert (entry(VIEWER).rights, entry(VIEWER).position) == (
        {Work.REPORTS: Level.WRITE},
        "นักวิชาการ",
    )


def test_a_change_that_somebody_else_made_meanwhile_is_not_overwritten(open_page):
    at = open_page("users.py", ADMIN)
    seen = entry(VIEWER)
    given = VIEWER.data | {"position": "แก้ก่อน"}
    del given["citizen_id"]
    users.update(people.actor(ADMIN), seen.id, seen.version, given, rights=seen.rights)
    at.text_input(key=f"user.{seen.id}.position").set_value("แก้ทีหลัง")

    at.button(key=f"user.{seen.id}.submit").click().run()

    assert not at.exception
    assert "มีผู้แก้ไขข้อมูลนี้ก่อนท่าน" in errors(at)[0]
    assert entry(VIEWER).position == "แก้ก่อน"


def test_two_changes_of_one_person_after_each_other_are_both_saved(open_page):
    at = open_page("users.py", ADMIN)
    user = people.user_id(VIEWER)

    for form, position in ((f"user.{user}", "หนึ่ง"), (f"user.{user}.again1", "สอง")):
        at.text_input(key=f"{form}.position").set_value(position)
        at.button(key=f"{form}.submit").click().run()

        assert errors(at) == []
        assert entry(VIEWER).position == position


def test_a_closed_account_is_out_and_can_be_opened_again(open_page, executed):
    token = people.token_of(VIEWER)
    at = open_page("users.py", ADMIN)
    key = f"user.{people.user_id(VIEWER)}.active"

    at.button(key=key).click().run()

    assert "ปิดบัญชีแล้ว" in words(at)
    with pytest.raises(SignInRefused):
        people.sign_in_as(VIEWER)
    open_page("home.py", token)
    assert executed[-1] == "sign_in.py"
    open_page("users.py", ADMIN).button(key=key).click().run()
    assert people.sign_in_as(VIEWER)


def test_a_reset_gives_a_one_time_password_and_ends_the_old_one(open_page):
    at = open_page("users.py", ADMIN)

    at.button(key=f"user.{people.user_id(OFFICER)}.reset").click().run()

    assert people.sign_in_with(OFFICER.citizen_id, one_time(at))
    with pytest.raises(SignInRefused):
        people.sign_in_as(OFFICER)


def test_who_may_only_look_sees_the_list_without_a_button(open_page):
    admin = people.actor(ADMIN)
    rights = people.rights(users="read")
    first = users.create(admin, STRANGER.data, role=Role.OFFICER, rights=rights)
    people.choose_password(STRANGER, first)

    at = open_page("users.py", STRANGER)

    assert "รายชื่อผู้ใช้งาน 4 คน" in words(at)
    assert keys(at, "button") == {"sign_out"}
    assert "user.citizen_id" not in keys(at, "text_input")


def test_the_centre_appoints_a_supervisor_of_a_province(open_page):
    at = open_page("users.py", CENTRAL, office="8100")

    at = fill(at, "user", STRANGER.data)

    assert one_time(at)
    assert entry(STRANGER, "8100").role is Role.PROVINCE


def test_the_list_says_the_rights_by_how_far_they_go(open_page):
    said = words(open_page("users.py", ADMIN))

    assert "ดูและแก้ไข: แบบสำรวจข้อมูลพื้นฐาน · ดู: รายงานและแดชบอร์ด" in said


def test_the_list_says_what_the_role_of_the_admin_allows_by_itself(open_page):
    said = words(open_page("users.py", ADMIN))

    assert "ยังไม่มีสิทธิในงานใด" not in said
    assert (
        "ดูและแก้ไข: แบบสำรวจข้อมูลพื้นฐาน, ความพร้อมการเลือกตั้ง, ทะเบียนผู้บริหารและสมาชิกสภา, "
        "รายงานและแดชบอร์ด, ผู้ใช้งาน"
    ) in said


def test_an_address_is_copied_as_it_was_typed_and_a_number_is_dialled(open_page):
    read = words(open_page("users.py", ADMIN))

    assert f"(mailto:{OFFICER.email})" in read
    assert f"(tel:{OFFICER.phone})" in read
    assert JOINER not in read
