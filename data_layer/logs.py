"""The log: one JSON object a line on stderr, and nothing personal in it.

Lines are pure ASCII, so no control character of what somebody typed can forge a line or drive a
terminal; `jq` shows the Thai again.
"""

import json
import logging
import re
import secrets
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TextIO

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that sounds or looks like something else
_NUMBER_LENGTH = 6
_UNEXPECTED = logging.getLogger("phrom.errors")
_OWN_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

# in this order: an address with a password looks like an e-mail, a citizen id holds a phone number
_HIDDEN = (
    # Streamlit names the session of who comes again
    (re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "[session]"),
    (re.compile(r"(?<=://)[^\s/]*@"), "***@"),  # the user and password of a database address
    (re.compile(r"(password\s*=\s*)\S+", re.IGNORECASE), r"\1***"),  # the same as libpq writes it
    (re.compile(r"(DETAIL:\s*)[^\n]*"), r"\1[row]"),  # PostgreSQL repeats the row it refuses
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "[email]"),
    (re.compile(r"\d(?:[ -]?\d){12,}"), "[13 digits]"),
    (re.compile(r"(?<![\d.-])(?:0|๐|\+66)(?:[ -]?\d){8,9}(?!\d)"), "[phone]"),
)


def configure() -> None:
    """Send every logger's lines to stderr as JSON; again once all libraries have made theirs."""
    handler = _Stderr()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in logging.root.manager.loggerDict:
        logger = logging.getLogger(name)
        if logger.handlers:  # Streamlit and uvicorn print by themselves, as they are
            logger.handlers.clear()
            logger.propagate = True


def error_number(problem: BaseException) -> str:
    """Log an unexpected error under a short number, which the person may read out to us."""
    letters = (secrets.choice(_ALPHABET) for _ in range(_NUMBER_LENGTH))
    number = f"E-{''.join(letters)}"
    _UNEXPECTED.error("unexpected error", exc_info=problem, extra={"number": number})
    return number


def scrubbed(text: str) -> str:
    """The text without citizen ids, telephone numbers, e-mail addresses, passwords, sessions."""
    for pattern, mark in _HIDDEN:
        text = pattern.sub(mark, text)
    return text


class _Stderr(logging.StreamHandler[TextIO]):
    """Writes to what is stderr at that moment, also when somebody put another in its place."""

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, _given: TextIO) -> None:
        """It has none of its own."""


class JsonLines(logging.Formatter):
    """at, level, logger, message; extra and traceback when there are any."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": scrubbed(record.getMessage()),
        }
        given = {name: value for name, value in vars(record).items() if name not in _OWN_FIELDS}
        extra = {"extra": _plain(given)} if given else {}
        trace = {"traceback": self._trace(record)} if record.exc_info else {}
        return json.dumps(line | extra | trace)

    def _trace(self, record: logging.LogRecord) -> str:
        return scrubbed(self.formatException(record.exc_info)) if record.exc_info else ""


def _plain(value: object) -> object:
    """The value as JSON has it, every text in it scrubbed; a number may be a citizen id too."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {scrubbed(str(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    text = scrubbed(str(value))
    return value if isinstance(value, int | float) and text == str(value) else text
