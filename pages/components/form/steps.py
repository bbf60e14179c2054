"""The steps of a form: which is open, what each still wants, the ways between them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import streamlit as st

from data_layer import forms
from data_layer.forms import Form, Item
from pages.components.address import write_param
from pages.components.form.rows import title_of
from pages.components.form.typed import refused_paths

Record: TypeAlias = Any  # services.records.RecordView: components know no service
_HERE: Final = Path(__file__).parent
_focus: Final = st.components.v2.component(
    "phrom_focus", js=(_HERE / "focus.js").read_text(encoding="utf-8")
)
_list: Final = st.components.v2.component(
    "phrom_steps",
    html='<nav class="steps" aria-label="ขั้นของแบบ"></nav>',
    css=(_HERE / "steps.css").read_text(encoding="utf-8"),
    js=(_HERE / "steps.js").read_text(encoding="utf-8"),
)
_STEP, _JUMP = "entry.step", "entry.jump"
DONE: Final = "✓"
_PARAM: Final = "step"


def choose_step(record: Record, groups: Sequence[Item]) -> Item:
    """The steps of the form with what each still wants; the chosen one stands in the address.

    There it survives a reload, and a line that was gone for so long that the session was too.
    """
    names = [group.name for group in groups]
    jump = st.session_state.pop(_JUMP, None)
    if jump is not None and forms.outermost(jump) in record.form.group_of:
        st.session_state[_STEP] = step_of(record.form, jump).name
        _focus(data={"key": f"{record.key.form_id}.{jump}.field"}, key="entry.focus")
    elif not _is_open(_STEP):
        returned = [step_of(record.form, path).name for path in record.returned]
        wanted = (st.query_params.get(_PARAM), *returned)
        st.session_state[_STEP] = next((name for name in wanted if name in names), names[0])
    step = draw_steps(_STEP, groups, {**dict.fromkeys(names, DONE), **_marks(record)})
    write_param(_PARAM, step.name)
    return step


def draw_steps(key: str, groups: Sequence[Item], marks: Mapping[str, str]) -> Item:
    """The steps side by side, numbered, each with its mark; the chosen one, session_state[key].

    No widget of Streamlit: what is chosen there is known to the browser by its words, and these
    change with each answer. Words that came after a click took it back.
    """
    names = [group.name for group in groups]
    if st.session_state.get(key) not in names:
        st.session_state[key] = names[0]
    chosen = str(st.session_state[key])
    steps = [[group.name, title_of(group), marks.get(group.name, "")] for group in groups]
    data = {"steps": steps, "at": chosen, "done": DONE}
    _list(key=_list_of(key), data=data, on_go_change=_keeper(key))
    return groups[names.index(chosen)]


def _list_of(key: str) -> str:
    return f"{key}.list"


def _is_open(key: str) -> bool:
    """Whether the run before drew these steps: Streamlit forgets what was not drawn."""
    return key in st.session_state and _list_of(key) in st.session_state


def _keeper(key: str) -> Callable[[], None]:
    """A callback that keeps the step which was clicked, before anything is drawn."""

    def keep() -> None:
        st.session_state[key] = st.session_state[_list_of(key)].get("go")

    return keep


def step_of(form: Form, path: str) -> Item:
    """The step that a field stands in: its outermost group, or itself."""
    name = forms.outermost(path)
    return form.items[form.group_of[name] or name]


def _marks(record: Record) -> Mapping[str, str]:
    """What each group still wants: 'ขาด 3, แก้ 1'."""
    marks: dict[str, str] = {}
    wanting = [record.form.group_of[forms.outermost(path)] for path in record.missing]
    wrong = [record.form.group_of[forms.outermost(path)] for path in _wrong(record)]
    returned = [record.form.group_of[forms.outermost(path)] for path in record.returned]
    for group in {*wanting, *wrong, *returned}:
        said = [f"ส่งกลับ {count}"] if (count := returned.count(group)) else []
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
    return [p for p in refused_paths() if asked.get(p, True) and forms.outermost(p) in known]


def jump_to(path: str) -> None:
    """The next run opens the step of that field, and looks at it."""
    st.session_state[_JUMP] = path


def draw_ways(groups: Sequence[Item], group: Item) -> None:
    """Back and on."""
    place = groups.index(group)
    with st.container(horizontal=True):
        if place > 0:
            st.button("ย้อนกลับ", key="entry.previous", on_click=_go, args=(groups[place - 1].name,))
        if place < len(groups) - 1:
            title = f"ถัดไป: {title_of(groups[place + 1])}"
            st.button(title, key="entry.next", on_click=_go, args=(groups[place + 1].name,))


def _go(group: str) -> None:
    st.session_state[_STEP] = group


def forget_step() -> None:
    """No record is open: the next one begins at its own first step."""
    st.session_state.pop(_STEP, None)
    write_param(_PARAM, "")
