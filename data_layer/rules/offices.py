"""What an office of a list must be: codes, kinds, names. Pure.

Code forms: district PPDD; local authority TTPPDDSS with TT by kind (domain.md 0; the department's
own codes). Kinds are written as the department writes them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from data_layer import thai
from data_layer.errors import DomainError, InvalidFields
from data_layer.models.offices import AuthorityKind

AUTHORITY_KIND_NAMES = {
    AuthorityKind.PAO: "อบจ.",
    AuthorityKind.CITY: "เทศบาลนคร",
    AuthorityKind.TOWN: "เทศบาลเมือง",
    AuthorityKind.TAMBON_MUNICIPALITY: "เทศบาลตำบล",
    AuthorityKind.TAO: "อบต.",
    AuthorityKind.SPECIAL: "รูปแบบพิเศษ",
}
_KINDS_BY_NAME = {name: kind for kind, name in AUTHORITY_KIND_NAMES.items()} | {
    "องค์การบริหารส่วนจังหวัด": AuthorityKind.PAO,
    "องค์การบริหารส่วนตำบล": AuthorityKind.TAO,
    "ทน.": AuthorityKind.CITY,
    "ทม.": AuthorityKind.TOWN,
    "ทต.": AuthorityKind.TAMBON_MUNICIPALITY,
    "เมืองพัทยา": AuthorityKind.SPECIAL,
}
CODE_LENGTH = 8
_AUTHORITY_CODE = re.compile(r"0[2-7][0-9]{6}")
_ENDED = {"ยุบ", "ยุบเลิก", "ปิด", "เลิก"}


class BadOfficeCode(DomainError):
    """Not a code of a local authority."""

    text: ClassVar[str] = "รหัส “{code}” ไม่ใช่รหัส อปท. 8 หลัก (ขึ้นต้นด้วย 02-07 ตามด้วยรหัสอำเภอ 4 หลัก)"


class UnknownKind(DomainError):
    """Not a kind of local authority."""

    text: ClassVar[str] = "ไม่รู้จักประเภท “{kind}” โปรดใช้ อบจ. เทศบาลนคร เทศบาลเมือง เทศบาลตำบล อบต."


class NameMissing(DomainError):
    """An office without a name."""

    text: ClassVar[str] = "ไม่มีชื่อหน่วยงาน"


@dataclass(frozen=True)
class AuthorityRow:
    """One usable row of the department's list."""

    code: str
    name: str
    kind: AuthorityKind
    phone: str
    valid_on: date | None
    is_closed: bool

    @property
    def district_code(self) -> str:
        """The district office that it belongs to."""
        return district_of(self.code)


def district_of(code: str) -> str:
    """The district office whose code stands in that of an authority."""
    return code[2:6]


def check_code(text: str) -> str:
    """The eight digits of an authority, Thai ones and blanks will do. Raises BadOfficeCode."""
    code = "".join(thai.arabic_digits(text).split())
    if len(code) == CODE_LENGTH - 1:
        code = code.zfill(CODE_LENGTH)  # a spreadsheet took the leading zero for nothing
    if not _AUTHORITY_CODE.fullmatch(code):
        raise BadOfficeCode(code=code)
    return code


def check_authority(row: Mapping[str, str]) -> AuthorityRow:
    """One row with code, name, kind, phone, valid_on, status as written.

    Raises InvalidFields with a sentence for each that is unusable.
    """
    found: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, check in _CHECKS.items():
        try:
            found[name] = check(row[name])
        except DomainError as refusal:
            problems[name] = str(refusal)
    if problems:
        raise InvalidFields(problems)
    return AuthorityRow(is_closed=found.pop("status"), **found)


def _check_name(text: str) -> str:
    if not (name := thai.normalise(text)):
        raise NameMissing
    return name[:200]


def _check_kind(text: str) -> AuthorityKind:
    if (kind := _KINDS_BY_NAME.get(thai.normalise(text))) is None:
        raise UnknownKind(kind=text)
    return kind


_CHECKS: Final[Mapping[str, Callable[[str], Any]]] = {
    "code": check_code,
    "name": _check_name,
    "kind": _check_kind,
    "phone": lambda text: thai.phone(text) if text.strip() else "",
    "valid_on": lambda text: thai.parse_thai_date(text) if text.strip() else None,
    "status": lambda text: thai.normalise(text) in _ENDED,
}


def closed_words(on: date) -> str:
    """What a list says of an office that is no more."""
    return f"ปิดเมื่อ {thai.thai_date_short(on)}"


def search_text(*parts: str) -> str:
    """What a search looks in: the parts in one spelling, small letters."""
    return " ".join(thai.normalise(part).lower() for part in parts if part)[:600]


_TITLES = re.compile(
    r"^(สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ|สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด|"
    r"สถอ\.?|สถจ\.?|อำเภอ|จังหวัด|อ\.|จ\.|รหัสหน่วยงาน|รหัส)"
)
_ENGLISH_TITLES = {"amphoe", "amphur", "ampur", "district", "changwat", "province"}
MAX_QUERY: Final = 200
_AROUND = "()[]“”\"',"  # what stands around a name or a code where it was copied


def search_terms(query: str) -> list[str]:
    """The words to look for, without the titles that people write before a place's name."""
    words = _searchable(thai.arabic_digits(query)).lower().split()
    bare = (_without_titles(word.strip(_AROUND)) for word in words)
    return [word for word in bare if word and word not in _ENGLISH_TITLES]


def _searchable(query: str) -> str:
    """The query as names are kept; of one that no name can have, the rest."""
    try:
        return thai.normalise(query)
    except DomainError:
        usable = (char if char.isprintable() else " " for char in query[:MAX_QUERY])
        return thai.normalise("".join(usable))


def _without_titles(word: str) -> str:
    while (shorter := _TITLES.sub("", word)) != word:
        word = shorter
    return word


def is_called(name: str, given: str) -> bool:
    """Whether an office of that name may be meant, in short or with titles, places, blanks more."""
    meant, written = ("".join(search_terms(text)) for text in (name, given))
    return meant in written or meant.startswith(written)
