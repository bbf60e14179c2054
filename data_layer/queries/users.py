"""Users of offices."""

from sqlalchemy import case, select
from sqlalchemy.orm import Session, selectinload

from data_layer.access import Role
from data_layer.models import Office, User

FULL_NAME = User.prefix + User.first_name + " " + User.last_name


def users_of(session: Session, office_id: int) -> list[User]:
    """One row per user of the office with the rights, SSO ADMIN first, then as created."""
    rank = case((User.role == Role.SSO_ADMIN, 0), else_=1)
    statement = select(User).options(selectinload(User.rights)).where(User.office_id == office_id)
    return list(session.scalars(statement.order_by(rank, User.id)))


def user_in_office(session: Session, user_id: int) -> tuple[User, Office] | None:
    """A user with the rights, and the office."""
    statement = (
        select(User, Office)
        .join(Office, Office.id == User.office_id)
        .options(selectinload(User.rights))
        .where(User.id == user_id)
    )
    row = session.execute(statement).one_or_none()
    return (row[0], row[1]) if row is not None else None
