"""The line is cut, or the server dies, while a form is filled in: what was typed is not lost."""

import pytest
from playwright.sync_api import expect

from tests.browser import talking
from tests.browser.entering import chosen, pick_now, step, type_and_leave, write
from tests.browser.line import slow_line
from tests.browser.serving import serve

HERE = "/enter_survey?authority=06480504"  # which nobody has begun in the demo
CONTACT = f"{HERE}&step=contact"
GONE = "ขาดการติดต่อกับระบบ"
WHEN = {
    "it is gone": "() => setTimeout(() => location.reload())",
    # the fields are open again, and what was lost is about to be said
    "it is back": """() => {
      const fields = document.querySelector(".st-key-entry-fields");
      const isClosed = () => fields.querySelector("input").disabled || fields.inert;
      const look = () => { if (isClosed()) setTimeout(look, 5); else location.reload(); };
      look();
    }""",
}


def at_the_contacts(visitor, server, role="officer"):
    """Somebody of the district in a record that nobody has begun, at the step of addresses."""
    person = visitor(url=server.url).open()
    person.sign_in(*server.installation.accounts[role]).signed_in()
    return person.open(CONTACT)


def again_at(installation, before):
    """The server started anew at the same address."""
    return serve(installation, port=int(before.url.rpartition(":")[2]))


@pytest.fixture
def unheard(fresh, visitor):
    """Who said a word to a server that died of it; the installation; how to start it anew there."""
    installation = fresh()
    with serve(installation) as before:
        officer = at_the_contacts(visitor, before)
        with before.held():
            officer.type("survey.website", "example.go.th").field("survey.website").press("Tab")
            before.process.kill()
        expect(officer.field("survey.website")).to_be_disabled()
    return officer, installation, lambda: again_at(installation, before)


def is_kept(person, text):
    """On the page of that person, and for whoever comes."""
    for each in (person, person.another_tab().open(CONTACT)):
        expect(each.field("survey.website")).to_have_value(text)


def test_a_server_started_anew_within_a_word_loses_neither_that_word_nor_the_next(fresh, visitor):
    installation = fresh()
    with serve(installation) as before:
        officer = at_the_contacts(visitor, before)
        write(officer, "survey.website", "example.go.th")
        before.process.kill()
        expect(officer.field("survey.website")).to_be_disabled()
    with again_at(installation, before):
        officer.reads("บันทึกร่างแล้ว").settled()
        officer.type("survey.phone", "042511234").field("survey.phone").press("Tab")
        officer.settled().page.wait_for_timeout(1500)

        again = officer.another_tab().open(CONTACT)
        for person in (officer, again):
            expect(person.field("survey.website")).to_have_value("example.go.th")
            expect(person.field("survey.phone")).to_have_value("042511234")


def test_what_was_said_to_a_server_that_died_before_it_kept_it_is_said_again(unheard):
    officer, _, again = unheard
    with again():
        officer.reads("บันทึกร่างแล้ว").settled()

        is_kept(officer, "example.go.th")


def test_who_waits_for_the_line_reads_so_in_thai(unheard):
    officer, _, again = unheard
    english = officer.page.locator(".stDialog")

    officer.reads(GONE)
    expect(english).to_be_attached()
    expect(english).to_be_hidden()
    with again():
        officer.reads_not(GONE)


@pytest.mark.parametrize("when", WHEN)
def test_who_loads_the_page_anew_before_what_was_lost_is_said_is_asked(unheard, when):
    officer, _, again = unheard
    officer.page.on("dialog", lambda asked: asked.dismiss())

    with officer.page.expect_event("dialog"):
        officer.page.evaluate(WHEN[when])
        with again():
            officer.reads("บันทึกร่างแล้ว").settled().page.wait_for_timeout(1500)
            is_kept(officer, "example.go.th")


def test_the_steps_open_again_only_after_what_the_line_lost_was_said(unheard):
    officer, _, again = unheard
    closed = officer.page.locator(".st-key-entry-steps[inert]")
    expect(closed).to_be_attached()
    with again():
        expect(closed).to_have_count(0)
        step(officer, "survey", "staff")  # at once: what was said again comes first

        step(officer, "survey", "contact")
        expect(officer.field("survey.website")).to_have_value("example.go.th")


def test_what_is_said_again_does_not_overwrite_what_a_colleague_said_meanwhile(unheard, visitor):
    officer, installation, again = unheard
    with serve(installation) as elsewhere:
        colleague = at_the_contacts(visitor, elsewhere, "sso_admin")
        type_and_leave(colleague, "survey.website", "colleague.go.th")
        colleague.reads("บันทึกร่างแล้ว")
    with again():
        officer.reads("บันทึกร่างแล้ว").settled().page.wait_for_timeout(1500)

        is_kept(officer, "colleague.go.th")


def test_what_was_said_right_before_the_line_was_gone_is_kept(entry_server, come):
    officer = come("officer")
    cookie = "; ".join(f"{name}={value}" for name, value in officer.cookies.items())
    place = {"page": "enter_survey", "query": CONTACT.partition("?")[2]}
    for number in range(5):  # Streamlit stops most of such runs, not all
        with talking.opened(entry_server.url, cookie=cookie) as line:
            website = talking.run(line, **place).widgets["survey.website"]
            talking.say(line, **place, states={website: f"gone{number}.go.th"})

        officer.page.wait_for_timeout(500)
        officer.open(CONTACT)
        expect(officer.field("survey.website")).to_have_value(f"gone{number}.go.th")


def test_what_was_on_its_way_when_the_line_was_cut_is_said_again(entry_server, come):
    seen = come("officer")
    with slow_line(entry_server.url, delay_s=0.2) as line:
        officer = come("officer", url=line.url).open(CONTACT)
        for text in ("first.go.th", "second.go.th"):
            officer.settled().type("survey.website", text).field("survey.website").press("Tab")
            cut_off(officer, line)
            expect(seen.open(CONTACT).field("survey.website")).to_have_value(text)

        step(officer, "survey", "register")
        pick_now(officer, "survey.size", "กลาง")
        cut_off(officer, line)
        expect(chosen(seen.open(f"{HERE}&step=register"), "survey.size")).to_have_text("กลาง")


def cut_off(person, line):
    """Until the line is there again and the page has been run."""
    line.cut()
    fields = person.at("entry.fields").locator("input, button").first
    expect(fields).to_be_disabled()
    expect(fields).to_be_enabled()
    person.page.wait_for_timeout(2000)
