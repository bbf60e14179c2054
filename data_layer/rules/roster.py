"""What the posts of an authority say against each other, and how its seats add up. Pure.

Verified law and plain contradictions refuse. What a source was not read for, or what real councils
do by order or by mishap, asks for a reason (rules.seats, rules.terms say which is which).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from data_layer.errors import DomainError
from data_layer.models.offices import AuthorityKind
from data_layer.models.officials import Acquisition, Education, Post
from data_layer.rules.officials import Entry, TenureFacts
from data_layer.rules.posts import BESIDE, POST_NAMES, VOTED, WITH_MAYOR, WITH_SEAT
from data_layer.rules.seats import Figure, Limits
from data_layer.rules.terms import (
    COUNCILLOR_AGE,
    EXECUTIVE_AGE,
    MOST_IN_A_ROW,
    Term,
    age_on,
    is_longer_than_term,
    terms_made,
)
from data_layer.thai import normalise, thai_date_short

_MUNICIPAL: Final = frozenset(
    {AuthorityKind.CITY, AuthorityKind.TOWN, AuthorityKind.TAMBON_MUNICIPALITY}
)
_EDUCATION: Final = tuple(Education)
MAX_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Sitting:
    """A tenure that stands in the register: who (any key of the person), what, where."""

    person: object
    tenure: TenureFacts
    authority: str = ""

    def is_at(self, day: date) -> bool:
        """Whether it was held on that day; not any more on the day of leaving."""
        tenure = self.tenure
        return tenure.began_on <= day and (tenure.ended_on is None or day < tenure.ended_on)


@dataclass(frozen=True, slots=True)
class Roster:
    """All that an entry is held against: the authority's other tenures, the same person's
    elsewhere, what the law gives the authority; `opened_on` where it has not always been."""

    kind: AuthorityKind
    limits: Limits
    here: Sequence[Sitting]
    elsewhere: Sequence[Sitting]
    today: date
    opened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that an entry breaks; a soft one may be passed with a reason, by its name."""

    rule: str
    text: str
    is_hard: bool = False


class AgainstTheRules(DomainError):
    """An entry breaks a hard rule; `findings` has each."""

    text: ClassVar[str] = "บันทึกไม่ได้ เพราะขัดกับทะเบียนหรือกฎหมาย: {problems}"

    def __init__(self, broken: Sequence[Finding]) -> None:
        self.findings = tuple(broken)
        super().__init__(problems=" · ".join(finding.text for finding in broken))


class ReasonsMissing(DomainError):
    """An entry breaks soft rules, and says not why; `findings` has each."""

    text: ClassVar[str] = "โปรดระบุเหตุผลใน {count} ข้อที่ระบบเตือน แล้วบันทึกอีกครั้ง"

    def __init__(self, unsettled: Sequence[Finding]) -> None:
        self.findings = tuple(unsettled)
        super().__init__(count=len(unsettled))


def settle(found: Sequence[Finding], reasons: Mapping[str, str]) -> dict[str, str]:
    """The reasons that pass the soft rules, by rule. Raises AgainstTheRules, ReasonsMissing."""
    if broken := [finding for finding in found if finding.is_hard]:
        raise AgainstTheRules(broken)
    given = {rule: normalise(text)[:MAX_REASON] for rule, text in reasons.items()}
    if unsettled := [finding for finding in found if not given.get(finding.rule)]:
        raise ReasonsMissing(unsettled)
    return {finding.rule: given[finding.rule] for finding in found}


def findings(person: object, entry: Entry, roster: Roster) -> list[Finding]:
    """All rules that the entry of that person (the key of `Sitting.person`) breaks, hard first."""
    found = [
        *_two_places(person, entry.tenure, roster),
        *_one_of_a_kind(entry.tenure, roster),
        *_not_in_the_council(person, entry.tenure, roster),
        *_age(entry),
        *_education(entry, roster.kind),
        *_too_many(entry.tenure, roster),
        *_constituency(entry.tenure, roster),
        *_terms(person, entry.tenure, roster),
        *_companions(entry.tenure, roster),
        *_before_it_was_there(entry.tenure, roster.opened_on),
        *_declarations(entry),
    ]
    return sorted(found, key=lambda finding: not finding.is_hard)


def _overlap(one: TenureFacts, other: TenureFacts) -> bool:
    ends = (one.ended_on or date.max, other.ended_on or date.max)
    return one.began_on < ends[1] and other.began_on < ends[0]


