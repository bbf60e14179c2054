"""The steps of a form: which is open, what each still wants, the ways between them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import streamlit as st

from data_layer import forms
from data_layer.forms import Form, Item
from pages.components.address import write_param
from pages.components.focus import look_at
from pages.components.form.rows import title_of
from pages.components.form.typed import refused_paths
from pages.components.sent import keeper

Record: TypeAlias = Any  # services.records.RecordView: components know no service
_HERE: Final = Path(__file__).parent
_list: Final = st.components.v2.component(
    "phrom_steps",
    html='<nav class="steps" aria-label="ขั้นของแบบ"></nav>',
    css=(_HERE / "steps.css").read_text(encoding="utf-8"),
    js=(_HERE / "steps.js").read_text(encoding="utf-8"),
)
_STEPS, _JUMP, _TURNED = "entry.steps", "entry.jump", "entry.turned"
DONE: Final = "✓"
_PARAM: Final = "step"


def choose_step(record: Record, groups: Sequence[Item]) -> Item:
    """The steps of the form with what each still wants; the chosen one stands in the address.

    There it survives a reload, and a line that was gone for so long that the session was too.
    """
    names = [group.name for group in groups]
    jump, is_turned = (st.session_state.pop(slot, None) for slot in (_JUMP, _TURNED))
    if jump is not None and forms.outermost(jump) in record.form.group_of:
        open_step(_STEPS, step_of(record.form, jump).name)
        look_at(f"{record.key.form_id}.{jump}.field", is_field=True)
    elif is_turned:
        look_at("entry.fields")
    elif not {_STEPS, f"{_STEPS}.at"} <= st.session_state.keys():
        # nothing was open, or another page was: Streamlit forgets what that did not draw
        returned = [step_of(record.form, path).name for path in record.returned]
        wanted = (st.query_params.get(_PARAM), *returned)
        open_step(_STEPS, next((name for name in wanted if name in names), names[0]))
    step = draw_steps(_STEPS, groups, {**dict.fromkeys(names, DONE), **_marks(record)})
    write_param(_PARAM, step.name)
    return step


def draw_steps(key: str, groups: Sequence[Item], marks: Mapping[str, str]) -> Item:
    """The steps side by side, numbered, each with its mark; the open one, session_state[key.at].

    No widget of Streamlit: what is chosen there is known to the browser by its words, and these
    change with each answer. Words that came after a click took it back.
    """
    names = [group.name for group in groups]
    at = st.session_state.get(f"{key}.at")
    at = at if at in names else names[0]
    steps = [[group.name, title_of(group), marks.get(group.name, "")] for group in groups]
    data = {"steps": steps, "at": at, "done": DONE}
    _list(key=key, data=data, on_go_change=keeper(key, "go", "at", str))
    return groups[names.index(at)]


def open_step(key: str, name: str) -> None:
    """The steps of that key are drawn with this one open."""
    st.session_state[f"{key}.at"] = name


def step_of(form: Form, path: str) -> Item:
    """The step that a field stands in: its outermost group, or itself."""
    name = forms.outermost(path)
    return form.items[form.group_of[name] or name]


def _marks(record: Record) -> Mapping[str, str]:
    """What each group still wants, as the list of what stops the record: 'ขาด 3, แก้ 1'."""
    marks: dict[str, str] = {}
    wanting = [record.form.group_of[forms.outermost(path)] for path in record.evaluation.missing]
    wrong = [record.form.group_of[forms.outermost(path)] for path in _wrong(record)]
    returned = [record.form.group_of[forms.outermost(path)] for path in record.returned]
    for group in {*wanting, *wrong, *returned, *record.unconfirmed}:
        said = [f"ส่งกลับ {count}"] if (count := returned.count(group)) else []
        said += ["รอยืนยัน"] if group in record.unconfirmed else []
        said += [f"ขาด {count}"] if (count := wanting.count(group)) else []
        said += [f"แก้ {count}"] if (count := wrong.count(group)) else []
        marks[group] = f"({', '.join(said)})"
    return marks


def _wrong(record: Record) -> list[str]:
    wrong = [*record.evaluation.broken, *record.unexplained, *unkept_paths(record)]
    return [*dict.fromkeys(wrong)]


def unkept_paths(record: Record) -> list[str]:
    """Where something stands that was typed and not kept, in fields that are asked now."""
    asked, known = record.evaluation.relevant, record.form.group_of
    return [p for p in refused_paths() if asked.get(p) and forms.outermost(p) in known]


def jump_to(path: str) -> None:
    """The next run opens the step of that field, and looks at it."""
    st.session_state[_JUMP] = path


def draw_ways(groups: Sequence[Item], group: Item, *, leads_on: bool) -> None:
    """Back and on; `leads_on` while the next step is what comes next, not handing in."""
    place = groups.index(group)
    with st.container(horizontal=True):
        if place > 0:
            before = groups[place - 1]
            st.button("ย้อนกลับ", key="entry.previous", on_click=_turn_to, args=(before.name,))
        if place < len(groups) - 1:
            after = groups[place + 1]
            title = f"ถัดไป: {title_of(after)}"
            kind: Literal["primary", "secondary"] = "primary" if leads_on else "secondary"
            st.button(title, key="entry.next", type=kind, on_click=_turn_to, args=(after.name,))


def _turn_to(name: str) -> None:
    open_step(_STEPS, name)
    st.session_state[_TURNED] = True


def forget_step() -> None:
    """No record is open: the next one begins at its own first step."""
    st.session_state.pop(f"{_STEPS}.at", None)
    write_param(_PARAM, "")
