"""An approved survey is offered back to the register where it says otherwise."""

import pytest
from sqlalchemy import select

from data_layer.access import NotAllowed
from data_layer.clock import now
from data_layer.db import bookkeeping
from data_layer.errors import NotFound
from data_layer.models import Office
from data_layer.models.authorities import AuthorityPopulation
from data_layer.rules.proposals import NothingChanges
from data_layer.services import proposal_list, proposals, records, review, survey_offers
from data_layer.services.proposals import ProposalWaiting
from data_layer.services.survey_offers import NotApproved
from tests import people
from tests.people import OFFICER, PROVINCE
from tests.rounds import FOREIGN, TAO, key, stand, submitted


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def approved():
    found = submitted()
    review.approve(people.actor(PROVINCE), [(found.key, found.version)])


def offered(person=OFFICER):
    record = records.open_record(people.actor(person), key())
    found = survey_offers.differences(people.actor(person), record)
    return {each.label: each.new for each in found}


def offer(person=OFFICER):
    survey_offers.offer(people.actor(person), key())


def test_what_the_province_has_not_approved_is_not_offered():
    submitted()

    assert offered() == {}
    with pytest.raises(NotApproved):
        offer()


def test_who_confirms_does_not_offer():
    approved()

    assert offered(PROVINCE) == {}
    with pytest.raises(NotAllowed):
        offer(PROVINCE)


def test_a_survey_of_another_district_is_not_there():
    with pytest.raises(NotFound):
        survey_offers.offer(people.actor(OFFICER), key(FOREIGN))


def test_the_district_offers_and_the_province_confirms_and_then_both_say_the_same():
    approved()
    assert offered()["จำนวนหมู่บ้าน"] != "–"

    offer()

    assert offered() == {}  # it waits
    with pytest.raises(ProposalWaiting):
        offer()
    (found,) = proposal_list.waiting(people.actor(PROVINCE))
    assert "แบบสำรวจข้อมูลพื้นฐานที่จังหวัดตรวจผ่านแล้ว" in found.basis
    proposals.confirm(people.actor(PROVINCE), found.id, found.version)
    assert offered() == {}
    with pytest.raises(NothingChanges):
        offer()


def test_people_that_the_register_counted_later_are_not_undone_by_an_older_survey():
    approved()
    assert {"ประชากร (คน)", "ประชากร ณ 31 ธ.ค. พ.ศ."} <= offered().keys()

    with bookkeeping() as session:
        office_id = session.scalars(select(Office.id).where(Office.code == TAO)).one()
        later = AuthorityPopulation(office_id=office_id, year=2568, population=1)
        later.recorded_at = now()
        session.add(later)

    assert not {"ประชากร (คน)", "ประชากร ณ 31 ธ.ค. พ.ศ."} & offered().keys()
