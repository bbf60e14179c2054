"""What is measured: each function here gives the figures of one promise.

A figure is a ratio of two things measured in turn in the same run (A B A B ...), so that whatever
else the machine does meets both; medians are compared.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from statistics import median
from typing import TypeVar

import geothai
from playwright.sync_api import Browser

from tests.benchmarks.browser import RURAL, Sight, Visit, visit
from tests.benchmarks.figures import Figure
from tests.benchmarks.serving import ROOT, Server
from tests.benchmarks.wsload import Load, Who, clicks, load
from tests.browser.serving import Installation

Taken = TypeVar("Taken")

SESSIONS = 20
HELD_SESSIONS = 500
LOAD_S = 5.0
BANGKOK = "10"
PROVINCES = [each.code for each in geothai.provinces() if each.code != BANGKOK]


def page_figures(
    name: str, browser: Browser, rounds: int, *, page: Sight, empty: Sight, charts: Sight
) -> Iterator[Figure]:
    """How soon a page can be read and has drawn, against Streamlit's own floors."""
    seen = _visits(browser, rounds, {"page": page, "empty": empty, "charts": charts})
    yield _slower(f"{name}: readable", seen["page"].text_s, seen["empty"].text_s, 1.5)
    yield _slower(f"{name}: charts drawn", seen["page"].charts_s, seen["charts"].charts_s, 1.3)


def wire_figures(
    name: str, browser: Browser, rounds: int, *, ours: Sight, stock: Sight
) -> Iterator[Figure]:
    """A page with charts over a rural line, against the same page on Streamlit as it comes."""
    sights = {"ours": replace(ours, line=RURAL), "stock": replace(stock, line=RURAL)}
    seen = _visits(browser, rounds, sights)
    here, there = seen["ours"], seen["stock"]
    yield _slower(f"{name}, 10 Mbit/s 40 ms: charts drawn", here.charts_s, there.charts_s, 0.5)
    yield Figure(
        f"{name}: bytes",
        here.megabytes / there.megabytes,
        "≤",
        1 / 3,
        f"{here.megabytes:.2f} MB, {here.requests:.0f} requests",
        f"{there.megabytes:.2f} MB, {there.requests:.0f} requests",
    )


def click_figures(name: str, who: Who) -> Iterator[Figure]:
    """A filter click: another province each time, none of them computed before."""
    taken_s = clicks(who, [f"province={code}" for code in PROVINCES])
    ordered = sorted(taken_s)
    p95_ms = ordered[len(ordered) * 95 // 100] * 1000
    yield Figure(
        f"{name}: filter click, ms of server time at p95",
        p95_ms,
        "≤",
        150,
        f"p50 {median(taken_s) * 1000:.0f} ms, {len(taken_s)} provinces",
    )


def sign_in_figures(installed: Installation) -> Iterator[Figure]:
    """Password checked, ticket taken, session made: without the password hash."""
    whole_ms, hash_ms = _printed("sign_in", installed)
    yield Figure(
        "sign-in without the password hash, ms of server time",
        whole_ms - hash_ms,
        "≤",
        20,
        f"{whole_ms:.1f} ms in all",
        f"{hash_ms:.1f} ms of argon2id",
    )


def filling_figures(installed: Installation) -> Iterator[Figure]:
    """A field saved, with a hundred officers typing at once, on SQLite."""
    p95_ms, count = _printed("filling", installed)
    name = "saving a field, 100 officers typing at once: p95, ms of server time"
    yield Figure(name, p95_ms, "≤", 30, f"{count:,.0f} saves, none refused as locked")


def import_figures(installed: Installation) -> Iterator[Figure]:
    """Files that come in: a province's register of officials, a district's filled template."""
    seconds = _printed("registers", installed)
    names = ("brought in", "again, unchanged", "exported", "template made")
    (taken, _), *others, (answers, _) = zip(seconds[::2], seconds[1::2], strict=True)
    beside = ", ".join(
        f"{name} {one[0]:.1f} s" for name, one in zip(names[1:], others, strict=True)
    )
    yield Figure("a register of 2,000 people brought in, s", taken, "≤", 10, beside)
    yield Figure("a district's template of 30 authorities brought in, s", answers, "≤", 2)


def _printed(module: str, installed: Installation) -> list[float]:
    """The figures that a benchmark of its own process prints."""
    printed = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-m", f"tests.benchmarks.{module}"],
        cwd=ROOT,
        env=installed.environ,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [float(part) for part in printed.split()]


def load_figures(name: str, rounds: int, *, page: Who, empty: Who) -> Iterator[Figure]:
    """Reruns a second of a page, against those of the empty app."""
    acts = {"page": lambda: _load(page), "empty": lambda: _load(empty)}
    loads = in_turn(rounds, acts)
    here, there = (_middle(loads["page"]), _middle(loads["empty"]))
    yield Figure(
        f"{name}: reruns/s, {SESSIONS} sessions",
        here.reruns_per_s / there.reruns_per_s,
        "≥",
        0.25,
        _pace(here),
        _pace(there),
    )
    yield _errors(name, loads["page"])


def held_figures(name: str, who: Who, server: Server) -> Iterator[Figure]:
    """Many sessions held at once, all rerunning: none lost, no error, and the memory they take."""
    memory_mb = [server.memory_mb()]
    held = load(
        who,
        sessions=HELD_SESSIONS,
        seconds=LOAD_S,
        before_leaving=lambda: memory_mb.append(server.memory_mb()),
    )
    yield Figure(
        f"{name}: sessions held",
        len(held.openings_s),
        "≥",
        HELD_SESSIONS,
        f"{memory_mb[1]:.0f} MB, {_pace(held)}",
        f"{memory_mb[0]:.0f} MB before",
    )
    yield _errors(f"{name}, held", [held])


def in_turn(rounds: int, acts: Mapping[str, Callable[[], Taken]]) -> dict[str, list[Taken]]:
    """Each act once a round, in order."""
    taken: dict[str, list[Taken]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            taken[name].append(act())
    return taken


def _visits(browser: Browser, rounds: int, sights: Mapping[str, Sight]) -> dict[str, Visit]:
    """The median visit to each page, after one that fills the server's caches."""

    def visiting(sight: Sight) -> Callable[[], Visit]:
        return lambda: visit(browser, sight)

    acts = {name: visiting(sight) for name, sight in sights.items()}
    in_turn(1, acts)
    return {name: _median(visits) for name, visits in in_turn(rounds, acts).items()}


def _median(visits: list[Visit]) -> Visit:
    names = [field.name for field in fields(Visit)]
    return Visit(**{name: median(getattr(one, name) for one in visits) for name in names})


def _middle(loads: list[Load]) -> Load:
    return sorted(loads, key=lambda one: one.reruns_per_s)[len(loads) // 2]


def _load(who: Who) -> Load:
    return load(who, sessions=SESSIONS, seconds=LOAD_S)


def _slower(name: str, here_s: float, there_s: float, target: float) -> Figure:
    return Figure(name, here_s / there_s, "≤", target, f"{here_s:.2f} s", f"{there_s:.2f} s")


def _pace(of: Load) -> str:
    return f"{of.reruns_per_s:.0f}/s, p50 {of.p50_s * 1000:.0f} ms, p95 {of.p95_s * 1000:.0f} ms"


def _errors(name: str, loads: list[Load]) -> Figure:
    errors = [error for one in loads for error in one.errors]
    return Figure(f"{name}: errors", len(errors), "≤", 0, errors[0] if errors else "none")
