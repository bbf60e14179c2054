"""pages/review.py: the province judges what That Phanom handed in."""

import re

import pytest

from data_layer.models import RecordState
from data_layer.services import review, submissions
from tests import people
from tests.pages.reading import errors, keys, rows, words
from tests.people import OFFICER, PROVINCE
from tests.rounds import FOREIGN, TAO, TOWN, fill, key, opened, stand, submitted


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def open_one(open_page, code=TAO):
    return open_page("review.py", PROVINCE, form="survey", authority=code)


def test_with_nothing_handed_in_the_page_says_so(open_page):
    at = open_page("review.py", PROVINCE)

    assert "ไม่มีแบบรอตรวจ" in words(at)
    assert {row[2][0] for row in rows(at, "review.list")} == {"ยังไม่เริ่ม"}


def test_sending_back_without_a_word_is_refused(open_page):
    submitted()
    at = open_one(open_page)

    at = at.button(key="review.return").click().run()

    assert "โปรดบอกอย่างน้อยหนึ่งข้อ" in errors(at)[0]
    assert opened().state is RecordState.SUBMITTED


def mark(at, path):
    """Click the row of a field in the table."""
    at.session_state["review.rows.picked"] = path  # what the click sends
    return at.run()


def test_a_marked_field_wants_its_reason_or_is_unmarked(open_page):
    submitted()
    at = mark(mark(open_one(open_page), "households"), "staff_count")
    assert [row[3].split(" · ")[0] for row in rows(at, "review.rows")].count("กำลังขอให้แก้") == 2
    at.text_input(key="review.reason.households").set_value("สูงกว่าปีก่อนมาก")

    at = at.button(key="review.return").click().run()

    assert "“จำนวนบุคลากร (คน)”" in errors(at)[0]
    assert opened().state is RecordState.SUBMITTED
    at = at.button(key="review.unmark.staff_count").click().run()
    at = at.button(key="review.return").click().run()
    assert not at.exception
    assert opened().returned == {"households": "สูงกว่าปีก่อนมาก"}


def test_who_picked_fields_to_be_changed_is_led_back_and_not_to_approve(open_page):
    submitted()
    at = open_one(open_page)
    assert at.button(key="review.approve").proto.type == "primary"

    at = mark(at, "staff_count")

    assert at.button(key="review.approve").disabled
    assert at.button(key="review.return").proto.type == "primary"
    at = at.button(key="review.unmark.staff_count").click().run()
    assert not at.button(key="review.approve").disabled


def test_it_is_sent_back_with_a_note_that_the_district_reads(open_page):
    submitted()
    at = open_one(open_page)
    at.text_input(key="review.note").set_value("ตรวจครัวเรือนอีกครั้ง")

    at = at.button(key="review.return").click().run()

    assert "ส่งกลับ" in at.success[0].value
    assert opened().note == "ตรวจครัวเรือนอีกครั้ง"


def test_one_is_approved_and_the_queue_comes_back(open_page):
    submitted()

    at = open_one(open_page).button(key="review.approve").click().run()

    assert not at.exception
    assert opened().state is RecordState.APPROVED
    assert "review.approve" not in keys(at, "button")


def test_several_are_approved_at_once(open_page):
    submitted()
    at = open_page("review.py", PROVINCE)
    at = at.multiselect(key="review.many").set_value([TAO]).run()

    at = at.button(key="review.approve_many").click().run()

    assert "จะตรวจผ่าน **1** แห่ง" in at.warning[0].value
    assert f"1. อบต.ฝั่งแดง ({TAO})" in at.warning[0].value
    assert opened().state is RecordState.SUBMITTED
    at = at.button(key="review.approve_many.sure").click().run()
    assert "1 แห่ง" in at.success[0].value
    assert opened().state is RecordState.APPROVED


def test_what_changed_while_the_province_was_asked_is_not_approved_with_the_others(open_page):
    found = submitted()
    at = open_page("review.py", PROVINCE)
    at = at.multiselect(key="review.many").set_value([TAO]).run()
    at = at.button(key="review.approve_many").click().run()
    submissions.withdraw(people.actor(OFFICER), found.key)
    again = opened()
    submissions.submit(people.actor(OFFICER), again.key, again.version)

    at = at.button(key="review.approve_many.sure").click().run()

    assert not at.exception
    assert errors(at)
    assert opened().state is RecordState.SUBMITTED


