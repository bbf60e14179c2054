"""All authorities as rows for one group of fields: typed along, kept cell by cell.

What the browser sends is untrusted: only cells that were offered are taken, each by the same act
as in the form.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

import pandas as pd
import streamlit as st

from data_layer import forms
from data_layer.clock import now
from data_layer.errors import DomainError
from data_layer.forms import Field, Kind
from data_layer.thai import in_thai_time
from pages.components.form.inputs import shown_text
from pages.components.messages import escape
from pages.components.states import BY_NAME

# services.grids.Grid and GridRow: components know no service
Grid: TypeAlias = Any
Row: TypeAlias = Any
SaveCell = Callable[[Any, str, str, object], object]
_KEY, _SEEN, _TAKEN = "entry.grid", "entry.grid.seen", "entry.grid.taken"
_KEPT_AT: Final = "entry.grid.kept_at"
_NAME, _STATE = "อปท.", "สถานะ"
CLOSED: Final = "–"
_NOT_ASKED: Final = "ช่องนี้ไม่ต้องกรอก ค่าที่พิมพ์จึงไม่ถูกบันทึก"


class Edit(NamedTuple):
    """One cell that was typed into: of which row and field, and what."""

    row: int
    name: str
    text: str


def take_edits(save: SaveCell) -> None:
    """Keep what was typed into the grid since the last run; before it is read and drawn.

    The browser sends all edits of the grid again in every run: each is taken once, or an old one
    would overwrite what somebody else typed after it.
    """
    seen: Mapping[tuple[int, str], Any] = st.session_state.get(_SEEN) or {}
    edits = list(edits_of(st.session_state.get(_KEY), seen))
    # changed in place: the run may end where the session is touched, with an edit taken unnoted
    taken: dict[Edit, str] = st.session_state.setdefault(_TAKEN, {})
    for edit in taken.keys() - edits:
        del taken[edit]
    for edit in edits:
        if edit not in taken:
            taken[edit] = _take(save, edit, *seen[edit.row, edit.name])
            if not taken[edit]:
                st.session_state[_KEPT_AT] = now()


def _take(save: SaveCell, edit: Edit, key: Any, field: Field, plain: object) -> str:  # noqa: ANN401 - a RecordKey
    """Why the cell was not taken; '' when it was."""
    try:
        save(key, edit.name, _typed(field, edit.text), plain)
    except DomainError as refusal:
        return str(refusal)
    return ""


def edits_of(sent: Any, offered: Mapping[tuple[int, str], Any]) -> Iterator[Edit]:  # noqa: ANN401 - the browser's
    """The edits in what the browser sent that are to cells which were offered, and are text."""
    for edit in _cells_of(sent):
        if (edit.row, edit.name) in offered:
            yield edit


def _cells_of(sent: Any) -> Iterator[Edit]:  # noqa: ANN401 - the browser's
    """All cells that hold text, whether they exist or not."""
    rows = sent.get("edited_rows") if isinstance(sent, Mapping) else None
    for row, cells in rows.items() if isinstance(rows, Mapping) else ():
        for name, text in cells.items() if isinstance(cells, Mapping) else ():
            if str(row).isdigit() and (text is None or isinstance(text, str)):
                yield Edit(int(row), str(name), text or "")


def choose_grid_group() -> str | None:
    """The group that was chosen in the run before."""
    return st.session_state.get("entry.grid.group")


def draw_grid(found: Grid) -> None:
    """The group's choice, how far it is kept, the table, and what was refused below it."""
    names = list(found.groups)
    st.selectbox("กลุ่มของช่อง", names, key="entry.grid.group", format_func=found.groups.__getitem__)
    fields = [field for field in found.fields if field.kind is not Kind.SELECT_MULTIPLE]
    rows = [row for row in found.rows if row.open_fields]
    if not rows:
        st.info("ไม่มีแบบที่กรอกได้ในขณะนี้ แบบที่ส่งแล้วดูได้จาก “รายการ”")
        return
    st.caption(
        "พิมพ์ในตารางได้เหมือน Excel ช่องที่เป็น – ไม่ต้องกรอก "
        "ช่องที่เลือกได้หลายข้อและ “ไม่มีข้อมูล” ให้เปิดแบบของ อปท. นั้นจาก “รายการ”  \n"
        f"{_who_is_here(found, len(rows))}"
    )
    st.markdown(_kept_words())
    st.session_state[_SEEN] = {
        (number, field.name): (row.key, field, forms.plain_answer(row.answers.get(field.name)))
        for number, row in enumerate(rows)
        for field in fields
        if field.name in row.open_fields
    }
    st.data_editor(
        _frame(rows, fields),
        key=_KEY,
        column_config={_NAME: st.column_config.TextColumn(pinned=True)}
        | {field.name: _column(field) for field in fields},
        disabled=[_NAME, _STATE],
        hide_index=True,
        num_rows="fixed",
        width="stretch",
        placeholder="",  # Streamlit's own is an English None
    )
    _draw_problems(rows, {field.name: field for field in fields})


