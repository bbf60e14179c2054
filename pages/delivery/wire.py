"""Answers for Streamlit's scripts and our fonts from the brotli copies that packing.py made."""

import logging
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.delivery.packing import packed_folder

# What Streamlit sends for the same files: their names hold a hash of what is in them.
HASHED = "public, immutable, max-age=31536000"
# Our fonts carry no hash. Streamlit leaves them to the browser, which then asks on every visit.
UNHASHED = "public, max-age=604800"
# Sent piece by piece, so that a slow line holds one piece of a script in memory, not all of it.
PIECE_BYTES = 64 * 1024

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Packed:
    """A compressed file, ready to be sent."""

    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it; to HEAD only the headers."""
        await send({"type": "http.response.start", "status": 200, "headers": [*self.headers]})
        body = b"" if scope["method"] == "HEAD" else self.body
        for start in range(0, len(body), PIECE_BYTES):
            piece = body[start : start + PIECE_BYTES]
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


class PackedStatic:
    """ASGI middleware: the brotli copy for who takes brotli, Streamlit's plain file for others."""

    def __init__(self, app: ASGIApp, *, folder: Path | None = None) -> None:
        self.app = app
        self.packed = read_packed(folder or packed_folder())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        # The URL is looked up among what was read at start and never made into a file's path.
        packed = self.packed.get(scope["path"]) if _is_reading(scope) else None
        if packed is None:
            await self.app(scope, receive, send)
        elif takes_brotli(Headers(scope=scope).get("accept-encoding", "")):
            await packed(scope, receive, send)
        else:
            await self.app(scope, receive, _with_vary(send))


def read_packed(folder: Path) -> dict[str, Packed]:
    """The copies by URL path, all in memory (6 MB). Empty, with a warning, before set-up."""
    packed = {}
    for copy in folder.rglob("*.br"):
        path = "/" + copy.relative_to(folder).with_suffix("").as_posix()
        packed[path] = _packed(path, copy.read_bytes())
    if not packed:
        log.warning("no packed files in %s: pages load slowly until `manage.py init` ran", folder)
    return packed


def takes_brotli(accept_encoding: str) -> bool:
    """Whether a client with that Accept-Encoding reads brotli: named, and not with weight 0."""
    for item in accept_encoding.lower().split(","):
        name, _, weight = item.replace(" ", "").partition(";")
        if name == "br":
            return re.fullmatch(r"q=0(\.0*)?", weight) is None
    return False


def _packed(path: str, body: bytes) -> Packed:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    headers = {
        "content-type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        "content-encoding": "br",
        "content-length": str(len(body)),
        "cache-control": HASHED if path.startswith("/static/") else UNHASHED,
        "vary": "Accept-Encoding",
    }
    return Packed(body, tuple((name.encode(), text.encode()) for name, text in headers.items()))


def _is_reading(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}


def _with_vary(send: Send) -> Send:
    """A cache between us and the browsers must not hand the plain file on as the packed one."""

    async def send_with_vary(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return send_with_vary
