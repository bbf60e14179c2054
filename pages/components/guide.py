"""The circular's ten steps, as this server lets offices come in."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from data_layer.config import Onboarding

Step = tuple[str, str]
_BEFORE: Final[tuple[Step, ...]] = (
    ("เปิดหน้าเข้าสู่ระบบ", "เปิดด้วยคอมพิวเตอร์หรือโทรศัพท์ก็ได้ ไม่ต้องติดตั้งโปรแกรม"),
    (
        "ตรวจรหัสหน่วยงานของท่าน",
        "รหัส 4 หลัก เช่น สถอ.นาแก คือ 4807 ถ้าไม่ทราบ กด “ไม่ทราบรหัสหน่วยงาน ค้นหาที่นี่”",
    ),
    (
        "ค้นหาหน่วยงาน",
        "พิมพ์ชื่ออำเภอหรือจังหวัด กด **ค้นหา** หน่วยงานที่ยังไม่ลงทะเบียนจะแสดง “ไม่พบผู้ลงทะเบียน” กดที่แถวของท่าน",
    ),
    ("กลับไปหน้าเข้าสู่ระบบ", "เมื่อกดที่แถว รหัสจะถูกใส่ให้ทันที หรือกด **กลับไป** แล้วพิมพ์เอง"),
)
_INITIAL: Final[Step] = (
    "เข้าครั้งแรก",
    (
        "ใส่รหัสหน่วยงาน และรหัสผ่านเริ่มต้น **123456** (หรือรหัสใช้ครั้งเดียวที่จังหวัดให้) "
        "ใช้ได้เฉพาะหน่วยงานที่ยังไม่เคยลงทะเบียน"
    ),
)
_BY_CODE: Final[Step] = (
    "เข้าครั้งแรก",
    "ใส่รหัสหน่วยงาน และ **รหัสใช้ครั้งเดียว** ที่จังหวัดออกให้ ถ้ายังไม่มี โปรดขอจากจังหวัดของท่าน",
)
_REGISTER: Final[Step] = (
    "ลงทะเบียน SSO ADMIN",
    "กรอกเลข 13 หลัก ชื่อ ตำแหน่ง โทรศัพท์ อีเมล ตั้งรหัสผ่านของท่าน แล้วกด **บันทึก**",
)
_WAIT: Final[Step] = (
    "รอจังหวัดยืนยัน",
    (
        "จังหวัดตรวจชื่อและโทรศัพท์ของท่าน ผลแสดงที่หน้าแรก เข้าดูได้ทุกเมื่อด้วยเลข 13 หลัก "
        "ผู้ที่เข้าด้วยรหัสใช้ครั้งเดียวไม่ต้องรอ"
    ),
)
_AT_ONCE: Final[Step] = ("เริ่มใช้งานได้ทันที", "บัญชีของท่านใช้งานได้ทันทีที่กดบันทึก ไม่ต้องรอจังหวัดยืนยัน")
# how an office comes in, and what follows its registration
_BY_MODE: Final[Mapping[Onboarding, tuple[Step, Step]]] = {
    Onboarding.APPROVAL: (_INITIAL, _WAIT),
    Onboarding.LETTER: (_INITIAL, _AT_ONCE),
    Onboarding.ONE_TIME_CODE: (_BY_CODE, _AT_ONCE),
}
_AFTER: Final[tuple[Step, ...]] = (
    ("สร้างผู้ใช้งาน", "เปิดเมนู **ผู้ใช้งาน** เพิ่มเจ้าหน้าที่ และกำหนดสิทธิตามงานของแต่ละคน"),
    ("ตรวจรายชื่อผู้ใช้งาน", "ระบบแสดงรายชื่อและรหัสผ่านชั่วคราว (24 ชั่วโมง) ส่งให้เจ้าตัวโดยตรง"),
    (
        "ออกจากระบบ แล้วเข้าด้วยเลข 13 หลัก",
        "จากนี้ทุกคนเข้าด้วยเลขประจำตัวประชาชนและรหัสผ่านของตนเอง ใช้งานตามสิทธิที่ได้รับ",
    ),
)


def draw_steps(onboarding: Onboarding) -> None:
    """The steps, numbered, a card each."""
    enter, follow = _BY_MODE[onboarding]
    steps = (*_BEFORE, enter, _REGISTER, follow, *_AFTER)
    for number, (what, how) in enumerate(steps, start=1):
        with st.container(border=True):
            st.markdown(f"**{number}. {what}**  \n{how}")
