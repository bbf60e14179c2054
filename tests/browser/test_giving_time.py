"""The centre gives more time to one after another, in the same tab of the round's card."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from data_layer import clock
from data_layer.thai import thai_date
from tests.browser.serving import serve
from tests.browser.visitor import Visitor

FORM = "round.2562.extend"  # of the round that is over


@pytest.fixture
def centre(browser, fresh):
    with serve(fresh()) as server:
        person = Visitor.come(browser, server.url)
        person.open("/rounds").sign_in(*server.installation.accounts["central"]).signed_in()
        yield person
        person.context.close()


def test_who_gave_more_time_finds_the_same_tab_and_an_empty_form(centre):
    centre.at("card.2562").get_by_role("tab", name="ขยายเวลา").click()
    centre.type(f"{FORM}.office", "4805").type(f"{FORM}.reason", "น้ำท่วม")
    until = thai_date(clock.today() + timedelta(days=7)).split()
    for part, word in zip(("day", "month", "year"), until, strict=True):
        centre.choose(f"{FORM}.until.{part}", word).settled()
        expect(centre.field(f"{FORM}.until.{part}")).to_have_value(word)

    centre.press(f"{FORM}.submit").reads("ขยายเวลาให้หน่วยงาน 4805 แล้ว")

    tab = centre.at("card.2562").get_by_role("tab", name="ขยายเวลา")
    expect(tab).to_have_attribute("aria-selected", "true")
    expect(centre.page.get_by_label("เหตุผล").last).to_have_value("")
