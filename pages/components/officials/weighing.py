"""Beside an entry while it is typed: the seats with it, the rules it breaks, reasons, saving."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import streamlit as st

from data_layer.errors import DomainError, InvalidFields
from data_layer.rules.officials import LABELS
from data_layer.rules.roster import MAX_REASON, Finding, seats_words
from data_layer.thai import thai_date
from pages.components.messages import escape, show_refusal
from pages.components.officials.fields import KEPT, PREFIX
from pages.components.officials.tasks import Weighed, cancel

_ATTEMPTED: Final = f"{PREFIX}.attempted"


@dataclass(frozen=True)
class Outcome:
    """What came of the button: the result of the act, or what is wrong with which field."""

    is_done: bool = False
    result: Any = None
    problems: Mapping[str, str] = field(default_factory=dict)


def has_tried() -> bool:
    """Whether saving was tried: then what is missing is said too, not only what is wrong."""
    return bool(st.session_state.get(_ATTEMPTED))


def draw_weighing(
    weighed: Sequence[Weighed], *, save: Callable[[dict[str, str]], Any], label: str
) -> Outcome:
    """The panel; `save` takes the reasons by rule. The last of `weighed` has the sums."""
    with st.container(border=True, key="officials-weighing", gap="small"):
        last = weighed[-1]
        ends = f"  \nวาระสิ้นสุด **{thai_date(last.term_ends_on)}**" if last.term_ends_on else ""
        st.markdown(f"เมื่อบันทึกแล้ว อปท. นี้จะมี  \n**{seats_words(last.seats)}**{ends}")
        reasons = _draw_findings(weighed)
        is_sent = st.button(
            label, key=f"{PREFIX}.save", type="primary", width="stretch", icon=":material/check:"
        )
        if st.button("ยกเลิก", key=f"{PREFIX}.cancel", width="stretch"):
            cancel()
        return _send(save, reasons) if is_sent else Outcome()


def _draw_findings(weighed: Sequence[Weighed]) -> dict[str, str]:
    """Each rule that is broken; a soft one with a place for the reason."""
    found = [finding for each in weighed for finding in each.findings or ()]
    reasons = {
        rule: _draw_rule(rule, [each for each in found if each.rule == rule])
        for rule in dict.fromkeys(each.rule for each in found)
    }
    if any(each.findings is None for each in weighed):
        st.caption(_missing_words(weighed))
    elif not found:
        st.markdown(":green[:material/check_circle: ไม่ขัดกับทะเบียนและกฎหมาย]")
    return {rule: reason for rule, reason in reasons.items() if reason}


def _missing_words(weighed: Sequence[Weighed]) -> str:
    if not has_tried():
        return "กรอกช่องที่มี * ให้ครบ ระบบจะตรวจกับทะเบียนและกฎหมายให้ที่นี่"
    names = [LABELS[name] for each in weighed for name in each.problems]
    return f"ยังต้องกรอกหรือแก้: {escape(', '.join(dict.fromkeys(names)))}"


def _draw_rule(rule: str, found: Sequence[Finding]) -> str:
    is_hard = any(each.is_hard for each in found)
    color, icon = ("red", "block") if is_hard else ("orange", "warning")
    for text in dict.fromkeys(each.text for each in found):
        st.markdown(f":{color}[:material/{icon}: {escape(text)}]")
    if is_hard:
        return ""
    reason: str = st.text_input(
        "เหตุผล *",
        key=f"{PREFIX}.reason.{rule}",
        max_chars=MAX_REASON,
        placeholder="เช่น เลขที่คำสั่งหรือประกาศ",
        **KEPT,
    )
    return reason


def _send(save: Callable[[dict[str, str]], Any], reasons: dict[str, str]) -> Outcome:
    st.session_state[_ATTEMPTED] = True
    try:
        return Outcome(is_done=True, result=save(reasons))
    except InvalidFields as refusal:
        show_refusal(refusal)
        return Outcome(problems=refusal.problems)
    except DomainError as refusal:
        show_refusal(refusal)
        return Outcome()
