"""The supervisors' question: the numbers follow each step, at once, and cross no border. Z04."""

import os
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy import func, select

from data_layer.access import NotAllowed, Role, Scope
from data_layer.config import ROOT, config
from data_layer.db import reading
from data_layer.errors import NotFound
from data_layer.models import Office, OfficeKind, Registration, SsoListing
from data_layer.services import dashboards, offices, registrations, users
from tests import people
from tests.people import (
    ADMIN,
    CENTRAL,
    NEWCOMER,
    OFFICER,
    OTHER_PROVINCE,
    PROVINCE,
    UNCLAIMED,
)
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("database")
FUNNEL = {"not_registered": 10, "waiting": 1, "has_admin": 0, "has_users": 0, "signed_in": 1}


def of_province(code="48", person=PROVINCE):
    return dashboards.province(people.actor(person), code)


def step_of(office):
    dashboard = of_province()
    row = dashboard.offices.set_index("code").loc[office]
    return row["state"], int(row["step"])


def test_only_the_centre_sees_the_country_and_a_province_only_itself():
    for person in (PROVINCE, ADMIN, OFFICER):
        with pytest.raises(NotAllowed):
            dashboards.country(people.actor(person))
    with pytest.raises(NotAllowed):
        of_province("81")
    with pytest.raises(NotAllowed):
        of_province("48", ADMIN)
    for office in ("8101", "4801"):
        with pytest.raises(NotAllowed):
            dashboards.district(people.actor(ADMIN), office)


def test_a_place_that_is_not_there_is_not_found():
    centre = people.actor(CENTRAL)

    with pytest.raises(NotFound):
        dashboards.province(centre, "99")
    with pytest.raises(NotFound):
        dashboards.district(centre, "4899")
    with pytest.raises(NotFound):
        dashboards.province(centre, "10")  # Bangkok has no such offices


def test_a_new_country_has_878_offices_in_76_provinces():
    country = dashboards.country(people.actor(CENTRAL))

    assert (country.summary.expected, len(country.by_area)) == (878, 76)
    assert (country.summary.registered, country.summary.waiting) == (1, 1)
    assert country.summary.share == pytest.approx(1 / 878)


def test_the_funnel_of_a_province_has_each_office_once():
    found = of_province()

    assert found.funnel == FUNNEL
    assert sum(found.funnel.values()) == found.summary.expected == len(found.offices) == 12


def test_the_numbers_follow_each_step_of_an_office_and_back():
    assert step_of(UNCLAIMED) == ("not_registered", 0)

    token = people.claim(NEWCOMER)
    assert step_of(UNCLAIMED) == ("waiting", 1)

    people.confirm(UNCLAIMED)
    assert step_of(UNCLAIMED) == ("registered", 2)

    officer = replace(OFFICER, number=40, office=UNCLAIMED)
    users.create(people.identify(token), officer.data, role=Role.OFFICER, rights={})
    assert step_of(UNCLAIMED)[1] == 3

    people.sign_in_as(NEWCOMER)
    assert step_of(UNCLAIMED)[1] == 4

    registrations.revoke(people.actor(PROVINCE), people.claim_id(UNCLAIMED), "เหตุผล")
    assert step_of(UNCLAIMED) == ("not_registered", 0)


def test_the_list_of_the_unregistered_is_exactly_those():
    found = of_province()

    assert set(found.not_registered["code"]) == {f"48{number:02d}" for number in range(1, 13)} - {
        people.CLAIMED,
        people.WAITING,
    }
    assert set(found.not_registered["state"]) == {"not_registered"}


def test_the_numbers_equal_a_count_by_hand():
    country = dashboards.country(people.actor(CENTRAL))
    live = select(Registration.office_id).where(Registration.state.in_(["waiting", "confirmed"]))
    listed = select(SsoListing.office_id)

    with reading() as session:
        unregistered = session.scalar(
            select(func.count())
            .select_from(Office)
            .where(
                Office.kind == OfficeKind.DISTRICT,
                Office.id.not_in(live),
                Office.id.not_in(listed),
            )
        )
    assert country.summary.not_registered == unregistered == len(country.not_registered)
    assert country.by_area[["registered", "waiting", "not_registered"]].sum().sum() == 878


