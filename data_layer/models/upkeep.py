"""What the system keeps about itself: audit, data versions, the canary of the keys."""

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from data_layer.models.base import Base, Id, Instant, Sealed


class AuditEntry(Base):
    """One act: append-only, each entry chained to the one before by its hash.

    `detail` holds codes, numbers and states, never names, citizen ids or phones.
    """

    __tablename__ = "audit_entries"

    id: Mapped[Id]
    at: Mapped[Instant] = mapped_column(index=True)
    act: Mapped[str] = mapped_column(String(60), index=True)
    user_id: Mapped[int | None]
    office_code: Mapped[str] = mapped_column(String(8), index=True)
    ip: Mapped[str] = mapped_column(String(45))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous_hash: Mapped[bytes]
    hash: Mapped[bytes] = mapped_column(unique=True)


class DataVersion(Base):
    """Goes up in the transaction that changes data of a scope ('all' or a province code)."""

    __tablename__ = "data_versions"

    scope: Mapped[str] = mapped_column(String(4), primary_key=True)
    version: Mapped[int]


class Canary(Base):
    """One sealed word: proves at start that these are the keys this data was written with."""

    __tablename__ = "canaries"

    uid: Mapped[str] = mapped_column(String(32), primary_key=True)
    word_sealed: Mapped[bytes]

    word = Sealed()
