"""The register: the public search, telephone numbers, and the department's list."""

from datetime import date

import pytest
from sqlalchemy import select

from data_layer.access import Scope
from data_layer.db import bookkeeping, reading
from data_layer.errors import NotFound
from data_layer.exchange.reading import NoRows
from data_layer.models import AuthorityKind, Change, Office, OfficeVersion
from data_layer.rules.proposals import ProposalEntry
from data_layer.rules.rows import RowProblems
from data_layer.services import authorities, offices, proposals
from data_layer.services.authority_changes import Taking, put_population, put_profile, rename
from data_layer.thai import BadPhone
from tests import people, rounds
from tests.people import ADMIN, CENTRAL, OFFICER, OTHER_PROVINCE, PROVINCE
from tests.rounds import TAO
from tests.workbooks import xlsx

pytestmark = pytest.mark.usefixtures("database")
HEADER = ",".join(offices.LIST_COLUMNS.values())


def codes(query, **given):
    return [row.code for row in offices.find(query, **given).rows]


def found(query, person=None):
    actor = people.actor(person) if person else None
    (row,) = offices.find(query, actor=actor).rows
    return row


def listed(*rows):
    return "\n".join([HEADER, *rows]).encode()


def authority(code):
    with reading() as session:
        return session.scalar(select(Office).where(Office.code == code))


def take(*rows):
    return offices.import_list(people.actor(CENTRAL), listed(*rows), "list.csv")


@pytest.mark.parametrize(
    "query",
    [
        "4807", "๔๘๐๗", " 4807 ", "นาแก", "อ.นาแก", "อำเภอนาแก", "สถอ.นาแก", "สถอ. นาแก",
        "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอนาแก", "Na Kae", "na kae", "นาแก นครพนม",
        "นครพนม นาแก", "นาแก จ.นครพนม", "นาแก จังหวัดนครพนม", "อ. นาแก", "นาเเก",
        "nakae", "NaKae", "amphoe na kae", "Amphur Na Kae", "Na Kae District", "รหัส 4807",
        "รหัส4807", "รหัสหน่วยงาน 4807", "สถอ.นาแก (4807)", "“นาแก”", "nakae nakhonphanom",
    ],
)  # fmt: skip
def test_an_office_is_found_first_however_people_write_it(query):
    assert codes(query)[0] == "4807"


def test_who_is_called_so_stands_before_who_begins_so_and_who_has_it_inside():
    found = [row.name for row in offices.find("นาแก").rows]
    assert found[0] == "สถอ.นาแก"
    assert "สถอ.โพนนาแก้ว" in found

    names = [row.name.removeprefix("สถอ.") for row in offices.find("บางบาล").rows]
    assert names[0] == "บางบาล"

    begins = [row.name.startswith("สถอ.โพน") for row in offices.find("โพน").rows]
    assert begins == sorted(begins, reverse=True)


@pytest.mark.parametrize("query", ["ไม่มีที่นี่", "9999", "%", "_", "4807 กระบี่", "'; DROP TABLE"])
def test_what_is_not_there_is_not_found(query):
    assert offices.find(query).total == 0


def test_ten_rows_a_page_and_how_many_there_are():
    first, second = offices.find("นครพนม"), offices.find("นครพนม", page=2)

    assert (len(first.rows), len(second.rows), first.total) == (10, 2, 12)
    assert not {row.code for row in first.rows} & {row.code for row in second.rows}
    assert offices.find("นครพนม", page=3).rows == []
    assert offices.find("").total == 878


def test_p01_the_public_sees_that_somebody_registered_but_not_who():
    row = found("4805")

    assert ADMIN.first_name not in row.person
    assert "ทดสอบดี" not in row.person
    assert row.person.startswith("นางสาว")
    assert "•" in row.person
    assert found("4807").person == offices.NOBODY


def test_p01_the_name_is_for_the_supervisors_of_that_area():
    assert found("4805", PROVINCE).person == "นางสาวอารี ทดสอบดี"
    assert found("4805", CENTRAL).person == "นางสาวอารี ทดสอบดี"
    for person in (OTHER_PROVINCE, ADMIN, OFFICER):
        assert "•" in found("4805", person).person


