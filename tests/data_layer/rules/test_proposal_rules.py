"""What a district may propose for the register: every field at once, nothing half right."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data_layer.errors import InvalidFields
from data_layer.models import AuthorityKind, Change
from data_layer.rules.authorities import AuthorityFacts, fact_words, last_full_year
from data_layer.rules.proposals import NothingChanges, ProposalEntry, check_proposal

TODAY = date(2026, 11, 23)
KNOWN = AuthorityFacts(
    code="06480501",
    name="อบต.ฝั่งแดง",
    kind=AuthorityKind.TAO,
    district_code="4805",
    district="ธาตุพนม",
    province="นครพนม",
    address="1 หมู่ 2",
    phone="042511234",
    own_mailbox="",
    area_sq_km=Decimal("41.5"),
    villages=12,
    population=6100,
    population_year=2568,
    is_sample=False,
    opened_on=date(2000, 1, 1),
    closed_on=None,
)
AS_IT_IS = {
    "address": "1 หมู่ 2",
    "phone": "042511234",
    "mailbox": "saraban_06480501@dla.go.th",
    "area_sq_km": "41.5",
    "villages": "12",
    "population": "6100",
    "population_year": "2568",
}


def check(change=Change.PROFILE, *, known=KNOWN, valid_on=TODAY, basis="ประกาศ มท.", **typed):
    fields = (AS_IT_IS | typed) if change is Change.PROFILE else typed
    entry = ProposalEntry(change, fields, valid_on, basis)
    return check_proposal(entry, known, earliest=known.opened_on, today=TODAY)


def problems(*args, **given):
    with pytest.raises(InvalidFields) as refused:
        check(*args, **given)
    return refused.value.problems


def test_every_wrong_field_is_said_at_once():
    found = problems(
        address="ก" * 301, phone="12", mailbox="ไม่ใช่", area_sq_km="0", villages="สิบ",
        population="-5", valid_on=None,
    )  # fmt: skip

    assert set(found) == {
        "address", "phone", "mailbox", "area_sq_km", "villages", "population", "valid_on",
    }  # fmt: skip


@pytest.mark.parametrize("area", ["0", "-1", "41.55555", "1e3", "100001", "NaN", "๐"])
def test_an_area_is_a_figure_above_nothing_with_four_decimals_at_most(area):
    assert set(problems(area_sq_km=area)) == {"area_sq_km"}


@pytest.mark.parametrize("year", ["2569", "2499", "68", "", "สองห้า"])
def test_people_are_counted_on_a_31_december_that_is_over(year):
    assert set(problems(population="6200", population_year=year)) == {"population_year"}


@pytest.mark.parametrize("name", ["area_sq_km", "villages", "population"])
def test_a_figure_that_the_register_knows_is_not_emptied(name):
    assert set(problems(**{name: " "})) == {name}


def test_a_figure_that_the_register_does_not_know_may_stay_empty():
    unknown = replace(KNOWN, area_sq_km=None, villages=None, population=None, population_year=None)

    found = check(
        known=unknown, address="2 หมู่ 2", area_sq_km="", villages="", population="",
        population_year="",
    )  # fmt: skip

    assert found.new == {"address": "2 หมู่ 2"}


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(1999, 12, 31)])
def test_no_change_before_the_authority_was_there_nor_before_its_day_has_come(day):
    assert set(problems(villages="13", valid_on=day)) == {"valid_on"}


def test_what_the_register_says_already_is_no_proposal():
    with pytest.raises(NothingChanges):
        check()
    with pytest.raises(NothingChanges):
        check(mailbox="", villages="๑๒", area_sq_km="41.50", population="6,100")
    with pytest.raises(NothingChanges):
        check(Change.RENAME, name="อบต. ฝั่งแดง".replace(" ", ""))


def test_only_what_differs_is_proposed_beside_what_stands():
    found = check(villages="๑๓", area_sq_km="1,041.25", population="๖,๒๐๐", mailbox="a@b.go.th")

    assert found.new == {
        "mailbox": "a@b.go.th",
        "area_sq_km": "1041.25",
        "villages": 13,
        "population": 6200,
        "population_year": 2568,
    }
    assert found.old["mailbox"] == "saraban_06480501@dla.go.th"
    assert (found.old["area_sq_km"], found.old["villages"]) == ("41.5", 12)


@pytest.mark.parametrize("change", [Change.RENAME, Change.KIND, Change.MERGER])
def test_a_change_of_the_authority_itself_names_what_it_rests_on(change):
    assert "basis" in problems(change, basis=" ", name="ทต.ฝั่งแดง")


def test_another_kind_needs_another_kind_name_and_fitting_code():
    assert set(problems(Change.KIND)) == {"kind", "name", "code"}
    assert set(problems(Change.KIND, kind="tao", name="ก", code="05480501")) == {"kind"}
    for code in ("06480502", "05480601", "06480501", "1234"):  # kind, district, own, none
        given = {"kind": "tambon_municipality", "name": "ทต.ฝั่งแดง", "code": code}
        assert set(problems(Change.KIND, **given)) == {"code"}, code


def test_a_kind_whose_codes_no_source_told_is_not_held_to_one():
    found = check(Change.KIND, kind="town", name="ทม.ฝั่งแดง", code="๐๔๔๘๐๕๐๑")

    assert found.new == {"kind": "town", "name": "ทม.ฝั่งแดง", "code": "04480501"}
    assert found.old == {"kind": "tao", "name": "อบต.ฝั่งแดง", "code": "06480501"}


@pytest.mark.parametrize("codes", ["", "06480501", "06480501 06480502", "99"])
def test_a_merger_is_with_others(codes):
    assert set(problems(Change.MERGER, partners=codes)) == {"partners"}


def test_the_last_full_year_is_the_one_whose_december_is_over():
    assert last_full_year(date(2026, 12, 30)) == 2568
    assert last_full_year(date(2026, 12, 31)) == 2569
    assert last_full_year(date(2027, 1, 1)) == 2569


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("area_sq_km", "1041.50", "1,041.5"), ("villages", 0, "0"), ("villages", None, "–"),
        ("kind", "tao", "อบต."), ("phone", "042511234", "042-511-234"), ("address", "", "–"),
        ("population_year", 2568, "2568"), ("area_sq_km", "100", "100"),
    ],
)  # fmt: skip
def test_a_fact_reads_as_people_write_it(name, value, words):
    assert fact_words(name, value) == words
