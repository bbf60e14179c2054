"""Filling a record: every field is kept at once, and nobody overwrites what was not seen."""

from datetime import date
from threading import Thread

import pytest
from sqlalchemy import select

from data_layer.access import NotAllowed
from data_layer.db import reading
from data_layer.errors import DomainError, NotFound
from data_layer.forms import NoData
from data_layer.forms.errors import NotANumber, UnknownField
from data_layer.models import Record, RecordState
from data_layer.rules.rounds import NotInTime
from data_layer.services import drafts, records, rounds, submissions
from data_layer.services.drafts import FieldTaken, NoReasonAllowed, NotAsked, ReasonNeeded
from data_layer.services.holding import NotEditable
from tests import people
from tests.attached import put_form
from tests.people import ADMIN, CENTRAL, OFFICER, VIEWER
from tests.rounds import (
    FOREIGN,
    READINESS,
    SURVEY,
    TAO,
    TOWN,
    fill,
    filled,
    history,
    key,
    next_round,
    opened,
    stand,
    submitted,
)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def save(path, given, seen=None, *, person=OFFICER, at=None):
    drafts.save_field(people.actor(person), at or key(), path, given, seen)


def kept():
    with reading() as session:
        return list(session.scalars(select(Record)))


def test_who_may_only_read_saves_nothing():
    with pytest.raises(NotAllowed):
        save("staff_count", "5", person=VIEWER)

    assert kept() == []


def test_a_right_for_the_survey_is_none_for_the_other_form():
    with pytest.raises(NotAllowed):
        save("population", "5", at=key(form=READINESS))


def test_the_authority_of_another_district_is_not_found():
    with pytest.raises(NotFound):
        save("staff_count", "5", at=key(FOREIGN))
    with pytest.raises(NotFound):
        records.open_record(people.actor(OFFICER), key(FOREIGN))
    with pytest.raises(NotFound):
        save("staff_count", "5", at=key("4805"))  # an office, but none that is asked


@pytest.mark.parametrize(
    ("path", "given", "refusal"),
    [
        ("staff_count", "สี่สิบ", NotANumber),
        ("nothing", "1", UnknownField),
        ("population_total", "1", NotAsked),  # calculated
        ("office_code", "06489999", NotAsked),  # the register's
        ("community_count", "1", NotAsked),  # not asked of an อบต.
        ("address", NoData("ไม่ทราบ"), NoReasonAllowed),
        ("staff_count", NoData(" "), ReasonNeeded),
        ("staff_count", NoData("ก" * 501), ReasonNeeded),
    ],
)
def test_z03_what_is_not_asked_or_no_answer_is_refused_and_nothing_is_kept(path, given, refusal):
    save("phone", "042511234")
    before = dict(opened().answers)

    with pytest.raises(refusal):
        save(path, given)

    assert opened().answers == before
    assert history(path) == []


def test_before_and_after_the_round_nothing_is_taken(clock):
    clock.forward(days=-30)
    with pytest.raises(NotFound):
        save("staff_count", "5")
    clock.forward(days=30 + 18)

    with pytest.raises(NotInTime) as refused:
        save("staff_count", "5")

    assert "ปิดรับแล้ว" in str(refused.value)
    assert kept() == []


def test_in_the_grace_time_it_is_taken_and_more_time_opens_it_again(clock):
    clock.forward(days=8)
    save("staff_count", "5")
    clock.forward(days=10)
    with pytest.raises(NotInTime):
        save("staff_count", "6", 5)

    rounds.extend(people.actor(CENTRAL), "2569", "4805", date(2026, 12, 24), "น้ำท่วม")
    save("staff_count", "6", 5)

    assert opened().answers["staff_count"] == 6


def test_an_answer_is_there_for_everybody_at_once_with_its_history():
    save("staff_count", "๑,๐๔๕")
    save("staff_count", "46", 1045, person=ADMIN)

    found = opened()

    assert found.answers["staff_count"] == 46
    assert found.state is RecordState.DRAFT
    assert "อารี" in found.changed_by
    assert history("staff_count") == [("null", "1045"), ("1045", "46")]
    assert [(change.who, change.label) for change in found.others] == [
        ("นางสาวอารี ทดสอบดี", "จำนวนบุคลากร (คน)")
    ]


def test_empty_zero_and_no_data_are_three_answers():
    save("staff_count", "0")
    zero = opened()
    save("staff_count", NoData("ไฟไหม้เอกสาร"), 0)
    none = opened()
    save("staff_count", "", {"no_data": "ไฟไหม้เอกสาร"})

    assert (zero.answers["staff_count"], "staff_count" in zero.evaluation.missing) == (0, False)
    assert (none.answers["staff_count"], "staff_count" in none.evaluation.missing) == (
        NoData("ไฟไหม้เอกสาร"),
        False,
    )
    assert "staff_count" in opened().evaluation.missing


