"""The register of executives and councillors, read: all authorities, one of them, a seat's past."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy.orm import Session

from data_layer.access import Actor, Scope
from data_layer.audit import demand, narrowed
from data_layer.cache import cached_of_records
from data_layer.clock import today
from data_layer.db import reading
from data_layer.errors import InvalidFields
from data_layer.models import AuthorityKind, Office, Post, Tenure, TenureChange
from data_layer.queries import officials as query
from data_layer.queries.authorities import authority_facts, facts_on
from data_layer.queries.records import authority_in_scope
from data_layer.rules.authorities import AuthorityFacts
from data_layer.rules.offices import AUTHORITY_KIND_NAMES, search_terms
from data_layer.rules.officials import TenureFacts, begun_tenure, check_entry, difference_words
from data_layer.rules.posts import BESIDE, END_REASON_NAMES, seat_name
from data_layer.rules.roster import Finding, Seats, Sitting, count_seats
from data_layer.rules.seats import statutory_limits
from data_layer.rules.terms import end_of_term
from data_layer.services.closing import Closed, closed
from data_layer.services.official_changes import companions
from data_layer.services.seating import judge, limits_of, sitting, typed
from data_layer.thai import mask_citizen_id

SUMMARY: Final = {
    "code": "string",
    "name": "string",
    "kind": "string",
    "district_code": "string",
    "district": "string",
    "mayor": "string",
    "is_acting": "boolean",
    "deputies": "Int64",
    "members": "Int64",
    "seats": "Int64",
    "vacant": "Int64",
    "overdue": "Int64",
    "state": "string",
    "changed_at": "datetime64[us, UTC]",
    "is_sample": "boolean",
    "search_text": "string",
}
ACT_NAMES: Final[Mapping[str, str]] = {
    "add": "เพิ่ม",
    "change": "แก้ไข",
    "end": "พ้นจากตำแหน่ง",
    "strike": "ลบรายการที่บันทึกผิด",
}
_POSTS: Final = list(Post)


@dataclass(frozen=True)
class OfficialRow:
    """One tenure as a list shows it; the citizen id is masked."""

    id: int
    version: int
    post: Post
    constituency: int | None
    seat: str
    name: str
    citizen_id: str
    began_on: date
    term_ends_on: date | None
    suspended_on: date | None
    ended_on: date | None
    end_reason: str
    affiliation: str
    is_overdue: bool  # the term is over and nobody said that they left
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class RosterView:
    """One authority: who sits, by post and constituency; who sat, the newest first; the sums."""

    facts: AuthorityFacts
    seats: Seats
    sitting: tuple[OfficialRow, ...]
    past: tuple[OfficialRow, ...]
    closed: Closed | None


@dataclass(frozen=True)
class Weighed:
    """What an entry would mean while it is typed: the seats with it, and the rules it breaks.

    `findings` is None as long as `problems` says of fields that they are missing or unusable.
    """

    seats: Seats
    findings: tuple[Finding, ...] | None
    term_ends_on: date | None
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TypedTenure:
    """A tenure to be edited: its fields without the citizen id; who would leave along.

    `reasons` are those that passed its soft rules, by rule.
    """

    row: OfficialRow
    fields: Mapping[str, Any]
    reasons: Mapping[str, str]
    leaves_along: tuple[str, ...]


@dataclass(frozen=True)
class PastAct:
    """One act on a seat: when, who did it, what, on whom, field by field."""

    at: datetime
    by: str
    act: str
    name: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class SeatHistory:
    """A seat and all who held it, the newest first; and every act, struck entries too."""

    seat: str
    holders: tuple[OfficialRow, ...]
    acts: tuple[PastAct, ...]


def summary(actor: Actor, query_text: str = "", *, province: str | None = None) -> pd.DataFrame:
    """One row per open authority in scope, by code: who leads it, seats taken and vacant.

    `overdue` counts those whose term is over but who were not entered as having left; `state` says
    in a word how far it is: unfilled, unfinished, overdue, filled. Raises NotAllowed for a province
    outside the scope.
    """
    demand(actor, "official.read")
    scope = narrowed(actor, province_code=province) if province else actor.scope
    with reading() as session:
        found = cached_of_records(
            session, scope, ("officials", today()), lambda: _summary(session, scope)
        )
    for term in search_terms(query_text):
        found = found[found["search_text"].str.contains(term, regex=False)]
    return found


def _summary(session: Session, scope: Scope) -> pd.DataFrame:
    facts = authority_facts(session, scope, on=today())
    tenures = query.tenures_in(session, scope)
    changed = query.last_changes(session, scope)
    is_open = facts["closed_on"].isna()
    rows = [
        _summary_row(row, tenures.get(str(row.code), []), changed.get(str(row.code)))
        for row in facts[is_open].itertuples()
    ]
    return pd.DataFrame(rows, columns=list(SUMMARY)).astype(SUMMARY)


def _summary_row(row: Any, tenures: list[Tenure], changed_at: datetime | None) -> list[Any]:  # noqa: ANN401 - a row of AUTHORITY_FACTS
    sittings = [sitting(each) for each in tenures]
    law_on = _council_elected_on(sittings)
    population, villages = (None if pd.isna(n) else int(n) for n in (row.population, row.villages))
    kind = AuthorityKind(row.kind)  # a frame keeps the word alone
    limits = statutory_limits(kind, law_on, population=population, villages=villages)
    seats = count_seats(sittings, limits, today())
    now_in = [each for each in tenures if each.ended_on is None]
    mayor = next((each.official.name for each in now_in if each.post is Post.MAYOR), "")
    is_acting = any(each.post is Post.ACTING_MAYOR for each in now_in)
    overdue = sum(_is_overdue(each) for each in now_in)
    return [
        *(row.code, row.name, AUTHORITY_KIND_NAMES[kind], row.district_code, row.district),
        *(mayor, is_acting, seats.deputies, seats.members, seats.seats, seats.vacancies),
        *(overdue, _how_far(seats, overdue), changed_at, row.is_sample, row.search_text),
    ]


def _how_far(seats: Seats, overdue: int) -> str:
    if not seats.mayors and not seats.members:
        return "unfilled"
    # without the law's figure nobody can say that a council is full, only that it is empty
    if not seats.mayors or not seats.members or seats.vacancies:
        return "unfinished"
    return "overdue" if overdue else "filled"


def _council_elected_on(sittings: Iterable[Sitting]) -> date:
    elected = (each.tenure.elected_on for each in sittings if each.tenure.post is Post.MEMBER)
    return max((day for day in elected if day), default=today())


def roster(actor: Actor, office_code: str) -> RosterView:
    """One authority's register as of today. Raises NotFound outside the scope."""
    demand(actor, "official.read")
    with reading() as session:
        office = authority_in_scope(session, actor.scope, office_code)
        facts = facts_on(session, office, on=today())
        tenures = [each for each in query.tenures_of(session, office.id) if not each.struck_at]
        sittings = [sitting(each) for each in tenures]
        rows = [_row(each) for each in tenures]
        gone = closed(session, office)
    now_in = sorted((row for row in rows if row.ended_on is None), key=_in_order)
    return RosterView(
        facts=facts,
        seats=count_seats(sittings, limits_of(facts, sittings, None), today()),
        sitting=tuple(now_in),
        past=tuple(row for row in rows if row.ended_on is not None),
        closed=gone,
    )


