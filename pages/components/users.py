"""Users of an office: the form of a new one, and each one as a card."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from data_layer.access import LEVEL_NAMES, ROLE_NAMES, WORK_NAMES, Level, Role, Work
from data_layer.errors import InvalidFields
from data_layer.thai import thai_datetime
from pages.components.acts import acting, begin_anew, done, done_with_secret, name_of
from pages.components.messages import escape, mail_link, phone_link
from pages.components.person_form import CONTACT_FIELDS, NAME_FIELDS, PERSON_FORM, draw_person_form

EDIT_FIELDS = (*NAME_FIELDS, *CONTACT_FIELDS)


def draw_new_user(*, roles: Sequence[Role], create: Callable[..., str], is_open: bool) -> None:
    """The form of a new user; the one-time password is shown once."""
    name = name_of("user")
    with st.expander("เพิ่มผู้ใช้งาน", expanded=is_open, icon=":material/person_add:"):
        chosen: dict[str, Any] = {}

        def more() -> None:
            chosen["role"] = st.selectbox(
                "บทบาท", roles, key=f"{name}.role", format_func=ROLE_NAMES.__getitem__
            )
            chosen["rights"] = _draw_rights(name, {})
            st.caption(
                "เจ้าหน้าที่และผู้ดูข้อมูลเริ่มต้นโดยไม่มีสิทธิในงานใด โปรดเลือกอย่างน้อยหนึ่งงาน "
                "มิฉะนั้นเมื่อเข้าใช้จะยังทำอะไรไม่ได้ (กำหนดภายหลังได้)"
            )

        form = draw_person_form(name, PERSON_FORM, submit="บันทึก", more=more)
        if form.values is None:
            return
        with acting():
            try:
                password = create(form.values, **chosen)
            except InvalidFields as refusal:
                form.show_problems(refusal)
                return
            begin_anew("user")
            done_with_secret(
                "สร้างผู้ใช้งานแล้ว รหัสผ่านชั่วคราวใช้ได้ 24 ชั่วโมงและต้องเปลี่ยนเมื่อเข้าครั้งแรก", password
            )


def _draw_rights(form: str, rights: Mapping[Work, Level]) -> dict[Work, Level]:
    st.markdown("**สิทธิตามงาน**")
    levels = list(Level)
    chosen: dict[Work, Level] = {}
    for column, work in zip(st.columns(3) * 2, Work, strict=False):
        with column:
            chosen[work] = st.selectbox(
                WORK_NAMES[work],
                levels,
                index=levels.index(rights.get(work, Level.NONE)),
                key=f"{form}.right.{work.value}",
                format_func=LEVEL_NAMES.__getitem__,
            )
    return chosen


def draw_user(
    entry: Any,  # noqa: ANN401 - users.UserEntry, of a service
    *,
    may_write: bool,
    update: Callable[..., None],
    set_active: Callable[..., None],
    reset: Callable[[], str],
) -> None:
    """One user with state, rights and what can be done."""
    with st.container(border=True):
        _draw_facts(entry)
        if not may_write:
            return
        with st.container(horizontal=True):
            if st.button("ออกรหัสผ่านชั่วคราว", key=f"user.{entry.id}.reset"):
                with acting():
                    done_with_secret(f"รหัสผ่านชั่วคราวของ {entry.name} ใช้ได้ 24 ชั่วโมง", reset())
            label = "ปิดบัญชี" if entry.is_active else "เปิดบัญชีอีกครั้ง"
            if st.button(label, key=f"user.{entry.id}.active"):
                with acting():
                    set_active(is_active=not entry.is_active)
                    done(f"{label}ของ {entry.name} แล้ว")
        with st.expander("แก้ไขข้อมูลและสิทธิ"):
            _draw_edit(entry, update)


def _draw_facts(entry: Any) -> None:  # noqa: ANN401 - users.UserEntry, of a service
    closed = "" if entry.is_active else " · :red[ปิดบัญชีแล้ว]"
    waits = " · :orange[ยังไม่ตั้งรหัสผ่านเอง]" if entry.must_change_password else ""
    st.markdown(
        f"**{escape(entry.name)}** · {ROLE_NAMES[entry.role]}{closed}{waits}  \n"
        f"{escape(entry.position)} · {mail_link(entry.email)}  \n"
        # numbers on a line of their own: on a phone they would break at their hyphens
        f"เลข {entry.citizen_id} · {phone_link(entry.phone)}"
    )
    last = thai_datetime(entry.signed_in_at) if entry.signed_in_at else "ยังไม่เคยเข้าด้วยเลข 13 หลัก"
    st.caption(f"{_rights_text(entry.levels)}  \nเข้าใช้ล่าสุด: {last}")


def _rights_text(levels: Mapping[Work, Level]) -> str:
    """The works by level, the furthest first: 'ดูและแก้ไข: ก, ข · ดู: ค'."""
    works = {
        level: [WORK_NAMES[work] for work in Work if levels.get(work) is level]
        for level in (Level.WRITE, Level.READ)
    }
    said = [f"{LEVEL_NAMES[level]}: {', '.join(names)}" for level, names in works.items() if names]
    return " · ".join(said) or "ยังไม่มีสิทธิในงานใด"


def _draw_edit(entry: Any, update: Callable[..., None]) -> None:  # noqa: ANN401 - users.UserEntry
    own = f"user.{entry.id}"
    name = name_of(own)
    seen = _seen_version(name, entry.version)
    values = {each.name: getattr(entry, each.name) for each in EDIT_FIELDS}
    rights: dict[Work, Level] = {}
    form = draw_person_form(
        name,
        EDIT_FIELDS,
        submit="บันทึกการแก้ไข",
        values=values,
        more=lambda: rights.update(_draw_rights(name, entry.rights)),
    )
    if form.values is None:
        return
    with acting():
        try:
            update(seen, form.values, rights=rights)
        except InvalidFields as refusal:
            form.show_problems(refusal)
            return
        begin_anew(own)
        done(f"บันทึกข้อมูลของ {entry.name} แล้ว")


def _seen_version(form: str, version: int) -> int:
    """The version that the fields were filled from: they keep it when somebody changes the user."""
    if f"{form}.position" not in st.session_state:  # the form is drawn anew
        st.session_state[f"{form}.seen"] = version
    return int(st.session_state[f"{form}.seen"])
