"""The register of officials while it is typed, and as lists show it."""

from datetime import date

import pytest
from sqlalchemy import select

from data_layer.access import NotAllowed
from data_layer.db import reading
from data_layer.errors import NotFound
from data_layer.models import Change, Tenure
from data_layer.rules.proposals import ProposalEntry
from data_layer.services import officials, proposal_list, proposals
from tests import people
from tests import rounds as rounds_of_tests
from tests.officials import LEFT, add, change, row, typed
from tests.people import ADMIN, OFFICER, OTHER_PROVINCE, PROVINCE
from tests.rounds import TAO, TOWN


@pytest.fixture(autouse=True)
def _stand(database, clock):
    rounds_of_tests.add_authorities()


def test_while_typing_the_seats_and_the_rules_follow():
    actor = people.actor(ADMIN)
    half = officials.weigh(actor, TOWN, {"post": "member"})
    whole = officials.weigh(actor, TOWN, typed(1, elected_on=date(2020, 1, 5)))

    assert half.findings is None
    assert half.seats.members == 0
    assert whole.seats.members == 1
    assert [finding.rule for finding in whole.findings] == ["longer_than_term"]
    with reading() as session:
        assert session.scalars(select(Tenure)).all() == []


def test_a_seat_counts_as_soon_as_it_is_said_and_what_is_missing_is_named():
    actor = people.actor(ADMIN)

    found = officials.weigh(
        actor, TOWN, {"post": "member", "constituency": "๒", "elected_on": date(2025, 3, 30)}
    )

    assert (found.seats.members, found.seats.vacant) == (1, ((1, 6), (2, 5)))
    assert found.term_ends_on == date(2029, 3, 29)
    assert found.findings is None
    assert {"citizen_id", "first_name", "began_on"} <= set(found.problems)


def test_while_a_successor_is_typed_the_one_before_has_left_with_the_companions():
    mayor = add(1, "mayor", office=TOWN)
    add(2, "deputy_mayor", office=TOWN)
    actor = people.actor(ADMIN)
    comes = typed(3, began_on=date(2026, 6, 1), elected_on=date(2026, 6, 1))

    with pytest.raises(NotFound):
        officials.weigh_successor(people.actor(OTHER_PROVINCE), mayor, None, comes)
    found = officials.weigh_successor(actor, mayor, LEFT["ended_on"], comes)
    too_early = officials.weigh_successor(actor, mayor, date(2026, 7, 1), comes)

    assert (found.seats.mayors, found.seats.deputies, found.findings) == (1, 0, ())
    assert [finding.rule for finding in too_early.findings] == ["second_mayor"]


def test_while_a_leaving_is_typed_the_companions_leave_along():
    mayor = add(1, "mayor", office=TOWN)
    add(2, "deputy_mayor", office=TOWN)

    found = officials.weigh(people.actor(ADMIN), TOWN, LEFT, mayor)

    assert (found.seats.mayors, found.seats.deputies) == (0, 0)


def test_an_opened_entry_has_the_reasons_that_passed_its_rules():
    tenure = add(1, office=TOWN, constituency=3, reasons={"no_such_constituency": "แบ่งเขตใหม่"})

    found = officials.open_tenure(people.actor(ADMIN), tenure)

    assert found.reasons == {"no_such_constituency": "แบ่งเขตใหม่"}
    assert "citizen_id" not in found.fields


def test_the_summary_says_who_leads_how_many_sit_and_whose_term_is_over():
    add(1, "mayor", office=TOWN)
    reasons = {"longer_than_term": "รอเลือกตั้ง"}
    add(2, office=TOWN, elected_on=date(2021, 3, 28), reasons=reasons)

    found = officials.summary(people.actor(ADMIN)).set_index("code")

    assert list(found.index) == [TOWN, TAO]
    assert found.loc[TOWN, "mayor"] == "นายสมมุติ ตัวอย่างข"
    assert found.loc[TOWN, ["members", "seats", "vacant", "overdue"]].tolist() == [1, 12, 11, 1]
    assert found.loc[TAO, "members"] == 0
    assert found["state"].tolist() == ["unfinished", "unfilled"]


def test_the_summary_counts_the_seats_of_an_authority_whose_villages_are_known():
    proposed = ProposalEntry(Change.PROFILE, {"villages": "8"}, date(2026, 11, 1))
    proposals.propose(people.actor(OFFICER), TAO, proposed)
    (waiting,) = proposal_list.waiting(people.actor(PROVINCE))
    proposals.confirm(people.actor(PROVINCE), waiting.id, waiting.version)

    found = officials.summary(people.actor(ADMIN)).set_index("code")

    assert (found.loc[TAO, "seats"], found.loc[TAO, "vacant"]) == (8, 8)


def test_a_full_council_is_filled_until_a_term_is_over():
    add(0, "mayor", office=TOWN)
    for number in range(1, 13):
        add(number, office=TOWN, constituency=1 + number % 2)
    first = officials.summary(people.actor(PROVINCE), "", province="48").set_index("code")
    reasons = {"longer_than_term": "รอเลือกตั้ง"}
    seat = row(officials.roster(people.actor(ADMIN), TOWN).sitting[1].id, TOWN)
    change(seat.id, {"elected_on": date(2021, 3, 28)}, reasons=reasons)

    assert first.loc[TOWN, "state"] == "filled"
    assert officials.summary(people.actor(ADMIN)).set_index("code").loc[TOWN, "state"] == "overdue"
    with pytest.raises(NotAllowed):
        officials.summary(people.actor(PROVINCE), "", province="81")
