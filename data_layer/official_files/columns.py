"""The columns of the register's file, said once: for the way out, the way back, the dictionary."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from data_layer.exchange.bulk import Cell
from data_layer.rules.officials import FIELDS, OfficialField, words

CODE, NAME, NUMBER = "รหัส อปท.", "ชื่อ อปท.", "เลขที่รายการ"
REASON, STATUS, VERSION = "เหตุผล (ถ้าระบบเตือน)", "สถานะ", "รุ่นของรายการ"
HEADERS: Final = (CODE, NAME, NUMBER, *(field.label for field in FIELDS), REASON, STATUS, VERSION)
# what must stand in a file that comes back; the state follows from the days
WANTED: Final = tuple(header for header in HEADERS if header != STATUS)
DICTIONARY: Final = ("คอลัมน์", "ชนิด", "ต้องกรอก", "ค่าที่ใช้ได้", "คำอธิบาย")
YES_NO: Final = ("ใช่", "ไม่ใช่")
_KINDS: Final = {
    "text": "ข้อความ",
    "citizen_id": "เลข 13 หลัก",
    "phone": "หมายเลขโทรศัพท์",
    "day": "วันที่ พ.ศ.",
    "choice": "เลือกจากรายการ",
    "whole": "จำนวนเต็ม",
    "flag": "ใช่ หรือ ไม่ใช่",
}
_HINTS: Final[Mapping[str, str]] = {
    CODE: "8 หลัก เลือกจากรายการหรือพิมพ์เอง",
    NAME: "เว้นว่างได้ ถ้ากรอกต้องตรงกับรหัส",
    NUMBER: "ระบบออกให้ ห้ามแก้ แถวใหม่เว้นว่าง",
    REASON: "ใช้กับทุกข้อที่ระบบเตือนในแถวนั้น",
    STATUS: "ดูอย่างเดียว ระบบคิดจากวันที่พ้นและวันที่หยุดปฏิบัติหน้าที่",
    VERSION: "ระบบออกให้ ห้ามแก้ แถวใหม่เว้นว่าง ใช้ตรวจว่ามีผู้แก้รายการหลังดาวน์โหลดหรือไม่",
}
_FIELD_HINTS: Final[Mapping[str, str]] = {
    "citizen_id": "รายการเดิมปิดบังไว้ ปล่อยไว้อย่างเดิม แถวใหม่กรอกครบ 13 หลัก",
    "phone": "เช่น 081-234-5678",
    "constituency": "กรอกเฉพาะสมาชิกสภา",
    "elected_on": "ต้องกรอกเมื่อวิธีได้มาคือเลือกตั้ง",
    "ended_on": "กรอกคู่กับเหตุที่พ้น เว้นว่างเมื่อยังดำรงตำแหน่ง",
    "end_reason": "กรอกคู่กับวันที่พ้น",
}
_DAY_HINT: Final = "เช่น 30 มี.ค. 2568 หรือ 30/3/2568"


@dataclass(frozen=True)
class RegisterRow:
    """One tenure of the register; `fields` by the names of rules.officials.FIELDS."""

    code: str
    authority: str
    number: int
    fields: Mapping[str, Any]
    reasons: str
    version: str

    @property
    def cells(self) -> list[Cell]:
        """As the row stands in the file, in the order of HEADERS; the citizen id is masked."""
        return [
            *(self.code, self.authority, self.number),
            *(_cell(field, self.fields[field.name]) for field in FIELDS),
            *(self.reasons or None, self._status, self.version),
        ]

    @property
    def _status(self) -> str:
        if self.fields["ended_on"]:
            return "พ้นจากตำแหน่ง"
        return "หยุดปฏิบัติหน้าที่" if self.fields["suspended_on"] else "ดำรงตำแหน่ง"


def reason_text(reasons: Mapping[str, str]) -> str:
    """The reasons of a tenure in one cell."""
    return " · ".join(dict.fromkeys(reasons.values()))


def version_text(tenure: int, person: int) -> str:
    """Which state of an entry a file has seen: both its rows count their changes."""
    return f"{tenure}-{person}"


def choices_of(header: str) -> tuple[str, ...]:
    """What a drop-down of the column offers; empty for what is typed."""
    field = FIELD_OF.get(header)
    if field is None:
        return ()
    return YES_NO if field.kind == "flag" else tuple((field.words or {}).values())


def hint_of(header: str) -> str:
    """What is to be known when a cell of the column is filled."""
    field = FIELD_OF.get(header)
    if field is None:
        return _HINTS[header]
    said = [
        "ต้องกรอก" if field.is_needed else "",
        field.hint or _FIELD_HINTS.get(field.name, ""),
        _DAY_HINT if field.kind == "day" else "",
    ]
    return " · ".join(part for part in said if part)


def dictionary_rows() -> list[list[Cell]]:
    """One row per column of the register's sheet, by DICTIONARY."""
    return [
        [
            header,
            _KINDS[FIELD_OF[header].kind] if header in FIELD_OF else "ข้อความ",
            "ต้องกรอก" if header == CODE or _is_needed(header) else None,
            " / ".join(choices_of(header)) or None,
            hint_of(header) or None,
        ]
        for header in HEADERS
    ]


FIELD_OF: Final[Mapping[str, OfficialField]] = {field.label: field for field in FIELDS}


def _is_needed(header: str) -> bool:
    return header in FIELD_OF and FIELD_OF[header].is_needed


def _cell(field: OfficialField, value: Any) -> Cell:  # noqa: ANN401 - any kept value
    if field.kind == "whole":
        return value if isinstance(value, int) else None
    return words(field, value) or None
