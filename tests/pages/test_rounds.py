"""pages/rounds.py: the centre plans, the province reads."""

from datetime import date

from data_layer.services import rounds
from tests import people
from tests.people import CENTRAL, PROVINCE
from tests.rounds import plan


def type_round(at, key="round", code="2570"):
    at.text_input(key=f"{key}.code").set_value(code)
    at.text_input(key=f"{key}.title").set_value("รอบปีหน้า")
    for name, day in (("opens_on", date(2026, 12, 1)), ("due_on", date(2026, 12, 31))):
        at.selectbox(key=f"{key}.{name}.day").set_value(day.day)
        at.selectbox(key=f"{key}.{name}.month").set_value(day.month)
        at.selectbox(key=f"{key}.{name}.year").set_value(day.year)
    return at.button(key=f"{key}.submit").click().run()


def keys_of(at):
    return [each.key for each in (*at.button, *at.text_input) if each.key]


def test_without_a_round_the_page_says_what_comes_next(open_page):
    at = open_page("rounds.py", PROVINCE)

    assert any("ยังไม่มีรอบ" in each.value for each in at.markdown)
    assert "round.submit" not in keys_of(at)


def test_what_is_wrong_is_said_and_what_was_typed_stays(open_page):
    at = open_page("rounds.py", CENTRAL)

    at = type_round(at, code="70")

    assert at.error[0].value.startswith("ยังบันทึกไม่ได้")
    assert any("ปี พ.ศ. 4 หลัก" in each.value for each in at.markdown)
    assert at.text_input(key="round.title").value == "รอบปีหน้า"
    assert rounds.list_rounds(people.actor(CENTRAL)) == []


def test_the_centre_plans_a_round_that_the_province_sees(open_page):
    at = type_round(open_page("rounds.py", CENTRAL))

    assert not at.exception
    assert "2570" in at.success[0].value
    seen = open_page("rounds.py", PROVINCE)
    assert any("ยังไม่เปิด" in each.value for each in seen.markdown)
    assert "round.2570.submit" not in keys_of(seen)


def test_more_time_is_given_from_the_page(open_page):
    plan()
    at = open_page("rounds.py", CENTRAL)
    at.text_input(key="round.2569.extend.office").set_value("๔๘๐๕")
    at.text_input(key="round.2569.extend.reason").set_value("น้ำท่วม")
    for part, value in (("day", 24), ("month", 12), ("year", 2026)):
        at.selectbox(key=f"round.2569.extend.until.{part}").set_value(value)

    at = at.button(key="round.2569.extend.submit").click().run()

    assert not at.exception
    assert any("สถอ.ธาตุพนม" in each.value for each in at.caption)
