"""The form of an entry: add somebody, correct an entry, or let somebody follow somebody."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_layer.rules.officials import typed_name
from data_layer.rules.posts import has_constituency, is_by_order, is_by_vote, seat_name, usual_way
from data_layer.thai import arabic_digits, format_citizen_id
from pages.components.acts import acting
from pages.components.messages import escape
from pages.components.officials.fields import (
    KEPT,
    PREFIX,
    draw_field,
    is_filled,
    key_of,
    open_form,
    put,
)
from pages.components.officials.tasks import Acts, OfficialRow, Task, TypedTenure, finish
from pages.components.officials.weighing import draw_weighing, has_tried

_PERSON: Final = (
    ("citizen_id", "phone"),
    ("prefix", "first_name", "last_name"),
    ("sex", "born_on"),
    ("education",),
    ("has_held_office",),
    ("is_thai_born",),
)
LEAVING: Final = ("ended_on", "end_reason")
_BY_VOTE: Final = ("elected_on", "announced_on", "votes", "affiliation", "is_resident")
_BY_ORDER: Final = ("order_number", "order_on")
# what the next entry of the same authority most likely shares with the last one
_SHARED: Final = ("acquisition", "elected_on", "announced_on", "began_on")
_CARRIED: Final = f"{PREFIX}.carried"


@dataclass
class Drawn:
    """What was typed, and the place below each field for what is wrong with it."""

    kept: Collection[str] = ()  # fields that stay as they are when nothing is typed
    given: dict[str, Any] = field(default_factory=dict)
    slots: dict[str, DeltaGenerator] = field(default_factory=dict)

    def draw(self, *rows: Sequence[str], needed: Collection[str] = ()) -> None:
        for row in rows:
            # its key keeps it, and what is being typed into it, whatever comes above
            with st.container(key=key_of(f"row.{row[0]}")):
                for column, name in zip(st.columns(len(row)), row, strict=True):
                    with column:
                        self.draw_one(name, is_needed=name in needed)

    def draw_one(self, name: str, *, is_needed: bool = False, **options: Any) -> None:  # noqa: ANN401 - of a widget
        is_kept = name in self.kept
        self.given[name] = draw_field(name, is_needed=is_needed, is_kept=is_kept, **options)
        self.slots[name] = st.empty()

    def say(self, problems: Mapping[str, str]) -> None:
        """Each problem beside its field; what is only missing yet, once saving was tried."""
        for name, slot in self.slots.items():
            problem = problems.get(name)
            if problem and (has_tried() or is_filled(name, self.given[name])):
                slot.markdown(f":red[:material/error: {escape(problem)}]")


def draw_add(task: Task, acts: Acts) -> None:
    """Somebody new comes into a post."""
    st.subheader("เพิ่มผู้ดำรงตำแหน่ง", anchor=False)
    open_form(task, _start(task), {})
    fields, panel = columns()
    with fields:
        drawn = _draw_entry({})
        _draw_has_left(drawn)
    with panel:
        weighed = acts.weigh(task.authority, drawn.given)
        outcome = draw_weighing(
            [weighed],
            save=lambda reasons: acts.add(task.authority, drawn.given, reasons),
            label="บันทึก",
        )
    if outcome.is_done:
        _carry(task, drawn.given)
        finish(_added_words(drawn.given, weighed.seats.vacancies))
    drawn.say({**weighed.problems, **outcome.problems})


def draw_change(task: Task, acts: Acts) -> None:
    """An entry is corrected."""
    found: TypedTenure = acts.open(task.tenure_id or 0)
    st.subheader(f"แก้ไข {escape(found.row.name)}", anchor=False)
    seen = seen_version(task, found, found.fields)
    fields, panel = columns()
    with fields:
        drawn = _draw_entry(found.fields, lambda: _draw_known_number(task, found, acts))
        if found.row.ended_on is not None:
            st.markdown("**การพ้นจากตำแหน่ง**")
            drawn.draw(LEAVING, needed=LEAVING)
    given = {name: value for name, value in drawn.given.items() if value or name != "citizen_id"}
    with panel:
        weighed = acts.weigh(task.authority, given, task.tenure_id)
        outcome = draw_weighing(
            [weighed],
            save=lambda reasons: acts.change(task.tenure_id, seen, given, reasons),
            label="บันทึกการแก้ไข",
        )
    if outcome.is_done:
        finish(f"บันทึกการแก้ไขรายการของ {found.row.name} แล้ว")
    drawn.say({**weighed.problems, **outcome.problems})


def draw_replace(task: Task, acts: Acts) -> None:
    """One leaves and another comes, in one act."""
    found: TypedTenure = acts.open(task.tenure_id or 0)
    row = found.row
    st.subheader(f"แทนที่ {escape(row.name)}", anchor=False)
    seen = seen_version(task, found, _usual_successor(row))
    fields, panel = columns()
    with fields:
        leaves, drawn = Drawn(), Drawn()
        with st.container(border=True, gap="small"):
            st.markdown(f"**ผู้ที่พ้น** {escape(row.name)} · {escape(row.seat)}")
            leaves.draw(LEAVING, needed=LEAVING)
            draw_companions(found)
        st.markdown(f"**ผู้ที่มาแทน** ในตำแหน่ง{escape(row.seat)}")
        drawn.draw_one("acquisition")
        drawn.draw(*_PERSON)
        _draw_holding(drawn, row.post, {})
    with panel:
        ended = acts.weigh(task.authority, leaves.given, task.tenure_id)
        left_on = leaves.given["ended_on"]
        comes = acts.weigh_successor(
            task.tenure_id, left_on if isinstance(left_on, date) else None, drawn.given
        )
        outcome = draw_weighing(
            [ended, comes],
            save=lambda reasons: acts.replace(
                task.tenure_id, seen, leaves.given, drawn.given, reasons
            ),
            label="บันทึกการแทนที่",
        )
    if outcome.is_done:
        name = typed_name(drawn.given)
        finish(f"บันทึกแล้ว {row.name} พ้นจากตำแหน่ง และ {name} เป็น{row.seat} แทน")
    leaves.say({**ended.problems, **outcome.problems})
    drawn.say({**comes.problems, **outcome.problems})


def draw_companions(found: TypedTenure) -> None:
    """Who leaves along, said before it is done."""
    if found.leaves_along:
        names = ", ".join(found.leaves_along)
        st.warning(
            f"ผู้ที่จะพ้นไปด้วยในวันเดียวกันตามกฎหมาย: {escape(names)}", icon=":material/group_remove:"
        )


def columns() -> list[DeltaGenerator]:
    """The fields, and the panel that stands beside them."""
    return st.columns([5, 3], gap="medium")


def seen_version(task: Task, found: TypedTenure, values: Mapping[str, Any]) -> int:
    """The version that the form was filled from; it stays when somebody changes the entry."""
    opened = st.session_state.get(f"{PREFIX}.form")
    token = opened if isinstance(opened, tuple) and opened[0] == task else (task, found.row.version)
    open_form(token, values, found.reasons)
    return int(token[1])


def _draw_entry(kept: Mapping[str, Any], before_person: Callable[[], None] | None = None) -> Drawn:
    """All fields of a new or a kept entry; the post first, for it says which others are asked.

    Rows that come and go stand in a container that stays: none below is moved (form/items.py).
    """
    drawn = Drawn(kept=("citizen_id",) if before_person else ())
    st.markdown("**ตำแหน่ง**")
    post_column, way_column = st.columns(2)
    with post_column:
        drawn.draw_one("post", on_change=_follow_post)
    post = drawn.given["post"]
    with way_column:
        drawn.draw_one("acquisition")
    with st.container():
        if has_constituency(post):
            drawn.draw(("constituency",), needed=("constituency",))
        else:
            drawn.given["constituency"] = None
    st.markdown("**บุคคล**")
    if before_person is not None:
        before_person()
    drawn.draw(*_PERSON)
    _draw_holding(drawn, post, kept)
    return drawn


def _follow_post() -> None:
    put("acquisition", usual_way(st.session_state[key_of("post")]))


def _draw_holding(drawn: Drawn, post: Any, kept: Mapping[str, Any]) -> None:  # noqa: ANN401 - a rules.posts key
    """Since when and by what: by vote, or by order; what an entry has is always shown."""
    how = drawn.given["acquisition"]
    by_vote = is_by_vote(post, how) or any(kept.get(name) for name in _BY_VOTE)
    by_order = is_by_order(how) or any(kept.get(name) for name in _BY_ORDER)
    st.markdown("**การดำรงตำแหน่ง**")
    with st.container():
        if by_vote:
            needed = () if is_by_order(how) else ("elected_on",)
            drawn.draw(("elected_on", "announced_on"), needed=needed)
    drawn.draw(("began_on", "suspended_on") if kept else ("began_on",))
    with st.container():
        if by_order:
            drawn.draw(_BY_ORDER)
    with st.container():
        if by_vote:
            drawn.draw(("votes", "affiliation"), ("is_resident",))


def _draw_has_left(drawn: Drawn) -> None:
    """Somebody of the past may be entered too."""
    if st.checkbox("ผู้นี้พ้นจากตำแหน่งไปแล้ว", key=f"{PREFIX}.has_left", **KEPT):
        drawn.draw(LEAVING, needed=LEAVING)


def _draw_known_number(task: Task, found: TypedTenure, acts: Acts) -> None:
    """The number masked, and whole on request: the look is recorded."""
    with st.container(horizontal=True, vertical_alignment="center"):
        shown = found.row.citizen_id
        st.markdown(f"เลขประจำตัวประชาชน **{shown}**", width="content")
        hint = "ระบบบันทึกว่าท่านเปิดดูเลขนี้"
        if st.button("แสดงเลข", key=f"{PREFIX}.reveal", help=hint, icon=":material/visibility:"):
            with acting():
                number = format_citizen_id(acts.reveal(task.tenure_id or 0))
                st.markdown(f"`{number}`", width="content")


def _usual_successor(row: OfficialRow) -> dict[str, Any]:
    return {"acquisition": usual_way(row.post), "post": row.post}


def _start(task: Task) -> dict[str, Any]:
    """What a new entry begins with: the seat that was picked, the days of the entry before."""
    of, days = st.session_state.get(_CARRIED) or (None, {})
    values = {"acquisition": usual_way(task.post)}
    if of == (task.authority, task.post):
        values |= days
    return values | {"post": task.post, "constituency": task.constituency}


def _carry(task: Task, given: Mapping[str, Any]) -> None:
    values = {name: given.get(name) for name in _SHARED if given.get(name)}
    of = (task.authority, given["post"])
    st.session_state[_CARRIED] = (of, values)


def _added_words(given: Mapping[str, Any], vacancies: int | None) -> str:
    constituency = arabic_digits(str(given.get("constituency") or "")).strip()
    seat = seat_name(given["post"], None) + (f" เขต {constituency}" if constituency else "")
    left = f" ยังว่าง {vacancies:,} ที่ กดที่แถว “ว่าง” เพื่อเพิ่มต่อ" if vacancies else ""
    return f"บันทึก {typed_name(given)} เป็น{seat} แล้ว{left}"