def _two_places(person: object, tenure: TenureFacts, roster: Roster) -> Iterator[Finding]:
    """Nobody in two authorities, nobody executive and member at once; no post twice."""
    for other in (*roster.here, *roster.elsewhere):
        if other.person != person or not _overlap(tenure, other.tenure):
            continue
        post, where = POST_NAMES[other.tenure.post], other.authority
        if tenure.post is other.tenure.post and not where:
            text = f"ผู้นี้ดำรงตำแหน่ง{post}ในช่วงเวลานี้อยู่แล้ว"
            yield Finding("same_post", f"{text} ตั้งแต่ {_day(other.tenure.began_on)}", is_hard=True)
        elif tenure.post not in BESIDE and other.tenure.post not in BESIDE:
            place = f"ที่ {where}" if where else "ใน อปท. นี้"
            advice = _past_words(other.tenure) or " ให้บันทึกการพ้นจากตำแหน่งนั้นก่อน"
            text = f"ผู้นี้เป็น{post}{place}ในช่วงเวลาเดียวกัน{advice}"
            yield Finding("two_places", text, is_hard=True)


def _one_of_a_kind(tenure: TenureFacts, roster: Roster) -> Iterator[Finding]:
    if tenure.post is Post.MAYOR:
        for other in roster.here:
            if other.tenure.post is Post.MAYOR and _overlap(tenure, other.tenure):
                since = _day(other.tenure.began_on)
                past = _past_words(other.tenure)
                text = (
                    f"มีนายกในช่วงเวลาเดียวกัน{past}"
                    if past
                    else f"มีนายกอยู่แล้วตั้งแต่ {since} ให้บันทึกวันที่พ้นและเหตุที่พ้นของคนเดิมก่อน"
                )
                yield Finding("second_mayor", text, is_hard=True)
    if tenure.post is Post.ACTING_MAYOR and tenure.ended_on is None:
        mayor = _in_post(roster, Post.MAYOR)
        if mayor and mayor[0].tenure.suspended_on is None:
            yield Finding("acting_beside_mayor", "ยังมีนายกที่ไม่ได้หยุดปฏิบัติหน้าที่อยู่ใน อปท. นี้")
    sits = tenure.ended_on is None and tenure.suspended_on is None
    if tenure.post is Post.MAYOR and sits and _in_post(roster, Post.ACTING_MAYOR):
        text = "ยังมีปลัดปฏิบัติหน้าที่นายกอยู่ใน อปท. นี้ หากนายกเข้ารับหน้าที่แล้ว ให้บันทึกการพ้นของปลัดก่อน"
        yield Finding("mayor_beside_acting", text)


def _past_words(other: TenureFacts) -> str:
    """From when until when somebody sat who has left; '' for who sits."""
    if other.ended_on is None:
        return ""
    days = f"{_day(other.began_on)} ถึง {_day(other.ended_on)}"
    return f" ({days}) โปรดตรวจวันของทั้งสองรายการ"


def _not_in_the_council(person: object, tenure: TenureFacts, roster: Roster) -> Iterator[Finding]:
    if tenure.post not in WITH_SEAT:
        return
    seats = (each for each in roster.here if each.tenure.post is Post.MEMBER)
    if not any(each.person == person and each.is_at(tenure.began_on) for each in seats):
        text = f"{POST_NAMES[tenure.post]}ต้องเป็นสมาชิกสภาในวันเริ่ม โปรดบันทึกการเป็นสมาชิกสภาของผู้นี้ก่อน"
        yield Finding("not_a_member", text, is_hard=True)


def _age(entry: Entry) -> Iterator[Finding]:
    """พ.ร.บ.การเลือกตั้งท้องถิ่น 2562: 35 on election day for a นายก, 25 for a member."""
    tenure = entry.tenure
    least = {
        Post.MEMBER: COUNCILLOR_AGE,
        Post.MAYOR: EXECUTIVE_AGE,
        Post.DEPUTY_MAYOR: EXECUTIVE_AGE,
    }
    if tenure.post not in least:
        return
    day = tenure.elected_on or tenure.began_on
    age = age_on(entry.person.born_on, day)
    if age < least[tenure.post]:
        text = (
            f"{POST_NAMES[tenure.post]}ต้องมีอายุไม่น้อยกว่า {least[tenure.post]} ปี "
            f"แต่ ณ {_day(day)} ผู้นี้มีอายุ {age} ปี โปรดตรวจวันเกิด"
        )
        yield Finding("too_young", text, is_hard=tenure.elected_on is not None)


