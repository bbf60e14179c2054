"""Every page: who sees it, who does not, and that it stays a recipe."""

import ast

import pytest

from data_layer.access import Role
from data_layer.services import users
from tests import people
from tests.pages.reading import PAGES, heading, page_files, refilled
from tests.people import (
    ADMIN,
    CENTRAL,
    OFFICER,
    PROVINCE,
    STRANGER,
    UNCLAIMED,
    UNCONFIRMED,
    VIEWER,
)

CLAIMANT, NOBODY, BEGINNER = "claimant", "nobody", "beginner"
IN_OFFICES = {"admin": ADMIN, "officer": OFFICER, "viewer": VIEWER}
SUPERVISORS = {"central": CENTRAL, "province": PROVINCE}
WAITING = {"unconfirmed": UNCONFIRMED}
EVERYONE = {*IN_OFFICES, *SUPERVISORS, *WAITING, BEGINNER, CLAIMANT, NOBODY}
MAY_OPEN = {
    "sign_in.py": {NOBODY},
    "register_office.py": {CLAIMANT},
    "find_office.py": EVERYONE - {CLAIMANT},
    "guide.py": EVERYONE - {CLAIMANT},  # its steps stand below the registration
    "home.py": EVERYONE - {CLAIMANT, NOBODY},
    "account.py": EVERYONE - {CLAIMANT, NOBODY},
    "country_dashboard.py": {"central"},
    "province_dashboard.py": {*SUPERVISORS},
    "district_dashboard.py": {*SUPERVISORS, *IN_OFFICES},
    "registrations.py": {*SUPERVISORS},
    "enter_survey.py": {*SUPERVISORS, "admin", "officer"},
    "enter_readiness.py": {*SUPERVISORS, "admin"},
    "progress.py": {*SUPERVISORS, *IN_OFFICES},
    "review.py": {*SUPERVISORS},
    "rounds.py": {*SUPERVISORS},
    "offices.py": {*SUPERVISORS, "admin", "officer"},
    "officials.py": {*SUPERVISORS, "admin"},
    "users.py": {*SUPERVISORS, "admin"},
}
ALLOWED = [(page, who) for page, people_ in MAY_OPEN.items() for who in sorted(people_)]
REFUSED = [(page, who) for page in MAY_OPEN for who in sorted(EVERYONE - MAY_OPEN[page])]
PUBLIC = {"sign_in.py", "find_office.py", "guide.py"}
LONGEST_PAGE = 80
MAY_IMPORT = (
    "streamlit",
    "pandas",
    "functools",
    "auth.session",
    "auth.authenticator",
    "data_layer.services",
    "data_layer.errors",
    "data_layer.access",
    "data_layer.clock",
    "pages.components",
)


@pytest.fixture
def token(database):
    """token("viewer"): a session token of that somebody; of nobody it is empty."""

    def made(who):
        if who == NOBODY:
            return ""
        if who == CLAIMANT:
            return people.sign_in_with(UNCLAIMED, people.INITIAL)
        if who == BEGINNER:
            one_time = users.create(
                people.actor(ADMIN), STRANGER.data, role=Role.OFFICER, rights={}
            )
            return people.sign_in_with(STRANGER.citizen_id, one_time)
        return people.token_of({**IN_OFFICES, **SUPERVISORS, **WAITING}[who])

    return made


def test_says_of_every_page_file_who_may_open_it():
    assert sorted(MAY_OPEN) == page_files()


@pytest.mark.parametrize(("page", "who"), REFUSED)
def test_z02_does_not_execute_a_page_for_who_may_not_open_it(page, who, token, open_page, executed):
    at = open_page(page, token(who))

    assert not at.exception
    assert page not in executed
    assert len(executed) > 0


@pytest.mark.parametrize(("page", "who"), ALLOWED)
def test_opens_for_who_may(page, who, token, open_page, executed):
    at = open_page(page, token(who))

    assert not at.exception
    assert not at.error
    assert executed[-1] == page
    assert heading(at)
    executed.clear()
    assert refilled(at.run()) == set()
    assert executed == [page]


@pytest.mark.parametrize("page", page_files())
def test_a_page_is_thin(page):
    text = PAGES.joinpath(page).read_text(encoding="utf-8")
    tree = ast.parse(text)

    assert len(text.splitlines()) <= LONGEST_PAGE
    assert not [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]


@pytest.mark.parametrize("page", page_files())
def test_a_page_imports_services_and_components_only(page):
    tree = ast.parse(PAGES.joinpath(page).read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    modules = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    modules += [each.name for node in nodes if isinstance(node, ast.Import) for each in node.names]

    assert [module for module in modules if not module.startswith(MAY_IMPORT)] == []


@pytest.mark.parametrize("page", sorted(set(page_files()) - PUBLIC))
def test_a_page_asks_first_who_is_there(page):
    tree = ast.parse(PAGES.joinpath(page).read_text(encoding="utf-8"))
    imports = (ast.Import, ast.ImportFrom)
    first = next(node for node in tree.body[1:] if not isinstance(node, imports))

    assert ast.unparse(first).startswith(("actor = require_actor(", "claimant = require_claimant("))
