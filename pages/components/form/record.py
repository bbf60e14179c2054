"""One record: where it stands, its groups one at a time, what is missing, and the acts on it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import pandas as pd
import streamlit as st

from data_layer import forms
from data_layer.forms import Field, Group, Item, Repeat
from data_layer.thai import in_thai_time, thai_datetime
from pages.components.acts import acting, done
from pages.components.closed import draw_closed
from pages.components.form.attached import FileActs, Files, draw_files
from pages.components.form.fields import Drawing
from pages.components.form.inputs import shown_text
from pages.components.form.items import draw_items, inside, shown_groups
from pages.components.form.rows import RowActs, title_of
from pages.components.form.steps import choose_step, draw_ways, jump_to, step_of, unkept_paths
from pages.components.form.typed import (
    NotKept,
    Save,
    SaveReason,
    book_of_record,
    refused_at,
    take_changes,
    turn_to,
)
from pages.components.form.uploads import take_files
from pages.components.messages import SAMPLE, escape
from pages.components.states import BY_NAME
from pages.components.table import TableColumn, draw_table, slice_of

Record: TypeAlias = Any  # services.records.RecordView: components know no service
Gap: TypeAlias = tuple[str, str, str, str]  # path, field, step and what to do
_GAPS, _ASKED = "entry.gaps", "entry.asked"


@dataclass(frozen=True)
class Acts(RowActs, FileActs):
    """What can be done with the record, by who is in now."""

    save: Save
    save_reason: SaveReason
    bring_last: Callable[[], int]
    confirm_group: Callable[[str], None]
    submit: Callable[[int], None]
    withdraw: Callable[[], None]


def take(acts_of: Callable[[Any], Mapping[str, Callable[..., Any]]]) -> None:
    """Keep what was typed since the last run; before anything is asked for, read or drawn.

    Into the record that was shown then: of a word and a click that leads to another record
    Streamlit makes one run when it has much to do. `acts_of` gives the acts on a record by the
    names of Acts.
    """
    record = book_of_record().record
    if record is not None:
        acts = acts_of(record)
        take_changes(acts["save"], acts["save_reason"])
        take_files(acts["attach"])


def draw_record(record: Record, acts: Acts) -> None:
    """The record: to be filled, or to be read when it is handed in or the round is over."""
    turn_to(record.key, str(record.key.form_id))
    if not record.may_write:
        _draw_head(record)
        _draw_locked(record, acts)
        return
    groups, gaps = list(shown_groups(record.form, record.evaluation)), _gaps(record)
    with st.container():  # what comes and goes here moves nothing below it
        _draw_head(record)
        _draw_bring(record, acts)
        group = choose_step(record, groups)
    drawing = Drawing(
        str(record.key.form_id),
        record.answers,
        record.evaluation,
        record.reasons,
        record.returned,
        acts.save,
        Files(record.files, acts, record.moment),
        record.moment,
    )
    with st.container(width=860, key="entry.fields"):
        with st.container():
            st.subheader(escape(title_of(group)), anchor=False)
            _draw_confirm(record, group, acts)
        draw_items(drawing, inside(group), acts)
        draw_ways(groups, group, leads_on=bool(gaps) and group.name not in record.unconfirmed)
    _draw_submit(record, gaps, acts)


def _draw_head(record: Record) -> None:
    state = BY_NAME[str(record.state or "none")]
    late = " · :red[ส่งช้ากว่ากำหนด]" if record.is_late else ""
    sample = f" {SAMPLE}" if record.is_sample else ""
    st.markdown(f"**{state.mark} {state.word}**{late} · {escape(_saved(record))}{sample}")
    if record.closed is not None:
        draw_closed(record.closed, "แบบนี้จึงอ่านได้อย่างเดียว")
    if str(record.state) == "returned":  # what was handed in again waits for the province
        _draw_returned(record)
    if record.lost_in_words:
        lines = ("แบบฟอร์มเปลี่ยนฉบับ คำตอบเดิมเหล่านี้ใช้ในฉบับใหม่ไม่ได้", *record.lost_in_words)
        st.warning("  \n".join(map(escape, lines)))
    if record.others:
        last = record.others[0]
        st.info(
            escape(
                f"{last.who} กำลังกรอกแบบนี้อยู่ด้วย แก้ช่อง “{last.label}” เมื่อ "
                f"{in_thai_time(last.at):%H:%M} น."
            ),
            icon=":material/group:",
        )
    _draw_lost()


def _draw_lost() -> None:
    """What was typed where nothing is asked any more, until the person has read it."""
    if not (lost := list(book_of_record().lost.values())):
        return
    with st.container(border=True, key="entry.lost"):
        lines = "  \n".join(map(escape, lost))
        st.markdown(f":orange[:material/warning: {lines}]")
        st.button("อ่านแล้ว ปิดข้อความนี้", key="entry.lost.seen", on_click=_forget_lost)


def _forget_lost() -> None:
    book_of_record().lost.clear()


def _draw_returned(record: Record) -> None:
    """What the province wants changed, and the way to it."""
    if record.note:
        st.error(f"จังหวัดแจ้งว่า: {escape(record.note)}", icon=":material/undo:")
    for path, reason in record.returned.items():
        is_changed = " · :green[แก้แล้ว]" if path not in record.untouched else ""
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f":red[:material/undo: ให้แก้ **{escape(_label(record, path))}**: "
                f"{escape(reason)}]{is_changed}",
                width="content",
            )
            if record.may_write:
                st.button(
                    "ไปที่ช่องนี้",
                    key=f"entry.returned.{path}",
                    on_click=jump_to,
                    args=(path,),
                    type="tertiary",
                )


def _label(record: Record, path: str) -> str:
    return forms.title_at(record.form, path)


def _saved(record: Record) -> str:
    if record.changed_at is None:
        return "ยังไม่มีใครกรอก" + (" พิมพ์แล้วระบบบันทึกร่างให้เอง" if record.may_write else "")
    at = in_thai_time(record.changed_at)
    when = f"{at:%H:%M} น." if at.date() == record.today else thai_datetime(at)
    if str(record.state) in {"submitted", "approved"}:
        return f"ส่งเมื่อ {thai_datetime(record.submitted_at)}"
    return f"บันทึกร่างแล้ว {when} โดย {record.changed_by}"


def _draw_bring(record: Record, acts: Acts) -> None:
    if not record.can_bring:
        return
    if st.button("นำค่ารอบก่อนมาใช้", key="entry.bring", icon=":material/history:"):
        with acting():
            count = acts.bring_last()
            brought = f"นำค่ารอบก่อนมา {count:,} ช่อง โปรดตรวจและยืนยันทีละกลุ่ม จึงนับว่ากรอกแล้ว"
            done(brought if count else "ช่องที่รอบก่อนมีค่า กรอกไว้แล้วทุกช่อง จึงไม่มีค่าใดเปลี่ยน")


def _draw_confirm(record: Record, group: Item, acts: Acts) -> None:
    if group.name not in record.unconfirmed:
        return
    with st.container(border=True):
        st.markdown(
            ":orange[:material/history: ค่าในกลุ่มนี้มาจากรอบก่อน] โปรดตรวจทุกช่อง แก้ที่เปลี่ยน แล้วกดยืนยัน"
        )
        if st.button("ตรวจแล้ว ยืนยันกลุ่มนี้", key="entry.confirm", type="primary"):
            with acting():
                acts.confirm_group(group.name)
                done("ยืนยันแล้ว")


def _draw_submit(record: Record, gaps: list[Gap], acts: Acts) -> None:
    """Handing in: what stops it is a list, each line leads to its field."""
    st.divider()
    unkept = unkept_paths(record)
    if gaps:
        st.markdown(f"ต้องกรอกหรือแก้อีก **{len(gaps):,}** จุด จึงจะส่งได้")
    else:
        st.markdown(":green[:material/check_circle: ครบแล้ว ส่งให้จังหวัดตรวจได้]")
    with st.container(horizontal=True):
        # while something is missing, the way on is the step below the fields
        kind: Literal["primary", "secondary"] = "secondary" if gaps else "primary"
        if st.button("ส่งให้จังหวัดตรวจ", key="entry.submit", type=kind):
            st.session_state[_GAPS] = bool(gaps)
            st.session_state[_ASKED] = (record.key, record.version)
            with acting():
                if unkept:
                    raise NotKept(count=len(unkept))
                if gaps or not record.untouched:
                    _hand_in(record, acts)
        if gaps and not st.session_state.get(_GAPS):
            st.button("ดูรายการที่ขาด", key="entry.gaps.show", on_click=_show_gaps)
    if gaps and st.session_state.get(_GAPS):
        _draw_gaps(gaps)
    elif record.untouched and st.session_state.get(_ASKED) == (record.key, record.version):
        _draw_untouched(record, acts)


def _hand_in(record: Record, acts: Acts) -> None:
    acts.submit(record.version)
    done("ส่งแล้ว จังหวัดจะตรวจและแจ้งผลที่หน้านี้")


def _draw_untouched(record: Record, acts: Acts) -> None:
    """Whoever was asked to change something and did not, says once more that it is right."""
    names = " ".join(f"“{escape(_label(record, path))}”" for path in record.untouched)
    st.warning(
        f"จังหวัดให้แก้ {names} แต่คำตอบยังเหมือนเดิม หากตรวจแล้วว่าถูกต้อง กดส่งโดยไม่แก้ จังหวัดจะเห็นว่าไม่ได้แก้",
        icon=":material/undo:",
    )
    if st.button("ส่งโดยไม่แก้ช่องเหล่านี้", key="entry.submit.untouched"):
        with acting():
            _hand_in(record, acts)


def _show_gaps() -> None:
    st.session_state[_GAPS] = True


def _gaps(record: Record) -> list[Gap]:
    """What stops it; what was typed and not kept comes first."""
    form = record.form
    told = {path: refused_at(path) for path in unkept_paths(record)}
    unkept = [
        (path, forms.title_at(form, path), refused.message)
        for path, refused in told.items()
        if refused is not None
    ]
    known = [(gap.path, gap.label, gap.problem) for gap in record.gaps if gap.path not in told]
    return [
        (path, label, title_of(step_of(form, path)), problem)
        for path, label, problem in (*unkept, *known)
    ]


def _draw_gaps(gaps: list[Gap]) -> None:
    rows = pd.DataFrame(gaps, columns=["path", "label", "group", "problem"])
    shown = slice_of("entry.gaps.list", total=len(rows), size=10)
    picked = draw_table(
        "entry.gaps.list",
        (
            TableColumn("label", "ช่อง", role="title"),
            TableColumn("group", "ขั้น"),
            TableColumn("problem", "สิ่งที่ต้องทำ"),
        ),
        rows.iloc[shown.offset : shown.offset + shown.size],
        shown,
        caption="ช่องที่ขาดหรือต้องแก้ กดเพื่อไปที่ช่องนั้น",
        empty="ไม่มีช่องที่ขาด",
        pick="path",
    )
    if picked is not None:
        jump_to(picked)
        st.rerun()


def _draw_locked(record: Record, acts: Acts) -> None:
    """What was answered, to be read; and the way back while nobody has judged it."""
    _draw_shut(record)
    if record.may_withdraw:
        st.caption("ส่งแล้วจึงแก้ไม่ได้ หากพบที่ผิด ถอนกลับมาแก้ได้จนกว่าจังหวัดจะตรวจ")
        if st.button("ถอนกลับมาแก้ไข", key="entry.withdraw", icon=":material/undo:"):
            with acting():
                acts.withdraw()
                done("ถอนกลับมาแล้ว แก้ไขและส่งใหม่ได้")
    for group in shown_groups(record.form, record.evaluation):
        st.subheader(escape(title_of(group)), anchor=False)
        st.markdown("  \n".join(_lines(record, inside(group), record.answers, "")) or "–")
    draw_files(record.form, record.files, record.answers, acts.download)


def _draw_shut(record: Record) -> None:
    """Who pressed or typed when it was too late reads that it did not count, and what is left."""
    if record.is_too_late:
        st.error(
            "แบบนี้ยังไม่ได้ส่ง และรอบปิดรับแล้ว จึงแก้ไขและส่งไม่ได้ หากจำเป็น โปรดขอขยายเวลาจากส่วนกลาง",
            icon=":material/lock:",
        )
    for path in unkept_paths(record):
        refused = refused_at(path)
        if refused is not None:
            label = escape(_label(record, path))
            st.warning(f"ค่าที่พิมพ์ไว้ในช่อง “{label}” ไม่ถูกบันทึก: {escape(refused.message)}")


def _lines(
    record: Record, items: tuple[Item, ...], answers: Mapping[str, Any], prefix: str
) -> Iterator[str]:
    """One line of Markdown per field that is shown: its name and what was answered."""
    for item in items:
        path = f"{prefix}{item.name}"
        if not record.evaluation.relevant.get(path, True):
            continue
        if isinstance(item, Repeat):
            for number, row in enumerate(record.evaluation.rows(path, answers.get(item.name)), 1):
                yield f"**{escape(forms.title_at(record.form, f'{path}[{number}]'))}**"
                yield from _lines(record, item.children, row, f"{path}[{number}]/")
        elif isinstance(item, Group):
            yield from _lines(record, item.children, answers, prefix)
        elif isinstance(item, Field) and str(item.label):
            yield _line(record, item, path, answers)


def _line(record: Record, item: Field, path: str, answers: Mapping[str, Any]) -> str:
    answer = record.evaluation.calculated.get(path) if item.calculation else answers.get(item.name)
    words = f"**{escape(shown_text(item, answer))}**" if answer is not None else "–"
    reason = f" :gray[(เหตุผล: {escape(record.reasons[path])})]" if path in record.reasons else ""
    label = record.evaluation.say(item.label, path)
    return f"{escape(label)}: {words}{reason}"
