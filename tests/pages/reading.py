"""What a person reads on a page and types into it, in the words of AppTest."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

PAGES = Path(__file__).resolve().parents[2] / "pages"
_KINDS = ("title", "subheader", "markdown", "caption", "error", "warning", "info", "success")


def page_files() -> list[str]:
    """Every page, by its file; the main script is none."""
    return sorted(file.name for file in PAGES.glob("*.py") if file.name != "navigation.py")


def at_address(at: AppTest, page: str) -> AppTest:
    """As if typed into the address bar: pages that are not in the person's menu have one too."""
    name = page.removesuffix(".py")
    at._page_hash = next(
        found for found, known in at._registered_pages.items() if known["url_pathname"] == name
    )
    at.run()
    at._page_hash = ""  # from here on the tab is where the app leads it
    return at


def words(at: AppTest) -> str:
    """All that can be read on the page, tables and labels left out."""
    shown = [element.value for kind in _KINDS for element in at.get(kind)]
    titles = [panel["html"] for sent in _sent(at, dict) for panel in sent["panels"]]
    return "\n".join([*shown, *(element.proto.body for element in at.get("html")), *titles])


def _sent(at: AppTest, kind: type) -> list[Any]:
    """What components of ours were sent as bytes: the charts' is a dict, the tables' a list."""
    packed = [part.proto.bytes for part in at.get("bidi_component") if part.proto.bytes]
    return [sent for sent in map(json.loads, packed) if isinstance(sent, kind)]


def heading(at: AppTest) -> str:
    """The title of the page."""
    body = next(found.proto.body for found in at.get("html") if "<h1>" in found.proto.body)
    return html.unescape(re.findall("<h1>(.*?)</h1>", body)[0])


def errors(at: AppTest) -> list[str]:
    """The red boxes."""
    return [element.value for element in at.error]


def warnings(at: AppTest) -> list[str]:
    """The yellow boxes."""
    return [element.value for element in at.warning]


def _component(at: AppTest, key: str) -> Any:
    """What was sent to the component of ours with that key."""
    drawn = {part.proto.id.rpartition("-")[2]: part.proto for part in at.get("bidi_component")}
    return drawn[key]


def table(at: AppTest, key: str) -> dict[str, Any]:
    """What the table of that name shows: columns, rows, keys, page, pages, summary."""
    return next(data for tables in _sent(at, list) for data in tables if data["name"] == key)


def open_step(at: AppTest, name: str, key: str = "entry.steps") -> AppTest:
    """Click a step of the form."""
    at.session_state[f"{key}.at"] = name  # what the click sends
    return at.run()


def step(at: AppTest, key: str = "entry.steps") -> str:
    """The step of the form that is open."""
    return json.loads(_component(at, key).json)["at"]


def marks(at: AppTest, key: str = "entry.steps") -> dict[str, str]:
    """What each step of the form still wants."""
    return {name: mark for name, _, mark in json.loads(_component(at, key).json)["steps"]}


def looked_at(at: AppTest) -> str:
    """The key of what the page was asked to bring into view."""
    return str(json.loads(_component(at, "focus").json)["key"])


def rows(at: AppTest, key: str) -> list[list[Any]]:
    """The rows of the table of that key."""
    return table(at, key)["rows"]


def fill(at: AppTest, form: str, values: Mapping[str, str]) -> AppTest:
    """Type into the fields of a form and send it."""
    for name, value in values.items():
        key = f"{form}.{name}"
        widget = at.selectbox if name in {"prefix", "role"} else at.text_input
        widget(key=key).set_value(value)
    return at.button(key=f"{form}.submit").click().run()


def typed(at: AppTest, form: str, names: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields of a form now."""
    widgets = {widget.key: widget.value for widget in (*at.text_input, *at.selectbox)}
    return {name: widgets[f"{form}.{name}"] for name in names}


def keys(at: AppTest, kind: str) -> set[str]:
    """The keys of all widgets of a kind."""
    return {widget.key for widget in at.get(kind)}


def place(at: AppTest, key: str) -> list[int]:
    """Where the widget of that key stands: its index in each block, from the outermost."""
    return next(_places(at._tree, key))


def _places(block: Any, key: str) -> Iterator[list[int]]:
    for index, child in block.children.items():
        if getattr(child, "children", None):
            yield from ([index, *inner] for inner in _places(child, key))
        elif getattr(child, "key", None) == key:
            yield [index]


def refilled(at: AppTest) -> set[str]:
    """The keys of the widgets that this run put a value into, whatever stood in the browser.

    A click or a text that the person gives while such a run is on its way is overwritten.
    """
    parts = (part for part in at if hasattr(part, "proto"))
    return {part.key for part in parts if getattr(part.proto, "set_value", False)}