@pytest.mark.parametrize("typed", ["12345", "โทร", "042511234 ต่อ 12", "1101700230708"])
def test_a_telephone_number_that_is_none_is_refused(typed):
    with pytest.raises(BadPhone):
        offices.set_phone(people.actor(PROVINCE), "4807", typed)

    assert authority("4807").phone == ""


def test_a_telephone_number_is_kept_as_digits_and_can_be_taken_away():
    supervisor = people.actor(PROVINCE)

    offices.set_phone(supervisor, "4807", "๐๔๒-๕๑๑ ๒๓๔")
    assert authority("4807").phone == "042511234"

    offices.set_phone(supervisor, "4807", " ")
    assert authority("4807").phone == ""


def test_nobody_sets_the_number_of_an_office_elsewhere():
    with pytest.raises(NotFound):
        offices.set_phone(people.actor(OTHER_PROVINCE), "4807", "042511234")


def test_f02_a_list_with_one_bad_row_is_not_taken_at_all():
    rows = (
        "06480501,อบต.ดี,อบต.,,,",
        "06480501,อบต.ซ้ำ,อบต.,,,",
        "06999901,อบต.ไม่มีอำเภอ,อบต.,,,",
        "1234,อบต.รหัสผิด,อบต.,,,",
        "06480502,,อบต.,,,",
        "06480503,อบต.ประเภทผิด,หมู่บ้าน,,,",
        "06480504,อบต.โทรผิด,อบต.,12,,",
    )
    with pytest.raises(RowProblems) as refused:
        take(*rows)

    assert [problem.row for problem in refused.value.problems] == [3, 4, 5, 6, 7, 8]
    assert authority("06480501") is None
    preview = offices.preview_list(people.actor(CENTRAL), listed(*rows), "list.csv")
    assert not preview.is_ready
    assert list(preview.problems["row"]) == [3, 4, 5, 6, 7, 8]


def test_a_formula_without_a_result_is_a_problem_of_its_row_and_column():
    row = ["06480501", "=A1", "อบต.", "", "", ""]  # openpyxl stores no result with it
    content = xlsx([list(offices.LIST_COLUMNS.values()), row])

    preview = offices.preview_list(people.actor(CENTRAL), content, "list.xlsx")

    [problem] = preview.problems.itertuples()
    assert (problem.row, problem.column) == (2, offices.LIST_COLUMNS["name"])
    assert "เป็นสูตรที่ไม่มีผลลัพธ์" in problem.problem


def test_f02_each_wrong_cell_of_a_row_is_told_with_its_column():
    row = "06999901,,หมู่บ้าน,12,31/2/2569,"

    problems = offices.preview_list(people.actor(CENTRAL), listed(row), "list.csv").problems

    assert set(problems["row"]) == {2}
    columns = ["รหัส อปท.", "ชื่อ อปท.", "ประเภท", "โทรศัพท์", "วันที่มีผล"]
    assert sorted(problems["column"]) == sorted(columns)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_f02_a_list_may_be_separated_as_an_excel_of_another_country_does(separator):
    content = listed("06480501,อบต.พระกลางทุ่ง,อบต.,042511234,,").replace(b",", separator.encode())

    assert offices.import_list(people.actor(CENTRAL), content, "list.csv") == 1


def test_f02_a_list_of_headers_only_is_refused_for_it_says_nothing():
    with pytest.raises(NoRows, match="ไม่มีแถวข้อมูล"):
        offices.preview_list(people.actor(CENTRAL), listed(), "list.csv")


def test_f02_a_list_is_taken_as_the_preview_said_and_a_second_time_changes_nothing():
    rows = ("06480501,อบต.พระกลางทุ่ง,อบต.,042511234,,", "๐๕๔๘๐๕๐๒,ทต.ธาตุพนม,ทต.,,,")
    preview = offices.preview_list(people.actor(CENTRAL), listed(*rows), "list.csv")

    assert (len(preview.changes), preview.unchanged, preview.is_ready) == (2, 0, True)
    assert authority("06480501") is None  # a preview writes nothing
    assert take(*rows) == 2
    assert take(*rows) == 0

    found_ = authority("06480501")
    assert (found_.name_th, found_.authority_kind) == ("อบต.พระกลางทุ่ง", AuthorityKind.TAO)
    assert (found_.district_code, found_.phone) == ("4805", "042511234")


