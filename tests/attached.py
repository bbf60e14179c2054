"""A survey that asks for files, and the files that people choose."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image
from sqlalchemy import select

from data_layer.db import bookkeeping, reading
from data_layer.forms import answer_at, download, open_form, with_answer, write_answers
from data_layer.models import Office, Record, RecordFile, RoundForm
from data_layer.services import attachments, drafts, form_versions, submissions
from tests import people
from tests.people import CENTRAL, OFFICER
from tests.rounds import SURVEY, key, opened

# the other sheets of a survey that asks yes or no
YES_NO = """| choices  |           |      |       |
|          | list_name | name | label |
|          | yes_no    | yes  | มี     |
|          | yes_no    | no   | ไม่มี   |
| settings |         |                                  |
|          | form_id | namespaces                       |
|          | survey  | ph="https://phrom.go.th/xlsform" |
"""
ASKED = (
    """
| survey |
| | type | name | label | relevant | required | parameters | bind::ph:no_data |
| | begin_group | papers | เอกสาร | | | | |
| | select_one yes_no | has_plan | มีแผน | | | | |
| | file | plan | แผนพัฒนา | ${has_plan} = 'yes' | yes | | |
| | image | photo | รูปสำนักงาน | | | max-pixels=800 | |
| | file | minutes | รายงานประชุม | | | | yes |
| | text | remark | หมายเหตุ | | | | |
| | end_group | | | | | | |
"""
    + YES_NO
)
IN_ROWS = (
    """
| survey |
| | type | name | label | relevant | required | bind::ph:no_data |
| | begin_repeat | unit | หน่วย | ${has_units} != 'no' | | |
| | text | place | ที่ตั้ง | | | |
| | select_one yes_no | has_plan | มีแผน | | | |
| | file | plan | แผนผัง | ${has_plan} = 'yes' | yes | |
| | image | photo | รูปหน่วย | | | |
| | file | minutes | บันทึก | | | yes |
| | end_repeat | | | | | |
| | select_one yes_no | has_units | มีหน่วย | | | |
"""
    + YES_NO
)
IN_TWO = """
| survey |
| | type | name | label | repeat_count |
| | integer | how_many | จำนวนหน่วย | |
| | begin_repeat | unit | หน่วย | |
| | begin_repeat | room | ห้อง | |
| | text | use | ใช้ทำ | |
| | file | minutes | บันทึก | |
| | end_repeat | | | |
| | end_repeat | | | |
| settings |         |
|          | form_id |
|          | survey  |
"""
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
OTHER_PDF = PDF.replace(b"1.7", b"1.4")
XLSX_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
DOCX_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
GPS, MAKE = 0x8825, 0x010F


def workbook_of(text=ASKED):
    return download(open_form(text.encode(), "survey.md"))


def put_form(text=ASKED):
    """The round asks this survey from here on."""
    return form_versions.put(people.actor(CENTRAL), "2569", workbook_of(text), "survey.xlsx")


def attach(path="plan", content=PDF, name="แผน.pdf", seen=None, *, person=OFFICER, at=None):
    attachments.put(people.actor(person), at or key(), path, content, name, seen)


def answered(*, by=OFFICER, **answers):
    """Typed by the officer or a colleague, one by one."""
    for path, text in answers.items():
        seen = answer_at(opened().answers, path)
        drafts.save_field(people.actor(by), key(), path, text, seen)


def photo(kind="JPEG", size=(1200, 900), mode="RGB", **more):
    """A picture as a phone makes it: with its maker and the place in it."""
    exif = Image.Exif()
    exif[MAKE] = "Secretcam"
    exif[0x0112] = 6  # held upright
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (17.0, 24.0, 0.0)
    made = BytesIO()
    Image.new(mode, size, more.pop("color", None) or 120).save(made, kind, exif=exif, **more)
    return made.getvalue()


def package(types, *parts):
    """An OOXML package that says it is of these content types."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{types}"/></Types>')
        for name in parts:
            archive.writestr(name, b"0" * 10)
    return made.getvalue()


def stand_file(office):
    """A record of the authority with a file beside it, made without anybody's act; its uid."""
    uid = f"of {office}"
    with bookkeeping() as session:
        if session.scalar(select(RecordFile).where(RecordFile.uid == uid)) is not None:
            return uid
        round_form = session.scalars(select(RoundForm).where(RoundForm.form_id == SURVEY)).one()
        moment = datetime(2026, 11, 20, tzinfo=UTC)
        kept = Record(
            uid=uid,
            round_id=round_form.round_id,
            form_id=SURVEY,
            office_id=session.scalars(select(Office.id).where(Office.code == office)).one(),
            form_version_id=round_form.form_version_id,
            state="draft",
            unconfirmed=[],
            needed=0,
            filled=0,
            changed_at=moment,
        )
        kept.answers = kept.reasons = kept.returned = "{}"
        session.add(kept)
        session.flush()
        file = RecordFile(uid=uid, record_id=kept.id, path="plan", media_type="application/pdf")
        file.name, file.content, file.size, file.at = "a.pdf", PDF, len(PDF), moment
        session.add(file)
    return uid


def kept():
    """What stands in the table of files: (path, name, content)."""
    with reading() as session:
        rows = session.scalars(select(RecordFile).order_by(RecordFile.path))
        return [(row.path, row.name, row.content) for row in rows]


def uid(path="plan"):
    """The number of the file that answers now."""
    return opened().files[path].uid


def hand_in():
    """The officer hands the survey in."""
    found = opened()
    submissions.submit(people.actor(OFFICER), found.key, found.version)


def places():
    """Which file stands where: its path, and the row that it was given for."""
    return [(path, name, content[-1:]) for path, name, content in kept()]


def row_seen(number, table="unit"):
    """The row as the page hands it back: its files by their uid."""
    place, found = f"{table}[{number}]/", opened()
    row = write_answers(answer_at(found.answers, table)[number - 1])
    for path, file in found.files.items():
        if path.startswith(place):
            row = with_answer(row, path.removeprefix(place), file.uid)
    return row
