"""Claims of offices."""

from collections.abc import Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, aliased

from data_layer.access import Scope
from data_layer.errors import NotFound
from data_layer.models import Office, OfficeKind, Registration, RegistrationState, User
from data_layer.queries.scope import within

LIVE = (RegistrationState.WAITING, RegistrationState.CONFIRMED)


def live_registration(session: Session, office_id: int) -> Registration | None:
    """The office's claim that waits or is confirmed; there is at most one."""
    return session.scalar(
        select(Registration).where(
            Registration.office_id == office_id, Registration.state.in_(LIVE)
        )
    )


def last_registration(session: Session, office_id: int) -> Registration | None:
    """The office's newest claim, whatever became of it."""
    statement = select(Registration).where(Registration.office_id == office_id)
    return session.scalar(statement.order_by(Registration.id.desc()).limit(1))


def registration_rows(
    session: Session,
    scope: Scope,
    states: Sequence[RegistrationState],
    *,
    newest_first: bool,
    limit: int,
) -> list[Row[Registration, User, Office, str]]:
    """The first rows, one per claim with its user, office and province name."""
    province = aliased(Office)
    statement = (
        select(Registration, User, Office, province.name_th)
        .join(User, User.id == Registration.user_id)
        .join(Office, Office.id == Registration.office_id)
        .join(
            province,
            (province.province_code == Office.province_code)
            & (province.kind == OfficeKind.PROVINCE),
        )
        .where(Registration.state.in_(states))
        .order_by(Registration.claimed_at.desc() if newest_first else Registration.claimed_at)
        .limit(limit)
    )
    return list(session.execute(within(statement, scope)).all())


def registration_in_scope(
    session: Session, scope: Scope, registration_id: int
) -> tuple[Registration, Office]:
    """A claim and its office. Raises NotFound when it is not there or not in the scope."""
    statement = (
        select(Registration, Office)
        .join(Office, Office.id == Registration.office_id)
        .where(Registration.id == registration_id)
    )
    row = session.execute(within(statement, scope)).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def count_registrations(session: Session, scope: Scope, state: RegistrationState) -> int:
    """How many claims in scope have that state."""
    statement = (
        select(func.count())
        .select_from(Registration)
        .join(Office, Office.id == Registration.office_id)
        .where(Registration.state == state)
    )
    return session.scalar(within(statement, scope)) or 0
