"""What a person's own data must be, for the registration, the user page and the account alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from data_layer import passwords, thai
from data_layer.errors import DomainError, InvalidFields

MAX_NAME = 100
PREFIXES = ("นาย", "นาง", "นางสาว")


class FieldEmpty(DomainError):
    """A field that must be filled."""

    text: ClassVar[str] = "โปรดกรอก{label}"


class FieldTooLong(DomainError):
    """Longer than it can be kept."""

    text: ClassVar[str] = "{label}ยาวเกิน {limit} ตัวอักษร โปรดย่อให้สั้นลง"


class PasswordsDiffer(DomainError):
    """The two entries of a new password are not the same."""

    text: ClassVar[str] = "รหัสผ่านสองช่องไม่ตรงกัน โปรดพิมพ์ใหม่ให้เหมือนกัน"


@dataclass(frozen=True)
class PersonField:
    """One field of a person: key, Thai label, and the check that gives its kept form."""

    name: str
    label: str
    check: Callable[[str], str]


def _short(text: str) -> str:
    return thai.normalise(text)


PERSON_FIELDS = (
    PersonField("citizen_id", "เลขประจำตัวประชาชน 13 หลัก", thai.citizen_id),
    PersonField("prefix", "คำนำหน้า", _short),
    PersonField("first_name", "ชื่อ", _short),
    PersonField("last_name", "นามสกุล", _short),
    PersonField("position", "ตำแหน่ง", _short),
    PersonField("phone", "โทรศัพท์", thai.phone),
    PersonField("email", "อีเมล", thai.email),
)
FIELD_LABELS = {field.name: field.label for field in PERSON_FIELDS}


def check_person(given: Mapping[str, str], *, context: tuple[str, ...] = ()) -> dict[str, str]:
    """The fields that were given, in their kept form; a new password too when it was given.

    `given` holds any of PERSON_FIELDS by name, and `password` with `password_again`. `context`
    are further words that make a password guessable. Raises InvalidFields with all problems.
    """
    problems: dict[str, str] = {}
    kept: dict[str, str] = {}
    for field in PERSON_FIELDS:
        if field.name in given:
            _collect(problems, field.name, partial(_keep, kept, field, given[field.name]))
    if "password" in given:
        words = (*context, *(given[name] for name in FIELD_LABELS if name in given))
        _collect(problems, "password", lambda: passwords.check_policy(given["password"], words))
        if given["password"] != given["password_again"]:
            problems["password_again"] = str(PasswordsDiffer())
    if problems:
        raise InvalidFields(problems)
    return kept


def _keep(kept: dict[str, str], field: PersonField, given: str) -> None:
    if not given.strip():
        raise FieldEmpty(label=field.label)
    text = field.check(given)
    if len(text) > MAX_NAME:
        raise FieldTooLong(label=field.label, limit=MAX_NAME)
    kept[field.name] = text


def _collect(problems: dict[str, str], name: str, check: Callable[[], None]) -> None:
    try:
        check()
    except DomainError as refusal:
        problems[name] = str(refusal)