def _education(entry: Entry, kind: AuthorityKind) -> Iterator[Finding]:
    """นายกเทศมนตรี: a degree; นายก อบต.: upper secondary; or a former office (domain 2.2)."""
    if entry.tenure.post is not Post.MAYOR or entry.person.has_held_office:
        return
    least = Education.UPPER_SECONDARY if kind is AuthorityKind.TAO else Education.BACHELOR
    known = entry.person.education
    if known is None:
        yield Finding("education_unknown", "ยังไม่ได้กรอกระดับการศึกษาของนายก")
    elif _EDUCATION.index(known) < _EDUCATION.index(least):
        wanted = "มัธยมศึกษาตอนปลาย" if kind is AuthorityKind.TAO else "ปริญญาตรี"
        text = f"นายกต้องจบไม่ต่ำกว่า{wanted} หรือเคยดำรงตำแหน่งทางการเมืองมาก่อน"
        is_verified = kind in _MUNICIPAL or kind is AuthorityKind.TAO
        yield Finding("education_low", text, is_hard=is_verified)


def _too_many(tenure: TenureFacts, roster: Roster) -> Iterator[Finding]:
    """More than the law gives; refused only where the figure was verified, seats never (2.1)."""
    limits = roster.limits
    groups: Mapping[Post, tuple[tuple[Post, ...], Figure | None]] = {
        Post.DEPUTY_MAYOR: ((Post.DEPUTY_MAYOR,), limits.deputies),
        Post.ADVISER: ((Post.ADVISER, Post.MAYOR_SECRETARY), limits.aides),
        Post.MAYOR_SECRETARY: ((Post.ADVISER, Post.MAYOR_SECRETARY), limits.aides),
        Post.MEMBER: ((Post.MEMBER,), limits.seats),
        Post.SPEAKER: ((Post.SPEAKER,), limits.speakers),
        Post.DEPUTY_SPEAKER: ((Post.DEPUTY_SPEAKER,), limits.deputy_speakers),
    }
    posts, limit = groups.get(tenure.post, ((), None))
    day = tenure.began_on if tenure.ended_on else roster.today
    count = sum(each.tenure.post in posts and each.is_at(day) for each in roster.here) + 1
    if limit is None or count <= limit.value:
        return
    names = "และ".join(POST_NAMES[post] for post in posts)
    text = f"จะมี{names} {count} คน ณ {_day(day)} เกินที่กฎหมายกำหนด {limit.value} คน"
    is_hard = limit.is_verified and tenure.post is not Post.MEMBER
    yield Finding("too_many", text, is_hard=is_hard)


def _constituency(tenure: TenureFacts, roster: Roster) -> Iterator[Finding]:
    seats = roster.limits.constituencies
    if tenure.constituency is None or seats is None:
        return
    if tenure.constituency > len(seats):
        yield Finding(
            "no_such_constituency", f"อปท. นี้มี {len(seats)} เขต ไม่มีเขต {tenure.constituency}"
        )
        return
    day = tenure.began_on if tenure.ended_on else roster.today
    same = [each for each in _at(roster.here, Post.MEMBER, day) if _in_same(each, tenure)]
    allowed = seats[tenure.constituency - 1]
    if len(same) >= allowed:
        text = f"เขต {tenure.constituency} จะมีสมาชิก {len(same) + 1} คน จากที่มีได้ {allowed} คน"
        yield Finding("constituency_full", text)


def _in_same(each: Sitting, tenure: TenureFacts) -> bool:
    return each.tenure.constituency == tenure.constituency


def _terms(person: object, tenure: TenureFacts, roster: Roster) -> Iterator[Finding]:
    """Terms of four years; for a นายก two in a row (ม.48 สัตต, 35/2). Both may have their reason."""
    if tenure.elected_on is None:
        return
    if is_longer_than_term(tenure.elected_on, tenure.ended_on or roster.today):
        ends = _day(tenure.term_ends_on or roster.today)
        verb = "พ้นจากตำแหน่งหลังวันนั้น" if tenure.ended_on else "ยังไม่ได้บันทึกการพ้น"
        text = f"ครบวาระ 4 ปีเมื่อ {ends} แต่{verb} โปรดระบุเหตุ เช่น คำสั่ง คสช."
        yield Finding("longer_than_term", text)
    if tenure.post is not Post.MAYOR:
        return
    others = [
        Term(each.tenure.elected_on, each.tenure.ended_on or roster.today)
        for each in roster.here
        if each.person == person and each.tenure.post is Post.MAYOR and each.tenure.elected_on
    ]
    number = terms_made(Term(tenure.elected_on, tenure.ended_on or roster.today), others)
    if number > MOST_IN_A_ROW:
        text = f"ผู้นี้จะมีวาระติดต่อกัน {number} วาระ กฎหมายให้ไม่เกิน {MOST_IN_A_ROW} วาระ"
        yield Finding("terms_in_a_row", text)


def _companions(tenure: TenureFacts, roster: Roster) -> Iterator[Finding]:
    if tenure.post in WITH_MAYOR and tenure.ended_on is None and not _in_post(roster, Post.MAYOR):
        text = f"ยังไม่มีนายกในทะเบียน {POST_NAMES[tenure.post]}อยู่ได้เท่าที่นายกอยู่ โปรดบันทึกนายกก่อน"
        yield Finding("no_mayor", text)


