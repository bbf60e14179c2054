"""What a browser said last is done, though its tab is closed or its line is gone since.

Streamlit stops the run of who is gone, also one that has not begun, and forgets whose it was: a
field that was left right before would be kept by chance. So the end of a line is told later.
"""

import asyncio
from contextlib import suppress
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LINGER_S: Final = 5.0  # longer than a run waits for its turn on a day when all are there
_GOING_DOWN: Final = 1012  # the code of RFC 6455's registry with which a server that stops closes


class LastWords:
    """ASGI middleware: of each websocket the end is told when what was said before is done."""

    def __init__(self, app: ASGIApp, *, linger_s: float = LINGER_S) -> None:
        self.app = app
        self.linger_s = linger_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; a websocket with its end put off."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        is_gone = False

        async def receive_late() -> Message:
            nonlocal is_gone
            message = await receive()
            is_gone = message["type"] == "websocket.disconnect"
            if is_gone and message.get("code") != _GOING_DOWN:
                await asyncio.sleep(self.linger_s)
            return message

        async def send_while_there(message: Message) -> None:
            if not is_gone:
                with suppress(OSError):  # it went in this moment
                    await send(message)

        await self.app(scope, receive_late, send_while_there)
