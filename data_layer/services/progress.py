"""Who has filled what: a form of a round, for the country, a province or a district."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd
from sqlalchemy.orm import Session

from data_layer.access import Actor, Scope
from data_layer.audit import demand, narrowed, record
from data_layer.cache import cached, cached_of_records
from data_layer.clock import now, today
from data_layer.db import reading, writing
from data_layer.errors import NotFound
from data_layer.exchange.writing import Report, file_stem, to_csv, to_xlsx
from data_layer.models import FormId, Record, RecordState, Round
from data_layer.progress import (
    ANSWERS,
    DONE,
    FORMS,
    FORMS_COLUMNS,
    FORMS_TITLE,
    STATE_NAMES,
    Progress,
    compute,
    panel_report,
    panel_slug,
)
from data_layer.queries import records as query
from data_layer.queries import rounds as round_query
from data_layer.queries.offices import office_in_scope
from data_layer.rules.rounds import FORM_NAMES
from data_layer.services import answers
from data_layer.services.dashboards import COUNTRY_NAME
from data_layer.services.exports import Format
from data_layer.services.holding import asked_on, chosen_round
from data_layer.services.rounds import RoundView, more_time, views

_COMPLETENESS = ["group", "label", "filled", "begun", "share"]


def rounds_of(actor: Actor, form_id: FormId) -> list[RoundView]:
    """The rounds of the form that have opened, the newest first."""
    demand(actor, "report.read")
    with reading() as session:
        return views(session, round_query.opened_rounds(session, form_id, now()), actor.scope)


def of_area(
    actor: Actor, form_id: FormId, area: str | None, round_code: str | None = None
) -> Progress:
    """The progress in an area: None the country, PP a province, PPDD a district.

    Raises NotAllowed outside the scope, NotFound where no such round has opened.
    """
    scope = _scope(actor, area)
    with reading() as session:
        opened = round_query.opened_rounds(session, form_id, now())
        found = chosen_round(opened, round_code)
        if found is None:
            raise NotFound
        what = ("progress", form_id, found.id, today())
        return cached_of_records(
            session, scope, what, lambda: _computed(session, scope, found, form_id)
        )


@dataclass(frozen=True, eq=False)  # kept per data version: the same numbers, the same object
class FormCounts:
    """How far one form has come in its newest opened round, in one area."""

    form_id: FormId
    form_name: str
    round_code: str
    by_state: Mapping[str, int]
    late: int

    @property
    def expected(self) -> int:
        """The active local authorities that the round asks."""
        return sum(self.by_state.values())

    @property
    def done(self) -> int:
        """How many are handed in."""
        return sum(self.by_state.get(state, 0) for state in DONE)

    @property
    def share(self) -> float | None:
        """Handed in of expected, 0 to 1; None where nothing is expected."""
        return self.done / self.expected if self.expected else None


def counts_of_area(actor: Actor, area: str | None) -> list[FormCounts]:
    """The numbers of each form in its newest opened round: what a dashboard shows of them."""
    scope = _scope(actor, area)
    with reading() as session:
        planned = cached(session, Scope(), "openings", partial(round_query.openings, session))
        newest = {form_id: id_ for form_id, id_, opens_at in planned if opens_at <= now()}
        return [
            cached_of_records(
                session,
                scope,
                ("form_counts", form_id, newest[form_id], today()),
                partial(_counted, session, scope, newest[form_id], form_id),
            )
            for form_id in FormId
            if form_id in newest
        ]


def _counted(session: Session, scope: Scope, round_id: int, form_id: FormId) -> FormCounts:
    found = session.get_one(Round, round_id)
    by_state, late = query.counts_in(session, scope, found, asked_on(found), form_id)
    return FormCounts(form_id, FORM_NAMES[form_id], found.code, by_state, late)


def export(
    actor: Actor, panel: str, form_id: FormId, area: str | None, round_code: str, form: Format
) -> bytes:
    """The file of a panel. The export is recorded. Raises NotAllowed, NotFound."""
    demand(actor, "report.export")
    if panel == ANSWERS:
        return answers.export(actor, form_id, round_code, area, form)
    report = panel_report(panel, form_id.value, of_area(actor, form_id, area, round_code), now())
    return _written(actor, report, panel, area, form)


def export_forms(actor: Actor, area: str | None, form: Format) -> bytes:
    """The file of what `counts_of_area` gives. The export is recorded. Raises NotAllowed."""
    demand(actor, "report.export")
    rows = [_form_row(each) for each in counts_of_area(actor, area)]
    with reading() as session:
        scope_name = _scope_name(session, _scope(actor, area))
    report = Report(
        slug=_forms_slug(area),
        title=FORMS_TITLE,
        scope=scope_name,
        as_of=now(),
        columns=FORMS_COLUMNS,
        frame=pd.DataFrame(rows, columns=[column.name for column in FORMS_COLUMNS]),
    )
    return _written(actor, report, FORMS, area, form)


def _form_row(each: FormCounts) -> dict[str, object]:
    states = {state: each.by_state.get(state, 0) for state in STATE_NAMES}
    counted = {"expected": each.expected, **states, "late": each.late, "share": each.share}
    return {"form": each.form_name, "round": each.round_code, **counted}


def forms_name(area: str | None) -> str:
    """The name of that file of now, without an ending."""
    return file_stem(_forms_slug(area), now())


def _forms_slug(area: str | None) -> str:
    return f"{FORMS}_{area or 'all'}"


def _written(actor: Actor, report: Report, panel: str, area: str | None, form: Format) -> bytes:
    content = to_csv(report) if form == "csv" else to_xlsx(report)
    with writing() as session:
        record(
            session,
            "report.export",
            actor=actor,
            office_code=area or actor.office_code,
            panel=panel,
            format=form,
            rows=len(report.frame),
        )
    return content


def export_name(panel: str, form_id: FormId, found: Progress) -> str:
    """The file name of now, without an ending, that says what, where and when."""
    return file_stem(panel_slug(panel, form_id.value, found), now())


def _scope(actor: Actor, area: str | None) -> Scope:
    if area is None:
        demand(actor, "country.read")
        return actor.scope
    if len(area) == len("PP"):
        demand(actor, "province.read")
        return narrowed(actor, province_code=area)
    demand(actor, "report.read")
    return narrowed(actor, province_code=area[:2], district_code=area)


def _computed(session: Session, scope: Scope, found: Round, form_id: FormId) -> Progress:
    states = query.record_states(session, scope, found, asked_on(found), form_id)
    (shown,) = views(session, [found], scope)
    return compute(
        states.assign(until=more_time(states, shown)),
        _completeness(session, scope, found, form_id, set(states["code"])),
        scope=scope,
        scope_name=_scope_name(session, scope),
        form_name=FORM_NAMES[form_id],
        round_code=found.code,
    )


def _scope_name(session: Session, scope: Scope) -> str:
    if scope.province_code is None:
        return COUNTRY_NAME
    code = scope.district_code or f"{scope.province_code}00"
    title = "สถอ." if scope.district_code else "จังหวัด"
    return f"{title}{office_in_scope(session, scope, code).name_th}"


def _completeness(
    session: Session, scope: Scope, found: Round, form_id: FormId, expected: Collection[str]
) -> pd.DataFrame:
    """Of what the `expected` authorities of a province or district have begun, by field.

    A country's answers are too many to open for a look.
    """
    if scope.province_code is None:
        return pd.DataFrame(columns=_COMPLETENESS)
    version = round_query.asked_version(session, found.id, form_id)
    form = round_query.form_at(session, version)
    begun = query.records_in(session, scope, found.id, form_id, RecordState)
    kept = [record_ for record_, office in begun if office.code in expected]
    filled = Counter(name for record_ in kept for name in _confirmed(session, record_))
    rows = [
        (
            str(form.items[form.group_of[name] or name].label),
            str(field.label),
            filled[name],
            len(kept),
            filled[name] / len(kept) if kept else 0.0,
        )
        for name, field in form.fields.items()
        if field.is_answerable and field.readonly is None and not field.repeats
    ]
    return pd.DataFrame(rows, columns=_COMPLETENESS)


def _confirmed(session: Session, kept: Record) -> list[str]:
    """The names of what is answered; what came from the last round once it was confirmed."""
    groups = round_query.form_at(session, kept.form_version_id).group_of
    return [name for name in json.loads(kept.answers) if groups[name] not in kept.unconfirmed]
