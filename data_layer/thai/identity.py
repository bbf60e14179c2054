"""Who a person is and how to reach them: citizen id, telephone, email, name.

Each check takes what was typed and gives the one form that is stored. No refusal repeats what was
typed, for refusals are shown and logged.
"""

import re
import unicodedata
from typing import ClassVar

from data_layer.errors import DomainError
from data_layer.thai.text import arabic_digits, normalise

_PUNCTUATION = re.compile(r"[ \-\u2010-\u2015]")  # blanks and the dashes that Word puts in
_DIGITS = re.compile(r"[0-9]+")
_CITIZEN_ID = re.compile(r"([0-9])([0-9]{4})([0-9]{5})([0-9]{2})([0-9])")
_CITIZEN_ID_DIGITS = 13
_PHONE = re.compile(r"0[2-7][0-9]{7}|0[689][0-9]{8}")
_BANGKOK = "02"  # the only area code of two digits
_EMAIL = re.compile(r"[a-z0-9._%+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}")
_EMAIL_LIMIT = 254  # RFC 5321
_HIDDEN = "•"


class BadCitizenId(DomainError):
    """Not a citizen id; the reason says which rule it breaks."""

    text: ClassVar[str] = "เลขประจำตัวประชาชน{reason}"

    LETTERS: ClassVar[str] = "ต้องเป็นตัวเลขเท่านั้น โปรดลบตัวอักษรและเครื่องหมายอื่นออก"
    LENGTH: ClassVar[str] = "ต้องมี 13 หลัก โปรดตรวจว่าพิมพ์ครบและไม่เกิน"
    FIRST_DIGIT: ClassVar[str] = "ต้องขึ้นต้นด้วยเลข 1 ถึง 8 โปรดตรวจหลักแรกกับบัตรประจำตัวประชาชน"
    CHECK_DIGIT: ClassVar[str] = "ไม่ถูกต้อง มีบางหลักพิมพ์ผิดหรือสลับกัน โปรดตรวจทีละหลักกับบัตรประจำตัวประชาชน"


class BadPhone(DomainError):
    """Not a Thai telephone number."""

    text: ClassVar[str] = (
        "หมายเลขโทรศัพท์ไม่ถูกต้อง โปรดกรอกเลข 9 หลักสำหรับโทรศัพท์บ้านหรือสำนักงาน เช่น 042511234 "
        "หรือ 10 หลักสำหรับมือถือ เช่น 0812345678 โดยไม่ใส่หมายเลขต่อ"
    )


class BadEmail(DomainError):
    """Not an email address."""

    text: ClassVar[str] = (
        "อีเมลไม่ถูกต้อง โปรดกรอกอีเมลเดียวเป็นภาษาอังกฤษ ไม่มีช่องว่าง เช่น saraban@example.go.th"
    )


def citizen_id(text: str) -> str:
    """The 13 digits of what was typed: Thai digits, blanks and dashes will do.

    Raises BadCitizenId with its reason, UnusableText or TextTooLong.
    """
    digits = _without_punctuation(text)
    if not _DIGITS.fullmatch(digits):
        raise BadCitizenId(reason=BadCitizenId.LETTERS)
    if len(digits) != _CITIZEN_ID_DIGITS:
        raise BadCitizenId(reason=BadCitizenId.LENGTH)
    if digits[0] in "09":
        raise BadCitizenId(reason=BadCitizenId.FIRST_DIGIT)
    if digits[-1] != _check_digit(digits[:-1]):
        raise BadCitizenId(reason=BadCitizenId.CHECK_DIGIT)
    return digits


def format_citizen_id(digits: str) -> str:
    """'1-9999-00000-01-3'. Raises ValueError when it is not 13 digits."""
    return "-".join(_groups(digits))


def mask_citizen_id(digits: str) -> str:
    """'1-xxxx-xxxxx-01-3'. Raises ValueError when it is not 13 digits."""
    first, _, _, last, check = _groups(digits)
    return f"{first}-xxxx-xxxxx-{last}-{check}"


def phone(text: str) -> str:
    """The digits of a Thai number, '042511234' or '0812345678'.

    Thai digits, blanks, dashes and +66 will do. Raises BadPhone, UnusableText or TextTooLong.
    """
    digits = re.sub(r"^\+66", "0", _without_punctuation(text))
    if not _PHONE.fullmatch(digits):
        raise BadPhone
    return digits


def format_phone(digits: str) -> str:
    """'02-123-4567', '042-511-234' or '081-234-5678', from the stored digits."""
    area = 2 if digits.startswith(_BANGKOK) else 3
    return f"{digits[:area]}-{digits[area : area + 3]}-{digits[area + 3 :]}"


def email(text: str) -> str:
    """The address in small letters, so that one mailbox has one form.

    Raises BadEmail, UnusableText or TextTooLong.
    """
    address = normalise(text).lower()
    if len(address) > _EMAIL_LIMIT or not _EMAIL.fullmatch(address):
        raise BadEmail
    return address


def mask_name(prefix: str, first: str, last: str) -> str:
    """'นายส•••• ใ•••': enough to tell people of one office apart, not enough to name them."""
    return f"{prefix}{_initial(first)} {_initial(last)}".strip()


def _without_punctuation(text: str) -> str:
    return _PUNCTUATION.sub("", arabic_digits(normalise(text)))


def _check_digit(twelve: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(twelve, range(13, 1, -1), strict=True))
    return str((11 - total % 11) % 10)


def _groups(digits: str) -> tuple[str, ...]:
    found = _CITIZEN_ID.fullmatch(digits)
    if found is None:
        raise ValueError("a citizen id is shown from its 13 digits only")
    return found.groups()


def _initial(name: str) -> str:
    """The first letter (or leading vowel) and a dot for each other sign. No mark stands alone."""
    if not name:
        return ""
    letter = next((char for char in name if not unicodedata.category(char).startswith("M")), "")
    return letter + _HIDDEN * max(len(name) - 1, 1)