def test_days_are_counted_from_the_circular_in_thai_time(clock, monkeypatch):
    monkeypatch.setenv("CIRCULAR_DATE", "2026-11-20")
    config.cache_clear()

    assert set(of_province().offices["days"]) == {3}

    clock.moment = clock.moment.replace(hour=16, minute=59)
    assert set(of_province().offices["days"]) == {3}
    clock.forward(minutes=1)  # midnight in Thailand
    assert set(of_province().offices["days"]) == {4}


def test_offices_stand_in_the_order_of_the_thai_dictionary():
    names = list(of_province().offices["name"])

    assert names == [
        "ท่าอุเทน", "ธาตุพนม", "นาแก", "นาทม", "นาหว้า", "บ้านแพง", "ปลาปาก", "โพนสวรรค์",
        "เมืองนครพนม", "เรณูนคร", "วังยาง", "ศรีสงคราม",
    ]  # fmt: skip


def test_a_dashboard_that_was_asked_for_before_costs_two_queries():
    who, centre = people.actor(PROVINCE), people.actor(CENTRAL)
    dashboards.province(who, "48")
    dashboards.country(centre)

    assert len(statements(lambda: dashboards.province(who, "48"))) <= 2
    assert len(statements(lambda: dashboards.country(centre))) <= 2


def test_z04_what_one_office_was_answered_is_never_anothers_answer():
    asked = [
        (dashboards.country(people.actor(CENTRAL)), Scope()),
        (of_province(), Scope("48")),
        (of_province("81", OTHER_PROVINCE), Scope("81")),
        (dashboards.district(people.actor(ADMIN), "4805"), Scope("48", "4805")),
        (dashboards.district(people.actor(PROVINCE), "4801"), Scope("48", "4801")),
    ]

    for dashboard, scope in asked:
        assert dashboard.scope == scope
        for code in dashboard.offices["code"]:
            assert scope.covers(province_code=code[:2], district_code=code)
    choices = [dashboards.province_choices(people.actor(p)) for p in (PROVINCE, OTHER_PROVINCE)]
    assert [[choice.code for choice in each] for each in choices] == [["48"], ["81"]]


def test_a_write_shows_at_once_in_every_dashboard_above_it():
    centre = people.actor(CENTRAL)
    before = dashboards.country(centre).summary.waiting

    people.claim(NEWCOMER)

    assert dashboards.country(centre).summary.waiting == before + 1
    assert of_province().summary.waiting == 2


def test_a_write_of_another_process_shows_at_once_too():
    assert "042511234" not in set(of_province().offices["phone"])

    run_elsewhere(
        "from data_layer.services import appointments, offices;"
        "offices.set_phone(appointments.OPERATOR, '4807', '042511234')"
    )

    assert of_province().offices.set_index("code").loc["4807", "phone"] == "042511234"


def run_elsewhere(statements_):
    subprocess.run([sys.executable, "-c", statements_], cwd=ROOT, env=os.environ, check=True)  # noqa: S603


def test_a_change_in_another_province_leaves_the_kept_answer_alone():
    before = of_province()

    offices.set_phone(people.actor(OTHER_PROVINCE), "8101", "075611234")

    assert of_province() is before


def test_what_has_happened_over_time_is_cumulative_by_thai_day():
    people.claim(NEWCOMER)
    people.confirm(UNCLAIMED)

    over_time = of_province().over_time

    assert list(over_time["registered"]) == [2]
    assert str(over_time["on"][0])[:10] == "2026-11-23"


def test_a_district_without_authorities_has_an_empty_table_with_its_columns():
    dashboard = dashboards.district(people.actor(ADMIN), "4805")

    assert isinstance(dashboard.authorities, pd.DataFrame)
    assert dashboard.authorities.empty
    assert "name" in dashboard.authorities