def test_f02_a_renamed_authority_keeps_its_old_name_in_the_history():
    take("06480501,อบต.พระกลางทุ่ง,อบต.,,,")

    take("06480501,ทต.พระกลางทุ่ง,ทต.,,1 ตุลาคม 2569,")

    assert authority("06480501").name_th == "ทต.พระกลางทุ่ง"
    with reading() as session:
        (old,) = session.scalars(select(OfficeVersion))
    assert (old.name_th, old.authority_kind) == ("อบต.พระกลางทุ่ง", AuthorityKind.TAO)
    assert old.valid_until == date(2026, 10, 1)


def test_f02_an_ended_authority_is_closed_by_date_and_never_deleted():
    take("06480501,อบต.พระกลางทุ่ง,อบต.,,,")

    assert take("06480501,อบต.พระกลางทุ่ง,อบต.,,1 ตุลาคม 2569,ยุบ") == 1
    assert authority("06480501").closed_on == date(2026, 10, 1)
    assert take("06480501,อบต.พระกลางทุ่ง,อบต.,,1 ตุลาคม 2569,ยุบ") == 0


def test_f02_an_authority_said_to_end_before_it_opened_is_a_problem_of_its_row():
    take("06480501,อบต.พระกลางทุ่ง,อบต.,,1 ตุลาคม 2569,")

    with pytest.raises(RowProblems):
        take("06480501,อบต.พระกลางทุ่ง,อบต.,,1 ตุลาคม 2560,ยุบ")


@pytest.fixture
def made_up(database):
    """A made-up authority with figures, an older name and a proposal that waits, as a demo has."""
    rounds.add_authorities()
    with bookkeeping() as session:
        office = session.scalars(select(Office).where(Office.code == TAO)).one()
        office.is_sample, office.phone = True, "042070001"
        known = {"address": "99 หมู่ 1", "phone": office.phone, "villages": 12}
        day = date(2023, 1, 1)
        user_id = people.user_id(OFFICER)
        put_profile(Taking(session, Scope(), office, day, user_id), known)
        put_population(Taking(session, Scope(), office, day, user_id), 2568, 6100)
        session.add(rename(office, "อบต.สมมติ", since=date(2024, 1, 1), district="ธาตุพนม"))
    fields = {"villages": "13", "population": "6100", "population_year": "2568"}
    entry = ProposalEntry(Change.PROFILE, fields, date(2026, 11, 1))
    proposals.propose(people.actor(OFFICER), TAO, entry)


@pytest.mark.usefixtures("made_up")
def test_what_was_made_up_of_an_authority_goes_with_its_mark():
    take(f"{TAO},อบต.ฝั่งแดง,อบต.,,1 มกราคม 2540,")

    for day in (date(2023, 6, 1), date(2026, 11, 23)):
        seen = authorities.view(people.actor(CENTRAL), TAO, on=day)
        facts = seen.facts
        assert (facts.name, facts.is_sample) == ("อบต.ฝั่งแดง", False)
        assert (facts.address, facts.phone, facts.villages, facts.population) == (
            "",
            "",
            None,
            None,
        )
        assert [(past.what, past.on) for past in seen.history] == [("จัดตั้ง", date(1997, 1, 1))]
        assert (seen.waiting, len(seen.decided)) == (None, 1)
    assert take(f"{TAO},อบต.ฝั่งแดง,อบต.,,1 มกราคม 2540,") == 0


@pytest.mark.usefixtures("made_up")
def test_a_made_up_authority_that_becomes_real_has_the_telephone_number_of_the_list():
    preview = offices.preview_list(
        people.actor(CENTRAL), listed(f"{TAO},อบต.สมมติ,อบต.,042511234,,"), "list.csv"
    )
    assert "ล้าง" in preview.changes["change"][0]

    take(f"{TAO},อบต.สมมติ,อบต.,042511234,,")

    assert authority(TAO).phone == "042511234"


@pytest.mark.usefixtures("made_up")
def test_a_made_up_authority_that_the_list_does_not_have_keeps_its_figures_and_its_mark():
    take("06480502,อบต.อื่น,อบต.,,,")

    facts = authorities.view(people.actor(CENTRAL), TAO).facts
    assert (facts.is_sample, facts.villages, facts.population) == (True, 12, 6100)
