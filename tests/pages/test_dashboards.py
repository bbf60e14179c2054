"""The dashboards: their numbers are the database's, the address holds the view, files by right."""

import re
from datetime import date

import pytest
from sqlalchemy import text

from data_layer.db import reading
from data_layer.rules.rounds import FORM_NAMES
from data_layer.services import registrations, sso_listings, users
from tests import people
from tests.pages.reading import heading, keys, rows, table, words
from tests.people import ADMIN, CENTRAL, OFFICER, OTHER_PROVINCE, PROVINCE, STRANGER, VIEWER
from tests.rounds import stand

LIST = "not_registered.list"
CHARTS = {"offices", "by_area", "funnel", "over_time"}
CLAIMS = "SELECT 1 FROM registrations r WHERE r.office_id = o.id AND r.state"
COUNT = """SELECT count(*) FROM offices o WHERE o.kind = 'district' AND o.closed_on IS NULL
AND o.province_code LIKE :province AND """
STATES = {
    "ทั้งหมด": "1 = 1",
    "ลงทะเบียนแล้ว": f"EXISTS ({CLAIMS} = 'confirmed')",
    "รอยืนยัน": f"EXISTS ({CLAIMS} = 'waiting')",
    "ยังไม่ลงทะเบียน": f"NOT EXISTS ({CLAIMS} IN ('waiting', 'confirmed'))",
}


def counted(province):
    with reading() as session:
        given = {"province": province}
        return {
            word: session.execute(text(COUNT + which), given).scalar_one()
            for word, which in STATES.items()
        }


def shown(at):
    found = re.findall(r"<dt>(?:<span[^>]*></span>)?([^<]+)</dt><dd>([\d,]+)", words(at))
    return {word: int(number.replace(",", "")) for word, number in found}


def codes(at):
    return {row[1] if len(row[0]) != 4 else row[0] for row in table(at, LIST)["rows"]}


def downloads(at):
    """The files of the page: buttons by their keys, links by what they lead to."""
    linked = re.findall(r'href="/files/([a-z_]+\.(?:csv|xlsx))', words(at))
    return keys(at, "download_button") | set(linked)


@pytest.mark.parametrize(
    ("page", "who", "province"),
    [
        ("country_dashboard.py", CENTRAL, "%"),
        ("province_dashboard.py", PROVINCE, "48"),
        ("province_dashboard.py", OTHER_PROVINCE, "81"),
    ],
)
def test_the_key_numbers_are_those_of_the_database(open_page, page, who, province):
    assert shown(open_page(page, who)) == counted(province)


def test_a_number_follows_what_happened_since(open_page):
    at = open_page("province_dashboard.py", PROVINCE)
    before = shown(at)
    people.claim(people.NEWCOMER)

    at.run()

    assert shown(at)["รอยืนยัน"] == before["รอยืนยัน"] + 1
    assert shown(at)["ยังไม่ลงทะเบียน"] == before["ยังไม่ลงทะเบียน"] - 1


def test_the_figures_are_of_the_moment_at_which_they_are_looked_at(open_page, clock):
    at = open_page("province_dashboard.py", PROVINCE)
    assert "ข้อมูล ณ วันที่ 23 พ.ย. 2569 11:00 น." in words(at)

    clock.forward(minutes=5)
    at.run()

    assert "ข้อมูล ณ วันที่ 23 พ.ย. 2569 11:05 น." in words(at)


def test_the_list_holds_who_has_not_registered_and_nobody_else(open_page):
    keys_ = set(table(open_page("province_dashboard.py", PROVINCE), LIST)["keys"])

    assert people.UNCLAIMED in keys_
    assert keys_.isdisjoint({people.CLAIMED, people.WAITING})
    assert len(keys_) == counted("48")["ยังไม่ลงทะเบียน"]


def test_a_province_sees_its_own_offices_only(open_page):
    at = open_page("province_dashboard.py", OTHER_PROVINCE)

    assert {key[:2] for key in table(at, LIST)["keys"]} == {"81"}
    assert at.selectbox(key="dashboard.province").options == ["กระบี่"]


def test_the_country_is_narrowed_to_a_province_and_the_address_says_so(open_page):
    at = open_page("country_dashboard.py", CENTRAL)

    at.selectbox(key="dashboard.province").set_value("48").run()

    assert shown(at) == counted("48")
    assert at.query_params["province"] == "48"


def test_the_address_opens_the_same_view(open_page):
    assert shown(open_page("country_dashboard.py", CENTRAL, province="81")) == counted("81")


def test_a_province_is_narrowed_to_a_district(open_page):
    at = open_page("province_dashboard.py", PROVINCE)

    at.selectbox(key="dashboard.district").set_value("4807").run()

    assert shown(at)["ทั้งหมด"] == 1
    assert table(at, LIST)["keys"] == ["4807"]
    assert at.query_params["district"] == "4807"


@pytest.mark.parametrize(
    ("page", "who", "param", "code"),
    [
        ("country_dashboard.py", CENTRAL, "province", "99"),
        ("country_dashboard.py", CENTRAL, "province", "' OR 1=1"),
        ("province_dashboard.py", PROVINCE, "province", "81"),
        ("province_dashboard.py", PROVINCE, "district", "8101"),
        ("district_dashboard.py", PROVINCE, "district", "8101"),
        ("district_dashboard.py", ADMIN, "district", "4807"),
        ("district_dashboard.py", ADMIN, "district", "xx"),
    ],
)
def test_a_code_beyond_the_own_area_is_said_and_the_own_area_is_shown(
    open_page, page, who, param, code
):
    at = open_page(page, who, **{param: code})

    assert not at.exception
    assert "อยู่นอกสิทธิของท่าน" in at.warning[0].value
    assert code not in at.query_params.get(param, "")


