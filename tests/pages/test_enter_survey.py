"""pages/enter_survey.py, filled as a clerk of That Phanom would fill it."""

import json
from datetime import date

import pytest

from data_layer.models import RecordState
from data_layer.services import drafts, proposal_list, review, users
from tests import people
from tests.attached import ASKED, answered, hand_in, put_form
from tests.filled_forms import form_named
from tests.pages.reading import (
    at_address,
    errors,
    keys,
    marks,
    open_step,
    place,
    refilled,
    rows,
    step,
    words,
)
from tests.people import ADMIN, OFFICER, PROVINCE, VIEWER
from tests.rounds import FOREIGN, TAO, TOWN, filled, key, opened, plan, stand, submitted


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def open_record(open_page, who=OFFICER, code=TAO, group="staff"):
    at = open_page("enter_survey.py", who, authority=code)
    return open_step(at, group) if group else at


def type_into(at, name, text):
    return at.text_input(key=f"survey.{name}").set_value(text).run()


def test_who_has_no_right_for_the_work_does_not_find_the_page(open_page, executed):
    open_page("enter_survey.py", VIEWER)

    assert "enter_survey.py" not in executed


def test_before_a_round_opens_the_page_says_what_will_come(open_page, clock):
    clock.forward(days=-60)

    at = open_page("enter_survey.py", OFFICER)

    assert "ยังไม่มีรอบที่เปิดรับ" in words(at)


def test_an_authority_of_another_district_in_the_address_is_not_shown(open_page):
    at = open_page("enter_survey.py", OFFICER, authority=FOREIGN)

    assert at.selectbox(key="entry.authority").value == ""
    assert "นอกสิทธิ" in at.warning[0].value


def test_the_list_has_the_next_one_on_top_and_leads_to_it(open_page):
    drafts.save_field(people.actor(OFFICER), key(TOWN), "staff_count", "5", None)

    at = open_page("enter_survey.py", OFFICER)

    assert [row[0] for row in rows(at, "entry.list")] == ["ทต.ธาตุพนม", "อบต.ฝั่งแดง"]
    at = at.selectbox(key="entry.authority").set_value(TAO).run()
    assert at.query_params["authority"] == TAO
    assert step(at) == "register"


def test_what_is_no_number_is_refused_beside_its_field_and_stays_as_typed(open_page):
    at = type_into(open_record(open_page), "staff_count", "สี่สิบห้า")

    assert "ไม่ใช่ตัวเลข" in words(at)
    assert at.text_input(key="survey.staff_count").value == "สี่สิบห้า"
    at = open_step(at, "contact")
    at = open_step(at, "staff")
    assert at.text_input(key="survey.staff_count").value == "สี่สิบห้า"
    assert "staff_count" not in opened().answers


def test_each_field_is_kept_as_it_is_typed_and_found_again_by_another(open_page):
    at = type_into(open_record(open_page), "staff_count", "๑,๐๔๕")

    assert not at.exception
    assert "บันทึกร่างแล้ว 11:00 น." in words(at)
    assert at.text_input(key="survey.staff_count").value == "1,045"
    again = open_record(open_page, ADMIN)
    assert again.text_input(key="survey.staff_count").value == "1,045"


def test_a_date_is_kept_when_it_is_whole_and_can_be_emptied_again(open_page):
    at = open_record(open_page, group="recorder")
    for part, value in (("day", 31), ("month", 10)):
        at = at.selectbox(key=f"survey.data_as_of.{part}").set_value(value).run()
    assert "data_as_of" not in opened().answers

    at = at.selectbox(key="survey.data_as_of.year").set_value(2026).run()

    assert opened().answers["data_as_of"].isoformat() == "2026-10-31"
    for part in ("day", "month", "year"):
        at = at.selectbox(key=f"survey.data_as_of.{part}").set_value(None).run()
    assert "data_as_of" not in opened().answers


def test_choices_and_places_are_kept(open_page):
    at = open_record(open_page, group="register")
    at = at.pills(key="survey.size").set_value("medium").run()
    at = open_step(at, "contact")
    at = at.text_input(key="survey.coordinates.lat").set_value("17.2").run()
    assert "coordinates" not in opened().answers

    at.text_input(key="survey.coordinates.lon").set_value("104.7").run()

    assert opened().answers["size"] == "medium"
    assert opened().answers["coordinates"] == "17.2 104.7"


def test_d05_two_who_type_into_the_same_field_are_asked_which_value_stands(open_page):
    at = open_record(open_page)
    drafts.save_field(people.actor(ADMIN), key(), "staff_count", "45", None)

    at = type_into(at, "staff_count", "50")

    assert "อารี" in words(at)
    assert "“45”" in words(at)
    assert opened().answers["staff_count"] == 45
    at = at.button(key="survey.staff_count.mine").click().run()
    assert opened().answers["staff_count"] == 50
    assert at.text_input(key="survey.staff_count").value == "50"


