"""Offices: look-up in scope, search for the public, lists."""

from collections.abc import Collection
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from data_layer.access import Scope
from data_layer.errors import NotFound
from data_layer.frames import read_frame
from data_layer.models import Office, OfficeKind, Registration, SsoListing, User
from data_layer.queries.registrations import LIVE
from data_layer.queries.scope import within


def office_in_scope(session: Session, scope: Scope, code: str) -> Office:
    """The office of that code. Raises NotFound when it is not there or not in the scope."""
    statement = within(select(Office).where(Office.code == code), scope)
    office: Office | None = session.scalar(statement)
    if office is None:
        raise NotFound
    return office


def area_names(session: Session, office: Office) -> tuple[str, str]:
    """The names of the district and the province that an office stands in; '' for none."""
    in_province = (Office.kind == OfficeKind.PROVINCE) & (
        Office.province_code == office.province_code
    )
    in_district = (Office.kind == OfficeKind.DISTRICT) & (Office.code == office.district_code)
    district, province = (
        session.scalar(select(Office.name_th).where(which)) or ""
        for which in (in_district, in_province)
    )
    return district, province


def provinces(session: Session, scope: Scope) -> list[Row[str, str]]:
    """One row (two-digit code, name) per province in scope, in Thai order."""
    statement = select(Office.province_code, Office.name_th).where(
        Office.kind == OfficeKind.PROVINCE
    )
    if scope.province_code is not None:
        statement = statement.where(Office.province_code == scope.province_code)
    return list(session.execute(statement.order_by(Office.sort_key)).all())


def districts(
    session: Session, scope: Scope, *, only_unclaimed: bool = False
) -> list[Row[str, str]]:
    """One row (code, "อำเภอ จังหวัด") per open district office in scope, in Thai order.

    All of them, or only those without a live claim.
    """
    province = aliased(Office)
    statement = (
        select(Office.code, Office.name_th + " · " + province.name_th)
        .join(
            province,
            (province.province_code == Office.province_code)
            & (province.kind == OfficeKind.PROVINCE),
        )
        .where(Office.kind == OfficeKind.DISTRICT, Office.closed_on.is_(None))
        .order_by(province.sort_key, Office.sort_key, Office.code)
    )
    if only_unclaimed:
        claims = select(Registration.id).where(
            Registration.office_id == Office.id, Registration.state.in_(LIVE)
        )
        statement = statement.where(~claims.exists())
    return list(session.execute(within(statement, scope)).all())


def search_offices(
    session: Session, terms: list[str], *, page: int, page_size: int
) -> tuple[list[Row[*tuple[Any, ...]]], int]:
    """A page of district offices whose search text has all terms, and how many there are.

    One row per registered person of an office, or one for an office without any: office, name of
    the province, user or None, listed name and position on DLA-SSO or None. First what is called
    so, then what begins so, then what has it inside; each in order of code.
    """
    found = _search(terms)
    total = session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
    rows = session.execute(found.limit(page_size).offset((page - 1) * page_size)).all()
    return list(rows), total


def _search(terms: list[str]) -> Select[*tuple[Any, ...]]:
    province = aliased(Office)
    statement: Select[*tuple[Any, ...]] = (
        select(Office, province.name_th, User, SsoListing.user_name, SsoListing.position)
        .join(
            province,
            (province.province_code == Office.province_code)
            & (province.kind == OfficeKind.PROVINCE),
        )
        .outerjoin(
            Registration, (Registration.office_id == Office.id) & Registration.state.in_(LIVE)
        )
        .outerjoin(User, User.id == Registration.user_id)
        .outerjoin(SsoListing, SsoListing.office_id == Office.id)
        .where(Office.kind == OfficeKind.DISTRICT, Office.closed_on.is_(None))
        .order_by(_nearness(terms), Office.code)
    )
    for term in terms:
        in_text = Office.search_text.contains(term, autoescape=True)
        statement = statement.where(
            or_(in_text, *(each.contains(term, autoescape=True) for each in _joined(province)))
        )
    return statement


def _joined(province: type[Office]) -> list[ColumnElement[str]]:
    """English names as some write them: in one word."""
    return [func.replace(func.lower(each.name_en), " ", "") for each in (Office, province)]


def _nearness(terms: list[str]) -> ColumnElement[int]:
    """0 for an office called so, 1 for one whose name begins so, 2 for others."""
    english = func.replace(func.lower(Office.name_en), " ", "")
    thai, joined = [Office.name_th, Office.code], "".join(terms)
    is_called = [name == term for term in terms for name in thai]
    begins = [name.startswith(term, autoescape=True) for term in terms for name in thai]
    return case(
        (or_(english == joined, *is_called), 0),
        (or_(english.startswith(joined, autoescape=True), *begins), 1),
        else_=2,
    )


def offices_by_code(session: Session, scope: Scope, kind: OfficeKind) -> dict[str, Office]:
    """The offices of a kind in scope, closed ones too, by code."""
    statement = within(select(Office).where(Office.kind == kind), scope)
    return {office.code: office for office in session.scalars(statement)}


def offices_by_codes(session: Session, scope: Scope, codes: Collection[str]) -> dict[str, Office]:
    """Those of the codes that are in scope, of any kind, by code."""
    statement = within(select(Office).where(Office.code.in_(list(codes))), scope)
    return {office.code: office for office in session.scalars(statement)}


OFFICE_LIST = {
    "code": "string",
    "name": "string",
    "kind": "object",
    "phone": "string",
    "is_sample": "boolean",
    "closed_on": "object",
}


def list_offices(
    session: Session, scope: Scope, kind: OfficeKind, terms: list[str]
) -> pd.DataFrame:
    """One row per office of a kind in scope whose search text has all terms, by code."""
    statement = (
        select(
            Office.code,
            Office.name_th.label("name"),
            Office.authority_kind.label("kind"),
            Office.phone,
            Office.is_sample,
            Office.closed_on,
        )
        .where(Office.kind == kind)
        .order_by(Office.code)
    )
    for term in terms:
        statement = statement.where(Office.search_text.contains(term, autoescape=True))
    return read_frame(session, within(statement, scope), OFFICE_LIST)
