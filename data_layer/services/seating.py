"""An entry held against the register: of which authority, of whom, under which rules.

Parts of acts: the caller has asked for the right and records what was done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from data_layer.clock import today
from data_layer.keys import keys
from data_layer.models import Office, Official, Post, Tenure
from data_layer.queries import officials as query
from data_layer.queries.authorities import facts_on
from data_layer.rules.authorities import AuthorityFacts
from data_layer.rules.officials import Entry, Person, TenureFacts
from data_layer.rules.roster import Finding, Roster, Sitting, findings
from data_layer.rules.seats import Limits, statutory_limits


def person_of(official: Official) -> Person:
    """The person of a row."""
    return Person(**{field.name: getattr(official, field.name) for field in fields(Person)})


def facts_of_tenure(tenure: Tenure) -> TenureFacts:
    """The facts of a row."""
    return TenureFacts(**{field.name: getattr(tenure, field.name) for field in fields(TenureFacts)})


def entry_of(tenure: Tenure) -> Entry:
    """A row as it was entered."""
    return Entry(person_of(tenure.official), facts_of_tenure(tenure))


def typed(tenure: Tenure) -> dict[str, Any]:
    """A row by the names of rules.officials.FIELDS, as check_entry takes it."""
    return values_of(entry_of(tenure))


def values_of(entry: Entry) -> dict[str, Any]:
    """An entry by the names of rules.officials.FIELDS."""
    return {
        field.name: getattr(part, field.name)
        for part in (entry.person, entry.tenure)
        for field in fields(part)
    }


def sitting(tenure: Tenure, authority: str = "") -> Sitting:
    """A row as the rules look at it; the person is known by the index of the citizen id."""
    return Sitting(tenure.official.citizen_id_index, facts_of_tenure(tenure), authority)


def limits_of(facts: AuthorityFacts, sittings: Iterable[Sitting], entry: Entry | None) -> Limits:
    """What the law gives the authority: that of the day on which the council was elected."""
    return statutory_limits(
        facts.kind,
        _law_on(sittings, entry),
        population=facts.population,
        villages=facts.villages,
    )


def _law_on(sittings: Iterable[Sitting], entry: Entry | None) -> date:
    if entry is not None and entry.tenure.post is Post.MEMBER and entry.tenure.elected_on:
        return entry.tenure.elected_on
    elected = (
        each.tenure.elected_on
        for each in sittings
        if each.tenure.post is Post.MEMBER and each.tenure.ended_on is None
    )
    return max((day for day in elected if day), default=today())


def judge(
    session: Session,
    office: Office,
    entry: Entry,
    *,
    own: Tenure | None = None,
    left: tuple[Tenure, date] | None = None,
) -> list[Finding]:
    """All rules that an entry for the authority breaks; `own` is the row that it would change.

    `left` is a row that is to end first, and on which day.
    """
    standing = [each for each in query.tenures_of(session, office.id) if each.struck_at is None]
    here = [_until(each, left) for each in standing if own is None or each.id != own.id]
    index = keys().blind_index(entry.person.citizen_id)
    known = query.official_by_index(session, index)
    facts = facts_on(session, office, on=today())
    roster = Roster(
        kind=facts.kind,
        limits=limits_of(facts, here, entry),
        here=here,
        elsewhere=_elsewhere(session, known, office),
        today=today(),
        opened_on=facts.opened_on,
    )
    is_own = own is not None and known is not None and own.official_id == known.id
    found = findings(index, entry, roster)
    return (
        found if is_own or known is None else [*found, *other_name(person_of(known), entry.person)]
    )


def _until(tenure: Tenure, left: tuple[Tenure, date] | None) -> Sitting:
    found = sitting(tenure)
    if left is None or tenure.id != left[0].id:
        return found
    return replace(found, tenure=replace(found.tenure, ended_on=left[1]))


def _elsewhere(session: Session, known: Official | None, office: Office) -> Sequence[Sitting]:
    if known is None:
        return ()
    rows = query.tenures_elsewhere(session, [known.id], office.id)
    return [Sitting(known.citizen_id_index, facts_of_tenure(tenure), name) for tenure, name in rows]


def other_name(known: Person, person: Person) -> list[Finding]:
    """Whether the number stands in the register for somebody of another name or birthday."""
    if (known.first_name, known.last_name, known.born_on) == (
        person.first_name,
        person.last_name,
        person.born_on,
    ):
        return []
    text = "เลขประจำตัวนี้มีในทะเบียนแล้วในชื่อหรือวันเกิดอื่น โปรดตรวจเลขกับบัตร หากเปลี่ยนชื่อ โปรดระบุ"
    return [Finding("other_name", text)]
