"""pages/delivery/headers.py: what browsers are told, what is refused at the door.

The same against the whole server: tests/browser/test_doors.py.
"""

import base64
import re
from hashlib import sha256

import pytest
from starlette.responses import PlainTextResponse

from pages.delivery.headers import SecurityHeaders, content_security_policy, inline_scripts
from tests.pages.delivery.asking import answers_before_raising, ask, knock

HOST = "phrom.example.go.th"
OURS = f"https://{HOST}"
REFUSED = [{"type": "websocket.close", "code": 1008}]
ACCEPTED = [{"type": "websocket.accept"}]


async def streamlit(scope, receive, send):
    """Answers as Streamlit does: a cookie without Secure, one header of ours otherwise."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    answer = PlainTextResponse("page", headers={"x-frame-options": "ALLOWALL"})
    answer.raw_headers.append((b"set-cookie", b"_streamlit_xsrf=1; Path=/; SameSite=Lax"))
    answer.raw_headers.append((b"set-cookie", b"__Host-phrom=2; Path=/; Secure"))
    await answer(scope, receive, send)


async def failing(_scope, _receive, _send):
    message = "no database"
    raise RuntimeError(message)


async def failing_late(_scope, _receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await failing(None, None, None)


@pytest.fixture
def secured():
    """Behind TLS."""
    return SecurityHeaders(streamlit, public_url=OURS)


@pytest.fixture
def local():
    """On the machine of somebody who tries it."""
    return SecurityHeaders(streamlit, public_url="http://localhost:8501")


def test_w01_an_answer_carries_the_headers_once_and_as_we_say(secured):
    headers = ask(secured).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers.getlist("x-frame-options") == ["DENY"]
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["content-security-policy"] == content_security_policy(HOST)


def test_w01_tls_is_asked_for_by_name_only_where_there_is_tls(secured, local):
    assert ask(secured).headers["strict-transport-security"].startswith("max-age=31536000")
    assert "strict-transport-security" not in ask(local).headers


def test_w01_every_cookie_is_secure_behind_tls(secured):
    assert ask(secured).headers.getlist("set-cookie") == [
        "_streamlit_xsrf=1; Path=/; SameSite=Lax; Secure",
        "__Host-phrom=2; Path=/; Secure",
    ]


def test_w01_cookies_stay_readable_without_tls(local):
    assert "_streamlit_xsrf=1; Path=/; SameSite=Lax" in ask(local).headers.getlist("set-cookie")


def test_w01_a_crash_is_an_answer_with_headers_and_still_a_crash():
    app = SecurityHeaders(failing, public_url=OURS)

    answer, problem = answers_before_raising(app)

    assert (answer.status, answer.body) == (500, b"Error")
    assert answer.headers["x-frame-options"] == "DENY"
    assert str(problem) == "no database"  # which the server logs


def test_w01_a_crash_in_mid_answer_does_not_begin_another():
    answer, _ = answers_before_raising(SecurityHeaders(failing_late, public_url=OURS))

    assert (answer.status, answer.pieces) == (200, [])


def test_w01_only_scripts_that_stand_in_the_page_run():
    policy = dict(rule.split(" ", 1) for rule in content_security_policy(HOST).split("; "))

    scripts = policy["script-src"].split()
    assert scripts[:2] == ["'self'", "blob:"]
    assert all(re.fullmatch(r"'sha256-[\w+/]{43}='", source) for source in scripts[2:])
    assert policy["connect-src"] == f"'self' ws://{HOST} wss://{HOST}"
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
    assert policy["base-uri"] == policy["form-action"] == "'self'"


def test_w01_a_script_is_named_by_its_exact_text():
    text = b"\n  window.x = 1\n"
    digest = base64.b64encode(sha256(text).digest()).decode()
    html = b"<script>" + text + b'</script><script type="module" src="./index.js"></script>'

    assert inline_scripts(html) == [f"'sha256-{digest}'"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": HOST},
        {"host": HOST, "origin": "null"},
        {"host": HOST, "origin": "https://evil.example"},
        {"host": HOST, "origin": f"{OURS}:8443"},
        {"host": HOST, "origin": f"https://{HOST}.evil.example"},
        {"host": HOST, "origin": f"https://evil@{HOST}"},
        {"host": HOST, "origin": "http://[::1"},
        {"host": "localhost:8501", "origin": "http://localhost:9"},
        # a name of the attacker's that leads to this machine
        {"host": "evil.example", "origin": "https://evil.example"},
        {"host": "", "origin": ""},
    ],
)
def test_w02_a_websocket_of_any_other_page_is_refused(secured, headers):
    assert knock(secured, **headers) == REFUSED


@pytest.mark.parametrize(
    "headers",
    [
        {"host": HOST, "origin": OURS},
        {"host": HOST.upper(), "origin": OURS},
        {"host": f"{HOST}:8443", "origin": f"{OURS}:8443"},
        {"host": "localhost:8501", "origin": "http://localhost:8501"},
        {"host": "[::1]:8501", "origin": "http://[::1]:8501"},
    ],
)
def test_w02_a_websocket_of_our_own_page_is_let_in(secured, headers):
    assert knock(secured, **headers) == ACCEPTED


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp"]
)
def test_w05_figures_and_agents_find_nothing(secured, path):
    answer = ask(secured, path)

    assert (answer.status, answer.body) == (404, b"Not Found")
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/metrics"])
def test_w05_the_rest_is_open(secured, path):
    assert ask(secured, path).body == b"page"
