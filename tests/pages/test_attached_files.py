"""Questions that are answered with a file, as a clerk, a reviewer and the centre meet them."""

import pytest
import streamlit as st

from data_layer.access import NotAllowed
from data_layer.forms import NoData
from data_layer.models import RecordState
from data_layer.services import submissions, users
from tests import people
from tests.attached import ASKED, OTHER_PDF, PDF, answered, attach, photo, put_form, workbook_of
from tests.pages.reading import keys, words
from tests.people import ADMIN, CENTRAL, OFFICER, PROVINCE
from tests.rounds import TAO, opened, stand

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def _form(database):
    stand()
    put_form()


def open_record(open_page, who=OFFICER):
    return open_page("enter_survey.py", who, authority=TAO)


def upload(at, name, content, file="แผน.pdf"):
    return at.file_uploader(key=f"survey.{name}").set_value((file, content, "")).run()


def uid(path):
    return opened().files[path].uid


def test_what_is_no_such_file_is_refused_beside_its_question_and_nothing_else_is_lost(open_page):
    at = open_record(open_page)
    at = at.text_input(key="survey.remark").set_value("ก่อนแนบ").run()

    at = upload(at, "minutes", b"MZ a program")

    assert not at.exception
    assert "ไฟล์นี้ไม่ใช่ PDF" in words(at)
    assert at.text_input(key="survey.remark").value == "ก่อนแนบ"
    assert "survey.minutes" in keys(at, "file_uploader")
    assert "minutes" not in opened().answers
    at = at.file_uploader(key="survey.minutes").set_value(None).run()
    assert "ไฟล์นี้ไม่ใช่ PDF" not in words(at)


def test_a_file_is_kept_as_it_is_chosen_and_another_person_finds_it(open_page):
    at = upload(open_record(open_page), "minutes", PDF, "รายงาน_ประชุม.pdf")

    assert not at.exception
    assert opened().answers["minutes"] == "รายงาน_ประชุม.pdf"
    assert "บันทึกร่างแล้ว 11:00 น." in words(at)
    again = open_record(open_page, ADMIN)
    assert "survey.minutes.open" in keys(again, "download_button")
    assert "survey.minutes" not in keys(again, "file_uploader")
    assert "เรียกคืนไม่ได้" in words(again)


def test_what_is_typed_after_a_file_was_chosen_does_not_send_it_again(open_page):
    at = upload(open_record(open_page), "minutes", PDF)
    first = uid("minutes")

    at.text_input(key="survey.remark").set_value("ข").run()

    assert uid("minutes") == first


def test_a_file_is_replaced_and_removed_and_another_one_can_be_chosen(open_page):
    at = upload(open_record(open_page), "minutes", PDF)
    first = uid("minutes")

    at = upload(at, f"minutes.{first}", OTHER_PDF, "ใหม่.pdf")

    assert opened().answers["minutes"] == "ใหม่.pdf"
    assert f"survey.minutes.{first}" not in keys(at, "file_uploader")
    at = at.button(key="survey.minutes.detach").click().run()
    assert not at.exception
    assert opened().files == {}
    at = upload(at, "minutes", PDF)
    assert opened().answers["minutes"] == "แผน.pdf"


def test_d05_of_two_files_at_once_the_person_chooses(open_page):
    at = open_record(open_page)
    attach("minutes", OTHER_PDF, "ของอารี.pdf", person=ADMIN)

    at = upload(at, "minutes", PDF, "ของอุดม.pdf")

    assert "อารี" in words(at)
    assert opened().answers["minutes"] == "ของอารี.pdf"
    at = at.button(key="survey.minutes.mine").click().run()
    assert opened().answers["minutes"] == "ของอุดม.pdf"
    assert "ค่าของท่านยังไม่ถูกบันทึก" not in words(at)


def test_who_gives_way_keeps_the_file_that_stands(open_page):
    at = open_record(open_page)
    attach("minutes", OTHER_PDF, "ของอารี.pdf", person=ADMIN)
    at = upload(at, "minutes", PDF, "ของอุดม.pdf")

    at = at.button(key="survey.minutes.theirs").click().run()

    assert opened().answers["minutes"] == "ของอารี.pdf"
    assert "survey.minutes.mine" not in keys(at, "button")


def test_why_there_is_no_file_is_said_and_taken_back(open_page):
    at = open_record(open_page)
    at = at.checkbox(key="survey.minutes.no_data").check().run()
    at = at.text_input(key="survey.minutes.why").set_value("ไม่ได้ประชุม").run()
    assert opened().answers["minutes"] == NoData("ไม่ได้ประชุม")

    at = at.checkbox(key="survey.minutes.no_data").uncheck().run()

    assert "minutes" not in opened().answers
    assert "survey.minutes" in keys(at, "file_uploader")


def test_a_picture_question_says_what_it_takes(open_page):
    at = upload(open_record(open_page), "photo", PDF, "รูป.jpg")
    assert "ช่องนี้รับเฉพาะรูปภาพ" in words(at)

    at = upload(at, "photo", photo(), "รูป.jpg")

    assert opened().answers["photo"] == "รูป.jpg"
    assert "ช่องนี้รับเฉพาะรูปภาพ" not in words(at)


def handed_in():
    answered(has_plan="yes")
    attach(name="แผน_2569.pdf")
    found = opened()
    submissions.submit(people.actor(OFFICER), found.key, found.version)


def test_what_was_handed_in_shows_the_name_and_offers_the_file_to_be_read_only(open_page):
    handed_in()

    at = open_record(open_page)

    assert r"แผนพัฒนา: **แผน\_2569.pdf**" in words(at)
    assert "survey.plan.open" in keys(at, "download_button")
    assert keys(at, "file_uploader") == set()
    assert "survey.plan.detach" not in keys(at, "button")


def test_the_reviewer_reads_the_name_opens_the_file_and_decides(open_page):
    handed_in()

    at = open_page("review.py", PROVINCE, form="survey", authority=TAO)

    assert not at.exception
    assert "ไฟล์แนบ 1 ไฟล์" in words(at)
    assert "survey.plan.open" in keys(at, "download_button")
    at.button(key="review.approve").click().run()
    assert opened().state is RecordState.APPROVED


def test_the_trial_of_a_form_shows_the_question_and_keeps_no_file(open_page):
    at = open_page("rounds.py", CENTRAL)
    content = workbook_of(ASKED.replace("แผนพัฒนา", "แผน"))
    at.file_uploader[0].set_value(("survey.xlsx", content, XLSX))

    at = at.run().button(key="round.2569.form.trial").click().run()

    assert not at.exception
    assert at.file_uploader(key="trial.photo").proto.disabled
    assert "ไม่รับและไม่เก็บไฟล์" in words(at)
    assert "trial.plan" not in keys(at, "file_uploader")
    at = at.pills(key="trial.has_plan").set_value("yes").run()
    assert "trial.plan" in keys(at, "file_uploader")


@pytest.fixture
def builders(monkeypatch):
    """What the download buttons of the last run build at the click, by key."""
    seen = {}
    draw = st.download_button

    def listening(label, data, **options):
        seen[options["key"]] = data
        return draw(label, data, **options)

    monkeypatch.setattr(st, "download_button", listening)
    return seen


def test_a07_who_is_in_is_asked_at_the_moment_of_the_click(open_page, builders):
    handed_in()
    open_record(open_page)
    assert builders["survey.plan.open"]() == PDF

    users.set_active(people.actor(ADMIN), people.user_id(OFFICER), is_active=False)

    with pytest.raises(NotAllowed):
        builders["survey.plan.open"]()
