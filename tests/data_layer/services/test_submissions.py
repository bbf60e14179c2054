"""Handing in: only what is complete, once, and locked until somebody takes it back."""

from threading import Thread

import pytest
from sqlalchemy import func, select

from data_layer.db import Conflict, reading
from data_layer.models import AuditEntry, Record, RecordState
from data_layer.services import drafts, submissions
from data_layer.services.submissions import NotComplete, NotWaiting
from tests import people
from tests.people import ADMIN, OFFICER
from tests.rounds import READINESS, filled, key, opened, stand, submitted

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def submit(found, person=OFFICER):
    submissions.submit(people.actor(person), found.key, found.version)


def test_what_is_not_complete_is_refused_with_each_gap_in_the_order_of_the_form():
    drafts.save_field(people.actor(OFFICER), key(), "households", "-1", None)
    found = opened()

    with pytest.raises(NotComplete) as refused:
        submit(found)

    gaps = {gap.path: gap for gap in refused.value.gaps}
    assert [gap.path for gap in refused.value.gaps][:3] == ["size", "address", "coordinates"]
    assert gaps["size"].problem == "โปรดเลือกขนาด อปท."
    assert "มากกว่า 0" in gaps["households"].problem
    assert opened().state is RecordState.DRAFT


def test_nothing_typed_at_all_is_not_handed_in():
    with pytest.raises(NotComplete):
        submit(opened())

    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Record)) == 0


def test_d05_what_was_changed_since_is_not_handed_in_unseen():
    found = filled()
    drafts.save_field(people.actor(ADMIN), key(), "staff_count", "46", 45)

    with pytest.raises(Conflict):
        submit(found)

    assert opened().state is RecordState.DRAFT


def test_d04_twice_from_two_tabs_is_one_submission():
    found = filled()
    actors = [people.actor(OFFICER) for _ in range(4)]
    refused = []

    def click(actor):
        try:
            submissions.submit(actor, found.key, found.version)
        except Conflict as refusal:
            refused.append(refusal)

    threads = [Thread(target=click, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == []
    assert opened().state is RecordState.SUBMITTED
    acts = select(func.count()).where(AuditEntry.act == "record.submit")
    with reading() as session:
        assert session.scalar(acts) == 1


def test_a_message_that_comes_late_does_not_hand_in_what_was_taken_back():
    found = submitted()
    submissions.withdraw(people.actor(OFFICER), found.key)

    with pytest.raises(Conflict):
        submissions.submit(people.actor(OFFICER), found.key, found.version)

    assert opened().state is RecordState.DRAFT


def test_calculated_values_are_kept_with_what_was_handed_in():
    submitted(ADMIN, key(form=READINESS))

    assert opened(ADMIN, key(form=READINESS)).answers["readiness_score"] == 60


def test_it_is_on_time_until_the_due_instant_and_late_after_it(clock):
    assert not submitted().is_late
    submissions.withdraw(people.actor(OFFICER), key())
    clock.forward(days=8)

    submit(opened())

    assert opened().is_late


def test_after_the_round_it_cannot_be_taken_back(clock):
    submitted()
    clock.forward(days=20)

    assert not opened().may_withdraw
    with pytest.raises(NotWaiting):
        submissions.withdraw(people.actor(OFFICER), key())
