"""Runs take turns at computing.

Python computes in one thread at a time. Twenty runs at once wrestle for it: each asks every few
milliseconds, which costs a fifth of the processor's time. So a few compute, one while another
waits for the database, and the rest wait in line without asking.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

AT_ONCE: Final = 2
LONG_S: Final = 0.2  # a run that takes longer, an import, holds up nobody
LOOK_S: Final = 0.05
_free: Final = threading.BoundedSemaphore(AT_ONCE)
_since: Final[dict[int, float]] = {}  # when each run that has its turn began, by thread


@contextmanager
def turn() -> Iterator[None]:
    """Compute in here once it is one's turn, or beside runs that take long."""
    is_ours, me = _wait(), threading.get_ident()
    if is_ours:
        _since[me] = monotonic()
    try:
        yield
    finally:
        if is_ours:
            del _since[me]
            _free.release()


def _wait() -> bool:
    """Whether a turn came; without one where all that have theirs take long."""
    while not _are_long():
        if _free.acquire(timeout=LOOK_S):
            return True
    return False


def _are_long() -> bool:
    began = list(_since.values())
    return len(began) == AT_ONCE and monotonic() - max(began) > LONG_S
