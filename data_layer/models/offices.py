"""The dated tree of offices: department, province (สถจ.), district (สถอ.), authority (อปท.)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from data_layer.models.base import SORTABLE, Base, Code, Day, Id, Instant, Name, enum_column

DEPARTMENT_CODE = "0000"


class OfficeKind(StrEnum):
    """The level of an office in the tree."""

    DEPARTMENT = "department"
    PROVINCE = "province"
    DISTRICT = "district"
    AUTHORITY = "authority"


class AuthorityKind(StrEnum):
    """The kinds of local authority; the first two digits of their code follow them."""

    PAO = "pao"  # องค์การบริหารส่วนจังหวัด
    CITY = "city"  # เทศบาลนคร
    TOWN = "town"  # เทศบาลเมือง
    TAMBON_MUNICIPALITY = "tambon_municipality"  # เทศบาลตำบล
    TAO = "tao"  # องค์การบริหารส่วนตำบล
    SPECIAL = "special"  # รูปแบบพิเศษ เช่น เมืองพัทยา


class Office(Base):
    """One office, as it is now. Scope is `province_code` and `district_code`."""

    __tablename__ = "offices"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'authority') = (authority_kind IS NOT NULL)", name="authority_has_kind"
        ),
        CheckConstraint(
            "kind NOT IN ('district', 'authority') OR district_code IS NOT NULL",
            name="below_district_has_district",
        ),
        CheckConstraint(
            "closed_on IS NULL OR opened_on IS NULL OR closed_on >= opened_on",
            name="closes_after_it_opens",
        ),
        Index("ix_offices_scope", "kind", "province_code", "district_code"),
    )

    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[OfficeKind] = enum_column(OfficeKind, "kind")
    authority_kind: Mapped[AuthorityKind | None] = enum_column(
        AuthorityKind, "authority_kind", nullable=True
    )
    province_code: Mapped[str] = mapped_column(String(2))
    district_code: Mapped[str | None] = mapped_column(String(4))
    name_th: Mapped[Name]
    name_en: Mapped[Name] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(SORTABLE)
    search_text: Mapped[str] = mapped_column(String(600))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    phone: Mapped[str] = mapped_column(String(10), default="")
    is_sample: Mapped[bool] = mapped_column(default=False, server_default=false())
    opened_on: Mapped[Day | None]
    closed_on: Mapped[Day | None]
    initial_password_used_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class OfficeVersion(Base):
    """What an office was until a rename or a change of kind: its history."""

    __tablename__ = "office_versions"

    id: Mapped[Id]
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    name_th: Mapped[Name]
    authority_kind: Mapped[AuthorityKind | None] = enum_column(
        AuthorityKind, "authority_kind", nullable=True
    )
    district_code: Mapped[str | None] = mapped_column(String(4))
    valid_until: Mapped[date]
    recorded_at: Mapped[datetime]
