"""Every service that takes an actor, for every role, at the own office and at another one.

Requirement Z01: deny by default. A service that is missing from the table fails, so nobody adds
one without saying who may use it.
"""

import inspect
import pkgutil
from datetime import date
from importlib import import_module

import pytest

from data_layer import services
from data_layer.access import NotAllowed, Role
from data_layer.errors import DomainError, NotFound
from data_layer.services import (
    account,
    answers,
    bound,
    dashboards,
    exports,
    form_versions,
    grids,
    home,
    office_codes,
    prints,
    progress,
    records,
    registrations,
    review,
    rounds,
    sso_listings,
    survey_offers,
    templates,
    users,
)
from tests import official_rights, people, record_rights, register_rights
from tests import rounds as rounds_of_tests
from tests.people import (
    ADMIN,
    CENTRAL,
    NEWCOMER,
    OFFICER,
    PROVINCE,
    STANDING,
    UNCONFIRMED,
    VIEWER,
)
from tests.record_rights import key_at
from tests.rights import (
    ANY_SUPERVISOR,
    CONFIRMED,
    DISTRICT,
    EVERYBODY,
    FORM_READERS,
    NOBODY,
    SUPERVISORS,
    SURVEY_WRITERS,
    Target,
    rule,
)

CSV = (",".join(sso_listings.COLUMNS) + "\n4807,,,\n").encode()
DAY = date(2020, 12, 16)
SURVEY = rounds_of_tests.SURVEY


