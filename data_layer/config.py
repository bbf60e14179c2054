"""Settings, read from the environment once per process and never changed after.

SETTINGS is the whole list: the README's table and `manage.py settings` are made from it.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
T = TypeVar("T")
DATABASES = ("sqlite:///", "postgresql+psycopg://")


class Onboarding(StrEnum):
    """What a first sign-in with the office code gives."""

    APPROVAL = "approval"  # code + 123456 opens the registration; the province confirms it
    LETTER = "letter"  # as the circular says: no confirmation, a red notice and an audit row
    ONE_TIME_CODE = "one-time-code"  # a code printed by the province; 123456 is never accepted


class Setting(NamedTuple):
    """One environment variable: its name, the value without it, what it does."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("PORT", "8501", "port that the server listens on"),
    Setting(
        "PUBLIC_URL", "http://localhost:8501", "address users type; https makes cookies Secure"
    ),
    Setting("DATABASE_URL", "sqlite:///var/data/phrom.db", "SQLite file or postgresql+psycopg://…"),
    Setting("KEYS_FILE", "var/keys/phrom.keys", "secret keys (0600), kept apart from the database"),
    Setting("ONBOARDING", "approval", "first sign-in: approval, letter or one-time-code"),
    Setting("CIRCULAR_DATE", "2020-12-16", "date of the circular; days without SSO count from it"),
    Setting("DEMO", "1", "1 loads the made-up people and authorities at `make run`, 0 does not"),
    Setting("TRUSTED_PROXY", "", "1 when a reverse proxy of ours sets X-Forwarded-For"),
)


class BadSetting(ValueError):
    """A setting that cannot be used; the message names it and what it takes."""


@dataclass(frozen=True)
class Config:
    """The settings, checked."""

    port: int
    public_url: str
    database_url: str
    keys_file: Path
    onboarding: Onboarding
    circular_on: date
    demo: bool
    trusted_proxy: bool

    @property
    def https(self) -> bool:
        """Whether users reach us by TLS: cookies are then Secure and named __Host-."""
        return urlsplit(self.public_url).scheme == "https"


def read_config(environ: Mapping[str, str]) -> Config:
    """Check the environment. Raises BadSetting naming the variable and what it takes."""
    text = {name: environ.get(name) or default for name, default, _ in SETTINGS}
    text["PUBLIC_URL"] = environ.get("PUBLIC_URL") or f"http://localhost:{text['PORT']}"
    return Config(
        port=_checked(text, "PORT", _port, "a port number such as 8501"),
        public_url=text["PUBLIC_URL"],
        database_url=_checked(text, "DATABASE_URL", _database_url, " or ".join(DATABASES) + "…"),
        keys_file=ROOT / text["KEYS_FILE"],
        onboarding=_checked(text, "ONBOARDING", Onboarding, ", ".join(Onboarding)),
        circular_on=_checked(text, "CIRCULAR_DATE", date.fromisoformat, "a date as 2020-12-16"),
        demo=text["DEMO"] == "1",
        trusted_proxy=text["TRUSTED_PROXY"] == "1",
    )


def _checked(text: Mapping[str, str], name: str, read: Callable[[str], T], takes: str) -> T:
    try:
        return read(text[name])
    except ValueError as problem:
        # the value is not told: an address of a database may hold a password
        message = f"the setting {name} cannot be used: it takes {takes}; see README.md"
        raise BadSetting(message) from problem


def _port(text: str) -> int:
    if (port := int(text)) not in range(1, 2**16):
        raise ValueError(text)
    return port


def _database_url(url: str) -> str:
    """A relative SQLite file lies below the project, wherever the server was started."""
    if not url.startswith(DATABASES):
        raise ValueError
    prefix = DATABASES[0]
    if not url.startswith(prefix) or url.startswith(prefix + "/"):
        return url
    return f"{prefix}{ROOT / url.removeprefix(prefix)}"


@cache
def config() -> Config:
    """The settings of this process."""
    return read_config(os.environ)
