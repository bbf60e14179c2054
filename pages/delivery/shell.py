"""The page that every address first answers with: Streamlit's index.html, made ours.

It speaks Thai, asks for our font early, and names the scripts that pages load late: the browser
then fetches them while it is still starting Streamlit, not one wave after the other.
"""

import json
import re
from collections.abc import Collection, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from pages.delivery.packing import FONTS_URL
from pages.delivery.wire import takes_brotli

# Streamlit components, by the name of their chunk: on every page, and on those that draw.
ON_EVERY_PAGE = ("BidiComponent",)
ON_CHART_PAGES = ("BidiComponent", "PlotlyChart")

CHART_PATHS = frozenset({"/country_dashboard", "/province_dashboard", "/district_dashboard"})

FONT_PRELOAD = (
    f'<link rel="preload" href="./{FONTS_URL}/Sarabun-Regular.ttf" as="font" '
    'type="font/ttf" crossorigin>'
)
# What is ours in it. A test holds each against the installed Streamlit.
REWRITES = (
    ('<html lang="en">', '<html lang="th">'),
    ("<title>.*?</title>", "<title>พร้อม</title>"),
    # Streamlit asks for its Latin font (170 kB) on every page, seen or not: ours stands there.
    (r'<link\s+rel="preload"[^>]*as="font"[^>]*>', FONT_PRELOAD),
    # Both point to Streamlit's interface for agents, which headers.py closes.
    (r"<!--\s*Machine-readable.*?-->\s*<link[^>]*>", ""),
    ("<noscript>.*?</noscript>", "<noscript><p>โปรดเปิดใช้งาน JavaScript ในเบราว์เซอร์</p></noscript>"),
)

Manifest = Mapping[str, Mapping[str, Any]]


class Shell:
    """ASGI middleware: sends our page wherever Streamlit answers with its index.html.

    `chart_paths` are the addresses whose pages draw charts at once.
    """

    def __init__(self, app: ASGIApp, *, chart_paths: Collection[str] = CHART_PATHS) -> None:
        self.app = app
        self.chart_paths = frozenset(chart_paths)
        static = Path(get_static_dir())
        self.index_etag = _etag(static / "index.html")
        self.page = _encodings(page(static, ON_EVERY_PAGE))
        self.chart_page = _encodings(page(static, ON_CHART_PAGES))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            send = self._swapping(scope, send)
        await self.app(scope, receive, send)

    def _swapping(self, scope: Scope, send: Send) -> Send:
        """A `send` that lets everything through but Streamlit's index.html."""
        bodies = self.chart_page if scope["path"] in self.chart_paths else self.page
        accepted = Headers(scope=scope).get("accept-encoding", "")
        encoding = "br" if takes_brotli(accepted) else "identity"
        is_swapped = False

        async def send_ours(message: Message) -> None:
            nonlocal is_swapped
            if self._is_index(message):
                is_swapped = True
                _describe(message, encoding, len(bodies[encoding]))
                await send(message)
                body = b"" if scope["method"] == "HEAD" else bodies[encoding]
                await send({"type": "http.response.body", "body": body})
            elif not is_swapped:
                await send(message)

        return send_ours

    def _is_index(self, message: Message) -> bool:
        """Told by its ETag: Streamlit answers every unknown address with it, so no path tells."""
        if message["type"] != "http.response.start" or message["status"] != HTTPStatus.OK:
            return False
        return Headers(raw=message["headers"]).get("etag") == self.index_etag


def page(static: Path, components: Collection[str]) -> str:
    """Our page for the Streamlit files in `static`, with `components` preloaded."""
    html = (static / "index.html").read_text()
    for pattern, ours in REWRITES:
        html = re.sub(pattern, ours, html, count=1, flags=re.DOTALL)
    manifest = json.loads((static / "manifest.json").read_text())
    links = (
        f'<link rel="modulepreload" crossorigin href="./{file}">'
        for file in chunks(manifest, components)
        if file not in html
    )
    return html.replace("</head>", "\n".join((*links, "</head>")))


def chunks(manifest: Manifest, components: Collection[str]) -> list[str]:
    """The scripts of `components` and all that these import, from the manifest of the build."""
    seen: dict[str, str] = {}
    waiting = [key for key, part in manifest.items() if part.get("name") in components]
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen[key] = manifest[key]["file"]
            waiting += manifest[key].get("imports", ())
    return sorted(seen.values())


def _encodings(html: str) -> dict[str, bytes]:
    return {"identity": html.encode(), "br": brotli.compress(html.encode())}


def _etag(index: Path) -> str:
    """The ETag that Streamlit's answer with this file carries."""
    return FileResponse(index, stat_result=index.stat()).headers["etag"]


def _describe(message: Message, encoding: str, length: int) -> None:
    """Make the headers fit our body; what others have set there stays."""
    headers = MutableHeaders(scope=message)
    for of_the_file in ("etag", "last-modified", "accept-ranges", "content-encoding"):
        del headers[of_the_file]
    if encoding != "identity":
        headers["content-encoding"] = encoding
    headers["content-length"] = str(length)
    headers.add_vary_header("Accept-Encoding")
