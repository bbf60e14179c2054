"""pages/officials.py: who sits in the authorities of the district, and how it is entered."""

from datetime import date

import pytest
from sqlalchemy import select

from data_layer.db import bookkeeping
from data_layer.models import Office
from data_layer.services import official_changes, officials
from tests import people
from tests.officials import ELECTED, add, row, typed
from tests.pages.reading import at_address, errors, heading, keys, place, refilled, rows, words
from tests.people import ADMIN, CENTRAL, OFFICER, OTHER_PROVINCE, PROVINCE, VIEWER
from tests.rounds import FOREIGN, OF_NA_WA, TAO, TOWN, add_authorities

LEFT = {"ended_on": date(2026, 5, 1), "end_reason": "resigned"}
DAYS = {"born_on", "elected_on", "announced_on", "began_on", "order_on", "ended_on"}
CHOICES = {"post", "acquisition", "education", "end_reason", "prefix"}
NAME = "นายสมมุติ ตัวอย่างข"


@pytest.fixture(autouse=True)
def _stand(database):
    add_authorities()


@pytest.fixture
def at_town(open_page):
    """The register of ทต.ธาตุพนม as its SSO ADMIN opens it."""
    return lambda person=ADMIN, **more: open_page("officials.py", person, authority=TOWN, **more)


def pick(at, table, key):
    """What a click on a row sends."""
    at.session_state[f"{table}.picked"] = key
    return at.run()


def press(at, key):
    return at.button(key=f"officials.{key}").click().run()


def enter(at, given):
    """Type an entry field by field; the post first, since others depend on it."""
    for name, value in sorted(given.items(), key=lambda item: item[0] != "post"):
        _type(at, name, value)
    return at


def _type(at, name, value):
    key = f"officials.{name}"
    if value is None:
        return
    if name in DAYS:
        for part in ("day", "month", "year"):
            at.selectbox(key=f"{key}.{part}").set_value(getattr(value, part))
        at.run()
    elif name == "sex":
        at.button_group(key=key).set_value(value).run()
    elif isinstance(value, bool):
        at.checkbox(key=key).set_value(value).run()
    else:
        widget = at.selectbox if name in CHOICES else at.text_input
        widget(key=key).set_value(value if name in CHOICES else str(value)).run()


def buttons(at):
    return {key for key in keys(at, "button") if key.startswith("officials.")}


def view(office=TOWN):
    return officials.roster(people.actor(ADMIN), office)


def test_who_has_no_right_for_the_register_does_not_find_the_page(open_page, menu):
    for person in (OFFICER, VIEWER):
        open_page("officials.py", person, authority=TOWN)
        assert "officials" not in menu()


@pytest.mark.parametrize(("person", "office"), [(ADMIN, FOREIGN), (OTHER_PROVINCE, TOWN)])
def test_an_authority_elsewhere_is_said_to_be_outside_and_shows_nobody(open_page, person, office):
    add(1, "mayor", office=office, person=PROVINCE)

    at = open_page("officials.py", person, authority=office)

    assert "อยู่นอกสิทธิของท่าน" in words(at)
    assert NAME not in words(at)
    assert "officials.add" not in buttons(at)


def test_who_may_only_read_sees_everything_and_no_button(open_page, at_town):
    people.give(VIEWER, officials="read")
    tenure = add(1, "mayor", office=TOWN)

    at = at_town(VIEWER)
    assert [line[:3] for line in rows(at, "officials.sitting")] == [
        ["สมาชิกสภา เขต 1", "ว่าง 6 ที่", ["ว่าง", "vacant"]],
        ["สมาชิกสภา เขต 2", "ว่าง 6 ที่", ["ว่าง", "vacant"]],
        ["นายก", NAME, ["ดำรงตำแหน่ง", "sitting"]],
    ]
    assert buttons(at) == set()
    pick(at, "officials.sitting", str(tenure))

    assert buttons(at) == {"officials.back"}
    assert "1-xxxx-xxxxx" in words(at)
    assert len(rows(at, "officials.acts")) == 1


