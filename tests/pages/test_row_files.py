"""A table whose rows ask for files, as a clerk and a reviewer meet it."""

import pytest

from data_layer.models import RecordState
from data_layer.services import drafts
from tests import people
from tests.attached import (
    IN_ROWS,
    IN_TWO,
    OTHER_PDF,
    PDF,
    answered,
    attach,
    hand_in,
    kept,
    put_form,
    workbook_of,
)
from tests.pages.reading import keys, refilled, words
from tests.pages.test_attached_files import XLSX
from tests.people import ADMIN, CENTRAL, OFFICER, PROVINCE
from tests.rounds import TAO, key, opened, stand

TABLE = "survey.unit"


@pytest.fixture(autouse=True)
def _form(database):
    stand()
    put_form(IN_ROWS)


@pytest.fixture
def at(open_page):
    return open_page("enter_survey.py", OFFICER, authority=TAO)


def add(at):
    return at.button(key=f"{TABLE}.add").click().run()


def upload(at, where, content=PDF, name="บันทึก.pdf"):
    return at.file_uploader(key=f"{TABLE}{where}").set_value((name, content, "")).run()


def remove(at, number):
    return at.button(key=f"{TABLE}[{number}].remove").click().run()


def uid(path):
    return opened().files[path].uid


def test_what_is_no_such_file_is_refused_in_its_card_and_the_other_rows_stay(at):
    at = add(at)
    at = at.text_input(key=f"{TABLE}[2]/place").set_value("ศาลา").run()

    at = upload(at, "[1]/photo", PDF, "รูป.jpg")

    assert not at.exception
    assert "ช่องนี้รับเฉพาะรูปภาพ" in words(at)
    assert at.text_input(key=f"{TABLE}[2]/place").value == "ศาลา"
    assert kept() == []


def test_a_row_that_asks_for_a_file_is_a_card(at):
    at = add(at)

    assert "**หน่วย 2**" in words(at)
    assert f"{TABLE}[2]/minutes" in keys(at, "file_uploader")
    assert f"{TABLE}[2]/plan" not in keys(at, "file_uploader")
    at = at.pills(key=f"{TABLE}[2]/has_plan").set_value("yes").run()
    assert f"{TABLE}[2]/plan" in keys(at, "file_uploader")
    assert f"{TABLE}[1]/plan" not in keys(at, "file_uploader")


def test_the_file_of_a_row_is_kept_replaced_and_removed_where_it_stands(at):
    at = upload(add(at), "[2]/minutes", PDF, "เก่า.pdf")
    assert opened().answers["unit"] == [{}, {"minutes": "เก่า.pdf"}]
    assert f"{TABLE}[2]/minutes.open" in keys(at, "download_button")

    at = upload(at, f"[2]/minutes.{uid('unit[2]/minutes')}", OTHER_PDF, "ใหม่.pdf")
    assert kept() == [("unit[2]/minutes", "ใหม่.pdf", OTHER_PDF)]

    at = at.button(key=f"{TABLE}[2]/minutes.detach").click().run()
    assert not at.exception
    assert kept() == []
    assert f"{TABLE}[2]/minutes" in keys(at, "file_uploader")


def test_a_row_is_taken_away_with_its_file_and_the_one_below_keeps_its_own(at):
    at = upload(add(at), "[1]/minutes", PDF, "หนึ่ง.pdf")
    at = upload(at, "[2]/minutes", OTHER_PDF, "สอง.pdf")
    assert words(at).count("ไฟล์ในแถวนี้ 1 ไฟล์จะถูกลบด้วย") == 2

    at = remove(at, 1)

    assert not at.exception
    assert kept() == [("unit[1]/minutes", "สอง.pdf", OTHER_PDF)]
    assert f"{TABLE}[1]/minutes.open" in keys(at, "download_button")
    assert f"{TABLE}[2]/minutes.open" not in keys(at, "download_button")


def test_the_reason_for_no_file_goes_with_its_row_and_not_to_the_one_that_moves_up(at):
    at = add(at)
    at = at.checkbox(key=f"{TABLE}[1]/minutes.no_data").check().run()
    at = at.text_input(key=f"{TABLE}[1]/minutes.why").set_value("ไม่ได้ประชุม").run()

    at = remove(at, 1)

    tick = f"{TABLE}[1]/minutes.no_data"
    assert not at.checkbox(key=tick).value
    assert tick in refilled(at)  # in the browser the tick of the other row stands there
    assert opened().answers["unit"] == [{}]