def _who_is_here(found: Grid, shown: int) -> str:
    """How many authorities have a row, and why others have none."""
    said = [f"ในตารางมี {shown:,} แห่งที่ยังกรอกหรือแก้ได้"]
    if done := len(found.rows) - shown:
        said.append(f"อีก {done:,} แห่งส่งแล้วหรือไม่ต้องกรอกกลุ่มนี้")
    if found.left_out:
        said.append(f"อีก {found.left_out:,} แห่งเกินจำนวนที่แสดง โปรดกรอกจาก “รายการ”")
    return " · ".join(said)


def _kept_words() -> str:
    """Whether what was typed is kept, as above a form; what is not is told below the table."""
    if refused := sum(map(bool, (st.session_state.get(_TAKEN) or {}).values())):
        return f":red[:material/error: มี {refused:,} ช่องที่ยังไม่ถูกบันทึก ดูเหตุผลใต้ตาราง]"
    at = st.session_state.get(_KEPT_AT)
    if at is None:
        return "พิมพ์แล้วระบบบันทึกร่างให้เองทีละช่อง"
    return f":green[:material/check_circle: บันทึกร่างแล้ว {in_thai_time(at):%H:%M} น.]"


def _frame(rows: Sequence[Row], fields: Sequence[Field]) -> pd.DataFrame:
    cells = [
        {
            _NAME: row.name,
            _STATE: BY_NAME[row.state].word,
            **{field.name: _shown_cell(field, row) for field in fields},
        }
        for row in rows
    ]
    return pd.DataFrame(
        cells, columns=[_NAME, _STATE, *(field.name for field in fields)], dtype="str"
    )


def _shown_cell(field: Field, row: Row) -> str:
    answer = row.answers.get(field.name)
    if answer is None:
        return "" if field.name in row.open_fields else CLOSED
    return shown_text(field, answer)


def _column(field: Field) -> Any:  # noqa: ANN401 - Streamlit's own
    label = str(field.label) or field.name
    if field.kind is Kind.SELECT_ONE:
        return st.column_config.SelectboxColumn(label, options=list(field.labels.values()))
    return st.column_config.TextColumn(label, max_chars=400)


def _typed(field: Field, text: str) -> str:
    """A choice is shown by its label and kept by its name."""
    by_label = {label: name for name, label in field.labels.items()}
    return by_label.get(text, text) if field.kind is Kind.SELECT_ONE else text


def _draw_problems(rows: Sequence[Row], fields: Mapping[str, Field]) -> None:
    """What was not taken, and what the rules say of what stands."""
    taken: Mapping[Edit, str] = st.session_state.get(_TAKEN) or {}
    for edit, refusal in taken.items():
        if edit.row < len(rows) and edit.name in fields and refusal:
            where = f"{rows[edit.row].name} · {fields[edit.name].label}"
            st.error(escape(f"{where}: {refusal}"), icon=":material/error:")
    for edit in _cells_of(st.session_state.get(_KEY)):
        if edit.row < len(rows) and edit.name in fields.keys() - rows[edit.row].open_fields:
            where = f"{rows[edit.row].name} · {fields[edit.name].label}"
            st.warning(escape(f"{where}: {_NOT_ASKED}"), icon=":material/block:")
    for row in rows:
        for name, text in row.problems.items():
            where = f"{row.name} · {fields[name].label}" if name in fields else row.name
            st.markdown(f":red[:material/error: {escape(where)}: {escape(text)}]")