def test_the_list_begins_where_most_is_missing_and_adds_up(open_page):
    add(0, "mayor", office=TOWN)
    for number in range(1, 13):
        add(number, office=TOWN, constituency=1 + number % 2)

    at = open_page("officials.py", ADMIN)

    assert [(line[0], line[1][1], line[2]) for line in rows(at, "officials.list")] == [
        ("อบต.ฝั่งแดง", "unfilled", "ไม่มีนายก"),
        ("ทต.ธาตุพนม", "filled", "นายสมมุติ ตัวอย่างก"),
    ]
    assert "อปท. ที่ยังไม่ครบ" in words(at)


def test_a_row_opens_an_authority_whose_address_can_be_sent(open_page):
    at = pick(open_page("officials.py", ADMIN), "officials.list", TOWN)

    assert at.query_params["authority"] == TOWN
    assert heading(at) == "ทต.ธาตุพนม"
    at.selectbox(key="officials.authority").set_value("").run()
    assert heading(at) == "ผู้บริหารและสมาชิกสภา"


def test_an_authority_that_is_made_up_says_so_below_its_name(open_page):
    with bookkeeping() as session:
        session.scalars(select(Office).where(Office.code == TOWN)).one().is_sample = True

    at = open_page("officials.py", ADMIN, authority=TOWN)

    assert heading(at) == "ทต.ธาตุพนม"
    assert any("ข้อมูลตัวอย่าง" in each.value for each in at.main.markdown)


def test_a_province_chooses_a_district_and_searches(open_page):
    at = open_page("officials.py", PROVINCE)

    at.selectbox(key="officials.district").set_value("4809").run()
    assert rows(at, "officials.list")[0][0] == "อบต.นาหว้า"
    at.selectbox(key="officials.district").set_value("").run()
    at.text_input(key="officials.query").set_value("ฝั่งแดง").run()
    assert [line[0] for line in rows(at, "officials.list")] == ["อบต.ฝั่งแดง"]


def test_a_link_leads_the_centre_to_the_province_of_the_authority(open_page):
    at = open_page("officials.py", CENTRAL, authority=TOWN)

    assert heading(at) == "ทต.ธาตุพนม"
    assert at.selectbox(key="officials.province").value == "48"


def test_all_that_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(at_town):
    at = press(at_town(), "add")
    given = typed(1) | {"citizen_id": "1101700230709", "first_name": "John", "began_on": None}
    enter(at, given | {"constituency": None})

    press(at, "save")

    text = words(at)
    assert "ยังบันทึกไม่ได้ โปรดแก้ไข 4 ช่อง" in errors(at)[0]
    assert "โปรดกรอกชื่อเป็นอักษรไทย" in text
    assert "โปรดกรอกวันเริ่มดำรงตำแหน่ง" in text
    assert "โปรดกรอกเขตเลือกตั้ง" in text
    assert at.text_input(key="officials.first_name").value == "John"
    assert view().sitting == ()

    enter(at, {"citizen_id": typed(1)["citizen_id"], "first_name": "สมมุติ"})
    enter(at, {"began_on": ELECTED, "constituency": "๒"})
    press(at, "save")

    assert errors(at) == []
    assert "เป็นสมาชิกสภา เขต 2 แล้ว" in words(at)
    assert [each.seat for each in view().sitting] == ["สมาชิกสภา เขต 2"]
    assert "officials.add" in buttons(at)


def test_the_seats_follow_while_it_is_typed(at_town):
    at = press(at_town(), "add")
    assert "สมาชิก 0 จาก 12" in words(at)

    enter(at, {"post": "member", "constituency": "2", "elected_on": ELECTED})

    assert "สมาชิก 1 จาก 12" in words(at)
    assert "เขต 2 (5)" in words(at)
    assert "29 มีนาคม 2572" in words(at)


