"""Every way into the server that is not a page: headers, closed doors, files, websockets."""

from http import HTTPStatus

import pytest
from sqlalchemy import create_engine, text
from websockets.exceptions import InvalidStatus

from data_layer.demo import demo_citizen_id
from data_layer.tokens import token_hash
from tests.browser import talking
from tests.pages.reading import PAGES

SIGN_IN = "sign_in.username"
PATHS = (
    "/",
    "/sign_in",
    "/country_dashboard",
    "/no/such/page",
    "/healthz",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/auth/finish?t=x",
    "/auth/bye",
    "/media/0123456789abcdef.csv",
    "/app/static/fonts/Sarabun-Regular.ttf",
)
GARBAGE = (
    "x",
    "0" * 43,
    "A" * 3900,  # twice: about as much as the websocket server reads of a header
    "eyJhbGciOiJub25lIn0.eyJ1c2VybmFtZSI6ImFkbWluIn0.",
    "' OR 1=1 --",
    "../../etc/passwd",
    "%00%0d%0aSet-Cookie: a=b",
    "\\",
    '"unterminated',
    "ก".encode().decode("latin-1"),
    "",
    "{}",
)


@pytest.mark.parametrize("path", PATHS)
def test_w01_every_answer_carries_the_security_headers(server, path):
    headers = server.get(path).headers

    policy = headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    scripts = next(rule for rule in policy.split("; ") if rule.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in headers  # without TLS it would lock people out


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent", "/_stcore/agent/x"])
def test_w05_figures_and_the_interface_for_agents_are_closed(server, path):
    assert server.get(path).status_code == HTTPStatus.NOT_FOUND


def test_w05_health_is_open_and_tells_nothing_of_anybody(server):
    answer = server.get("/healthz")

    assert answer.status_code == HTTPStatus.OK
    assert "sqlite" not in answer.text
    assert "/" not in answer.text


@pytest.mark.parametrize("path", ["/media/x.csv", "/_stcore/upload_file/a/b"])
def test_z05_files_and_uploads_want_a_sign_in(server, path, cookie_header):
    assert server.get(path).status_code == HTTPStatus.UNAUTHORIZED

    answer = server.get(path, headers={"Cookie": cookie_header("central")})
    assert answer.status_code != HTTPStatus.UNAUTHORIZED
    assert answer.headers["cache-control"] == "no-store"


def test_z05_a_downloaded_file_opens_for_its_owner_and_for_nobody_else(visitor, server):
    person = visitor("province").open("/province_dashboard").headed("จังหวัดนครพนม")
    with person.page.expect_response(lambda response: "/media/" in response.url) as coming:
        person.download("not_registered.csv")
    path = coming.value.url.removeprefix(server.url)

    assert coming.value.headers["cache-control"] == "no-store"
    assert server.get(path).status_code == HTTPStatus.UNAUTHORIZED


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:9", "null"])
def test_w02_a_websocket_of_a_foreign_page_is_refused(server, origin):
    with pytest.raises(InvalidStatus) as refused:
        talking.ask(server.url, origin=origin)

    assert refused.value.response.status_code == HTTPStatus.FORBIDDEN


def test_w02_a_name_that_only_leads_here_is_refused(server):
    port = server.url.rpartition(":")[2]
    rebound = f"http://evil.example:{port}"

    with pytest.raises(InvalidStatus):
        talking.ask(server.url, origin=rebound, Host=rebound.removeprefix("http://"))


@pytest.mark.parametrize(
    ("number", "role"), [(901, "ผู้ดูแลส่วนกลาง"), (902, "central"), (903, "province")]
)
def test_z03_a_form_gives_no_role_that_it_did_not_offer(server, cookie_header, number, role):
    person = {
        "citizen_id": demo_citizen_id(number),
        "prefix": "นาย",
        "first_name": f"แอบขึ้น{number}",
        "last_name": "ตัวอย่าง",
        "position": "นักส่งเสริม",
        "phone": "0800000001",
        "email": "z03@example.go.th",
    }
    with talking.opened(server.url, cookie=cookie_header("sso_admin")) as socket:
        drawn = talking.run(socket, page="users").widgets
        states = {drawn[f"user.{field}"]: typed for field, typed in person.items()}
        states |= {drawn["user.role"]: role, drawn["user.submit"]: True}
        talking.run(socket, page="users", states=states)

    engine = create_engine(server.installation.database_url)
    with engine.connect() as connection:
        statement = text("SELECT role FROM users WHERE first_name = :name")
        roles = connection.scalars(statement, {"name": person["first_name"]}).all()
    engine.dispose()
    # Streamlit takes its first offer for what was never offered; services would refuse it (Z01)
    assert roles == ["officer"]


@pytest.mark.parametrize("value", GARBAGE)
def test_a16_a_garbage_cookie_is_nobody(server, value):
    cookie = f"phrom_session={value}; phrom_browser={value}"

    page = server.get("/", headers={"Cookie": cookie.encode("latin-1")})
    assert page.status_code == HTTPStatus.OK
    assert "Traceback" not in page.text
    file = server.get("/media/x.csv", headers={"Cookie": cookie.encode("latin-1")})
    assert file.status_code == HTTPStatus.UNAUTHORIZED
    answer = talking.ask(server.url, cookie=cookie, page="country_dashboard")
    assert answer.says(SIGN_IN)
    assert not answer.says("Traceback")


def test_a17_a_streamlit_session_id_opens_nothing_without_its_cookie(server, cookie_header):
    cookie = cookie_header("central")
    token = dict(pair.split("=", 1) for pair in cookie.split("; "))["phrom_session"]
    mark = token_hash(token).hex()[:32]
    with talking.opened(server.url, cookie=cookie) as victim:
        own = talking.run(victim, page="country_dashboard")
        assert own.says("ภาพรวมประเทศ")
        for spoofed in ({}, {"X_Phrom_Bind": mark}, {"x_phrom_bind": mark, "X_PHROM_BIND": "x"}):
            thief = talking.ask(
                server.url, session_id=own.session_id, page="country_dashboard", **spoofed
            )
            assert thief.session_id != own.session_id
            assert thief.says(SIGN_IN)
            assert not thief.says("not_registered.list")


def test_a17_the_owner_comes_back_to_the_own_streamlit_session(server, cookie_header):
    # the other half: without it the test above would pass for a server that never reconnects
    cookie = cookie_header("central")
    with talking.opened(server.url, cookie=cookie) as socket:
        before = talking.run(socket)

    after = talking.ask(server.url, cookie=cookie, session_id=before.session_id)

    assert after.session_id == before.session_id


def test_a17_another_person_who_is_in_gets_no_other_session_either(server, cookie_header):
    with talking.opened(server.url, cookie=cookie_header("central")) as victim:
        own = talking.run(victim, page="country_dashboard")

        thief = talking.ask(server.url, cookie=cookie_header("viewer"), session_id=own.session_id)

    assert thief.session_id != own.session_id


@pytest.mark.parametrize(
    "page",
    [*sorted(file.stem for file in PAGES.glob("*.py")), "secret", "components", "navigation.py"],
)
def test_z02_no_address_runs_more_than_the_sign_in_for_nobody(server, page):
    answer = talking.ask(server.url, page=page)

    is_public = page in {"find_office", "guide"}
    assert answer.says(SIGN_IN) is not is_public
    for inner in ("sign_out", "not_registered.list", "claim.", "user.submit", "account.submit"):
        assert not answer.says(inner)
