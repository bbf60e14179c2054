"""`make bench`: python -m tests.benchmarks.run. Prints one table; exits 1 if a target is missed."""

import argparse
import sys
from collections.abc import Iterator

from tests.benchmarks.browser import Sight, chromium
from tests.benchmarks.figures import Figure, table
from tests.benchmarks.scenarios import held_figures, wire_figures
from tests.benchmarks.serving import APPS, serve_stock, serve_tuned
from tests.benchmarks.wsload import Who

ROUNDS = 5
FLOOR_LINE = "one line"  # what both floor pages say


def visits(rounds: int) -> Iterator[Figure]:
    """What browsers see."""
    with (
        serve_tuned("two_charts.py") as ours,
        serve_stock(APPS / "two_charts.py") as stock,
        chromium() as browser,
    ):
        yield from wire_figures(
            "two charts",
            browser,
            rounds,
            ours=Sight(ours.base_url, f"text={FLOOR_LINE}", charts=2),
            stock=Sight(stock.base_url, f"text={FLOOR_LINE}", charts=2),
        )


def loads() -> Iterator[Figure]:
    """What the server bears. Apart from `visits`: Playwright keeps an event loop for itself."""
    with serve_tuned("empty.py") as empty:
        yield from held_figures("empty app", Who(empty.base_url, text=FLOOR_LINE), empty)


def main() -> int:
    """Measure, print, and say by the exit code whether every target was met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    figures = [*visits(rounds), *loads()]
    sys.stdout.write(table(figures))
    return 0 if all(figure.is_met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
