"""Key numbers and the funnel: right shares, harmless text."""

from pages.components.figures import (
    KeyNumber,
    Step,
    funnel_html,
    key_numbers_html,
    office_numbers,
    share,
)


def test_the_four_numbers_add_up_and_say_their_share():
    html = key_numbers_html(office_numbers(registered=500, waiting=27, not_registered=351))

    for text in ("878", "500 <small>56.9 %", "27 <small>3.1 %", "351 <small>40.0 %"):
        assert text in html


def test_each_state_has_a_mark_beside_its_colour():
    html = key_numbers_html(office_numbers(registered=1, waiting=1, not_registered=1))

    assert html.count('class="mark"') == 3


def test_of_nothing_there_is_no_share():
    assert share(0, 0) == "–"
    assert "0.0%" in funnel_html([Step("ว่าง", 0)])


def test_a_step_is_as_long_as_its_share():
    html = funnel_html([Step("ยังไม่ลงทะเบียน", 25, "not_registered"), Step("มี SSO ADMIN", 75)])

    assert "width:25.0%" in html
    assert "width:75.0%" in html


def test_labels_are_escaped():
    hostile = "<script>alert(1)</script>"

    assert "<script" not in key_numbers_html([KeyNumber(hostile, 1)])
    assert "<script" not in funnel_html([Step(hostile, 1)])
