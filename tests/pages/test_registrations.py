"""pages/registrations.py: the province answers claims, prints codes, takes DLA-SSO's list over."""

import pytest

from data_layer.models import RegistrationState
from data_layer.services import registrations
from data_layer.services.sign_in import SignInRefused
from pages.components.messages import JOINER
from tests import people
from tests.pages.reading import errors, keys, rows, words
from tests.people import (
    ADMIN,
    CENTRAL,
    CLAIMED,
    INITIAL,
    OTHER_PROVINCE,
    PROVINCE,
    UNCLAIMED,
    UNCONFIRMED,
    WAITING,
)

HEAD = "รหัสหน่วยงาน,ชื่อผู้ใช้งาน,ตำแหน่ง,ชื่อหน่วยงาน\n"
REASON = "เบอร์โทรไม่ตรงกับทะเบียน"


@pytest.fixture
def page(open_page):
    """The page as the province opens it."""
    return open_page("registrations.py", PROVINCE)


def claim_key(office, act):
    return f"claim.{people.claim_id(office)}.{act}"


def state_of(office):
    actor = people.actor(CENTRAL)
    found = [
        *registrations.waiting(actor),
        *registrations.confirmed(actor),
        *registrations.ended(actor),
    ]
    return next((each.state, each.reason) for each in found if each.office_code == office)


def give_reason(at, office, act, reason):
    at.text_area(key=f"{claim_key(office, act)}.reason").set_value(reason)
    return at.button(key=f"{claim_key(office, act)}.submit").click().run()


def upload(at, content, name="list.csv"):
    at.file_uploader(key="sso.file").set_value((name, content.encode(), "text/csv"))
    return at.run()


def test_shows_who_waits_with_the_telephone_but_without_the_citizen_id(page):
    assert UNCONFIRMED.first_name in words(page)
    assert f"(tel:{UNCONFIRMED.phone})" in words(page)
    assert f"(mailto:{UNCONFIRMED.email})" in words(page)
    assert JOINER not in words(page)
    assert UNCONFIRMED.citizen_id not in words(page)


def test_another_province_sees_nothing_of_it(open_page):
    at = open_page("registrations.py", OTHER_PROVINCE)

    assert UNCONFIRMED.first_name not in words(at)
    assert not [key for key in keys(at, "button") if key.startswith("claim.")]


def test_confirms_a_claim_and_its_person_may_work(page):
    at = page.button(key=claim_key(WAITING, "confirm")).click().run()

    assert "ยืนยัน สถอ.นาหว้า แล้ว" in words(at)
    assert state_of(WAITING)[0] is RegistrationState.CONFIRMED
    assert people.actor(UNCONFIRMED).may("user.write")


@pytest.mark.parametrize("act", ["refuse", "revoke"])
@pytest.mark.parametrize("reason", ["", "   "])
def test_wants_a_reason_and_changes_nothing_without_one(page, act, reason):
    office = WAITING if act == "refuse" else CLAIMED
    before = state_of(office)

    at = give_reason(page, office, act, reason)

    assert "โปรดกรอกเหตุผล" in errors(at)[0]
    assert state_of(office) == before


def test_refuses_a_claim_with_its_reason(page):
    give_reason(page, WAITING, "refuse", REASON)

    assert state_of(WAITING) == (RegistrationState.REFUSED, REASON)
    with pytest.raises(SignInRefused):
        people.sign_in_with(WAITING, INITIAL)


def test_revokes_a_confirmed_claim_and_its_people_are_out(page):
    token = people.token_of(ADMIN)

    give_reason(page, CLAIMED, "revoke", REASON)

    assert state_of(CLAIMED) == (RegistrationState.REVOKED, REASON)
    assert people.identity.identify(token, ip=people.IP) is None


def test_a_claim_that_a_colleague_answered_meanwhile_is_not_answered_twice(page):
    people.confirm(WAITING)
    key = claim_key(WAITING, "confirm")

    at = page.button(key=key).click().run()

    assert not at.exception
    assert key not in keys(at, "button")


def test_gives_the_admin_a_one_time_password(page):
    at = page.button(key=claim_key(CLAIMED, "reset")).click().run()

    assert people.sign_in_with(ADMIN.citizen_id, at.code[0].value)


def test_shows_a_whole_citizen_id_only_on_request(page):
    at = page.button(key=claim_key(WAITING, "reveal")).click().run()

    digits = "".join(letter for letter in words(at) if letter.isdigit())
    assert UNCONFIRMED.citizen_id in digits


def test_prints_a_code_that_opens_the_registration_in_place_of_123456(page):
    page.multiselect(key="codes.offices").set_value([UNCLAIMED])
    at = page.run().button(key="codes.issue").click().run()

    code = words(at).split("รหัสใช้ครั้งเดียว **`")[1].split("`")[0]
    assert people.claimant(UNCLAIMED, code).office_code == UNCLAIMED
    with pytest.raises(SignInRefused):
        people.sign_in_with(UNCLAIMED, INITIAL)


def test_offers_codes_to_offices_that_can_get_one_only(page):
    offered = page.multiselect(key="codes.offices").options

    assert "นาแก · นครพนม" in offered
    assert not [name for name in offered if name.startswith(("ธาตุพนม", "นาหว้า"))]
    assert page.multiselect(key="codes.offices").proto.select_all == 0


def test_every_act_leaves_the_person_in_the_tab_of_the_act(page):
    def tabs(at):
        return [tab.label for tab in at.tabs]

    before = tabs(page)

    at = give_reason(page, CLAIMED, "revoke", REASON)

    assert tabs(at) == before  # tabs by other names would be new ones, the first of them open
    assert tabs(at)[0] == "รอยืนยัน"


def test_a_list_with_errors_names_row_and_reason_and_cannot_be_taken(page):
    at = upload(page, f"{HEAD}9999,นายก ข,ท้องถิ่นอำเภอ,สถอ.ไม่มี\n8101,นายก ข,,สถอ.อื่น\n")

    assert "มี 2 จุดที่ต้องแก้ในไฟล์ก่อน" in errors(at)[0]
    assert [row[0] for row in rows(at, "sso.problems")] == ["2", "3"]
    assert "sso.take" not in keys(at, "button")


def test_a_file_that_is_no_list_is_refused_in_a_sentence(page):
    at = upload(page, "ก,ข\n1,2\n")

    assert not at.exception
    assert len(errors(at)) == 1


def test_a_list_is_shown_before_it_is_taken_and_taken_once(page):
    content = (
        f"{HEAD}{UNCLAIMED},นายสมชาย ทดลอง,ท้องถิ่นอำเภอ,สถอ.นาแก\n4812,ไม่พบผู้ลงทะเบียน,,สถอ.วังยาง\n"
    )

    at = upload(page, content)

    assert [row[0] for row in rows(at, "sso.changes")] == [UNCLAIMED]
    at.button(key="sso.take").click().run()
    assert "เปลี่ยนแปลง 1 รายการ" in words(at)
    again = upload(at, content)
    assert "ไม่มีอะไรต้องนำเข้า" in words(again)


def test_the_centre_chooses_a_province_and_sees_all_of_it(open_page):
    at = open_page("registrations.py", CENTRAL)
    assert "ไม่เกิน 20 หน่วยงาน" in words(at)

    at = at.selectbox(key="registrations.province").set_value("81").run()

    assert at.query_params["province"] == "81"
    assert "ไม่มีหน่วยงานรอยืนยัน" in words(at)
    assert UNCONFIRMED.first_name not in words(at)


def test_a_province_is_not_asked_which_one(page):
    assert "registrations.province" not in keys(page, "selectbox")
