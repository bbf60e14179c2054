"""A slow line between a browser and the server: each way takes its time, and it can be cut."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import urlsplit

CHUNK = 65536


@dataclass
class Line:
    """A line to a server, and the address at which it is reached over it."""

    target: str
    delay_s: float
    url: str = ""
    ends: set[asyncio.StreamWriter] = field(default_factory=set)
    standing: Future[asyncio.AbstractEventLoop] = field(default_factory=Future)
    taken_away: asyncio.Event = field(default_factory=asyncio.Event)

    def cut(self) -> None:
        """What is on its way is lost; whoever is cut off may come again."""
        self.standing.result().call_soon_threadsafe(self._cut)

    def _cut(self) -> None:
        for end in self.ends:
            end.transport.abort()

    def take_away(self) -> None:
        """There is no line any more."""
        self.standing.result().call_soon_threadsafe(self.taken_away.set)

    async def carry(self) -> None:
        """Until it is taken away."""
        server = await asyncio.start_server(self._came, "127.0.0.1", 0)
        self.url = f"http://localhost:{server.sockets[0].getsockname()[1]}"
        self.standing.set_result(asyncio.get_running_loop())
        async with server:
            await self.taken_away.wait()
            self._cut()

    async def _came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        target = urlsplit(self.target)
        back, on = await asyncio.open_connection(target.hostname, target.port)
        ends = {on, writer}
        self.ends |= ends
        try:
            with suppress(asyncio.CancelledError):  # the line is taken away
                await asyncio.gather(self._carry(reader, on), self._carry(back, writer))
        finally:
            self.ends -= ends
            for end in ends:
                end.close()

    async def _carry(self, come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
        """What comes in goes out later, in its order; the end too."""
        loop = asyncio.get_running_loop()
        with suppress(ConnectionError):
            while data := await come.read(CHUNK):
                loop.call_later(self.delay_s, go.write, data)
        await asyncio.sleep(self.delay_s)
        go.close()


@contextmanager
def slow_line(url: str, *, delay_s: float) -> Iterator[Line]:
    """A line to the server of `url`, until the block ends."""
    line = Line(url, delay_s)
    thread = Thread(target=lambda: asyncio.run(line.carry()))  # this one has Playwright's loop
    thread.start()
    line.standing.result()
    try:
        yield line
    finally:
        line.take_away()
        thread.join()
