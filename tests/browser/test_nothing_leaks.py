"""What goes wrong, and what people write, shows as it should: no traceback, no markup, no calls."""

import re
import subprocess
import sys
from contextlib import closing

import pytest
from sqlalchemy import create_engine, text

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
    r"Traceback|sqlite3|OperationalError|SELECT |site-packages|/work/|\.py\b|3\.11|1\.67\.0"
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
    """A server on which every person's name and position is a hostile text."""
    installation = fresh()
    users = "SELECT id FROM users ORDER BY CASE WHEN office_id IN " \
        "(SELECT id FROM offices WHERE code IN ('4805','4803','4806','4800')) THEN 0 ELSE 1 END, id"
    engine = create_engine(installation.database_url)
    with engine.begin() as connection:
        for number, (user_id,) in enumerate(connection.execute(text(users)).all()):
            hostile = HOSTILE[number % len(HOSTILE)]
            connection.execute(
                text("UPDATE users SET first_name = :n, last_name = 'x', position = :n WHERE id = :i"),
                {"n": hostile, "i": user_id},
            )
    engine.dispose()
    with serve(installation) as running:
        yield running


def rename(installation, hostile):
    alter(
        installation,
        "UPDATE users SET prefix = '', first_name = :n, last_name = '.', position = :n",
        "UPDATE registrations SET reason = :n WHERE state IN ('refused', 'revoked')",
        "UPDATE offices SET name_th = :n WHERE kind = 'authority'",
        "UPDATE data_versions SET version = version + 1",
        n=hostile,
    )
