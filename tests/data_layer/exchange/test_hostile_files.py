"""F01: files made to harm. Each is refused by name, fast, and the server lives on."""

import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from data_layer.errors import DomainError
from data_layer.exchange import reading
from data_layer.exchange.reading import (
    CellTooLong,
    FileTooLarge,
    MissingColumns,
    NotASpreadsheet,
    TooManyRows,
    UnsafeSpreadsheet,
    read_table,
)
from data_layer.forms import open_form
from tests.templates import read

ROOT = Path(__file__).parents[3]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ROW_ONE = '<row r="1"><c r="A1" t="inlineStr"><is><t>รหัส</t></is></c></row>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


def workbook(replaced=None, added=None):
    """A sound workbook of our own making, with parts replaced and added."""
    plain = BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet().write_string(0, 0, "รหัส")
    replaced = replaced or {}
    out = BytesIO()
    with (
        zipfile.ZipFile(plain) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            target.writestr(name, replaced.get(name, source.read(name)))
        for name, part in (added or {}).items():
            target.writestr(name, part)
    return out.getvalue()


def sheet(rows, *, prolog=""):
    body = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    return workbook({SHEET: f'<?xml version="1.0" encoding="UTF-8"?>{prolog}{body}'})


def utf16_sheet():
    text = f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}<worksheet {MAIN}>&i;</worksheet>'
    return workbook({SHEET: text.encode("utf-16")})


def string_bomb():
    """A shared string of 600 MB in some 600 kB; written in pieces to spare our own memory."""
    out = BytesIO(workbook())
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/bomb.xml", "w") as part,
    ):
        piece = b"A" * 2**20
        for _ in range(600):
            part.write(piece)
    return out.getvalue()


def one_string_in_many_cells():
    """30,000 letters, said once and shown 10,000 times: 300 MB of answer from a small file."""
    cells = "".join(f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(1, 10_001))
    strings = f"<sst {MAIN}><si><t>{'A' * 30_000}</t></si></sst>"
    body = f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"
    return workbook({SHEET: body, "xl/sharedStrings.xml": strings})


