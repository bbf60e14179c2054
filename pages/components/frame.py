"""What surrounds a page: who is signed in, the way out, the width of forms."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components.messages import escape, sample_badge

# ours, drawn from here: a page's own icon would be asked for at an outside server
FAVICON = (Path(__file__).parent / "favicon.svg").read_text(encoding="utf-8").strip()
FORM_WIDTH = 760  # px: a line that eyes can follow


def draw_menu(pages: Mapping[st.Page, str]) -> None:
    """The menu, page by icon. Streamlit's own would fetch the icons from an outside server."""
    st.subheader("พร้อม", anchor=False)
    with st.container(gap="small", key="menu"):
        for page, icon in pages.items():
            st.page_link(page, icon=f":material/{icon}:", width="stretch")


def signed_in_as(name: str, office: str, *, has_samples: bool) -> bool:
    """The person in the side bar; whether the way out was clicked."""
    st.divider()
    if has_samples:
        sample_badge()
    st.markdown(f"**{escape(name)}**  \n{escape(office)}")
    return st.button("ออกจากระบบ", key="sign_out", icon=":material/logout:", width="stretch")


def narrow() -> DeltaGenerator:
    """A container for forms and reading, not wider than a line should be."""
    return st.container(width=FORM_WIDTH)


def draw_task(text: str, *, page: str, action: str, is_urgent: bool) -> None:
    """One thing to do, with the page that does it."""
    with st.container(
        border=True,
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        icon = ":material/notifications_active:" if is_urgent else ":material/chevron_right:"
        st.markdown(f"{icon} {escape(text)}")
        st.page_link(page, label=action, icon=":material/arrow_forward:", width="content")
