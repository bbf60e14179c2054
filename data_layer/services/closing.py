"""An authority that is no more: who sat in it leaves, and whoever looks is told who follows it."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from data_layer.access import Actor
from data_layer.audit import records_changed
from data_layer.models import EndReason, Office, Tenure
from data_layer.queries import officials as query
from data_layer.queries.authorities import successor
from data_layer.rules.officials import Entry
from data_layer.services.entering import rewrite
from data_layer.services.seating import entry_of


@dataclass(frozen=True)
class Closed:
    """Since when an authority is no more, and code and name of who follows it; '' for nobody."""

    on: date
    code: str
    name: str


def closed(session: Session, office: Office) -> Closed | None:
    """What is to be told of a closed authority; None while it stands."""
    if office.closed_on is None:
        return None
    code, name, _ = successor(session, office.id) or ("", "", None)
    return Closed(office.closed_on, code, name)


def leave_all(session: Session, actor: Actor, offices: Iterable[Office], on: date) -> None:
    """Council and executive leave with the authority, as the law has it; the history stays."""
    for office in offices:
        for tenure in sitting_in(session, office):
            entry = entry_of(tenure)
            left = dataclasses.replace(
                entry.tenure,
                ended_on=max(on, tenure.began_on),
                end_reason=EndReason.STATUS_CHANGED,
            )
            rewrite(session, actor, tenure, Entry(entry.person, left), tenure.reasons)
        records_changed(session, office.province_code)


def sitting_in(session: Session, office: Office) -> list[Tenure]:
    """The tenures that nobody ended or struck out."""
    found = query.tenures_of(session, office.id)
    return [each for each in found if each.ended_on is None and each.struck_at is None]
