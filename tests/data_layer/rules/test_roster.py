"""Which entries the register of officials takes, refuses, or takes with a reason."""

from datetime import date

import pytest

from data_layer.models import AuthorityKind, Post
from data_layer.rules.officials import check_entry
from data_layer.rules.roster import (
    AgainstTheRules,
    ReasonsMissing,
    Roster,
    Sitting,
    count_seats,
    findings,
    seats_words,
    settle,
)
from data_layer.rules.seats import statutory_limits
from tests.officials import ELECTED, LEFT, typed

TODAY = date(2026, 11, 23)
TOWN = AuthorityKind.TAMBON_MUNICIPALITY


def entry(number=1, post="member", **more):
    return check_entry(typed(number, post, **more), today=TODAY)


def sits(number, post="member", authority="", **more):
    return Sitting(number, entry(number, post, **more).tenure, authority)


def roster(*here, elsewhere=(), kind=TOWN, villages=None, population=None):
    limits = statutory_limits(kind, ELECTED, population=population, villages=villages)
    return Roster(kind, limits, here, elsewhere, TODAY)


def rules(found):
    return {finding.rule: finding.is_hard for finding in found}


def judged(one, *here, person=1, **more):
    return rules(findings(person, one, roster(*here, **more)))


def test_a_sound_entry_breaks_nothing():
    assert judged(entry()) == {}
    assert judged(entry(1, "mayor")) == {}


@pytest.mark.parametrize(
    ("post", "born_on", "hard"),
    [
        ("mayor", date(1990, 3, 31), True),
        ("member", date(2000, 3, 31), True),
        ("deputy_mayor", date(1995, 1, 1), False),
    ],
)
def test_too_young_on_the_day_refuses_who_was_elected_and_asks_of_who_was_appointed(
    post, born_on, hard
):
    found = judged(entry(1, post, born_on=born_on), sits(2, "mayor"), person=9)

    assert found["too_young"] is hard


def test_old_enough_on_the_very_day_is_old_enough():
    assert judged(entry(1, "mayor", born_on=date(1990, 3, 30))) == {}
    assert judged(entry(1, born_on=date(2000, 3, 30))) == {}


def test_a_new_mayor_may_begin_on_the_day_on_which_the_old_one_left():
    left = {"ended_on": date(2026, 5, 1), "end_reason": "resigned"}
    begins = {"elected_on": date(2026, 5, 1), "began_on": date(2026, 5, 1)}

    assert "second_mayor" in judged(entry(1, "mayor"), sits(2, "mayor", **left))
    assert judged(entry(1, "mayor", **begins), sits(2, "mayor", **left)) == {}


def test_of_who_has_left_already_nobody_is_told_to_enter_the_leaving():
    left = {"ended_on": date(2026, 5, 1), "end_reason": "resigned"}
    for person, there in ((1, sits(2, "mayor", **left)), (2, sits(2, **left))):
        (found,) = findings(person, entry(1, "mayor"), roster(there))

        assert "ในช่วงเวลาเดียวกัน (30 มี.ค. 2568 ถึง 1 พ.ค. 2569) โปรดตรวจวัน" in found.text
        assert "ให้บันทึก" not in found.text


@pytest.mark.parametrize(
    ("kind", "education", "found"),
    [
        (TOWN, "diploma", {"education_low": True}),
        (TOWN, "bachelor", {}),
        (AuthorityKind.TAO, "lower_secondary", {"education_low": True}),
        (AuthorityKind.TAO, "upper_secondary", {}),
        (AuthorityKind.PAO, "diploma", {"education_low": False}),  # from memory: only asks
        (TOWN, None, {"education_unknown": False}),
    ],
)
def test_a_mayor_needs_an_education_or_an_earlier_office(kind, education, found):
    mayor = entry(1, "mayor", education=education)

    assert judged(mayor, kind=kind) == found
    with_office = entry(1, "mayor", education=education, has_held_office=True)
    assert judged(with_office, kind=kind) == {}


def test_more_deputies_than_a_verified_figure_are_refused_and_others_only_asked():
    deputies = [sits(number, "deputy_mayor") for number in (2, 3)]
    mayor = sits(4, "mayor")

    assert judged(entry(1, "deputy_mayor"), mayor, *deputies) == {"too_many": True}
    in_town = judged(
        entry(1, "deputy_mayor"), mayor, *deputies, sits(5, "deputy_mayor"), kind=AuthorityKind.TOWN
    )
    assert in_town == {"too_many": False}


def test_a_thirteenth_member_and_a_seventh_of_a_constituency_ask_for_a_reason():
    six = [sits(number) for number in range(2, 8)]
    all_twelve = six + [sits(number, constituency=2) for number in range(8, 14)]

    assert judged(entry(), *six) == {"constituency_full": False}
    assert judged(entry(), *all_twelve) == {"too_many": False, "constituency_full": False}


