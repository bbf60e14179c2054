"""Tables that have as many rows as an answer says, from the first letter to the export."""

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from data_layer.db import reading
from data_layer.models import Record
from data_layer.services import answers, drafts, prints, submissions
from data_layer.services.drafts import CountedRows, FieldTaken, NotAsked
from data_layer.services.submissions import NotComplete
from tests import people
from tests.attached import put_form
from tests.data_layer.services.test_at_the_same_time import Other
from tests.nested import COUNTED, add, remove, type_in
from tests.papers import text_of
from tests.people import ADMIN, CENTRAL, OFFICER
from tests.rounds import SURVEY, TAO, history, key, next_round, opened, stand

pytestmark = pytest.mark.usefixtures("database")

UNITS = """
| survey | | | | | | | |
| | type | name | label | repeat_count | required | default | calculation |
| | begin_group | g | หน่วยเลือกตั้ง | | | | |
| | integer | how_many | จำนวนหน่วย | | | | |
| | begin_repeat | unit | หน่วย | ${how_many} | | | |
| | text | place | สถานที่ | | yes | | |
| | integer | voters | ผู้มีสิทธิ | | | 7 | |
| | end_repeat | | | | | | |
| | integer | total | รวม | | | | sum(${voters}) |
| | end_group | | | | | | |
| settings | | |
| | form_id | |
| | survey | |
"""


@pytest.fixture(autouse=True)
def _form(database):
    stand()
    put_form(UNITS)


def save(path, text, seen=None, *, person=OFFICER):
    return drafts.save_field(people.actor(person), key(), path, text, seen)


def units():
    return opened().answers.get("unit")


def hand_in():
    found = opened()
    submissions.submit(people.actor(OFFICER), found.key, found.version)


def exported():
    content = answers.export(people.actor(CENTRAL), SURVEY, "2569", None, "xlsx")
    book = openpyxl.load_workbook(BytesIO(content))
    return [row[2:] for row in book["unit"].iter_rows(min_row=2, values_only=True)]


def test_nobody_adds_or_takes_away_a_row_of_a_table_with_a_count():
    save("how_many", "2")
    officer = people.actor(OFFICER)

    with pytest.raises(CountedRows, match="หน่วย"):
        drafts.add_row(officer, key(), "unit")
    with pytest.raises(CountedRows):
        drafts.remove_row(officer, key(), "unit", 1, {"voters": 7})

    assert len(units()) == 2


def test_a_row_that_the_count_does_not_reach_takes_no_answer():
    save("how_many", "2")
    save("how_many", "1", 2)

    with pytest.raises(NotAsked):
        save("unit[2]/place", "วัดกลาง")


def test_the_rows_are_made_and_kept_as_soon_as_the_count_is_known():
    save("how_many", "3")

    assert units() == [{"voters": 7}] * 3
    with reading() as session:
        (kept,) = session.scalars(select(Record))
        assert '"unit": [{"voters": 7}, {"voters": 7}, {"voters": 7}]' in kept.answers
    assert history("unit") == []  # the answer that made them is in the history


def test_rows_that_a_smaller_count_hides_come_back_with_what_was_typed():
    save("how_many", "2")
    save("unit[2]/place", "วัดกลาง")
    save("how_many", "1", 2)
    assert opened().evaluation.calculated["total"] == 7

    save("how_many", "2", 1)

    assert units()[1] == {"place": "วัดกลาง", "voters": 7}


def test_only_the_rows_that_count_are_handed_in_exported_and_printed():
    save("how_many", "2")
    save("unit[1]/place", "ศาลา")
    save("unit[2]/place", "วัดกลาง")
    save("how_many", "1", 2)
    assert exported() == [(1, "ศาลา", 7)]
    assert "วัดกลาง" not in printed()

    hand_in()

    assert units() == [{"place": "ศาลา", "voters": 7}]
    assert exported() == [(1, "ศาลา", 7)]
    assert "ศาลา" in printed()


def printed():
    return text_of(prints.form(people.actor(OFFICER), SURVEY, "2569", TAO))


def test_a_missing_answer_in_a_row_that_counts_stops_the_form_and_in_a_hidden_one_does_not():
    save("how_many", "2")
    save("unit[1]/place", "ศาลา")
    with pytest.raises(NotComplete) as refused:
        hand_in()
    assert [gap.path for gap in refused.value.gaps] == ["unit[2]/place"]

    save("how_many", "1", 2)

    hand_in()


def test_a_count_beyond_what_a_table_holds_is_kept_and_says_what_to_mend():
    save("how_many", "2500")

    found = opened()
    assert (found.answers["how_many"], units()) == (2500, None)
    (gap,) = found.gaps
    assert (gap.path, gap.label) == ("unit", "หน่วย")
    assert "2,500 แถว" in gap.problem
    assert "โปรดแก้ “จำนวนหน่วย”" in gap.problem
    with pytest.raises(NotComplete):
        hand_in()


def test_two_who_say_another_count_are_asked_whose_stands():
    save("how_many", "2")
    save("how_many", "4", 2, person=ADMIN)

    with pytest.raises(FieldTaken):
        save("how_many", "1", 2)

    assert len(units()) == 4


