"""Cold visits with Chromium: when what a person came for stands there, and what it cost."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from playwright.sync_api import TimeoutError as StandsStill

CHARTS = ".js-plotly-plot:has(.main-svg)"
# An office's notebook; the width decides how much a page draws.
VIEWPORT = ViewportSize(width=1366, height=768)
# After the last thing that was waited for: what is still on its way counts as well.
SETTLE_MS = 300
PATIENCE_MS = 25_000
# Chromium's emulated line stands still for good once in some seventy visits: the server answers
# others at once, and its answer lies unread in the browser's socket (seen with ss). Such a visit
# is made again, at most twice; on a plain line never.
STALLS = 2


@dataclass(frozen=True)
class Line:
    """A line between browser and server."""

    megabits: float
    latency_ms: float


RURAL = Line(megabits=10, latency_ms=40)


@dataclass(frozen=True)
class Sight:
    """A page to visit. `text` selects what must be readable, `charts` is how many it draws.

    `cookie` is a Cookie header ("a=1; b=2") and makes the visitor a signed-in one.
    """

    url: str
    text: str
    charts: int = 0
    cookie: str = ""
    line: Line | None = None


@dataclass(frozen=True)
class Visit:
    """One cold visit: seconds since the navigation began, bytes and requests over the wire."""

    text_s: float
    charts_s: float
    megabytes: float
    requests: int


class _Meter:
    """Counts what Chromium's network layer reports, compressed as it was sent."""

    def __init__(self, page: Page, line: Line | None) -> None:
        self.bytes = self.requests = 0
        devtools = page.context.new_cdp_session(page)
        devtools.on("Network.loadingFinished", self._finished)
        devtools.on("Network.webSocketFrameReceived", self._frame)
        devtools.send("Network.enable")
        if line is not None:
            devtools.send("Network.emulateNetworkConditions", _conditions(line))

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])
        self.requests += 1

    def _frame(self, event: dict[str, Any]) -> None:
        # A binary frame comes as base64: four characters for three bytes.
        self.bytes += len(event["response"]["payloadData"]) * 3 // 4


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


def visit(browser: Browser, sight: Sight) -> Visit:
    """Open the page with an empty cache; wait for its text, then for its charts."""
    for _ in range(STALLS if sight.line else 0):
        try:
            return _visit(browser, sight)
        except StandsStill:
            continue
    return _visit(browser, sight)


def _visit(browser: Browser, sight: Sight) -> Visit:
    context = browser.new_context(viewport=VIEWPORT, locale="th-TH")
    try:
        _sign_in(context, sight)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        meter = _Meter(page, sight.line)
        page.goto(sight.url, wait_until="commit")
        page.locator(sight.text).first.wait_for()
        text_s = _elapsed(page)
        if sight.charts:
            page.locator(CHARTS).nth(sight.charts - 1).wait_for()
        charts_s = _elapsed(page)
        page.wait_for_timeout(SETTLE_MS)
        return Visit(text_s, charts_s, meter.bytes / 1e6, meter.requests)
    finally:
        context.close()


def _sign_in(context: BrowserContext, sight: Sight) -> None:
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(sight.url))
    pairs = [pair.split("=", 1) for pair in sight.cookie.split("; ") if pair]
    context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in pairs])


def _elapsed(page: Page) -> float:
    """Seconds since the navigation began, by the browser's own clock."""
    return float(page.evaluate("performance.now()")) / 1000


def _conditions(line: Line) -> dict[str, Any]:
    bytes_per_s = line.megabits * 1e6 / 8
    return {
        "offline": False,
        "latency": line.latency_ms,
        "downloadThroughput": bytes_per_s,
        "uploadThroughput": bytes_per_s,
    }
