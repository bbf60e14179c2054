"""pages/offices.py: telephones of district offices, and the department's list of authorities."""

import pytest

from data_layer.services import authorities as register
from data_layer.services import offices
from tests import people
from tests.pages.reading import errors, keys, rows, words
from tests.people import CENTRAL, PROVINCE

HEAD = "รหัส อปท.,ชื่อ อปท.,ประเภท,โทรศัพท์,วันที่มีผล,สถานะ\n"
NEW = f"{HEAD}06480701,อบต.ทดลอง,อบต.,042571234,,\n"


@pytest.fixture
def na_kae(open_page):
    """The page as the province opens it, the row of Na Kae picked."""
    at = open_page("offices.py", PROVINCE)
    at.session_state["districts.list.picked"] = "4807"  # what a click on the row sends
    return at.run()


def save_phone(at, phone):
    at.text_input(key="office_phone.4807").set_value(phone)
    return at.button(key="office_phone.submit").click().run()


def phone_of(code):
    listed = offices.district_list(people.actor(PROVINCE), code)
    return listed.loc[listed["code"] == code, "phone"].item()


def upload(at, content, name="list.csv"):
    at.file_uploader(key="offices.file").set_value((name, content.encode(), "text/csv"))
    return at.run()


def authorities(code=""):
    return list(register.authority_list(people.actor(CENTRAL), code)["code"])


def test_refuses_a_bad_telephone(na_kae):
    at = save_phone(na_kae, "12345")

    assert len(errors(at)) == 1
    assert phone_of("4807") == ""


def test_saves_a_telephone_in_thai_digits(na_kae):
    at = save_phone(na_kae, "๐๔๒ ๕๗๑ ๒๓๔")

    assert errors(at) == []
    assert phone_of("4807") == "042571234"


def test_an_office_of_another_province_cannot_be_picked(open_page):
    at = open_page("offices.py", PROVINCE)
    at.session_state["districts.list.picked"] = "8101"

    at.run()

    assert "office_phone.8101" not in keys(at, "text_input")
    assert {row[0][:2] for row in rows(at, "districts.list")} == {"48"}


def test_the_search_narrows_the_list(open_page):
    at = open_page("offices.py", PROVINCE)

    at.text_input(key="districts.query").set_value("นาแก").run()

    assert [row[0] for row in rows(at, "districts.list")] == ["4807"]


def test_a_province_is_offered_no_import(open_page):
    assert keys(open_page("offices.py", PROVINCE), "file_uploader") == set()


def test_a_list_with_errors_names_each_and_takes_nothing(open_page):
    content = f"{NEW}99,ไม่ดี,อบต.,,,\n06480702,อบต.ดี,สภากาแฟ,,,\n06480701,ซ้ำ,อบต.,,,\n"

    at = upload(open_page("offices.py", CENTRAL), content)

    assert "มี 3 จุดที่ต้องแก้ในไฟล์ก่อน" in errors(at)[0]
    assert [row[0] for row in rows(at, "offices.problems")] == ["3", "4", "5"]
    assert "offices.take" not in keys(at, "button")
    assert authorities() == []


def test_a_list_is_shown_first_and_taken_by_the_button(open_page):
    at = upload(open_page("offices.py", CENTRAL), NEW)
    assert rows(at, "offices.changes") == [["06480701", "อบต.ทดลอง", "เพิ่มใหม่"]]
    assert authorities() == []

    at.button(key="offices.take").click().run()

    assert "เปลี่ยนแปลง 1 รายการ" in words(at)
    assert authorities() == ["06480701"]
