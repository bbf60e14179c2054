"""The three states of an office: their mark, word, colours and plotly signs, said once.

Colour is never the only sign: each state also has its own mark, word, symbol and pattern.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class State:
    """How one state of an office looks wherever it is drawn."""

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
BY_NAME: Final = {state.name: state for state in STATES}

# The mark is drawn, not typed: the three signs come from different fonts, in different sizes.
STATE_CSS: Final = (
    "".join(
        f".state-{state.name} {{ --ink: {state.ink}; --fill: {state.fill}; }}\n" for state in STATES
    )
    + """
.mark {
  display: inline-block; box-sizing: border-box; width: 11px; height: 11px;
  margin-right: 0.45em; border: 2px solid var(--ink); border-radius: 50%;
  print-color-adjust: exact;
}
.state-registered .mark { background: var(--ink); }
.state-waiting .mark { background: linear-gradient(90deg, var(--ink) 50%, transparent 50%); }
"""
)
