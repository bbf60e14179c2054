"""What the register says of one local authority on a day, and how it is written. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from data_layer import thai
from data_layer.models.offices import AuthorityKind
from data_layer.rules.offices import AUTHORITY_KIND_NAMES
from data_layer.thai.dates import ERA

FACT_LABELS: Final[Mapping[str, str]] = {
    "code": "รหัส อปท.",
    "name": "ชื่อ อปท.",
    "kind": "ประเภท",
    "district": "อำเภอ",
    "address": "ที่ตั้งสำนักงาน",
    "phone": "โทรศัพท์",
    "mailbox": "อีเมลสารบรรณ",
    "area_sq_km": "พื้นที่ (ตร.กม.)",
    "villages": "จำนวนหมู่บ้าน",
    "population": "ประชากร (คน)",
    "population_year": "ประชากร ณ 31 ธ.ค. พ.ศ.",
    "partners": "อปท. ที่มารวม",
}


@dataclass(frozen=True)
class AuthorityFacts:
    """An authority as of a day. None: the register does not know."""

    code: str
    name: str
    kind: AuthorityKind
    district_code: str
    district: str
    province: str
    address: str
    phone: str
    own_mailbox: str
    area_sq_km: Decimal | None
    villages: int | None
    population: int | None
    population_year: int | None
    is_sample: bool
    opened_on: date | None
    closed_on: date | None

    @property
    def mailbox(self) -> str:
        """The official mailbox: one of its own, or that of its code."""
        return self.own_mailbox or usual_mailbox(self.code)


def usual_mailbox(code: str) -> str:
    """The official mailbox that the department gives each authority."""
    return f"saraban_{code}@dla.go.th"


def last_full_year(on: date) -> int:
    """The year พ.ศ. of the newest 31 December that is not after the day."""
    is_over = (on.month, on.day) == (12, 31)
    return on.year + ERA - (0 if is_over else 1)


def fact_words(name: str, value: Any) -> str:  # noqa: ANN401 - any fact, typed or as JSON holds it
    """A fact as a person reads it; a dash when the register does not know."""
    if value is None or value in ("", []):
        return "–"
    if name == "kind":
        return AUTHORITY_KIND_NAMES[AuthorityKind(value)]
    if name == "phone":
        return thai.format_phone(value)
    if name == "area_sq_km":
        return f"{Decimal(value).normalize():,f}"
    if name in {"villages", "population"}:
        return f"{value:,}"
    return ", ".join(value) if isinstance(value, list | tuple) else str(value)


def fact_text(value: Any) -> str:  # noqa: ANN401 - any fact
    """A fact as it is typed into a field; empty when the register does not know."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
