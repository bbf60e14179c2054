"""How a template of a form is filled, said on its first sheet."""

from typing import Final

import xlsxwriter

from data_layer.exchange.readme_sheets import write_steps
from data_layer.form_files.about import About
from data_layer.form_files.cells import NO_DATA
from data_layer.form_files.columns import left_out
from data_layer.forms import Form

ANSWERS: Final = "กรอกข้อมูล"
_STEPS: Final = (
    f"กรอกในแผ่น “{ANSWERS}” หนึ่งแถวต่อหนึ่ง อปท. ช่องที่มีข้อความอยู่แล้วคือคำตอบที่บันทึกไว้ในระบบ แก้ได้",
    "รหัส ชื่อ อปท. และหัวคอลัมน์ถูกล็อกไว้ โปรดอย่าแก้ อย่าเพิ่ม ลบ หรือย้ายแถวและคอลัมน์",
    "ช่องที่มีลูกศรให้เลือกจากรายการ ช่องที่เลือกได้หลายข้อ ให้พิมพ์ต่อกันโดยคั่นด้วยเครื่องหมาย ,",
    "วันที่ให้พิมพ์เป็น 31 ธ.ค. 2563 หรือ 31/12/2563 โดยใช้ปี พ.ศ.",
    "ตัวเลขใช้เลขไทยหรือเลขอารบิกก็ได้ ถ้าไม่มีเลยให้กรอก 0 ช่องว่างหมายถึงยังไม่ได้ตอบ",
    f"ถ้าไม่มีข้อมูล ให้พิมพ์ “{NO_DATA}: เหตุผล” ในช่องที่คำอธิบายใต้หัวคอลัมน์บอกว่าใช้ได้",
    "ช่องที่ระบบคำนวณให้ไม่อยู่ในไฟล์นี้ ระบบจะคำนวณเมื่อนำเข้า",
    "กรอกไม่ครบก็นำเข้าได้ บันทึกเป็น .xlsx แล้วนำเข้าที่หน้าเดิม ระบบจะแสดงตัวอย่างให้ตรวจก่อนบันทึก",
)


def write_guide(book: xlsxwriter.Workbook, form: Form, about: About) -> None:
    """The sheet that says what this is and what to do."""
    version = f"แบบฟอร์ม {form.form_id} ฉบับ {form.version or '-'}"
    write_steps(book, [form.title, *about.lines, version], _steps(form))


def _steps(form: Form) -> list[str]:
    more = [f"“{label}”" for label in left_out(form)]
    where = [f"ตารางและไฟล์แนบต่อไปนี้กรอกในหน้าแบบฟอร์มของระบบ: {', '.join(more)}"] if more else []
    return [*_STEPS, *where]