ELSEWHERE = register_rights.RULES | official_rights.RULES | record_rights.RULES
RULES = ELSEWHERE | {
    "account.change_password": rule(
        lambda who, _: account.change_password(who, "wrong", "x", "x"), EVERYBODY, EVERYBODY
    ),
    "account.claim_state": rule(lambda who, _: account.claim_state(who), EVERYBODY, EVERYBODY),
    "account.close_other_sessions": rule(
        lambda who, _: account.close_other_sessions(who), EVERYBODY, EVERYBODY
    ),
    "account.close_session": rule(
        lambda who, _: account.close_session(who, who.session_id), EVERYBODY, EVERYBODY
    ),
    "account.open_sessions": rule(lambda who, _: account.open_sessions(who), EVERYBODY, EVERYBODY),
    "account.own_data": rule(lambda who, _: account.own_data(who), EVERYBODY, EVERYBODY),
    "account.update": rule(lambda who, _: account.update(who, OFFICER.data), EVERYBODY, EVERYBODY),
    "answers.export": rule(
        lambda who, at: answers.export(who, SURVEY, "2569", at.office, "csv"),
        (*SUPERVISORS, ADMIN),
        SUPERVISORS,
    ),
    "bound.official_acts": rule(lambda who, _: bound.official_acts(who), EVERYBODY, EVERYBODY),
    "bound.record_acts": rule(
        lambda who, at: bound.record_acts(who, key_at(at)), EVERYBODY, EVERYBODY
    ),
    "dashboards.area_choices": rule(
        lambda who, _: dashboards.area_choices(who),
        (*ANY_SUPERVISOR, *DISTRICT),
        (*ANY_SUPERVISOR, *DISTRICT),
    ),
    "dashboards.own_area": rule(lambda who, _: dashboards.own_area(who), EVERYBODY, EVERYBODY),
    "dashboards.whole_name": rule(lambda who, _: dashboards.whole_name(who), EVERYBODY, EVERYBODY),
    "dashboards.by_area_code": rule(
        lambda who, at: dashboards.by_area_code(who, at.office),
        SUPERVISORS + DISTRICT,
        SUPERVISORS,
    ),
    "dashboards.country": rule(lambda who, _: dashboards.country(who), [CENTRAL], [CENTRAL]),
    "dashboards.district": rule(
        lambda who, at: dashboards.district(who, at.office), SUPERVISORS + DISTRICT, SUPERVISORS
    ),
    "dashboards.district_choices": rule(
        lambda who, _: dashboards.district_choices(who), CONFIRMED, CONFIRMED
    ),
    "dashboards.province": rule(
        lambda who, at: dashboards.province(who, at.office[:2]), SUPERVISORS, SUPERVISORS
    ),
    "dashboards.province_code": rule(
        lambda who, at: dashboards.province_code(who, at.office[:2]), CONFIRMED, CONFIRMED
    ),
    "dashboards.province_choices": rule(
        lambda who, _: dashboards.province_choices(who), CONFIRMED, CONFIRMED
    ),
    "exports.export": rule(
        lambda who, at: exports.export(who, "offices", at.office, "csv"),
        (*SUPERVISORS, ADMIN),
        SUPERVISORS,
    ),
    "form_versions.download": rule(
        lambda who, _: form_versions.download(who, 1), ANY_SUPERVISOR, ANY_SUPERVISOR
    ),
    "form_versions.preview": rule(
        lambda who, _: form_versions.preview(who, "2569", b"", "form.xlsx"), [CENTRAL], [CENTRAL]
    ),
    "form_versions.put": rule(
        lambda who, _: form_versions.put(who, "2569", b"", "form.xlsx"), [CENTRAL], [CENTRAL]
    ),
    "form_versions.versions": rule(
        lambda who, _: form_versions.versions(who), ANY_SUPERVISOR, ANY_SUPERVISOR
    ),
    "grids.open_grid": rule(
        lambda who, _: grids.open_grid(who, SURVEY, "2569"), FORM_READERS, FORM_READERS
    ),
    "home.office_title": rule(lambda who, _: home.office_title(who), EVERYBODY, EVERYBODY),
    "home.role_title": rule(lambda who, _: home.role_title(who), EVERYBODY, EVERYBODY),
    "home.tasks": rule(lambda who, _: home.tasks(who), EVERYBODY, EVERYBODY),
    "home.who_gives_rights": rule(lambda who, _: home.who_gives_rights(who), EVERYBODY, EVERYBODY),
    "prints.form": rule(
        lambda who, at: prints.form(who, SURVEY, "2569", f"06{at.office}01"),
        (*SUPERVISORS, ADMIN, OFFICER),
        SUPERVISORS,
    ),
    "progress.counts_of_area": rule(
        lambda who, at: progress.counts_of_area(who, at.office),
        SUPERVISORS + DISTRICT,
        SUPERVISORS,
    ),
    "progress.export": rule(
        lambda who, at: progress.export(who, "records", SURVEY, at.office, "2569", "csv"),
        (*SUPERVISORS, ADMIN),
        SUPERVISORS,
    ),
    "progress.export_forms": rule(
        lambda who, at: progress.export_forms(who, at.office, "csv"),
        (*SUPERVISORS, ADMIN),
        SUPERVISORS,
    ),
    "progress.of_area": rule(
        lambda who, at: progress.of_area(who, SURVEY, at.office),
        SUPERVISORS + DISTRICT,
        SUPERVISORS,
    ),
    "progress.rounds_of": rule(
        lambda who, _: progress.rounds_of(who, SURVEY), CONFIRMED, CONFIRMED
    ),
    "records.open_record": rule(
        lambda who, at: records.open_record(who, key_at(at)),
        (*SUPERVISORS, ADMIN, OFFICER),
        SUPERVISORS,
    ),
    "records.round_codes": rule(
        lambda who, _: records.round_codes(who, SURVEY), *[FORM_READERS] * 2
    ),
    "records.worklist": rule(lambda who, _: records.worklist(who, SURVEY), *[FORM_READERS] * 2),
    "survey_offers.differences": rule(
        lambda who, at: survey_offers.differences(who, records.open_record(who, key_at(at))),
        (*SUPERVISORS, ADMIN, OFFICER),
        SUPERVISORS,
    ),
    "survey_offers.offer": rule(
        lambda who, at: survey_offers.offer(who, key_at(at)), *SURVEY_WRITERS
    ),
    "office_codes.code_choices": rule(
        lambda who, _: office_codes.code_choices(who), ANY_SUPERVISOR, ANY_SUPERVISOR
    ),
    "office_codes.issue_codes": rule(
        lambda who, at: office_codes.issue_codes(who, [at.office]), SUPERVISORS, SUPERVISORS
    ),
    "office_codes.needs_code": rule(
        lambda who, at: office_codes.needs_code(who, at.office), SUPERVISORS + DISTRICT, SUPERVISORS
    ),
    "registrations.confirm": rule(
        lambda who, at: registrations.confirm(who, at.claim), SUPERVISORS, SUPERVISORS
    ),
    "registrations.confirmed": rule(
        lambda who, _: registrations.confirmed(who), ANY_SUPERVISOR, ANY_SUPERVISOR
    ),
    "registrations.ended": rule(
        lambda who, _: registrations.ended(who), ANY_SUPERVISOR, ANY_SUPERVISOR
    ),
    "registrations.refuse": rule(
        lambda who, at: registrations.refuse(who, at.claim, "เหตุผล"), SUPERVISORS, SUPERVISORS
    ),
    "registrations.reset_admin": rule(
        lambda who, at: registrations.reset_admin(who, at.claim), SUPERVISORS, SUPERVISORS
    ),
    "registrations.revoke": rule(
        lambda who, at: registrations.revoke(who, at.claim, "เหตุผล"), SUPERVISORS, SUPERVISORS
    ),
    "registrations.waiting": rule(
        lambda who, _: registrations.waiting(who), ANY_SUPERVISOR, ANY_SUPERVISOR
    ),
    "review.approve": rule(
        lambda who, at: review.approve(who, [(key_at(at), 1)]), SUPERVISORS, SUPERVISORS
    ),
    "review.count_apart": rule(
        lambda who, _: review.count_apart(who, SURVEY, "2569"), ANY_SUPERVISOR, ANY_SUPERVISOR
    ),
    "review.open_review": rule(
        lambda who, at: review.open_review(who, key_at(at)), SUPERVISORS, SUPERVISORS
    ),
    "review.reopen": rule(
        lambda who, at: review.reopen(who, key_at(at), 1, "เหตุผล"), SUPERVISORS, SUPERVISORS
    ),
    "review.send_back": rule(
        lambda who, at: review.send_back(who, key_at(at), 1, {}, "แก้"), SUPERVISORS, SUPERVISORS
    ),
    "rounds.change": rule(
        lambda who, _: rounds.change(who, 1, rounds_of_tests.entry()), [CENTRAL], [CENTRAL]
    ),
    "rounds.extend": rule(
        lambda who, at: rounds.extend(who, "2569", at.office, date(2027, 1, 1), "น้ำท่วม"),
        [CENTRAL],
        [CENTRAL],
    ),
    "rounds.list_rounds": rule(
        lambda who, _: rounds.list_rounds(who), ANY_SUPERVISOR, ANY_SUPERVISOR
    ),
    "rounds.plan": rule(
        lambda who, _: rounds.plan(who, rounds_of_tests.entry("2570")), [CENTRAL], [CENTRAL]
    ),
    "sso_listings.import_listing": rule(
        lambda who, _: sso_listings.import_listing(who, CSV, "sso.csv", listed_on=DAY),
        ANY_SUPERVISOR,
        ANY_SUPERVISOR,
    ),
    "sso_listings.preview": rule(
        lambda who, _: sso_listings.preview(who, CSV, "sso.csv", listed_on=DAY),
        ANY_SUPERVISOR,
        ANY_SUPERVISOR,
    ),
    "templates.marked": rule(
        lambda who, _: templates.marked(who, SURVEY, "2569", b"", "a.xlsx"),
        (ADMIN, OFFICER),
        (ADMIN, OFFICER),
    ),
    "templates.preview": rule(
        lambda who, _: templates.preview(who, SURVEY, "2569", b"", "a.xlsx"),
        (ADMIN, OFFICER),
        (ADMIN, OFFICER),
    ),
    "templates.take": rule(
        lambda who, _: templates.take(who, SURVEY, "2569", b"", "a.xlsx"),
        (ADMIN, OFFICER),
        (ADMIN, OFFICER),
    ),
    "templates.template": rule(
        lambda who, _: templates.template(who, SURVEY, "2569"),
        (ADMIN, OFFICER),
        (ADMIN, OFFICER),
    ),
    "users.create": rule(
        lambda who, at: users.create(
            who, NEWCOMER.data, role=Role.VIEWER, rights={}, office_code=at.office
        ),
        [ADMIN],
        NOBODY,
    ),
    "users.grantable_roles": rule(
        lambda who, at: users.grantable_roles(who, at.office), EVERYBODY, EVERYBODY
    ),
    "users.list_users": rule(lambda who, at: users.list_users(who, at.office), [ADMIN], NOBODY),
    "users.reset_password": rule(
        lambda who, at: users.reset_password(who, at.user), [ADMIN], NOBODY
    ),
    "users.reveal_citizen_id": rule(
        lambda who, at: users.reveal_citizen_id(who, at.user), SUPERVISORS, SUPERVISORS
    ),
    "users.set_active": rule(
        lambda who, at: users.set_active(who, at.user, is_active=True), [ADMIN], NOBODY
    ),
    "users.update": rule(
        lambda who, at: users.update(who, at.user, 1, OFFICER.data, rights={}), [ADMIN], NOBODY
    ),
}
# what an actor is not asked for in the first place
WITHOUT_A_RIGHT = {
    "dashboards.own_area",
    "dashboards.whole_name",
    "home.office_title",
    "home.role_title",
    "home.who_gives_rights",
    "official_files.file_name",
    "bound.official_acts",  # each of the acts asks
    "bound.record_acts",
    "users.grantable_roles",
}


