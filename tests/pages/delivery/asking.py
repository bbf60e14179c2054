"""One request to an ASGI app, without a server."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from starlette.datastructures import Headers


class Answer(NamedTuple):
    """What came back; `pieces` is how the body was sent."""

    status: int
    headers: Headers
    pieces: list[bytes]

    @property
    def body(self) -> bytes:
        return b"".join(self.pieces)


def ask(app, path="/", *, method="GET", **headers) -> Answer:
    """ask(app, "/x", accept_encoding="br"). Raises what the app raised, after its answer if any."""
    sent = _run(app, _scope("http", path, headers) | {"method": method})
    return _answer(sent)


def knock(app, **headers) -> list[dict]:
    """The messages by which the app answers to a websocket's handshake."""
    return _run(app, _scope("websocket", "/_stcore/stream", headers))


def answers_before_raising(app, path="/", **headers) -> tuple[Answer, BaseException]:
    """For an app that fails: what it sent, and with what it failed."""
    sent: list[dict] = []
    try:
        _run(app, _scope("http", path, headers) | {"method": "GET"}, sent)
    except RuntimeError as problem:
        return _answer(sent), problem
    message = "the app did not fail"
    raise AssertionError(message)


def _scope(kind, path, headers):
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    path, _, query = path.partition("?")
    asked = {"path": path, "query_string": query.encode()}
    return {"type": kind, "headers": raw, "root_path": "", **asked}


def _answer(sent):
    start, *bodies = sent
    headers = Headers(raw=start["headers"])
    return Answer(start["status"], headers, [body for part in bodies if (body := part.get("body"))])


def _run(app, scope, sent=None):
    sent = [] if sent is None else sent

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    serve(app, scope, receive, send)
    return sent


def serve(app, scope, receive, send):
    """Until the app has done with it."""
    # In a thread of its own: Playwright, in the tests with a browser, has a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(app(scope, receive, send))).result(timeout=10)
