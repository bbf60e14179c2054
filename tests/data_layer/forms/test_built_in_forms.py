"""The two forms of the letter: a clerk who fills them well may submit, and each slip is said."""

from datetime import date

import pytest

from data_layer.forms import (
    Kind,
    begin,
    download,
    evaluate,
    open_form,
    read_answers,
    submittable,
)
from data_layer.forms.reading import read_form
from tests.filled_forms import GOOD, TAO, form_named
from tests.forms import NOW

NO_FIGURE = {"no_data": "รอหนังสือจากสำนักทะเบียน"}
SURVEY, READINESS = form_named("survey"), form_named("readiness")
BOTH = pytest.mark.parametrize("form", [SURVEY, READINESS], ids=lambda form: form.form_id)


def answered(form, *, facts=TAO, **changed):
    """The good answers with some changed; None leaves a field empty."""
    wanted = GOOD[form.form_id] | changed
    kept = {name: value for name, value in wanted.items() if value is not None}
    answers, problems = read_answers(form, kept)
    assert problems == {}
    return begin(form, answers, now=NOW, facts=facts)


def said(form, *, facts=TAO, **changed):
    return evaluate(form, answered(form, facts=facts, **changed), now=NOW, facts=facts)


@BOTH
def test_well_filled_it_may_be_submitted_and_nothing_is_unusual(form):
    found = said(form)

    assert (found.missing, found.broken, found.warned) == ([], {}, {})
    assert found.is_ready
    assert found.needed


@BOTH
def test_untouched_it_misses_every_required_field_and_breaks_nothing(form):
    started = begin(form, now=NOW, facts=TAO)

    found = evaluate(form, started, now=NOW, facts=TAO)

    assert len(found.needed) >= len(found.missing) > 10
    assert found.broken == {}


@BOTH
def test_nothing_of_it_is_left_unused_and_every_required_field_says_what_to_do(form):
    assert form.notices == ()
    for field in form.fields.values():
        assert not field.required or str(field.required_message).startswith("โปรด"), field.name
        assert bool(field.constraint) == bool(str(field.constraint_message)), field.name
        assert bool(field.warning) == bool(str(field.warning_message)), field.name
        assert field.kind is Kind.CALCULATE or str(field.label), field.name


@BOTH
def test_downloaded_as_excel_it_is_the_same_form(form):
    again = open_form(download(form), "next_year.xlsx")

    assert list(again.fields) == list(form.fields)
    assert evaluate(again, answered(form), now=NOW, facts=TAO).is_ready


@pytest.mark.parametrize(
    ("name", "value", "more"),
    [
        ("phone", "412", {}),
        ("saraban_email", "saraban", {}),
        ("website", "example.go.th", {}),
        ("coordinates", "5.5 104.7", {}),
        ("area_sq_km", "0", {}),
        ("village_count", 0, {}),
        ("households", 6101, {}),
        ("data_as_of", "2020-11-24", {}),
    ],
)
def test_the_survey_refuses(name, value, more):
    assert list(said(SURVEY, **{name: value}, **more).broken) == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [("saraban_email", "office@example.go.th"), ("village_count", 11), ("population_female", 4000)],
)
def test_the_survey_asks_for_a_reason(name, value):
    found = said(SURVEY, **{name: value})

    assert (list(found.warned), found.broken) == ([name], {})


def test_the_survey_asks_a_town_for_communities_and_a_tao_for_villages():
    town = said(SURVEY, facts=TAO | {"kind": "town"}, village_count=None)

    assert town.missing == ["community_count"]
    assert said(SURVEY, village_count=None).missing == ["village_count"]


def test_the_survey_knows_the_mailbox_of_the_office_before_it_is_typed():
    assert begin(SURVEY, now=NOW, facts=TAO)["saraban_email"] == "saraban_06480101@dla.go.th"


@pytest.mark.parametrize(
    ("name", "value", "more"),
    [
        ("executive_term_ends_on", "2017-06-25", {}),
        ("commission_notified_on", "2020-11-24", {}),
        ("population", 0, {"voters_male": 0, "voters_female": 0, "council_ballots": 0}),
        ("constituency_count", 13, {"unit_count": 13, "tent_place_count": 3}),
        ("voters_female", 3801, {"council_ballots": 7000, "executive_ballots": 7000}),
        ("unit_count", 11, {"permanent_place_count": 9}),
        ("crowded_unit_count", 13, {}),
        ("tent_place_count", 3, {}),
        ("accessible_unit_count", 13, {}),
        ("director_phone", "080", {}),
        ("boxes_needed", 23, {}),
        ("booths_needed", 11, {}),
        ("council_ballots", 4699, {}),
        ("executive_ballots", 4699, {}),
        ("obstacles", "ก" * 1001, {}),
        ("reported_on", "2020-11-24", {}),
    ],
)
def test_readiness_refuses(name, value, more):
    assert name in said(READINESS, **{name: value}, **more).broken


@pytest.mark.parametrize(
    ("name", "value", "more"),
    [
        ("executive_term_ends_on", "2021-06-25", {}),
        ("council_term_ends_on", "2020-06-24", {"commission_notified_on": "2020-04-25"}),
        ("election_on", "2020-12-19", {}),
        ("announced_on", "2020-11-21", {"election_on": "2020-12-20"}),
        ("commission_notified_on", "2020-04-26", {"council_term_ends_on": "2020-06-24"}),
        ("population", 7000, {"voters_male": 2600}),
        ("council_seats", 11, {}),
        ("voters_female", 1000, {}),
        ("unit_count", 4, {"constituency_count": 4}),
        ("staff_needed", 100, {}),
        ("staff_recruited", 130, {}),
        ("staff_trained", 109, {}),
        ("guards_needed", 20, {}),
        ("training_on", "2020-12-20", {"election_on": "2020-12-20"}),
        ("committee_appointed_on", "2020-11-12", {"announced_on": "2020-11-12"}),
        (
            "voter_list_done_on",
            "2020-11-20",
            {"voter_list_state": "done", "election_on": "2020-12-13"},
        ),
    ],
)
def test_readiness_asks_for_a_reason(name, value, more):
    assert name in said(READINESS, **{name: value}, **more).warned


