"""What a person is about to do in the register: kept while they do it, and by what it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import streamlit as st

from pages.components.acts import done
from pages.components.address import write_param

Kind = Literal["add", "change", "end", "replace", "restore", "strike"]
Roster: TypeAlias = Any  # services.officials.RosterView: components know no service
OfficialRow: TypeAlias = Any  # services.officials.OfficialRow
TypedTenure: TypeAlias = Any  # services.officials.TypedTenure
Weighed: TypeAlias = Any  # services.officials.Weighed
_TASK: Final = "officials.task"


@dataclass(frozen=True)
class Reads:
    """What everybody may ask who sees the register: by authority code, by tenure."""

    roster: Callable[[str], Roster]
    history: Callable[[int], Any]


@dataclass(frozen=True)
class Acts:
    """What a keeper of the register can do; the services' own signatures without the actor."""

    weigh: Callable[..., Weighed]
    weigh_successor: Callable[..., Weighed]
    open: Callable[[int], TypedTenure]
    reveal: Callable[[int], str]
    add: Callable[..., int]
    change: Callable[..., None]
    end: Callable[..., list[str]]
    replace: Callable[..., int]
    strike: Callable[..., None]


@dataclass(frozen=True)
class Task:
    """One act that was begun: at which authority, on whose tenure, for which seat."""

    kind: Kind
    authority: str
    tenure_id: int | None = None
    post: Any = None  # a rules.posts key
    constituency: int | None = None


def begin(task: Task) -> None:
    """Open the task's form on the next run."""
    st.session_state[_TASK] = task
    st.rerun()


def current(authority: str, tenure_id: int | None) -> Task | None:
    """What was begun here; somewhere else it is forgotten."""
    task: Task | None = st.session_state.get(_TASK)
    if task is not None and (task.authority, task.tenure_id) == (authority, tenure_id):
        return task
    forget()
    return None


def forget() -> None:
    """Leave the task, and what was typed for it."""
    st.session_state.pop(_TASK, None)
    st.session_state.pop("officials.form", None)


def cancel() -> None:
    """Back to where it was begun."""
    forget()
    st.rerun()


def finish(text: str) -> None:
    """It was done: say so, back at the authority."""
    forget()
    write_param("tenure", "")
    done(text)
