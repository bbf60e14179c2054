"""The register of local authorities as of a day, and what it was before."""

from collections.abc import Collection
from dataclasses import fields
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Date, Integer, Row, ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from data_layer.access import Scope
from data_layer.frames import read_frame
from data_layer.models import (
    AuthorityPopulation,
    AuthorityProfile,
    Office,
    OfficeKind,
    OfficeSuccession,
    OfficeVersion,
)
from data_layer.queries.scope import within
from data_layer.rules.authorities import AuthorityFacts, last_full_year

AUTHORITY_FACTS = {
    "code": "string",
    "name": "string",
    "kind": "object",
    "district_code": "string",
    "district": "string",
    "province": "string",
    "address": "string",
    "phone": "string",
    "own_mailbox": "string",
    "area_sq_km": "object",
    "villages": "Int64",
    "population": "Int64",
    "population_year": "Int64",
    "is_sample": "boolean",
    "opened_on": "object",
    "closed_on": "object",
    "search_text": "string",
}


# of the statements below: the day that is asked for, and the last year that was over on it
_ON = bindparam("on", type_=Date)
_LAST_YEAR = bindparam("last_year", type_=Integer)


def authority_facts(session: Session, scope: Scope, *, on: date) -> pd.DataFrame:
    """One row per authority in scope, closed ones too, by code: what it was on that day."""
    statement = _facts(Office.search_text).order_by(Office.code).params(_day(on))
    return read_frame(session, within(statement, scope), AUTHORITY_FACTS)


def facts_on(session: Session, office: Office, *, on: date) -> AuthorityFacts:
    """What one authority was on that day."""
    row = session.execute(_FACTS_OF_ONE, {"office_id": office.id, **_day(on)}).one()
    return AuthorityFacts(*row)


def facts_by_code(
    session: Session, office_ids: Collection[int], *, on: date
) -> dict[str, AuthorityFacts]:
    """What these authorities were on that day, by code."""
    statement = _facts().where(Office.id.in_(list(office_ids)))
    rows = session.execute(statement, _day(on))
    return {row.code: AuthorityFacts(*row) for row in rows}


def _day(on: date) -> dict[str, object]:
    """The parameters of `_facts`."""
    return {"on": on, "last_year": last_full_year(on)}


def _facts(*more: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 - columns
    """The columns of AuthorityFacts, in its order. Later tables win over what stands in offices."""
    district, province = aliased(Office), aliased(Office)
    before, profile, counted = OfficeVersion, AuthorityProfile, AuthorityPopulation
    columns = {
        "code": Office.code,
        "name": func.coalesce(before.name_th, Office.name_th),
        "kind": func.coalesce(before.authority_kind, Office.authority_kind),
        "district_code": func.coalesce(before.district_code, Office.district_code),
        "district": district.name_th,
        "province": province.name_th,
        "address": func.coalesce(profile.address, ""),
        "phone": func.coalesce(profile.phone, Office.phone),
        "own_mailbox": func.coalesce(profile.mailbox, ""),
        "area_sq_km": profile.area_sq_km,
        "villages": profile.villages,
        "population": counted.population,
        "population_year": counted.year,
        "is_sample": Office.is_sample,
        "opened_on": Office.opened_on,
        "closed_on": Office.closed_on,
    }
    named: list[Any] = [columns[field.name].label(field.name) for field in fields(AuthorityFacts)]
    in_province = province.province_code == Office.province_code
    return (
        select(*named, *more)
        .join(district, district.code == Office.district_code)
        .join(province, in_province & (province.kind == OfficeKind.PROVINCE))
        .outerjoin(before, before.id == _version_until())
        .outerjoin(profile, profile.id == _profile_since())
        .outerjoin(counted, counted.id == _newest_count())
        .where(Office.kind == OfficeKind.AUTHORITY)
    )


def _version_until() -> ScalarSelect[int]:
    """The name and kind of that day when they were others than now."""
    of_office = aliased(OfficeVersion)
    return (
        select(of_office.id)
        .where(of_office.office_id == Office.id, of_office.valid_until > _ON)
        .order_by(of_office.valid_until, of_office.id)
        .limit(1)
        .scalar_subquery()
    )


def _profile_since() -> ScalarSelect[int]:
    """The newest profile of that day; of two of one day the one recorded last."""
    of_office = aliased(AuthorityProfile)
    return (
        select(of_office.id)
        .where(of_office.office_id == Office.id, of_office.valid_on <= _ON)
        .order_by(of_office.valid_on.desc(), of_office.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _newest_count() -> ScalarSelect[int]:
    """The newest year that was over on that day; of two of one year the one recorded last."""
    of_office = aliased(AuthorityPopulation)
    return (
        select(of_office.id)
        .where(of_office.office_id == Office.id, of_office.year <= _LAST_YEAR)
        .order_by(of_office.year.desc(), of_office.id.desc())
        .limit(1)
        .scalar_subquery()
    )


# built once: it is asked with each field that somebody saves
_FACTS_OF_ONE = _facts().where(Office.id == bindparam("office_id"))


def versions(session: Session, office_id: int) -> list[OfficeVersion]:
    """What an office was before each rename, the oldest first."""
    statement = select(OfficeVersion).where(OfficeVersion.office_id == office_id)
    return list(session.scalars(statement.order_by(OfficeVersion.valid_until, OfficeVersion.id)))


def profiles(session: Session, office_id: int) -> list[AuthorityProfile]:
    """The profiles of an authority, the oldest first."""
    statement = select(AuthorityProfile).where(AuthorityProfile.office_id == office_id)
    return list(session.scalars(statement.order_by(AuthorityProfile.valid_on, AuthorityProfile.id)))


def populations(session: Session, office_id: int) -> list[AuthorityPopulation]:
    """The counts of an authority by year, corrections after what they correct."""
    counted = AuthorityPopulation
    statement = select(counted).where(counted.office_id == office_id)
    return list(session.scalars(statement.order_by(counted.year, counted.id)))


def successor(session: Session, office_id: int) -> Row[str, str, date] | None:
    """Code and name of the authority that took an office's place, and since when."""
    statement = (
        select(Office.code, Office.name_th, OfficeSuccession.since)
        .join(OfficeSuccession, OfficeSuccession.successor_id == Office.id)
        .where(OfficeSuccession.predecessor_id == office_id)
    )
    return session.execute(statement).one_or_none()


def heirs(session: Session, scope: Scope) -> dict[str, str]:
    """Code and name of who took the place of each authority in scope, by its code."""
    heir = aliased(Office)
    statement: Select[*tuple[Any, ...]] = (
        select(Office.code, heir.code + " " + heir.name_th)
        .join(OfficeSuccession, OfficeSuccession.predecessor_id == Office.id)
        .join(heir, heir.id == OfficeSuccession.successor_id)
    )
    return {row[0]: row[1] for row in session.execute(within(statement, scope))}


def predecessors(session: Session, office_id: int) -> list[Row[str, str, date]]:
    """One row per authority that an office took the place of, by code: code, name, since when."""
    statement = (
        select(Office.code, Office.name_th, OfficeSuccession.since)
        .join(OfficeSuccession, OfficeSuccession.predecessor_id == Office.id)
        .where(OfficeSuccession.successor_id == office_id)
        .order_by(Office.code)
    )
    return list(session.execute(statement).all())
