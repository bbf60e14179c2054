"""Who leaves what is being filled in while the server is slow: no word is lost on the way."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.entering import step, type_and_leave, write
from tests.filled_forms import form_named

HERE, THERE = "06480504", "06480503"
CONTACT = f"/enter_survey?authority={HERE}&step=contact"
# as on a phone that has much to do: it hears of the whole run at once, and draws only its end
BUSY_ONCE_SENT = """() => {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...what) {
    send.apply(this, what);
    const until = performance.now() + 1500;
    while (performance.now() < until);
  };
}"""


@pytest.mark.parametrize("way", ["step", "next", "key"])
def test_nothing_can_be_typed_into_a_step_that_was_left(entry_server, come, way):
    officer = come("officer").open(CONTACT)
    stood = officer.field("survey.website").input_value()
    with entry_server.held():
        officer.type("survey.phone", "042511234")
        leave_step(officer, way)
        type_into_what_was_left(officer, stood)

    expect(officer.at("survey.website")).to_have_count(0)
    fields = officer.settled().at("entry.fields").locator("input:visible")
    fields.first.click()  # the new one is open
    step(officer, "survey", "contact")
    expect(officer.field("survey.phone")).to_have_value("042511234")
    step(officer, "survey", "contact")  # it stands already
    type_and_leave(officer, "survey.phone", "")


@pytest.mark.parametrize(
    ("way", "phone"),
    [("click", "042511001"), ("key", "042511002"), ("back", "042511003"), ("forward", "042511004")],
)
def test_nothing_can_be_typed_into_an_authority_that_was_left(entry_server, come, way, phone):
    officer = come("officer").open(CONTACT)
    left, other = (THERE, HERE) if way == "back" else (HERE, THERE)
    if way in {"back", "forward"}:
        officer.choose("entry.authority", THERE)
        stands(officer, THERE)
    if way == "forward":
        officer.page.go_back()
        stands(officer, HERE)
    stood = officer.settled().field("survey.website").input_value()
    with entry_server.held():
        officer.type("survey.phone", phone)  # and it is not left
        leave_authority(officer, way)
        officer.page.wait_for_timeout(1500)  # they stay closed as long as the server is held
        type_into_what_was_left(officer, stood)

    stands(officer, other)
    type_and_leave(officer.settled(), "survey.website", f"{way}.example.go.th")  # it is open
    officer.open(f"/enter_survey?authority={left}&step=contact")
    expect(officer.field("survey.phone")).to_have_value(phone)
    expect(officer.field("survey.website")).to_have_value(stood)


def test_nothing_can_be_typed_into_a_round_that_was_left(entry_server, come):
    officer = come("officer").open(CONTACT)
    stood = officer.field("survey.website").input_value()
    with entry_server.held():
        officer.type("survey.phone", "042511005")
        officer.choose("entry.round", "2562")
        type_into_what_was_left(officer, stood)

    expect(officer.at("survey.website")).to_have_count(0)


def test_who_chooses_in_a_filter_what_stands_already_goes_on_typing(come):
    officer = come("officer").open(CONTACT)
    type_and_leave(officer, "survey.website", "")

    officer.choose("entry.authority", HERE)
    write(officer, "survey.website", "example.go.th")  # the click waits until they are open

    expect(officer.field("survey.website")).to_have_value("example.go.th")


def test_a_step_whose_run_was_over_before_it_was_seen_is_open(come):
    officer = come("officer").open(CONTACT)
    officer.page.evaluate(BUSY_ONCE_SENT)

    leave_step(officer, "step")
    expect(officer.at("survey.website")).to_have_count(0)
    expect(officer.page.locator(".st-key-entry-fields[inert]")).to_have_count(0, timeout=5000)


def stands(officer, code):
    """The authority that the page and its address show."""
    expect(officer.page).to_have_url(re.compile(f"authority={code}"))
    expect(officer.field("entry.authority")).to_have_value(re.compile(code))


def type_into_what_was_left(officer, stood):
    """Its fields still stand: the server has not answered."""
    officer.field("survey.website").scroll_into_view_if_needed()
    place = officer.field("survey.website").bounding_box()
    officer.page.mouse.click(place["x"] + 40, place["y"] + 10)  # waits for nothing, as a hand
    officer.page.keyboard.type("lost")
    assert officer.field("survey.website").input_value() == stood


def leave_step(person, way):
    """Click or press what leads to another step, without waiting for it."""
    title = str(form_named("survey").items["staff"].label)
    other = person.at("entry.steps").locator("button", has_text=title)
    on = person.at("entry.next").locator("button")
    match way:
        case "step":
            other.click()
        case "next":
            on.click()
        case "key":
            other.press("Enter")


def leave_authority(officer, way):
    """Choose another one in the filter, or go through the browser's history."""
    before = officer.page.url
    match way:
        case "click":
            officer.choose("entry.authority", THERE)
        case "key":
            officer.type("entry.authority", THERE).field("entry.authority").press("Enter")
        case _:
            officer.page.evaluate(f"history.{way}()")
            expect(officer.page).not_to_have_url(before)
