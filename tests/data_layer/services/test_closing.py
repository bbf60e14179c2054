"""An authority that is no more: who sat in it leaves, its record stays to be read."""

from datetime import date

import pytest
from sqlalchemy import update

from data_layer.db import bookkeeping
from data_layer.models import Change, Record, RecordState
from data_layer.rules.roster import ReasonsMissing
from data_layer.services import drafts, holding, officials, records, review, submissions
from data_layer.services.closing import Closed
from tests import people, rounds
from tests.closings import NEW, TODAY, UPGRADE, confirm, merge, propose, upgrade
from tests.officials import add, broken, view
from tests.people import ADMIN, OFFICER, PROVINCE
from tests.rounds import FOREIGN, READINESS, SURVEY, TAO, TOWN, key, opened


@pytest.fixture(autouse=True)
def _stand(database):
    rounds.add_authorities()


def listed(asked):
    return records.worklist(people.actor(OFFICER), SURVEY, None, asked)


def test_the_province_reads_how_many_leave_before_it_confirms():
    add(1, "mayor", office=TAO)
    add(2, office=TAO)
    add(3, "mayor", office=TOWN)

    assert propose(Change.KIND, UPGRADE).leaving == 2


def test_the_province_reads_how_many_records_stop_before_it_confirms():
    rounds.plan()
    rounds.fill(OFFICER, key(TAO), {"staff_count": 45})
    rounds.submitted(ADMIN, key(TAO, READINESS))
    rounds.fill(OFFICER, key(TOWN), {"staff_count": 45})  # of one that stays

    found = propose(Change.KIND, UPGRADE)

    assert (found.unfinished, found.unjudged) == (1, 1)


def test_records_of_a_round_that_was_over_before_the_change_stop_nothing(clock):
    rounds.plan()
    rounds.fill(OFFICER, key(TAO), {"staff_count": 45})
    clock.forward(days=60)

    assert propose(Change.KIND, UPGRADE, valid_on=date(2027, 1, 10)).unfinished == 0


def test_council_and_executive_leave_with_the_authority_and_the_history_stays():
    mayor = add(1, "mayor", office=TAO)
    add(2, office=TAO)
    add(3, "mayor", office=TOWN)

    upgrade(valid_on=date(2026, 11, 20))

    for person in (ADMIN, PROVINCE):
        found = view(TAO, person)
        assert found.sitting == ()
        assert {(each.ended_on, each.end_reason) for each in found.past} == {
            (date(2026, 11, 20), "อปท. เปลี่ยนฐานะ")
        }
        assert found.closed == Closed(date(2026, 11, 20), NEW, "ทต.ฝั่งแดง")
    assert officials.history(people.actor(ADMIN), mayor).acts[0].act == "พ้นจากตำแหน่ง"
    assert len(view(TOWN).sitting) == 1
    assert officials.closed_authority(people.actor(ADMIN), TAO) == {TAO: "อบต.ฝั่งแดง"}


def test_who_would_begin_before_the_authority_was_there_needs_a_reason():
    upgrade(valid_on=date(2026, 11, 20))
    early = {"elected_on": date(2026, 11, 15), "began_on": date(2026, 11, 19)}

    with pytest.raises(ReasonsMissing) as refused:
        add(1, "mayor", office=NEW, **early)

    assert broken(refused) == ["before_opening"]
    assert "จัดตั้ง 20 พ.ย. 2569" in refused.value.findings[0].text
    add(1, "mayor", office=NEW, reasons={"before_opening": "ดำรงตำแหน่งต่อตามประกาศ"}, **early)


def test_who_led_the_old_authority_may_be_elected_in_the_new_one():
    add(1, "mayor", office=TAO)
    upgrade(valid_on=date(2026, 11, 20))

    add(1, "mayor", office=NEW, elected_on=date(2026, 11, 22), began_on=date(2026, 11, 22))

    assert [each.seat for each in view(NEW).sitting] == ["นายก"]


def test_a_merger_ends_the_posts_of_those_that_close_only():
    add(1, "mayor", office=TAO)
    add(2, "mayor", office=TOWN)
    found = propose(Change.MERGER, {"partners": TOWN}, valid_on=date(2026, 11, 1))
    assert found.leaving == 1

    confirm(found)

    assert len(view(TAO).sitting) == 1
    assert view(TOWN).past[0].ended_on == date(2026, 11, 1)


def test_the_record_of_a_closed_authority_is_read_and_changes_no_more():
    rounds.plan()
    rounds.fill(OFFICER, key(), {"staff_count": 5})
    upgrade()

    found = opened()

    assert (found.answers["staff_count"], found.may_write) == (5, False)
    assert found.closed == Closed(TODAY, NEW, "ทต.ฝั่งแดง")
    with pytest.raises(holding.AuthorityClosed):
        drafts.save_field(people.actor(OFFICER), key(), "staff_count", "6", 5)
    assert listed(TAO).closed == {TAO: "อบต.ฝั่งแดง"}


def test_only_a_closed_authority_with_a_record_is_found_by_its_address():
    rounds.plan()
    rounds.fill(OFFICER, key(), {"staff_count": 5})
    merge()

    for asked in ("", TAO, TOWN, FOREIGN, "99"):
        assert listed(asked).closed == {}


def test_what_was_handed_in_is_not_taken_back_in_a_closed_authority():
    rounds.plan()
    found = rounds.submitted()
    upgrade()

    with pytest.raises(holding.AuthorityClosed):
        submissions.withdraw(people.actor(OFFICER), found.key)
    assert not opened().may_withdraw


@pytest.mark.parametrize(
    ("change", "heir", "has_past"), [(upgrade, NEW, True), (merge, TAO, False)]
)
def test_who_changed_its_kind_goes_on_from_the_answers_of_before_and_a_merged_one_from_its_own(
    change, heir, has_past, clock
):
    rounds.stand()
    rounds.filled(at=key(TAO if change is upgrade else TOWN))
    with bookkeeping() as session:
        session.execute(update(Record).values(state=RecordState.SUBMITTED, submitted_at=clock()))
    change()
    rounds.next_round(clock)

    assert opened(at=key(heir)).can_bring is has_past
    assert review.open_review(people.actor(PROVINCE), key(heir)).has_last is has_past
    if has_past:
        drafts.bring_last(people.actor(OFFICER), key(heir))
        assert opened(at=key(heir)).answers["households"] == 1800
