"""Changes of the register: the district proposes, the province decides, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from data_layer.db import Conflict, bookkeeping, reading
from data_layer.errors import DomainError, InvalidFields, NotFound
from data_layer.models import AuthorityKind, Change, Office, ProposalState, Record
from data_layer.queries.authorities import authority_facts, facts_on
from data_layer.queries.office_facts import facts_of
from data_layer.rules.proposals import ProposalEntry
from data_layer.services import authorities, offices, proposal_list, proposals, records
from data_layer.services.authority_changes import NotToBeMerged
from data_layer.services.proposals import (
    AuthorityClosed,
    ProposalWaiting,
    ReasonMissing,
    RegisterMoved,
)
from tests import people
from tests import rounds as rounds_of_tests
from tests.people import ADMIN, CENTRAL, OFFICER, OTHER_PROVINCE, PROVINCE
from tests.rounds import FOREIGN, TAO, TOWN

TODAY = date(2026, 11, 23)
PROFILE = {
    "address": "1 หมู่ 2 ต.ฝั่งแดง",
    "phone": "042511234",
    "mailbox": "",
    "area_sq_km": "41.5",
    "villages": "12",
    "population": "6100",
    "population_year": "2568",
}
UPGRADE = {"kind": "tambon_municipality", "name": "ทต.ฝั่งแดง", "code": "05480503"}


@pytest.fixture(autouse=True)
def _stand(database):
    rounds_of_tests.add_authorities()


def entry(change=Change.PROFILE, valid_on=TODAY, **typed):
    fields = (PROFILE | typed) if change is Change.PROFILE else typed
    return ProposalEntry(change, fields, valid_on, "ประกาศกระทรวงมหาดไทย")


def propose(*args, office=TAO, person=OFFICER, **typed):
    proposals.propose(people.actor(person), office, entry(*args, **typed))
    return waiting()[-1]


def waiting(person=PROVINCE):
    return proposal_list.waiting(people.actor(person))


def confirm(found, person=PROVINCE):
    return proposals.confirm(people.actor(person), found.id, found.version)


def take(*args, **typed):
    confirm(propose(*args, **typed))


def facts(code=TAO, on=TODAY):
    with reading() as session:
        return facts_on(session, office(code), on=on)


def office(code):
    with reading() as session:
        return session.scalar(select(Office).where(Office.code == code))


def view(code=TAO, person=PROVINCE, on=None):
    return authorities.view(people.actor(person), code, on=on)


def test_nobody_proposes_for_an_authority_elsewhere():
    with pytest.raises(NotFound):
        propose(office=FOREIGN)
    assert waiting() == []


def test_what_is_wrong_is_refused_and_nothing_waits():
    with pytest.raises(InvalidFields) as refused:
        propose(villages="สิบสอง", area_sq_km="0")

    assert set(refused.value.problems) == {"villages", "area_sq_km"}
    assert waiting() == []


def test_a_second_proposal_waits_for_the_first_to_be_decided():
    propose()

    with pytest.raises(ProposalWaiting):
        propose(villages="13")
    assert len(waiting()) == 1


def test_two_officers_at_once_make_one_proposal():
    actors = [people.actor(ADMIN), people.actor(OFFICER)]

    def send(actor):
        try:
            proposals.propose(actor, TAO, entry())
        except ProposalWaiting:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(send, actors)) == [False, True]
    assert len(waiting()) == 1


def test_until_the_province_confirms_the_register_says_what_it_said():
    found = propose()

    assert facts().villages is None
    assert [(fact.label, fact.old, fact.new) for fact in found.facts if "หมู่บ้าน" in fact.label] == [
        ("จำนวนหมู่บ้าน", "–", "12")
    ]
    assert (found.office_code, found.proposed_by) == (TAO, "นางสาวอุดม ทดสอบดี")
    assert waiting(OTHER_PROVINCE) == []


def test_a_confirmed_profile_holds_from_its_day_on():
    take(valid_on=date(2026, 1, 1))
    take(valid_on=date(2026, 10, 1), villages="13", address="ย้ายไปหมู่ 3")

    assert facts(on=date(2025, 12, 31)).villages is None
    assert (facts(on=date(2026, 9, 30)).villages, facts().villages) == (12, 13)
    assert (facts().area_sq_km, facts().mailbox) == (
        Decimal("41.5"),
        "saraban_06480501@dla.go.th",
    )
    with reading() as session:
        scope = people.actor(PROVINCE).scope
        listed = authority_facts(session, scope, on=date(2026, 9, 30)).set_index("code")
    assert (listed["villages"][TAO], listed["area_sq_km"][TAO]) == (12, Decimal("41.5"))
    assert office(TAO).phone == "042511234"


def test_people_are_those_of_the_last_december_and_a_correction_stays_beside_what_it_corrects():
    take(population="6000", population_year="2567")
    take(population="6100", population_year="2568")
    take(population="6150", population_year="2568")

    assert (facts().population, facts().population_year) == (6150, 2568)
    assert facts(on=date(2025, 6, 1)).population == 6000
    assert facts(on=date(2024, 6, 1)).population is None
    counted = [line.detail for line in view().history if line.what == "ประชากร"]
    assert sorted(counted) == ["6,000 คน", "6,100 คน", "6,150 คน"]


def test_forms_read_the_facts_of_the_day():
    take(villages="14")

    with reading() as session:
        found = facts_of(session, office(TAO), on=TODAY)

    assert (found["villages"], found["population"], found["seats"]) == (14, 6100, 14)
    assert found["kind"] == "tao"


def test_a_proposal_is_decided_once_and_by_who_saw_it_last():
    found = propose()
    with pytest.raises(Conflict):
        proposals.confirm(people.actor(PROVINCE), found.id, found.version + 1)
    with pytest.raises(NotFound):
        confirm(found, OTHER_PROVINCE)

    confirm(found)

    for again in (confirm, lambda each: proposals.withdraw(people.actor(OFFICER), each.id, 2)):
        with pytest.raises(Conflict):
            again(found)


def test_two_supervisors_at_once_take_it_over_once():
    found = propose()
    actors = [people.actor(PROVINCE), people.actor(CENTRAL)]

    def send(actor):
        try:
            proposals.confirm(actor, found.id, found.version)
        except DomainError as refusal:
            return type(refusal)
        return None

    with ThreadPoolExecutor(2) as both:
        assert set(both.map(send, actors)) == {None, Conflict}
    assert len([line for line in view().history if line.what == "ข้อมูลของ อปท."]) == 1


def test_a_refusal_needs_a_reason_that_the_district_reads():
    found = propose()
    with pytest.raises(ReasonMissing):
        proposals.refuse(people.actor(PROVINCE), found.id, found.version, "  ")

    proposals.refuse(people.actor(PROVINCE), found.id, found.version, "จำนวนหมู่บ้านไม่ตรงประกาศ")

    assert facts().villages is None
    seen = view(person=OFFICER)
    (decided,) = seen.decided
    assert seen.refused == decided
    assert (decided.state, decided.reason) == (ProposalState.REFUSED, "จำนวนหมู่บ้านไม่ตรงประกาศ")
    assert proposal_list.refused_offices(people.actor(OFFICER)) == [TAO]
    propose()
    assert proposal_list.refused_offices(people.actor(OFFICER)) == []


def test_the_district_takes_its_proposal_back_and_proposes_anew():
    found = propose()

    proposals.withdraw(people.actor(OFFICER), found.id, found.version)

    assert waiting() == []
    assert view().decided[0].state is ProposalState.WITHDRAWN
    propose()


def test_a_rename_keeps_the_old_name_by_date_and_is_found_by_the_new_one():
    take(Change.RENAME, valid_on=date(2026, 10, 1), name="อบต.ฝั่งแดงใหม่")

    assert (facts(on=date(2026, 9, 30)).name, facts(on=date(2026, 10, 1)).name) == (
        "อบต.ฝั่งแดง",
        "อบต.ฝั่งแดงใหม่",
    )
    listed = authorities.authority_list(people.actor(PROVINCE), "ฝั่งแดงใหม่ ธาตุพนม")
    assert list(listed["code"]) == [TAO]
    with pytest.raises(InvalidFields) as refused:
        propose(Change.RENAME, valid_on=date(2026, 10, 1), name="อบต.อื่น")
    assert set(refused.value.problems) == {"valid_on"}


def test_a_new_code_is_nobody_elses():
    with pytest.raises(InvalidFields) as refused:
        propose(Change.KIND, **(UPGRADE | {"code": TOWN}))

    assert set(refused.value.problems) == {"code"}


def test_a_code_taken_since_it_was_proposed_is_refused_at_the_confirmation():
    found = propose(Change.KIND, **UPGRADE)
    with bookkeeping() as session:
        session.add(rounds_of_tests.authority(UPGRADE["code"], "ทต.มาก่อน"))

    with pytest.raises(DomainError, match="เป็นของ อปท"):
        confirm(found)
    assert office(TAO).closed_on is None


def test_an_upgrade_closes_the_old_and_opens_the_new_and_every_record_stays():
    rounds_of_tests.plan()
    rounds_of_tests.fill(OFFICER, rounds_of_tests.key(), {"staff_count": 5})
    take()
    take(Change.KIND, valid_on=date(2026, 11, 20), **UPGRADE)

    old, new = office(TAO), office(UPGRADE["code"])
    assert (old.closed_on, new.opened_on) == (date(2026, 11, 20), date(2026, 11, 20))
    assert (old.authority_kind, new.authority_kind) == (
        AuthorityKind.TAO,
        AuthorityKind.TAMBON_MUNICIPALITY,
    )
    known = facts(new.code)
    assert (known.villages, known.population, known.phone) == (12, 6100, "042511234")
    assert known.mailbox == "saraban_05480503@dla.go.th"
    with reading() as session:
        assert [kept.office_id for kept in session.scalars(select(Record))] == [old.id]
    assert [line.detail for line in view().history if line.what == "รับช่วงต่อโดย"] == [
        "ทต.ฝั่งแดง (05480503)"
    ]
    assert "รับช่วงจาก" in [line.what for line in view(new.code).history]
    with pytest.raises(AuthorityClosed):
        propose(villages="13")


def test_expected_counts_follow_an_upgrade_by_its_day():
    rounds_of_tests.plan()
    expected = expected_of_4805()

    take(Change.KIND, valid_on=TODAY, **UPGRADE)

    assert expected_of_4805() == (expected - {TAO}) | {UPGRADE["code"]}


def expected_of_4805():
    listed = records.worklist(people.actor(OFFICER), rounds_of_tests.SURVEY)
    return set(listed.rows["code"])


def test_a_merger_is_with_those_that_stand_in_the_own_area():
    for codes in ("06480599", FOREIGN):
        with pytest.raises(InvalidFields) as refused:
            propose(Change.MERGER, partners=codes)
        assert set(refused.value.problems) == {"partners"}


def test_a_partner_with_a_proposal_of_its_own_is_decided_first():
    found = propose(Change.MERGER, partners=TOWN)
    propose(office=TOWN)

    with pytest.raises(NotToBeMerged, match=TOWN):
        confirm(found)
    assert office(TOWN).closed_on is None


def test_a_merger_closes_the_partners_by_date_and_leads_to_who_took_them_in():
    take(Change.MERGER, valid_on=date(2026, 11, 1), partners=TOWN)

    assert office(TOWN).closed_on == date(2026, 11, 1)
    assert office(TAO).closed_on is None
    assert "อบต.ฝั่งแดง (06480501)" in [line.detail for line in view(TOWN).history]
    assert "ปิดเมื่อ" in next(
        row.note
        for row in authorities.authority_list(people.actor(OFFICER)).itertuples()
        if row.code == TOWN
    )


def test_a_register_that_moved_on_does_not_go_back():
    found = propose(Change.RENAME, valid_on=date(2026, 10, 1), name="อบต.หนึ่ง")
    head = ",".join(offices.LIST_COLUMNS.values())
    content = f"{head}\n{TAO},อบต.สอง,อบต.,,1 พฤศจิกายน 2569,\n".encode()
    offices.import_list(people.actor(CENTRAL), content, "list.csv")

    with pytest.raises(RegisterMoved):
        confirm(found)
    assert office(TAO).name_th == "อบต.สอง"


def test_a_number_set_by_the_province_does_not_undo_the_dated_one():
    take(valid_on=date(2026, 1, 1))

    offices.set_phone(people.actor(PROVINCE), TAO, "042599999")

    assert (facts(on=date(2026, 6, 1)).phone, facts().phone) == ("042511234", "042599999")
    assert facts().villages == 12
