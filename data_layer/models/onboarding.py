"""How an office comes in: claims, one-time codes, and what DLA-SSO's own list says."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from data_layer.config import Onboarding
from data_layer.models.base import Base, Day, Id, Instant, Name, ShortText, enum_column


class RegistrationState(StrEnum):
    """The state of one claim of an office."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    REVOKED = "revoked"


class Registration(Base):
    """A person's claim to be the SSO ADMIN of an office. At most one of an office is live."""

    __tablename__ = "registrations"
    __table_args__ = (
        CheckConstraint(
            "state NOT IN ('refused', 'revoked') OR reason <> ''", name="ended_with_reason"
        ),
        Index(
            "uq_registrations_live_office",
            "office_id",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'confirmed')"),
            postgresql_where=text("state IN ('waiting', 'confirmed')"),
        ),
    )

    id: Mapped[Id]
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[RegistrationState] = enum_column(RegistrationState, "state")
    onboarding: Mapped[Onboarding] = enum_column(Onboarding, "onboarding")
    claimed_at: Mapped[Instant]
    decided_at: Mapped[Instant | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[Name] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class OfficeCode(Base):
    """A one-time code that the province printed for an office; the newest one counts."""

    __tablename__ = "office_codes"

    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(200))
    issued_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[Instant]


class SsoListing(Base):
    """An office that the ministry's own DLA-SSO shows as registered, by an imported list."""

    __tablename__ = "sso_listings"

    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), primary_key=True)
    user_name: Mapped[Name]
    position: Mapped[ShortText]
    listed_on: Mapped[Day]
    source: Mapped[Name]
    imported_at: Mapped[Instant]
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