def test_who_gives_way_sees_the_value_that_stands(open_page):
    at = open_record(open_page)
    drafts.save_field(people.actor(ADMIN), key(), "staff_count", "45", None)
    at = type_into(at, "staff_count", "50")

    at = at.button(key="survey.staff_count.theirs").click().run()

    assert opened().answers["staff_count"] == 45
    assert at.text_input(key="survey.staff_count").value == "45"


def test_an_unusual_value_stands_with_its_reason(open_page):
    at = type_into(open_record(open_page, group="contact"), "saraban_email", "x@example.go.th")
    assert "โปรดให้เหตุผล" in words(at)

    at.text_input(key="survey.saraban_email.reason").set_value("กรมยังไม่ออกให้").run()

    assert opened().reasons == {"saraban_email": "กรมยังไม่ออกให้"}


def test_a07_who_lost_the_right_in_between_changes_nothing(open_page):
    at = open_record(open_page)
    users.set_active(people.actor(ADMIN), people.user_id(OFFICER), is_active=False)

    type_into(at, "staff_count", "45")

    assert "staff_count" not in opened(ADMIN).answers


def test_submitting_too_early_lists_what_is_missing_and_leads_to_it(open_page):
    at = type_into(open_record(open_page), "staff_count", "45")

    at = at.button(key="entry.submit").click().run()

    assert "ยังส่งไม่ได้" in errors(at)[0]
    assert "โปรดเลือกขนาด อปท." in json.dumps(rows(at, "entry.gaps.list"), ensure_ascii=False)
    assert opened().state is RecordState.DRAFT


def leading(at):
    return {button.key for button in at.button if button.proto.type == "primary"}


def test_the_one_blue_button_is_what_comes_next(open_page):
    at = open_record(open_page)

    assert leading(at) == {"entry.next"}

    filled()

    assert leading(open_record(open_page)) == {"entry.submit"}


def test_what_was_typed_and_not_kept_is_not_lost_by_handing_in(open_page):
    filled()
    at = type_into(open_record(open_page), "staff_count", "สี่สิบห้า")

    at = at.button(key="entry.submit").click().run()

    assert "1 ช่องที่ค่าที่พิมพ์ไว้ยังไม่ถูกบันทึก" in errors(at)[0]
    assert opened().state is RecordState.DRAFT
    assert rows(at, "entry.gaps.list")[0][0] == "จำนวนบุคลากร (คน)"
    assert at.text_input(key="survey.staff_count").value == "สี่สิบห้า"
    at = type_into(at, "staff_count", "๔๕").button(key="entry.submit").click().run()
    assert opened().state is RecordState.SUBMITTED


def test_a_complete_form_is_handed_in_locked_and_can_be_taken_back(open_page):
    filled()
    at = open_record(open_page, group=None)

    at = at.button(key="entry.submit").click().run()

    assert "ส่งแล้ว" in at.success[0].value
    assert "survey.staff_count" not in keys(at, "text_input")
    assert "จำนวนบุคลากร (คน): **45**" in words(at)
    assert opened().state is RecordState.SUBMITTED
    onward = at.button(key="entry.next_authority")
    assert onward.label == "อปท. ถัดไปที่ต้องกรอก: ทต.ธาตุพนม"
    at = at.button(key="entry.withdraw").click().run()
    assert "entry.next_authority" not in keys(at, "button")
    assert opened().state is RecordState.DRAFT
    assert step(at) == "register"


def test_the_province_reads_and_changes_nothing(open_page):
    submitted()

    at = open_page("enter_survey.py", PROVINCE, authority=TAO)

    assert "จำนวนบุคลากร (คน): **45**" in words(at)
    assert not {"entry.submit", "entry.withdraw"} & keys(at, "button")


def test_answers_of_the_last_round_are_brought_in_and_confirmed_by_group(open_page, clock):
    submitted()
    clock.forward(days=45)
    plan(code="2570", opens=date(2027, 1, 1), due=date(2027, 1, 31))
    at = open_record(open_page, group=None)

    at = at.button(key="entry.bring").click().run()
    at = open_step(at, "staff")

    assert at.text_input(key="survey.staff_count").value == "45"
    assert "ค่าในกลุ่มนี้มาจากรอบก่อน" in words(at)
    assert marks(at)["staff"] == "(รอยืนยัน)"  # and no fields that want nothing but that
    at = at.button(key="entry.confirm").click().run()
    assert "staff" not in opened().unconfirmed
    at = at.button(key="entry.bring").click().run()
    assert "กรอกไว้แล้วทุกช่อง" in at.success[0].value


def test_closed_rounds_are_read_only(open_page, clock):
    filled()
    clock.forward(days=30)
    at = open_page("enter_survey.py", OFFICER, authority=TAO)

    assert "ปิดรับแล้ว" in words(at)
    assert "entry.submit" not in keys(at, "button")


@pytest.mark.parametrize("page", ["enter_survey.py", "enter_readiness.py"])
def test_the_list_prints_the_blank_form_and_a_record_the_filled_one(page, open_page):
    at = open_page(page, ADMIN)
    assert keys(at, "download_button") == {"entry.print_blank"}

    at = at.selectbox(key="entry.authority").set_value(TAO).run()

    assert keys(at, "download_button") == {"entry.print"}