def test_a_run_in_which_nothing_changed_leaves_every_field_to_who_is_filling_it(at_town):
    at = press(at_town(), "add")
    assert refilled(at.run()) == set()

    enter(at, {"post": "member", "prefix": "นาย"})
    assert refilled(at.run()) == set()


def test_a_vacant_seat_begins_its_own_entry_and_the_next_one_has_the_same_days(at_town):
    at = pick(at_town(), "officials.sitting", "vacant:member:2")
    assert at.text_input(key="officials.constituency").value == "2"
    enter(at, typed(1, constituency=2))
    press(at, "save")

    pick(at, "officials.sitting", "vacant:member:1")

    assert at.selectbox(key="officials.elected_on.day").value == ELECTED.day
    assert at.text_input(key="officials.first_name").value == ""


def test_what_is_asked_depends_on_the_post(at_town):
    at = press(at_town(), "add")

    enter(at, {"post": "deputy_mayor"})
    assert "officials.constituency" not in keys(at, "text_input")
    assert "officials.elected_on.day" not in keys(at, "selectbox")
    assert "officials.order_number" in keys(at, "text_input")
    assert at.selectbox(key="officials.acquisition").value == "appointed"
    below = ["officials.last_name", "officials.began_on.day"]
    seen = [place(at, key) for key in below]

    enter(at, {"post": "member"})
    assert [place(at, key) for key in below] == seen  # what is being typed there stays
    assert "officials.constituency" in keys(at, "text_input")
    assert "officials.order_number" not in keys(at, "text_input")


def test_what_was_typed_for_a_post_stands_again_when_the_post_is_set_back(at_town):
    at = press(at_town(), "add")
    enter(at, {"post": "member", "constituency": "2", "elected_on": ELECTED})
    enter(at, {"post": "deputy_mayor"})

    enter(at, {"post": "member"})

    assert at.text_input(key="officials.constituency").value == "2"
    assert at.selectbox(key="officials.elected_on.day").value == ELECTED.day


def test_a_hard_rule_is_said_before_saving_and_refuses(at_town):
    add(1, "mayor", office=TOWN)
    at = enter(press(at_town(), "add"), typed(2, "mayor"))
    assert "มีนายกอยู่แล้ว" in words(at)

    press(at, "save")

    assert "บันทึกไม่ได้" in errors(at)[0]
    assert len(view().sitting) == 1


def test_a_soft_rule_asks_for_its_reason_beside_it_and_keeps_it(at_town):
    at = enter(press(at_town(), "add"), typed(1, constituency=3))
    assert "ไม่มีเขต 3" in words(at)
    press(at, "save")
    assert "โปรดระบุเหตุผลใน 1 ข้อ" in errors(at)[0]

    at.text_input(key="officials.reason.no_such_constituency").set_value("แบ่งเขตใหม่")
    press(at, "save")

    assert [each.reasons for each in view().sitting] == [("แบ่งเขตใหม่",)]


def test_an_entry_is_corrected_without_its_number_being_shown(at_town):
    tenure = add(1, office=TOWN)
    at = press(at_town(tenure=str(tenure)), "change")
    citizen_id = typed(1)["citizen_id"]
    assert citizen_id not in words(at)
    number = at.text_input(key="officials.citizen_id")
    assert (number.value, number.label) == ("", "เลขประจำตัวประชาชน 13 หลัก")  # no star
    assert number.placeholder == "เว้นว่างไว้ หากเลขเดิมถูกต้อง"

    press(at, "reveal")
    assert citizen_id[-4:-3] in words(at)
    enter(at, {"affiliation": "กลุ่มพัฒนา"})
    press(at, "save")

    assert row(tenure, TOWN).affiliation == "กลุ่มพัฒนา"
    assert official_changes.reveal_citizen_id(people.actor(ADMIN), tenure) == citizen_id


