"""The register of executives and councillors: people, the posts they hold for a time, its history.

A row of `tenures` is the holding of one post. It is ended, or struck out when it was a slip, but
never deleted.
"""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_layer.models.base import Base, Day, Id, Instant, Name, Sealed, ShortText, enum_column
from data_layer.models.people import full_name


class Post(StrEnum):
    """The posts of a local authority; the last three are held beside another one."""

    MAYOR = "mayor"
    ACTING_MAYOR = "acting_mayor"
    DEPUTY_MAYOR = "deputy_mayor"
    ADVISER = "adviser"
    MAYOR_SECRETARY = "mayor_secretary"
    MEMBER = "member"
    SPEAKER = "speaker"
    DEPUTY_SPEAKER = "deputy_speaker"
    COUNCIL_SECRETARY = "council_secretary"


class Acquisition(StrEnum):
    """How somebody came to a post."""

    ELECTED = "elected"
    APPOINTED = "appointed"
    NCPO = "ncpo"  # by order of คสช., 2557-2562
    PROMOTED = "promoted"
    ACTING = "acting"


class EndReason(StrEnum):
    """Why somebody left a post; the last three follow from what somebody else did."""

    TERM_OVER = "term_over"
    DIED = "died"
    RESIGNED = "resigned"
    DISQUALIFIED = "disqualified"
    REMOVED = "removed"
    DISSOLVED = "dissolved"
    JUDGED = "judged"
    RIGHTS_REVOKED = "rights_revoked"
    STATUS_CHANGED = "status_changed"
    DISMISSED = "dismissed"
    MAYOR_LEFT = "mayor_left"
    SEAT_LEFT = "seat_left"


class Sex(StrEnum):
    """As the house register has it."""

    MALE = "male"
    FEMALE = "female"


class Education(StrEnum):
    """The highest level, in rising order."""

    BELOW_SECONDARY = "below_secondary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    DIPLOMA = "diploma"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


class Official(Base):
    """A person of the register, one row in the country. Names are plain: posts are public.

    The 13-digit number, the telephone and the day of birth are sealed.
    """

    __tablename__ = "officials"

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    citizen_id_sealed: Mapped[bytes]
    citizen_id_index: Mapped[bytes] = mapped_column(unique=True)
    phone_sealed: Mapped[bytes]
    birth_sealed: Mapped[bytes]
    prefix: Mapped[ShortText]
    first_name: Mapped[ShortText]
    last_name: Mapped[ShortText]
    sex: Mapped[Sex] = enum_column(Sex, "sex")
    education: Mapped[Education | None] = enum_column(Education, "education", nullable=True)
    has_held_office: Mapped[bool] = mapped_column(default=False)
    is_thai_born: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    citizen_id = Sealed()
    phone = Sealed()
    birth = Sealed()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def name(self) -> str:
        """Prefix, first and last name, as a Thai letter writes them."""
        return full_name(self.prefix, self.first_name, self.last_name)

    @property
    def born_on(self) -> date:
        """The day of birth."""
        return date.fromisoformat(self.birth)


_SITTING = "ended_on IS NULL AND struck_at IS NULL"
_ONE_MAYOR = text(f"{_SITTING} AND post = 'mayor'")
_ONE_PLACE = text(f"{_SITTING} AND post NOT IN ('speaker', 'deputy_speaker', 'council_secretary')")


class Tenure(Base):
    """One post of one authority, held by one person for a time; open-ended while they sit.

    `ended_on` is the day of leaving: somebody else may begin on it. `reasons` says why each soft
    rule was passed, by the rule's name.
    """

    __tablename__ = "tenures"
    __table_args__ = (
        CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", name="ends_with_reason"),
        CheckConstraint("ended_on >= began_on", name="ends_after_it_begins"),
        CheckConstraint("began_on >= elected_on", name="begins_after_election"),
        CheckConstraint(
            "acquisition <> 'elected' OR elected_on IS NOT NULL", name="elected_on_a_day"
        ),
        CheckConstraint(
            "(post = 'member') = (constituency IS NOT NULL)", name="member_has_constituency"
        ),
        CheckConstraint("constituency >= 1", name="constituency_from_one"),
        CheckConstraint("votes >= 0", name="votes_not_negative"),
        CheckConstraint("struck_at IS NULL OR struck_reason <> ''", name="struck_with_reason"),
        Index("ix_tenures_office_id", "office_id"),
        Index("ix_tenures_official_id", "official_id"),
        Index(
            "uq_tenures_sitting_mayor",
            "office_id",
            unique=True,
            sqlite_where=_ONE_MAYOR,
            postgresql_where=_ONE_MAYOR,
        ),
        # executive or member, here or elsewhere: one place for a person
        Index(
            "uq_tenures_sitting_person",
            "official_id",
            unique=True,
            sqlite_where=_ONE_PLACE,
            postgresql_where=_ONE_PLACE,
        ),
    )

    id: Mapped[Id]
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    post: Mapped[Post] = enum_column(Post, "post")
    constituency: Mapped[int | None]
    acquisition: Mapped[Acquisition] = enum_column(Acquisition, "acquisition")
    elected_on: Mapped[Day | None]
    announced_on: Mapped[Day | None]
    began_on: Mapped[Day]
    ended_on: Mapped[Day | None]
    end_reason: Mapped[EndReason | None] = enum_column(EndReason, "end_reason", nullable=True)
    suspended_on: Mapped[Day | None]
    votes: Mapped[int | None]
    affiliation: Mapped[ShortText] = mapped_column(default="")
    order_number: Mapped[ShortText] = mapped_column(default="")
    order_on: Mapped[Day | None]
    is_resident: Mapped[bool] = mapped_column(default=False)
    reasons: Mapped[dict[str, str]] = mapped_column(JSON)
    struck_at: Mapped[Instant | None]
    struck_reason: Mapped[Name] = mapped_column(default="")
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    official: Mapped[Official] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class TenureChange(Base):
    """What one act changed of a tenure and its person: append-only, the history of the register.

    `changes` is JSON {field: [old, new]} as a person reads them; of sealed fields it says only that
    they were changed.
    """

    __tablename__ = "tenure_changes"
    __table_args__ = (Index("ix_tenure_changes_tenure_id", "tenure_id"),)

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    tenure_id: Mapped[int] = mapped_column(ForeignKey("tenures.id"))
    at: Mapped[Instant]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    act: Mapped[str] = mapped_column(String(20))
    changes_sealed: Mapped[bytes]

    tenure: Mapped[Tenure] = relationship(lazy="raise")

    changes = Sealed()
