"""Every refusal of the system, by name, with the Thai sentence that a clerk reads.

A refusal is raised where the rule is checked and shown where the act was asked for.
Its text says what is wrong and what to do about it; it never holds a citizen id.
"""

from collections.abc import Mapping
from typing import ClassVar


class DomainError(Exception):
    """A refusal with a sentence for the person. `str(error)` is that sentence."""

    text: ClassVar[str] = "ทำรายการไม่สำเร็จ"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.text.format(**facts))


class InvalidFields(DomainError):
    """Some fields of a form cannot be taken; `problems` has a sentence for each, by field name."""

    text: ClassVar[str] = "ยังบันทึกไม่ได้ โปรดแก้ไข {count} ช่องที่มีข้อความสีแดง"

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(count=len(self.problems))


class NoPlace(DomainError):
    """What was answered has no place any more: another answer or another person took it away."""


class NotFound(DomainError):
    """What was asked for is not there, or not in the asker's scope: the same answer."""

    text: ClassVar[str] = "ไม่พบข้อมูลที่ต้องการ อาจถูกแก้ไขไปแล้ว โปรดโหลดหน้านี้ใหม่"
