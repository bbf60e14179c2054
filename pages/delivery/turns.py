"""Runs take turns at computing.

Python computes in one thread at a time. Twenty runs at once wrestle for it: each asks every few
milliseconds, which costs a fifth of the processor's time. So a few compute, one while another
waits for the database, and the rest wait in line without asking.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

AT_ONCE: Final = 2
# who waited so long goes beside them: two long imports hold up nobody for longer
PATIENCE_S: Final = 1.0
_free: Final = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """Compute in here, after at most PATIENCE_S."""
    is_ours = _free.acquire(timeout=PATIENCE_S)
    try:
        yield
    finally:
        if is_ours:
            _free.release()
