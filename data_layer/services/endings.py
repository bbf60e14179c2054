"""What becomes of a browser whose session is over: where it goes on, or the sentence that says why.

Told to the holder of that session's token alone, so that no stranger learns anything.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import select

from data_layer.db import reading
from data_layer.errors import DomainError
from data_layer.models import BrowserSession, Registration
from data_layer.services.registrations import FirstSignInOver, OfficeTaken
from data_layer.services.sign_in import ticket_again
from data_layer.tokens import token_hash


class SessionOver(DomainError):
    """Idle, too long, signed out elsewhere, account closed: the person need not know which."""

    text: ClassVar[str] = (
        "การเข้าใช้ก่อนหน้านี้สิ้นสุดแล้ว เพราะไม่ได้ใช้งานครบ 30 นาที เข้าใช้ครบ 8 ชั่วโมง หรือถูกให้ออกจากระบบ "
        "โปรดเข้าสู่ระบบอีกครั้ง หากเข้าไม่ได้ โปรดติดต่อ SSO ADMIN หรือจังหวัดของท่าน"
    )


class RegisteringTimeOver(DomainError):
    """A first sign-in lasts for 15 minutes."""

    text: ClassVar[str] = (
        "หมดเวลาลงทะเบียน 15 นาทีแล้ว ข้อมูลที่พิมพ์ไว้ยังไม่ถูกบันทึก โปรดเข้าสู่ระบบอีกครั้งด้วยรหัสหน่วยงานเพื่อลงทะเบียนต่อ"
    )


def way_on(token: str, *, browser: str) -> str | None:
    """A ticket for the browser whose first sign-in just became a user's session; mostly None.

    The press that registered the office was cut off by another one before the browser heard of it.
    """
    over = _session_of(token)
    if over is None or over.office_id is None:
        return None
    return ticket_again(browser, office_id=over.office_id)


def reason(token: str) -> DomainError | None:
    """Why the session that this token opened is over; None when it never opened one."""
    over = _session_of(token)
    if over is None:
        return None
    if over.office_id is None:
        return SessionOver()
    if _is_claimed_since(over.office_id, over.created_at):
        return OfficeTaken()
    return FirstSignInOver() if over.revoked_at is not None else RegisteringTimeOver()


def _session_of(token: str) -> BrowserSession | None:
    statement = select(BrowserSession).where(BrowserSession.token_hash == token_hash(token))
    with reading() as session:
        return session.scalar(statement)


def _is_claimed_since(office_id: int, moment: datetime) -> bool:
    claims = select(Registration.id).where(
        Registration.office_id == office_id, Registration.claimed_at >= moment
    )
    with reading() as session:
        return session.scalars(claims).first() is not None
