"""pages/delivery/last_words.py: when the app hears that a line is gone."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.delivery.last_words import LastWords
from tests.pages.delivery.asking import ask, serve

ASKED = BackMsg(rerun_script={}).SerializeToString()
DRAWN = ForwardMsg(delta={"add_block": {}}).SerializeToString()
OVER = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY).SerializeToString()
NO_RUN = [BackMsg(app_heartbeat=True).SerializeToString(), b"\xff" * 9, b""]


class Line:
    """A line to a browser that is gone once it said something, before it is answered."""

    def __init__(self, said=ASKED, code=1001, problem=RuntimeError):
        word = {"type": "websocket.receive", "bytes": said}
        end = {"type": "websocket.disconnect", "code": code}
        self.coming = [{"type": "websocket.connect"}, word, end]
        self.problem = problem
        self.heard = []

    async def receive(self):
        return self.coming.pop(0)

    async def send(self, _message):
        raise self.problem

    async def answering(self, _scope, receive, send):
        """An app that takes its time for an answer."""
        answering = []
        while "disconnect" not in self.heard:
            message = await receive()
            self.heard.append(message["type"].removeprefix("websocket."))
            if message.get("bytes") == ASKED:
                answering.append(asyncio.create_task(self._answer(send)))
        await asyncio.gather(*answering)

    async def _answer(self, send):
        if self.problem is not RuntimeError:
            await send({"type": "websocket.send", "bytes": DRAWN})
        await asyncio.sleep(0.02)
        self.heard.append("answered")
        await send({"type": "websocket.send", "bytes": OVER})

    def run(self):
        serve(LastWords(self.answering), {"type": "websocket"}, self.receive, self.send)
        return self.heard


def test_the_end_of_a_line_is_told_when_the_last_word_is_answered():
    assert Line().run() == ["connect", "receive", "answered", "disconnect"]


@pytest.mark.parametrize("said", NO_RUN)
def test_the_end_of_a_line_that_asked_for_no_run_is_told_at_once(said):
    assert Line(said=said).run() == ["connect", "receive", "disconnect"]


def test_a_server_that_stops_waits_for_nobody():
    assert Line(code=1012).run() == ["connect", "receive", "disconnect", "answered"]


@pytest.mark.parametrize("problem", [ConnectionResetError, BrokenPipeError])
def test_who_goes_while_something_is_sent_ends_nothing(problem):
    assert Line(problem=problem).run() == ["connect", "receive", "answered", "disconnect"]


def test_what_is_no_websocket_is_answered_as_it_is():
    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    assert ask(LastWords(app)).status == 204
