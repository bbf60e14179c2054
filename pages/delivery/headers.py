"""What every answer tells the browser to refuse, and what the server refuses by itself.

security.md: W01 (headers), W02 (foreign websockets), W05 (closed endpoints).
"""

import base64
import re
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from pages.delivery.shell import page

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
HSTS = "max-age=31536000; includeSubDomains"
# Figures, and an interface for agents: Streamlit shows both to anyone, also when switched off.
CLOSED = ("/_stcore/metrics", "/_stcore/agent")
# An attacker's name can be made to lead to this machine, but these cannot be an attacker's name.
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
POLICY_VIOLATION = 1008  # before the handshake is answered, the server makes a 403 of it


class SecurityHeaders:
    """ASGI middleware, the outermost. `public_url` is the address that users type."""

    def __init__(self, app: ASGIApp, *, public_url: str) -> None:
        self.app = app
        url = urlsplit(public_url)
        self.hosts = {*LOOPBACK, url.hostname or ""}
        self.https = url.scheme == "https"
        self.headers = HEADERS | {"content-security-policy": content_security_policy(url.netloc)}
        if self.https:
            self.headers["strict-transport-security"] = HSTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with headers."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket" and not self._is_own_page(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_started
            if message["type"] == "http.response.start":
                has_started = True
                self._set_headers(message)
            await send(message)

        is_closed = scope["path"].startswith(CLOSED)
        app = PlainTextResponse("Not Found", HTTPStatus.NOT_FOUND) if is_closed else self.app
        try:
            await app(scope, receive, send_with_headers)
        except Exception:
            # Starlette's own 500 is made outside of all middleware and would go without headers.
            # It still logs what is raised here.
            if not has_started:
                failure = PlainTextResponse("Error", HTTPStatus.INTERNAL_SERVER_ERROR)
                await failure(scope, receive, send_with_headers)
            raise

    def _set_headers(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        headers.update(self.headers)
        if self.https:
            # Streamlit does not know of the TLS before it and leaves its cookies without.
            message["headers"] = [_secured(*header) for header in message["headers"]]

    def _is_own_page(self, headers: Headers) -> bool:
        """Whether one of our pages opens the websocket: browsers always say whose page asks.

        Streamlit itself lets in any page of localhost, and whoever leaves Origin out.
        """
        origin, host = headers.get("origin", ""), headers.get("host", "")
        try:
            asking, asked = urlsplit(origin), urlsplit(f"//{host}")
        except ValueError:
            return False
        return asked.hostname in self.hosts and asking.netloc.lower() == asked.netloc.lower()


def content_security_policy(host: str) -> str:
    """The policy for pages at `host` ("phrom.example.go.th", "localhost:8501")."""
    inline = " ".join(inline_scripts(page(Path(get_static_dir())).encode()))
    rules = {
        "default-src": "'self'",
        # blob: Streamlit's components v2 import their own module from one. Only script that runs
        # already can make a blob, so it opens nothing. Plotly and the tables need no eval.
        "script-src": f"'self' blob: {inline}",
        "style-src": "'self' 'unsafe-inline'",  # Streamlit and plotly write their styles in place
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": f"'self' ws://{host} wss://{host}",  # not all browsers count ws: as 'self'
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def inline_scripts(html: bytes) -> list[str]:
    """A CSP source for each script that stands in the page: these run, no injected one does."""
    scripts = re.findall(rb"<script>(.*?)</script>", html, flags=re.DOTALL)
    return [f"'sha256-{base64.b64encode(sha256(text).digest()).decode()}'" for text in scripts]


def _secured(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    if name != b"set-cookie" or b"; secure" in value.lower():
        return name, value
    return name, value + b"; Secure"
