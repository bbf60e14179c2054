"""The time. Everything asks here, so that a test can move the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

THAI_TIME = ZoneInfo("Asia/Bangkok")


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in Thailand."""
    return now().astimezone(THAI_TIME).date()
