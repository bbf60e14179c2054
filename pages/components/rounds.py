"""Rounds: each as a card with its dates, forms and more time; and the forms that change them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_layer.clock import THAI_TIME
from data_layer.errors import InvalidFields
from data_layer.forms import FormRefused
from data_layer.rules.offices import AUTHORITY_KIND_NAMES
from data_layer.rules.rounds import FORM_NAMES, RoundEntry
from data_layer.thai import arabic_digits, thai_date
from pages.components.acts import acting, begin_anew, done, name_of
from pages.components.choice import draw_choices
from pages.components.countdown import phase_words
from pages.components.downloads import XLSX
from pages.components.form.trial import draw_trial
from pages.components.messages import escape, show_refusal
from pages.components.table import TableColumn, draw_table, slice_of
from pages.components.thai_date import thai_date_input

Round: TypeAlias = Any  # services.rounds.RoundView: components know no service
_AHEAD: Final = timedelta(days=3 * 365)


def draw_facts(each: Round, now: datetime) -> None:
    """What the round is: code, title, where it stands, whom and what it asks."""
    st.markdown(f"**รอบ {escape(each.code)}** · {escape(each.title)}")
    st.markdown(phase_words(each.times, now))
    forms = " · ".join(f"{form.name} ฉบับที่ {form.number}" for form in each.forms)
    st.caption(f"อปท.: {_names(each)}  \nแบบฟอร์ม: {forms}")
    for more in each.extensions:
        office = f":material/more_time: {escape(more.office)} ({more.office_code})"
        longer = _of_district(more, each.extensions)
        before = [past for past in each.earlier if past.office_code == more.office_code]
        lines = (f"{office} {_until(more)}{longer}", *(f"เดิม {_until(past)}" for past in before))
        st.caption("  \n".join(lines))


def _until(more: Any) -> str:  # noqa: ANN401 - services.rounds.MoreTime
    return f"ขยายถึง {_day_of(more)} เพราะ {escape(more.reason)}"


def _of_district(more: Any, given: Sequence[Any]) -> str:  # noqa: ANN401 - services.rounds.MoreTime
    """That an authority's own day does not count, for its whole district has a later one."""
    district = more.office_code[2:6]  # of a local authority's code
    for each in given:
        if each.office_code == district and each.until > more.until:
            return f" แต่นับตามอำเภอ ซึ่งได้ถึง {_day_of(each)}"
    return ""


def _day_of(more: Any) -> str:  # noqa: ANN401 - services.rounds.MoreTime
    return thai_date(more.until.astimezone(THAI_TIME).date())


def draw_downloads(each: Round, download: Callable[[int], Callable[[], bytes]]) -> None:
    """Each form of the round as an Excel file that can be edited."""
    with st.container(horizontal=True):
        for form in each.forms:
            st.download_button(
                f"{form.name} (XLSForm)",
                download(form.version_id),
                file_name=f"{form.form_id}_{each.code}_v{form.number}.xlsx",
                mime=XLSX,
                key=f"round.{each.code}.{form.form_id}.xlsx",
                icon=":material/download:",
                on_click="ignore",
            )


def draw_versions(versions: Sequence[Any], download: Callable[[int], Callable[[], bytes]]) -> None:
    """Every version that ever stood, the newest first, to be taken out and edited in Excel."""
    if not versions:
        return
    with st.expander(f"แบบฟอร์มทุกฉบับ ({len(versions):,})", icon=":material/history:"):
        st.caption("แต่ละฉบับเป็นไฟล์ XLSForm แก้ใน Excel แล้วนำเข้าเป็นฉบับใหม่ของรอบได้")
        for each in versions:
            rounds = f"รอบ {', '.join(each.rounds)}" if each.rounds else "ไม่มีรอบใดใช้แล้ว"
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(
                    f"{each.name} ฉบับที่ **{each.number}** · {rounds} · "
                    f"{thai_date(each.created_at.astimezone(THAI_TIME).date())}"
                )
                st.download_button(
                    "Excel",
                    download(each.version_id),
                    file_name=f"{each.form_id}_v{each.number}.xlsx",
                    mime=XLSX,
                    key=f"form.{each.form_id}.{each.number}.xlsx",
                    icon=":material/download:",
                    on_click="ignore",
                )


