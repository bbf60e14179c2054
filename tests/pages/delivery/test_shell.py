"""The page that every address answers with: Thai, our font, and what the pages load late."""

import json
import re
from http import HTTPStatus
from pathlib import Path

import brotli
import pytest
from starlette.responses import HTMLResponse
from streamlit.file_util import get_static_dir

from pages.delivery import shell
from pages.delivery.headers import content_security_policy, inline_scripts
from pages.delivery.packing import PLOTLY_URL
from tests.pages.delivery.asking import ask

STATIC = Path(get_static_dir())
INDEX = STATIC / "index.html"


async def streamlit(scope, receive, send):
    """Answers any address with its index.html and a cookie, but /own with a page of its own."""
    if scope["path"] == "/own":
        answer = HTMLResponse("<html>own</html>")
    else:
        file = {"etag": shell._etag(INDEX), "last-modified": "Mon, 23 Nov 2026 00:00:00 GMT"}
        answer = HTMLResponse(
            INDEX.read_bytes(), headers={"cache-control": "no-cache", "set-cookie": "a=1"} | file
        )
    await answer(scope, receive, send)


@pytest.fixture
def app():
    return shell.Shell(streamlit)


@pytest.fixture(scope="module")
def html():
    """Our page."""
    return shell.page(STATIC)


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in shell.REWRITES])
def test_the_installed_streamlit_has_what_we_rewrite(pattern):
    assert len(re.findall(pattern, INDEX.read_text(), flags=re.DOTALL)) == 1


@pytest.mark.parametrize("name", shell.EARLY)
def test_the_installed_streamlit_has_the_chunks_we_name(name):
    manifest = json.loads((STATIC / "manifest.json").read_text())

    assert any(f"/{name}." in file for file in shell.chunks(manifest, name))


def test_chunks_are_those_named_and_all_that_they_import_in_turn():
    manifest = {
        "Chart.tsx": {"name": "Chart", "file": "c.js", "imports": ["_array.js"]},
        "_array.js": {"name": "array", "file": "a.js", "imports": ["_base.js", "Chart.tsx"]},
        "_base.js": {"name": "base", "file": "b.js"},
        "Map.tsx": {"name": "Map", "file": "m.js", "imports": ["_base.js"]},
    }

    assert shell.chunks(manifest, "Chart") == ["a.js", "b.js", "c.js"]


def test_every_file_that_the_page_names_is_there_and_named_once(html):
    named = re.findall(r'<link rel="(?:modulepreload|prefetch)"[^>]*href="\./([^"]*)"', html)

    assert sorted(set(named)) == sorted(named)
    assert named.pop() == PLOTLY_URL
    assert named
    assert all((STATIC / file).exists() for file in named)


def test_the_charts_wait_until_the_line_is_free(html):
    (line,) = (line for line in html.splitlines() if PLOTLY_URL in line)

    assert 'rel="prefetch"' in line


def test_the_page_is_thai_and_keeps_streamlits_scripts(html):
    assert '<html lang="th">' in html
    assert "<title>พร้อม</title>" in html
    assert "_stcore/agent" not in html
    assert "SourceSans" not in html
    assert "favicon.png" not in html


def test_the_policy_lets_streamlits_script_run_and_ours_and_no_other(html):
    own = inline_scripts(html.encode())

    assert len(own) == 1 + len(shell.SCRIPTS)
    assert own[0] in inline_scripts(INDEX.read_bytes())
    assert all(source in content_security_policy("phrom.example") for source in own)


def test_the_house_style_stands_after_all_that_streamlit_writes_into_the_head(html):
    assert html.index("</head>") < html.index(".phrom-numbers") < html.index("</body>")


def test_our_font_stands_after_streamlits_and_so_counts(html):
    assert html.index("static/css/index.") < html.index('font-family:"Source Sans"')


@pytest.mark.parametrize("path", ["/no/such/page", "/country_dashboards", "/~/x"])
def test_an_address_that_is_no_page_leads_to_the_first_one(app, path):
    answer = ask(app, path)

    assert (answer.status, answer.headers["location"]) == (HTTPStatus.SEE_OTHER, "/")


@pytest.mark.parametrize("path", ["/", "/country_dashboard"])
def test_any_address_that_streamlit_answers_with_its_page_gets_ours(app, html, path):
    packed = ask(app, path, accept_encoding="gzip, br")
    plain = ask(app, path)

    assert plain.body.decode() == html
    assert brotli.decompress(packed.body).decode() == shell.page(STATIC)
    assert packed.headers["content-encoding"] == "br"
    assert packed.headers["content-length"] == str(len(packed.body))
    assert "content-encoding" not in plain.headers
    assert plain.headers["content-length"] == str(len(plain.body))


def test_what_others_said_with_the_page_stays_and_what_told_of_the_file_goes(app):
    headers = ask(app, accept_encoding="br").headers

    assert headers["set-cookie"] == "a=1"
    assert headers["cache-control"] == "no-cache"
    assert headers["vary"] == "Accept-Encoding"
    assert "etag" not in headers
    assert "last-modified" not in headers


def test_head_tells_the_same_and_sends_nothing(app):
    head = ask(app, method="HEAD", accept_encoding="br")

    assert head.headers == ask(app, accept_encoding="br").headers
    assert head.body == b""


def test_a_page_that_is_not_streamlits_stays_as_it_is(app):
    assert ask(app, "/own", accept_encoding="br").body == b"<html>own</html>"