@pytest.mark.parametrize(
    ("kind", "count", "holds"),
    [
        ("tambon_municipality", 2, True),
        ("tambon_municipality", 3, False),
        ("town", 3, True),
        ("town", 2, False),
        ("city", 4, True),
        ("city", 12, False),
        ("pao", 12, True),  # as many as seats
        ("pao", 11, False),
        ("special", 5, True),
    ],
)
def test_each_kind_of_authority_has_the_constituencies_of_the_law(kind, count, holds):
    found = said(READINESS, facts=TAO | {"kind": kind}, constituency_count=count)

    assert ("constituency_count" not in found.broken) is holds


@pytest.mark.parametrize(
    ("election", "council", "executive", "kinds"),
    [
        ("council_and_executive", True, True, 2),
        ("council", True, False, 1),
        ("executive", False, True, 1),
        ("by_election", True, False, 1),
    ],
)
def test_only_the_ballots_of_the_election_are_asked_for(election, council, executive, kinds):
    found = said(READINESS, election_kind=election)

    assert found.relevant["council_ballots"] is council
    assert found.relevant["executive_ballots"] is executive
    assert found.calculated["ballot_kinds"] == kinds


def test_a_by_election_needs_ballots_for_its_constituency_only():
    assert said(READINESS, election_kind="by_election", council_ballots=400).broken == {}


def test_money_is_counted_exactly():
    found = said(READINESS).calculated

    assert str(found["budget_short"]) == "60000.5"
    assert str(found["cost_per_unit"]) == "80000.04"
    assert str(found["cost_per_voter"]) == "204.26"


def test_without_a_budget_no_source_is_asked_for():
    assert said(READINESS, budget_planned=0, budget_sources=None).missing == []


@pytest.mark.parametrize(
    ("changed", "score", "level"),
    [
        ({}, 60, "yellow"),
        ({"staff_trained": 108, "boxes_usable": 24}, 80, "green"),
        ({"boundary_state": "proposed", "committee_count": 0}, 40, "red"),
        (
            {"staff_trained": 108, "boxes_usable": 24, "budget_planned": 960001}
            | {"voter_list_state": "done", "voter_list_done_on": "2020-11-20"},
            100,
            "green",
        ),
    ],
)
def test_the_readiness_is_counted_by_the_system(changed, score, level):
    found = said(READINESS, **changed).calculated

    assert (found["readiness_score"], found["readiness_level"]) == (score, level)


def test_an_untouched_form_is_not_ready():
    found = evaluate(READINESS, begin(READINESS, now=NOW, facts=TAO), now=NOW, facts=TAO)

    assert (found.calculated["readiness_score"], found.calculated["readiness_level"]) == (0, "red")


RESULT = {
    "election_on": "2020-11-22",
    "result_voters": 4700,
    "turnout": 3525,
    **dict.fromkeys(("council_good_ballots", "executive_good_ballots"), 3300),
    **dict.fromkeys(("council_spoiled_ballots", "executive_spoiled_ballots"), 125),
    **dict.fromkeys(("council_blank_ballots", "executive_blank_ballots"), 100),
}


def test_the_result_is_asked_for_after_the_election_day_and_adds_up():
    found = said(READINESS, **RESULT)

    assert not said(READINESS, election_on="2020-11-23").relevant["result"]
    assert (found.missing, found.broken) == ([], {})
    assert found.calculated["turnout_percent"] == 75


@pytest.mark.parametrize(
    ("name", "value"),
    [("turnout", 4701), ("council_blank_ballots", 99), ("executive_blank_ballots", 101)],
)
def test_a_result_that_does_not_add_up_is_refused(name, value):
    assert name in said(READINESS, **RESULT | {name: value}).broken


def test_no_data_with_its_reason_fills_a_number_but_not_a_choice():
    found = said(READINESS, voters_male=NO_FIGURE, security_plan=None)

    assert found.missing == ["security_plan"]
    assert found.calculated["voters_total"] is None


def test_what_is_hidden_is_not_submitted():
    answers = answered(READINESS, application_place_ready="no")
    found = evaluate(READINESS, answers, now=NOW, facts=TAO)

    sent = submittable(READINESS, answers, found)

    assert "application_place" not in sent
    assert sent["council_term_ends_on"] == date(2021, 6, 24)


def test_next_years_parameters_are_changed_in_the_sheet_alone():
    survey = READINESS.sheets["survey"]
    rows = tuple(
        (number, row | {"calculation": "800"} if row.get("name") == "voters_per_unit" else row)
        for number, row in survey.rows
    )
    changed = read_form(dict(READINESS.sheets) | {"survey": type(survey)(survey.headers, rows)})
    answers = answered(READINESS, unit_count=5, constituency_count=5)

    assert "unit_count" in said_of(changed, answers).warned
    assert "unit_count" not in said_of(READINESS, answers).warned


def said_of(form, answers):
    return evaluate(form, answers, now=NOW, facts=TAO)