def zip_of(parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def locked():
    """The flag of a zip that asks for a password, in both headers of the first part."""
    content = bytearray(workbook())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def numbers(count):
    return sheet(f'{ROW_ONE}<row r="2"><c r="A2"><v>{"9" * count}</v></c></row>')


HOSTILE = {
    "far_cell.xlsx": (
        lambda: sheet(f'{ROW_ONE}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        TooManyRows,
    ),
    "string_bomb.xlsx": (string_bomb, UnsafeSpreadsheet),
    "one_string.xlsx": (one_string_in_many_cells, UnsafeSpreadsheet),
    "laughs.xlsx": (
        lambda: sheet('<row r="1"><c><v>&i;</v></c></row>', prolog=LAUGHS),
        UnsafeSpreadsheet,
    ),
    "laughs_utf16.xlsx": (utf16_sheet, UnsafeSpreadsheet),
    "external_entity.xlsx": (
        lambda: sheet(
            '<row r="1"><c><v>&x;</v></c></row>',
            prolog='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        ),
        UnsafeSpreadsheet,
    ),
    "late_doctype.xlsx": (  # across the border of two pieces that are searched
        lambda: workbook(added={"xl/late.xml": b" " * (2**16 - 4) + b"<!DOCTYPE x>"}),
        UnsafeSpreadsheet,
    ),
    "not_a_zip.xlsx": (lambda: b"PK\x03\x04" + b"no zip at all" * 1000, NotASpreadsheet),
    "old_excel.xlsx": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(5000), NotASpreadsheet),
    "truncated.xlsx": (lambda: workbook()[:-300], NotASpreadsheet),
    "other_zip.xlsx": (lambda: zip_of({"word/document.xml": b"<x/>"}), NotASpreadsheet),
    "locked.xlsx": (locked, NotASpreadsheet),
    "empty_rows.xlsx": (lambda: sheet(ROW_ONE + "<row/>" * 3_000_000), TooManyRows),
    "many_parts.xlsx": (
        lambda: workbook(added={f"xl/part{n}.xml": b"" for n in range(200)}),
        UnsafeSpreadsheet,
    ),
    "macro.xlsx": (lambda: workbook(added={"xl/vbaProject.bin": b"x"}), UnsafeSpreadsheet),
    "link.xlsx": (
        lambda: workbook(added={"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        UnsafeSpreadsheet,
    ),
    "huge_number.xlsx": (lambda: numbers(5_000), NotASpreadsheet),
    "nul.csv": (lambda: "รหัส\r\n48\0".encode() + b"07", NotASpreadsheet),
    "utf16.csv": (lambda: "รหัส\r\n4807".encode("utf-16"), NotASpreadsheet),
    "zip.csv": (workbook, NotASpreadsheet),
    "not_thai.csv": (lambda: b"\xff\xfe\xdb\xdc", NotASpreadsheet),
    "huge_field.csv": (lambda: "รหัส\r\n".encode() + b"A" * 200_000, CellTooLong),
    "open_quote.csv": (lambda: "รหัส\r\n".encode() + b'"' + b"4807\r\n" * 1_000_000, CellTooLong),
    "blank_lines.csv": (lambda: "รหัส\r\n".encode() + b"\n" * 10_000_000, TooManyRows),
    "wide_row.csv": (lambda: b"a," * 5_000_000 + "รหัส".encode(), MissingColumns),
    "wide_record.csv": (  # one record over many short lines
        lambda: b'"\nab",' * 1_500_000 + "รหัส".encode(),
        MissingColumns,
    ),
    "large.csv": (lambda: b"a" * (10 * 2**20 + 1), FileTooLarge),
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for name, (build, _) in HOSTILE.items():
        (folder / name).write_bytes(build())
    return folder


def cpu_seconds():
    """Of this process and its children: what a free core takes, however busy the machine is."""
    return sum(os.times()[:4])


@pytest.mark.parametrize("name", HOSTILE)
def test_f01_each_hostile_file_is_refused_by_name_in_five_seconds(corpus, name):
    content = (corpus / name).read_bytes()
    started = cpu_seconds()

    with pytest.raises(HOSTILE[name][1]) as refusal:
        read_table(content, name, columns=["รหัส"])

    assert cpu_seconds() - started < 5
    assert "โปรด" in str(refusal.value)


@pytest.mark.parametrize("name", [name for name in HOSTILE if name.endswith(".xlsx")])
def test_f01_each_hostile_workbook_is_refused_as_a_form_too(corpus, name):
    with pytest.raises(DomainError):
        open_form((corpus / name).read_bytes(), name)


@pytest.mark.parametrize("name", [name for name in HOSTILE if name.endswith(".xlsx")])
def test_f01_each_hostile_workbook_is_refused_as_an_old_workbook_too(corpus, name):
    with pytest.raises(DomainError):
        open_form((corpus / name).read_bytes(), "form.xls")


@pytest.mark.parametrize("name", HOSTILE)
def test_f01_each_hostile_file_is_refused_as_a_filled_template_too(corpus, name):
    with pytest.raises(DomainError):
        read((corpus / name).read_bytes(), name=name)


MEASURE = """
import sys
from pathlib import Path
from data_layer.errors import DomainError
from data_layer.exchange.reading import read_table
import pandas as pd

def peak():  # not ru_maxrss: a process inherits that of the one which started it
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024

pd.DataFrame({"a": ["b"]}, dtype="string")  # what pandas loads at first use is no cost of a file
before = peak()
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        read_table(path.read_bytes(), path.name, columns=["รหัส"])
    except DomainError:
        print(path.name)
print(peak() - before)
"""


def test_f01_one_server_outlives_the_whole_corpus_with_little_memory(corpus):
    server = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", MEASURE, str(corpus)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    *refused, growth_mb = server.stdout.splitlines()

    assert refused == sorted(HOSTILE)
    assert int(growth_mb) < 100


def test_f01_the_child_reads_xml_with_defusedxml():
    """Checked beside our own look for document types: each alone must hold."""
    script = "import openpyxl; raise SystemExit(not openpyxl.DEFUSEDXML)"

    subprocess.run([sys.executable, "-I", "-c", script], env={}, check=True)  # noqa: S603 - ours


@pytest.fixture
def child(monkeypatch, tmp_path):
    """Lets another script stand in for the child."""

    def stand_in(script):
        path = tmp_path / "child.py"
        path.write_text(script)
        monkeypatch.setattr(reading, "_CHILD", path)

    return stand_in


@pytest.mark.parametrize(
    "script",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "import time; time.sleep(60)",
    ],
)
def test_f01_a_child_that_dies_or_hangs_is_a_refusal(child, monkeypatch, script):
    child(script)
    monkeypatch.setattr(reading, "_TIMEOUT_S", 1)

    with pytest.raises(UnsafeSpreadsheet, match="ขนาดใหญ่ผิดปกติ"):
        read_table(b"", "a.csv", columns=["รหัส"])


def test_f01_the_child_sees_no_secret_and_no_code_of_ours(child, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    child(
        "import importlib.util, json, os\n"
        "seen = [os.environ.get('DATABASE_URL'), importlib.util.find_spec('data_layer')]\n"
        "print(json.dumps({'sheets': {'': [[1, ['seen']], [2, [str(seen)]]]}}))"
    )

    assert read_table(b"", "a.csv", columns=["seen"])["seen"].tolist() == ["[None, None]"]
