"""The pieces of the account page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from data_layer.errors import InvalidFields
from data_layer.thai import thai_datetime
from pages.components.acts import acting, begin_anew, done, name_of
from pages.components.messages import escape
from pages.components.person_form import (
    CONTACT_FIELDS,
    PASSWORD_FIELDS,
    FormField,
    draw_person_form,
)

CURRENT = FormField(
    "current_password", "รหัสผ่านปัจจุบัน", "password", "", "current-password", wide=True
)


def draw_password(*, change: Callable[[str, str, str], None], is_first: bool) -> None:
    """The form of a new password."""
    with st.expander("เปลี่ยนรหัสผ่าน", expanded=is_first, icon=":material/key:"):
        form = draw_person_form(
            name_of("password"), (CURRENT, *PASSWORD_FIELDS), submit="ตั้งรหัสผ่านใหม่"
        )
        if form.values is None:
            return
        try:
            change(
                form.values["current_password"],
                form.values["password"],
                form.values["password_again"],
            )
        except InvalidFields as refusal:
            form.show_problems(refusal)
        else:
            begin_anew("password")
            done("ตั้งรหัสผ่านใหม่แล้ว เบราว์เซอร์อื่นที่เข้าสู่ระบบไว้ถูกออกจากระบบทั้งหมด")


def draw_own_data(data: Any, *, update: Callable[[Mapping[str, str]], None]) -> None:  # noqa: ANN401 - account.OwnData
    """What the person may change alone, and what only the keeper of the list may."""
    st.markdown(
        f"**{escape(f'{data.prefix}{data.first_name} {data.last_name}')}** · เลข {data.citizen_id}"
    )
    st.caption("ชื่อและเลขประจำตัวแก้ได้โดย SSO ADMIN หรือจังหวัด")
    values = {each.name: getattr(data, each.name) for each in CONTACT_FIELDS}
    form = draw_person_form("account", CONTACT_FIELDS, submit="บันทึก", values=values)
    if form.values is None:
        return
    try:
        update(form.values)
    except InvalidFields as refusal:
        form.show_problems(refusal)
    else:
        done("บันทึกข้อมูลติดต่อแล้ว")


def draw_sessions(
    sessions: Sequence[Any],
    *,
    close: Callable[[int], None],
    close_others: Callable[[], None],
) -> None:
    """The browsers that are signed in (account.OpenSession)."""
    st.subheader("เบราว์เซอร์ที่เข้าสู่ระบบอยู่", anchor=False)
    for each in sessions:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            here = " · **เครื่องนี้**" if each.is_this else ""
            st.markdown(f"{escape(each.device)}{here}  \nเข้าเมื่อ {thai_datetime(each.created_at)}")
            if not each.is_this and st.button("ให้ออกจากระบบ", key=f"session.{each.id}.close"):
                with acting():
                    close(each.id)
                    done("เบราว์เซอร์นั้นออกจากระบบแล้ว")
    if len(sessions) > 1 and st.button("ให้เบราว์เซอร์อื่นออกทั้งหมด", key="session.close_others"):
        with acting():
            close_others()
            done("เบราว์เซอร์อื่นออกจากระบบทั้งหมดแล้ว")
