"""Files of the register of officials, as a clerk would send them."""

from io import BytesIO

import openpyxl

from data_layer.exchange.bulk import bulk_xlsx
from data_layer.official_files import CODE, REASON
from data_layer.official_files.columns import HEADERS
from data_layer.official_files.reading import REGISTER
from data_layer.rules.officials import FIELDS, LABELS
from data_layer.services import official_files
from data_layer.thai import thai_date_short
from tests import people
from tests.officials import typed
from tests.people import ADMIN

ALL_REASONS = "ตรวจสอบแล้ว"


def new_row(number, post="member", *, office, reason="", **more):
    """The row of somebody new, by header."""
    given = typed(number, post, **more)
    cells = {LABELS[name]: value for name, value in given.items()}
    for field in FIELDS:
        value = cells.get(field.label)
        if field.words is not None and value:
            cells[field.label] = next(w for key, w in field.words.items() if key == value)
        elif field.kind == "flag" and value is not None:
            cells[field.label] = "ใช่" if value else "ไม่ใช่"
        elif field.kind == "day" and value is not None:
            cells[field.label] = thai_date_short(value)
    return {CODE: office, **cells, REASON: reason}


def file_of(*rows):
    """An .xlsx of these rows."""
    table = [[row.get(header) for header in HEADERS] for row in rows]
    return bulk_xlsx({REGISTER: (HEADERS, table)})


def rows_in(content):
    """The rows of a file of ours by header, without the empty ones."""
    sheet = openpyxl.load_workbook(BytesIO(content))[REGISTER]
    lines = list(sheet.iter_rows(values_only=True))
    head = next(number for number, line in enumerate(lines) if line[0] == CODE)
    return [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :] if line[0]]


def out(area=None, person=ADMIN, form="xlsx"):
    return official_files.export(people.actor(person), area, form)


def preview(content, person=ADMIN, name="a.xlsx"):
    return official_files.preview(people.actor(person), content, name)


def take(content, person=ADMIN, name="a.xlsx", progress=None):
    return official_files.take(people.actor(person), content, name, progress)
