"""What is said to the person: refusals, emptiness, marks; and user text made harmless."""

import re
from typing import Final
from urllib.parse import quote

import streamlit as st

from data_layer.errors import DomainError
from data_layer.thai import format_phone

# Streamlit rewrites some text after Markdown is parsed (emoji shortcodes, arrows, icons, bare
# links), where a backslash no longer helps: an invisible word joiner breaks those patterns.
JOINER: Final = "\u2060"
SAMPLE: Final = ":orange-badge[:material/science: ข้อมูลตัวอย่าง]"
_AFTER_PARSING: Final = re.compile(
    r"(?:"
    r":(?=[A-Za-z]|[\w+-]+:|/|:)"  # :smile: · :red[ · :material/ · https:// · ::: · mailto:
    r"|(?<![\w.])www(?=\.)"  # www.example.com
    r"|(?<=[\w.+-])@(?=[\w-]+\.)"  # name@example.com
    r"|(?<!\S)(?:<(?=-)|-(?=[->])|[><~](?=\=))"  # -> <- <-> -- >= <= ~=
    r")",
    flags=re.IGNORECASE,
)
_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>$~&|]|:(?=" + JOINER + ")")
_LINE_START: Final = re.compile(r"^(?:[#+=\-]|\d+(?=[.)]))", flags=re.MULTILINE)
_PUNCTUATION: Final = re.compile(r"[!-/:-@\[-`{-~]")
_INDENT: Final = re.compile(r"^[^\S\n]+|[^\S\n]+$", flags=re.MULTILINE)


def escape(text: str) -> str:
    """User text that Streamlit's Markdown shows letter by letter, line by line."""
    lines = _INDENT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    joined = _AFTER_PARSING.sub(lambda found: found.group() + JOINER, lines)
    literal = _LINE_START.sub(_start_of_line, _SPECIAL.sub(r"\\\g<0>", joined))
    return re.sub(r"(?<=\S)\n(?=\S)", "  \n", literal)


def _start_of_line(found: re.Match[str]) -> str:
    """A list, heading or rule begins a line: '1.' becomes '1\\.', '#' becomes '\\#'."""
    text = found.group()
    return f"{text}\\" if text.isdigit() else f"\\{text}"


def mail_link(address: str) -> str:
    """Markdown of a stored e-mail address: a link that writes to it, copied as it stands.

    As plain text it would need a sign that is not seen, so that Streamlit makes no link of it.
    """
    return f"[{_PUNCTUATION.sub(_literal, address)}](mailto:{quote(address, safe='@')})"


def phone_link(digits: str) -> str:
    """Markdown of a stored telephone number: a link that dials it."""
    return f"[{_PUNCTUATION.sub(_literal, format_phone(digits))}](tel:{quote(digits)})"


def _literal(found: re.Match[str]) -> str:
    return f"\\{found.group()}"


def show_refusal(error: DomainError) -> None:
    """The refusal's own sentence, where the act was asked for."""
    st.error(escape(str(error)), icon=":material/error:")


def show_notice(error: DomainError) -> None:
    """What happened while the person was not asking for anything."""
    st.warning(escape(str(error)), icon=":material/info:")


def empty_state(what: str, next_step: str) -> None:
    """Nothing to show: say what is not there, and what to do next."""
    with st.container(border=True, gap="xxsmall"):
        st.markdown(f"**{escape(what)}**")
        st.caption(escape(next_step))


def sample_badge() -> None:
    """Made-up data must say so wherever it is shown."""
    st.markdown(SAMPLE)
