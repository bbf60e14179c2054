"""The demo's register of officials: nobody real, and it keeps the rules it is shown with."""

import pytest
from sqlalchemy import select

from data_layer import demo, thai
from data_layer.access import Role, Scope
from data_layer.clock import today
from data_layer.db import reading
from data_layer.models import Office, Official
from data_layer.queries import officials as query
from data_layer.queries.authorities import facts_on
from data_layer.rules.roster import Roster, findings
from data_layer.services import officials
from data_layer.services.seating import entry_of, limits_of, sitting
from tests import people

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.usefixtures("demo_database")]


@pytest.fixture
def engine_name():
    """The rules are pure; that both databases take the set, test_seed_and_demo.py shows."""
    return "sqlite"


def test_the_whole_set_keeps_every_hard_rule_and_says_why_it_passes_a_soft_one():
    broken, unexplained = [], []
    for tenure, found in judged():
        broken += [(tenure.id, each.text) for each in found if each.is_hard]
        unexplained += [each.rule for each in found if each.rule not in tenure.reasons]

    assert broken == []
    assert unexplained == []


def test_most_are_full_and_each_other_state_is_there_to_be_seen():
    found = officials.summary(demo_actor())

    assert set(found["state"]) == {"filled", "unfinished", "overdue"}
    assert (found["state"] == "filled").mean() > 0.6
    assert found["is_acting"].sum() == 1
    that_phanom = found[found["district_code"] == "4805"]
    assert set(that_phanom["state"]) == {"filled", "unfinished", "overdue"}
    assert (that_phanom["mayor"] == "").sum() == 1


def test_nobody_of_them_is_real():
    with reading() as session:
        people_ = session.scalars(select(Official)).all()
        assert all(thai.citizen_id(each.citizen_id)[1:5] == "9999" for each in people_)
        assert all("ตัวอย่าง" in each.last_name for each in people_)
    assert len(people_) > 1_500


def demo_actor():
    return people.identify(people.sign_in_with(*demo_login(Role.PROVINCE)))


def demo_login(role):
    found = next(each for each in demo.demo_accounts() if each.role is role)
    return found.username, found.password


def judged():
    """Every tenure of the demo with all that the rules say of it."""
    with reading() as session:
        for code, tenures in query.tenures_in(session, Scope()).items():
            facts = facts_on(session, office_at(session, code), on=today())
            for tenure in tenures:
                here = [sitting(each) for each in tenures if each is not tenure]
                roster = Roster(
                    kind=facts.kind,
                    limits=limits_of(facts, here, entry_of(tenure)),
                    here=here,
                    elsewhere=(),
                    today=today(),
                )
                person = tenure.official.citizen_id_index
                yield tenure, findings(person, entry_of(tenure), roster)


def office_at(session, code):
    return session.scalars(select(Office).where(Office.code == code)).one()
