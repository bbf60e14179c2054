"""What an approved survey says otherwise than the register of authorities, to be offered to it."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.components.acts import acting, done
from pages.components.messages import escape


def draw_offer(changes: Sequence[Any], offer: Callable[[], None]) -> None:
    """The differences, old and new, and the one act; nothing when there are none."""
    if not changes:
        return
    with st.container(border=True, key="entry.offer.panel"):
        st.markdown(
            f":material/compare_arrows: **แบบสำรวจนี้ต่างจากทะเบียน อปท. {len(changes):,} จุด** "
            "เสนอให้จังหวัดแก้ทะเบียนตามแบบสำรวจได้"
        )
        lines = [
            f"{escape(each.label)}: {escape(each.old)} → **{escape(each.new)}**" for each in changes
        ]
        st.markdown("  \n".join(lines))
        if st.button("เสนอแก้ทะเบียนตามแบบสำรวจ", key="entry.offer", icon=":material/send:"):
            with acting():
                offer()
                done("ส่งคำขอแก้ทะเบียนให้จังหวัดแล้ว ทะเบียนจะเปลี่ยนเมื่อจังหวัดยืนยัน")