def closed_authority(actor: Actor, code: str) -> dict[str, str]:
    """Code and name of an authority in scope that is no more; nothing for any other code."""
    demand(actor, "official.read")
    with reading() as session:
        found = query.authorities_named(session, actor.scope, [code])
    return {each.code: each.name_th for each in found.values() if each.closed_on is not None}


def _in_order(row: OfficialRow) -> tuple[int, int, date]:
    return _POSTS.index(row.post), row.constituency or 0, row.began_on


def weigh(
    actor: Actor, office_code: str, given: Mapping[str, object], tenure_id: int | None = None
) -> Weighed:
    """The seats and findings of an entry that is being typed; of a new one or over a tenure.

    Fields that an edited tenure has and `given` has not are taken from it. Raises NotFound.
    """
    demand(actor, "official.write")
    with reading() as session:
        office = authority_in_scope(session, actor.scope, office_code)
        own = query.tenure_in_scope(session, actor.scope, tenure_id)[0] if tenure_id else None
        return _weigh(session, office, {**(typed(own) if own else {}), **given}, own=own)


def weigh_successor(
    actor: Actor, tenure_id: int, left_on: date | None, given: Mapping[str, object]
) -> Weighed:
    """The same for who would come when the holder of a tenure left. Raises NotFound."""
    demand(actor, "official.write")
    with reading() as session:
        tenure, office = query.tenure_in_scope(session, actor.scope, tenure_id)
        seat = {"post": tenure.post, "constituency": tenure.constituency}
        return _weigh(session, office, {**given, **seat}, left=(tenure, left_on or today()))


