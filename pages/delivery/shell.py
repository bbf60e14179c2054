"""The page that every address first answers with: Streamlit's index.html, made ours.

It speaks Thai, brings the house style, asks for our font early, and names the scripts that pages
load late: the browser then fetches them while it is still starting Streamlit, not one wave after
the other.
"""

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from pages.components.style import HOUSE_STYLE
from pages.delivery.packing import FONTS_URL, PLOTLY_URL
from pages.delivery.wire import takes_brotli

# Streamlit's component of the tables, by the name of its chunk, is wanted with the first words.
EARLY = ("BidiComponent",)
# plotly.js (1.1 MB packed) is fetched when the line is free, on every page, and so lies there when
# a supervisor comes from the sign-in. Medians of a page with a table and two charts, on a busy
# machine; first row 10 Mbit/s and 40 ms, second row no limit; seconds to table / charts:
#   not named 2.37 / 5.26   prefetch 2.43 / 4.69   preload 2.65 / 5.18
#   not named 2.61 / 4.31   prefetch 1.58 / 4.20   preload 4.04 / 4.05
# Naming the chunks of widgets as well (39 files, 107 kB) changed nothing that could be measured.
EARLY_LINK = '<link rel="modulepreload" crossorigin href="./{}">'
PLOTLY_LINK = f'<link rel="prefetch" as="script" href="./{PLOTLY_URL}">'

FONT_PRELOAD = (
    f'<link rel="preload" href="./{FONTS_URL}/Sarabun-Regular.ttf" as="font" '
    'type="font/ttf" crossorigin>'
)
# Until the server has sent the theme, Streamlit writes in its own Latin font. Under its name stands
# ours: 171 kB less, and the words do not jump when the theme comes.
FONT_STYLE = (
    '<style>@font-face{font-family:"Source Sans";font-weight:100 900;font-style:normal;'
    f"src:url(./{FONTS_URL}/Sarabun-Regular.ttf)}}</style>"
)
_HERE = Path(__file__).parent
FAVICON = quote((_HERE / "favicon.svg").read_text(encoding="utf-8").strip())
SCRIPTS = tuple(
    f"<script>{(_HERE / f'{name}.js').read_text(encoding='utf-8')}</script>"
    for name in ("connecting", "touch", "history", "leaving", "closing", "waiting", "gone")
)
# At the end of the page: after the styles that Streamlit writes into its head.
FOOT = f"<style>{HOUSE_STYLE}</style>{''.join(SCRIPTS)}</body>"
# What is ours in it. A test holds each against the installed Streamlit.
REWRITES = (
    ('<html lang="en">', '<html lang="th">'),
    ("<title>.*?</title>", "<title>พร้อม</title>"),
    (
        r'<link\s+rel="shortcut icon"[^>]*>',
        f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{FAVICON}">',
    ),
    (r'<link\s+rel="preload"[^>]*as="font"[^>]*>', FONT_PRELOAD),
    # Both point to Streamlit's interface for agents, which headers.py closes.
    (r"<!--\s*Machine-readable.*?-->\s*<link[^>]*>", ""),
    ("<noscript>.*?</noscript>", "<noscript><p>โปรดเปิดใช้งาน JavaScript ในเบราว์เซอร์</p></noscript>"),
)

# of the pages; at any other one Streamlit opens the first page and says so in English
ADDRESSES = {"/", *(f"/{file.stem}" for file in _HERE.parent.glob("*.py"))}

Manifest = Mapping[str, Mapping[str, Any]]


class Shell:
    """ASGI middleware: sends our page wherever Streamlit answers with its index.html."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        static = Path(get_static_dir())
        self.index_etag = _etag(static / "index.html")
        body = page(static).encode()
        self.bodies = {"identity": body, "br": brotli.compress(body)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            send = self._swapping(scope, send)
        await self.app(scope, receive, send)

    def _swapping(self, scope: Scope, send: Send) -> Send:
        """A `send` that lets everything through but Streamlit's index.html."""
        accepted = Headers(scope=scope).get("accept-encoding", "")
        encoding = "br" if takes_brotli(accepted) else "identity"
        body = self.bodies[encoding]
        is_swapped = False

        async def send_ours(message: Message) -> None:
            nonlocal is_swapped
            if self._is_index(message) and scope["path"] not in ADDRESSES:
                is_swapped = True
                await _lead_home(send)
            elif self._is_index(message):
                is_swapped = True
                _describe(message, encoding, len(body))
                await send(message)
                rest = b"" if scope["method"] == "HEAD" else body
                await send({"type": "http.response.body", "body": rest})
            elif not is_swapped:
                await send(message)

        return send_ours

    def _is_index(self, message: Message) -> bool:
        """Told by its ETag: Streamlit answers every unknown address with it, so no path tells."""
        if message["type"] != "http.response.start" or message["status"] != HTTPStatus.OK:
            return False
        return Headers(raw=message["headers"]).get("etag") == self.index_etag


def page(static: Path) -> str:
    """Our page for the Streamlit files in `static`."""
    html = (static / "index.html").read_text()
    for pattern, ours in REWRITES:
        html = re.sub(pattern, ours, html, count=1, flags=re.DOTALL)
    manifest = json.loads((static / "manifest.json").read_text())
    files = [file for component in EARLY for file in chunks(manifest, component)]
    early = [EARLY_LINK.format(file) for file in files if file not in html]
    head = (FONT_STYLE, *early, PLOTLY_LINK, "</head>")
    return html.replace("</head>", "\n".join(head)).replace("</body>", FOOT)


def chunks(manifest: Manifest, component: str) -> list[str]:
    """The script of `component` and all that it imports, from the manifest of Streamlit's build."""
    seen: dict[str, str] = {}
    waiting = [key for key, part in manifest.items() if part.get("name") == component]
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen[key] = manifest[key]["file"]
            waiting += manifest[key].get("imports", ())
    return sorted(seen.values())


def _etag(index: Path) -> str:
    """The ETag that Streamlit's answer with this file carries."""
    return FileResponse(index, stat_result=index.stat()).headers["etag"]


async def _lead_home(send: Send) -> None:
    headers = [(b"location", b"/"), (b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": HTTPStatus.SEE_OTHER, "headers": headers})
    await send({"type": "http.response.body"})


def _describe(message: Message, encoding: str, length: int) -> None:
    """Make the headers fit our body; what others have set there stays."""
    headers = MutableHeaders(scope=message)
    for of_the_file in ("etag", "last-modified", "accept-ranges", "content-encoding"):
        del headers[of_the_file]
    if encoding != "identity":
        headers["content-encoding"] = encoding
    headers["content-length"] = str(length)
    headers.add_vary_header("Accept-Encoding")
