"""What is left to be read of an authority that is no more, by its address."""

import pytest

from data_layer.models import Change
from data_layer.services import drafts
from tests import people
from tests.closings import UPGRADE, merge, propose
from tests.officials import add
from tests.pages.reading import heading, keys, rows, words
from tests.people import ADMIN, OFFICER, PROVINCE
from tests.rounds import TAO, TOWN, fill, key, stand


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def test_the_register_of_officials_is_read_and_leads_to_who_follows(open_page):
    add(1, "mayor", office=TOWN)
    merge()

    at = open_page("officials.py", ADMIN, authority=TOWN)

    assert heading(at) == "ทต.ธาตุพนม"
    assert "officials.add" not in keys(at, "button")
    assert [line[-1] for line in rows(at, "officials.past")] == ["อปท. เปลี่ยนฐานะ"]
    assert "อปท. ที่รับช่วงต่อคือ อบต.ฝั่งแดง" in at.warning[0].value
    at.button(key="closed.successor").click().run()
    assert heading(at) == "อบต.ฝั่งแดง"
    back = open_page("officials.py", ADMIN)
    assert [line[0] for line in rows(back, "officials.list")] == ["อบต.ฝั่งแดง"]


def test_its_record_is_read_and_leads_to_who_follows(open_page):
    drafts.save_field(people.actor(OFFICER), key(TOWN), "staff_count", "57", None)
    merge()

    at = open_page("enter_survey.py", OFFICER, authority=TOWN)

    assert "อปท. ที่รับช่วงต่อคือ อบต.ฝั่งแดง" in at.warning[0].value
    assert "**57**" in words(at)
    assert keys(at, "text_input") == set()
    at.button(key="closed.successor").click().run()
    assert at.selectbox(key="entry.authority").value == TAO


def test_the_province_is_told_who_leaves_before_it_confirms(open_page):
    add(1, "mayor", office=TAO)
    propose(Change.KIND, UPGRADE)

    at = open_page("offices.py", PROVINCE)

    assert "1 รายการ จะพ้นจากตำแหน่ง" in words(at)


def test_the_province_is_told_which_records_stop_before_it_confirms(open_page):
    fill(OFFICER, key(TOWN), {"staff_count": 45})
    propose(Change.MERGER, {"partners": TOWN})

    at = open_page("offices.py", PROVINCE)

    assert "ยังไม่ส่ง 1 แบบ เมื่อยืนยันแล้วแบบเหล่านี้อ่านได้อย่างเดียว" in words(at)
