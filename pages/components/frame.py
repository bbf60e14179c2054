"""What surrounds a page: who is signed in, the way out, the width of forms."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Any, TypeAlias

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components.messages import SAMPLE, escape

Task: TypeAlias = Any  # services.home.Task: components know no service
START = "start"
FORM_WIDTH = 760  # px: a line that eyes can follow


def navigate(shown: Sequence[tuple[str, str]], every: Iterable[str]) -> st.Page:
    """The menu of `shown` (file, title) and the page that the address asks for.

    An address of `every` that is not for this person (yet) keeps standing while the first page is
    shown: a link from a colleague survives the sign-in. "/" itself is such an address, for
    Streamlit's default page has no other.
    """
    pages = _pages(tuple(shown), frozenset(every))
    # a copy each: a run marks the page that it may run, and runs of others go on beside it
    return st.navigation([copy(page) for page in pages], expanded=True)


@lru_cache(maxsize=256)
def _pages(shown: Sequence[tuple[str, str]], every: Iterable[str]) -> list[st.Page]:
    """Made once for each set of rights: st.Page looks for its file each time it is made."""
    menu = [st.Page(f"{name}.py", title=title, url_path=name) for name, title in shown]
    first, first_title = shown[0]
    aliases = [
        st.Page(
            f"{first}.py",
            title=first_title,
            url_path=name,
            default=name == START,
            visibility="hidden",
        )
        for name in sorted({*every, START} - {name for name, _ in shown})
    ]
    return [*menu, *aliases]


def signed_in_as(name: str, office: str, *, has_samples: bool) -> bool:
    """The person, or the office of a first sign-in, in the side bar; whether they go out."""
    mark = f"{SAMPLE}\n\n" if has_samples else ""
    # a paragraph each: lines of one are not balanced, and "ท้องถิ่น" would be cut in its middle
    st.markdown(f"{mark}**{escape(name)}**\n\n{escape(office)}")
    return st.button("ออกจากระบบ", key="sign_out", icon=":material/logout:", width="stretch")


def narrow() -> DeltaGenerator:
    """A container for forms and reading, not wider than a line should be."""
    return st.container(width=FORM_WIDTH)


def draw_no_right(giver: str) -> None:
    """Who has no right in any work finds nothing to do: what to do about it."""
    st.info(
        f"ท่านยังไม่มีสิทธิในงานใด จึงยังไม่เห็นงานที่ต้องทำ โปรดแจ้ง {giver} ให้กำหนดสิทธิที่หน้า “ผู้ใช้งาน” "
        "เมื่อได้สิทธิแล้ว เปิดหน้านี้อีกครั้ง งานจะขึ้นที่นี่",
        icon=":material/lock_person:",
    )


def draw_not_theirs(name: str, shown: Mapping[str, str], titles: Mapping[str, str]) -> None:
    """An address may lead to a page that is not this person's: why the first one is shown."""
    if name in shown or name not in titles:
        return
    st.info(
        f"ท่านไม่มีสิทธิเปิดหน้า “{titles[name]}” จึงแสดงหน้าแรกแทน "
        "หากจำเป็นต้องใช้ โปรดแจ้ง SSO ADMIN หรือจังหวัดของท่าน",
        icon=":material/lock_person:",
    )


def draw_task(task: Task) -> None:
    """One thing to do, with the page that does it."""
    with st.container(
        border=True,
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        icon = ":material/notifications_active:" if task.is_urgent else ":material/chevron_right:"
        badge = f":red-badge[:material/undo: {task.badge}] " if task.badge else ""
        st.markdown(f"{icon} {badge}{escape(task.text)}")
        st.page_link(
            task.page,
            label=task.action,
            icon=":material/arrow_forward:",
            width="content",
            query_params=dict(task.query),
        )
