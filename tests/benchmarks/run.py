"""`make bench`: python -m tests.benchmarks.run. Prints one table; exits 1 if a target is missed."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from tests.benchmarks.answers import answer_figures
from tests.benchmarks.browser import Sight, chromium
from tests.benchmarks.figures import Figure, table
from tests.benchmarks.forms import form_figures
from tests.benchmarks.scenarios import (
    click_figures,
    filling_figures,
    held_figures,
    import_figures,
    load_figures,
    page_figures,
    sign_in_figures,
    wire_figures,
)
from tests.benchmarks.serving import ROOT, serve, serve_stock, serve_tuned
from tests.benchmarks.wsload import Who
from tests.browser.serving import Installation, install
from tests.browser.visitor import Visitor

ROUNDS = 5
FLOOR_LINE = "one line"  # what both floor pages say
FLOOR_TEXT = '[data-testid="stMarkdownContainer"] p'  # where they say it
COUNTRY = "country_dashboard"
PROVINCE = "province_dashboard"
COUNTRY_CHARTS = 3
COUNTRY_LIST = ".table tbody tr"  # below the numbers, so they stand there too


def visits(rounds: int, installed: Installation, cookie: str) -> Iterator[Figure]:
    """What browsers see."""
    with (
        serve(ROOT / "app.py", environ=installed.environ) as ours,
        serve_stock(environ=installed.environ) as stock,
        serve_tuned("empty.py") as empty,
        serve_tuned("two_charts.py") as charts,
        chromium() as browser,
    ):
        country = Sight(
            f"{ours.base_url}/{COUNTRY}", COUNTRY_LIST, charts=COUNTRY_CHARTS, cookie=cookie
        )
        yield from page_figures(
            "country dashboard, cold browser",
            browser,
            rounds,
            page=country,
            empty=Sight(empty.base_url, FLOOR_TEXT),
            charts=Sight(charts.base_url, FLOOR_TEXT, charts=2),
        )
        yield from wire_figures(
            "country dashboard",
            browser,
            rounds,
            ours=country,
            stock=replace(country, url=f"{stock.base_url}/{COUNTRY}"),
        )


def loads(rounds: int, installed: Installation, cookie: str) -> Iterator[Figure]:
    """What the server bears. Apart from `visits`: Playwright keeps an event loop for itself."""
    with (
        serve(ROOT / "app.py", environ=installed.environ) as ours,
        serve_tuned("empty.py") as empty,
    ):
        country = Who(ours.base_url, COUNTRY, cookie=cookie, text="ภาพรวมประเทศ")
        province = Who(ours.base_url, PROVINCE, "province=48", cookie, "จังหวัดนครพนม")
        floor = Who(empty.base_url, text=FLOOR_LINE)
        yield from click_figures("country dashboard", country)
        yield from load_figures("province dashboard", rounds, page=province, empty=floor)
        yield from held_figures("province dashboard", province, ours)


def signed_in(installed: Installation) -> str:
    """The Cookie header of a browser in which the demo's central supervisor is in."""
    with serve(ROOT / "app.py", environ=installed.environ) as ours, chromium() as browser:
        person = Visitor.come(browser, ours.base_url)
        person.open().sign_in(*installed.accounts["central"]).signed_in()
        return "; ".join(f"{name}={value}" for name, value in person.cookies.items())


def _told(figure: Figure) -> Figure:
    """Each figure as soon as it is there: the whole takes minutes."""
    sys.stderr.write(f"{' | '.join(figure.cells)}\n")
    return figure


def main() -> int:
    """Measure, print, and say by the exit code whether every target was met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        installed = install(Path(folder))
        cookie = signed_in(installed)
        measuring = chain(
            form_figures(),
            answer_figures(),
            filling_figures(installed),
            sign_in_figures(installed),
            import_figures(installed),
            loads(rounds, installed, cookie),
            visits(rounds, installed, cookie),
        )
        figures = [_told(figure) for figure in measuring]
    sys.stdout.write(table(figures))
    return 0 if all(figure.is_met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