def test_d05_who_did_not_see_the_other_ones_value_does_not_overwrite_it():
    save("staff_count", "45", person=ADMIN)

    with pytest.raises(FieldTaken) as refused:
        save("staff_count", "50")

    assert refused.value.theirs == 45
    assert "อารี" in str(refused.value)
    assert "“45”" in str(refused.value)
    assert opened().answers["staff_count"] == 45
    save("staff_count", "50", 45)  # now it was seen
    assert opened().answers["staff_count"] == 50


def test_two_officers_in_two_fields_at_once_both_keep_theirs():
    fields = ("staff_count", "households", "village_count", "population_male")
    actors = {name: people.actor(OFFICER) for name in fields}
    refused = []

    def type_into(name):
        try:
            drafts.save_field(actors[name], key(), name, "12", None)
        except DomainError as refusal:
            refused.append(refusal)

    threads = [Thread(target=type_into, args=(name,)) for name in fields]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == []
    assert {name: opened().answers.get(name) for name in fields} == dict.fromkeys(fields, 12)
    assert len(kept()) == 1


def test_an_unusual_answer_wants_a_reason_which_goes_with_the_value():
    save("saraban_email", "saraban@example.go.th", "saraban_06480501@dla.go.th")
    assert opened().unexplained == ["saraban_email"]

    drafts.save_reason(people.actor(OFFICER), key(), "saraban_email", "กรมยังไม่ออกให้")
    assert opened().unexplained == []

    save("saraban_email", "other@example.go.th", "saraban@example.go.th")
    assert opened().unexplained == ["saraban_email"]


def test_what_is_hidden_is_kept_in_the_draft_and_not_handed_in():
    at = key(form=READINESS)
    filled(ADMIN, at)
    save("commission_notified", "no", "yes", person=ADMIN, at=at)
    hidden = opened(ADMIN, at)
    assert not hidden.evaluation.relevant["commission_notified_on"]
    assert hidden.answers["commission_notified_on"].isoformat() == "2020-11-02"

    submissions.submit(people.actor(ADMIN), hidden.key, hidden.version)

    assert "commission_notified_on" not in opened(ADMIN, at).answers


def test_c01_names_and_phones_of_answers_stand_nowhere_in_the_database():
    save("recorder_name", "นางสาวมาลี ตัวอย่าง")
    save("recorder_phone", "0812345678")

    with reading() as session:
        dumped = repr([dict(row) for row in session.execute(select(Record.__table__)).mappings()])

    assert "0812345678" not in dumped
    assert "มาลี" not in dumped


def test_answers_of_the_last_round_come_in_and_count_only_when_they_were_looked_at(clock):
    last = submitted()
    assert not last.can_bring
    next_round(clock)
    save("staff_count", "50")

    drafts.bring_last(people.actor(OFFICER), key())
    brought = opened()

    assert brought.answers["staff_count"] == 50  # what was typed stays
    assert brought.answers["households"] == 1800
    assert "area_and_people" in {gap.path for gap in brought.gaps}
    with pytest.raises(submissions.NotComplete):
        submissions.submit(people.actor(OFFICER), brought.key, brought.version)

    for group in brought.unconfirmed:
        drafts.confirm_group(people.actor(OFFICER), key(), group)
    assert opened().evaluation.missing == []
    assert opened().unconfirmed == ()


def test_a_round_before_that_asked_something_else_has_nothing_to_bring(clock):
    submitted()
    put_form()
    next_round(clock)

    assert not opened().can_bring


def test_after_it_was_handed_in_nothing_changes():
    submitted()

    with pytest.raises(NotEditable):
        save("staff_count", "1", 45)

    assert opened().answers["staff_count"] == 45


def test_the_list_says_what_is_to_be_done_first_and_how_far_it_is():
    save("staff_count", "5", at=key(TOWN))

    found = records.worklist(people.actor(OFFICER), SURVEY)

    assert found.rows[["code", "state"]].to_numpy().tolist() == [[TOWN, "draft"], [TAO, "none"]]
    assert 0 < found.rows.loc[0, "filled"] < found.rows.loc[0, "needed"]
    assert (found.round.code, found.done) == ("2569", 0)


def test_the_list_of_a_country_without_a_round_is_empty_and_says_so(clock):
    clock.forward(days=-60)

    found = records.worklist(people.actor(OFFICER), SURVEY)

    assert found.round is None
    assert found.rows.empty


def test_a_clerk_fills_a_whole_form():
    fill(OFFICER, key(), {"staff_count": 45})
    found = filled()

    assert found.is_ready
    assert found.evaluation.missing == []
