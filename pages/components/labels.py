"""Where the names of points can stand on a small map without touching each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LETTER_PX: Final = 7.5
LINE_PX: Final = 19
GAP_PX: Final = 9
AIR_PX: Final = 4  # on each side of a name: two that only just do not touch read as one
# Marks above and below a Thai consonant take no width of their own.
ZERO_WIDTH: Final = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def width_px(text: str) -> float:
    return LETTER_PX * sum(letter not in ZERO_WIDTH for letter in text)


def places(points: Sequence[tuple[float, float]], names: Sequence[str]) -> list[str | None]:
    """A plotly `textposition` for each name (points in pixels, y downwards), first come first.

    None where a name would cover a point or another name: it is then read by pointing at it.
    """
    taken = [Box(x - GAP_PX, y - GAP_PX, x + GAP_PX, y + GAP_PX) for x, y in points]
    found: list[str | None] = []
    for own, ((x, y), name) in enumerate(zip(points, names, strict=True)):
        others = taken[:own] + taken[own + 1 :]
        free = (
            (place, box)
            for place, box in _boxes(x, y, width_px(name)).items()
            if not any(box.touches(other) for other in others)
        )
        place, box = next(free, (None, None))
        found.append(place)
        taken += [box] if box else []
    return found


def _boxes(x: float, y: float, width: float) -> dict[str, Box]:
    """The four places around a point, the most usual first."""
    width += 2 * AIR_PX
    half = width / 2
    beside = (y - LINE_PX / 2, y + LINE_PX / 2)
    return {
        "top center": Box(x - half, y - GAP_PX - LINE_PX, x + half, y - GAP_PX),
        "bottom center": Box(x - half, y + GAP_PX, x + half, y + GAP_PX + LINE_PX),
        "middle right": Box(x + GAP_PX, beside[0], x + GAP_PX + width, beside[1]),
        "middle left": Box(x - GAP_PX - width, beside[0], x - GAP_PX, beside[1]),
    }