def draw_plan(key: str, save: Callable[[RoundEntry], None], each: Round | None = None) -> None:
    """The form of a new round, or of the dates of one that stands. Keys `{key}.<field>`."""
    own, key = key, name_of(key)
    with st.container(key=key):
        entry, slots = _draw_entry(key, each)
        top = st.container()
        if not st.button("บันทึกรอบ", key=f"{key}.submit", type="primary"):
            return
        with top, acting():
            try:
                save(entry)
            except InvalidFields as refusal:
                show_refusal(refusal)
                for name, problem in refusal.problems.items():
                    slots[name].markdown(f":red[:material/error: {escape(problem)}]")
                return
            begin_anew(own)
            done(f"บันทึกรอบ {entry.code} แล้ว")


def _draw_entry(key: str, each: Round | None) -> tuple[RoundEntry, dict[str, DeltaGenerator]]:
    """The fields, and below each the place for what is wrong with it."""
    slots: dict[str, DeltaGenerator] = {}
    first, second = st.columns([1, 3])
    with first:
        code = st.text_input(
            "รหัสรอบ (ปี พ.ศ.)",
            value=each.code if each else "",
            key=f"{key}.code",
            disabled=each is not None,
        )
        slots["code"] = st.empty()
    with second:
        title = st.text_input("ชื่อรอบ", value=each.title if each else "", key=f"{key}.title")
        slots["title"] = st.empty()
    times = _draw_times(key, each)
    slots |= {name: st.empty() for name in ("opens_on", "due_on", "grace_days")}
    kinds = draw_choices(
        "ประเภท อปท. ที่ต้องกรอก",
        list(AUTHORITY_KIND_NAMES),
        key=f"{key}.kinds",
        words=AUTHORITY_KIND_NAMES.__getitem__,
        placeholder="เลือกประเภท",
        default=list(each.kinds if each else AUTHORITY_KIND_NAMES),
    )
    slots["kinds"] = st.empty()
    forms = draw_choices(
        "แบบฟอร์ม",
        list(FORM_NAMES),
        key=f"{key}.forms",
        words=FORM_NAMES.__getitem__,
        placeholder="เลือกแบบฟอร์ม",
        default=[form.form_id for form in each.forms] if each else list(FORM_NAMES),
    )
    slots["forms"] = st.empty()
    return RoundEntry(code, title, *times, kinds, forms), slots


def _draw_times(key: str, each: Round | None) -> tuple[date | None, date | None, int]:
    """When it opens and is due, and for how many days more it takes answers."""
    today = datetime.now(THAI_TIME).date()
    around = today - _AHEAD, today + _AHEAD
    grace = (each.times.closes_at - each.times.due_at).days if each else 7
    # no columns: in a third of the page the names of the months are cut off
    with st.container(horizontal=True):
        opens_on = _day("วันเปิดรับ", f"{key}.opens_on", *around, each and each.times.opens_at)
        due_on = _day("ครบกำหนด (16:30 น.)", f"{key}.due_on", *around, each and each.times.due_at)
        grace_days = st.number_input(
            "รับส่งช้าได้อีกกี่วัน", 0, 60, value=grace, key=f"{key}.grace_days", width=200
        )
    return opens_on, due_on, int(grace_days)


def _day(label: str, key: str, earliest: date, latest: date, at: datetime | None) -> date | None:
    value = at.astimezone(THAI_TIME).date() if at else None
    return thai_date_input(label, key=key, earliest=earliest, latest=latest, value=value)