def test_what_was_chosen_and_refused_is_not_sent_for_the_row_that_moves_up(at):
    at = add(add(at))
    at = upload(at, "[2]/photo", PDF, "ไม่ใช่รูป.jpg")
    before = keys(at, "file_uploader")

    at = remove(at, 1)

    assert not at.exception
    assert "ช่องนี้รับเฉพาะรูปภาพ" not in words(at)
    assert not before & keys(at, "file_uploader")  # the browser knows none of them
    at = at.run()
    assert kept() == []
    at = upload(at, "[1]/minutes.1")
    assert kept() == [("unit[1]/minutes", "บันทึก.pdf", PDF)]


def test_d05_a_row_with_a_file_that_was_not_seen_is_not_taken_away(at):
    attach("unit[1]/minutes", OTHER_PDF, "ของอารี.pdf", person=ADMIN)

    at = remove(at, 1)

    assert "แถวนี้จึงยังไม่ถูกลบ" in words(at)
    assert kept() == [("unit[1]/minutes", "ของอารี.pdf", OTHER_PDF)]
    remove(at, 1)  # now it was seen
    assert kept() == []


def test_who_just_chose_a_file_takes_the_row_away_with_it(at):
    at = upload(at, "[1]/minutes")

    remove(at, 1)

    assert kept() == []
    assert "unit" not in opened().answers


def test_a_file_for_a_row_that_another_officer_took_away_stands_nowhere_and_stops_nothing(at):
    at = add(at)
    drafts.remove_row(people.actor(ADMIN), key(), "unit", 1, {})

    at = upload(at, "[2]/minutes")
    at = at.button(key="entry.submit").click().run()

    assert not at.exception
    assert kept() == []
    assert opened().state is RecordState.SUBMITTED


def test_d05_a_file_goes_to_the_row_that_was_seen_when_another_officer_moved_it_up(at):
    at = add(at)
    answered(**{"unit[1]/place": "ศาลา"})
    at = at.run()
    drafts.remove_row(people.actor(ADMIN), key(), "unit", 1, {"place": "ศาลา"})

    at = upload(at, "[2]/minutes")

    assert not at.exception
    assert kept() == [("unit[1]/minutes", "บันทึก.pdf", PDF)]
    assert f"{TABLE}[1]/minutes.open" in keys(at, "download_button")


def test_a_file_in_an_inner_row_is_kept_and_goes_with_the_outer_row_at_a_second_click(at):
    put_form(IN_TWO)
    room = "[1]/room[1]/minutes"
    at = upload(at.run(), room)
    assert kept() == [(f"unit{room}", "บันทึก.pdf", PDF)]
    assert words(at).count("ไฟล์ในแถวนี้ 1 ไฟล์จะถูกลบด้วย") == 2  # at the inner row, and the outer

    at = remove(at, 1)

    assert not at.exception
    assert kept() == []
    assert "unit" not in opened().answers


def test_d05_of_two_files_for_one_row_the_person_chooses(at):
    attach("unit[1]/minutes", OTHER_PDF, "ของอารี.pdf", person=ADMIN)

    at = upload(at, "[1]/minutes", PDF, "ของอุดม.pdf")

    assert opened().answers["unit"] == [{"minutes": "ของอารี.pdf"}]
    at = at.button(key=f"{TABLE}[1]/minutes.mine").click().run()
    assert opened().answers["unit"] == [{"minutes": "ของอุดม.pdf"}]


def test_the_reviewer_reads_which_row_a_file_is_of_opens_it_and_decides(at, open_page):
    at = add(at)
    answered(**{"unit[2]/has_plan": "yes"})
    attach("unit[2]/plan", PDF, "แผน_2.pdf")
    hand_in()

    seen = open_page("enter_survey.py", OFFICER, authority=TAO)
    at = open_page("review.py", PROVINCE, form="survey", authority=TAO)

    assert r"แผนผัง: **แผน\_2.pdf**" in words(seen)
    for page in (seen, at):
        assert not page.exception
        assert "ไฟล์แนบ 1 ไฟล์" in words(page)
        assert "หน่วย 2 · แผนผัง" in words(page)
        assert f"{TABLE}[2]/plan.open" in keys(page, "download_button")
    at.button(key="review.approve").click().run()
    assert opened().state is RecordState.APPROVED


def test_the_trial_of_a_form_shows_the_card_and_keeps_no_file(open_page):
    at = open_page("rounds.py", CENTRAL)
    content = workbook_of(IN_ROWS.replace("แผนผัง", "ผัง"))
    at.file_uploader[0].set_value(("survey.xlsx", content, XLSX))

    at = at.run().button(key="round.2569.form.trial").click().run()

    assert not at.exception
    assert at.file_uploader(key="trial.unit[1]/photo").proto.disabled
    at = at.button(key="trial.unit.add").click().run()
    at = at.button(key="trial.unit[1].remove").click().run()
    assert not at.exception
    assert "trial.unit[2]/photo" not in keys(at, "file_uploader")
