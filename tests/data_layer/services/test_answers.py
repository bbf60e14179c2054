"""Answers as files: in the order of the form, typed, with a dictionary, and never a formula."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest

from data_layer.access import NotAllowed
from data_layer.errors import NotFound
from data_layer.exchange.bulk import bulk_csv, bulk_xlsx, unlike
from data_layer.forms import NoData
from data_layer.services import answers, drafts
from data_layer.services.answers import UnknownArea
from tests import closings, people
from tests.attached import answered
from tests.data_layer.services.test_form_versions import changed, put, without_households
from tests.people import ADMIN, CENTRAL, OFFICER, OTHER_PROVINCE, PROVINCE
from tests.rounds import (
    READINESS,
    SURVEY,
    TAO,
    TOWN,
    brought,
    filled,
    key,
    opened,
    stand,
    submitted,
)
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def exported(form, person=PROVINCE, form_id=SURVEY, area="48", round_code="2569"):
    return answers.export(people.actor(person), form_id, round_code, area, form)


def book(**options):
    return openpyxl.load_workbook(BytesIO(exported("xlsx", **options)))


def table(sheet):
    headers, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headers, row, strict=True)) for row in rows]


def test_neither_another_province_nor_an_unknown_round_gives_a_file():
    with pytest.raises(NotAllowed):
        exported("csv", OTHER_PROVINCE)
    with pytest.raises(NotAllowed):
        exported("csv", OFFICER)
    with pytest.raises(NotFound):
        answers.export(people.actor(PROVINCE), SURVEY, "2500", "48", "csv")


def test_the_columns_stand_in_the_order_of_the_form_with_thai_headers():
    submitted()

    (row,) = table(book()["คำตอบ"])

    headers = list(row)
    assert headers[: len(answers.FIRST)] == list(answers.FIRST)
    assert headers.index("ขนาด อปท.") < headers.index("ที่ตั้งสำนักงาน") < headers.index("ชื่อผู้รับผิดชอบ")
    assert row["รหัส อปท."] == TAO
    assert row["ขนาด อปท."] == "กลาง"
    assert row["ประชากรรวม (คน)"] == 6100
    assert row["พื้นที่ (ตร.กม.)"] == 41.5
    assert row["โทรศัพท์สำนักงาน"] == "042511234"
    assert row["วันที่ของข้อมูล"] == datetime(2020, 10, 31)  # noqa: DTZ001 - as Excel has it
    assert row["ส่งเมื่อ"] == datetime(2026, 11, 23, 11, 0)  # noqa: DTZ001 - on a Thai clock
    cells = [cell for line in book()["คำตอบ"].iter_rows(min_row=2) for cell in line if cell.is_date]
    assert {cell.number_format for cell in cells} == {
        "[$-107041E]d mmm yyyy",
        "[$-107041E]d mmm yyyy hh:mm",
    }
    text = exported("csv").decode("utf-8-sig")
    assert '"31 ต.ค. 2563"' in text
    assert '"23 พ.ย. 2569 11:00 น."' in text


def test_the_reason_of_an_unusual_answer_stands_beside_the_answers():
    answered(saraban_email="x@example.go.th")
    drafts.save_reason(people.actor(OFFICER), key(), "saraban_email", "กรมยังไม่ออกให้")

    (row,) = table(book()["คำตอบ"])

    assert row["เหตุผลประกอบ"] == "อีเมลสารบรรณ: กรมยังไม่ออกให้"
    assert "อีเมลสารบรรณ: กรมยังไม่ออกให้" in exported("csv").decode("utf-8-sig")
    answered(saraban_email="saraban_06480501@dla.go.th")
    assert table(book()["คำตอบ"])[0]["เหตุผลประกอบ"] is None


def test_what_the_form_calculates_stands_in_a_draft_too():
    for name in ("population_male", "population_female"):
        drafts.save_field(people.actor(OFFICER), key(), name, "50", None)

    (row,) = table(book()["คำตอบ"])

    assert row["ประชากรรวม (คน)"] == 100


def test_what_is_calculated_without_a_label_has_a_thai_header():
    headers = next(book(form_id=READINESS, person=PROVINCE)["คำตอบ"].iter_rows(values_only=True))

    assert "ค่าที่ระบบคำนวณ: voters_per_unit" in headers


@pytest.mark.parametrize("typed", ["๐๘๑๒๓๔๕๖๗๘", "๐๘๑-๒๓๔ ๕๖๗๘", "0812345678"])
def test_a_telephone_number_is_written_by_its_digits(typed):
    drafts.save_field(people.actor(OFFICER), key(), "recorder_phone", typed, None)

    (row,) = table(book()["คำตอบ"])

    assert row["โทรศัพท์ผู้รับผิดชอบ"] == "0812345678"


@pytest.mark.parametrize("area", ["99", "4899"])
def test_an_area_that_is_none_is_refused_and_gives_no_empty_file(area):
    with pytest.raises(UnknownArea, match=area):
        exported("csv", CENTRAL, area=area)


def test_several_choices_are_one_column_and_one_of_0_and_1_each():
    submitted(ADMIN, key(form=READINESS))

    (row,) = table(book(form_id=READINESS)["คำตอบ"])

    assert row["แหล่งงบประมาณ"] == "ข้อบัญญัติหรือเทศบัญญัติ, เงินสำรองจ่าย"
    assert row["แหล่งงบประมาณ: เงินสำรองจ่าย"] == 1
    assert row["แหล่งงบประมาณ: เงินสะสม"] == 0


def test_what_only_an_older_version_asks_is_no_lost_answer():
    submitted()
    put(changed(without_households))
    drafts.save_field(people.actor(OFFICER), key(TOWN), "staff_count", "5", None)

    sheets = book()

    new, old = table(sheets["คำตอบ"])  # by code: ทต. first
    assert (old["จำนวนครัวเรือน"], new["จำนวนครัวเรือน"]) == (1800, None)
    headers = list(old)
    assert headers.index("พื้นที่ (ตร.กม.)") < headers.index("จำนวนครัวเรือน") < len(headers) - 1
    asked = {row["คอลัมน์"]: row["ฉบับที่ถาม"] for row in table(sheets["พจนานุกรมข้อมูล"])}
    assert (asked["households"], asked["staff_count"]) == ("1", "1, 2")
    assert "จำนวนครัวเรือน" in exported("csv").decode("utf-8-sig")


def test_zero_is_no_empty_cell_and_no_data_says_why():
    drafts.save_field(people.actor(OFFICER), key(), "staff_count", "0", None)
    drafts.save_field(people.actor(OFFICER), key(), "households", NoData("ไฟไหม้"), None)

    (row,) = table(book()["คำตอบ"])

    assert row["จำนวนบุคลากร (คน)"] == 0
    assert row["จำนวนครัวเรือน"] == "ไม่มีข้อมูล เพราะ ไฟไหม้"
    assert row["ประชากรชาย (คน)"] is None
    assert row["สถานะ"] == "ร่าง"


def test_a_dictionary_says_what_each_column_is():
    sheets = book()
    rows = table(sheets["พจนานุกรมข้อมูล"])

    headers = next(sheets["คำตอบ"].iter_rows(values_only=True))
    bare = [header.partition(" (office_")[0] for header in headers]
    assert [row["ชื่อที่แสดง"] for row in rows] == bare  # this form asks no several choices
    assert all(row["คำอธิบาย"] for row in rows[: len(answers.FIRST)])
    first = rows[len(answers.FIRST)]
    assert (first["คอลัมน์"], first["ชนิด"]) == ("office_code", "text")


def test_who_was_merged_since_is_in_the_file_and_marked_so_that_nobody_is_counted_twice():
    for office, men in ((TAO, "700"), (TOWN, "300")):
        drafts.save_field(people.actor(OFFICER), key(office), "population_male", men, None)
    assert "ไม่นับ" not in exported("csv").decode("utf-8-sig")
    closings.merge()

    sheets = book()
    town, tao = table(sheets["คำตอบ"])

    assert (town["รหัส อปท."], town["นับในรอบ"]) == (TOWN, 0)
    assert town["ปิดเมื่อ"] == datetime(2026, 11, 23)  # noqa: DTZ001 - as Excel has it
    assert town["รับช่วงต่อโดย"] == f"{TAO} อบต.ฝั่งแดง"
    assert (tao["นับในรอบ"], tao["ปิดเมื่อ"], tao["รับช่วงต่อโดย"]) == (1, None, None)
    (*_, said) = table(sheets["รายละเอียด"])
    assert said["รายงาน"].startswith("รอบนี้ไม่นับ 1 แห่ง")
    assert said["รายงาน"] in exported("csv").decode("utf-8-sig")


def test_who_was_closed_after_the_round_is_counted_in_it(clock):
    submitted()
    clock.forward(days=60)
    closings.upgrade(valid_on=date(2027, 1, 20))

    (row,) = table(book()["คำตอบ"])

    assert (row["นับในรอบ"], row["รับช่วงต่อโดย"]) == (1, f"{closings.NEW} ทต.ฝั่งแดง")
    assert row["ปิดเมื่อ"] is not None


def test_of_a_draft_what_is_hidden_by_now_is_no_answer():
    officer, at = people.actor(ADMIN), key(form=READINESS)
    for name, said in (("commission_notified", "yes"), ("commission_notified_on", "2026-11-02")):
        drafts.save_field(officer, at, name, said, None)
    drafts.save_field(officer, at, "commission_notified", "no", "yes")

    (row,) = table(book(form_id=READINESS)["คำตอบ"])

    assert row["แจ้ง ผอ.กต.จว. แล้วหรือไม่"] == "ไม่ใช่"
    assert row["วันที่แจ้ง ผอ.กต.จว."] is None


def test_all_authorities_are_read_with_as_many_statements_as_one():
    drafts.save_field(people.actor(OFFICER), key(TAO), "staff_count", "5", None)
    exported("csv")  # the form is compiled
    of_one = statements(lambda: exported("csv"))
    drafts.save_field(people.actor(OFFICER), key(TOWN), "staff_count", "5", None)

    assert len(statements(lambda: exported("csv"))) == len(of_one)


def test_values_of_the_last_round_are_no_answers_until_they_are_confirmed(clock):
    brought(clock, confirmed="staff")

    (row,) = table(book(round_code="2570")["คำตอบ"])

    assert row["จำนวนบุคลากร (คน)"] == 45
    assert (row["จำนวนครัวเรือน"], row["ประชากรรวม (คน)"]) == (None, None)


def test_f03_what_people_typed_is_text_in_both_files():
    filled()
    for name, text in (("recorder_name", "=1+1"), ("address", "https://x.example/=cmd")):
        seen = opened().answers.get(name)
        drafts.save_field(people.actor(OFFICER), key(), name, text, seen)

    sheets = book()
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    lines = list(csv.reader(StringIO(exported("csv").decode("utf-8-sig"))))
    assert not [cell for line in lines for cell in line if cell[:1] in {"=", "+", "-", "@"}]


def test_headers_that_are_alike_are_told_apart():
    assert unlike(["ก", "ข", "ก"], ["a", "b", "c"]) == ["ก", "ข", "ก (c)"]


def test_a_sheet_without_a_row_has_its_headers():
    content = bulk_xlsx({"x": (["ก", "=ข"], [])})

    (headers,) = openpyxl.load_workbook(BytesIO(content))["x"].iter_rows(values_only=True)
    assert headers == ("ก", "=ข")
    assert "'=ข" in bulk_csv([], ["ก", "=ข"], []).decode("utf-8-sig")
