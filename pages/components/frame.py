"""What surrounds a page: who is signed in, the way out, the width of forms."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.components.messages import escape, sample_badge

FORM_WIDTH = 760  # px: a line that eyes can follow


def signed_in_as(name: str, office: str, *, has_samples: bool) -> bool:
    """The person in the side bar; whether the way out was clicked."""
    with st.sidebar:
        if has_samples:
            sample_badge()
        st.markdown(f"**{escape(name)}**  \n{escape(office)}")
        return st.button("ออกจากระบบ", key="sign_out", icon=":material/logout:", width="stretch")


def narrow() -> DeltaGenerator:
    """A container for forms and reading, not wider than a line should be."""
    return st.container(width=FORM_WIDTH)


def draw_task(text: str, *, page: str, action: str, is_urgent: bool) -> None:
    """One thing to do, with the page that does it."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        icon = ":material/notifications_active:" if is_urgent else ":material/chevron_right:"
        st.markdown(f"{icon} {escape(text)}")
        st.page_link(page, label=action, icon=":material/arrow_forward:", width="content")
