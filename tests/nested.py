"""A survey with a table in each row of a table, and what people do to its rows."""

from data_layer import forms
from data_layer.services import drafts
from tests import people
from tests.attached import YES_NO, put_form
from tests.people import OFFICER
from tests.rounds import key, opened

FAMILIES = (
    """
| survey | | | | | | | | |
| | type | name | label | relevant | required | constraint | calculation | bind::ph:warning |
| | begin_repeat | unit | หน่วย | | | | | |
| | text | place | สถานที่ | | yes | | | |
| | select_one yes_no | has | มีเด็ก | | | | | |
| | begin_repeat | child | เด็ก | ${has} = 'yes' | | | | |
| | integer | age | อายุ | | yes | . < 20 | | . > 5 |
| | text | nick | ชื่อเล่น | ${age} > 9 | | | | |
| | calculate | months | เดือน | | | | ${age} * 12 | |
| | end_repeat | | | | | | | |
| | calculate | sum_age | รวมอายุ | | | | sum(${age}) | |
| | end_repeat | | | | | | | |
"""
    + YES_NO
)

# how many children a unit has, it says itself
COUNTED = """
| survey | | | | | | | |
| | type | name | label | repeat_count | required | default | calculation |
| | begin_repeat | unit | หน่วย | | | | |
| | integer | how_many | จำนวนเด็ก | | | | |
| | begin_repeat | child | เด็ก | ${how_many} | | | |
| | text | nick | ชื่อเล่น | | yes | | |
| | integer | age | อายุ | | | 7 | |
| | end_repeat | | | | | | |
| | calculate | sum_age | รวมอายุ | | | | sum(${age}) |
| | end_repeat | | | | | | |
| settings | | |
| | form_id | |
| | survey | |
"""


def put_nested():
    """The round asks it from here on."""
    put_form(FAMILIES)


def stands_at(path, seen=None):
    """The plain answer at a path, as the officer sees it."""
    return forms.plain_answer(forms.answer_at((seen or opened()).answers, path))


def type_in(answers, *, person=OFFICER, at=None):
    """Typed one after another, each as who types it sees what stands there."""
    for path, text in answers.items():
        seen = stands_at(path, opened(person, at))
        drafts.save_field(people.actor(person), at or key(), path, text, seen)


def add(table, *, person=OFFICER, at=None):
    drafts.add_row(people.actor(person), at or key(), table)


def remove(table, number, *, person=OFFICER, at=None):
    seen = stands_at(table, opened(person, at))[number - 1]
    drafts.remove_row(people.actor(person), at or key(), table, number, seen)


def two_units():
    """A unit with two children, and a second one with one; complete."""
    add("unit")
    type_in({"unit[1]/place": "วัด", "unit[1]/has": "yes"})
    add("unit[1]/child")
    type_in({"unit[1]/child[1]/age": "8", "unit[1]/child[2]/age": "12"})
    type_in({"unit[2]/place": "ตลาด", "unit[2]/has": "yes", "unit[2]/child[1]/age": "15"})
