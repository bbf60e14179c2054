"""The register of offices: searchable lists, an office's phone, the department's list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_layer.thai import format_phone
from pages.components.acts import acting, done
from pages.components.address import write_param
from pages.components.downloads import download_pair
from pages.components.focus import look_at
from pages.components.table import TableColumn, draw_table, slice_of
from pages.components.upload import Preview, draw_upload

_NAME = (TableColumn("code", "รหัส", "code"), TableColumn("name", "ชื่อ", role="title"))
_REST = (TableColumn("phone", "โทรศัพท์", "phone"), TableColumn("note", "หมายเหตุ"))
DISTRICT_COLUMNS = (*_NAME, *_REST)
AUTHORITY_COLUMNS = (
    *_NAME,
    TableColumn("kind", "ประเภท"),
    TableColumn("district", "อำเภอ"),
    TableColumn("villages", "หมู่บ้าน", "number"),
    TableColumn("population", "ประชากร", "number"),
    *_REST,
)


def draw_office_list(key: str, columns: Sequence[TableColumn], frame: pd.DataFrame) -> str | None:
    """The list (code, name, kind, phone, note) with its search; the code of a picked office."""
    st.text_input("ค้นหา", key=f"{key}.query", max_chars=80, placeholder="ชื่อ รหัส อำเภอ หรือจังหวัด")
    shown = slice_of(f"{key}.list", total=len(frame), scope=st.session_state[f"{key}.query"])
    page = frame.iloc[shown.offset : shown.offset + shown.size]
    phones = [format_phone(phone) if phone else "–" for phone in page["phone"]]
    return draw_table(
        f"{key}.list",
        columns,
        page.assign(phone=phones),
        shown,
        caption="ทะเบียนหน่วยงาน",
        empty="ไม่พบหน่วยงาน ลองค้นด้วยคำอื่น หรือให้ส่วนกลางนำเข้ารายชื่อ",
        pick="code",
    )


def draw_tabs(
    key: str, names: Mapping[str, bool], *, first: str | None
) -> dict[str, DeltaGenerator]:
    """The tabs that are this person's, by name; `first` is the one that is open at first."""
    shown = [name for name, is_theirs in names.items() if is_theirs]
    # kept, for tabs that would open elsewhere are new tabs to the browser
    kept = st.session_state.setdefault(f"{key}.first", first)
    return dict(zip(shown, st.tabs(shown, default=kept, key=key), strict=True))


def draw_districts(listed: Callable[[str], pd.DataFrame], save: Callable[[str, str], None]) -> None:
    """The district offices that are searched for; a picked one's phone is set above them."""
    form = st.container()  # below the list it would not be seen
    frame = listed(st.session_state.get("districts.query", ""))
    picked = draw_office_list("districts", DISTRICT_COLUMNS, frame)
    if picked is not None:
        st.session_state["offices.picked"] = picked
    with form:
        draw_phone_form(st.session_state.get("offices.picked"), save=save)
    if picked is not None:
        look_at(f"office_phone.{picked}", is_field=True)


def draw_authorities(
    frame: pd.DataFrame,
    exporter: Callable[[Literal["csv", "xlsx"]], Callable[[], bytes]],
    name: str,
    *,
    may_export: bool,
) -> None:
    """The local authorities, with their files; a picked one opens its register."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.caption("กดที่แถวเพื่อดูทะเบียน ประวัติ และคำขอของ อปท. นั้น", width="stretch")
        if may_export:
            download_pair("register", csv=exporter("csv"), xlsx=exporter("xlsx"), name=name)
    picked = draw_office_list("authorities", AUTHORITY_COLUMNS, frame)
    if picked is not None:
        write_param("authority", picked)
        st.rerun()


def draw_list_upload(
    columns: Iterable[str],
    *,
    preview: Callable[[bytes, str], Preview],
    take: Callable[[bytes, str], int],
) -> None:
    """The department's list of local authorities comes in."""
    st.markdown(f"ไฟล์ต้องมีหัวตาราง: {' · '.join(columns)}")
    st.caption("สถานะ “ยุบ” ปิดหน่วยงานโดยเก็บประวัติไว้ ชื่อเดิมเก็บไว้เมื่อเปลี่ยนชื่อหรือประเภท")
    draw_upload(
        "offices",
        "รายชื่อ อปท. ของกรม (CSV หรือ Excel)",
        (
            TableColumn("code", "รหัส อปท.", "code"),
            TableColumn("name", "ชื่อ อปท.", role="title"),
            TableColumn("change", "การเปลี่ยนแปลง"),
        ),
        preview=preview,
        take=take,
    )


def draw_phone_form(office_code: str | None, *, save: Callable[[str, str], None]) -> None:
    """Set the phone of the picked office."""
    if office_code is None:
        st.caption("กดที่แถวเพื่อแก้เบอร์โทรของหน่วยงานนั้น")
        return
    with st.form("office_phone"):
        phone = st.text_input(f"โทรศัพท์ของหน่วยงาน {office_code}", key=f"office_phone.{office_code}")
        is_sent = st.form_submit_button("บันทึก", key="office_phone.submit", type="primary")
    if is_sent:
        with acting():
            save(office_code, phone)
            del st.session_state["offices.picked"]
            done(f"บันทึกเบอร์โทรของหน่วยงาน {office_code} แล้ว")
