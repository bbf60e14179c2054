"""How far each district office has come: the frame behind every dashboard."""

from typing import Any

import pandas as pd
from sqlalchemy import and_, case, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from data_layer.access import Role, Scope
from data_layer.frames import read_frame
from data_layer.models import (
    Office,
    OfficeKind,
    Registration,
    RegistrationState,
    SsoListing,
    User,
)
from data_layer.queries.registrations import LIVE
from data_layer.queries.scope import within

OFFICE_STATES = {
    "code": "string",
    "name": "string",
    "name_en": "string",
    "province_code": "string",
    "province": "string",
    "phone": "string",
    "lat": "Float64",
    "lon": "Float64",
    "state": "string",
    "step": "Int64",
    "source": "string",
    "claimed_at": "datetime64[us, UTC]",
    "registered_at": "datetime64[us, UTC]",
    "listed_on": "object",
    "listed_in": "string",
}

# of an office joined with its live claim and its listing, each of which may be missing
_CLAIMED = Registration.id.is_not(None)
_CONFIRMED = Registration.state == RegistrationState.CONFIRMED
_LISTED = SsoListing.office_id.is_not(None)
_REGISTERED = or_(_CONFIRMED, _LISTED)
_STATE = case((_REGISTERED, "registered"), (_CLAIMED, "waiting"), else_="not_registered")


def office_states(session: Session, scope: Scope) -> pd.DataFrame:
    """One row per open district office in scope; by province and office, in Thai order.

    `state` is registered, waiting or not_registered; `step` counts along dashboard.STEPS;
    `source` tells who says that it is registered: phrom (a confirmed claim here) or dla_sso (the
    imported list). `registered_at` is when the claim was confirmed here; `listed_on` and
    `listed_in` are the day and the file of the list that has the office.
    """
    province = aliased(Office)
    statement = (
        select(
            Office.code,
            Office.name_th.label("name"),
            Office.name_en,
            Office.province_code,
            province.name_th.label("province"),
            Office.phone,
            Office.lat,
            Office.lon,
            _STATE.label("state"),
            _step().label("step"),
            case((_CONFIRMED, "phrom"), (_LISTED, "dla_sso"), else_="").label("source"),
            Registration.claimed_at,
            case((_CONFIRMED, Registration.decided_at)).label("registered_at"),
            SsoListing.listed_on,
            SsoListing.source.label("listed_in"),
        )
        .join(
            province,
            (province.province_code == Office.province_code)
            & (province.kind == OfficeKind.PROVINCE),
        )
        .outerjoin(
            Registration, (Registration.office_id == Office.id) & Registration.state.in_(LIVE)
        )
        .outerjoin(SsoListing, SsoListing.office_id == Office.id)
        .where(Office.kind == OfficeKind.DISTRICT, Office.closed_on.is_(None))
        .order_by(province.sort_key, Office.sort_key, Office.code)
    )
    return read_frame(session, within(statement, scope), OFFICE_STATES)


def _step() -> Any:  # noqa: ANN401 - a Case
    people = select(literal(1)).where(User.office_id == Office.id, User.is_active)
    has_users = people.where(User.role != Role.SSO_ADMIN).exists()
    has_signed_in = people.where(User.signed_in_at.is_not(None)).exists()
    return case(
        (and_(_CONFIRMED, has_users, has_signed_in), 4),
        (and_(_CONFIRMED, has_users), 3),
        (_REGISTERED, 2),
        (_CLAIMED, 1),
        else_=0,
    )


AUTHORITIES = {
    "code": "string",
    "name": "string",
    "kind": "string",
    "phone": "string",
    "is_sample": "boolean",
}


def authorities(session: Session, scope: Scope) -> pd.DataFrame:
    """One row per open local authority in scope, by code."""
    statement = (
        select(
            Office.code,
            Office.name_th.label("name"),
            Office.authority_kind.label("kind"),
            Office.phone,
            Office.is_sample,
        )
        .where(Office.kind == OfficeKind.AUTHORITY, Office.closed_on.is_(None))
        .order_by(Office.code)
    )
    return read_frame(session, within(statement, scope), AUTHORITIES)


def count_authorities(session: Session, scope: Scope) -> int:
    """How many local authorities are open in scope."""
    statement = select(func.count()).select_from(Office)
    statement = statement.where(Office.kind == OfficeKind.AUTHORITY, Office.closed_on.is_(None))
    return session.scalar(within(statement, scope)) or 0
