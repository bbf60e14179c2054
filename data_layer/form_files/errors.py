"""Why a filled template is not taken, and what one of its cells must not hold."""

from typing import ClassVar

from data_layer.errors import DomainError
from data_layer.exchange.reading import NotASpreadsheet


class NotATemplate(DomainError):
    """A workbook, but not one that `template` made, or without the sheets that make it one."""

    text: ClassVar[str] = (
        "ไฟล์นี้ไม่ใช่แม่แบบที่ดาวน์โหลดจากระบบ หรือแผ่นงานของแม่แบบถูกลบ "
        "โปรดดาวน์โหลดแม่แบบจากหน้านี้ กรอกข้อมูล แล้วเลือกไฟล์นั้น"
    )


class NotAWorkbook(NotASpreadsheet):
    """A template is a workbook: it has hidden sheets, which CSV cannot hold."""

    text: ClassVar[str] = (
        "เปิดไฟล์นี้เป็นแม่แบบไม่ได้ โปรดเปิดใน Excel ปลดรหัสผ่าน (ถ้ามี) แล้วบันทึกเป็น .xlsx ก่อนนำเข้าอีกครั้ง"
    )


class OtherForm(DomainError):
    """A template of another form."""

    text: ClassVar[str] = (
        "ไฟล์นี้เป็นแม่แบบของ “{given}” แต่หน้านี้คือ “{wanted}” "
        "โปรดเลือกไฟล์ให้ตรงกับแบบฟอร์ม หรือเปิดหน้าของแบบฟอร์มนั้น"
    )


class OtherRound(DomainError):
    """A template of another round."""

    text: ClassVar[str] = (
        "ไฟล์นี้เป็นแม่แบบของรอบ {given} แต่กำลังนำเข้ารอบ {wanted} โปรดดาวน์โหลดแม่แบบของรอบ {wanted}"
    )


class OtherVersion(DomainError):
    """A template of another version of the form."""

    text: ClassVar[str] = (
        "แบบฟอร์ม “{title}” เปลี่ยนไปหลังจากดาวน์โหลดแม่แบบนี้ (ในไฟล์คือฉบับ {given} ที่ใช้อยู่คือฉบับ {wanted}) "
        "โปรดดาวน์โหลดแม่แบบใหม่ แล้วคัดลอกคำตอบไปวางเฉพาะค่า"
    )


class BrokenCell(DomainError):
    """What a formula left behind."""

    text: ClassVar[str] = "ช่องนี้เป็นข้อผิดพลาดของสูตร ({text}) โปรดพิมพ์คำตอบแทนสูตร"


class NoDataNotTaken(DomainError):
    """The field wants an answer."""

    text: ClassVar[str] = "ช่องนี้ต้องมีคำตอบ ใช้ “ไม่มีข้อมูล” ไม่ได้"


class ReasonMissing(DomainError):
    """No data, and nothing said about why."""

    text: ClassVar[str] = "โปรดพิมพ์เหตุผลต่อท้าย เช่น “ไม่มีข้อมูล: รอทะเบียนราษฎร”"


class ReasonTooLong(DomainError):
    """More than a reason needs."""

    text: ClassVar[str] = "โปรดย่อเหตุผลให้ไม่เกิน {limit} ตัวอักษร"
