"""Records: what a local authority answered to a form in a round, and how that came to be."""

from enum import StrEnum
from typing import Final

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data_layer.models.base import Base, Id, Instant, Name, Sealed, SealedBytes, enum_column
from data_layer.models.rounds import FormId

MAX_PATH: Final = 200  # letters of a Name, in which the history and the files keep their path


class RecordState(StrEnum):
    """How far a record has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Record(Base):
    """The answers of one authority: one record of a form in a round, whoever fills it.

    `answers` is JSON of forms.write_answers; `reasons` JSON of the reason for each warning that
    was passed, by path; `returned` JSON of what the reviewer wants changed, by path. They are
    sealed, for forms ask names and phones. `unconfirmed` are the groups whose answers came from
    the last round and wait for a look.
    """

    __tablename__ = "records"
    __table_args__ = (
        UniqueConstraint("round_id", "form_id", "office_id"),
        CheckConstraint("filled BETWEEN 0 AND needed", name="filled_of_needed"),
        CheckConstraint(
            "state = 'draft' OR submitted_at IS NOT NULL", name="only_drafts_are_not_submitted"
        ),
        CheckConstraint("state <> 'approved' OR decided_at IS NOT NULL", name="approved_by_one"),
        Index("ix_records_office_id", "office_id"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    form_id: Mapped[FormId] = enum_column(FormId, "form_id")
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_versions.id"))
    state: Mapped[RecordState] = enum_column(RecordState, "state")
    answers_sealed: Mapped[bytes]
    reasons_sealed: Mapped[bytes]
    returned_sealed: Mapped[bytes]
    unconfirmed: Mapped[list[str]] = mapped_column(JSON)
    needed: Mapped[int]
    filled: Mapped[int]
    is_late: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[Instant]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    submitted_at: Mapped[Instant | None]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[Instant | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    note: Mapped[Name] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    answers = Sealed()
    reasons = Sealed()
    returned = Sealed()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class RecordChange(Base):
    """One field of a record before and after: append-only, the history of the answers."""

    __tablename__ = "record_changes"
    __table_args__ = (Index("ix_record_changes_record_id_at", "record_id", "at"),)

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"))
    at: Mapped[Instant]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    path: Mapped[Name]
    old_sealed: Mapped[bytes]
    new_sealed: Mapped[bytes]

    old = Sealed()
    new = Sealed()


class RecordFile(Base):
    """The file that answers a question: one for each path. The answer itself is its name."""

    __tablename__ = "record_files"
    __table_args__ = (
        UniqueConstraint("record_id", "path"),
        CheckConstraint("size > 0", name="not_empty"),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"))
    path: Mapped[Name]
    name_sealed: Mapped[bytes]
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    content_sealed: Mapped[bytes]
    at: Mapped[Instant]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    name = Sealed()
    content = SealedBytes()
