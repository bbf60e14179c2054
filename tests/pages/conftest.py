"""Opening a page as somebody, through the main script, so that guard and menu are run too."""

import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.testing.v1 import AppTest

from auth import session
from tests import people
from tests.pages.reading import PAGES, at_address
from tests.people import Person

MAIN = PAGES / "navigation.py"
Opener = Callable[..., AppTest]
_listeners: list[list[str]] = []


@pytest.fixture(scope="session", autouse=True)
def _components_known() -> Iterator[None]:
    """Each AppTest looks through all installed packages for components: a quarter of all time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner,
            "scan_component_manifests",
            cache(manifest_scanner.scan_component_manifests),
        )
        yield


@pytest.fixture
def engine_name() -> str:
    """A page speaks to services alone, and those are tested on both engines."""
    return "sqlite"


@pytest.fixture
def open_page(database: str, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """open_page("home.py", ADMIN, q="…"): the page as that person sees it; None is nobody.

    The person may also be given by a session token. What the browser says of itself, its cookies
    and its address, is all that is replaced: AppTest has no browser.
    """

    def opened(page: str, who: Person | str | None = None, **query: str) -> AppTest:
        token = people.token_of(who) if isinstance(who, Person) else who or ""
        monkeypatch.setattr(session, "read_token", lambda: token)
        monkeypatch.setattr(session, "browser_id", lambda: people.BROWSER)
        monkeypatch.setattr(session, "client_ip", lambda: people.IP)
        at = AppTest.from_file(MAIN, default_timeout=60)
        at.query_params.update(query)
        return at_address(at.run(), page)

    return opened


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> Callable[[], set[str]]:
    """menu(): the pages in the menu of the last run. AppTest keeps no account of it."""
    shown: list[set[str]] = []
    navigation = st.navigation

    def listening(pages: list[st.Page], **options: Any) -> st.Page:
        shown.append({page.url_path for page in pages if page.visibility == "visible"})
        return navigation(pages, **options)

    monkeypatch.setattr(st, "navigation", listening)
    return lambda: shown[-1]


@pytest.fixture
def executed() -> Iterator[list[str]]:
    """The page files that Python really executed, in order."""
    seen: list[str] = []
    _listeners.append(seen)
    yield seen
    _listeners.remove(seen)


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if _listeners and event == "exec" and isinstance(arguments[0], CodeType):
        file = Path(arguments[0].co_filename)
        if file.parent == PAGES and file != MAIN:
            for seen in _listeners:
                seen.append(file.name)


sys.addaudithook(_listen)


@pytest.fixture
def redirects(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where the browser was sent to: AppTest itself does not follow this message."""
    seen: list[str] = []
    enqueue = ScriptRunContext.enqueue

    def listening(context: ScriptRunContext, message: Any) -> None:
        if message.WhichOneof("type") == "auth_redirect":
            seen.append(message.auth_redirect.url)
        enqueue(context, message)

    monkeypatch.setattr(ScriptRunContext, "enqueue", listening)
    return seen