def test_a_picked_row_leads_to_the_district(open_page, executed):
    at = open_page("province_dashboard.py", PROVINCE)
    at.session_state[f"{LIST}.picked"] = "4807"

    at.run()

    assert executed[-1] == "district_dashboard.py"
    assert "สถอ.นาแก" in heading(at)


def test_a_picked_bar_leads_to_the_province(open_page, executed):
    at = open_page("country_dashboard.py", CENTRAL)
    at.session_state["charts.picked"] = "30"  # the most districts, so it is drawn

    at.run()

    assert executed[-1] == "province_dashboard.py"
    assert heading(at) == "จังหวัดนครราชสีมา"


def test_what_was_not_drawn_cannot_be_picked(open_page, executed):
    at = open_page("province_dashboard.py", PROVINCE)
    at.session_state[f"{LIST}.picked"] = "8101"

    at.run()

    assert executed[-1] == "province_dashboard.py"


@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("country_dashboard.py", CENTRAL),
        ("province_dashboard.py", PROVINCE),
        ("district_dashboard.py", ADMIN),
    ],
)
def test_every_panel_has_its_csv_and_its_excel_file(open_page, page, who):
    found = downloads(open_page(page, who))

    panels = {key.rpartition(".")[0] for key in found}
    assert found == {f"{panel}.{form}" for panel in panels for form in ("csv", "xlsx")}
    assert panels >= ({"offices"} if who is ADMIN else CHARTS | {"not_registered"})


@pytest.mark.parametrize(
    ("page", "who", "area"),
    [
        ("country_dashboard.py", CENTRAL, ""),
        ("province_dashboard.py", PROVINCE, "?area=48"),
    ],
)
def test_the_files_of_the_charts_are_those_of_the_area_that_is_shown(open_page, page, who, area):
    shown_there = words(open_page(page, who))

    assert all(f'href="/files/{panel}.csv{area}"' in shown_there for panel in CHARTS)


@pytest.mark.parametrize("who", [VIEWER, OFFICER])
def test_who_may_not_export_sees_no_file(open_page, who):
    stand()

    at = open_page("district_dashboard.py", who)

    assert downloads(at) == set()
    assert table(at, "forms.list")["files"] == []


def test_the_right_to_write_reports_brings_the_files(open_page):
    first = users.create(
        people.actor(ADMIN),
        STRANGER.data,
        role=people.Role.VIEWER,
        rights=people.rights(reports="write"),
    )
    people.choose_password(STRANGER, first)

    assert "offices.csv" in downloads(open_page("district_dashboard.py", STRANGER))


def test_a_district_that_a_list_has_says_of_which_day_and_file(open_page):
    content = f"{','.join(sso_listings.COLUMNS)}\n4811,นายจริง ใจดี,ท้องถิ่นอำเภอ,สถอ.นาทม\n"
    sso_listings.import_listing(
        people.actor(PROVINCE), content.encode(), "sso_1.csv", listed_on=date(2021, 1, 15)
    )

    read = words(open_page("district_dashboard.py", PROVINCE, district="4811"))

    assert "ตามรายชื่อ DLA-SSO ของวันที่ 15 ม.ค. 2564" in read
    assert "sso\\_1.csv" in read
    assert "ลงทะเบียนสำเร็จ" not in read


def test_a_district_reads_its_next_step(open_page):
    at = open_page("district_dashboard.py", PROVINCE, district="4809")

    assert "จังหวัดตรวจชื่อ" in at.info[0].value
    assert rows(at, "authorities.list") == []


@pytest.mark.parametrize(
    ("page", "who", "area", "asked"),
    [
        ("country_dashboard.py", CENTRAL, "", ""),
        ("province_dashboard.py", PROVINCE, "", "?area=48"),
        ("district_dashboard.py", ADMIN, "4805", "?area=4805"),
    ],
)
def test_each_dashboard_says_how_far_the_forms_are_and_leads_to_the_names(
    open_page, executed, page, who, area, asked
):
    stand()
    at = open_page(page, who)
    assert [row[0] for row in rows(at, "forms.list")] == [
        f"{name} รอบ 2569" for name in FORM_NAMES.values()
    ]

    assert table(at, "forms.list")["files"] == [
        ["CSV", f"/files/forms.csv{asked}"],
        ["Excel", f"/files/forms.xlsx{asked}"],
    ]

    at.session_state["forms.list.picked"] = "readiness"  # what a click on the row sends
    at.run()

    assert "progress.py" in executed
    assert at.query_params["form"] == "readiness"
    assert at.query_params.get("area", "") == area


def test_an_office_whose_claim_was_refused_is_led_to_a_code_and_no_more_to_123456(open_page):
    people.claim(people.NEWCOMER)
    registrations.refuse(people.actor(PROVINCE), people.claim_id(people.UNCLAIMED), "เหตุผล")

    at = open_page("district_dashboard.py", PROVINCE, district=people.UNCLAIMED)

    assert "จังหวัดออกรหัสใช้ครั้งเดียว" in at.info[0].value
    assert "ตามหนังสือแจ้ง" not in at.info[0].value


def test_an_office_that_never_came_in_is_led_to_the_first_password_of_the_letter(open_page):
    at = open_page("district_dashboard.py", PROVINCE, district=people.UNCLAIMED)

    assert "ตามหนังสือแจ้ง" in at.info[0].value


def test_a_district_without_authorities_reads_that_nothing_is_asked_there(open_page):
    stand()

    at = open_page("district_dashboard.py", PROVINCE, district="4812")

    assert rows(at, "forms.list") == []
    assert "ไม่มี อปท." in table(at, "forms.list")["empty"]
