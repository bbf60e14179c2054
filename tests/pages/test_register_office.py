"""pages/register_office.py: the first person of an office fills the form of the SSO ADMIN."""

import pytest
from sqlalchemy import func, select

from auth import session
from data_layer.access import Role
from data_layer.db import reading
from data_layer.models import Office, Registration, RegistrationState, User
from data_layer.rules.person import FIELD_LABELS
from data_layer.services import office_codes, registrations, sign_in
from tests import people
from tests.pages.reading import errors, fill, typed, warnings, words
from tests.people import ADMIN, INITIAL, NEWCOMER, UNCLAIMED

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.fixture
def first_time(open_page):
    """The registration page as the unclaimed office opens it."""
    return open_page("register_office.py", people.sign_in_with(UNCLAIMED, INITIAL))


def claims():
    with reading() as session:
        statement = select(Registration).join(Office, Office.id == Registration.office_id)
        return session.scalars(statement.where(Office.code == UNCLAIMED)).all()


def saved(person):
    with reading() as session:
        return session.get_one(User, people.user_id(person))


def count_users():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(User))


def test_says_all_that_is_missing_at_once_and_saves_nothing(first_time):
    before = count_users()

    at = fill(first_time, "register", {})

    assert errors(at) == ["ยังบันทึกไม่ได้ โปรดแก้ไข 8 ช่องที่มีข้อความสีแดง"]
    for label in FIELD_LABELS.values():
        assert f"โปรดกรอก{label}" in words(at)
    assert claims() == []
    assert count_users() == before


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("citizen_id", "1999900000000", "เลข"),
        ("citizen_id", "๑๒๓", "13 หลัก"),
        ("phone", "12345", "โทร"),
        ("email", "ไม่ใช่อีเมล", "อีเมล"),
        ("password", "สั้น", "12"),
        ("password", "123456123456", "เดาได้ง่าย"),
        ("password_again", "ไม่เหมือนกันเลยสักนิด", "ไม่ตรงกัน"),
    ],
)
def test_says_what_is_wrong_with_one_field_and_keeps_all_that_was_typed(
    first_time, field, wrong, said
):
    given = NEWCOMER.registration | {field: wrong}
    if field == "password":
        given["password_again"] = wrong

    at = fill(first_time, "register", given)

    red = [line for line in words(at).splitlines() if line.startswith(":red[")]
    assert len(red) == 1
    assert said in red[0]
    assert typed(at, "register", given) == given
    assert claims() == []


def test_refuses_a_number_that_belongs_to_a_user_of_another_office(first_time):
    given = NEWCOMER.registration | {"citizen_id": ADMIN.citizen_id}

    at = fill(first_time, "register", given)

    assert "เลขนี้มีบัญชีผู้ใช้อยู่แล้ว" in words(at)
    assert claims() == []


def test_tells_the_second_of_two_that_the_office_was_taken(first_time, redirects):
    people.claim(NEWCOMER)

    at = fill(first_time, "register", people.STRANGER.registration)

    assert redirects == []
    assert not at.exception
    assert "หน่วยงานนี้มีผู้ลงทะเบียนแล้ว" in warnings(at)[0]
    assert "แจ้งจังหวัดทันที" in warnings(at)[0]
    assert len(claims()) == 1


def test_a_press_that_comes_after_the_claim_was_saved_leads_on_all_the_same(first_time, redirects):
    claimant = people.identity.identify(session.read_token(), ip=people.IP)
    registrations.claim(claimant, NEWCOMER.registration, browser=people.BROWSER)

    fill(first_time, "register", NEWCOMER.registration)

    assert redirects[0].startswith("/auth/finish?t=")
    assert len(claims()) == 1


def test_saves_the_claim_and_signs_the_new_admin_in(first_time, redirects):
    at = fill(first_time, "register", NEWCOMER.registration)

    assert not at.exception
    assert errors(at) == []
    assert [claim.state for claim in claims()] == [RegistrationState.WAITING]
    user = saved(NEWCOMER)
    assert (user.first_name, user.position) == (NEWCOMER.first_name, "ท้องถิ่นอำเภอ")
    assert user.role is Role.SSO_ADMIN
    assert user.citizen_id == NEWCOMER.citizen_id
    assert redirects[0].startswith("/auth/finish?t=")


def test_takes_thai_digits_and_dashes_and_keeps_arabic_ones(first_time):
    number = NEWCOMER.citizen_id
    dashed = f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    given = NEWCOMER.registration | {
        "citizen_id": dashed.translate(THAI_DIGITS),
        "phone": NEWCOMER.phone.translate(THAI_DIGITS),
    }

    fill(first_time, "register", given)

    assert (saved(NEWCOMER).citizen_id, saved(NEWCOMER).phone) == (number, NEWCOMER.phone)


def test_a14_the_initial_password_never_works_again(first_time):
    fill(first_time, "register", NEWCOMER.registration)

    with pytest.raises(sign_in.SignInRefused):
        people.sign_in_with(UNCLAIMED, INITIAL)


def test_warns_in_red_when_nobody_will_confirm(onboarding, open_page):
    onboarding("letter")
    at = open_page("register_office.py", people.sign_in_with(UNCLAIMED, INITIAL))

    assert "โดยไม่มีผู้ตรวจสอบ" in errors(at)[0]
    fill(at, "register", NEWCOMER.registration)
    assert [claim.state for claim in claims()] == [RegistrationState.CONFIRMED]


def test_a_code_of_the_province_confirms_by_itself(open_page):
    supervisor = people.actor(people.PROVINCE)
    (slip,) = office_codes.issue_codes(supervisor, [UNCLAIMED])

    at = open_page("register_office.py", people.sign_in_with(UNCLAIMED, slip.code))
    fill(at, "register", NEWCOMER.registration)

    assert [claim.state for claim in claims()] == [RegistrationState.CONFIRMED]


def test_says_what_the_data_are_kept_for(first_time):
    assert "ใช้เพื่อยืนยันตัวและติดต่อเรื่องงานเท่านั้น" in words(first_time)


def test_who_came_with_the_code_of_another_office_can_go_out_again(open_page, redirects):
    token = people.sign_in_with(UNCLAIMED, INITIAL)
    at = open_page("register_office.py", token)
    assert f"สถอ.นาแก ({UNCLAIMED})" in "\n".join(each.value for each in at.sidebar.markdown)

    at.button(key="sign_out").click().run()

    assert redirects == ["/auth/bye"]
    assert people.identity.identify(token, ip=people.IP) is None


def test_the_ten_steps_stand_on_the_page_and_no_menu_leads_away_from_a_half_filled_form(
    first_time, menu, open_page
):
    assert "**1. เปิดหน้าเข้าสู่ระบบ**" in words(first_time)

    open_page("register_office.py", people.sign_in_with(UNCLAIMED, INITIAL))
    assert menu() == {"register_office"}
