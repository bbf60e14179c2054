"""`python -m tests.odk.others FOLDER`: which XLSForms of others open, and why the rest do not.

For a checkout of github.com/XLSForm/pyxform, say, whose examples are read there and not copied.
Old .xls files go through pyxform's own reader here; the system itself takes .xlsx and Markdown.
"""

import sys
from pathlib import Path

from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import xls_to_dict

from data_layer.errors import DomainError
from data_layer.forms import FormRefused, open_form
from data_layer.forms.reading import read_form
from data_layer.forms.sheets import NAMES, Sheet


def main(folder):
    opened = refused = 0
    for file in sorted(Path(folder).rglob("*")):
        if file.suffix not in {".md", ".xls", ".xlsx"}:
            continue
        try:
            form = opened_form(file)
        except FormRefused as refusal:
            reasons = list(map(str, refusal.problems))
        except (DomainError, PyXFormError) as refusal:
            reasons = [str(refusal)]
        else:
            opened += 1
            say(f"opens    {file.name}: {len(form.fields)} fields")
            continue
        refused += 1
        say(f"refused  {file.name}")
        for reason in reasons:
            say(f"         {reason}")
    say(f"{opened} open, {refused} are refused")


def opened_form(file):
    if file.suffix != ".xls":
        return open_form(file.read_bytes(), file.name)
    book = xls_to_dict(file.read_bytes())
    sheets = {}
    for name in NAMES:
        if book.get(name):
            headers = tuple(header for row in book[f"{name}_header"] for header in row)
            rows = tuple((number, row) for number, row in enumerate(book[name], 2) if row)
            sheets[name] = Sheet(headers, rows)
    return read_form(sheets)


def say(line):
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(sys.argv[1])
