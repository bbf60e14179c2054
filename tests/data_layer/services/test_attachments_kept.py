"""Files beside their records: in other versions, rounds, exports and templates, and sealed."""

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import func, select

from data_layer import rotation
from data_layer.db import reading
from data_layer.form_files.guide import ANSWERS
from data_layer.keys import write_keys
from data_layer.models import RecordFile
from data_layer.services import (
    answers,
    attachments,
    drafts,
    grids,
    review,
    templates,
)
from data_layer.services.form_versions import NotFillable
from tests import people
from tests.attached import (
    ASKED,
    IN_ROWS,
    OTHER_PDF,
    PDF,
    answered,
    attach,
    hand_in,
    kept,
    photo,
    put_form,
    uid,
)
from tests.databases import restart
from tests.people import CENTRAL, OFFICER, PROVINCE
from tests.rounds import SURVEY, TAO, history, key, next_round, opened, stand

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _form(database):
    stand()
    put_form()


def without_plan(text):
    return ASKED.replace("| file | plan |", text)


@pytest.mark.parametrize(
    "instead",
    ["| note | gone |", "| text | plan |", "| image | plan |"],
)
def test_a_version_that_asks_no_such_file_says_what_is_lost_and_the_next_change_ends_it(instead):
    answered(has_plan="yes")
    attach()

    put_form(without_plan(instead))

    assert list(opened().lost) == ["plan"]
    assert opened().files == {}
    assert len(kept()) == 1
    answered(remark="ก")
    assert (opened().lost, kept()) == ({}, [])
    assert "แผน.pdf" in history("plan")[-1][0]


@pytest.mark.parametrize("path", ["minutes", "unit[1]/minutes"])
def test_a_file_that_was_sent_back_is_untouched_until_it_is_replaced_or_removed(path):
    if "/" in path:
        put_form(IN_ROWS)
    attach(path)
    hand_in()
    review.send_back(people.actor(PROVINCE), key(), opened().version, {path: "ไม่ชัด"}, "")
    assert opened().untouched == (path,)

    attach(path, OTHER_PDF, seen=uid(path))  # of the same name
    assert opened().untouched == ()

    attachments.remove(people.actor(OFFICER), key(), path, uid(path))
    assert opened().untouched == ()


def test_what_was_a_text_is_no_file():
    put_form(without_plan("| text | plan |"))
    answered(has_plan="yes", plan="ตามเอกสาร.pdf")

    put_form(ASKED.replace("แผนพัฒนา", "แผน"))

    assert list(opened().lost) == ["plan"]
    assert "plan" not in opened().answers


def test_files_are_of_their_round_and_are_not_brought_into_the_next(clock):
    answered(has_plan="yes", remark="ก")
    attach()
    hand_in()
    next_round(clock)

    drafts.bring_last(people.actor(OFFICER), key())

    assert (opened().answers["remark"], opened().files) == ("ก", {})


def test_a_file_by_default_is_refused_by_sheet_and_row():
    by_default = ASKED.replace("ph:no_data |", "ph:no_data | default |").replace(
        "max-pixels=800 | |", "max-pixels=800 | | a.jpg |"
    )
    with pytest.raises(NotFillable) as refused:
        put_form(by_default)
    assert [each[:3] for each in refused.value.problems] == [("survey", 5, "default")]


def test_the_grid_and_the_template_leave_files_out_and_never_clear_them():
    answered(has_plan="yes")
    attach()
    actor = people.actor(OFFICER)
    grid = grids.open_grid(actor, SURVEY, "2569")
    assert [field.name for field in grid.fields] == ["has_plan", "remark"]
    book = openpyxl.load_workbook(BytesIO(templates.template(actor, SURVEY, "2569")))
    sheet = next(each for each in book if each.title.lower() == ANSWERS)
    headers = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert not {"แผนพัฒนา", "รูปสำนักงาน"} & headers.keys()
    row = next(cell.row for cell in sheet["A"] if cell.value == TAO)
    sheet.cell(row=row, column=headers["หมายเหตุ"].column).value = "จาก Excel"
    changed = BytesIO()
    book.save(changed)

    templates.take(actor, SURVEY, "2569", changed.getvalue(), "a.xlsx")

    assert opened().answers["remark"] == "จาก Excel"
    assert kept() == [("plan", "แผน.pdf", PDF)]


def test_the_export_of_answers_has_the_name_of_the_file():
    answered(has_plan="yes")
    attach(name="=แผน.pdf")

    exported = answers.export(people.actor(CENTRAL), SURVEY, "2569", None, "csv").decode()

    assert "'=แผน.pdf" in exported
    assert "%PDF" not in exported


def test_c01_neither_content_nor_name_stands_readable_in_the_database(database):
    secret = PDF + "นางสาวมาลี ตัวอย่าง".encode()
    attach("minutes", secret, "มาลี ตัวอย่าง.pdf")

    with reading() as session:
        rows = [dict(row) for row in session.execute(select(RecordFile.__table__)).mappings()]
        dumped = b"".join(
            value if isinstance(value, bytes) else str(value).encode()
            for row in rows
            for value in row.values()
        )

    assert rows
    for readable in (secret, b"%PDF", "มาลี".encode()):
        assert readable not in dumped


def test_c02_a_file_moved_to_another_row_does_not_open():
    attach("minutes", PDF)
    attach("photo", photo(), "a.jpg")
    with reading() as session:
        first, second = session.scalars(select(RecordFile).order_by(RecordFile.id))
        first.content_sealed = second.content_sealed
        with pytest.raises(rotation.key_store.KeysUnusable):
            _ = first.content
        session.expunge_all()


def test_c03_after_a_rotation_files_are_under_the_new_key_and_open_as_before(tmp_path, monkeypatch):
    file = tmp_path / "own.keys"
    write_keys(rotation.keys(), file)
    monkeypatch.setenv("KEYS_FILE", str(file))
    monkeypatch.setattr(rotation, "FEW", 1)
    restart()
    attach("minutes", PDF)
    attach("photo", photo(), "a.jpg")
    before = kept()

    rotation.rotate()

    with reading() as session:
        sealed = session.execute(select(RecordFile.content_sealed, RecordFile.name_sealed)).all()
        count = session.scalar(select(func.count()).select_from(RecordFile))
    assert {blob[0] for row in sealed for blob in row} == {2}
    assert (count, rotation.count_old()) == (2, 0)
    assert kept() == before