def test_who_only_reads_may_print_what_was_handed_in(open_page):
    submitted()

    at = open_page("enter_survey.py", PROVINCE, authority=TAO)

    assert "entry.print" in keys(at, "download_button")


def test_an_approved_survey_is_offered_back_to_the_register(open_page):
    found = submitted()
    review.approve(people.actor(PROVINCE), [(found.key, found.version)])
    at = open_record(open_page, group=None)
    assert "แบบสำรวจนี้ต่างจากทะเบียน อปท." in words(at)

    at = at.button(key="entry.offer").click().run()

    assert not at.exception
    assert "entry.offer" not in keys(at, "button")
    assert len(proposal_list.waiting(people.actor(PROVINCE))) == 1


def test_what_was_sent_back_opens_at_its_step_and_each_reason_leads_to_its_field(open_page):
    found = submitted()
    reasons = {"households": "สูงกว่าปีก่อนมาก", "staff_count": "โปรดตรวจ"}
    review.send_back(people.actor(PROVINCE), found.key, found.version, reasons, "")

    at = open_record(open_page, group=None)

    assert step(at) == "area_and_people"
    assert "สูงกว่าปีก่อนมาก" in words(at)
    at = at.button(key="entry.returned.staff_count").click().run()
    assert step(at) == "staff"


def test_handing_in_what_was_sent_back_untouched_is_asked_about_once(open_page):
    found = submitted()
    reasons = {"staff_count": "โปรดตรวจ"}
    review.send_back(people.actor(PROVINCE), found.key, found.version, reasons, "")

    at = open_record(open_page, group=None).button(key="entry.submit").click().run()

    assert "“จำนวนบุคลากร (คน)” แต่คำตอบยังเหมือนเดิม" in at.warning[0].value
    assert opened().state is RecordState.RETURNED
    at = at.button(key="entry.submit.untouched").click().run()
    assert opened().state is RecordState.SUBMITTED
    assert "โปรดตรวจ" not in words(at)
    at = at.button(key="entry.withdraw").click().run()
    assert "โปรดตรวจ" in words(at)


def test_what_was_sent_back_and_is_asked_no_more_does_not_stand_in_the_way(open_page):
    put_form(ASKED)
    answered(has_plan="no", remark="เดิม")
    hand_in()
    found = opened()
    reasons = {"remark": "โปรดแก้", "has_plan": "โปรดตรวจ"}
    review.send_back(people.actor(PROVINCE), found.key, found.version, reasons, "")

    put_form("\n".join(line for line in ASKED.splitlines() if "remark" not in line))
    at = open_record(open_page, group=None)

    assert not at.exception
    assert "โปรดตรวจ" in words(at)
    assert "โปรดแก้" not in words(at)


def test_the_way_to_a_field_that_is_gone_leads_to_the_open_step(open_page):
    at = open_record(open_page)
    at.session_state["entry.jump"] = "asked_no_more"

    at = at.run()

    assert not at.exception
    assert step(at) == "staff"


def test_the_step_stands_in_the_address_and_is_found_again_by_a_new_session(open_page):
    at = open_record(open_page, group=None)
    at = open_step(at, "staff")
    address = {"authority": TAO, "step": at.query_params["step"]}

    again = open_page("enter_survey.py", OFFICER, **address)

    assert step(again) == "staff"


@pytest.mark.parametrize("forged", ["elsewhere", "", 7, None, ["staff"]])
def test_a_step_that_the_form_has_not_is_not_opened_by_a_forged_click(forged, open_page):
    at = open_step(open_record(open_page), forged)

    assert not at.exception
    assert step(at) == "register"


def test_a_question_that_comes_moves_none_below_it(open_page):
    put_form(ASKED)
    at = open_record(open_page, group=None)
    before = place(at, "survey.remark")

    at = at.pills(key="survey.has_plan").set_value("yes").run()

    assert "แผนพัฒนา" in str(at.get("file_uploader")[0].label)
    assert place(at, "survey.remark") == before


@pytest.mark.parametrize("form", ["survey", "readiness"])
def test_a_run_in_which_nothing_changed_leaves_every_field_to_who_is_filling_it(form, open_page):
    at = open_page(f"enter_{form}.py", ADMIN, authority=TAO)
    for group in form_named(form).children:
        at = open_step(at, group.name)

        assert refilled(at.run()) == set()
        assert not at.exception


def test_who_comes_back_from_another_page_begins_where_the_link_leads(open_page):
    at = at_address(open_record(open_page), "home.py")
    at.query_params.clear()
    at.query_params["authority"] = TAO

    assert step(at_address(at, "enter_survey.py")) == "register"


def test_a_step_that_the_form_has_not_and_the_way_back_to_the_list_begin_at_the_first(open_page):
    at = open_page("enter_survey.py", OFFICER, authority=TAO, step="elsewhere")
    assert step(at) == "register"
    at = open_step(at, "staff")

    at = at.selectbox(key="entry.authority").set_value("").run()

    assert "step" not in at.query_params
    at = at.selectbox(key="entry.authority").set_value(TOWN).run()
    assert step(at) == "register"
