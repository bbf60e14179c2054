"""Reads that cost something, kept in process until the data they came from changes.

The key holds the data version that was read for the answer, so an answer is never stale, also
when another process wrote; and the scope, so one office never gets another's.

The versions are looked at once per run, with the question who is in (services.identity): all
that a run shows is as of that look. A change by the same run ends it (audit.data_changed).
"""

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

import cachetools
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from data_layer.access import Scope
from data_layer.config import config
from data_layer.models import DataVersion

T = TypeVar("T")
_answers: cachetools.LRUCache[Hashable, object] = cachetools.LRUCache(maxsize=512)
_seen = threading.local()  # `versions` of this thread's run, by scope name
RECORDS = "r"  # before a province's code: the version of its records
_VERSIONS = select(DataVersion.scope, DataVersion.version)


def look(connection: Connection) -> None:
    """Read the versions that hold for this run, on its own thread."""
    _seen.versions = _versions(connection)


def forget() -> None:
    """Data was changed, or nobody is in: the next answer asks the database."""
    _seen.versions = None


def data_version(session: Session, scope: Scope) -> int:
    """The version of the scope's data; 0 before the first change."""
    return _known(session).get(scope.province_code or "all", 0)


def records_version(session: Session, scope: Scope) -> tuple[int, int]:
    """The version of the scope's records, beside the country's: rounds are the centre's."""
    known, wanted = _known(session), RECORDS + (scope.province_code or "")
    records = sum(version for name, version in known.items() if name.startswith(wanted))
    return records, data_version(session, Scope())


def _known(session: Session) -> dict[str, int]:
    seen: dict[str, int] | None = getattr(_seen, "versions", None)
    return _versions(session.connection()) if seen is None else seen


def _versions(connection: Connection) -> dict[str, int]:
    # rows are pairs
    return dict(connection.execute(_VERSIONS).all())


def cached(session: Session, scope: Scope, what: Hashable, compute: Callable[[], T]) -> T:
    """The answer to `what` in `scope`, computed once per data version."""
    return _kept((what, scope, data_version(session, scope)), compute)


def cached_of_records(
    session: Session, scope: Scope, what: Hashable, compute: Callable[[], T]
) -> T:
    """The same for what is read from records too."""
    return _kept((what, scope, *records_version(session, scope)), compute)


def _kept(of: tuple[Hashable, ...], compute: Callable[[], T]) -> T:
    return cast("T", _computed((config().database_url, *of), compute))


@cachetools.cached(_answers, key=lambda of, _: of, condition=threading.Condition())
def _computed(_of: tuple[Hashable, ...], compute: Callable[[], object]) -> object:
    """Who asks for what somebody computes already waits for that: never the same work twice."""
    return compute()
