"""A form of every kind of question, its template, and what clerks type into it."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl

from data_layer.clock import THAI_TIME
from data_layer.form_files import About, Authority, read_filled, template
from tests.forms import YES_NO, a_form, field

AS_OF = datetime(2020, 12, 25, 10, 42, tzinfo=THAI_TIME)
ABOUT = About("2563", "รอบปี 2563", "สถอ.ธาตุพนม (4805)", AS_OF)
FIRST, SECOND = Authority("06480501", "อบต.ฝั่งแดง"), Authority("05480502", "ทต.ธาตุพนม")
CODES = {FIRST.code, SECOND.code}
CHOICES = [
    *YES_NO,
    ("colour", "red", "แดง, อ่อน"),
    ("colour", "blue", "น้ำเงิน"),
    ("colour", "sky", "น้ำเงิน"),
    ("colour", "none", "ไม่มีข้อมูล"),
]
QUESTIONS = (
    {"type": "begin_group", "name": "g", "label": "หมวดหนึ่ง"},
    field("integer", "n", required="yes", **{"bind::ph:no_data": "yes"}),
    field("decimal", "d"),
    field("text", "t", hint="พิมพ์ให้ครบ"),
    {"type": "end_group"},
    field("date", "day", **{"bind::ph:no_data": "yes"}),
    field("select_one yes_no", "one", required="${n} > 0"),
    field("select_multiple colour", "many"),
    field("acknowledge", "ok"),
    field("range", "level", parameters="start=1 end=5 step=1"),
    field("geopoint", "place"),
    field("text", "long", appearance="multiline"),
    field("text", "fixed", readonly="yes", default="ก"),
    field("integer", "twice", calculation="${n} * 2"),
    field("file", "paper"),
    {"type": "begin_repeat", "name": "unit", "label": "หน่วยเลือกตั้ง"},
    field("text", "where"),
    {"type": "end_repeat"},
)
SETTINGS = {"namespaces": 'ph="https://phrom.go.th/xlsform"', "version": "7"}
FORM = a_form(*QUESTIONS, choices=CHOICES, form_title="แบบทดสอบ", **SETTINGS)
ALL = {
    "n": 1250,
    "d": Decimal("41.5"),
    "t": "=1+1",
    "day": date(2020, 12, 31),
    "one": "yes",
    "many": ("red", "sky"),
    "ok": "OK",
    "level": 3,
    "place": "16.9414 104.7276",
    "long": "บรรทัดหนึ่ง\nบรรทัดสอง",
}


def made(answers=None, form=FORM, about=ABOUT):
    return template(form, about, [FIRST, SECOND], {FIRST.code: answers or {}})


def book_of(content):
    return openpyxl.load_workbook(BytesIO(content))


def answers_sheet(content):
    return book_of(content)["กรอกข้อมูล"]


def headers(sheet):
    return {cell.value: cell.column for cell in sheet[3]}


def filled(answers=None, form=FORM, **typed):
    """The template with cells of the first authority typed over, by the name of their field."""
    book = book_of(made(answers, form))
    sheet = book["กรอกข้อมูล"]
    for name, value in typed.items():
        sheet.cell(5, headers(sheet)[f"ช่อง {name}"]).value = value
    return saved(book)


def saved(book):
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(content, form=FORM, codes=CODES, round_code="2563", name="แม่แบบ.xlsx"):
    return read_filled(form, content, name, codes=codes, round_code=round_code)


def answer(**typed):
    """What is read from cells, and what is said about them."""
    found = read(filled(**typed))
    return dict(found.rows[0].answers), [each.problem for each in found.problems]
