"""A slow line between a browser and the server: each way takes its time."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from threading import Thread
from urllib.parse import urlsplit

CHUNK = 65536
# the port, and what to cancel where when the line is no longer wanted
Standing = Future[tuple[int, "asyncio.Task[None]", asyncio.AbstractEventLoop]]


@contextmanager
def slow_line(url: str, *, delay_s: float) -> Iterator[str]:
    """The address at which the server of `url` is reached over it."""
    standing: Standing = Future()
    thread = Thread(target=_run, args=(url, delay_s, standing))  # this one has Playwright's loop
    thread.start()
    port, carrying, loop = standing.result()
    try:
        yield f"http://localhost:{port}"
    finally:
        loop.call_soon_threadsafe(carrying.cancel)
        thread.join()


def _run(url: str, delay_s: float, standing: Standing) -> None:
    with suppress(asyncio.CancelledError):
        asyncio.run(_listen(url, delay_s, standing))


async def _listen(url: str, delay_s: float, standing: Standing) -> None:
    target = urlsplit(url)

    async def came(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, on = await asyncio.open_connection(target.hostname, target.port)
        try:
            with suppress(asyncio.CancelledError):  # the line is taken away
                await asyncio.gather(_carry(reader, on, delay_s), _carry(back, writer, delay_s))
        finally:
            on.close()
            writer.close()

    server = await asyncio.start_server(came, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    standing.set_result((port, asyncio.current_task(), asyncio.get_running_loop()))
    async with server:
        await asyncio.Event().wait()


async def _carry(come: asyncio.StreamReader, go: asyncio.StreamWriter, delay_s: float) -> None:
    """What comes in goes out later, in its order; the end too."""
    loop = asyncio.get_running_loop()
    with suppress(ConnectionError):
        while data := await come.read(CHUNK):
            loop.call_later(delay_s, go.write, data)
    await asyncio.sleep(delay_s)
    go.close()
