"""The session's cookie, and whatever else a browser may send. Requirements A05 and A16."""

from random import Random

import pytest
from starlette.responses import Response

from auth.cookies import browser_cookie, read_cookie, session_cookie, set_cookie
from data_layer.config import config
from data_layer.services import identity
from tests import people
from tests.people import IP, OFFICER

ALG_NONE = "eyJhbGciOiJub25lIn0.eyJ1c2VybmFtZSI6ImFkbWluIn0."
HAND_MADE = [
    "",
    "=",
    ";",
    ALG_NONE,
    "eyJhbGciOiJIUzUxMiJ9.eyJ1c2VybmFtZSI6ImFkbWluIn0.xxxx",
    "None",
    "null",
    "0",
    "-1",
    "' OR 1=1 --",
    "\x00",
    "../../etc/passwd",
    "%00%ff",
    "a" * 100_000,
    '"unfinished',
    "ก",
    "\ud7ff",
]


def garbage():
    random = Random(1)  # noqa: S311 - the same garbage each time
    return HAND_MADE + [
        "".join(chr(random.randrange(256)) for _ in range(random.randrange(1, 200)))
        for _ in range(200 - len(HAND_MADE))
    ]


def test_a16_two_hundred_garbage_cookies_are_nobody_and_raise_nothing(database):
    name = session_cookie()
    found = []

    for value in garbage():
        header = f"{name}={value}".encode("latin-1", "replace")
        token = read_cookie(header, name)
        assert not identity.is_live(token)
        found.append(identity.identify(token, ip=IP))

    assert len(found) == 200
    assert set(found) == {None}


@pytest.mark.parametrize(
    "header",
    [b"", b"\xff\xfe", b"phrom_session", b"=x", b";;;;", b"phrom_sessions=x", b"x" * 100_000],
)
def test_a16_a_header_without_our_cookie_gives_an_empty_value(header):
    assert read_cookie(header, "phrom_session") == ""


@pytest.mark.parametrize(
    "neighbour",
    [
        b'prefs={"theme":"dark","n":[1,2]}',
        b"a[b]=1",
        b"bad name=1",
        b"thai=\xe0\xb8\x81",
        b'quoted="x',
        b"flag",
    ],
)
def test_a_cookie_of_another_application_does_not_hide_ours(database, neighbour):
    token = people.token_of(OFFICER)
    ours = f"{session_cookie()}={token}".encode()

    for header in (neighbour + b"; " + ours, ours + b"; " + neighbour):
        assert read_cookie(header, session_cookie()) == token


def test_a05_the_cookie_is_out_of_reach_of_scripts_and_other_sites():
    response = Response()

    set_cookie(response, session_cookie(), "token", max_age=60)

    said = response.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", "path=/", "max-age=60"):
        assert part in said
    assert "domain" not in said


def test_a05_by_tls_the_cookies_are_secure_and_bound_to_the_host(monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://phrom.example.go.th")
    config.cache_clear()
    response = Response()

    set_cookie(response, session_cookie(), "token")
    names = (session_cookie(), browser_cookie())
    monkeypatch.undo()
    config.cache_clear()

    assert all(name.startswith("__Host-") for name in names)
    assert "secure" in response.headers["set-cookie"].lower()
