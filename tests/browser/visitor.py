"""A person before a browser: opens pages, types into fields by their keys, reads."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

PATIENCE_MS = 20_000
WIDE = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
expect.set_options(timeout=PATIENCE_MS)


class Visitor:
    """One browser of one person, and the tab before it."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        context.set_default_timeout(PATIENCE_MS)
        self.page: Page = context.new_page()

    @classmethod
    def come(
        cls, browser: Browser, url: str, *, viewport: Mapping[str, int] = WIDE, **options: Any
    ) -> "Visitor":
        """A browser that has never been here."""
        context = browser.new_context(viewport=dict(viewport), locale="th-TH", **options)
        return cls(context, url)

    def another_tab(self) -> "Visitor":
        """One more tab of the same browser."""
        return Visitor(self.context, self.url)

    def open(self, path: str = "/") -> "Visitor":
        """Type an address; wait until the page stands."""
        self.page.goto(self.url + path, wait_until="commit")
        return self.settled()

    def settled(self) -> "Visitor":
        """Wait until the page is drawn and no run is under way."""
        self.page.locator("h1").first.wait_for()
        self.page.locator('[data-test-script-state="notRunning"]').wait_for(state="attached")
        # the script is over before the browser has the code that draws what it sent
        expect(self.page.locator('[data-testid="stSkeleton"], .table:empty')).to_have_count(0)
        return self

    def field(self, key: str) -> Locator:
        """The input of the widget with this key."""
        return self.at(key).locator("input, textarea").first

    def at(self, key: str) -> Locator:
        """The widget or container with this key."""
        return self.page.locator(f".st-key-{re.sub(r'[^a-zA-Z0-9_-]', '-', key)}")

    def type(self, key: str, text: str) -> "Visitor":
        """Type into a field."""
        self.field(key).fill(text)
        return self

    def choose(self, key: str, option: str) -> "Visitor":
        """Choose in a select by typing, as people do."""
        self.field(key).click()
        self.field(key).fill(option)
        self.page.locator('[role="option"]', has_text=option).first.click()
        return self

    def press(self, key: str) -> "Visitor":
        """Press the button with this key."""
        self.at(key).locator("button").first.click()
        return self

    def follow(self, title: str) -> "Visitor":
        """Follow a link of the menu or the page."""
        self.page.get_by_role("link", name=title).first.click()
        return self

    def reads(self, text: str | re.Pattern[str]) -> "Visitor":
        """Wait until this can be read."""
        expect(self.page.get_by_text(text).first).to_be_visible()
        return self

    def reads_not(self, text: str) -> "Visitor":
        """Wait until this can be read no more."""
        expect(self.page.get_by_text(text)).to_have_count(0)
        return self

    def headed(self, title: str) -> "Visitor":
        """Wait for the page with this title."""
        expect(self.page.locator("h1").first).to_contain_text(title)
        return self.settled()

    def sign_in(self, username: str, password: str) -> "Visitor":
        """Fill the sign-in form that stands there, and send it."""
        self.type("sign_in.username", username).type("sign_in.password", password)
        return self.press("sign_in.submit")

    def signed_in(self) -> "Visitor":
        """Wait until the way out is offered: somebody is in."""
        self.at("sign_out").wait_for()
        return self.settled()

    def sign_out(self) -> "Visitor":
        """Go, and wait for the sign-in page."""
        self.press("sign_out")
        return self.headed("เข้าสู่ระบบ")

    @property
    def text(self) -> str:
        """All words on the page."""
        return str(self.page.locator("body").inner_text())

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies, the hidden ones too."""
        return {cookie["name"]: cookie["value"] for cookie in self.context.cookies()}

    def download(self, key: str) -> bytes:
        """Press a download button; the file."""
        with self.page.expect_download() as coming:
            self.press(key)
        return coming.value.path().read_bytes()