def services_that_take_an_actor():
    for module in pkgutil.iter_modules(services.__path__):
        loaded = import_module(f"data_layer.services.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            is_public = function.__module__ == loaded.__name__ and not name.startswith("_")
            if is_public and takes_an_actor(function):
                yield f"{module.name}.{name}"


def takes_an_actor(function):
    given = list(inspect.signature(function).parameters.values())
    is_part_of_an_act = given and given[0].name == "session"
    return not is_part_of_an_act and any("Actor" in str(each.annotation) for each in given)


def test_z01_every_service_that_takes_an_actor_stands_in_the_table():
    assert set(services_that_take_an_actor()) == set(RULES)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", RULES)
def test_z01_only_those_who_may_get_through(name):
    rounds_of_tests.stand()
    at_4805 = Target("4805", people.claim_id("4805"), people.user_id(OFFICER))
    at_4809 = Target("4809", people.claim_id("4809"), people.user_id(UNCONFIRMED))
    call, *allowed = RULES[name]
    actors = {person: people.actor(person) for person in STANDING}  # before anything changes
    cases = [
        (person, target, person in persons)
        for target, persons in zip((at_4805, at_4809), allowed, strict=True)
        for person in STANDING
    ]

    for person, target, may in sorted(cases, key=lambda case: case[2]):  # the refusals first
        who = actors[person]
        assert gets_through(call, who, target) is may, f"{person.first_name} at {target.office}"


def gets_through(call, who, target):
    try:
        call(who, target)
    except (NotAllowed, NotFound):
        return False
    except DomainError:
        return True  # the right was there, something else was amiss
    return True


@pytest.mark.usefixtures("database")
def test_z01_a_one_time_password_opens_nothing_but_the_own_account():
    rounds_of_tests.stand()
    target = Target("4805", people.claim_id("4805"), people.user_id(VIEWER))
    asked = RULES.keys() - WITHOUT_A_RIGHT - {"offices.find"}

    for person, keeper in ((OFFICER, ADMIN), (PROVINCE, CENTRAL)):
        users.reset_password(people.actor(keeper), people.user_id(person))
        who = people.actor(person)
        opened = {name for name in asked if gets_through(RULES[name].call, who, target)}
        assert opened == {name for name in asked if name.startswith("account.")} | {"home.tasks"}
