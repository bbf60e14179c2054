"""Who may do what, and where: the one place. Pure.

A right is a permission `noun.verb` and a scope. Permissions come from the role and from the
rights per work that an SSO ADMIN gave; the scope comes from the office. Deny is the default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from data_layer.errors import DomainError


class Role(StrEnum):
    """What a person is here (domain: who uses it)."""

    CENTRAL = "central"
    PROVINCE = "province"
    SSO_ADMIN = "sso_admin"
    OFFICER = "officer"
    VIEWER = "viewer"


class Work(StrEnum):
    """The works that rights are given for."""

    SURVEY = "survey"
    READINESS = "readiness"
    OFFICIALS = "officials"
    REPORTS = "reports"
    USERS = "users"


class Level(StrEnum):
    """How far a right for one work goes."""

    NONE = "none"
    READ = "read"
    WRITE = "write"


ROLE_NAMES = {
    Role.CENTRAL: "ผู้ดูแลส่วนกลาง",
    Role.PROVINCE: "ผู้กำกับดูแลระดับจังหวัด",
    Role.SSO_ADMIN: "SSO ADMIN",
    Role.OFFICER: "เจ้าหน้าที่",
    Role.VIEWER: "ผู้ดูข้อมูล",
}
WORK_NAMES = {
    Work.SURVEY: "แบบสำรวจข้อมูลพื้นฐาน",
    Work.READINESS: "ความพร้อมการเลือกตั้ง",
    Work.OFFICIALS: "ทะเบียนผู้บริหารและสมาชิกสภา",
    Work.REPORTS: "รายงานและแดชบอร์ด",
    Work.USERS: "ผู้ใช้งาน",
}
LEVEL_NAMES = {Level.NONE: "ไม่มีสิทธิ", Level.READ: "ดู", Level.WRITE: "ดูและแก้ไข"}

_SUPERVISING = frozenset(
    {
        "report.read",
        "report.export",
        "office.read",
        "office.update",
        "office.confirm",
        "registration.read",
        "registration.decide",
        "registration.issue_code",
        "registration.import",
        "person.reveal",
        "survey.read",
        "readiness.read",
        "official.read",
        "official.write",
        "official.reveal",
        "official.export",
        "round.read",
        "record.review",
    }
)
_FILLING = frozenset(
    {
        "survey.read",
        "survey.write",
        "readiness.read",
        "readiness.write",
        "official.read",
        "official.write",
        "official.reveal",
        "official.export",
        "office.read",
        "office.propose",
    }
)
# What each role may do by itself, beside the rights per work.
ROLE_PERMISSIONS: Mapping[Role, frozenset[str]] = {
    Role.CENTRAL: _SUPERVISING | {"office.import", "round.write", "user.read", "user.write"},
    Role.PROVINCE: _SUPERVISING,
    Role.SSO_ADMIN: _FILLING | {"report.read", "report.export", "user.read", "user.write"},
    Role.OFFICER: frozenset(),
    Role.VIEWER: frozenset(),
}
# What a level of a work adds.
WORK_PERMISSIONS: Mapping[tuple[Work, Level], frozenset[str]] = {
    (Work.SURVEY, Level.READ): frozenset({"survey.read"}),
    (Work.SURVEY, Level.WRITE): frozenset(
        {"survey.read", "survey.write", "office.read", "office.propose"}
    ),
    (Work.READINESS, Level.READ): frozenset({"readiness.read"}),
    (Work.READINESS, Level.WRITE): frozenset({"readiness.read", "readiness.write"}),
    (Work.OFFICIALS, Level.READ): frozenset({"official.read"}),
    (Work.OFFICIALS, Level.WRITE): frozenset(
        {"official.read", "official.write", "official.reveal", "official.export"}
    ),
    (Work.REPORTS, Level.READ): frozenset({"report.read"}),
    (Work.REPORTS, Level.WRITE): frozenset({"report.read", "report.export"}),
    (Work.USERS, Level.READ): frozenset({"user.read"}),
    (Work.USERS, Level.WRITE): frozenset({"user.read", "user.write"}),
}
# The district answers and proposes; who reviews that does not write it.
ANSWERING = frozenset({"survey.write", "readiness.write", "office.propose"})
EVERYONE = frozenset({"account.read", "account.write"})


class NotAllowed(DomainError):
    """The actor has no such right, or not there."""

    text: ClassVar[str] = "ท่านไม่มีสิทธิทำรายการนี้ หากจำเป็นต้องใช้ โปรดแจ้ง SSO ADMIN หรือจังหวัดของท่าน"


@dataclass(frozen=True)
class Scope:
    """The part of the office tree that an actor sees; empty codes are the whole country."""

    province_code: str | None = None
    district_code: str | None = None

    @property
    def name(self) -> str:
        """A short key, for cache and audit."""
        return self.district_code or self.province_code or "all"

    def covers(self, *, province_code: str, district_code: str | None = None) -> bool:
        """Whether a row of that province and district lies inside."""
        return self.province_code in {None, province_code} and self.district_code in {
            None,
            district_code,
        }

    def narrowed(self, *, province_code: str | None, district_code: str | None = None) -> "Scope":
        """The chosen part of this scope. Raises NotAllowed when it lies outside."""
        if district_code is not None:
            province_code = district_code[:2]
        if province_code is None:
            return self
        if not self.covers(
            province_code=province_code, district_code=district_code or self.district_code
        ):
            raise NotAllowed
        return Scope(province_code, district_code or self.district_code)


@dataclass(frozen=True)
class Actor:
    """The person behind a run, as the database has them at this moment."""

    user_id: int
    office_id: int
    office_code: str
    office_name: str
    name: str
    role: Role
    scope: Scope
    rights: Mapping[Work, Level] = field(default_factory=dict)
    is_confirmed: bool = True
    must_change_password: bool = False
    session_id: int = 0
    ip: str = ""

    @property
    def permissions(self) -> frozenset[str]:
        """All that this person may do; who waits or must change a password only the account."""
        if self.must_change_password or not self.is_confirmed:
            return EVERYONE
        works = (WORK_PERMISSIONS.get(pair, frozenset()) for pair in self.rights.items())
        granted = EVERYONE.union(ROLE_PERMISSIONS[self.role], *works)
        if self.scope.district_code is None:
            granted -= ANSWERING
        return granted | self._wider_views if "report.read" in granted else granted

    @property
    def _wider_views(self) -> frozenset[str]:
        """The dashboards above the district's, by how far the scope reaches."""
        if self.scope.province_code is None:
            return frozenset({"country.read", "province.read"})
        return frozenset() if self.scope.district_code else frozenset({"province.read"})

    def may(self, permission: str) -> bool:
        """Whether the actor holds the permission at all."""
        return permission in self.permissions


def levels_held(role: Role, rights: Mapping[Work, Level]) -> dict[Work, Level]:
    """How far a person may go in each work, by the role and by the rights that were given."""
    works = (WORK_PERMISSIONS.get(pair, frozenset()) for pair in rights.items())
    granted = ROLE_PERMISSIONS[role].union(*works)
    return {
        work: next(
            (
                level
                for level in (Level.WRITE, Level.READ)
                if WORK_PERMISSIONS[work, level] <= granted
            ),
            Level.NONE,
        )
        for work in Work
    }


def scope_of(office_code: str) -> Scope:
    """The scope of an office: 0000 the country, PP00 its province, PPDD its district."""
    if office_code == "0000":
        return Scope()
    if office_code.endswith("00"):
        return Scope(office_code[:2])
    return Scope(office_code[:2], office_code)
