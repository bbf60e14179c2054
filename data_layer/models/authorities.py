"""What the register knows of a local authority beside its row in `offices`, dated; and proposals.

Nothing here is ever changed or deleted but the state of a proposal: a correction is a newer row of
the same day or year, and the newest row counts. What the demo made up goes when a real list has the
authority.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    String,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from data_layer.models.base import Base, Day, Id, Instant, Name, enum_column

_ARES_PER_SQ_KM = 10_000


class SquareKilometres(TypeDecorator[Decimal]):
    """An area: a Decimal to Python, whole ares (100 sq m) in the database, exact in both."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> int | None:
        """Refuse what four decimals cannot hold."""
        if value is None:
            return None
        ares = value * _ARES_PER_SQ_KM
        if ares != int(ares):
            message = "an area has four decimals at most"
            raise ValueError(message)
        return int(ares)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> Decimal | None:
        """Back to sq km."""
        return None if value is None else Decimal(value) / _ARES_PER_SQ_KM


class AuthorityProfile(Base):
    """Where an authority is and what belongs to it, from a day on; an empty mailbox is the usual
    one of its code."""

    __tablename__ = "authority_profiles"
    __table_args__ = (
        CheckConstraint("area_ares > 0", name="has_some_area"),
        CheckConstraint("villages >= 0", name="villages_not_negative"),
        Index("ix_authority_profiles_office_id_valid_on", "office_id", "valid_on"),
    )

    id: Mapped[Id]
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    valid_on: Mapped[Day]
    address: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(10), default="")
    mailbox: Mapped[str] = mapped_column(String(254), default="")
    area_sq_km: Mapped[Decimal | None] = mapped_column("area_ares", SquareKilometres)
    villages: Mapped[int | None]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class AuthorityPopulation(Base):
    """The people registered in an authority on 31 December of a year พ.ศ."""

    __tablename__ = "authority_populations"
    __table_args__ = (
        CheckConstraint("year BETWEEN 2400 AND 2700", name="year_in_thai_era"),
        CheckConstraint("population >= 0", name="population_not_negative"),
        Index("ix_authority_populations_office_id_year", "office_id", "year"),
    )

    id: Mapped[Id]
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    year: Mapped[int]
    population: Mapped[int]
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class OfficeSuccession(Base):
    """A closed authority and the one that took its place, by change of kind or merger."""

    __tablename__ = "office_successions"
    __table_args__ = (CheckConstraint("predecessor_id <> successor_id", name="of_another_office"),)

    predecessor_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    since: Mapped[Day]


class Change(StrEnum):
    """What a proposal would change."""

    PROFILE = "profile"
    RENAME = "rename"
    KIND = "kind"
    MERGER = "merger"


class ProposalState(StrEnum):
    """Where a proposal stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class OfficeProposal(Base):
    """A change of the register that a district proposes. At most one of an office waits.

    `new_facts` is what rules.proposals made of what was typed; `old_facts` the same facts as they
    stood when it was proposed, and from the confirmation on when it was confirmed.
    """

    __tablename__ = "office_proposals"
    __table_args__ = (
        CheckConstraint("state <> 'refused' OR reason <> ''", name="refused_with_reason"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="waits_or_was_decided"),
        Index(
            "uq_office_proposals_waiting_office",
            "office_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[Id]
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    change: Mapped[Change] = enum_column(Change, "change")
    new_facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    old_facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    valid_on: Mapped[Day]
    basis: Mapped[Name] = mapped_column(default="")
    state: Mapped[ProposalState] = enum_column(ProposalState, "state")
    proposed_at: Mapped[Instant]
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[Instant | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[Name] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
