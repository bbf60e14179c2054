"""Claims of offices as cards: who, position, phone, since when, and the province's answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from data_layer.thai import format_citizen_id, thai_datetime
from pages.components.acts import acting, done, done_with_secret
from pages.components.choice import draw_choices
from pages.components.filters import choose
from pages.components.messages import empty_state, escape, mail_link, phone_link

Decide = Callable[..., str]
MOST_CODES = 50  # slips of one sheet of work: each is a password that is hashed


def choose_province(choices: Sequence[Any], *, most: int) -> str | None:
    """Whose claims are shown; None is all of the scope, at `most` so many of each kind."""
    if len(choices) <= 1:
        return None
    names = {each.code: each.name for each in choices}
    key = "registrations.province"
    chosen = choose(key, "จังหวัด", names, param="province", whole="ทุกจังหวัด")
    if chosen is None:
        st.caption(f"แต่ละแท็บแสดงไม่เกิน {most:,} หน่วยงาน เลือกจังหวัดเพื่อดูทุกหน่วยงานของจังหวัดนั้น")
    return chosen


def _say_how_many(claims: Sequence[Any], none: str, hint: str) -> None:
    """How many are shown; what it means when there is none."""
    if claims:
        st.caption(f"แสดง {len(claims):,} หน่วยงาน")
    else:
        empty_state(none, hint)


def draw_waiting(claims: Sequence[Any], *, confirm: Decide, refuse: Decide, reveal: Decide) -> None:
    """Claims that wait (services.registrations.RegistrationEntry), with confirm and refuse."""
    _say_how_many(claims, "ไม่มีหน่วยงานรอยืนยัน", "เมื่อมี สถอ. ลงทะเบียนใหม่ รายการจะขึ้นที่นี่และที่หน้าแรก")
    for claim in claims:
        with st.container(border=True):
            _draw_person(claim)
            with st.container(horizontal=True):
                if st.button("ยืนยัน", key=f"claim.{claim.id}.confirm", type="primary"):
                    with acting():
                        done(f"ยืนยัน สถอ.{confirm(claim.id)} แล้ว")
                _reveal(claim, reveal)
                key = f"claim.{claim.id}.refuse"
                reason = ask_reason(key, "ไม่รับ", "เหตุผลที่ไม่รับ (ผู้ลงทะเบียนจะเห็น)")
            if reason is not None:
                with acting():
                    done(f"ไม่รับการลงทะเบียนของ สถอ.{refuse(claim.id, reason)} แล้ว")


def draw_confirmed(claims: Sequence[Any], *, revoke: Decide, reset: Decide, reveal: Decide) -> None:
    """Confirmed claims, with a new one-time password for the SSO ADMIN, and revocation."""
    _say_how_many(claims, "ยังไม่มีหน่วยงานที่ยืนยันแล้ว", "เมื่อยืนยันการลงทะเบียนแล้ว รายการจะขึ้นที่นี่")
    for claim in claims:
        with st.container(border=True):
            _draw_person(claim)
            with st.container(horizontal=True):
                if st.button("ออกรหัสผ่านชั่วคราว", key=f"claim.{claim.id}.reset"):
                    with acting():
                        done_with_secret(
                            f"รหัสผ่านชั่วคราวของ {claim.person} ใช้ได้ 24 ชั่วโมง", reset(claim.id)
                        )
                _reveal(claim, reveal)
                reason = ask_reason(f"claim.{claim.id}.revoke", "ยกเลิกการลงทะเบียน", "เหตุผลที่ยกเลิก")
            if reason is not None:
                with acting():
                    done(f"ยกเลิกการลงทะเบียนของ สถอ.{revoke(claim.id, reason)} แล้ว")


def draw_ended(claims: Sequence[Any]) -> None:
    """Claims that were refused or revoked, with the reason."""
    _say_how_many(claims, "ไม่มีการลงทะเบียนที่ไม่รับหรือยกเลิก", "เมื่อไม่รับหรือยกเลิก รายการพร้อมเหตุผลจะขึ้นที่นี่")
    for claim in claims:
        with st.container(border=True):
            _draw_person(claim)
            st.markdown(f"เหตุผล: {escape(claim.reason)}")


def _draw_person(claim: Any) -> None:  # noqa: ANN401 - RegistrationEntry, of a service
    st.markdown(
        f"**สถอ.{escape(claim.office_name)}** ({claim.office_code}) "
        f"จังหวัด{escape(claim.province_name)}  \n{escape(claim.person)} · {escape(claim.position)}"
        # a number on a line of its own: on a phone it would break at its hyphens
        f"  \n:material/call: {phone_link(claim.phone)} · {mail_link(claim.email)}"
    )
    st.caption(f"ยื่นเมื่อ {thai_datetime(claim.claimed_at)}")


def _reveal(claim: Any, reveal: Decide) -> None:  # noqa: ANN401 - RegistrationEntry, of a service
    """The whole citizen id, on request; the look is recorded with the name of who looked."""
    hint = "ระบบบันทึกว่าท่านเปิดดูเลขนี้"
    if st.button("ดูเลข 13 หลัก", key=f"claim.{claim.id}.reveal", help=hint):
        with acting():
            st.markdown(f"`{format_citizen_id(reveal(claim.user_id))}`")


def ask_reason(key: str, label: str, ask: str) -> str | None:
    """A popover that asks for the reason; the reason when it was sent."""
    with st.popover(label), st.form(key, border=False):
        reason = st.text_area(ask, key=f"{key}.reason", max_chars=200)
        is_sent = st.form_submit_button(label, key=f"{key}.submit")
    return reason if is_sent else None


def draw_code_choice(names: Mapping[str, str]) -> list[str]:
    """The offices that shall get a code, of those that may; their codes."""
    return draw_choices(
        f"สถอ. (ครั้งละไม่เกิน {MOST_CODES} แห่ง)",
        list(names),
        key="codes.offices",
        words=names.__getitem__,
        placeholder="เลือก สถอ. ที่จะออกรหัส",
        max_selections=MOST_CODES,
    )


def draw_slips(slips: Sequence[Any]) -> None:
    """One-time codes to print, cut apart and hand over."""
    st.caption("พิมพ์หน้านี้ด้วย Ctrl+P แล้วตัดแจก รหัสแสดงครั้งนี้ครั้งเดียว")
    with st.container(key="slips"):
        for slip in slips:
            with st.container(border=True, key=f"slip-{slip.office_code}"):
                st.markdown(
                    f"**สถอ.{escape(slip.office_name)}**  \n"
                    f"รหัสหน่วยงาน **{slip.office_code}** · รหัสใช้ครั้งเดียว **`{slip.code}`**"
                )
                st.caption(
                    f"ใช้ได้ถึง {thai_datetime(slip.expires_at)} เข้าระบบด้วยรหัสหน่วยงานและรหัสนี้ "
                    "แล้วลงทะเบียน SSO ADMIN ห้ามส่งต่อผู้อื่น"
                )
