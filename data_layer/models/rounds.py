"""Rounds: what is asked, of which kinds of local authority, from when until when."""

from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_layer.models.base import Base, Id, Instant, Name, enum_column


class FormId(StrEnum):
    """The forms that have a page; the `form_id` of their XLSForms."""

    SURVEY = "survey"
    READINESS = "readiness"


class FormVersion(Base):
    """One version of a form, as its author wrote it. Never changed: answers are read by it."""

    __tablename__ = "form_versions"
    __table_args__ = (UniqueConstraint("form_id", "number"),)

    id: Mapped[Id]
    form_id: Mapped[FormId] = enum_column(FormId, "form_id")
    number: Mapped[int]
    title: Mapped[Name]
    source: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Instant]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Round(Base):
    """One round. Opening and closing happen by the clock; `kinds` holds AuthorityKind values."""

    __tablename__ = "rounds"
    __table_args__ = (
        CheckConstraint("opens_at < due_at AND due_at <= closes_at", name="opens_then_closes"),
    )

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(10), unique=True)
    title: Mapped[Name]
    opens_at: Mapped[Instant]
    due_at: Mapped[Instant]
    closes_at: Mapped[Instant]
    kinds: Mapped[list[str]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class RoundForm(Base):
    """The version of a form that a round asks now."""

    __tablename__ = "round_forms"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    form_id: Mapped[FormId] = enum_column(FormId, "form_id", primary_key=True)
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_versions.id"))


class Extension(Base):
    """More time for one office: a local authority, or a district office for all of its own."""

    __tablename__ = "extensions"
    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), primary_key=True)
    until: Mapped[Instant]
    reason: Mapped[Name]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    given_at: Mapped[Instant]


class PastExtension(Base):
    """More time as it stood before it was given anew: until when and why. Never changed."""

    __tablename__ = "past_extensions"

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    until: Mapped[Instant]
    reason: Mapped[Name]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    given_at: Mapped[Instant]
