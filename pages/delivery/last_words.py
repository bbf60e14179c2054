"""What a browser said last is done, though its tab is closed or its line is gone since.

Streamlit stops the run of who is gone, also one that has not begun, and forgets whose it was: a
field that was left right before would be kept by chance. So the end of a line is told when the
run that it asked for is over.
"""

import asyncio
from contextlib import suppress
from typing import Final

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST_S: Final = 30.0  # as .streamlit/config.toml keeps a session whose line is gone
_GOING_DOWN: Final = 1012  # the registered code with which a server that stops closes
_SHORT_BYTES: Final = 100  # that a run is over is said in 44


class LastWords:
    """ASGI middleware: puts off the end of each websocket."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or one line."""
        if scope["type"] == "websocket":
            line = _Line(receive, send)
            receive, send = line.receive, line.send
        await self.app(scope, receive, send)


class _Line:
    """A websocket as the app hears it."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._is_gone = False
        self._is_over = asyncio.Event()  # the run that was asked for last
        self._is_over.set()

    async def receive(self) -> Message:
        """The next message; the last one when nothing is left to be done."""
        message = await self._receive()
        self._is_gone = message["type"] == "websocket.disconnect"
        if self._is_gone and message.get("code") != _GOING_DOWN:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_over.wait(), LONGEST_S)
        elif _asks_for_a_run(message):
            self._is_over.clear()
        return message

    async def send(self, message: Message) -> None:
        """Send it while somebody is there."""
        if _ends_a_run(message):
            self._is_over.set()
        if not self._is_gone:
            with suppress(OSError):  # gone in this moment
                await self._send(message)


def _asks_for_a_run(message: Message) -> bool:
    asked = BackMsg()
    with suppress(DecodeError):  # which Streamlit refuses
        asked.ParseFromString(message.get("bytes") or b"")
    kind: str | None = asked.WhichOneof("type")
    return kind == "rerun_script"


def _ends_a_run(message: Message) -> bool:
    content: bytes = message.get("bytes") or b""
    if len(content) > _SHORT_BYTES:
        return False
    kind: str | None = ForwardMsg.FromString(content).WhichOneof("type")
    return kind == "script_finished"
