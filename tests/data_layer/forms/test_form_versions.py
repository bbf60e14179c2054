"""Before a changed form replaces one in use, the centre reads what happens to drafts."""

from data_layer.forms import changes, read_answers, write_answers
from tests.forms import YES_NO, a_form, field


def test_tells_what_drafts_lose_and_what_is_new():
    old = a_form(
        field("integer", "a"),
        field("integer", "b"),
        field("select_one yes_no", "c"),
        field("text", "d"),
        choices=YES_NO,
    )
    new = a_form(
        field("text", "b"),
        field("select_one yes_no", "c"),
        field("text", "d", constraint="string-length(.) > 3"),
        field("date", "e", required="yes"),
        choices=YES_NO[:1],
    )

    found = changes(old, new)

    assert [(change.name, change.loses) for change in found] == [
        ("a", True),
        ("b", True),
        ("c", True),
        ("d", False),
        ("e", False),
    ]
    assert "ไม่ใช่" in found[2].text


def test_the_same_form_changes_nothing():
    form = a_form(field("integer", "a"))

    assert changes(form, form) == []


def test_answers_are_carried_over_but_for_what_has_no_place():
    new = a_form(field("text", "b"))

    answers, problems = read_answers(new, write_answers({"a": 1, "b": 2}))

    assert answers == {"b": "2"}
    assert list(problems) == ["a"]
