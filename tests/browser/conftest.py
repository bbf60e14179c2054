"""The real server, a real browser: for the long stories, for lost lines, for all else."""

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.serving import Installation, Server, copied, install, serve
from tests.browser.visitor import Visitor

Cookies = list[Any]
HERE = Path(__file__).parent
STORIES = ("test_entry", "test_entry_left", "test_ten_steps")
# the first is Chromium without what only windows need: the same engine, a sixth less work
NAMES = ("chromium-headless-shell", "chromium")
HOW_TO_GET = f"no Chromium: `apt-get install {NAMES[0]}`, or set CHROMIUM to its path"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            stem = item.path.stem
            group = (
                "stories" if stem in STORIES else "lines" if stem == "test_line_gone" else "browser"
            )
            item.add_marker(pytest.mark.xdist_group(group))


def chromium_path() -> str | None:
    """Where Chromium is on this machine."""
    names = (os.environ.get("CHROMIUM", ""), *NAMES)
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; without one a test is skipped, or fails if REQUIRE_BROWSER=1."""
    path = chromium_path()
    if path is None:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip)(HOW_TO_GET)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A SQLite installation with the demo set; never served, only copied."""
    return install(tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="session")
def fresh(
    template: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Installation]:
    """fresh(): an installation of the test's own."""
    return lambda: copied(template, tmp_path_factory.mktemp("installation"))


@pytest.fixture(scope="session")
def server(fresh: Callable[[], Installation]) -> Iterator[Server]:
    """The server of the tests that only look."""
    with serve(fresh()) as running:
        yield running


@pytest.fixture(scope="session")
def cookies(browser: Browser, server: Server) -> Callable[[str], Cookies]:
    """cookies("central"): those of a browser in which that role signed in once."""

    @cache
    def entered(role: str) -> Cookies:
        person = Visitor.come(browser, server.url)
        person.open().sign_in(*server.installation.accounts[role]).signed_in()
        found = person.context.cookies()
        person.context.close()
        return found

    return entered


@pytest.fixture
def cookie_header(cookies: Callable[[str], Cookies]) -> Callable[[str], str]:
    """cookie_header("central"): the same as a browser would send them."""
    return lambda role: "; ".join(f"{each['name']}={each['value']}" for each in cookies(role))


@pytest.fixture(scope="session")
def free() -> dict[str, list[BrowserContext]]:
    """Browsers that nobody sits before, by their options: what they fetched need not be again."""
    return defaultdict(list)


@pytest.fixture
def visitor(
    browser: Browser,
    server: Server,
    cookies: Callable[[str], Cookies],
    free: dict[str, list[BrowserContext]],
) -> Iterator[Callable[..., Visitor]]:
    """visitor(): somebody with a browser that knows nobody. visitor("central") is in."""
    present: list[tuple[str, BrowserContext]] = []

    def come(role: str = "", *, url: str = "", **options: object) -> Visitor:
        url, kind = url or server.url, repr(options)
        person = (
            Visitor(free[kind].pop(), url) if free[kind] else Visitor.come(browser, url, **options)
        )
        present.append((kind, person.context))
        if role:
            person.context.add_cookies(cookies(role))
        return person

    yield come
    for kind, context in present:
        forget(context)
        free[kind].append(context)


@pytest.fixture(scope="module")
def entry_server(fresh: Callable[[], Installation]) -> Iterator[Server]:
    """A server whose database the stories of a file may change."""
    with serve(fresh()) as running:
        yield running


@pytest.fixture
def come(entry_server: Server, visitor: Callable[..., Visitor]) -> Callable[..., Visitor]:
    """come("officer"): somebody of that role, who has signed in there, over a line or at once."""

    def entered(role: str, url: str = entry_server.url) -> Visitor:
        person = visitor(url=url).open()
        return person.sign_in(*entry_server.installation.accounts[role]).signed_in()

    return entered


def forget(context: BrowserContext) -> None:
    """The browser knows nobody any more: no cookie, nothing stored, no tab."""
    for page in context.pages:
        page.evaluate("window.origin === 'null' || localStorage.clear()")
        page.close()
    context.clear_cookies()
