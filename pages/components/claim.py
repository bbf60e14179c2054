"""What became of an office's claim, told to the person who made it."""

from datetime import datetime

import streamlit as st

from data_layer.thai import thai_datetime
from pages.components.messages import escape


def draw_claim(state: str, claimed_at: datetime, reason: str) -> None:
    """The state of the claim and what to do about it."""
    if state == "waiting":
        st.warning("รอจังหวัดยืนยันการลงทะเบียน", icon=":material/hourglass_top:")
        st.markdown(
            f"ยื่นเมื่อ {thai_datetime(claimed_at)}  \n"
            "จังหวัดจะตรวจชื่อ ตำแหน่ง และโทรศัพท์ของท่าน เมื่อยืนยันแล้วหน้านี้จะเปิดงานของหน่วยงานให้ทันที "
            "หากเร่งด่วน โปรดโทรแจ้งสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด"
        )
        st.button("ตรวจสถานะอีกครั้ง", key="home.refresh", icon=":material/refresh:")
        return
    words = "จังหวัดไม่รับการลงทะเบียนนี้" if state == "refused" else "การลงทะเบียนนี้ถูกยกเลิก"
    st.error(f"{words} เหตุผล: {escape(reason)}", icon=":material/block:")
    st.markdown(
        "ขั้นต่อไป: ติดต่อจังหวัดเพื่อขอ **รหัสใช้ครั้งเดียว** ของหน่วยงาน "
        "แล้วออกจากระบบ เข้าใหม่ด้วยรหัสหน่วยงานและรหัสนั้น เพื่อลงทะเบียนอีกครั้ง"
    )
