"""`python -m tests.odk.others FOLDER`: which XLSForms of others open, and why the rest do not.

For a checkout of github.com/XLSForm/pyxform, say, whose examples are read there and not copied.
"""

import sys
from pathlib import Path

from data_layer.errors import DomainError
from data_layer.forms import FormRefused, open_form


def main(folder):
    opened = refused = 0
    for file in sorted(Path(folder).rglob("*")):
        if file.suffix not in {".md", ".xls", ".xlsx"}:
            continue
        try:
            form = open_form(file.read_bytes(), file.name)
        except FormRefused as refusal:
            reasons = list(map(str, refusal.problems))
        except DomainError as refusal:
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


def say(line):
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(sys.argv[1])
