"""Many visitors at once, without browsers: websocket clients that speak Streamlit's protocol."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median, quantiles
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

# 500 sessions that all rerun wait for each other
RUN_TIMEOUT_S = 120
# Sessions that open at the same time: a door, not a stampede; who is in stays in.
OPENING_AT_ONCE = 20
# "The run is over" is a few dozen bytes. What is longer is page content: clients that parsed it
# would take from the server the processor time that is measured.
LONGEST_FINISH = 200
DONE = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}


class BadAnswer(RuntimeError):
    """The server answered, but not with the page that is to be measured."""


@dataclass(frozen=True)
class Who:
    """Where sessions go and as whom. `text` must stand in what the first run sends."""

    base_url: str
    page: str = ""
    query: str = ""
    cookie: str = ""
    text: str = ""

    def rerun(self, cached: Sequence[str] = ()) -> bytes:
        """The message by which a browser asks for a run, and says what it still holds."""
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        message.rerun_script.cached_message_hashes.extend(cached)
        return bytes(message.SerializeToString())


@dataclass
class Load:
    """What a load gave: seconds that each opening and each rerun took, and what went wrong."""

    openings_s: list[float] = field(default_factory=list)
    reruns_s: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    elapsed_s: float = 0.0

    @property
    def reruns_per_s(self) -> float:
        """Reruns a second over all sessions."""
        return len(self.reruns_s) / self.elapsed_s

    @property
    def p50_s(self) -> float:
        """Half of the reruns took no longer."""
        return median(self.reruns_s)

    @property
    def p95_s(self) -> float:
        """Nineteen of twenty reruns took no longer."""
        return quantiles(self.reruns_s, n=20)[-1]


def load(
    who: Who,
    *,
    sessions: int,
    seconds: float,
    before_leaving: Callable[[], None] = lambda: None,
) -> Load:
    """`sessions` visitors open the page and stay; then all rerun without a pause for `seconds`.

    `before_leaving` is called while all of them are still there.
    """
    return asyncio.run(_load(who, sessions, seconds, before_leaving))


def clicks(who: Who, queries: Sequence[str]) -> list[float]:
    """One visitor, the filter changed to each of `queries` in turn: seconds that each took."""
    return asyncio.run(_clicks(who, queries))


async def _clicks(who: Who, queries: Sequence[str]) -> list[float]:
    result = Load()
    opened = await _open(who, asyncio.Semaphore(), result)
    if opened is None:
        raise BadAnswer(result.errors[0])
    socket, _ = opened
    for query in queries:
        started = time.perf_counter()
        await _run(socket, replace(who, query=query).rerun())
        result.reruns_s.append(time.perf_counter() - started)
    await socket.close()
    return result.reruns_s


async def _load(
    who: Who, sessions: int, seconds: float, before_leaving: Callable[[], None]
) -> Load:
    result = Load()
    door = asyncio.Semaphore(OPENING_AT_ONCE)
    opened = await asyncio.gather(*(_open(who, door, result) for _ in range(sessions)))
    tabs = [tab for tab in opened if tab is not None]
    started = time.perf_counter()
    deadline = started + seconds
    await asyncio.gather(*(_rerun_until(deadline, *tab, result) for tab in tabs))
    result.elapsed_s = time.perf_counter() - started
    before_leaving()
    await asyncio.gather(*(socket.close() for socket, _ in tabs))
    return result


async def _open(
    who: Who, door: asyncio.Semaphore, result: Load
) -> tuple[ClientConnection, bytes] | None:
    """A session that has seen its page once, and how it asks for it again."""
    async with door:
        started = time.perf_counter()
        try:
            socket = await connect(
                f"ws://{urlsplit(who.base_url).netloc}/_stcore/stream",
                origin=Origin(who.base_url),  # as a browser would: without it we refuse
                subprotocols=[Subprotocol("streamlit")],
                additional_headers={"Cookie": who.cookie} if who.cookie else None,
                max_size=None,
            )
            seen = await _run(socket, who.rerun())
            _check(who, seen)
        except (WebSocketException, OSError, BadAnswer) as problem:
            result.errors.append(repr(problem))
            return None
        result.openings_s.append(time.perf_counter() - started)
        return socket, who.rerun(_cacheable(seen))


async def _rerun_until(
    deadline: float, socket: ClientConnection, rerun: bytes, result: Load
) -> None:
    try:
        while (started := time.perf_counter()) < deadline:
            await _run(socket, rerun)
            result.reruns_s.append(time.perf_counter() - started)
    except (WebSocketException, OSError, BadAnswer) as problem:
        result.errors.append(repr(problem))


def _cacheable(messages: Sequence[bytes]) -> list[str]:
    """The hashes of what a browser keeps, and asks not to be sent again as long as it is so."""
    known = map(ForwardMsg.FromString, messages)
    return [message.hash for message in known if message.metadata.cacheable]


async def _run(socket: ClientConnection, rerun: bytes) -> list[bytes]:
    """Ask for a run and wait for its end. Returns the messages that came."""
    messages = []
    await socket.send(rerun)
    async with asyncio.timeout(RUN_TIMEOUT_S):
        while True:
            data = await socket.recv(decode=False)
            messages.append(data)
            if len(data) <= LONGEST_FINISH and _is_end(data):
                return messages


def _is_end(data: bytes) -> bool:
    message = ForwardMsg.FromString(data)
    if message.WhichOneof("type") != "script_finished":
        return False
    if message.script_finished not in DONE:
        raise BadAnswer(ForwardMsg.ScriptFinishedStatus.Name(message.script_finished))
    return True


def _check(who: Who, messages: list[bytes]) -> None:
    if not any(who.text.encode() in message for message in messages):
        message = f"{who.page or '/'} did not say {who.text!r}"
        raise BadAnswer(message)
