"""The time. Everything asks here, so that a test can move the clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from zoneinfo import ZoneInfo

THAI_TIME = ZoneInfo("Asia/Bangkok")
read_clock: Callable[[], datetime] = partial(datetime.now, UTC)  # tests put theirs here


def now() -> datetime:
    """This instant, in UTC."""
    return read_clock()


def today() -> date:
    """Today's date in Thailand."""
    return now().astimezone(THAI_TIME).date()
