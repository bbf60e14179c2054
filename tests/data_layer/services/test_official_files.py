"""The register of executives and councillors goes out as a file and comes back in one act."""

import csv
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from sqlalchemy import select

from data_layer.access import NotAllowed
from data_layer.db import reading
from data_layer.errors import NotFound
from data_layer.models import AuditEntry, Tenure
from data_layer.official_files import CODE, NUMBER
from data_layer.official_files.columns import STATUS
from data_layer.rules.officials import LABELS
from data_layer.services import official_changes, official_files
from data_layer.thai import mask_citizen_id
from tests import people
from tests import rounds as rounds_of_tests
from tests.official_files import file_of, new_row, out, preview, rows_in, take
from tests.officials import add, row, typed
from tests.people import ADMIN, OFFICER, OTHER_PROVINCE, PROVINCE
from tests.rounds import OF_NA_WA, TOWN

LATER = date(2026, 6, 1)
PHONE, ID, POST = LABELS["phone"], LABELS["citizen_id"], LABELS["post"]


@pytest.fixture(autouse=True)
def _stand(database, clock):
    rounds_of_tests.add_authorities()


def tenures():
    with reading() as session:
        return session.scalars(select(Tenure)).all()


# who may, and what comes to light


def test_nobody_without_the_right_gets_or_brings_a_file():
    with pytest.raises(NotAllowed):
        out(person=OFFICER)
    with pytest.raises(NotAllowed):
        official_files.template(people.actor(OFFICER), None)
    for act in (preview, take):
        with pytest.raises(NotAllowed):
            act(file_of(new_row(1, office=TOWN)), OFFICER)
    with pytest.raises(NotAllowed):
        official_files.marked(people.actor(OFFICER), file_of(), "a.xlsx")
    assert tenures() == []


def test_nothing_of_another_area_comes_out():
    add(1, office=OF_NA_WA, person=PROVINCE)
    add(2, office=TOWN)

    assert [each[CODE] for each in rows_in(out())] == [TOWN]
    for area in ("4809", "81"):
        with pytest.raises(NotAllowed):
            out(area)
    for area in ("48", OF_NA_WA, "480", "4๘", "48050", "x"):
        with pytest.raises(NotFound):
            out(area)
    assert [each[CODE] for each in rows_in(out("48", PROVINCE))] == [TOWN, OF_NA_WA]
    assert rows_in(out("81", OTHER_PROVINCE)) == []


def test_p01_a_file_holds_no_whole_citizen_id_and_is_recorded():
    tenure = add(1, office=TOWN)
    citizen_id = typed(1)["citizen_id"]

    content, text = out(), out(form="csv").decode("utf-8-sig")

    assert rows_in(content)[0][ID] == mask_citizen_id(citizen_id)
    assert rows_in(content)[0][NUMBER] == tenure
    assert citizen_id not in text
    official_files.template(people.actor(ADMIN), TOWN)
    with reading() as session:
        kept = session.scalars(select(AuditEntry).where(AuditEntry.act == "official.export")).all()
    assert [(each.office_code, each.detail) for each in kept] == [
        ("4805", {"format": "xlsx", "rows": 1}),
        ("4805", {"format": "csv", "rows": 1}),
        (TOWN, {"format": "template", "rows": 1}),
    ]


def test_f03_what_people_typed_is_text_in_both_files():
    add(1, office=TOWN, affiliation="=1+1", order_number="@SUM(A1)")

    for content in (out(), official_files.template(people.actor(ADMIN), None)):
        book = openpyxl.load_workbook(BytesIO(content))
        found = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
        assert {cell.data_type for cell in found} <= {"s", "n"}
        assert not any(cell.hyperlink for cell in found)
    lines = list(csv.reader(StringIO(out(form="csv").decode("utf-8-sig"))))
    assert not [cell for line in lines for cell in line if cell[:1] in {"=", "+", "-", "@"}]


def test_the_files_say_what_they_are_and_what_each_column_means():
    add(1, "mayor", office=TOWN)

    book = openpyxl.load_workbook(BytesIO(out(TOWN)))
    first = out("4805", form="csv").decode("utf-8-sig").splitlines()[:3]

    assert book.sheetnames == ["รายละเอียด", "ทะเบียน", "พจนานุกรมข้อมูล"]
    assert len(list(book["พจนานุกรมข้อมูล"])) == len(list(book["ทะเบียน"].columns)) + 1
    assert first == [
        '"ทะเบียนผู้บริหารท้องถิ่นและสมาชิกสภาท้องถิ่น"',
        '"พื้นที่: อำเภอธาตุพนม (4805)"',
        '"ข้อมูล ณ วันที่ 23 พ.ย. 2569 เวลา 11:00 น."',
    ]
    actor = people.actor(ADMIN)
    assert official_files.file_name(actor, None) == "officials_4805_25691123-1100"
    assert official_files.file_name(actor, TOWN, "template").startswith(f"officials_{TOWN}_temp")


def test_days_numbers_and_words_are_typed_as_a_person_reads_them():
    add(1, office=TOWN, votes=1250, affiliation="กลุ่มพัฒนา")

    (found,) = rows_in(out())

    assert found[LABELS["votes"]] == 1250
    assert found[LABELS["elected_on"]] == "30 มี.ค. 2568"
    assert (found[POST], found[LABELS["is_resident"]], found[STATUS]) == (
        "สมาชิกสภา",
        "ใช่",
        "ดำรงตำแหน่ง",
    )
    assert found[PHONE] == "081-234-5678"


def test_past_tenures_are_in_the_export_and_not_in_the_template():
    tenure = add(1, office=TOWN)
    add(2, office=TOWN)
    seen = row(tenure, TOWN).version
    left = {"ended_on": LATER, "end_reason": "resigned"}
    official_changes.end(people.actor(ADMIN), tenure, seen, left, {})

    assert [each[STATUS] for each in rows_in(out())] == ["ดำรงตำแหน่ง", "พ้นจากตำแหน่ง"]
    assert len(rows_in(official_files.template(people.actor(ADMIN), None))) == 1
