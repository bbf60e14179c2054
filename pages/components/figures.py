"""Key numbers and the way of the offices to full use, as light HTML: no script, no chart library.

Every piece of text is escaped here; the rest of the HTML is constant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as escape_html
from typing import Literal

import streamlit as st

from pages.components.states import NOT_REGISTERED, REGISTERED, WAITING

StateName = Literal["registered", "waiting", "not_registered"]


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """One number that is read at a glance, with its unit or, of a `total`, its share.

    `state` gives its mark and colour.
    """

    label: str
    count: int
    total: int | None = None
    state: str | None = None  # a name of states.BY_NAME
    unit: str = "แห่ง"


@dataclass(frozen=True, slots=True)
class Step:
    """How many offices stand at one step now. `state` colours it."""

    label: str
    count: int
    state: StateName = "registered"


def office_numbers(
    *, registered: int, waiting: int, not_registered: int
) -> tuple[KeyNumber, KeyNumber, KeyNumber, KeyNumber]:
    """The four numbers of every office dashboard, in their order."""
    total = registered + waiting + not_registered
    return (
        KeyNumber("ทั้งหมด", total),
        KeyNumber(REGISTERED.word, registered, total, "registered"),
        KeyNumber(WAITING.word, waiting, total, "waiting"),
        KeyNumber(NOT_REGISTERED.word, not_registered, total, "not_registered"),
    )


def draw_key_numbers(numbers: Sequence[KeyNumber]) -> None:
    """One calm row; two by two on a phone."""
    st.html(key_numbers_html(numbers))


def key_numbers_html(numbers: Sequence[KeyNumber]) -> str:
    cells = "".join(_number_html(number) for number in numbers)
    return f'<dl class="phrom-numbers">{cells}</dl>'


def funnel_html(steps: Sequence[Step]) -> str:
    """Where the offices stand on the way: each office is counted at one step only."""
    total = sum(step.count for step in steps)
    rows = "".join(_step_html(step, total) for step in steps)
    return f'<ol class="phrom-funnel">{rows}</ol>'


def share(count: int, total: int) -> str:
    """'56.9 %'; of nothing there is no share."""
    return f"{count / total:.1%}".replace("%", " %") if total else "–"


def _number_html(number: KeyNumber) -> str:
    note = escape_html(number.unit) if number.total is None else share(number.count, number.total)
    mark = '<span class="mark"></span>' if number.state else ""
    return (
        f'<div class="state-{number.state or "all"}"><dt>{mark}{escape_html(number.label)}</dt>'
        f"<dd>{number.count:,} <small>{note}</small></dd></div>"
    )


def _step_html(step: Step, total: int) -> str:
    width = 100 * step.count / total if total else 0
    return (
        f'<li class="state-{step.state}"><span>{escape_html(step.label)}</span>'
        f"<span><b>{step.count:,}</b> <small>{share(step.count, total)}</small></span>"
        f'<span class="track"><span class="bar" style="width:{width:.1f}%"></span></span></li>'
    )
