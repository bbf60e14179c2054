"""Reads that cost something, kept in process until the data they came from changes.

The key holds the data version that was read for the answer, so an answer is never stale, also
when another process wrote; and the scope, so one office never gets another's.

The versions are looked at once per run, with the question who is in (services.identity): all
that a run shows is as of that look. A change by the same run ends it (audit.data_changed).
"""

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from cachetools import LRUCache
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_layer.access import Scope
from data_layer.config import config
from data_layer.models import DataVersion

T = TypeVar("T")
_answers: LRUCache[Hashable, object] = LRUCache(maxsize=512)
_lock = threading.Lock()
_seen = threading.local()  # `versions` of this thread's run, by scope name
_VERSIONS = select(DataVersion.scope, DataVersion.version)


def look(session: Session) -> None:
    """Read the versions that hold for this run, on its own thread."""
    _seen.versions = _versions(session)


def forget() -> None:
    """Data was changed, or nobody is in: the next answer asks the database."""
    _seen.versions = None


def data_version(session: Session, scope: Scope) -> int:
    """The version of the scope's data; 0 before the first change."""
    seen = getattr(_seen, "versions", None)
    versions = _versions(session) if seen is None else seen
    return versions.get(scope.province_code or "all", 0)


def _versions(session: Session) -> dict[str, int]:
    return {row.scope: row.version for row in session.execute(_VERSIONS)}


def cached(session: Session, scope: Scope, what: Hashable, compute: Callable[[], T]) -> T:
    """The answer to `what` in `scope`, computed once per data version."""
    key = (config().database_url, what, scope, data_version(session, scope))
    with _lock:
        if key in _answers:
            return cast("T", _answers[key])
    answer = compute()
    with _lock:
        _answers[key] = answer
    return answer
