"""The Excel template goes out with what stands and comes back filled: all of it or nothing."""

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from data_layer.access import NotAllowed
from data_layer.db import reading
from data_layer.form_files import OtherForm
from data_layer.form_files.guide import ANSWERS
from data_layer.models import Office, Record
from data_layer.rules.rows import RowProblems
from data_layer.services import drafts, templates
from tests import people
from tests.people import ADMIN, OFFICER, PROVINCE
from tests.rounds import READINESS, SURVEY, TAO, TOWN, history, key, opened, stand, submitted

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def download(person=OFFICER, form_id=SURVEY):
    return templates.template(people.actor(person), form_id, "2569")


def sheet_of(book):
    return next(sheet for sheet in book if sheet.title.lower() == ANSWERS)


def typed(content, cells):
    """The template with cells typed into: {(code, header): text}."""
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = sheet_of(book)
    head = next(row for row in sheet.iter_rows() if any(cell.value == "รหัส อปท." for cell in row))
    places = {cell.value: cell.column for cell in head}
    rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=head[0].row + 1)}
    for (code, header), text in cells.items():
        sheet.cell(rows[code], places[header]).value = text
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def preview(content, person=OFFICER):
    return templates.preview(people.actor(person), SURVEY, "2569", content, "a.xlsx")


def take(content, person=OFFICER):
    return templates.take(people.actor(person), SURVEY, "2569", content, "a.xlsx")


def kept(code):
    """When and by whom a record was last changed, and how often."""
    with reading() as session:
        statement = select(Record.version, Record.changed_at, Record.changed_by)
        of_office = statement.join(Office, Office.id == Record.office_id).where(Office.code == code)
        return session.execute(of_office).one()


COMMUNITIES = "จำนวนชุมชน"
STAFF, HOUSEHOLDS = "จำนวนบุคลากร (คน)", "จำนวนครัวเรือน"


def test_who_does_not_fill_gets_no_template():
    with pytest.raises(NotAllowed):
        download(PROVINCE)


def test_f02_one_wrong_cell_and_nothing_is_taken():
    filled = typed(download(), {(TAO, STAFF): "45", (TOWN, STAFF): "สี่สิบ", (TAO, HOUSEHOLDS): "0"})

    found = preview(filled)

    assert not found.is_ready
    assert set(found.problems["column"]) == {STAFF, HOUSEHOLDS}
    with pytest.raises(RowProblems):
        take(filled)
    assert "staff_count" not in opened().answers


def test_a_formula_without_a_result_takes_no_answer_away():
    drafts.save_field(people.actor(OFFICER), key(), "staff_count", "500", None)
    filled = typed(download(), {(TAO, STAFF): "=1+1"})  # openpyxl stores no result with it

    found = preview(filled)

    assert found.problems["column"].tolist() == [STAFF]
    assert "เป็นสูตรที่ไม่มีผลลัพธ์" in found.problems.loc[0, "problem"]
    with pytest.raises(RowProblems):
        take(filled)
    assert opened().answers["staff_count"] == 500


def test_a_cell_that_other_answers_leave_out_says_so_and_not_to_reload():
    filled = typed(download(), {(TAO, COMMUNITIES): "3"})

    (said,) = preview(filled).problems["problem"]

    assert "โปรดเว้นว่าง" in said
    assert "โหลดหน้านี้" not in said


def test_a_filled_template_comes_in_and_the_same_file_again_changes_nothing():
    filled = typed(download(), {(TAO, STAFF): "๑,๐๔๕", (TOWN, STAFF): 12})

    assert preview(filled).is_ready
    assert take(filled) == 2
    assert take(filled) == 0

    assert opened().answers["staff_count"] == 1045
    assert opened(at=key(TOWN)).answers["staff_count"] == 12
    assert history("staff_count") == [("null", "12"), ("null", "1045")]


def test_the_preview_of_a_file_that_was_taken_has_nothing_to_bring_in():
    filled = typed(download(), {(TAO, STAFF): "1045", (TOWN, STAFF): 12})
    take(filled)
    before = kept(TAO)

    found = preview(filled)

    assert found.is_ready
    assert found.changes.empty
    assert found.unchanged == 2
    assert take(filled) == 0
    assert kept(TAO) == before


def test_the_preview_shows_what_stands_now_not_what_stood_at_the_download():
    content = download()
    drafts.save_field(people.actor(ADMIN), key(), "staff_count", "46", None)
    red = templates.marked(people.actor(OFFICER), SURVEY, "2569", content, "a.xlsx")

    assert preview(typed(red, {(TAO, STAFF): "46"})).changes.empty


def test_d05_what_somebody_typed_after_the_download_is_not_overwritten():
    content = download()
    drafts.save_field(people.actor(ADMIN), key(), "staff_count", "46", None)

    found = preview(typed(content, {(TAO, STAFF): "45"}))

    assert "“46”" in found.problems.loc[0, "problem"]


def test_what_was_handed_in_is_not_in_the_template_and_takes_nothing():
    before = download()
    submitted()

    assert TAO not in str(list(sheet_of(openpyxl.load_workbook(BytesIO(download()))).values))
    assert not preview(typed(before, {(TAO, STAFF): "1"})).is_ready


def test_the_template_of_the_other_form_is_refused_by_name():
    with pytest.raises(OtherForm):
        preview(download(ADMIN, READINESS))


def test_the_same_file_comes_back_with_red_cells_and_can_be_mended():
    filled = typed(download(), {(TAO, STAFF): "สี่สิบห้า"})

    red = templates.marked(people.actor(OFFICER), SURVEY, "2569", filled, "a.xlsx")

    assert "สี่สิบห้า" in str(list(sheet_of(openpyxl.load_workbook(BytesIO(red))).values))
    assert take(typed(red, {(TAO, STAFF): "45"})) == 1
