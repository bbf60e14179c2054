"""pages/offices.py: telephones of district offices, the register of authorities, its proposals."""

import pytest

from data_layer.services import authorities as register
from data_layer.services import offices, proposal_list, proposals
from tests import people
from tests.pages.reading import errors, heading, keys, rows, words
from tests.people import CENTRAL, OFFICER, PROVINCE
from tests.rounds import FOREIGN, TAO, TOWN, add_authorities

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


@pytest.fixture
def phang_daeng(database):
    """An authority of That Phanom, and one of Na Kae."""
    add_authorities()


def open_register(open_page, person, code=TAO):
    return open_page("offices.py", person, authority=code)


def type_proposal(at, **typed):
    for name, value in typed.items():
        at.text_input(key=f"proposal.{TAO}.{name}").set_value(value)
    return at.button(key=f"proposal.{TAO}.submit").click().run()


def waiting(person=PROVINCE):
    return proposal_list.waiting(people.actor(person))


def facts_of(code=TAO):
    return register.view(people.actor(PROVINCE), code).facts


def test_a_district_sees_its_own_authorities_and_no_telephone_form(open_page, phang_daeng):
    at = open_page("offices.py", OFFICER)

    assert [row[0] for row in rows(at, "authorities.list")] == [TOWN, TAO]
    assert "districts.query" not in keys(at, "text_input")
    assert keys(at, "file_uploader") == set()


def test_the_mailbox_of_an_authority_is_copied_as_it_stands(open_page, phang_daeng):
    read = words(open_register(open_page, OFFICER))

    assert f"(mailto:saraban_{TAO}@dla.go.th)" in read
    assert "\u2060" not in read


def test_an_authority_elsewhere_is_not_there(open_page, phang_daeng):
    at = open_register(open_page, OFFICER, FOREIGN)

    assert len(errors(at)) == 1
    assert heading(at) == "ทะเบียน อปท."
    assert not [key for key in keys(at, "text_input") if key.startswith("proposal.")]


def test_a_picked_row_opens_the_register_of_one_authority(open_page, phang_daeng):
    at = open_page("offices.py", OFFICER)
    at.session_state["authorities.list.picked"] = TAO

    at.run()

    assert at.query_params["authority"] == TAO
    assert heading(at) == "อบต.ฝั่งแดง"
    assert f"saraban\\_{TAO}" in words(at)
    back = at.button(key="authority.back").click().run()
    assert heading(back) == "ทะเบียนหน่วยงาน"


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(open_page, phang_daeng):
    at = type_proposal(
        open_register(open_page, OFFICER), villages="สิบ", area_sq_km="0", address="1 หมู่ 2"
    )

    assert "โปรดแก้ไข 2 ช่อง" in errors(at)[0]
    assert "โปรดกรอกจำนวนเต็ม" in words(at)
    assert at.text_input(key=f"proposal.{TAO}.address").value == "1 หมู่ 2"
    assert waiting() == []


def test_a_proposal_waits_where_its_district_sees_and_withdraws_it(open_page, phang_daeng):
    at = type_proposal(open_register(open_page, OFFICER), villages="๑๒", basis="ประกาศ")

    assert not at.exception
    assert "ส่งคำขอให้จังหวัดแล้ว" in words(at)
    (found,) = waiting()
    assert rows(at, f"proposal.{found.id}.facts") == [["จำนวนหมู่บ้าน", "–", "12"]]
    assert f"proposal.{TAO}.submit" not in keys(at, "button")
    assert f"proposal.{found.id}.confirm" not in keys(at, "button")
    at.button(key=f"proposal.{found.id}.withdraw").click().run()
    assert waiting() == []


def test_the_province_confirms_from_the_queue_and_the_register_follows(open_page, phang_daeng):
    type_proposal(open_register(open_page, OFFICER), villages="12")
    (found,) = waiting()
    at = open_page("offices.py", PROVINCE)

    at.button(key=f"proposal.{found.id}.confirm").click().run()

    assert "ยืนยันคำขอของ อบต.ฝั่งแดง แล้ว" in words(at)
    assert facts_of().villages == 12
    assert "ไม่มีคำขอรอยืนยัน" in words(at)


def test_a_refusal_without_a_reason_is_refused_and_with_one_the_district_reads_it(
    open_page, phang_daeng
):
    type_proposal(open_register(open_page, OFFICER), villages="12")
    (found,) = waiting()
    at = open_page("offices.py", PROVINCE)
    key = f"proposal.{found.id}.refuse"

    at.button(key=f"{key}.submit").click().run()
    assert "โปรดกรอกเหตุผล" in errors(at)[0]
    at.text_area(key=f"{key}.reason").set_value("ไม่ตรงประกาศ")
    at.button(key=f"{key}.submit").click().run()

    assert facts_of().villages is None
    at = open_register(open_page, OFFICER)
    assert "เหตุผล: ไม่ตรงประกาศ" in words(at)
    assert "คำขอที่ผ่านมา" not in {each.label for each in at.expander}  # it stands open
    type_proposal(at, villages="12")
    at = open_register(open_page, OFFICER)
    assert "คำขอที่ผ่านมา (1)" in {each.label for each in at.expander}


def test_another_kind_is_proposed_with_its_own_fields(open_page, phang_daeng):
    at = open_register(open_page, OFFICER)
    at.selectbox(key=f"proposal.{TAO}.change").set_value("kind").run()
    at.selectbox(key=f"proposal.{TAO}.kind").set_value("tambon_municipality")

    type_proposal(at, code="05480503", name="ทต.ฝั่งแดงใหม่", basis="ประกาศ")

    (found,) = waiting()
    assert {fact.new for fact in found.facts} == {"เทศบาลตำบล", "ทต.ฝั่งแดงใหม่", "05480503"}


def test_a_merger_offers_the_others_of_the_district(open_page, phang_daeng):
    at = open_register(open_page, OFFICER)
    at.selectbox(key=f"proposal.{TAO}.change").set_value("merger").run()

    partners = at.multiselect(key=f"proposal.{TAO}.partners")

    assert partners.options == ["ทต.ธาตุพนม (05480502)"]


def test_the_province_reads_the_register_and_proposes_nothing(open_page, phang_daeng):
    at = open_register(open_page, PROVINCE)

    assert heading(at) == "อบต.ฝั่งแดง"
    assert f"proposal.{TAO}.submit" not in keys(at, "button")


def test_the_register_of_another_day_is_shown_as_it_was(open_page, phang_daeng):
    type_proposal(open_register(open_page, OFFICER), villages="12")
    (found,) = waiting()
    proposals.confirm(people.actor(PROVINCE), found.id, found.version)
    at = open_register(open_page, OFFICER)
    assert "จำนวนหมู่บ้าน  \n**12**" in words(at)

    for part, value in (("day", 1), ("month", 1), ("year", 2026)):
        at.selectbox(key=f"authority.{TAO}.on.{part}").set_value(value)
    at.run()

    assert "จำนวนหมู่บ้าน  \n**–**" in words(at)
    assert f"proposal.{TAO}.submit" not in keys(at, "button")
