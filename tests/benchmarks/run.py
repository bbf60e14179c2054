"""`make bench`: python -m tests.benchmarks.run. Prints one table; exits 1 if a target is missed.

A figure is a ratio of two things measured in turn in the same run (A B A B ...), so that whatever
else the machine does meets both; medians are compared.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from statistics import median
from typing import TypeVar

from playwright.sync_api import Browser

from tests.benchmarks.browser import RURAL, Line, Visit, chromium, visit
from tests.benchmarks.figures import Figure, table
from tests.benchmarks.serving import APPS, Server, serve_stock, serve_tuned
from tests.benchmarks.wsload import Load, Who, load

Taken = TypeVar("Taken", Visit, Load)

FLOOR_TEXT = "text=one line"
SESSIONS = 20
LOAD_S = 5.0
HELD_SESSIONS = 500


@dataclass(frozen=True)
class Sight:
    """A page to visit: where, as whom, the text that shows it can be read, how many charts."""

    url: str
    text: str = FLOOR_TEXT
    charts: int = 0
    cookie: str = ""
    line: Line | None = None

    def on(self, line: Line) -> "Sight":
        """The same over `line`."""
        return replace(self, line=line)


def page_figures(
    browser: Browser, rounds: int, name: str, *, page: Sight, empty: Sight, charts: Sight
) -> Iterator[Figure]:
    """How soon a page can be read and has drawn, against the floors of Streamlit itself."""
    seen = _visits(browser, rounds, {"page": page, "empty": empty, "charts": charts})
    yield _seconds(f"{name}: readable", seen["page"].text_s, seen["empty"].text_s, 1.5)
    yield _seconds(f"{name}: charts drawn", seen["page"].charts_s, seen["charts"].charts_s, 1.3)


def wire_figures(
    browser: Browser, rounds: int, name: str, *, ours: Sight, stock: Sight
) -> Iterator[Figure]:
    """A page with charts over a rural line, against the same page on Streamlit as it comes."""
    seen = _visits(browser, rounds, {"ours": ours.on(RURAL), "stock": stock.on(RURAL)})
    here, there = seen["ours"], seen["stock"]
    yield _seconds(f"{name}, 10 Mbit/s 40 ms: charts drawn", here.charts_s, there.charts_s, 0.5)
    yield Figure(
        f"{name}: bytes",
        here.megabytes / there.megabytes,
        "≤",
        1 / 3,
        f"{here.megabytes:.2f} MB, {here.requests} requests",
        f"{there.megabytes:.2f} MB, {there.requests} requests",
    )


def load_figures(rounds: int, name: str, *, page: Who, empty: Who) -> Iterator[Figure]:
    """Reruns a second of a page, against those of the empty app."""
    loads = {who: lambda who=who: load(who, sessions=SESSIONS, seconds=LOAD_S) for who in (page, empty)}
    taken = _in_turn(rounds, loads)
    here, there = (sorted(taken[who], key=lambda one: one.reruns_per_s)[rounds // 2] for who in (page, empty))
    yield Figure(
        f"{name}: reruns/s, {SESSIONS} sessions",
        here.reruns_per_s / there.reruns_per_s,
        "≥",
        0.25,
        _speed(here),
        _speed(there),
    )
    yield _errors(name, [one for of_one in taken.values() for one in of_one])


def held_figures(name: str, who: Who, server: Server) -> Iterator[Figure]:
    """Many sessions held at once, all rerunning: no error; memory before, and with all of them."""
    memory = [server.memory_mb()]
    held = load(
        who,
        sessions=HELD_SESSIONS,
        seconds=LOAD_S,
        before_leaving=lambda: memory.append(server.memory_mb()),
    )
    yield Figure(
        f"{name}: sessions held",
        len(held.openings_s),
        "≥",
        HELD_SESSIONS,
        f"{memory[1]:.0f} MB, {_speed(held)}",
        f"{memory[0]:.0f} MB before",
    )
    yield _errors(f"{name}, {HELD_SESSIONS} sessions", [held])


def floors(browser: Browser, rounds: int) -> Iterator[Figure]:
    """What needs no page of ours: the wire's gain, and the server under load."""
    two = APPS / "two_charts.py"
    with serve_tuned("two_charts.py") as ours, serve_stock(two) as stock:
        yield from wire_figures(
            browser,
            rounds,
            "two charts",
            ours=Sight(ours.base_url, charts=2),
            stock=Sight(stock.base_url, charts=2),
        )
    with serve_tuned("empty.py") as server:
        yield from held_figures("empty", Who(server.base_url, text="one line"), server)


def main() -> int:
    """Measure, print, and say by the exit code whether all targets were met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with chromium() as browser:
        figures = list(floors(browser, rounds))
    sys.stdout.write(table(figures))
    return 0 if all(figure.is_met for figure in figures) else 1


def _in_turn(rounds: int, acts: Mapping[str, Callable[[], Taken]]) -> dict[str, list[Taken]]:
    """Each act once a round, in order."""
    taken: dict[str, list[Taken]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            taken[name].append(act())
    return taken


def _visits(browser: Browser, rounds: int, sights: Mapping[str, Sight]) -> dict[str, Visit]:
    """The median visit of each page; one visit each before, which fills the server's caches."""
    def go(sight: Sight) -> Callable[[], Visit]:
        return lambda: visit(browser, **vars(sight))

    acts = {name: go(sight) for name, sight in sights.items()}
    _in_turn(1, acts)
    return {name: _median(visits) for name, visits in _in_turn(rounds, acts).items()}
