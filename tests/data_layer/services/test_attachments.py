"""Files that answer questions: put, replaced, removed, opened, and never left behind."""

from threading import Thread

import pytest
from sqlalchemy import select

from data_layer.access import NotAllowed
from data_layer.db import reading
from data_layer.errors import NotFound
from data_layer.exchange import attachments as kinds
from data_layer.exchange.attachments import AttachmentTooLarge, NotAPicture, RecordFull
from data_layer.forms import NoData
from data_layer.forms.errors import NotAFileName, UnknownField
from data_layer.models import AuditEntry, RecordState
from data_layer.services import (
    attachments,
    bound,
    drafts,
)
from data_layer.services.drafts import FieldTaken, NotAsked, NotTyped
from data_layer.services.holding import NotEditable
from data_layer.services.submissions import NotComplete
from data_layer.thai import UnusableText
from tests import people
from tests.attached import OTHER_PDF, PDF, answered, attach, hand_in, kept, photo, put_form, uid
from tests.people import ADMIN, OFFICER, OTHER_PROVINCE, PROVINCE, VIEWER
from tests.rounds import FOREIGN, TAO, history, key, opened, stand

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _form(database):
    stand()
    put_form()


def remove(path="plan", seen=None, person=OFFICER):
    attachments.remove(people.actor(person), key(), path, seen)


def open_file(which=None, person=PROVINCE, at=None):
    return attachments.open_file(people.actor(person), at or key(), which or uid())


def test_who_may_not_fill_the_form_attaches_and_removes_nothing():
    answered(has_plan="yes")
    attach()

    for person in (VIEWER, PROVINCE):
        with pytest.raises(NotAllowed):
            attach(person=person, seen=uid())
        with pytest.raises(NotAllowed):
            remove(seen=uid(), person=person)
    with pytest.raises(NotFound):
        attach(at=key(FOREIGN))

    assert kept() == [("plan", "แผน.pdf", PDF)]


@pytest.mark.parametrize(
    ("path", "content", "name", "refusal"),
    [
        ("plan", PDF, "แผน.pdf", NotAsked),  # hidden until there is a plan
        ("remark", PDF, "แผน.pdf", NotAsked),  # a text
        ("nothing", PDF, "แผน.pdf", UnknownField),
        ("photo", PDF, "รูป.jpg", NotAPicture),
        ("minutes", PDF + b" " * 5 * 2**20, "a.pdf", AttachmentTooLarge),
        ("minutes", PDF, "a/b:c.pdf", NotAFileName),
        ("minutes", PDF, "fdp\u202e.exe", UnusableText),
    ],
)
def test_what_the_question_does_not_take_is_refused_and_nothing_is_kept(
    path, content, name, refusal
):
    with pytest.raises(refusal):
        attach(path, content, name)

    assert kept() == []
    assert history(path) == []


def test_a_file_is_the_answer_for_everybody_at_once_by_its_name():
    answered(has_plan="yes")
    assert "plan" in opened().evaluation.missing

    attach(name="แผน 2569.PDF")

    found = opened(ADMIN)
    assert found.answers["plan"] == "แผน 2569.pdf"
    assert "plan" not in found.evaluation.missing
    assert (found.files["plan"].media_type, found.files["plan"].size) == (
        "application/pdf",
        len(PDF),
    )
    assert [change.label for change in found.others] == ["แผนพัฒนา", "มีแผน"]


def test_a_picture_is_kept_small_and_without_its_place():
    attach("photo", photo(), "IMG_1.webp")

    assert opened().answers["photo"] == "IMG_1.jpg"
    ((_, _, content),) = kept()
    assert b"Secretcam" not in content


def test_a_name_is_no_file_nobody_types_one():
    for text in ("แผน.pdf", "x"):
        with pytest.raises(NotTyped):
            drafts.save_field(people.actor(OFFICER), key(), "minutes", text, None)
    attach("minutes")

    with pytest.raises(NotTyped):
        drafts.save_field(people.actor(OFFICER), key(), "minutes", "", "แผน.pdf")

    assert len(kept()) == 1


def test_why_there_is_no_file_may_be_said_and_taken_back_and_ends_the_file():
    actor = people.actor(OFFICER)
    attach("minutes")

    drafts.save_field(actor, key(), "minutes", NoData("ไม่ได้ประชุม"), "แผน.pdf")

    assert opened().answers["minutes"] == NoData("ไม่ได้ประชุม")
    assert kept() == []
    drafts.save_field(actor, key(), "minutes", "", {"no_data": "ไม่ได้ประชุม"})
    assert "minutes" not in opened().answers


