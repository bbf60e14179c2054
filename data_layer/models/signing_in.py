"""Browser sessions, login tickets and the counters that slow guessing down."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from data_layer.models.base import Base, Hash, Id, Instant, ShortText

ONE_OWNER = "(user_id IS NULL) <> (office_id IS NULL)"


class BrowserSession(Base):
    """A signed-in browser: a user's, or (office_id) a first sign-in that may only register."""

    __tablename__ = "browser_sessions"
    __table_args__ = (CheckConstraint(ONE_OWNER, name="user_or_office"),)

    id: Mapped[Id]
    token_hash: Mapped[Hash]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"))
    created_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    revoked_at: Mapped[Instant | None]
    device: Mapped[ShortText]


class LoginTicket(Base):
    """Carries one sign-in from the websocket to the cookie: once, 30 seconds, one browser."""

    __tablename__ = "login_tickets"
    __table_args__ = (CheckConstraint(ONE_OWNER, name="user_or_office"),)

    id: Mapped[Id]
    token_hash: Mapped[Hash]
    browser_hash: Mapped[bytes]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"))
    expires_at: Mapped[Instant]


class Throttle(Base):
    """Attempts under one key since `started_at`; the key holds no personal data."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int]
    started_at: Mapped[Instant]