def test_a_term_over_four_years_and_a_third_term_in_a_row_need_their_reason():
    terms = [
        sits(1, "mayor", elected_on=first, began_on=first, ended_on=last, end_reason="term_over")
        for first, last in (
            (date(2017, 3, 28), date(2021, 3, 27)),
            (date(2021, 3, 28), date(2025, 3, 27)),
        )
    ]

    assert judged(entry(1, "mayor"), *terms) == {"terms_in_a_row": False}
    assert judged(entry(1, "mayor"), terms[1]) == {}
    began, left = terms[0].tenure.began_on, terms[0].tenure.ended_on
    first = entry(
        *(1, "mayor"), elected_on=began, began_on=began, ended_on=left, end_reason="term_over"
    )
    assert judged(first, terms[1]) == {}
    assert judged(first, terms[1], sits(1, "mayor")) == {"terms_in_a_row": False}  # entered last
    long = entry(1, elected_on=date(2013, 1, 6), began_on=date(2013, 1, 6))
    assert judged(long) == {"longer_than_term": False}


def test_who_comes_with_a_mayor_needs_one():
    assert judged(entry(1, "adviser")) == {"no_mayor": False}
    assert judged(entry(1, "adviser"), sits(2, "mayor")) == {}


def test_the_clerk_acts_for_a_mayor_who_is_away():
    clerk = entry(1, "acting_mayor", acquisition="acting")

    assert judged(clerk) == {}
    assert judged(clerk, sits(2, "mayor")) == {"acting_beside_mayor": False}


def test_a_mayor_who_takes_office_while_the_clerk_still_acts_is_asked_about():
    clerk = sits(2, "acting_mayor", acquisition="acting")

    assert judged(entry(1, "mayor"), clerk) == {"mayor_beside_acting": False}
    assert judged(entry(1, "mayor", suspended_on=date(2026, 2, 1)), clerk) == {}
    left = sits(2, "acting_mayor", acquisition="acting", **LEFT)
    assert judged(entry(1, "mayor"), left) == {}
    assert judged(clerk, sits(2, "mayor", suspended_on=date(2026, 1, 1))) == {}


def test_a_post_in_the_council_is_held_beside_the_own_seat_only():
    assert judged(entry(1, "speaker"), sits(2)) == {"not_a_member": True}
    assert judged(entry(1, "speaker"), sits(1)) == {}
    assert judged(entry(1, "speaker"), sits(1), sits(2, "speaker")) == {"too_many": False}


def test_declarations_that_nobody_made_are_asked_for():
    found = judged(entry(is_thai_born=False, is_resident=False))

    assert found == {"not_thai_born": False, "not_resident": False}
    assert judged(entry(1, "adviser", is_resident=False), sits(2, "mayor")) == {}


def test_hard_rules_refuse_whatever_reason_is_given_and_soft_ones_keep_theirs():
    hard = findings(1, entry(), roster(elsewhere=[sits(1, authority="อบต.นาแก")]))
    soft = findings(1, entry(is_resident=False), roster())

    with pytest.raises(AgainstTheRules, match=r"อบต\.นาแก"):
        settle(hard, {"two_places": "ไม่เป็นไร"})
    with pytest.raises(ReasonsMissing):
        settle(soft, {"not_resident": "  "})
    assert settle(soft, {"not_resident": " ย้ายเข้าก่อน ", "other": "x"}) == {
        "not_resident": "ย้ายเข้าก่อน"
    }


def test_the_arithmetic_names_the_vacant_seats_when_they_are_few():
    members = [sits(number, constituency=1 + number // 6) for number in range(1, 12)]
    limits = roster().limits

    seats = count_seats([*members, sits(20, "mayor")], limits, TODAY)

    assert seats.vacancies == 1
    assert seats_words(seats) == "นายก 1 · รองนายก 0 จาก 2 · สมาชิก 11 จาก 12 · ว่าง เขต 1 (1)"


def test_without_a_known_council_size_nothing_is_called_vacant():
    limits = roster(kind=AuthorityKind.TAO).limits

    seats = count_seats([sits(1)], limits, TODAY)

    assert (seats.seats, seats.vacancies, seats.vacant) == (None, None, ())
    assert seats_words(seats) == "ไม่มีนายก · รองนายก 0 จาก 2 · สมาชิก 1"


def test_every_post_can_be_held():
    for post in Post:
        more = {"acquisition": "acting"} if post is Post.ACTING_MAYOR else {}
        here = [sits(1), sits(2, "mayor")] if post not in {Post.MAYOR, Post.MEMBER} else []
        person = 1 if post in {Post.SPEAKER, Post.DEPUTY_SPEAKER} else 9
        found = judged(entry(9, post.value, **more), *here, person=person)
        assert not any(found.values()), post