def test_a_file_that_is_replaced_or_removed_is_gone_and_the_history_says_its_name():
    attach("minutes", PDF, "เก่า.pdf")
    first = uid("minutes")
    attach("minutes", OTHER_PDF, "เก่า.pdf", first)  # of the same name
    second = uid("minutes")
    assert kept() == [("minutes", "เก่า.pdf", OTHER_PDF)]

    remove("minutes", second)

    assert kept() == []
    assert "minutes" not in opened().answers
    said = history("minutes")
    assert [("เก่า.pdf" in old, "เก่า.pdf" in new) for old, new in said] == [
        (False, True),
        (True, True),
        (True, False),
    ]
    assert not any("%PDF" in old + new for old, new in said)
    with pytest.raises(NotFound):
        open_file(first)


def test_d05_who_did_not_see_the_other_ones_file_does_not_replace_or_remove_it():
    attach("minutes", PDF, "ก.pdf")
    seen = uid("minutes")
    attach("minutes", OTHER_PDF, "ก.pdf", seen, person=ADMIN)

    for act in (lambda: attach("minutes", PDF, "ข.pdf", seen), lambda: remove("minutes", seen)):
        with pytest.raises(FieldTaken) as refused:
            act()
        assert refused.value.theirs == uid("minutes")
        assert "อารี" in str(refused.value)
    with pytest.raises(FieldTaken):
        attach("minutes", PDF, "ค.pdf", None)

    assert kept() == [("minutes", "ก.pdf", OTHER_PDF)]
    attach("minutes", PDF, "ข.pdf", refused.value.theirs)
    assert kept() == [("minutes", "ข.pdf", PDF)]


def test_of_two_who_attach_at_once_one_is_kept_and_the_other_is_told():
    actors = [people.actor(OFFICER), people.actor(ADMIN)]
    refused = []

    def put(actor):
        try:
            attachments.put(actor, key(), "minutes", PDF, "ก.pdf", None)
        except FieldTaken as refusal:
            refused.append(refusal)

    threads = [Thread(target=put, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert len(kept()) == 1


def test_all_files_of_a_record_have_their_limit_and_replacing_counts_once(monkeypatch):
    monkeypatch.setattr(attachments, "MAX_RECORD_MB", 3)
    large = PDF + b" " * 2 * 2**20
    attach("minutes", large)
    answered(has_plan="yes")

    with pytest.raises(RecordFull, match="3 MB"):
        attach("plan", large)

    attach("minutes", large, seen=uid("minutes"))
    assert [path for path, *_ in kept()] == ["minutes"]


def test_opening_is_for_those_who_may_read_the_record_and_is_recorded():
    answered(has_plan="yes")
    attach()
    which = uid()

    with pytest.raises(NotAllowed):
        open_file(which, VIEWER)
    with pytest.raises(NotFound):
        open_file(which, OTHER_PROVINCE)
    with pytest.raises(NotFound):
        open_file("0" * 32)
    with pytest.raises(NotFound):
        open_file(which, PROVINCE, key(FOREIGN))  # in scope, but not that record's

    found = open_file(which)

    assert (found.name, found.media_type, found.content) == ("แผน.pdf", "application/pdf", PDF)
    assert bound.file_opener(key(), which)(people.actor(OFFICER)) == PDF
    with reading() as session:
        acts = session.scalars(select(AuditEntry).where(AuditEntry.act == "record.file.open")).all()
    assert [(each.office_code, each.detail["path"]) for each in acts] == [(TAO, "plan")] * 2
    assert "แผน.pdf" not in str([each.detail for each in acts])


def test_without_its_file_a_required_question_stops_the_form_and_after_it_nothing_changes():
    answered(has_plan="yes")
    with pytest.raises(NotComplete) as refused:
        hand_in()
    assert [gap.path for gap in refused.value.gaps] == ["plan"]
    attach()

    hand_in()

    assert opened().state is RecordState.SUBMITTED
    for act in (lambda: attach(seen=uid()), lambda: remove(seen=uid())):
        with pytest.raises(NotEditable):
            act()
    assert open_file().content == PDF


def test_the_file_of_a_hidden_question_waits_in_the_draft_and_is_not_handed_in():
    answered(has_plan="yes")
    attach()
    answered(has_plan="no")
    assert len(kept()) == 1
    with pytest.raises(NotAsked):
        remove(seen=uid())

    hand_in()

    assert kept() == []
    assert opened().files == {}


def test_a_picture_is_judged_before_anybody_waits_for_it(monkeypatch):
    """The write lock is taken after the pixels were drawn."""
    order = []
    judged, filling = kinds.accepted, drafts.filling
    monkeypatch.setattr(
        attachments, "accepted", lambda *a, **k: order.append("judged") or judged(*a, **k)
    )
    monkeypatch.setattr(attachments, "filling", lambda *a: order.append("locked") or filling(*a))

    attach("photo", photo(), "a.jpg")

    assert order == ["judged", "locked"]
