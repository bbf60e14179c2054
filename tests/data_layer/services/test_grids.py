"""A group of fields of all authorities at once: whose cells may change is said by the server."""

import pytest

from data_layer.access import NotAllowed
from data_layer.services import drafts, grids
from tests import people
from tests.people import OFFICER, PROVINCE, VIEWER
from tests.rounds import SURVEY, TAO, TOWN, key, stand, submitted

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def rows(group="area_and_people", person=OFFICER):
    found = grids.open_grid(people.actor(person), SURVEY, "2569", group)
    return {row.key.office_code: row for row in found.rows}


def test_who_may_not_read_the_form_sees_no_grid():
    with pytest.raises(NotAllowed):
        rows(person=VIEWER)


def test_only_the_own_district_and_only_what_is_asked_of_each_kind():
    found = rows()

    assert sorted(found) == [TOWN, TAO]
    assert "community_count" in found[TOWN].open_fields
    assert "community_count" not in found[TAO].open_fields
    assert "population_total" not in found[TAO].open_fields  # calculated


def test_what_was_handed_in_and_what_a_supervisor_looks_at_is_closed():
    submitted()

    assert rows()[TAO].open_fields == frozenset()
    assert rows()[TOWN].open_fields
    assert not any(row.open_fields for row in rows(person=PROVINCE).values())


def test_answers_and_what_is_wrong_with_them_stand_in_the_rows():
    drafts.save_field(people.actor(OFFICER), key(), "households", "0", None)

    row = rows()[TAO]

    assert row.answers["households"] == 0
    assert "มากกว่า 0" in row.problems["households"]


def test_a_group_that_the_form_does_not_have_is_the_first_one():
    found = grids.open_grid(people.actor(OFFICER), SURVEY, "2569", "nothing")

    assert [field.name for field in found.fields] == ["size"]
