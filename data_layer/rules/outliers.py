"""Which of many figures stand far from the others. Pure.

The modified z-score of Iglewicz and Hoaglin (1993): distance from the median in median absolute
deviations, above 3.5; on logarithms, for counts of villages and people differ by factors.
"""

from collections.abc import Hashable, Mapping
from math import log1p
from statistics import median
from typing import Final, TypeVar

FEWEST: Final = 8  # of fewer figures nobody can say what is usual
_FAR, _NORMAL = 3.5, 0.6745
_LEAST_SPREAD: Final = 0.05  # figures within five per cent of each other are equal

Key = TypeVar("Key", bound=Hashable)


def outliers(figures: Mapping[Key, float]) -> dict[Key, float]:
    """The keys of the figures that stand apart, each with the median of all of them.

    Figures are counts or amounts, not negative; of fewer than FEWEST none stands apart.
    """
    if len(figures) < FEWEST:
        return {}
    logs = {key: log1p(max(figure, 0)) for key, figure in figures.items()}
    middle = median(logs.values())
    spread = max(median(abs(each - middle) for each in logs.values()), _LEAST_SPREAD)
    usual = float(median(figures.values()))
    return {
        key: usual for key, each in logs.items() if _NORMAL * abs(each - middle) / spread > _FAR
    }