def test_who_comes_back_from_another_page_finds_what_was_typed_and_no_empty_fields(at_town):
    tenure = add(1, office=TOWN)
    at = press(at_town(tenure=str(tenure)), "change")
    first_name = at.text_input(key="officials.first_name").value
    enter(at, {"affiliation": "กลุ่มพัฒนา"})

    at_address(at_address(at, "home.py"), "officials.py").run()

    assert first_name
    assert at.text_input(key="officials.first_name").value == first_name
    assert at.text_input(key="officials.affiliation").value == "กลุ่มพัฒนา"


def test_who_saw_an_older_entry_is_told_and_overwrites_nothing(at_town):
    tenure = add(1, office=TOWN)
    at = press(at_town(tenure=str(tenure)), "change")
    seen = row(tenure, TOWN).version
    official_changes.change(people.actor(PROVINCE), tenure, seen, {"affiliation": "ก"}, {})

    enter(at, {"affiliation": "ข"})
    press(at, "save")

    assert "มีผู้แก้ไขข้อมูลนี้ก่อนท่าน" in errors(at)[0]
    assert row(tenure, TOWN).affiliation == "ก"


def test_who_leaves_along_is_said_before_and_after(at_town):
    mayor = add(1, "mayor", office=TOWN)
    add(2, "deputy_mayor", office=TOWN)
    at = press(at_town(tenure=str(mayor)), "end")
    assert "ผู้ที่จะพ้นไปด้วย" in words(at)
    press(at, "save")
    assert "โปรดแก้ไข 2 ช่อง" in errors(at)[0]

    enter(at, LEFT)
    assert "ไม่มีนายก · รองนายก 0" in words(at)
    press(at, "save")

    assert view().sitting == ()
    assert "พร้อมกับ นายสมมุติ ตัวอย่างค" in words(at)
    assert len(rows(at, "officials.past")) == 2


def test_one_follows_another_in_one_act(at_town):
    mayor = add(1, "mayor", office=TOWN)
    at = press(at_town(tenure=str(mayor)), "replace")
    comes = typed(2, "mayor", began_on=date(2026, 5, 2), elected_on=date(2026, 5, 2))
    enter(at, LEFT | {name: value for name, value in comes.items() if name != "post"})

    press(at, "save")

    assert errors(at) == []
    assert [each.name for each in view().sitting] == ["นายสมมุติ ตัวอย่างค"]
    assert "เป็นนายก แทน" in words(at)


def test_a_mistaken_leaving_is_taken_back(at_town):
    tenure = add(1, office=TOWN, **LEFT)
    at = press(at_town(tenure=str(tenure)), "restore")

    press(at, "save")

    assert [each.id for each in view().sitting] == [tenure]
    assert "ยกเลิกการพ้นแล้ว" in words(at)


def test_a_slip_is_struck_out_with_a_reason_only(at_town):
    tenure = add(1, office=TOWN)
    at = press(at_town(tenure=str(tenure)), "strike")
    press(at, "save")
    assert "โปรดกรอกเหตุผลที่ลบ" in errors(at)[0]
    assert len(view().sitting) == 1

    at.text_input(key="officials.strike_reason").set_value("ผิด อปท.")
    press(at, "save")

    assert view().sitting == ()
    assert "ลบรายการของ" in words(at)


def test_an_act_that_was_begun_is_forgotten_elsewhere(at_town):
    tenure = add(1, office=TOWN)
    at = press(at_town(tenure=str(tenure)), "change")

    press(at, "cancel")
    assert "officials.save" not in buttons(at)
    press(at, "change")
    press(at, "back")

    assert "officials.save" not in buttons(at)


def test_names_are_shown_letter_by_letter(at_town):
    tenure = add(1, office=TOWN, affiliation="<script>alert(1)</script> **หนา**")

    text = words(at_town(tenure=str(tenure)))

    assert "\\<script" in text
    assert "\\*\\*หนา" in text


def test_a_tenure_of_another_authority_is_not_there(at_town):
    tenure = add(1, office=TAO)

    at = at_town(tenure=str(tenure))

    assert "ไม่พบรายการนี้" in words(at)
    assert "officials.change" not in buttons(at)
    assert OF_NA_WA not in words(at)
