"""The supervisors' question, answered: who has registered, who waits, who has not.

One query for all panels of a page, kept until the data of its scope changes.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import pandas as pd
from sqlalchemy.orm import Session

from data_layer import thai
from data_layer.access import Actor, Scope
from data_layer.audit import demand, narrowed
from data_layer.cache import cached
from data_layer.clock import today
from data_layer.config import config
from data_layer.dashboard import Dashboard, compute
from data_layer.db import reading
from data_layer.errors import DomainError
from data_layer.queries import office_states as query
from data_layer.queries.offices import districts, office_in_scope, provinces

COUNTRY_NAME = "ทั้งประเทศ"


class NoSuchProvince(DomainError):
    """Not the code of a province in scope."""

    text: ClassVar[str] = "ไม่มีจังหวัดรหัส “{code}” โปรดใช้รหัสจังหวัด 2 หลัก เช่น 48"


@dataclass(frozen=True)
class AreaChoice:
    """A province or district that the actor may look at."""

    code: str
    name: str


def province_choices(actor: Actor) -> list[AreaChoice]:
    """The provinces in the actor's scope, in Thai order."""
    demand(actor, "report.read")
    with reading() as session:
        return cached(
            session,
            actor.scope,
            "province_choices",
            lambda: [AreaChoice(row[0], row[1]) for row in provinces(session, actor.scope)],
        )


def province_code(actor: Actor, typed: str) -> str:
    """The code of a province as somebody typed it, Thai digits will do. Raises NoSuchProvince."""
    code = thai.arabic_digits(typed).strip()
    if code not in {choice.code for choice in province_choices(actor)}:
        raise NoSuchProvince(code=code)
    return code


def district_choices(actor: Actor) -> list[AreaChoice]:
    """The district offices in the actor's scope, by province and in Thai order."""
    demand(actor, "report.read")
    with reading() as session:
        return cached(
            session,
            actor.scope,
            "district_choices",
            lambda: [AreaChoice(row[0], row[1]) for row in districts(session, actor.scope)],
        )


def area_choices(actor: Actor) -> list[AreaChoice]:
    """The areas right below the actor's own: provinces, or the districts of the province."""
    demand(actor, "report.read")
    if actor.scope.province_code is None:
        return province_choices(actor)
    return [] if actor.scope.district_code else district_choices(actor)


def own_area(actor: Actor) -> str | None:
    """The actor's own area: None the country, PP a province, PPDD a district."""
    return actor.scope.district_code or actor.scope.province_code


def whole_name(actor: Actor) -> str:
    """What the actor's own area is called in a choice."""
    return COUNTRY_NAME if actor.scope.province_code is None else actor.office_name


def circular_on() -> date:
    """The date of the circular that days are counted from."""
    return config().circular_on


def country(actor: Actor) -> Dashboard:
    """The whole country; for those whose office is the department. Raises NotAllowed."""
    demand(actor, "country.read")
    return _dashboard(actor.scope)


def province(actor: Actor, province_code: str) -> Dashboard:
    """One province. Raises NotAllowed outside the scope, NotFound where there is none."""
    demand(actor, "province.read")
    scope = narrowed(actor, province_code=province_code)
    return _dashboard(scope, f"{province_code}00", "จังหวัด")


def district(actor: Actor, district_code: str) -> Dashboard:
    """One district office. Raises NotAllowed outside the scope, NotFound where there is none."""
    demand(actor, "report.read")
    province_code = district_code[:2]
    scope = narrowed(actor, province_code=province_code, district_code=district_code)
    return _dashboard(scope, district_code, "สถอ.")


def by_area_code(actor: Actor, area: str | None) -> Dashboard:
    """The dashboard of an area: None the country, PP a province, PPDD a district."""
    if area is None:
        return country(actor)
    return province(actor, area) if len(area) == len("PP") else district(actor, area)


def _dashboard(scope: Scope, office_code: str = "", title: str = "") -> Dashboard:
    """Of the scope of an office, whose name follows the title; without one of the country."""
    circular_on = config().circular_on
    with reading() as session:

        def computed() -> Dashboard:
            office = office_in_scope(session, scope, office_code) if office_code else None
            return compute(
                query.office_states(session, scope),
                _authorities(session, scope),
                scope=scope,
                scope_name=f"{title}{office.name_th}" if office else COUNTRY_NAME,
                on=today(),
                circular_on=circular_on,
            )

        return cached(session, scope, ("dashboard", today(), circular_on), computed)


def _authorities(session: Session, scope: Scope) -> pd.DataFrame:
    """Of a district only: nobody reads a province's thousand on a dashboard."""
    if scope.district_code is None:
        return pd.DataFrame(columns=list(query.AUTHORITIES))
    return query.authorities(session, scope)
