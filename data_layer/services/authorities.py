"""The register of local authorities: the list, one authority as of a day with its past, files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy.orm import Session

from data_layer import thai
from data_layer.access import Actor
from data_layer.audit import demand, record
from data_layer.cache import cached
from data_layer.clock import now, today
from data_layer.db import reading, writing
from data_layer.exchange.writing import Column, Report, file_stem, to_csv, to_xlsx
from data_layer.models import AuthorityProfile, Office
from data_layer.queries import authorities as query
from data_layer.queries.proposals import proposals_of, refused_codes, waiting_codes
from data_layer.queries.records import authority_in_scope
from data_layer.rules.authorities import (
    FACT_LABELS,
    AuthorityFacts,
    fact_words,
    usual_mailbox,
)
from data_layer.rules.offices import AUTHORITY_KIND_NAMES, closed_words, search_terms
from data_layer.services.authority_changes import PROFILE_FACTS
from data_layer.services.exports import Format
from data_layer.services.proposal_list import REFUSAL_STAYS, ProposalView, views

TITLE = "ทะเบียนองค์กรปกครองส่วนท้องถิ่น"
SAMPLE = "ข้อมูลตัวอย่าง"
_COLUMNS: Final = (
    *(Column(name, FACT_LABELS[name], "text") for name in ("code", "name", "kind", "district")),
    Column("province", "จังหวัด", "text"),
    *(Column(name, FACT_LABELS[name], "text") for name in ("address", "phone", "mailbox")),
    Column("area_sq_km", FACT_LABELS["area_sq_km"], "decimal"),
    Column("villages", FACT_LABELS["villages"], "integer"),
    Column("population", FACT_LABELS["population"], "integer"),
    Column("population_year", FACT_LABELS["population_year"], "text"),
    Column("note", "หมายเหตุ", "text"),
)


@dataclass(frozen=True)
class PastFact:
    """One line of the history: since when what was so."""

    on: date | None
    what: str
    detail: str


@dataclass(frozen=True)
class AuthorityView:
    """One authority: its facts as of a day, its past, successor, proposals, neighbours."""

    facts: AuthorityFacts
    on: date
    history: tuple[PastFact, ...]
    waiting: ProposalView | None
    refused: ProposalView | None  # the newest, if the province refused it lately
    decided: tuple[ProposalView, ...]  # the newest first
    others: dict[str, str]
    successor: str

    @property
    def is_open(self) -> bool:
        """Whether it still stands."""
        return self.facts.closed_on is None


def authority_list(actor: Actor, query: str = "") -> pd.DataFrame:
    """One row per authority in scope as of today, closed ones too, by code; with a note."""
    demand(actor, "office.read")
    with reading() as session:
        found = _register(session, actor)
    for term in search_terms(query):
        found = found[found["search_text"].str.contains(term, regex=False)]
    return found


def _register(session: Session, actor: Actor) -> pd.DataFrame:
    day = today()
    return cached(
        session,
        actor.scope,
        ("register", day),
        lambda: _readable(
            query.authority_facts(session, actor.scope, on=day),
            {
                **dict.fromkeys(_refused(session, actor), "จังหวัดไม่ยืนยันคำขอล่าสุด"),
                **dict.fromkeys(waiting_codes(session, actor.scope), "มีคำขอรอจังหวัดยืนยัน"),
            },
            query.heirs(session, actor.scope),
        ),
    )


def _refused(session: Session, actor: Actor) -> set[str]:
    return refused_codes(session, actor.scope, since=now() - REFUSAL_STAYS)


def _readable(
    found: pd.DataFrame, proposed: Mapping[str, str], heirs: Mapping[str, str]
) -> pd.DataFrame:
    """The facts in words; `proposed` is what became of the newest proposal, by code.

    `heirs` is who follows a closed authority.
    """
    usual = found["code"].map(usual_mailbox)
    return found.assign(
        kind=found["kind"].map(AUTHORITY_KIND_NAMES),
        mailbox=found["own_mailbox"].where(found["own_mailbox"] != "", usual),
        note=[
            _note(row, proposed.get(str(row.code)), heirs.get(str(row.code)))
            for row in found.itertuples()
        ],
    )


def _note(row: Any, proposed: str | None, heir: str | None) -> str:  # noqa: ANN401 - a row of AUTHORITY_FACTS
    notes = [closed_words(row.closed_on)] if row.closed_on is not None else []
    notes += [f"รับช่วงต่อโดย {heir}"] if heir else []
    notes += [proposed] if proposed else []
    return " · ".join([*notes, *([SAMPLE] if row.is_sample else [])])


def view(actor: Actor, code: str, *, on: date | None = None) -> AuthorityView:
    """One authority as of a day, today without one. Raises NotFound outside the scope."""
    demand(actor, "office.read")
    with reading() as session:
        office = authority_in_scope(session, actor.scope, code)
        facts = query.facts_on(session, office, on=on or today())
        proposed = views(session, proposals_of(session, office.id))
        refused = proposed[0] if code in _refused(session, actor) else None
        listed = _register(session, actor)
        successor = query.successor(session, office.id)
        history = sorted(_past(session, office), key=lambda each: each.on or date.min, reverse=True)
    is_near = (listed["district_code"] == facts.district_code) & (listed["code"] != code)
    others = listed[is_near & listed["closed_on"].isna()]
    return AuthorityView(
        facts=facts,
        on=on or today(),
        history=tuple(history),
        waiting=next((each for each in proposed if each.decided_at is None), None),
        refused=refused,
        decided=tuple(each for each in proposed if each.decided_at is not None),
        others=dict(zip(others["code"], others["name"], strict=True)),
        successor=successor[0] if successor else "",
    )


def _past(session: Session, office: Office) -> Iterator[PastFact]:
    if office.opened_on is not None:
        yield PastFact(office.opened_on, "จัดตั้ง", office.code)
    for old in query.versions(session, office.id):
        kind = fact_words("kind", old.authority_kind)
        yield PastFact(old.valid_until, "เปลี่ยนชื่อหรือประเภท", f"เดิม {old.name_th} ({kind})")
    yield from _profile_changes(query.profiles(session, office.id))
    for counted in query.populations(session, office.id):
        day = date(counted.year - thai.dates.ERA, 12, 31)
        yield PastFact(day, "ประชากร", f"{counted.population:,} คน")
    for code, name, since in query.predecessors(session, office.id):
        yield PastFact(since, "รับช่วงจาก", f"{name} ({code})")
    if (successor := query.successor(session, office.id)) is not None:
        code, name, since = successor
        yield PastFact(since, "รับช่วงต่อโดย", f"{name} ({code})")
    elif office.closed_on is not None:
        yield PastFact(office.closed_on, "ยุบเลิก", office.code)


def _profile_changes(kept: list[AuthorityProfile]) -> Iterator[PastFact]:
    """What each profile says otherwise than the one before it."""
    last = AuthorityProfile(address="", phone="", mailbox="")
    for each in kept:
        changed = [
            f"{FACT_LABELS[name]} {fact_words(name, getattr(each, name))}"
            for name in PROFILE_FACTS
            if getattr(each, name) != getattr(last, name)
        ]
        yield PastFact(each.valid_on, "ข้อมูลของ อปท.", " · ".join(changed) or "ไม่เปลี่ยน")
        last = each


def export(actor: Actor, query: str, form: Format) -> bytes:
    """The list as shown, as a file; recorded. Raises NotAllowed."""
    demand(actor, "report.export")
    found = authority_list(actor, query)
    phones = [thai.format_phone(phone) if phone else "" for phone in found["phone"]]
    report = Report(
        slug=_slug(actor.scope.name),
        title=TITLE,
        scope=f"{_scope_words(actor)}{f' ค้นหา “{query}”' if query else ''}",
        as_of=now(),
        columns=_COLUMNS,
        frame=found.assign(phone=phones),
    )
    content = to_csv(report) if form == "csv" else to_xlsx(report)
    with writing() as session:
        record(
            session, "report.export", actor=actor, panel="register", format=form, rows=len(found)
        )
    return content


def export_name(area: str, at: datetime) -> str:
    """The file name, without an ending, that says what, where and when."""
    return file_stem(_slug(area), at)


def _slug(area: str) -> str:
    return f"register_{area}"


def _scope_words(actor: Actor) -> str:
    if actor.scope.province_code is None:
        return "ทั้งประเทศ"
    place = "อำเภอ" if actor.scope.district_code else "จังหวัด"
    return f"{place}{actor.office_name}"
