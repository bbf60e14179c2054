"""Small forms for tests, written as rows of an XLSForm."""

from datetime import datetime

from data_layer.clock import THAI_TIME
from data_layer.forms import begin, evaluate
from data_layer.forms.reading import read_form
from data_layer.forms.sheets import Sheet

NOW = datetime(2020, 11, 23, 10, 42, tzinfo=THAI_TIME)
NAMESPACES = 'ph="https://phrom.go.th/xlsform"'
YES_NO = [("yes_no", "yes", "ใช่"), ("yes_no", "no", "ไม่ใช่")]


def sheets(*rows, choices=(), **settings):
    """Rows of the survey as mappings; choices as (list, name, label) or mappings."""
    found = {"survey": sheet(rows), "settings": sheet([{"form_id": "test"} | settings])}
    if choices:
        keys = ("list_name", "name", "label")
        found["choices"] = sheet(
            [row if isinstance(row, dict) else dict(zip(keys, row, strict=True)) for row in choices]
        )
    return found


def sheet(rows):
    headers = dict.fromkeys(header for row in rows for header in row)
    return Sheet(tuple(headers), tuple(enumerate((dict(row) for row in rows), 2)))


def a_form(*rows, **more):
    return read_form(sheets(*rows, **more))


def field(kind, name, **columns):
    return {"type": kind, "name": name, "label": f"ช่อง {name}"} | columns


def calculate(name, expression):
    return {"type": "calculate", "name": name, "calculation": expression}


def evaluated(form, answers=None, *, facts=None, now=NOW):
    return evaluate(form, answers or {}, now=now, facts=facts)


def value_of(expression, answers=None, *rows, **more):
    """What an expression gives beside some fields."""
    form = a_form(*rows, calculate("result", expression), **more)
    started = begin(form, now=NOW)
    return evaluated(form, started | (answers or {})).calculated["result"]
