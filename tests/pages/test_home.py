"""pages/home.py: where the person stands, and the one next thing to do."""

from datetime import date

import pytest

from data_layer.access import Role
from data_layer.models import Change
from data_layer.rules.proposals import ProposalEntry
from data_layer.services import proposal_list, proposals, registrations, review, users
from tests import people
from tests.pages.reading import errors, keys, rows, words
from tests.people import (
    ADMIN,
    CENTRAL,
    OFFICER,
    OTHER_PROVINCE,
    PROVINCE,
    STRANGER,
    UNCONFIRMED,
    WAITING,
)
from tests.rounds import TAO, TOWN, add_authorities, stand, submitted


def links(at):
    return {link.proto.page for link in at.main.get("page_link")}


def test_who_waits_reads_so_and_sees_nothing_of_the_office(open_page, menu):
    at = open_page("home.py", UNCONFIRMED)

    assert "รอจังหวัดยืนยันการลงทะเบียน" in words(at)
    assert menu() == {"home", "account", "find_office", "guide"}
    assert links(at) == set()


def test_who_waits_is_let_in_at_the_next_look_after_the_confirmation(open_page, menu):
    at = open_page("home.py", UNCONFIRMED)
    people.confirm(WAITING)

    at.button(key="home.refresh").click().run()

    assert "รอจังหวัดยืนยัน" not in words(at)
    assert "users" in menu()


def test_who_was_refused_reads_the_reason_and_the_way_on(open_page):
    registrations.refuse(people.actor(PROVINCE), people.claim_id(WAITING), "เบอร์โทรไม่ตรง")

    at = open_page("home.py", UNCONFIRMED)

    assert errors(at) == ["จังหวัดไม่รับการลงทะเบียนนี้ เหตุผล: เบอร์โทรไม่ตรง"]
    assert "รหัสใช้ครั้งเดียว" in words(at)


def test_a_reason_is_shown_letter_by_letter(open_page):
    reason = "**หนา** <script>alert(1)</script> $x$"
    registrations.refuse(people.actor(PROVINCE), people.claim_id(WAITING), reason)

    (shown,) = errors(open_page("home.py", UNCONFIRMED))

    assert "\\*\\*หนา" in shown
    assert "\\<script" in shown
    assert "\\$x" in shown


def test_whose_claim_was_revoked_reads_so(open_page):
    registrations.revoke(people.actor(PROVINCE), people.claim_id(ADMIN.office), "ย้ายที่ทำงาน")

    (shown,) = errors(open_page("home.py", people.sign_in_as(ADMIN)))

    assert shown == "การลงทะเบียนนี้ถูกยกเลิก เหตุผล: ย้ายที่ทำงาน"


def test_who_has_a_one_time_password_must_choose_an_own_one_first(open_page, menu):
    one_time = users.create(people.actor(ADMIN), STRANGER.data, role=Role.OFFICER, rights={})

    at = open_page("home.py", people.sign_in_with(STRANGER.citizen_id, one_time))

    assert "โปรดตั้งรหัสผ่านของท่านเองก่อนใช้งาน" in words(at)
    assert links(at) == {"account"}
    assert menu() == {"home", "account", "find_office", "guide"}


def test_an_admin_is_led_to_the_users(open_page):
    at = open_page("home.py", ADMIN)

    assert links(at) == {"users", "district_dashboard"}
    assert f"สถอ.{'ธาตุพนม'}" in words(at)


@pytest.mark.parametrize(("who", "count"), [(PROVINCE, 1), (CENTRAL, 1), (OTHER_PROVINCE, 0)])
def test_a_supervisor_sees_how_many_wait_in_the_own_area(open_page, who, count):
    at = open_page("home.py", who)

    assert ("มี 1 หน่วยงานรอการยืนยันการลงทะเบียน" in words(at)) is (count == 1)
    assert ("registrations" in links(at)) is (count == 1)


def test_a_province_reads_how_many_have_not_registered(open_page):
    # Nakhon Phanom has twelve district offices: one is registered, one waits
    assert "จังหวัดนครพนม มี 10 สถอ. ที่ยังไม่ลงทะเบียน จาก 12 แห่ง" in words(open_page("home.py", PROVINCE))


def test_the_way_out_ends_the_session(open_page, redirects):
    token = people.token_of(ADMIN)
    at = open_page("home.py", token)
    assert "sign_out" in keys(at, "button")

    at.button(key="sign_out").click().run()

    assert redirects == ["/auth/bye"]
    assert "sign_in.username" in keys(open_page("home.py", token), "text_input")


def test_a_session_that_ended_meanwhile_shows_the_sign_in_at_the_next_click(open_page, executed):
    token = people.token_of(ADMIN)
    at = open_page("home.py", token)
    people.sign_in.sign_out(token)

    at.run()

    assert executed[-1] == "sign_in.py"
    assert ADMIN.first_name not in words(at)


def test_who_was_given_no_right_reads_whom_to_ask(open_page):
    assert "ยังไม่มีสิทธิในงานใด" not in words(open_page("home.py", OFFICER))
    people.give(OFFICER)

    text = words(open_page("home.py", OFFICER))

    assert "ยังไม่มีสิทธิในงานใด" in text
    assert "SSO ADMIN ของหน่วยงานของท่าน ให้กำหนดสิทธิที่หน้า “ผู้ใช้งาน”" in text


def test_an_officer_sees_first_what_was_sent_back(open_page):
    stand()
    found = submitted()
    review.send_back(people.actor(PROVINCE), found.key, found.version, {}, "ตรวจอีกครั้ง")

    at = open_page("home.py", OFFICER)

    text = words(at)
    assert ":red-badge[:material/undo: ถูกส่งกลับให้แก้ไข 1 แห่ง] แบบสำรวจข้อมูลพื้นฐาน" in text
    assert text.count("ถูกส่งกลับ") == 1
    assert text.index("ถูกส่งกลับ") < text.index("ยังไม่ส่ง 1 แห่ง")


def test_the_province_sees_what_waits_for_its_review(open_page):
    stand()
    submitted()

    assert "แบบสำรวจข้อมูลพื้นฐาน รอตรวจ 1 แห่ง" in words(open_page("home.py", PROVINCE))


def test_a_proposal_for_the_register_waits_on_the_provinces_home_and_comes_back_refused(open_page):
    add_authorities()
    entry = ProposalEntry(Change.PROFILE, {"villages": "12"}, date(2026, 11, 1))
    proposals.propose(people.actor(OFFICER), TAO, entry)

    assert "คำขอเปลี่ยนทะเบียน อปท. รอยืนยัน 1 คำขอ" in words(open_page("home.py", PROVINCE))
    assert "ไม่ยืนยัน" not in words(open_page("home.py", OFFICER))
    (found,) = proposal_list.waiting(people.actor(PROVINCE))
    proposals.refuse(people.actor(PROVINCE), found.id, found.version, "ไม่ตรงประกาศ")

    assert "คำขอเปลี่ยนทะเบียน" not in words(open_page("home.py", PROVINCE))
    at = open_page("home.py", OFFICER)
    assert "จังหวัดไม่ยืนยันคำขอเปลี่ยนทะเบียน อปท. 1 แห่ง" in words(at)
    assert f"authority={TAO}" in {link.proto.query_string for link in at.main.get("page_link")}
    notes = {row[0]: row[-1] for row in rows(open_page("offices.py", OFFICER), "authorities.list")}
    assert notes[TAO] == "จังหวัดไม่ยืนยันคำขอล่าสุด"
    assert notes[TOWN] == ""
