"""How long a round still takes answers, in words."""

from datetime import datetime, timedelta

from data_layer.rules.rounds import Phase, Times
from data_layer.thai import thai_datetime

_MINUTE = timedelta(minutes=1)


def left(until: datetime, now: datetime) -> str:
    """'อีก 3 วัน 4 ชม.', under a day 'อีก 4 ชม. 12 นาที', at last 'อีกไม่ถึง 1 นาที'."""
    rest = max(until - now, timedelta())
    if rest < _MINUTE:
        return "อีกไม่ถึง 1 นาที"
    hours, minutes = rest.seconds // 3600, rest.seconds % 3600 // 60
    if rest.days:
        return f"อีก {rest.days:,} วัน {hours} ชม."
    return f"อีก {hours} ชม. {minutes} นาที"


def phase_words(times: Times, now: datetime) -> str:
    """Where a round stands, until when, and how long that is; as Streamlit's Markdown."""
    match times.phase(now):
        case Phase.NOT_OPEN:
            words = f"เปิดรับ {thai_datetime(times.opens_at)} ({left(times.opens_at, now)})"
            return f":gray[:material/schedule: ยังไม่เปิด] {words}"
        case Phase.OPEN:
            words = f"ครบกำหนด {thai_datetime(times.due_at)} ({left(times.due_at, now)})"
            return f":green[:material/lock_open: เปิดรับ] {words}"
        case Phase.GRACE:
            words = f"ปิดรับ {thai_datetime(times.closes_at)} ({left(times.closes_at, now)})"
            return f":orange[:material/hourglass_bottom: เลยกำหนดแล้ว นับเป็นส่งช้า] {words}"
        case Phase.CLOSED:
            return f":gray[:material/lock: ปิดรับแล้ว] เมื่อ {thai_datetime(times.closes_at)}"
