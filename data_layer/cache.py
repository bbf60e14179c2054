"""Reads that cost something, kept in process until the data they came from changes.

The key holds the data version that was read with the answer, so an answer is never stale, also
when another process wrote; and the scope, so one office never gets another's.
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


def data_version(session: Session, scope: Scope) -> int:
    """The version of the scope's data; 0 before the first change."""
    name = scope.province_code or "all"
    return session.scalar(select(DataVersion.version).where(DataVersion.scope == name)) or 0


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
