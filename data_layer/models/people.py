"""The users of the offices and their rights per work."""

from uuid import uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_layer.access import Level, Role, Work
from data_layer.models.base import Base, Id, Instant, Sealed, ShortText, enum_column
from data_layer.models.offices import Office


class User(Base):
    """A person who signs in by the 13-digit number. Names are plain, id, phone, e-mail sealed."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(
            "one_time_until IS NULL OR must_change_password", name="one_time_must_change"
        ),
        Index("ix_users_office_id_role", "office_id", "role"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    role: Mapped[Role] = enum_column(Role, "role")
    citizen_id_sealed: Mapped[bytes]
    citizen_id_index: Mapped[bytes] = mapped_column(unique=True)
    phone_sealed: Mapped[bytes]
    email_sealed: Mapped[bytes]
    prefix: Mapped[ShortText]
    first_name: Mapped[ShortText]
    last_name: Mapped[ShortText]
    position: Mapped[ShortText]
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    one_time_until: Mapped[Instant | None]
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[Instant]
    signed_in_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(default=1)

    office: Mapped[Office] = relationship(lazy="raise")
    rights: Mapped[list["UserRight"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )

    citizen_id = Sealed()
    phone = Sealed()
    email = Sealed()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def name(self) -> str:
        """Prefix, first and last name, as a Thai letter writes them."""
        return full_name(self.prefix, self.first_name, self.last_name)


class UserRight(Base):
    """How far a user's right for one work goes; no row is no right."""

    __tablename__ = "user_rights"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    work: Mapped[Work] = enum_column(Work, "work", primary_key=True)
    level: Mapped[Level] = enum_column(Level, "level")


def full_name(prefix: str, first_name: str, last_name: str) -> str:
    """Thai writes the prefix without a blank before the first name."""
    return f"{prefix}{first_name} {last_name}"


def new_uid() -> str:
    """The identity of a row before the database has numbered it; sealed values are bound to it."""
    return uuid4().hex
