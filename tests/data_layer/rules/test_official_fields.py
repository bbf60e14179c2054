"""One entry of the register of officials: what is typed, and what is kept of it."""

from datetime import date

import pytest

from data_layer.errors import InvalidFields
from data_layer.models import Education, EndReason, Post
from data_layer.rules.officials import FIELDS, LABELS, check_entry, words
from tests.officials import typed

TODAY = date(2026, 11, 23)


def problems(**more):
    with pytest.raises(InvalidFields) as refused:
        check_entry(typed(1, **more), today=TODAY)
    return refused.value.problems


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("citizen_id", ""),
        ("prefix", " "),
        ("first_name", "Somchai"),
        ("last_name", "ก" * 101),
        ("sex", "ไม่ระบุ"),
        ("born_on", None),
        ("born_on", date(1900, 1, 1)),
        ("born_on", "1/1/1970"),  # ค.ศ.
        ("phone", "12345"),
        ("education", "ประถม"),
        ("is_thai_born", "อาจจะ"),
        ("post", ""),
        ("post", "กำนัน"),
        ("constituency", None),
        ("constituency", "0"),
        ("constituency", "หนึ่ง"),
        ("elected_on", None),
        ("elected_on", date(2027, 1, 1)),
        ("announced_on", date(2025, 3, 29)),
        ("began_on", date(2025, 3, 29)),
        ("votes", "-1"),
        ("votes", "1e5"),
        ("ended_on", date(2025, 1, 1)),
        ("suspended_on", date(2025, 1, 1)),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(field, given):
    assert field in problems(**{field: given})


def test_a_post_that_nobody_votes_for_is_not_won_in_an_election():
    given = typed(1, "adviser", acquisition="elected", elected_on=date(2025, 3, 30))

    with pytest.raises(InvalidFields) as refused:
        check_entry(given, today=TODAY)

    assert set(refused.value.problems) == {"acquisition"}


def test_leaving_needs_its_reason_and_a_reason_its_day():
    assert set(problems(ended_on=date(2026, 1, 1))) == {"end_reason"}
    assert set(problems(end_reason="resigned")) == {"ended_on"}


def test_texts_of_a_file_are_read_like_what_is_typed():
    given = typed(
        1,
        born_on="๑๕ ม.ค. ๒๕๑๓",
        constituency="๒",
        votes="1,234",
        post="สมาชิกสภา",
        education="ปริญญาตรี",
        is_resident="ใช่",
        is_thai_born="ไม่ใช่",
        ended_on="1/5/2569",
        end_reason="ลาออก",
    )

    found = check_entry(given, today=TODAY)

    assert found.person.born_on == date(1970, 1, 15)
    assert found.person.education is Education.BACHELOR
    assert not found.person.is_thai_born
    assert found.tenure.post is Post.MEMBER
    assert (found.tenure.constituency, found.tenure.votes) == (2, 1234)
    assert found.tenure.end_reason is EndReason.RESIGNED
    assert found.tenure.is_resident


def test_a_term_ends_the_day_before_four_years_are_over():
    assert check_entry(typed(1), today=TODAY).tenure.term_ends_on == date(2029, 3, 29)
    assert check_entry(typed(1, "adviser"), today=TODAY).tenure.term_ends_on is None


def test_every_field_reads_as_words_and_is_read_back_from_them():
    found = check_entry(typed(1, votes="1234", affiliation="กลุ่มพัฒนา"), today=TODAY)
    kept = {
        field.name: getattr(part, field.name)
        for part in (found.person, found.tenure)
        for field in FIELDS
        if hasattr(part, field.name)
    }
    said = {field.name: words(field, kept[field.name]) for field in FIELDS}
    assert set(kept) == set(LABELS)
    assert said["citizen_id"].startswith("1-xxxx-xxxxx-")

    again = check_entry(said | {"citizen_id": kept["citizen_id"]}, today=TODAY)

    assert again == found