def test_who_types_into_a_row_while_the_count_takes_it_away_is_told():
    save("how_many", "2")
    other = Other(save, "unit[2]/place", "วัดกลาง")
    officer = people.actor(ADMIN)

    with other.through(), drafts.filling(officer, key()) as (session, held):
        other.comes()
        drafts.put(session, officer, held, {"how_many": 1})

    assert isinstance(other.refused, NotAsked)
    assert opened().evaluation.counts == {"unit": 1}


def test_who_types_into_a_row_while_the_count_rises_keeps_the_own_answer():
    save("how_many", "2")
    other = Other(save, "unit[2]/place", "วัดกลาง")
    officer = people.actor(ADMIN)

    with other.through(), drafts.filling(officer, key()) as (session, held):
        other.comes()
        drafts.put(session, officer, held, {"how_many": 3})

    assert other.refused is None
    assert [row.get("place") for row in units()] == [None, "วัดกลาง", None]


def test_a_draft_has_the_rows_of_a_count_that_a_new_version_brings():
    put_form(UNITS.replace("${how_many} |", "|"))
    save("how_many", "3")
    assert len(units()) == 1

    put_form(UNITS.replace("| 7 |", "| 8 |"))

    assert units() == [{"voters": 7}, {"voters": 8}, {"voters": 8}]


@pytest.mark.parametrize("count", ["", "2"], ids=["by hand", "fixed count"])
def test_rows_that_nobody_has_touched_give_way_to_those_of_the_last_round(clock, count):
    put_form(UNITS.replace("${how_many} |", f"{count} |"))
    save("how_many", "1")
    for number in range(1, len(units()) + 1):
        save(f"unit[{number}]/place", "ศาลา")
    hand_in()
    before = units()
    next_round(clock)

    drafts.bring_last(people.actor(OFFICER), key())

    assert units() == before


def test_rows_that_somebody_has_touched_stay_when_the_last_round_is_brought(clock):
    put_form(UNITS.replace("${how_many} |", "1 |"))
    save("how_many", "1")
    save("unit[1]/place", "ศาลา")
    hand_in()
    next_round(clock)
    save("unit[1]/place", "วัดกลาง")

    drafts.bring_last(people.actor(OFFICER), key())

    assert units()[0]["place"] == "วัดกลาง"


def test_count_and_rows_of_the_last_round_come_together(clock):
    save("how_many", "1")
    save("unit[1]/place", "ศาลา")
    hand_in()
    next_round(clock)

    drafts.bring_last(people.actor(OFFICER), key())

    assert units() == [{"place": "ศาลา", "voters": 7}]


def put_counted_children():
    """Two units: one of two children, and one of one."""
    put_form(COUNTED)
    add("unit")
    type_in({"unit[1]/how_many": "2", "unit[2]/how_many": "1"})
    type_in({"unit[1]/child[1]/nick": "แก้ว", "unit[1]/child[2]/nick": "กล้า"})
    type_in({"unit[2]/child[1]/nick": "ขวัญ"})


def nicks():
    return [[child.get("nick") for child in unit.get("child", ())] for unit in units()]


def test_each_row_says_how_many_rows_the_table_in_it_has():
    put_form(COUNTED)
    add("unit")

    type_in({"unit[2]/how_many": "2"})

    assert units() == [{}, {"how_many": 2, "child": [{"age": 7}, {"age": 7}]}]
    assert opened().evaluation.calculated == {"unit[1]/sum_age": 0, "unit[2]/sum_age": 14}
    assert [gap.label for gap in opened().gaps] == [
        "หน่วย 2 · เด็ก 1 · ชื่อเล่น",
        "หน่วย 2 · เด็ก 2 · ชื่อเล่น",
    ]


def test_a_new_row_has_the_rows_that_a_fixed_count_gives_the_table_in_it():
    put_form(COUNTED.replace("${how_many}", "2"))

    add("unit")

    assert units() == [{"child": [{"age": 7}, {"age": 7}]}] * 2


def test_nobody_adds_or_takes_away_a_row_of_a_table_with_a_count_in_a_row():
    put_counted_children()

    with pytest.raises(CountedRows, match="หน่วย 1 · เด็ก"):
        add("unit[1]/child")
    with pytest.raises(CountedRows):
        remove("unit[1]/child", 1)

    assert nicks() == [["แก้ว", "กล้า"], ["ขวัญ"]]


def test_rows_that_a_smaller_count_hides_move_up_with_the_row_around_them_and_come_back():
    put_counted_children()
    type_in({"unit[1]/how_many": "1"})
    assert opened().evaluation.calculated["unit[1]/sum_age"] == 7
    type_in({"unit[2]/how_many": "2"})
    type_in({"unit[2]/child[2]/nick": "ใจ"})
    type_in({"unit[2]/how_many": "1"})
    remove("unit", 1)

    type_in({"unit[1]/how_many": "2"})

    assert nicks() == [["ขวัญ", "ใจ"]]


def test_only_the_rows_that_count_in_a_row_are_handed_in():
    put_counted_children()
    type_in({"unit[1]/how_many": "1"})

    hand_in()

    assert nicks() == [["แก้ว"], ["ขวัญ"]]


def test_a_count_beyond_what_a_table_in_a_row_holds_is_said_at_its_row():
    put_counted_children()

    type_in({"unit[2]/how_many": "2500"})

    (gap,) = opened().gaps
    assert (gap.path, gap.label) == ("unit[2]/child", "หน่วย 2 · เด็ก")
    assert "โปรดแก้ “จำนวนเด็ก”" in gap.problem
