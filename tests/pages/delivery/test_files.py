"""The files of the charts behind plain links: who asks is asked at the click, each is recorded."""

import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.routing import Route

from auth.cookies import session_cookie
from data_layer.access import NotAllowed
from data_layer.db import reading
from data_layer.errors import NotFound
from data_layer.models import AuditEntry
from data_layer.services import exports
from pages.delivery.files import panel_file
from tests import people
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
