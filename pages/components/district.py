"""The panels of one district office."""

import pandas as pd
import streamlit as st

from data_layer.dashboard import STEP_NAMES, STEPS, Dashboard
from data_layer.panels import PANELS
from data_layer.thai import thai_date_short, thai_datetime
from pages.components.messages import escape, phone_link
from pages.components.panels import Exporter, Namer, draw_panel
from pages.components.states import BY_NAME
from pages.components.table import TableColumn, draw_table, slice_of

NEXT = {
    "not_registered": "ให้ สถอ. เปิดหน้าเข้าสู่ระบบ ใช้รหัสหน่วยงานและรหัสผ่านเริ่มต้นตามหนังสือแจ้ง "
    "แล้วลงทะเบียน SSO ADMIN",
    "waiting": "จังหวัดตรวจชื่อ ตำแหน่ง และโทรศัพท์ของผู้ลงทะเบียน แล้วกดยืนยันที่หน้าการลงทะเบียน",
    "has_admin": "SSO ADMIN สร้างผู้ใช้งานของหน่วยงานและกำหนดสิทธิ",
    "has_users": "ผู้ใช้งานออกจากระบบ แล้วเข้าใหม่ด้วยเลขประจำตัวประชาชน 13 หลัก",
    "signed_in": "ครบทุกขั้นแล้ว พร้อมบันทึกแบบสำรวจ",
}


BY_CODE = (
    "จังหวัดออกรหัสใช้ครั้งเดียวที่หน้าการลงทะเบียน แล้วให้ สถอ. เข้าด้วยรหัสหน่วยงานและรหัสนั้น เพื่อลงทะเบียน SSO ADMIN "
    "(รหัสผ่านเริ่มต้น 123456 ใช้กับหน่วยงานนี้ไม่ได้)"
)


def draw_office(
    dashboard: Dashboard, exporter: Exporter, namer: Namer, *, needs_code: bool
) -> None:
    """State, steps done and the next one, contact; `needs_code` where 123456 opens nothing."""
    office = dashboard.offices.iloc[0]
    state, step = BY_NAME[office["state"]], STEPS[office["step"]]
    with draw_panel("offices", exporter, namer, title=f"{state.mark} {state.word}"):
        next_step = BY_CODE if needs_code and step == STEPS[0] else NEXT[step]
        st.info(f"ขั้นต่อไป: {next_step}", icon=":material/flag:")
    st.markdown(_checklist(int(office["step"])))
    phone = phone_link(office["phone"]) if office["phone"] else "ยังไม่มีเบอร์ในระบบ"
    st.caption(f"โทรศัพท์สำนักงาน {phone}{_since(office)}")


def _since(office: pd.Series) -> str:
    """Since when it is registered, or of which list we know that it is."""
    if office["source"] == "phrom":
        return f" · ลงทะเบียนสำเร็จ {thai_datetime(office['registered_at'])}"
    if office["source"] == "dla_sso":
        day, file = thai_date_short(office["listed_on"]), escape(office["listed_in"])
        return f" · ลงทะเบียนแล้วตามรายชื่อ DLA-SSO ของวันที่ {day} (ไฟล์ {file})"
    return ""


def _checklist(reached: int) -> str:
    """The steps after 'not registered', done or to do, a line each."""
    names = ("ยื่นลงทะเบียนแล้ว", *list(STEP_NAMES.values())[2:])
    done, to_do = ":material/check_circle:", ":material/circle:"
    return "  \n".join(
        f"{done if reached >= number else to_do} {name}"
        for number, name in enumerate(names, start=1)
    )


def draw_authorities(dashboard: Dashboard, exporter: Exporter, namer: Namer) -> None:
    """The local authorities of the district, made-up ones marked."""
    frame = PANELS["authorities"].rows(dashboard)
    shown = slice_of("authorities.list", total=len(frame), scope=dashboard.scope.name)
    with draw_panel("authorities", exporter, namer):
        draw_table(
            "authorities.list",
            (
                TableColumn("code", "รหัส อปท.", "code"),
                TableColumn("name", "ชื่อ อปท.", role="title"),
                TableColumn("kind", "ประเภท"),
                TableColumn("is_sample", "หมายเหตุ"),
            ),
            frame.iloc[shown.offset : shown.offset + shown.size],
            shown,
            caption="องค์กรปกครองส่วนท้องถิ่นในอำเภอ",
            empty="ยังไม่มีรายชื่อ อปท. ของอำเภอนี้ ส่วนกลางนำเข้าได้ที่หน้าทะเบียนหน่วยงาน",
        )
