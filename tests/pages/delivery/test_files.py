"""The files of the charts behind plain links: who asks is asked at the click, each is recorded."""

import csv

import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.routing import Route

from auth.cookies import session_cookie
from data_layer.access import NotAllowed
from data_layer.db import reading
from data_layer.errors import NotFound
from data_layer.models import AuditEntry
from data_layer.services import dashboards, exports
from pages.components.chart_bars import bars
from pages.delivery.files import panel_file
from tests import people, rounds
from tests.pages.delivery.asking import ask
from tests.people import CENTRAL, OFFICER, OTHER_PROVINCE, PROVINCE, VIEWER

app = Starlette(routes=[Route("/files/{panel}.{form}", panel_file)])


@pytest.fixture
def engine_name():
    """The services are tested on both engines."""
    return "sqlite"


@pytest.fixture(autouse=True)
def data(database):
    """The demo's people and offices."""


def fetched(path, who, **headers):
    cookie = f"{session_cookie()}={people.token_of(who)}" if who else "other=1"
    return ask(app, path, cookie=cookie, **headers)


def exported():
    with reading() as session:
        asked = select(AuditEntry.detail).where(AuditEntry.act == "report.export")
        return [detail["panel"] for detail in session.scalars(asked)]


def test_z05_who_is_not_in_is_led_to_the_sign_in_and_gets_nothing():
    answer = fetched("/files/by_area.csv?area=48", None)

    assert (answer.status, answer.headers["location"], answer.body) == (303, "/", b"")


@pytest.mark.parametrize("who", [VIEWER, OFFICER])
def test_who_may_not_export_reads_why(who):
    answer = fetched("/files/offices.csv?area=4801", who)

    assert (answer.status, answer.body.decode()) == (403, NotAllowed.text)


@pytest.mark.parametrize("area", ["48", "4807", ""])
def test_another_province_is_refused_and_no_file_recorded(area):
    answer = fetched(f"/files/by_area.csv?area={area}", OTHER_PROVINCE)

    assert answer.status == 403
    assert exported() == []


@pytest.mark.parametrize(
    "path", ["/files/users.csv", "/files/by_area.pdf", "/files/by_area.csv?area=99"]
)
def test_what_is_not_there_is_not_found(path):
    answer = fetched(path, CENTRAL)

    assert (answer.status, answer.body.decode()) == (404, NotFound.text)


@pytest.mark.parametrize(("who", "area"), [(CENTRAL, ""), (PROVINCE, "48")])
def test_the_authorities_of_more_than_a_district_are_refused_with_the_way_to_them(who, area):
    answer = fetched(f"/files/authorities.csv?area={area}", who)

    assert (answer.status, answer.body.decode()) == (404, exports.OneDistrictOnly.text)
    assert exported() == []


def test_the_authorities_of_a_district_are_all_in_its_file():
    rounds.stand()

    answer = fetched("/files/authorities.csv?area=4805", PROVINCE)

    in_district = [code for code in rounds.NAMES if code[2:6] == "4805"]
    assert [row[0] for row in lines(answer)[5:]] == sorted(in_district)


def test_a_link_on_another_site_exports_nothing():
    answer = fetched("/files/by_area.csv?area=48", PROVINCE, sec_fetch_site="cross-site")

    assert answer.status == 403
    assert exported() == []


@pytest.mark.parametrize("panel", ["offices", "by_area", "funnel", "over_time"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_is_the_one_of_the_export_kept_nowhere_and_recorded(panel, form):
    answer = fetched(f"/files/{panel}.{form}?area=48", PROVINCE)

    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert f'attachment; filename="{panel}_48_2' in answer.headers["content-disposition"]
    assert exported() == [panel]
    if form == "csv":
        assert answer.body == exports.export(people.actor(PROVINCE), panel, "48", form)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_forms_of_a_dashboard_have_their_files_too(form):
    rounds.stand()

    answer = fetched(f"/files/forms.{form}?area=48", PROVINCE)

    assert answer.status == 200
    assert 'attachment; filename="forms_48_2' in answer.headers["content-disposition"]
    assert exported() == ["forms"]
    if form == "csv":
        title, scope, *_, header, survey, readiness = lines(answer)
        assert (title, scope) == (["การกรอกแบบ"], ["ขอบเขต: จังหวัดนครพนม"])
        assert header[:4] == ["แบบฟอร์ม", "รอบ", "ต้องกรอก", "ยังไม่เริ่ม"]
        assert [row[1:4] for row in (survey, readiness)] == [["2569", "4", "4"]] * 2


@pytest.mark.parametrize(
    ("who", "area", "status"),
    [
        (OTHER_PROVINCE, "48", 403),
        (OFFICER, "4805", 403),
        (PROVINCE, "", 403),
        (CENTRAL, "99", 404),
    ],
)
def test_the_forms_of_another_area_are_refused(who, area, status):
    assert fetched(f"/files/forms.csv?area={area}", who).status == status
    assert exported() == []


def test_a_file_is_of_the_moment_of_the_export_though_nothing_changed_since(clock):
    fetched("/files/by_area.csv?area=48", PROVINCE)
    clock.forward(minutes=83)

    answer = fetched("/files/by_area.csv?area=48", PROVINCE)

    assert lines(answer)[2] == ["ณ วันที่ 23 พ.ย. 2569 เวลา 12:23 น."]
    assert "25691123-1223.csv" in answer.headers["content-disposition"]


def test_the_file_of_the_bars_has_all_areas_in_the_order_of_the_bars():
    names = [row[1] for row in lines(fetched("/files/by_area.csv", CENTRAL))[5:]]

    country = dashboards.country(people.actor(CENTRAL))
    axis = bars(country.by_area)["layout"]["yaxis"]
    drawn = [tick.strip() for tick in axis["ticktext"]]
    assert names[: len(drawn)] == drawn
    assert len(names) == 76


def lines(answer):
    return list(csv.reader(answer.body.decode("utf-8-sig").splitlines()))
