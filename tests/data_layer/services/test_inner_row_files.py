"""Files in the rows of a table in a row of a table, and in rows that a count hides."""

import pytest

from data_layer.services import drafts
from data_layer.services.drafts import RowChanged
from tests import people
from tests.attached import (
    IN_TWO,
    OTHER_PDF,
    PDF,
    answered,
    attach,
    hand_in,
    kept,
    places,
    put_form,
    row_seen,
    uid,
)
from tests.people import ADMIN, OFFICER
from tests.rounds import key, opened, stand

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _stand(database):
    stand()


def three_rooms():
    """A unit with a room, and one with two; each room with a file that says which it is of."""
    put_form(IN_TWO)
    drafts.add_row(people.actor(OFFICER), key(), "unit")
    drafts.add_row(people.actor(OFFICER), key(), "unit[2]/room")
    for number, room in enumerate(("unit[1]/room[1]", "unit[2]/room[1]", "unit[2]/room[2]"), 1):
        attach(f"{room}/minutes", PDF + b"%d" % number, f"{number}.pdf")


def test_files_in_a_table_in_a_row_move_with_both_rows_and_go_with_either():
    three_rooms()
    officer = people.actor(OFFICER)

    drafts.remove_row(officer, key(), "unit[2]/room", 1, row_seen(1, "unit[2]/room"))
    assert places() == [
        ("unit[1]/room[1]/minutes", "1.pdf", b"1"),
        ("unit[2]/room[1]/minutes", "3.pdf", b"3"),
    ]
    drafts.remove_row(officer, key(), "unit", 1, row_seen(1))

    assert places() == [("unit[1]/room[1]/minutes", "3.pdf", b"3")]
    assert opened().answers["unit"] == [{"room": [{"minutes": "3.pdf"}]}]


def test_d05_who_did_not_see_the_other_ones_file_in_an_inner_row_takes_no_outer_row_with_it():
    three_rooms()
    seen, path = row_seen(1), "unit[1]/room[1]/minutes"
    attach(path, OTHER_PDF, "1.pdf", uid(path), person=ADMIN)  # of the same name

    with pytest.raises(RowChanged):
        drafts.remove_row(people.actor(OFFICER), key(), "unit", 1, seen)

    assert len(kept()) == 3


def test_the_file_of_a_row_that_a_count_hides_waits_in_the_draft_and_is_not_handed_in():
    put_form(IN_TWO.replace("| หน่วย | |", "| หน่วย | ${how_many} |"))
    answered(how_many="2")
    attach("unit[2]/room[1]/minutes")
    answered(how_many="1")
    assert len(kept()) == 1
    answered(how_many="2")
    assert list(opened().files) == ["unit[2]/room[1]/minutes"]
    answered(how_many="1")

    hand_in()

    assert kept() == []
