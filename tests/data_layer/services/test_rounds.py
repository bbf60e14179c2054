"""Rounds open and close by the clock; the centre plans them and gives more time."""

from datetime import date

import pytest

from data_layer.access import NotAllowed
from data_layer.db import Conflict
from data_layer.errors import InvalidFields, NotFound
from data_layer.forms.reading import form_of
from data_layer.models import AuthorityKind, FormId
from data_layer.rules.rounds import Phase
from data_layer.services import rounds
from data_layer.services.rounds import NoReason, NotLater, NotTakingPart
from tests import people
from tests.people import CENTRAL, OFFICER, OTHER_PROVINCE, PROVINCE
from tests.rounds import TAO, TOWN, entry, opened, plan, stand

pytestmark = pytest.mark.usefixtures("database")


def only_round(person=PROVINCE):
    (found,) = rounds.list_rounds(people.actor(person))
    return found


def test_a_province_plans_no_round():
    with pytest.raises(NotAllowed):
        rounds.plan(people.actor(PROVINCE), entry())


def test_all_that_is_wrong_with_a_round_is_said_at_once():
    wrong = entry("63", due=date(2026, 10, 1), title=" ", grace_days=99, kinds=(), forms=())

    with pytest.raises(InvalidFields) as refused:
        rounds.plan(people.actor(CENTRAL), wrong)

    names = ("code", "title", "due_on", "grace_days", "kinds", "forms")
    assert sorted(refused.value.problems) == sorted(names)
    assert rounds.list_rounds(people.actor(PROVINCE)) == []


def test_a_second_round_of_the_same_code_is_refused():
    plan()

    with pytest.raises(InvalidFields) as refused:
        plan()

    assert "-2" in refused.value.problems["code"]


def test_it_opens_is_due_and_closes_by_the_clock_in_thai_time(clock):
    plan(opens=date(2026, 11, 24), due=date(2026, 11, 25))

    seen = [only_round().phase]
    for hours in (12.99, 0.02, 24 + 16.49, 0.02, 10 * 24 - 0.02, 0.02):
        clock.forward(hours=hours)
        seen.append(only_round().phase)

    assert seen == [
        Phase.NOT_OPEN,  # 23 Nov, 11:00
        Phase.NOT_OPEN,  # a moment before midnight
        Phase.OPEN,
        Phase.OPEN,  # 25 Nov, a moment before 16:30
        Phase.GRACE,
        Phase.GRACE,
        Phase.CLOSED,
    ]


def test_it_asks_the_newest_version_of_each_form_and_thai_digits_are_taken():
    rounds.plan(people.actor(CENTRAL), entry("๒๕๖๓"))

    found = only_round()

    assert found.code == "2563"
    assert [(form.form_id, form.number) for form in found.forms] == [
        (FormId.SURVEY, 1),
        (FormId.READINESS, 1),
    ]


def test_d05_two_who_change_the_dates_do_not_overwrite_each_other():
    plan()
    seen = only_round().version
    rounds.change(people.actor(CENTRAL), seen, entry(title="แก้ชื่อ"))

    with pytest.raises(Conflict):
        rounds.change(people.actor(CENTRAL), seen, entry(title="อีกชื่อ"))

    assert only_round().title == "แก้ชื่อ"


def test_the_forms_of_the_newest_round_are_compiled_before_anybody_comes():
    form_of.cache_clear()
    stand()

    rounds.prepare_forms()

    compiled = form_of.cache_info().misses
    assert compiled == len(FormId)
    opened(OFFICER)
    assert form_of.cache_info().misses == compiled


def test_an_authority_of_a_kind_that_the_round_does_not_ask_gets_no_more_time():
    stand(kinds=[AuthorityKind.TAO])

    with pytest.raises(NotTakingPart):
        rounds.extend(people.actor(CENTRAL), "2569", TOWN, date(2026, 12, 24), "น้ำท่วม")


def test_more_time_wants_a_reason_a_later_day_and_an_office():
    stand()
    centre = people.actor(CENTRAL)

    with pytest.raises(NoReason):
        rounds.extend(centre, "2569", TAO, date(2026, 12, 24), " ")
    with pytest.raises(NotLater):
        rounds.extend(centre, "2569", TAO, date(2026, 11, 30), "น้ำท่วม")
    for code in ("4800", "48O5", "06489999"):
        with pytest.raises(NotTakingPart) as refused:
            rounds.extend(centre, "2569", code, date(2026, 12, 24), "น้ำท่วม")
        assert f"“{code}”" in str(refused.value)
        assert "รหัส อปท. มี 8 หลัก" in str(refused.value)
    with pytest.raises(NotFound):
        rounds.extend(centre, "2500", TAO, date(2026, 12, 24), "น้ำท่วม")
    with pytest.raises(NotAllowed):
        rounds.extend(people.actor(OFFICER), "2569", TAO, date(2026, 12, 24), "น้ำท่วม")

    rounds.extend(centre, "2569", "4805", date(2026, 12, 24), "น้ำท่วม")
    rounds.extend(centre, "2569", "4805", date(2026, 12, 25), "น้ำท่วมอีก")

    (more,) = only_round().extensions
    assert (more.office, more.reason) == ("สถอ.ธาตุพนม", "น้ำท่วมอีก")
    assert [(past.until.day, past.reason) for past in only_round().earlier] == [(24, "น้ำท่วม")]


def test_what_stood_before_stays_readable_each_time_that_more_time_is_given_anew():
    stand()
    for day, reason in ((24, "น้ำท่วม"), (28, "ไฟดับ"), (26, "แก้วันที่ผิด")):
        rounds.extend(people.actor(CENTRAL), "2569", TAO, date(2026, 12, day), reason)

    (more,), earlier = only_round().extensions, only_round().earlier
    assert (more.until.day, more.reason) == (26, "แก้วันที่ผิด")
    assert [(past.office_code, past.until.day, past.reason) for past in earlier] == [
        (TAO, 28, "ไฟดับ"),
        (TAO, 24, "น้ำท่วม"),
    ]


def test_a_province_reads_of_more_time_in_its_own_districts_only():
    stand()
    for office in (TAO, "4805", "8101"):
        for day in (24, 28):
            rounds.extend(people.actor(CENTRAL), "2569", office, date(2026, 12, day), "น้ำท่วม")

    read = {
        person.office: {each.office_code for each in (*seen.extensions, *seen.earlier)}
        for person in (CENTRAL, PROVINCE, OTHER_PROVINCE)
        for seen in rounds.list_rounds(people.actor(person))
    }

    assert read == {"0000": {TAO, "4805", "8101"}, "4800": {TAO, "4805"}, "8100": {"8101"}}
