"""Streamlit's websocket without a browser: what an attacker writes in an afternoon."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 30


@dataclass(frozen=True)
class Answer:
    """What one run of the script sent."""

    session_id: str
    content: bytes
    widgets: dict[str, str]  # key to Streamlit's id

    def says(self, text: str) -> bool:
        """Whether the text stands in it."""
        return text.encode() in self.content


def opened(
    url: str, *, cookie: str = "", session_id: str = "", origin: str = "", **headers: str
) -> ClientConnection:
    """A websocket as a browser opens it; `headers` come on top, _ for -."""
    own = {name.replace("_", "-"): value for name, value in headers.items()}
    return connect(
        f"ws://{urlsplit(url).netloc}/_stcore/stream",
        origin=origin or url,
        subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN", *([session_id] if session_id else [])],
        additional_headers={**({"Cookie": cookie} if cookie else {}), **own},
        max_size=None,
        open_timeout=PATIENCE_S,
    )


def say(
    socket: ClientConnection,
    *,
    page: str = "",
    query: str = "",
    states: Mapping[str, str | bool] = {},
) -> None:
    """Ask for one run of a page.

    `states` says what the widgets hold, by Streamlit's id: a text, or True for what is pressed.
    """
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = query
    for widget, value in states.items():
        state = asked.rerun_script.widget_states.widgets.add(id=widget)
        if isinstance(value, bool):
            state.trigger_value = value
        else:
            state.string_value = value
    socket.send(asked.SerializeToString())


def run(socket: ClientConnection, **asked: Any) -> Answer:
    """Ask for one run, as `say` does, and wait for its end."""
    say(socket, **asked)
    session_id, parts, widgets = "", [], {}
    while True:
        data = socket.recv(timeout=PATIENCE_S)
        message = ForwardMsg.FromString(data)
        parts.append(data)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            session_id = message.new_session.initialize.session_id
        if kind == "delta":
            widgets |= _widget(message)
        if kind == "script_finished":
            return Answer(session_id, b"".join(parts), widgets)


def _widget(message: ForwardMsg) -> dict[str, str]:
    """The key and id of the widget that the message draws; ids end in the key."""
    element = message.delta.new_element
    drawn = getattr(element, element.WhichOneof("type") or "", None)
    found = re.fullmatch(r"\$\$ID-[0-9a-f]+-(.+)", str(getattr(drawn, "id", "")))
    return {found.group(1): found.group()} if found else {}


def ask(url: str, *, page: str = "", **options: str) -> Answer:
    """Connect, run once, leave."""
    with opened(url, **options) as socket:
        return run(socket, page=page)
