"""pages/account.py: own data, own password, own browsers."""

import pytest

from data_layer.access import Role
from data_layer.services import account, users
from data_layer.services.sign_in import SignInRefused
from tests import people
from tests.pages.reading import errors, fill, keys, typed, words
from tests.people import ADMIN, OFFICER, STRANGER

NEW = "แม่น้ำโขงยามเช้ามีหมอก"


def change(at, current, password, again=None):
    given = {
        "current_password": current,
        "password": password,
        "password_again": password if again is None else again,
    }
    return fill(at, "password", given)


@pytest.mark.parametrize(
    ("current", "password", "again", "said"),
    [
        ("ไม่ใช่รหัสเดิม", NEW, NEW, "รหัสผ่านปัจจุบันไม่ถูกต้อง"),
        (OFFICER.password, "สั้น", "สั้น", "12"),
        (OFFICER.password, "123456123456", "123456123456", "เดาได้ง่าย"),
        (OFFICER.password, NEW, NEW + "ๆ", "ไม่ตรงกัน"),
        (OFFICER.password, f" {NEW}", f" {NEW}", "ช่องว่าง"),
    ],
)
def test_refuses_a_bad_new_password_and_keeps_the_old_one(
    open_page, current, password, again, said
):
    at = change(open_page("account.py", OFFICER), current, password, again)

    assert len(errors(at)) == 1
    assert said in words(at)
    assert people.sign_in_as(OFFICER)


def test_a_new_password_puts_the_other_browsers_out_and_keeps_this_one(open_page, executed):
    other, this = people.token_of(OFFICER), people.token_of(OFFICER)

    at = change(open_page("account.py", this), OFFICER.password, NEW)

    assert "ตั้งรหัสผ่านใหม่แล้ว" in words(at)
    assert people.sign_in_with(OFFICER.citizen_id, NEW)
    with pytest.raises(SignInRefused):
        people.sign_in_as(OFFICER)
    open_page("account.py", other)
    assert executed[-1] == "sign_in.py"
    open_page("account.py", this)
    assert executed[-1] == "account.py"


def test_who_must_choose_a_password_is_told_so_and_is_free_after_it(open_page):
    first = users.create(people.actor(ADMIN), STRANGER.data, role=Role.OFFICER, rights={})
    at = open_page("account.py", people.sign_in_with(STRANGER.citizen_id, first))
    assert "โปรดตั้งรหัสผ่านของท่านเอง" in words(at)

    at = change(at, first, NEW)

    assert "โปรดตั้งรหัสผ่านของท่านเอง" not in words(at)


def test_a_person_changes_the_own_telephone_and_nothing_else(open_page):
    at = open_page("account.py", OFFICER)
    assert "account.first_name" not in keys(at, "text_input")
    assert OFFICER.citizen_id not in words(at)

    at = fill(at, "account", {"phone": "๐๘๑ ๒๓๔ ๕๖๗๘"})

    assert account.own_data(people.actor(OFFICER)).phone == "0812345678"


def test_refuses_a_bad_telephone_and_keeps_what_was_typed(open_page):
    at = fill(open_page("account.py", OFFICER), "account", {"phone": "12", "email": "x"})

    assert typed(at, "account", {"phone": "", "email": ""}) == {"phone": "12", "email": "x"}
    assert account.own_data(people.actor(OFFICER)).phone == OFFICER.phone


def test_lists_the_open_browsers_and_ends_another_one(open_page, executed):
    other = people.token_of(OFFICER)
    at = open_page("account.py", OFFICER)
    assert "เครื่องนี้" in words(at)
    closing = sorted(key for key in keys(at, "button") if key.endswith(".close"))

    for key in closing:
        at = at.button(key=key).click().run()

    assert not at.exception
    open_page("account.py", other)
    assert executed[-1] == "sign_in.py"


def test_ends_all_other_browsers_at_once(open_page):
    people.token_of(OFFICER)
    at = open_page("account.py", OFFICER)

    at.button(key="session.close_others").click().run()

    assert "session.close_others" not in keys(at, "button")
