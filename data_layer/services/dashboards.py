"""The supervisors' question, answered: who has registered, who waits, who has not.

One query for all panels of a page, kept until the data of its scope changes.
"""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from data_layer.access import Actor, NotAllowed, Scope, demand
from data_layer.cache import cached
from data_layer.clock import THAI_TIME, now, today
from data_layer.config import config
from data_layer.db import reading
from data_layer.queries import office_states as query
from data_layer.queries.offices import office_in_scope, provinces

COUNTRY_NAME = "ทั้งประเทศ"


@dataclass(frozen=True)
class Summary:
    """Offices of a scope by state; `expected` is their sum."""

    registered: int
    waiting: int
    not_registered: int

    @property
    def expected(self) -> int:
        """All open district offices of the scope."""
        return self.registered + self.waiting + self.not_registered

    @property
    def share(self) -> float:
        """Registered of expected, 0 to 1; 0 where nothing is expected."""
        return self.registered / self.expected if self.expected else 0.0


@dataclass(frozen=True)
class Dashboard:
    """All panels of one scope at one moment.

    `offices` is query.office_states with `days` since the circular; `not_registered` those of it
    without a claim; `by_area` one row per province (country) or district: code, name, registered,
    waiting, not_registered; `funnel` how many offices stand at each of query.STEPS;
    `over_time` on (date), registered (cumulative). Frames are shared: never change them.
    """

    scope: Scope
    scope_name: str
    as_of: datetime
    summary: Summary
    offices: pd.DataFrame
    not_registered: pd.DataFrame
    by_area: pd.DataFrame
    funnel: dict[str, int]
    over_time: pd.DataFrame


@dataclass(frozen=True)
class ProvinceChoice:
    """A province that the actor may look at."""

    code: str
    name: str


def province_choices(actor: Actor) -> list[ProvinceChoice]:
    """The provinces in the actor's scope, in Thai order."""
    demand(actor, "report.read")
    with reading() as session:
        return cached(
            session,
            actor.scope,
            "province_choices",
            lambda: [ProvinceChoice(row[0], row[1]) for row in provinces(session, actor.scope)],
        )


def country(actor: Actor) -> Dashboard:
    """The whole country; for those whose office is the department. Raises NotAllowed."""
    demand(actor, "report.read")
    if actor.scope.province_code is not None:
        raise NotAllowed
    return _dashboard(actor.scope, COUNTRY_NAME)


def province(actor: Actor, province_code: str) -> Dashboard:
    """One province. Raises NotAllowed outside the scope, NotFound where there is none."""
    demand(actor, "report.read")
    if actor.scope.district_code is not None:
        raise NotAllowed
    scope = actor.scope.narrowed(province_code=province_code)
    with reading() as session:
        office = office_in_scope(session, scope, f"{province_code}00")
        return _dashboard(scope, f"จังหวัด{office.name_th}")


def district(actor: Actor, district_code: str) -> Dashboard:
    """One district office. Raises NotAllowed outside the scope, NotFound where there is none."""
    demand(actor, "report.read")
    province_code = district_code[:2]
    scope = actor.scope.narrowed(province_code=province_code, district_code=district_code)
    with reading() as session:
        office = office_in_scope(session, scope, district_code)
        return _dashboard(scope, f"สถอ.{office.name_th}")


def authorities(actor: Actor, district_code: str) -> pd.DataFrame:
    """The local authorities of a district: query.AUTHORITIES."""
    demand(actor, "report.read")
    scope = actor.scope.narrowed(province_code=district_code[:2], district_code=district_code)
    with reading() as session:
        return cached(session, scope, "authorities", lambda: query.authorities(session, scope))


def _dashboard(scope: Scope, scope_name: str) -> Dashboard:
    with reading() as session:
        return cached(
            session,
            scope,
            ("dashboard", today(), config().circular_on),
            lambda: _compute(query.office_states(session, scope), scope, scope_name),
        )


def _compute(offices: pd.DataFrame, scope: Scope, scope_name: str) -> Dashboard:
    offices = offices.assign(days=(today() - config().circular_on).days)
    counts = offices["state"].value_counts()
    return Dashboard(
        scope=scope,
        scope_name=scope_name,
        as_of=now(),
        summary=Summary(
            registered=int(counts.get("registered", 0)),
            waiting=int(counts.get("waiting", 0)),
            not_registered=int(counts.get("not_registered", 0)),
        ),
        offices=offices,
        not_registered=offices[offices["state"] == "not_registered"],
        by_area=_by_area(offices, is_country=scope.province_code is None),
        funnel={step: int((offices["step"] == n).sum()) for n, step in enumerate(query.STEPS)},
        over_time=_over_time(offices),
    )


def _by_area(offices: pd.DataFrame, *, is_country: bool) -> pd.DataFrame:
    """One row per province or district in the order of `offices`, with a count per state."""
    code, name = ("province_code", "province") if is_country else ("code", "name")
    states = ["registered", "waiting", "not_registered"]
    flags = {state: (offices["state"] == state).astype("int64") for state in states}
    areas = offices[[code, name]].assign(**flags).groupby([code, name], sort=False).sum()
    return areas.reset_index().set_axis(["code", "name", *states], axis="columns")


def _over_time(offices: pd.DataFrame) -> pd.DataFrame:
    """One row per day with a registration: on (date), registered (cumulative count)."""
    days = offices["registered_at"].dropna().dt.tz_convert(THAI_TIME).dt.date
    counts = days.value_counts().sort_index().cumsum()
    return pd.DataFrame({"on": list(counts.index), "registered": counts.to_numpy(dtype="int64")})


def circular_on() -> date:
    """The date of the circular that days are counted from."""
    return config().circular_on
