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
# Asked at each frame, in shadow roots too: when (ms) `count` elements were painted, that is, stood
# there a frame before. Playwright's own waiting asks again after up to half a second and is not
# heard while a script runs: it told when the charts' script had ended, not when the list stood.
PAINTED = """([css, count]) => {
  const roots = [document];
  for (const root of roots)
    for (const node of root.querySelectorAll("*")) if (node.shadowRoot) roots.push(node.shadowRoot);
  const seen = roots.flatMap((root) => [...root.querySelectorAll(css)])
    .filter((node) => node.getClientRects().length && node.textContent.trim());
  if (seen.length < count) return 0;
  const since = (window.benchPainted ??= {});
  if (since[css]) return performance.now();
  since[css] = true;
  return 0;
}"""
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
    """A page to visit. `text` (CSS) is what must be readable, `charts` is how many it draws.

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
        text_s = _painted_s(page, sight.text, 1)
        charts_s = _painted_s(page, CHARTS, sight.charts) if sight.charts else text_s
        page.wait_for_timeout(SETTLE_MS)
        return Visit(text_s, charts_s, meter.bytes / 1e6, meter.requests)
    finally:
        context.close()


def _sign_in(context: BrowserContext, sight: Sight) -> None:
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(sight.url))
    pairs = [pair.split("=", 1) for pair in sight.cookie.split("; ") if pair]
    context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in pairs])


def _painted_s(page: Page, css: str, count: int) -> float:
    """Seconds since the navigation began until that many were painted, by the browser's clock."""
    found = page.wait_for_function(PAINTED, arg=[css, count], polling="raf")
    return float(found.json_value()) / 1000


def _conditions(line: Line) -> dict[str, Any]:
    bytes_per_s = line.megabits * 1e6 / 8
    return {
        "offline": False,
        "latency": line.latency_ms,
        "downloadThroughput": bytes_per_s,
        "uploadThroughput": bytes_per_s,
    }