def _weigh(
    session: Session,
    office: Office,
    whole: Mapping[str, object],
    *,
    own: Tenure | None = None,
    left: tuple[Tenure, date] | None = None,
) -> Weighed:
    found: tuple[Finding, ...] | None = None
    problems: Mapping[str, str] = {}
    tenure: TenureFacts | None
    try:
        entry = check_entry(whole, today=today())
    except InvalidFields as refusal:
        tenure, problems = begun_tenure(whole, today=today()), refusal.problems
    else:
        tenure, found = entry.tenure, tuple(judge(session, office, entry, own=own, left=left))
    leaver = left[0] if left else own if tenure and tenure.ended_on else None
    seats = _seats(session, office, tenure, instead_of=own, leaver=leaver)
    return Weighed(seats, found, tenure.term_ends_on if tenure else None, problems)


def _seats(
    session: Session,
    office: Office,
    new: TenureFacts | None,
    *,
    instead_of: Tenure | None,
    leaver: Tenure | None,
) -> Seats:
    """With the new one; without the one that it changes, without a leaver and their companions."""
    facts = facts_on(session, office, on=today())
    standing = [each for each in query.tenures_of(session, office.id) if not each.struck_at]
    gone = {instead_of.id} if instead_of is not None and new is not None else set()
    if leaver is not None and leaver.ended_on is None:
        gone |= {leaver.id, *(each.id for each, _ in companions(session, leaver))}
    others = [sitting(each) for each in standing if each.id not in gone]
    sittings = [*others, *([Sitting(None, new)] if new else [])]
    return count_seats(sittings, limits_of(facts, sittings, None), today())


def open_tenure(actor: Actor, tenure_id: int) -> TypedTenure:
    """A tenure with its fields, to be edited or ended. Raises NotFound outside the scope."""
    demand(actor, "official.write")
    with reading() as session:
        tenure, _ = query.tenure_in_scope(session, actor.scope, tenure_id)
        fields = typed(tenure)
        del fields["citizen_id"]
        along = companions(session, tenure)
        names = tuple(each.official.name for each, _ in along)
        return TypedTenure(_row(tenure), fields, dict(tenure.reasons), names)


def history(actor: Actor, tenure_id: int) -> SeatHistory:
    """All who held the seat of a tenure, and every act on it. Raises NotFound outside the scope."""
    demand(actor, "official.read")
    with reading() as session:
        tenure, office = query.tenure_in_scope(session, actor.scope, tenure_id)
        same = [
            each
            for each in query.tenures_of(session, office.id)
            if (each.post, each.constituency) == (tenure.post, tenure.constituency)
        ]
        of = {each.id: each for each in same}
        acts = query.changes_of_tenures(session, list(of))
        return SeatHistory(
            seat=seat_name(tenure.post, tenure.constituency),
            holders=tuple(_row(each) for each in same if each.struck_at is None),
            acts=tuple(
                PastAct(
                    kept.at,
                    by,
                    ACT_NAMES[kept.act],
                    of[kept.tenure_id].official.name,
                    _change_words(kept, of[kept.tenure_id]),
                )
                for kept, by in acts
            ),
        )


def _change_words(kept: TenureChange, tenure: Tenure) -> tuple[str, ...]:
    """What an act changed, field by field; of an entry that was struck out, why."""
    if kept.act == "strike":
        return (f"เหตุผล: {tenure.struck_reason}",)
    return difference_words(json.loads(kept.changes))


def _row(tenure: Tenure) -> OfficialRow:
    official = tenure.official
    return OfficialRow(
        id=tenure.id,
        version=tenure.version,
        post=tenure.post,
        constituency=tenure.constituency,
        seat=seat_name(tenure.post, tenure.constituency),
        name=official.name,
        citizen_id=mask_citizen_id(official.citizen_id),
        began_on=tenure.began_on,
        term_ends_on=_term_end(tenure),
        suspended_on=tenure.suspended_on,
        ended_on=tenure.ended_on,
        end_reason=END_REASON_NAMES[tenure.end_reason] if tenure.end_reason else "",
        affiliation=tenure.affiliation,
        is_overdue=tenure.ended_on is None and _is_overdue(tenure),
        reasons=tuple(tenure.reasons.values()),
    )


def _term_end(tenure: Tenure) -> date | None:
    return end_of_term(tenure.elected_on) if tenure.elected_on else None


def _is_overdue(tenure: Tenure) -> bool:
    ends = _term_end(tenure)
    return ends is not None and ends < today() and tenure.post not in BESIDE