def test_who_changes_the_choice_or_goes_back_approves_nothing(open_page):
    submitted()
    at = open_page("review.py", PROVINCE)
    at = at.multiselect(key="review.many").set_value([TAO]).run()
    at = at.button(key="review.approve_many").click().run()

    at = at.button(key="review.approve_many.not").click().run()

    assert "review.approve_many.sure" not in keys(at, "button")
    assert opened().state is RecordState.SUBMITTED


def test_the_queue_is_cut_to_a_district_that_stands_in_the_address(open_page):
    at = open_page("review.py", PROVINCE)
    assert len(rows(at, "review.list")) == 4

    at = at.selectbox(key="review.district").set_value("4807").run()

    assert at.query_params["district"] == "4807"
    assert [row[0] for row in rows(at, "review.list")] == ["อบต.นาแก"]
    assert at.selectbox(key="entry.authority").options == [
        "ทุก อปท. (รายการ)",
        f"อบต.นาแก ({FOREIGN})",
    ]


def test_the_queue_marks_figures_that_stand_apart(open_page, monkeypatch):
    submitted()
    monkeypatch.setattr(review, "outliers", lambda figures: {TAO: 12.0} if figures else {})

    at = open_page("review.py", PROVINCE)

    assert re.fullmatch(r"ต่างจากที่อื่น \d+ ช่อง", rows(at, "review.list")[0][-1])
    assert {row[-1] for row in rows(at, "review.list")[1:]} == {""}


def test_approved_can_be_opened_again_for_a_reason(open_page):
    found = submitted()
    review.approve(people.actor(PROVINCE), [(found.key, found.version)])
    at = open_one(open_page)
    at.text_input(key="review.reopen.reason").set_value("พบตัวเลขผิด")

    at.button(key="review.reopen").click().run()

    assert opened().state is RecordState.RETURNED


def test_what_is_judged_can_be_printed(open_page):
    submitted()

    assert "entry.print" in keys(open_one(open_page), "download_button")


def test_what_was_handed_in_again_unchanged_says_so_beside_the_field(open_page):
    found = submitted()
    reasons = {"households": "สูงกว่าปีก่อนมาก"}
    review.send_back(people.actor(PROVINCE), found.key, found.version, reasons, "ดูอีกครั้ง")
    again = opened()
    submissions.submit(people.actor(OFFICER), again.key, again.version)

    at = open_one(open_page)

    assert "ครั้งก่อนแจ้งว่า: ดูอีกครั้ง" in words(at)
    assert "ยังเหมือนเดิม **1** ช่อง" in words(at)
    remarks = {row[0]: row[3] for row in rows(at, "review.rows")}
    assert "ครั้งก่อนให้แก้: สูงกว่าปีก่อนมาก (ยังเหมือนเดิม)" in remarks["จำนวนครัวเรือน"]


def test_what_was_taken_back_meanwhile_is_chosen_no_more(open_page):
    found = submitted()
    fill(OFFICER, key(TOWN), {"community_count": "5"})
    submitted(at=key(TOWN))
    at = open_page("review.py", PROVINCE)
    at = at.multiselect(key="review.many").set_value([TAO, TOWN]).run()
    at = at.button(key="review.approve_many").click().run()
    submissions.withdraw(people.actor(OFFICER), found.key)

    at = at.run()

    assert not at.exception
    assert at.multiselect(key="review.many").value == [TOWN]
    assert "review.approve_many.sure" not in keys(at, "button")
    at = at.selectbox(key="review.district").set_value("4807").run()
    assert not at.exception
    assert "ไม่มีแบบรอตรวจ" in words(at)


def test_of_a_draft_the_queue_says_neither_when_it_was_sent_nor_that_it_was_in_time(open_page):
    submitted()
    fill(OFFICER, key(TOWN), {"staff_count": 5})
    queue = lambda: [row[3:5] for row in rows(open_page("review.py", PROVINCE), "review.list")]  # noqa: E731
    assert queue()[1] == ["–", "–"]
    assert queue()[0][1] == "ทันกำหนด"

    submissions.withdraw(people.actor(OFFICER), key())

    assert {tuple(row) for row in queue()} == {("–", "–")}
