"""pages/delivery/wire.py: who gets the packed file."""

import logging

import brotli
import pytest
from starlette.responses import PlainTextResponse

from pages.delivery.wire import PIECE_BYTES, PackedStatic, takes_brotli
from tests.pages.delivery.asking import ask
from tests.pages.delivery.conftest import SCRIPT

SCRIPT_URL = "/static/js/index.ABC.js"
FONT_URL = "/app/static/fonts/Sarabun-Regular.ttf"
CHROME = "gzip, deflate, br, zstd"


@pytest.fixture
def app(packed):
    """The copies before a Streamlit that answers everything with 'plain'."""
    return PackedStatic(PlainTextResponse("plain"), folder=packed)


def test_a_browser_gets_the_packed_script(app):
    answer = ask(app, SCRIPT_URL, accept_encoding=CHROME)

    assert brotli.decompress(answer.body) == SCRIPT
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["vary"] == "Accept-Encoding"


def test_a_font_is_kept_for_a_week_and_a_hashed_script_for_ever(app):
    font = ask(app, FONT_URL, accept_encoding=CHROME).headers
    script = ask(app, SCRIPT_URL, accept_encoding=CHROME).headers

    assert (font["content-type"], font["cache-control"]) == ("font/ttf", "public, max-age=604800")
    assert script["cache-control"] == "public, immutable, max-age=31536000"


def test_head_tells_the_same_and_sends_nothing(app):
    get = ask(app, SCRIPT_URL, accept_encoding="br")
    head = ask(app, SCRIPT_URL, method="HEAD", accept_encoding="br")

    assert head.headers == get.headers
    assert head.body == b""


def test_a_client_without_brotli_gets_the_plain_file_and_caches_are_told(app):
    answer = ask(app, SCRIPT_URL, accept_encoding="gzip")

    assert answer.body == b"plain"
    assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/static/js/flake.png",
        "/static/js/index.ABC.js.br",
        "/static/js/../js/index.ABC.js",
        "/static/../../packing.py",
        "//static/js/index.ABC.js",
        "/static\\js\\index.ABC.js",
    ],
)
def test_any_other_address_is_left_to_streamlit(app, path):
    answer = ask(app, path, accept_encoding="br")

    assert answer.body == b"plain"
    assert "vary" not in answer.headers


def test_only_reading_is_answered(app):
    assert ask(app, SCRIPT_URL, method="POST", accept_encoding="br").body == b"plain"


def test_a_large_file_goes_out_in_pieces(tmp_path):
    body = bytes(range(256)) * (PIECE_BYTES // 256) * 3 + b"end"
    (tmp_path / "large.js.br").write_bytes(body)

    answer = ask(
        PackedStatic(PlainTextResponse("plain"), folder=tmp_path), "/large.js", accept_encoding="br"
    )

    assert answer.body == body
    assert [len(piece) for piece in answer.pieces] == [PIECE_BYTES] * 3 + [3]


def test_before_set_up_it_serves_plain_files_and_says_so(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        app = PackedStatic(PlainTextResponse("plain"), folder=tmp_path)

    assert ask(app, SCRIPT_URL, accept_encoding="br").body == b"plain"
    assert "manage.py init" in caplog.text


@pytest.mark.parametrize("header", ["br", "gzip, br", "gzip,BR;q=0.5", "br ; q=1.0, gzip"])
def test_takes_brotli(header):
    assert takes_brotli(header)


@pytest.mark.parametrize("header", ["", "gzip", "brotli", "br;q=0", "gzip, br; q=0.000", "x-br"])
def test_takes_no_brotli(header):
    assert not takes_brotli(header)
