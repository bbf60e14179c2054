"""The province judges: approved is locked, sent back says what to change, reopening is recorded."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from data_layer.access import NotAllowed
from data_layer.db import Conflict, reading
from data_layer.errors import NotFound
from data_layer.models import AuditEntry, RecordState
from data_layer.rules.outliers import outliers
from data_layer.services import drafts, review, submissions
from data_layer.services.holding import NotEditable
from data_layer.services.review import (
    FieldWithoutReason,
    NoReason,
    NotApproved,
    NotToReview,
    WhatToChange,
)
from tests import people
from tests.people import ADMIN, OFFICER, OTHER_PROVINCE, PROVINCE
from tests.rounds import TAO, TOWN, history, key, opened, plan, stand, submitted

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def approve(found, person=PROVINCE):
    review.approve(people.actor(person), [(found.key, found.version)])


def send_back(found, reasons=(), note=""):
    review.send_back(people.actor(PROVINCE), found.key, found.version, dict(reasons), note)


def test_neither_the_district_nor_another_province_judges():
    found = submitted()

    with pytest.raises(NotAllowed):
        approve(found, ADMIN)
    with pytest.raises(NotFound):
        approve(found, OTHER_PROVINCE)

    assert opened().state is RecordState.SUBMITTED


def test_a_draft_cannot_be_approved_and_none_of_the_chosen_is_then():
    one = submitted()
    drafts.save_field(people.actor(OFFICER), key(TOWN), "staff_count", "5", None)
    two = opened(at=key(TOWN))

    with pytest.raises(NotToReview):
        review.approve(people.actor(PROVINCE), [(each.key, each.version) for each in (one, two)])

    assert opened().state is RecordState.SUBMITTED


def test_d05_what_was_taken_back_and_handed_in_anew_is_not_approved_unseen():
    seen = submitted()
    submissions.withdraw(people.actor(OFFICER), seen.key)
    again = opened()
    submissions.submit(people.actor(OFFICER), again.key, again.version)

    with pytest.raises(Conflict):
        approve(seen)


def test_approved_is_locked():
    approve(submitted())

    assert opened().state is RecordState.APPROVED
    with pytest.raises(NotEditable):
        drafts.save_field(people.actor(OFFICER), key(), "staff_count", "1", 45)
    with pytest.raises(submissions.NotWaiting):
        submissions.withdraw(people.actor(OFFICER), key())


def test_sending_back_wants_to_be_told_what():
    found = submitted()

    for reasons, note in (({}, " "), ({}, "ก" * 201)):
        with pytest.raises(WhatToChange):
            send_back(found, reasons, note)


def test_a_field_is_not_sent_back_without_its_own_reason():
    found = submitted()

    with pytest.raises(FieldWithoutReason) as refused:
        send_back(found, {"households": " ", "staff_count": "โปรดตรวจ"}, "ตรวจอีกครั้ง")

    assert "“จำนวนครัวเรือน" in str(refused.value)
    assert "บุคลากร" not in str(refused.value)
    assert opened().state is RecordState.SUBMITTED


def test_what_was_sent_back_is_read_in_the_order_of_the_form():
    send_back(submitted(), {"staff_count": "โปรดตรวจ", "households": "สูงมาก"})

    assert list(opened().returned) == ["households", "staff_count"]


def test_what_was_sent_back_is_mended_also_after_the_round_and_is_as_late_as_before(clock):
    found = submitted()
    clock.forward(days=30)
    send_back(found, {"households": "สูงกว่าปีก่อนมาก"})
    seen = opened()
    assert (seen.state, seen.returned) == (RecordState.RETURNED, {"households": "สูงกว่าปีก่อนมาก"})

    drafts.save_field(people.actor(OFFICER), key(), "households", "1700", 1800)
    mended = opened()
    submissions.submit(people.actor(OFFICER), mended.key, mended.version)

    again = opened()
    assert (again.state, again.is_late) == (RecordState.SUBMITTED, False)
    assert again.returned == {"households": "สูงกว่าปีก่อนมาก"}
    approve(again)
    assert opened().returned == {}


def hand_in_again():
    seen = opened()
    submissions.submit(people.actor(OFFICER), seen.key, seen.version)


def looked_at():
    return {row.path: row for row in review.open_review(people.actor(PROVINCE), key()).rows}


def test_who_judges_again_sees_what_was_asked_for_and_what_became_of_it():
    reasons = {"households": "สูงมาก", "staff_count": "โปรดตรวจ", "population_total": "รวมผิด"}
    send_back(submitted(), reasons)
    assert set(opened().untouched) == set(reasons)
    drafts.save_field(people.actor(OFFICER), key(), "households", "1700", 1800)
    drafts.save_field(people.actor(OFFICER), key(), "staff_count", "46", 45)
    drafts.save_field(people.actor(OFFICER), key(), "staff_count", "45", 46)
    assert set(opened().untouched) == {"staff_count", "population_total"}
    men = opened().answers["population_male"]
    drafts.save_field(people.actor(OFFICER), key(), "population_male", str(men - 1), men)

    hand_in_again()

    rows = looked_at()
    assert (rows["households"].asked, rows["households"].is_untouched) == ("สูงมาก", False)
    assert rows["staff_count"].is_untouched
    assert rows["staff_count"].is_noted
    assert not rows["population_total"].is_untouched
    assert rows["phone"].asked == ""


def test_a_reason_that_was_asked_for_counts_as_a_change():
    send_back(submitted(), {"households": "โปรดให้เหตุผล"})

    drafts.save_reason(people.actor(OFFICER), key(), "households", "ย้ายเข้ามาก")

    assert opened().untouched == ()


def test_what_was_handed_in_again_and_taken_back_still_says_what_to_change():
    send_back(submitted(), {"households": "สูงมาก"}, "ตรวจอีกครั้ง")
    hand_in_again()

    submissions.withdraw(people.actor(OFFICER), key())

    found = opened()
    assert (found.state, found.note) == (RecordState.RETURNED, "ตรวจอีกครั้ง")
    assert (found.returned, found.untouched) == ({"households": "สูงมาก"}, ("households",))


def test_reopening_what_was_approved_wants_a_reason_and_is_recorded():
    found = submitted()
    with pytest.raises(NotApproved):
        review.reopen(people.actor(PROVINCE), found.key, found.version, "พบที่ผิด")
    approve(found)
    approved = opened()

    for reason in (" ", "ก" * 201):
        with pytest.raises(NoReason) as refused:
            review.reopen(people.actor(PROVINCE), approved.key, approved.version, reason)
    assert "เหตุผลที่เปิดให้แก้ไขใหม่" in str(refused.value)
    review.reopen(people.actor(PROVINCE), approved.key, approved.version, "พบที่ผิด")

    assert opened().state is RecordState.RETURNED
    with reading() as session:
        acts = list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))
    assert acts[-2:] == ["record.approve", "record.reopen"]


def test_why_it_was_sent_back_or_reopened_stays_in_the_history_after_the_next_approval():
    send_back(submitted(), {"households": "สูงมาก"}, "ตรวจอีกครั้ง")
    hand_in_again()
    approve(opened())
    approved = opened()
    review.reopen(people.actor(PROVINCE), approved.key, approved.version, "พบที่ผิด")
    hand_in_again()
    approve(opened())

    found = opened()
    assert (found.note, found.returned) == ("", {})
    said = [json.loads(new) for _, new in history("#note")]
    assert said == ["ตรวจอีกครั้ง", "", "พบที่ผิด", ""]
    assert [json.loads(new) for _, new in history("#returned")] == [{"households": "สูงมาก"}, {}]


def test_what_changed_against_the_last_round_is_noted(clock):
    approve(submitted())
    clock.forward(days=45)
    plan(code="2570", opens=date(2027, 1, 1), due=date(2027, 1, 31))
    drafts.bring_last(people.actor(OFFICER), key())
    drafts.save_field(people.actor(OFFICER), key(), "households", "2500", 1800)

    rows = {row.path: row for row in review.open_review(people.actor(PROVINCE), key()).rows}

    assert rows["households"].is_noted
    assert (rows["households"].now, rows["households"].last) == (2500, 1800)
    assert not rows["clerk_status"].is_noted
    assert TAO in str(rows["office_code"].now)


def test_few_figures_have_no_outlier_and_equal_ones_none_either():
    assert outliers({n: 10.0**n for n in range(7)}) == {}
    assert outliers(dict.fromkeys(range(20), 12.0)) == {}


def test_a_figure_ten_times_the_usual_one_stands_apart_from_many():
    figures = {f"0648{n:04d}": 1000.0 + n * 10 for n in range(20)} | {"odd": 12_000.0}

    assert outliers(figures) == {"odd": 1100.0}


def test_who_sends_back_or_reopens_is_not_taken_for_another_officer_who_fills_in():
    send_back(submitted(), note="ตรวจอีกครั้ง")
    assert opened().others == ()
    seen = opened()
    submissions.submit(people.actor(OFFICER), seen.key, seen.version)
    approve(opened())
    approved = opened()

    review.reopen(people.actor(PROVINCE), approved.key, approved.version, "พบที่ผิด")

    assert opened().others == ()
