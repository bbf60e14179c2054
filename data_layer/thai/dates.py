"""Dates as Thai people read and write them: Buddhist era, Thai months, Thai time."""

import re
from datetime import date, datetime
from typing import ClassVar

from data_layer.clock import THAI_TIME
from data_layer.errors import DomainError
from data_layer.thai.text import arabic_digits, normalise

ERA = 543  # a year พ.ศ. is the year ค.ศ. and this
_YEARS = range(2400, 2601)  # พ.ศ.; anything else is a slip, or ค.ศ. in a Thai date

_MONTHS = (
    ("มกราคม", "ม.ค."),
    ("กุมภาพันธ์", "ก.พ."),
    ("มีนาคม", "มี.ค."),
    ("เมษายน", "เม.ย."),
    ("พฤษภาคม", "พ.ค."),
    ("มิถุนายน", "มิ.ย."),
    ("กรกฎาคม", "ก.ค."),
    ("สิงหาคม", "ส.ค."),
    ("กันยายน", "ก.ย."),
    ("ตุลาคม", "ต.ค."),
    ("พฤศจิกายน", "พ.ย."),
    ("ธันวาคม", "ธ.ค."),
)
_MONTH_NUMBERS = {
    name.replace(".", ""): number for number, names in enumerate(_MONTHS, 1) for name in names
}

_IN_NUMBERS = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})")
_IN_WORDS = re.compile(r"([0-9]{1,2}) ?([ก-๙.]+) ?([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class BadDate(DomainError):
    """Not a date, or not in a form that we take."""

    text: ClassVar[str] = (
        "วันที่ไม่ถูกต้อง โปรดกรอกเป็น วัน/เดือน/ปี พ.ศ. เช่น 23/11/2569 หรือ 23 พ.ย. 2569 และตรวจว่ามีวันนั้นในปฏิทิน"
    )


def thai_date(day: date) -> str:
    """'23 พฤศจิกายน 2569'."""
    return f"{day.day} {_MONTHS[day.month - 1][0]} {day.year + ERA}"


def thai_date_short(day: date) -> str:
    """'23 พ.ย. 2569'."""
    return f"{day.day} {_MONTHS[day.month - 1][1]} {day.year + ERA}"


def in_thai_time(instant: datetime) -> datetime:
    """The instant on a clock in Thailand. Raises ValueError when it names no time zone."""
    if instant.utcoffset() is None:
        raise ValueError("an instant without a time zone could be any hour")
    return instant.astimezone(THAI_TIME)


def thai_datetime(instant: datetime) -> str:
    """'23 พ.ย. 2569 10:42 น.', in Thailand. Raises ValueError when it names no time zone."""
    local = in_thai_time(instant)
    return f"{thai_date_short(local)} {local:%H:%M} น."


def parse_thai_date(text: str) -> date:
    """The date of '23/11/2569', '23-11-2569', '23 พ.ย. 2569', '23 พฤศจิกายน 2569', '2026-11-23'.

    Thai digits will do. A Thai form takes a year พ.ศ. only, ISO a year ค.ศ. only, so that no date
    has two readings. Raises BadDate; UnusableText or TextTooLong for what is no text at all.
    """
    year, month, day = _year_month_day(arabic_digits(normalise(text)))
    if year not in _YEARS:
        raise BadDate
    try:
        return date(year - ERA, month, day)
    except ValueError:
        raise BadDate from None


def _year_month_day(text: str) -> tuple[int, int, int]:
    """The year in พ.ศ., the month and the day."""
    if found := _ISO.fullmatch(text):
        return int(found[1]) + ERA, int(found[2]), int(found[3])
    if found := _IN_NUMBERS.fullmatch(text):
        return int(found[4]), int(found[3]), int(found[1])
    if found := _IN_WORDS.fullmatch(text):
        return int(found[3]), _month_number(found[2]), int(found[1])
    raise BadDate


def _month_number(name: str) -> int:
    """The month of a full or short name; people leave out dots ('พ.ย', 'พย')."""
    try:
        return _MONTH_NUMBERS[name.replace(".", "")]
    except KeyError:
        raise BadDate from None
