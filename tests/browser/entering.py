"""What an officer does in a form, from field to field."""

import re

from playwright.sync_api import expect

from tests.filled_forms import form_named


def step(person, form, group):
    """Go to a step of the form."""
    title = str(form_named(form).items[group].label)
    person.at("entry.steps").locator("button", has_text=title).click()
    expect(person.page.locator("h3", has_text=title).first).to_be_visible()
    return person.settled()


def type_and_leave(person, key, text):
    person.type(key, text)
    person.field(key).press("Tab")
    person.settled()


def write(person, key, text):
    """Type into a field and stay in it."""
    person.field(key).click()
    person.page.keyboard.type(text)


def pick_now(person, key, label):
    """Click a choice, without waiting for anything."""
    whole = re.compile(f"^{re.escape(label)}$")
    person.at(key).locator("button").filter(has_text=whole).click()


def chosen(person, key):
    """The choice that is marked."""
    return person.at(key).locator("button[aria-checked=true]")