def left_behind(person: object, tenure: TenureFacts, here: Iterable[Sitting]) -> list[Finding]:
    """Who should leave along with one who leaves: a mayor's people, the speaker with the own seat.

    Whoever begins on the day of leaving came with the next one.
    """
    ended_on = tenure.ended_on
    posts = {Post.MAYOR: WITH_MAYOR, Post.MEMBER: WITH_SEAT}.get(tenure.post, frozenset())
    stay = [
        POST_NAMES[each.tenure.post]
        for each in here
        if each.tenure.post in posts
        and (tenure.post is Post.MAYOR or each.person == person)
        and each.tenure.ended_on is None
        and ended_on is not None
        and each.tenure.began_on < ended_on
    ]
    if not stay:
        return []
    names = ", ".join(dict.fromkeys(stay))
    text = f"{names}พ้นพร้อม{POST_NAMES[tenure.post]} โปรดกรอกวันที่พ้นและเหตุที่พ้นของผู้นั้นด้วย"
    return [Finding("left_behind", text)]


def _before_it_was_there(tenure: TenureFacts, opened_on: date | None) -> Iterator[Finding]:
    """A slip, or whoever stayed on when the authority became another: its law is not read."""
    if opened_on is not None and tenure.began_on < opened_on:
        text = f"เริ่มดำรงตำแหน่งก่อนวันที่ อปท. นี้จัดตั้ง {_day(opened_on)} โปรดตรวจวันเริ่ม"
        yield Finding("before_opening", text)


def _declarations(entry: Entry) -> Iterator[Finding]:
    tenure = entry.tenure
    if tenure.post not in VOTED or tenure.acquisition is not Acquisition.ELECTED:
        return
    if not entry.person.is_thai_born:
        yield Finding("not_thai_born", "ยังไม่ได้ยืนยันว่ามีสัญชาติไทยโดยการเกิด")
    if not tenure.is_resident:
        yield Finding("not_resident", "ยังไม่ได้ยืนยันว่ามีชื่อในทะเบียนบ้านครบ 1 ปี")


def _in_post(roster: Roster, post: Post) -> list[Sitting]:
    return _at(roster.here, post, roster.today)


def _at(sittings: Iterable[Sitting], post: Post, day: date) -> list[Sitting]:
    return [each for each in sittings if each.tenure.post is post and each.is_at(day)]


def _day(day: date) -> str:
    return thai_date_short(day)


@dataclass(frozen=True, slots=True)
class Seats:
    """How the posts of an authority add up on a day; None where the law's figure is not known."""

    mayors: int
    deputies: int
    most_deputies: int | None
    members: int
    seats: int | None
    vacant: tuple[tuple[int, int], ...]  # (constituency, vacant seats), where there are any

    @property
    def vacancies(self) -> int | None:
        """Vacant seats of the council; None when its size is not known."""
        return None if self.seats is None else max(self.seats - self.members, 0)


def count_seats(sittings: Sequence[Sitting], limits: Limits, day: date) -> Seats:
    """The arithmetic of one authority on a day."""
    members = _at(sittings, Post.MEMBER, day)
    taken = Counter(each.tenure.constituency for each in members)
    by_constituency = enumerate(limits.constituencies or (), 1)
    return Seats(
        mayors=len(_at(sittings, Post.MAYOR, day)),
        deputies=len(_at(sittings, Post.DEPUTY_MAYOR, day)),
        most_deputies=limits.deputies.value if limits.deputies else None,
        members=len(members),
        seats=limits.seats.value if limits.seats else None,
        vacant=tuple((n, seats - taken[n]) for n, seats in by_constituency if taken[n] < seats),
    )


_FEW: Final = 4  # constituencies that are named one by one


def seats_words(seats: Seats) -> str:
    """'นายก 1 · รองนายก 2 จาก 2 · สมาชิก 11 จาก 12 · ว่าง 1 (เขต 2)'."""
    parts = [f"นายก {seats.mayors}" if seats.mayors else "ไม่มีนายก"]
    parts.append(f"รองนายก {seats.deputies}{_of(seats.most_deputies)}")
    parts.append(f"สมาชิก {seats.members}{_of(seats.seats)}")
    if seats.vacancies:
        parts.append(_vacant_words(seats))
    return " · ".join(parts)


def _of(most: int | None) -> str:
    return "" if most is None else f" จาก {most}"


def _vacant_words(seats: Seats) -> str:
    if not 0 < len(seats.vacant) <= _FEW:
        return f"ว่าง {seats.vacancies}"
    return "ว่าง " + " ".join(f"เขต {number} ({count})" for number, count in seats.vacant)
