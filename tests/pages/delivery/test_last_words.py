"""pages/delivery/last_words.py: when the app hears that a line is gone."""

import asyncio

import pytest

from pages.delivery.last_words import LastWords
from tests.pages.delivery.asking import ask

LINGER_S = 0.05


class Line:
    """A line to a browser that is gone after its first word, before it is answered."""

    def __init__(self, code=1001, problem=RuntimeError):
        word = {"type": "websocket.receive", "bytes": b"a word"}
        self.coming = [word, {"type": "websocket.disconnect", "code": code}]
        self.problem = problem
        self.heard = []

    async def receive(self):
        return self.coming.pop(0)

    async def send(self, _message):
        raise self.problem

    async def answering(self, _scope, receive, send):
        """An app that takes its time for an answer."""
        while not self.heard or self.heard[-1] != "websocket.disconnect":
            self.heard.append((await receive())["type"])
            if self.heard == ["websocket.receive"]:
                answering = asyncio.create_task(self._answer(send))
        await answering

    async def _answer(self, send):
        if self.problem is not RuntimeError:
            await send("at once")
        await asyncio.sleep(LINGER_S / 5)
        await send("later")
        self.heard.append("answered")

    def run(self):
        app = LastWords(self.answering, linger_s=LINGER_S)
        asyncio.run(app({"type": "websocket"}, self.receive, self.send))
        return self.heard


def test_the_end_of_a_line_is_told_when_the_last_word_is_answered():
    assert Line().run() == ["websocket.receive", "answered", "websocket.disconnect"]


def test_a_server_that_stops_waits_for_nobody():
    assert Line(code=1012).run() == ["websocket.receive", "websocket.disconnect", "answered"]


@pytest.mark.parametrize("problem", [ConnectionResetError, BrokenPipeError])
def test_who_goes_while_something_is_sent_ends_nothing(problem):
    assert "answered" in Line(problem=problem).run()


def test_what_is_no_websocket_is_answered_as_it_is():
    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    assert ask(LastWords(app)).status == 204
