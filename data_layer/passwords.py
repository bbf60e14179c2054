"""Passwords: what is accepted, how it is kept.

Length and guessability, no composition rule (ASVS 5.0, 6.2.1-6.2.11): a sentence in Thai is a
good password, `Passw0rd!` is not. Kept as argon2id; verifying is bounded, for each one takes
19 MiB and a core for some 30 ms.
"""

import secrets
import threading
from typing import ClassVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from zxcvbn import zxcvbn

from data_layer.errors import DomainError

MIN_LENGTH, MAX_LENGTH = 12, 128
INITIAL_PASSWORD = "123456"  # noqa: S105 - the circular's own, public; opens only a registration
MIN_GUESSES_LOG10 = 8.0  # below this a patient script gets there; the throttle slows it besides
_LONGEST_ESTIMATED = 72
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else on paper

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_at_once = threading.Semaphore(4)
_NOBODY = _hasher.hash(secrets.token_hex(16))
UNUSABLE = "!"  # no password opens it


class PasswordTooShort(DomainError):
    """Shorter than the minimum, or longer than can be kept."""

    text: ClassVar[str] = (
        "รหัสผ่านต้องยาว {minimum}-{maximum} ตัวอักษร "
        "ใช้ภาษาไทยได้ เช่น ประโยคสั้น ๆ ที่จำง่าย (ที่ตั้งมา {length} ตัว)"
    )


class PasswordGuessable(DomainError):
    """Common, patterned, or made of what anybody knows of the person."""

    text: ClassVar[str] = (
        "รหัสผ่านนี้เดาได้ง่าย เช่น เป็นคำที่ใช้กันมาก ตัวเลขเรียงกัน หรือชื่อ เลข รหัสหน่วยงาน "
        "โปรดตั้งเป็นประโยคหรือคำหลายคำที่ไม่เกี่ยวกัน"
    )


class PasswordBlankEdges(DomainError):
    """A blank at an end is mostly a slip of the hand and locks its owner out."""

    text: ClassVar[str] = "รหัสผ่านขึ้นต้นหรือลงท้ายด้วยช่องว่าง โปรดลบช่องว่างนั้นออก"


def check_policy(password: str, known: tuple[str, ...] = ()) -> None:
    """Accept or refuse a new password; `known` are words that others know of the person.

    Raises PasswordTooShort, PasswordBlankEdges, PasswordGuessable.
    """
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise PasswordTooShort(minimum=MIN_LENGTH, maximum=MAX_LENGTH, length=len(password))
    if password != password.strip():
        raise PasswordBlankEdges
    words = [word for word in (*known, INITIAL_PASSWORD, "phrom", "dla", "พร้อม") if word]
    estimate = zxcvbn(password[:_LONGEST_ESTIMATED], user_inputs=words)
    if float(estimate["guesses_log10"]) < MIN_GUESSES_LOG10:
        raise PasswordGuessable


def hash_password(password: str) -> str:
    """The argon2id hash to keep."""
    with _at_once:
        return _hasher.hash(password)


def verify(kept: str | None, password: str) -> bool:
    """Whether the password is the kept one. Spends the same time when there is no account."""
    with _at_once:
        try:
            return _hasher.verify(kept or _NOBODY, password) and kept is not None
        except VerifyMismatchError:
            return False
        except InvalidHashError:  # UNUSABLE
            return _spend_time(password)


def _spend_time(password: str) -> bool:
    try:
        _hasher.verify(_NOBODY, password)
    except VerifyMismatchError:
        return False
    return False


def needs_rehash(kept: str) -> bool:
    """Whether the hash was made with older parameters."""
    return _hasher.check_needs_rehash(kept)


def random_password() -> str:
    """A one-time password or office code of 60 bits that can be read from paper."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
