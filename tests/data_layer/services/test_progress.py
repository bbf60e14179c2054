"""Who has filled what: the numbers follow each step of a record, in every scope."""

from datetime import date

import pytest

from data_layer.access import NotAllowed
from data_layer.db import bookkeeping
from data_layer.errors import NotFound
from data_layer.models import AuthorityKind, Office
from data_layer.services import drafts, progress, review, rounds, submissions
from tests import closings, people
from tests.people import CENTRAL, OFFICER, OTHER_PROVINCE, PROVINCE
from tests.rounds import (
    FOREIGN,
    READINESS,
    SURVEY,
    TAO,
    TOWN,
    brought,
    entry,
    key,
    opened,
    plan,
    stand,
    submitted,
)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def seen(area="48", person=PROVINCE):
    return progress.of_area(people.actor(person), SURVEY, area)


def counts(**more):
    found = seen(**more)
    names = ("none", "draft", "submitted", "returned", "approved")
    return [found.expected, *(found.count(name) for name in names)]


def test_another_province_sees_nothing_and_before_a_round_there_is_nothing(clock):
    with pytest.raises(NotAllowed):
        seen(person=OTHER_PROVINCE)
    clock.forward(days=-60)
    with pytest.raises(NotFound):
        seen()


def test_the_numbers_follow_each_step():
    steps = [counts()]
    found = submitted()
    steps.append(counts())
    review.send_back(people.actor(PROVINCE), found.key, found.version, {}, "ตรวจอีกครั้ง")
    steps.append(counts())
    mended = opened()
    submissions.submit(people.actor(OFFICER), mended.key, mended.version)
    again = opened()
    review.approve(people.actor(PROVINCE), [(again.key, again.version)])
    steps.append(counts())

    assert steps == [
        [4, 4, 0, 0, 0, 0],
        [4, 3, 0, 1, 0, 0],
        [4, 3, 0, 0, 1, 0],
        [4, 3, 0, 0, 0, 1],
    ]
    assert counts(area=None, person=CENTRAL) == [4, 3, 0, 0, 0, 1]
    assert counts(area="4805") == [2, 1, 0, 0, 0, 1]


def test_the_names_of_who_has_not_are_there_and_the_form_not_asked_of_is_another():
    submitted()

    assert list(seen().not_done["code"]) == [TOWN, FOREIGN, "06480901"]
    assert len(progress.of_area(people.actor(PROVINCE), READINESS, "48").not_done) == 4


def test_late_and_on_time_are_counted_apart(clock):
    clock.forward(days=8)
    submitted()

    assert seen().late == 1


def test_who_has_more_time_is_marked_with_the_day_also_when_it_is_given_later():
    seen()
    rounds.extend(people.actor(CENTRAL), "2569", TAO, date(2026, 12, 24), "น้ำท่วม")
    rounds.extend(people.actor(CENTRAL), "2569", "4807", date(2026, 12, 25), "น้ำท่วม")

    until = seen().not_done.set_index("code")["until"].dropna()
    assert {code: at.day for code, at in until.items()} == {TAO: 24, FOREIGN: 25}


def test_an_authority_that_was_closed_is_expected_no_more():
    with bookkeeping() as session:
        closed = session.query(Office).filter_by(code=TOWN).one()
        closed.opened_on, closed.closed_on = date(2000, 1, 1), date(2026, 11, 23)

    assert seen(area="4805").expected == 1


def test_what_a_closed_authority_had_begun_is_not_in_the_shares_of_those_that_are_expected():
    for office in (TAO, TOWN):
        drafts.save_field(people.actor(OFFICER), key(office), "staff_count", "5", None)
    closings.merge()

    rows = seen().completeness.set_index("label")

    assert counts() == [3, 2, 1, 0, 0, 0]
    assert list(rows.loc["จำนวนบุคลากร (คน)", ["filled", "begun"]]) == [1, 1]


def test_fields_that_are_left_empty_most_can_be_seen():
    drafts.save_field(people.actor(OFFICER), key(), "staff_count", "5", None)

    rows = seen().completeness.set_index("label")

    assert rows.loc["จำนวนบุคลากร (คน)", "filled"] == 1
    assert rows.loc["จำนวนครัวเรือน", "filled"] == 0
    assert rows.loc["จำนวนครัวเรือน", "begun"] == 1


def test_values_of_the_last_round_are_in_the_shares_once_they_are_confirmed(clock):
    brought(clock, confirmed="staff")

    filled = seen().completeness.set_index("label")["filled"]

    assert (filled["จำนวนบุคลากร (คน)"], filled["จำนวนครัวเรือน"]) == (1, 0)


@pytest.mark.parametrize("panel", ["not_done", "records", "progress_by_area", "completeness"])
def test_each_panel_is_a_file_that_says_what_and_where(panel):
    submitted()

    content = progress.export(people.actor(PROVINCE), panel, SURVEY, "48", "2569", "csv")

    text = content.decode("utf-8-sig")
    assert "รอบ 2569" in text
    assert "จังหวัดนครพนม" in text
    assert TAO in text or panel in {"not_done", "progress_by_area", "completeness"}


def test_a_dashboard_has_the_numbers_of_each_form_and_late_ones_apart(clock):
    clock.forward(days=8)  # after the day on which it is due
    submitted()

    found, other = progress.counts_of_area(people.actor(PROVINCE), "48")

    assert (found.form_id, found.expected, found.done, found.late) == (SURVEY, 4, 1, 1)
    assert (other.form_id, other.expected, other.done, other.late) == (READINESS, 4, 0, 0)
    with pytest.raises(NotAllowed):
        progress.counts_of_area(people.actor(OTHER_PROVINCE), "48")


def test_a_round_that_the_centre_changed_is_counted_anew_in_each_province(clock):
    (before, _) = progress.counts_of_area(people.actor(PROVINCE), "48")
    whole = progress.of_area(people.actor(PROVINCE), SURVEY, "48").expected

    only_tao = entry(kinds=(AuthorityKind.TAO,))
    rounds.change(people.actor(CENTRAL), 1, only_tao)

    (after, _) = progress.counts_of_area(people.actor(PROVINCE), "48")
    assert (before.expected, after.expected) == (4, 3)
    found = progress.of_area(people.actor(PROVINCE), SURVEY, "48").expected
    assert (whole, found) == (4, 3)


def test_a_round_counts_from_the_minute_in_which_it_opens(clock):
    plan(code="2570", opens=date(2026, 12, 1), due=date(2026, 12, 31))
    codes = [each.round_code for each in progress.counts_of_area(people.actor(PROVINCE), "48")]
    assert codes == ["2569", "2569"]

    clock.forward(days=8)

    codes = [each.round_code for each in progress.counts_of_area(people.actor(PROVINCE), "48")]
    assert codes == ["2570", "2570"]
