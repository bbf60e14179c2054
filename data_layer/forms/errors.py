"""What is refused about a form, and what is not taken as an answer."""

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from data_layer.errors import DomainError


class Problem(NamedTuple):
    """One thing about a form file: where (row 0 is the whole sheet), and what to do about it."""

    sheet: str
    row: int
    column: str
    text: str

    def __str__(self) -> str:
        place = f"แผ่น {self.sheet}" if self.sheet else "ไฟล์นี้"
        if self.row:
            place += f" แถวที่ {self.row}"
        if self.column:
            place += f" คอลัมน์ {self.column}"
        return f"{place}: {' '.join(self.text.split())}"


class FormRefused(DomainError):
    """A form file that cannot be used; `problems` has every reason, in the order of the file."""

    text: ClassVar[str] = "ใช้แบบฟอร์มนี้ไม่ได้ มี {count} จุดที่ต้องแก้ไข โปรดแก้ในไฟล์แล้วเลือกไฟล์อีกครั้ง"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__(count=len(self.problems))


class NotANumber(DomainError):
    """Not a number as people write it."""

    text: ClassVar[str] = "“{text}” ไม่ใช่ตัวเลข โปรดกรอกตัวเลขเท่านั้น เช่น 1,250 หรือ 1250.50"


class NotWhole(DomainError):
    """A fraction where only whole numbers are counted."""

    text: ClassVar[str] = "“{text}” มีทศนิยม ช่องนี้รับเฉพาะจำนวนเต็ม"


class NumberTooLong(DomainError):
    """More digits than any count or budget has."""

    text: ClassVar[str] = "ตัวเลขยาวเกินไป โปรดกรอกไม่เกิน {whole} หลัก และทศนิยมไม่เกิน {decimals} ตำแหน่ง"


class OutOfRange(DomainError):
    """Outside of what a range offers."""

    text: ClassVar[str] = "ต้องเป็นค่าตั้งแต่ {start} ถึง {end} และเพิ่มครั้งละ {step} แต่กรอก {text}"


class NotAChoice(DomainError):
    """Not one of the choices."""

    text: ClassVar[str] = "“{text}” ไม่อยู่ในตัวเลือกของช่องนี้ โปรดเลือกจากรายการ"


class NotAPlace(DomainError):
    """Not a latitude and a longitude."""

    text: ClassVar[str] = (
        "พิกัดต้องเป็นละติจูดและลองจิจูด คั่นด้วยช่องว่าง เช่น 16.9414 104.7276 "
        "(ละติจูด -90 ถึง 90 ลองจิจูด -180 ถึง 180)"
    )


class NotAcknowledged(DomainError):
    """Neither a tick nor nothing."""

    text: ClassVar[str] = "ช่องรับทราบรับเฉพาะการกดรับทราบ (OK)"


class NotAFileName(DomainError):
    """A name that no file of ours has."""

    text: ClassVar[str] = "ชื่อไฟล์ไม่ถูกต้อง โปรดเลือกไฟล์ใหม่"


class NotAnAnswer(DomainError):
    """Not of a shape that an answer can have."""

    text: ClassVar[str] = "รูปแบบคำตอบของช่องนี้ไม่ถูกต้อง"


class UnknownField(DomainError):
    """An answer to a field that the form does not have, or that takes none."""

    text: ClassVar[str] = "แบบฟอร์มนี้ไม่มีช่องกรอกชื่อ “{name}”"
