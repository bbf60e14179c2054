"""What a benchmark says: figures against their targets, as one table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

HEADINGS = ("figure", "measured", "compared with", "value", "target", "met")


@dataclass(frozen=True)
class Figure:
    """One figure: `value` (most are ratios) has to be at most or at least `target`."""

    name: str
    value: float
    bound: Literal["≤", "≥"]
    target: float
    measured: str = ""
    compared_with: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the target is reached."""
        return self.value <= self.target if self.bound == "≤" else self.value >= self.target

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        target = f"{self.bound} {self.target:.3g}"
        met = "yes" if self.is_met else "NO"
        return (self.name, self.measured, self.compared_with, f"{self.value:.3g}", target, met)


def table(figures: Iterable[Figure]) -> str:
    """The figures in Markdown, as the README shows them."""
    rows = [HEADINGS, tuple("---" for _ in HEADINGS), *(figure.cells for figure in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"
