"""What goes wrong, and what people write, shows as it should: no traceback, no markup, no calls."""

import re
import subprocess
import sys

import pytest
from sqlalchemy import create_engine, text

from data_layer.config import ROOT
from tests.browser import talking
from tests.browser.serving import serve
from tests.browser.visitor import Visitor

HOSTILE = (
    "<script>document.title='taken'</script>",
    "<img src=x onerror=\"document.title='taken'\">",
    "![p](https://evil.example/p.png)",
    "[ที่นี่](javascript:alert(1))",
    "**หนา** _เอียง_ ~~ขีด~~",
    "# หัวข้อ",
    "$x^2$ และ $$y$$",
    "`โค้ด` ```โค้ด```",
    ":red[แดง] :material/home: :smile:",
    "| a | b |",
    "a@example.com www.example.com https://evil.example",
    "{{7*7}} ${7*7} %s {0}",
    "</div></table><h1>ยึดหน้า</h1>",
    "1. ข้อ -> <- -- >= <=",
    "&lt;b&gt; &amp; \\*หนา\\*",
)
LEAKS = re.compile(
    r"Traceback|sqlite3|OperationalError|SELECT |site-packages|\.py\b|3\.11|1\.67\.0|"
    + re.escape(f"{ROOT.parent}/")
)


@pytest.fixture
def broken(fresh):
    """A server whose database has lost a table: every dashboard now raises."""
    installation = fresh()
    with serve(installation) as running:
        alter(installation, "ALTER TABLE sso_listings RENAME TO gone")
        yield running


def alter(installation, *statements, **given):
    engine = create_engine(installation.database_url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement), given)
    engine.dispose()


def test_w03_an_unexpected_error_is_a_number_for_people_and_a_line_in_the_log(broken, browser):
    person = Visitor.come(browser, broken.url)
    person.open().sign_in(*broken.installation.accounts["province"]).signed_in()
    person.page.goto(f"{broken.url}/district_dashboard")
    person.reads(re.compile("เกิดข้อผิดพลาดที่ไม่คาดคิด"))

    number = re.search(r"E-[0-9A-Z]{6}", person.text).group()
    assert not LEAKS.search(person.text)
    (line,) = [line for line in broken.log.splitlines() if number in line]
    assert "no such table" in line
    header = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    answer = talking.ask(broken.url, cookie=header, page="district_dashboard")
    for secret in ("Traceback", "no such table", "sqlite", "site-packages", "data_layer/"):
        assert not answer.says(secret)
    person.context.close()


def test_w03_an_error_of_a_route_says_nothing_either(broken):
    alter(broken.installation, "ALTER TABLE login_tickets RENAME TO lost")

    answer = broken.get("/auth/finish?t=x", headers={"Cookie": "phrom_browser=x"})

    assert answer.status_code == 500
    assert answer.text == "Error"
    assert "content-security-policy" in answer.headers


@pytest.fixture(scope="module")
def written(fresh):
    """A server on which people and places bear hostile names, each of them in every list."""
    installation = fresh()
    engine = create_engine(installation.database_url)
    with engine.begin() as connection:
        for number, hostile in enumerate(HOSTILE):
            given = {"text": hostile, "number": number, "many": len(HOSTILE)}
            for statement in WRITING:
                connection.execute(text(statement), given)
    engine.dispose()
    with serve(installation) as running:
        yield running


WRITING = (
    """UPDATE users SET prefix = '', first_name = :text, last_name = '.', position = :text
    WHERE id % :many = :number AND id > 5""",
    """UPDATE registrations SET state = 'refused', reason = :text
    WHERE state = 'confirmed' AND id % 30 = :number
    AND office_id <> (SELECT id FROM offices WHERE code = '4805')""",
    # an officer of each hostile name comes to the office of the tests' SSO ADMIN
    """UPDATE users SET office_id = (SELECT id FROM offices WHERE code = '4805') WHERE id IN
    (SELECT MIN(id) FROM users WHERE role = 'officer' AND id > 5 GROUP BY id % :many)""",
    """UPDATE offices SET name_th = :text WHERE kind IN ('province', 'district')
    AND id % :many = :number""",
    """UPDATE offices SET name_th = :text, district_code = '4805'
    WHERE kind = 'authority' AND id % :many = :number""",
)
VIEWS = (
    ("", "/find_office", ""),
    ("central", "/registrations", "รอยืนยัน"),
    ("central", "/registrations", "ยืนยันแล้ว"),
    ("central", "/registrations", "ไม่รับ"),
    ("central", "/offices", "สถอ."),
    ("central", "/country_dashboard", ""),
    ("sso_admin", "/district_dashboard", ""),
    ("sso_admin", "/users", ""),
)
MARKUP = (
    'img[src="x"], a[href*="evil"], a[href^="javascript"], a[href^="mailto:a@"], .katex, '
    '[data-testid="stMarkdownContainer"] :is(em, del)'
)


@pytest.fixture(scope="module")
def people(browser, written):
    """The roles before the hostile server, each in its browser."""
    found = {"": Visitor.come(browser, written.url)}
    for role in ("central", "sso_admin"):
        found[role] = Visitor.come(browser, written.url)
        found[role].open().sign_in(*written.installation.accounts[role]).signed_in()
    yield found
    for person in found.values():
        person.context.close()


@pytest.mark.parametrize(("role", "path", "tab"), VIEWS)
def test_w04_what_people_write_is_shown_letter_by_letter(people, role, path, tab):
    person = people[role].open(path)
    if tab:
        person.page.get_by_role("tab", name=tab).first.click()
        person.settled()

    shown = _all_words(person)
    missing = [hostile for hostile in HOSTILE if _squeezed(hostile) not in shown]
    assert missing == []
    assert person.page.locator(MARKUP).count() == 0
    assert person.page.locator("h1").count() == 1
    assert "taken" not in person.page.title()


def _all_words(person):
    """All pages of a list, as a person reads them: the tables' shadow roots too."""
    seen = person.text
    while True:
        seen += "\n".join(person.page.locator(".table:visible").all_inner_texts())
        onward = person.page.locator('[data-step="1"][aria-disabled="false"]:visible')
        if onward.count() == 0 or all(_squeezed(text) in _squeezed(seen) for text in HOSTILE):
            return _squeezed(seen)
        before = person.page.locator(".at:visible").first.inner_text()
        onward.first.click()
        person.page.locator(".at:visible", has_text=before).wait_for(state="detached")


def _squeezed(words):
    return re.sub(r"\s+", " ", words.replace("\u2060", ""))


def test_w06_a_visit_asks_no_server_but_ours(visitor, server):
    asked = []
    person = visitor("central")
    person.page.on("request", lambda request: asked.append(request.url))
    person.page.on("websocket", lambda socket: asked.append(socket.url))
    for path in ("/", "/country_dashboard", "/registrations", "/guide", "/find_office"):
        person.open(path)

    own = server.url.removeprefix("http")
    foreign = [
        url for url in asked if not url.startswith((f"http{own}/", f"ws{own}/", "data:", "blob:"))
    ]
    assert len(asked) > 10
    assert foreign == []


def test_w06_the_server_itself_calls_nobody(server, visitor):
    visitor("central").open("/country_dashboard").headed("ภาพรวมประเทศ")

    assert server.installation.outbound == []


def test_w06_the_guard_would_have_seen_a_call(fresh):
    installation = fresh()
    call = "import urllib.request as u; u.urlopen('http://192.0.2.1/', timeout=0.1)"

    subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", call], env=installation.environ, capture_output=True, check=False
    )

    assert any("192.0.2.1" in line for line in installation.outbound)
