"""What the ministry's own DLA-SSO says, carried over."""

import csv
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import select

from data_layer.db import reading
from data_layer.models import SsoListing
from data_layer.rules.rows import RowProblems
from data_layer.services import dashboards, exports, sso_listings
from data_layer.services.sso_listings import ListedInFuture
from tests import people
from tests.people import CENTRAL, OTHER_PROVINCE, PROVINCE
from tests.workbooks import xlsx

pytestmark = pytest.mark.usefixtures("database")
DAY = date(2026, 11, 1)
NAM_THOM = "4811,นายจริง ใจดี,ท้องถิ่นอำเภอ,สถอ.นาทม"


def table(*rows):
    return "\n".join([",".join(sso_listings.COLUMNS), *rows]).encode()


def take(*rows, person=PROVINCE, listed_on=DAY):
    return sso_listings.import_listing(
        people.actor(person), table(*rows), "sso.csv", listed_on=listed_on
    )


def look(*rows, listed_on=DAY):
    return sso_listings.preview(
        people.actor(PROVINCE), table(*rows), "sso.csv", listed_on=listed_on
    )


def listings():
    with reading() as session:
        return list(session.scalars(select(SsoListing)))


def office_of(code):
    dashboard = dashboards.province(people.actor(PROVINCE), "48")
    return dashboard.offices.set_index("code").loc[code]


def registered():
    return dashboards.province(people.actor(PROVINCE), "48").summary.registered


def test_f02_a_list_with_one_bad_row_is_not_taken_at_all():
    rows = (NAM_THOM, "4811,นายสอง,x,ซ้ำ", "8101,นายไกล,x,นอกพื้นที่", "9999,นาย,x,ไม่มี")

    with pytest.raises(RowProblems) as refused:
        take(*rows)

    assert [problem.row for problem in refused.value.problems] == [3, 4, 5]
    assert listings() == []
    assert not look(*rows).is_ready


def test_f02_a_code_beside_the_name_of_another_office_is_refused():
    rows = (NAM_THOM, "4810,นายสอง ดี,x,สถอ.วังยาง", "4812,นายสาม ดี,x,สถอ.โพนสวรรค์")

    problems = look(*rows).problems

    assert list(problems["row"]) == [3, 4]
    assert set(problems["column"]) == {"ชื่อหน่วยงาน"}
    assert "รหัส 4810 คือ สถอ.โพนสวรรค์ แต่แถวนี้เขียนว่า “สถอ.วังยาง”" in problems["problem"][0]


def test_a_code_may_have_blanks_in_it():
    assert take("48 11,นายจริง ใจดี,ท้องถิ่นอำเภอ,อำเภอนาทม จังหวัดนครพนม") == 1


def test_a_formula_without_a_result_is_a_problem_of_its_row_and_column():
    row = ["4811", "=A1", "ท้องถิ่นอำเภอ", "สถอ.นาทม"]  # openpyxl stores no result with it
    content = xlsx([list(sso_listings.COLUMNS), row])

    preview = sso_listings.preview(people.actor(PROVINCE), content, "sso.xlsx", listed_on=DAY)

    [problem] = preview.problems.itertuples()
    assert (problem.row, problem.column) == (2, sso_listings.USER_NAME)
    assert "เป็นสูตรที่ไม่มีผลลัพธ์" in problem.problem


def test_a_list_of_tomorrow_is_refused():
    with pytest.raises(ListedInFuture):
        take(NAM_THOM, listed_on=date(2026, 11, 24))

    assert listings() == []


def test_f02_a_list_is_taken_as_the_preview_said_and_a_second_time_changes_nothing():
    rows = (NAM_THOM, "4807,ไม่พบผู้ลงทะเบียน,,สถอ.นาแก", "๔๘๑๒,,,สถอ.วังยาง")
    before = registered()
    preview = look(*rows)

    assert list(preview.changes["code"]) == ["4811"]
    assert (preview.unchanged, registered()) == (2, before)
    assert take(*rows) == 1
    assert registered() == before + 1
    assert take(*rows) == 0
    (kept,) = listings()
    assert (kept.user_name, kept.position) == ("นายจริง ใจดี", "ท้องถิ่นอำเภอ")
    assert (kept.listed_on, kept.source) == (DAY, "sso.csv")


def test_an_office_that_the_list_no_longer_shows_is_unregistered_again():
    before = registered()
    take(NAM_THOM)

    assert take("4811,ไม่พบผู้ลงทะเบียน,,สถอ.นาทม") == 1

    assert (listings(), registered()) == ([], before)


def test_an_office_that_the_list_does_not_mention_stays_as_it_was():
    take(NAM_THOM)

    take("4807,ไม่พบผู้ลงทะเบียน,,สถอ.นาแก")

    assert len(listings()) == 1


def test_a_province_takes_over_its_own_offices_and_the_centre_all():
    with pytest.raises(RowProblems):
        take(NAM_THOM, person=OTHER_PROVINCE)

    assert take(NAM_THOM, "8101,นายกระบี่ ดี,x,สถอ.เมืองกระบี่", person=CENTRAL) == 2


def test_what_registered_here_counts_once_when_the_list_has_it_too():
    before = registered()

    take(f"{people.CLAIMED},นางสาวอารี ทดสอบดี,x,สถอ.ธาตุพนม")

    assert registered() == before


def test_who_stands_in_a_newer_list_as_before_takes_its_day_and_in_an_older_one_keeps_it():
    take(NAM_THOM)
    later, earlier = date(2026, 11, 20), date(2026, 10, 1)
    assert look(NAM_THOM, listed_on=earlier).changes.empty
    assert take(NAM_THOM, listed_on=earlier) == 0

    (before, after) = look(NAM_THOM, listed_on=later).changes.iloc[0][["before", "after"]]

    assert ("1 พ.ย. 2569" in before, "20 พ.ย. 2569" in after) == (True, True)
    assert take(NAM_THOM, listed_on=later) == 1
    assert [kept.listed_on for kept in listings()] == [later]
    assert take(NAM_THOM, listed_on=later) == 0


def test_what_only_the_list_says_is_of_its_day_and_file_and_not_of_the_import():
    take(NAM_THOM)

    office = office_of("4811")
    assert (office["source"], office["listed_on"], office["listed_in"]) == (
        "dla_sso",
        DAY,
        "sso.csv",
    )
    assert pd.isna(office["registered_at"])
    over_time = dashboards.province(people.actor(PROVINCE), "48").over_time
    assert list(over_time.itertuples(index=False, name=None)) == [
        (DAY, 1),
        (date(2026, 11, 23), 2),
    ]


def test_a_file_of_the_offices_tells_the_day_and_the_file_of_the_list():
    take(NAM_THOM)

    content = exports.export(people.actor(PROVINCE), "offices", "48", "csv").decode("utf-8-sig")

    lines = list(csv.DictReader(content.splitlines()[4:]))
    (line,) = [line for line in lines if line["รหัสหน่วยงาน"] == "4811"]
    assert line["ลงทะเบียนสำเร็จในระบบพร้อมเมื่อ"] == ""
    assert line["อยู่ในรายชื่อ DLA-SSO ของวันที่"] == "1 พ.ย. 2569"
    assert line["ไฟล์รายชื่อ DLA-SSO"] == "sso.csv"