def draw_extend(each: Round, extend: Callable[[str, date | None, str], None]) -> None:
    """More time for one office of the round."""
    own = f"round.{each.code}.extend"
    key = name_of(own)
    due_on = each.times.due_at.astimezone(THAI_TIME).date()
    office = st.text_input(
        "รหัสหน่วยงาน",
        key=f"{key}.office",
        max_chars=8,
        help="รหัส สถอ. 4 หลัก หมายถึงทุก อปท. ในอำเภอ หรือรหัส อปท. 8 หลัก",
    )
    until = thai_date_input(
        "ขยายถึงวันที่ (16:30 น.)",
        key=f"{key}.until",
        earliest=due_on,
        latest=due_on + timedelta(days=365),
    )
    reason = st.text_input("เหตุผล", key=f"{key}.reason", max_chars=200)
    if st.button("ขยายเวลา", key=f"{key}.submit"):
        with acting():
            code = arabic_digits(office).strip()
            extend(code, until, reason)
            begin_anew(own)
            done(f"ขยายเวลาให้หน่วยงาน {code} แล้ว")


def draw_form_upload(
    each: Round, *, preview: Callable[[bytes, str], Any], put: Callable[[bytes, str], int]
) -> None:
    """A changed form: every problem by sheet and row, what it does to drafts, then the version."""
    key = f"round.{each.code}.form"
    st.caption("ดาวน์โหลดฉบับปัจจุบันด้านบน แก้ใน Excel แล้วเลือกไฟล์ที่นี่ ระบบตรวจทุกแถวก่อนใช้จริง")
    # another version, another widget: the browser would go on showing the file that was taken
    widget = f"{key}.file.{sum(form.number for form in each.forms)}"
    file = st.file_uploader("แบบฟอร์ม XLSForm (.xlsx)", type=["xlsx"], key=widget)
    if file is None:
        return
    found = None
    with acting(), st.spinner("กำลังตรวจแบบฟอร์ม"):
        try:
            found = preview(file.getvalue(), file.name)
        except FormRefused as refusal:
            show_refusal(refusal)
            _draw_refused(f"{key}.problems", refusal)
    if found is None:
        return
    _draw_changes(found)
    if st.button("ดูหน้าตาแบบก่อนใช้", key=f"{key}.trial", icon=":material/visibility:"):
        st.session_state["round.trial"] = each.code  # one at a time: its fields have the same keys
    if st.session_state.get("round.trial") == each.code:
        draw_trial(found.form, datetime.now(THAI_TIME))
    if st.button("ใช้ฉบับนี้ในรอบ", key=f"{key}.take", type="primary"):
        with acting():
            number = put(file.getvalue(), file.name)
            done(f"รอบ {each.code} ใช้{FORM_NAMES[found.form_id]} ฉบับที่ {number} แล้ว")


def _draw_refused(key: str, refusal: FormRefused) -> None:
    """Every reason, where it stands in the file."""
    rows = [
        (each.sheet, each.row or None, each.column, " ".join(each.text.split()))
        for each in refusal.problems
    ]
    frame = pd.DataFrame(rows, columns=["sheet", "row", "column", "text"])
    shown = slice_of(key, total=len(frame), size=20)
    draw_table(
        key,
        (
            TableColumn("sheet", "แผ่นงาน"),
            TableColumn("row", "แถวที่", "number"),
            TableColumn("column", "คอลัมน์"),
            TableColumn("text", "สิ่งที่ต้องแก้", role="title"),
        ),
        frame.iloc[shown.offset : shown.offset + shown.size],
        shown,
        caption="สิ่งที่ต้องแก้ในแบบฟอร์ม",
        empty="",
    )


def _draw_changes(found: Any) -> None:  # noqa: ANN401 - services.form_versions.FormPreview
    st.markdown(f"**{escape(found.form.title)}** · {len(found.form.fields):,} ช่อง")
    st.markdown(
        f"ร่าง {found.drafts:,} ฉบับจะใช้ฉบับใหม่เมื่อแก้ไขครั้งต่อไป · "
        f"ที่ส่งแล้ว {found.handed_in:,} ฉบับคงใช้ฉบับเดิม"
    )
    for change in found.changes:
        mark = ":red[:material/warning:]" if change.loses else ":material/edit:"
        st.markdown(f"{mark} {escape(change.text)}")
    for notice in found.form.notices:
        st.caption(escape(str(notice)))


def _names(each: Round) -> str:
    if len(each.kinds) == len(AUTHORITY_KIND_NAMES):
        return "ทุกประเภท"
    return " · ".join(AUTHORITY_KIND_NAMES[kind] for kind in each.kinds)
