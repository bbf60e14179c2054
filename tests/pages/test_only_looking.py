"""Who may only look, or not even that: what a page promises is what can be done there."""

import pytest

from tests import people
from tests.pages.reading import words
from tests.people import ADMIN, OFFICER, PROVINCE, VIEWER
from tests.rounds import stand

PROMISES = {
    "enter_survey.py": "บันทึกร่างทุกช่องที่พิมพ์",
    "enter_readiness.py": "บันทึกร่างทุกช่องที่พิมพ์",
    "officials.py": "เพิ่ม หรือแก้ไข",
    "users.py": "สร้างผู้ใช้งาน",
}
INSTEAD = "ท่านไม่มีสิทธิเปิดหน้า"


@pytest.mark.parametrize(("page", "promise"), PROMISES.items())
def test_a_page_promises_only_what_can_be_done_there(page, promise, open_page):
    stand()
    people.give(OFFICER, survey="read", readiness="read", officials="read", users="read")

    assert promise in words(open_page(page, ADMIN))
    assert promise not in words(open_page(page, OFFICER))


@pytest.mark.parametrize(
    ("page", "who", "title"),
    [
        ("enter_survey.py", VIEWER, "สำรวจข้อมูลพื้นฐาน"),
        ("rounds.py", ADMIN, "รอบการกรอกข้อมูล"),
        ("country_dashboard.py", PROVINCE, "ภาพรวมประเทศ"),
    ],
)
def test_the_address_of_a_page_that_is_not_theirs_says_so_above_the_first_page(
    page, who, title, open_page
):
    text = words(open_page(page, who))

    assert f"{INSTEAD} “{title}” จึงแสดงหน้าแรกแทน" in text
    assert "สวัสดี" in text


def test_who_has_come_to_the_first_page_is_told_nothing_of_other_pages(open_page):
    for page in ("home.py", "sign_in.py", "register_office.py"):
        assert INSTEAD not in words(open_page(page, VIEWER))


def test_who_has_no_right_at_all_is_told_that_alone(open_page):
    people.give(VIEWER)

    text = words(open_page("enter_survey.py", VIEWER))

    assert "ยังไม่มีสิทธิในงานใด" in text
    assert "โปรดแจ้ง SSO ADMIN" in text
    assert INSTEAD not in text
