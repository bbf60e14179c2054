"""A form is printed by whoever may read it; a filled print is recorded and says its state."""

import pytest
from sqlalchemy import select, update

from data_layer.access import NotAllowed
from data_layer.db import bookkeeping, reading
from data_layer.errors import NotFound
from data_layer.models import AuditEntry, Office
from data_layer.services import drafts, prints, review
from tests import attached, people
from tests.papers import page_texts, text_of
from tests.people import ADMIN, OFFICER, OTHER_PROVINCE, PROVINCE, VIEWER
from tests.rounds import FOREIGN, READINESS, SURVEY, TAO, filled, key, stand, submitted

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def printed(person=OFFICER, office=TAO, form_id=SURVEY, round_code="2569"):
    return prints.form(people.actor(person), form_id, round_code, office)


def recorded():
    with reading() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    return last.act, last.office_code, last.detail


def type_in(name, text):
    drafts.save_field(people.actor(OFFICER), key(TAO), name, text, None)


@pytest.mark.parametrize("office", [None, TAO])
def test_who_may_not_read_the_form_gets_neither_print(office):
    with pytest.raises(NotAllowed):
        printed(VIEWER, office)
    with pytest.raises(NotAllowed):
        printed(OFFICER, office, READINESS)


def test_a_record_outside_the_scope_and_an_unknown_round_are_not_found():
    for person, office in ((OFFICER, FOREIGN), (OTHER_PROVINCE, TAO)):
        with pytest.raises(NotFound):
            printed(person, office)
    for office in (None, TAO):
        with pytest.raises(NotFound):
            printed(round_code="2500", office=office)


def test_the_blank_form_asks_all_and_holds_nobodys_data():
    type_in("staff_count", "4512")

    content = printed(office=None)

    text = text_of(content)
    assert len(page_texts(content)) == 2
    assert "๔,๕๑๒" not in text
    assert "อบต.ฝั่งแดง" not in text
    assert recorded()[0] != "record.print"


def test_the_filled_form_names_the_authority_and_its_answers_and_is_recorded():
    type_in("staff_count", "4512")

    text = text_of(printed())

    for part in ("อบต.ฝั่งแดง", "รหัส๐๖๔๘๐๕๐๑", "นครพนม", "๔,๕๑๒", "รอบ๒๕๖๙"):
        assert part in text
    facts = {"form": "survey", "round": "2569", "state": "draft"}
    assert recorded() == ("record.print", TAO, facts)


def test_a_draft_is_said_to_be_one_on_each_page_with_who_changed_it():
    type_in("staff_count", "45")

    texts = page_texts(printed())

    assert all("ยังไม่ได้ส่ง" in text for text in texts)
    assert "โดยนางสาวอุดม" in texts[0]


def test_a_record_that_nobody_began_prints_as_a_draft():
    text = text_of(printed(PROVINCE))

    assert "ร่าง–ยังไม่ได้ส่ง" in text
    assert recorded()[2]["state"] == "None"


def test_what_was_handed_in_and_approved_says_by_whom_and_is_no_draft():
    found = submitted(at=key(TAO))
    sent = text_of(printed(PROVINCE))
    review.approve(people.actor(PROVINCE), [(found.key, found.version)])
    approved = text_of(printed(ADMIN))

    for text in (sent, approved):
        assert "ยังไม่ได้ส่ง" not in text
        assert "โดยนางสาวอุดม" in text
    assert "จันทร" not in sent
    assert "โดยนางสาวจันทร" in approved


def test_what_was_sent_back_says_what_is_to_be_mended():
    found = submitted(at=key(TAO))
    reviewer = people.actor(PROVINCE)
    review.send_back(reviewer, found.key, found.version, {"staff_count": "COUNT AGAIN"}, "NOTE")

    text = text_of(printed())

    assert "COUNTAGAIN" in text
    assert "NOTE" in text
    assert "ยังไม่ได้ส่งใหม่" in text


def test_sample_data_are_marked_on_each_page():
    with bookkeeping() as session:
        session.execute(update(Office).where(Office.code == TAO).values(is_sample=True))

    assert all("ตัวอย่าง" in text for text in page_texts(printed()))


def test_a_print_stays_what_was_said_when_time_goes_on(clock):
    """The block of the results is asked after election day: not of whom handed in before it."""
    filled(ADMIN, key(TAO, READINESS))
    actor = people.actor(ADMIN)
    drafts.save_field(actor, key(TAO, READINESS), "election_on", "2026-12-20", None)
    submitted(ADMIN, key(TAO, READINESS))
    before = printed(ADMIN, form_id=READINESS)

    clock.forward(days=60)

    assert len(page_texts(printed(ADMIN, form_id=READINESS))) == len(page_texts(before))
    assert "บัตรดี" not in text_of(printed(ADMIN, form_id=READINESS))


def test_the_name_of_the_file_says_form_round_and_authority_in_ascii():
    assert prints.form_name(SURVEY, "2569-2", TAO).startswith("survey_2569_2_06480501_2569")
    assert prints.form_name(READINESS, "2569", None).startswith("readiness_2569_blank_2569")
    assert prints.form_name(SURVEY, "2569", TAO).endswith(".pdf")


def test_the_print_has_the_names_of_files_and_the_blank_form_a_line_for_them():
    attached.put_form()
    attached.attach("minutes", name="บันทึก.pdf")

    assert "บันทึก.pdf" in text_of(printed())
    assert "แนบเอกสารชื่อ" in text_of(printed(office=None))
