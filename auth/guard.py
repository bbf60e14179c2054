"""The gate before Streamlit's own doors, as ASGI middleware.

Streamlit's session id is a bearer token and its media and upload routes ask nobody: a websocket is
bound to the sign-in cookie here, files and uploads want a live session, and each browser gets the
cookie that login tickets are bound to.
"""

from collections.abc import Iterable
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from auth.cookies import browser_cookie, read_cookie, session_cookie, set_cookie
from data_layer.services import identity
from data_layer.tokens import new_token, token_hash

BIND_HEADER = b"x-phrom-bind"  # .streamlit/config.toml, server.trustedUserHeaders
GUARDED = ("/media/", "/_stcore/upload_file")


class Guard:
    """Wraps the whole app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Bind, ask or pass on, by the kind of connection and path."""
        if scope["type"] == "websocket":
            await self.app(_bound(scope), receive, send)
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"].startswith(GUARDED):
            await self._guarded(scope, receive, send)
        else:
            await self.app(_without_bind(scope), receive, _introducing(scope, send))

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = read_cookie(_cookie_header(scope), session_cookie())
        if not await run_in_threadpool(identity.is_live, token):
            refusal = PlainTextResponse("sign in first", HTTPStatus.UNAUTHORIZED)
            await refusal(scope, receive, send)
            return

        async def uncached(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["cache-control"] = "no-store"
            await send(message)

        await self.app(_without_bind(scope), receive, uncached)


def _cookie_header(scope: Scope) -> bytes:
    return b"; ".join(value for name, value in scope["headers"] if name == b"cookie")


def _without_bind(scope: Scope) -> Scope:
    return {**scope, "headers": list(_foreign_removed(scope["headers"]))}


def _foreign_removed(headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[bytes, bytes]]:
    """A client's own copy of our header says nothing."""
    return (header for header in headers if header[0].lower() != BIND_HEADER)


def _bound(scope: Scope) -> Scope:
    token = read_cookie(_cookie_header(scope), session_cookie()) or "nobody"
    mark = token_hash(token).hex()[:32].encode()
    return {**scope, "headers": [*_foreign_removed(scope["headers"]), (BIND_HEADER, mark)]}


def _introducing(scope: Scope, send: Send) -> Send:
    """Give the browser its own cookie with the first page."""
    if read_cookie(_cookie_header(scope), browser_cookie()):
        return send
    carrier = Response()
    set_cookie(carrier, browser_cookie(), new_token())

    async def introducing(message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            MutableHeaders(scope=message).append("set-cookie", carrier.headers["set-cookie"])
        await send(message)

    return introducing


def _is_page(message: Message) -> bool:
    headers: dict[bytes, bytes] = dict(message.get("headers", ()))
    return headers.get(b"content-type", b"").startswith(b"text/html")
