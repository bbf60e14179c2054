"""The states of an office and of a record: mark, word, colours and plotly signs, said once.

Colour is never the only sign: each state also has its own mark, word, symbol and pattern.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class State:
    """How one state looks wherever it is drawn."""

    name: str
    mark: str
    word: str
    ink: str  # text and thin lines: at least 4.5:1 on white
    fill: str  # areas
    symbol: str  # plotly marker symbol
    pattern: str  # plotly bar pattern


REGISTERED: Final = State(
    "registered", "●", "ลงทะเบียนแล้ว", "#0b6e63", "#8cc6bd", symbol="circle", pattern=""
)
WAITING: Final = State(
    "waiting", "◐", "รอยืนยัน", "#8a5a00", "#e0a32e", symbol="diamond", pattern="/"
)
NOT_REGISTERED: Final = State(
    "not_registered", "○", "ยังไม่ลงทะเบียน", "#b3361f", "#b3361f", symbol="circle-open", pattern=""
)

# Worst first: the order in which a supervisor reads.
STATES: Final = (NOT_REGISTERED, WAITING, REGISTERED)

RETURNED: Final = State("returned", "!", "ถูกส่งกลับ", "#b3361f", "#b3361f", symbol="x", pattern="x")
NOT_BEGUN: Final = State(
    "none", "○", "ยังไม่เริ่ม", "#4a5866", "#c9d1d9", symbol="circle-open", pattern=""
)
DRAFT: Final = State("draft", "◐", "ร่าง", "#8a5a00", "#e0a32e", symbol="diamond", pattern="/")
SUBMITTED: Final = State(
    "submitted", "◕", "ส่งแล้ว รอตรวจ", "#1b4f8f", "#8fb1dd", symbol="square", pattern="."
)
APPROVED: Final = State(
    "approved", "●", "ตรวจผ่านแล้ว", "#0b6e63", "#8cc6bd", symbol="circle", pattern=""
)
# What waits for somebody first.
RECORD_STATES: Final = (RETURNED, NOT_BEGUN, DRAFT, SUBMITTED, APPROVED)

# How far the register of an authority is.
UNFILLED: Final = State(
    "unfilled", "○", "ยังไม่บันทึก", "#b3361f", "#b3361f", symbol="circle-open", pattern=""
)
UNFINISHED: Final = State(
    "unfinished", "◐", "ยังไม่ครบ", "#8a5a00", "#e0a32e", symbol="diamond", pattern="/"
)
OVERDUE: Final = State("overdue", "!", "ครบวาระแล้ว", "#b3361f", "#b3361f", symbol="x", pattern="x")
FILLED: Final = State("filled", "●", "ครบ", "#0b6e63", "#8cc6bd", symbol="circle", pattern="")
ROSTER_STATES: Final = (UNFILLED, UNFINISHED, OVERDUE, FILLED)

# A seat and who is in it.
VACANT: Final = State("vacant", "○", "ว่าง", "#b3361f", "#b3361f", symbol="circle-open", pattern="")
SUSPENDED: Final = State(
    "suspended", "◐", "หยุดปฏิบัติหน้าที่", "#8a5a00", "#e0a32e", symbol="diamond", pattern="/"
)
SITTING: Final = State(
    "sitting", "●", "ดำรงตำแหน่ง", "#0b6e63", "#8cc6bd", symbol="circle", pattern=""
)
LEFT: Final = State("left", "○", "พ้นแล้ว", "#4a5866", "#c9d1d9", symbol="circle-open", pattern="")
SEAT_STATES: Final = (VACANT, SUSPENDED, SITTING, LEFT)
BY_NAME: Final = {
    state.name: state for state in (*STATES, *RECORD_STATES, *ROSTER_STATES, *SEAT_STATES)
}

# The mark is drawn, not typed: the three signs come from different fonts, in different sizes.
STATE_CSS: Final = (
    "".join(
        f".state-{state.name} {{ --ink: {state.ink}; --fill: {state.fill}; }}\n"
        for state in BY_NAME.values()
    )
    + """
.mark {
  display: inline-block; box-sizing: border-box; width: 11px; height: 11px;
  margin-right: 0.45em; border: 2px solid var(--ink); border-radius: 50%;
  print-color-adjust: exact;
}
.state-registered .mark, .state-approved .mark, .state-filled .mark, .state-sitting .mark {
  background: var(--ink);
}
.state-waiting .mark, .state-draft .mark, .state-unfinished .mark, .state-suspended .mark {
  background: linear-gradient(90deg, var(--ink) 50%, transparent 50%);
}
.state-submitted .mark {
  background: conic-gradient(transparent 25%, var(--ink) 0);
}
.state-returned .mark, .state-overdue .mark {
  border-radius: 0; border-width: 0 0 10px; border-style: solid;
  border-color: transparent transparent var(--ink); border-left: 6px solid transparent;
  border-right: 6px solid transparent; width: 0; height: 0;
}
"""
)
