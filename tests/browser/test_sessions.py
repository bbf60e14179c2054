"""Being signed in, over reloads, tabs, links and the way out."""

import pytest

from tests.browser import talking
from tests.browser.serving import free_port, serve
from tests.browser.tls import tls_before
from tests.browser.visitor import Visitor

SIGN_IN = "sign_in.username"


@pytest.fixture
def entered(visitor, server):
    """entered("province"): a browser of its own session, in which that person just signed in."""

    def come(role, path="/"):
        person = visitor()
        person.open(path).sign_in(*server.installation.accounts[role]).signed_in()
        return person

    return come


def test_a_reload_keeps_the_person_in_on_the_same_page(entered):
    person = entered("province").open("/province_dashboard").headed("จังหวัดนครพนม")

    person.page.reload()

    person.signed_in().headed("จังหวัดนครพนม")


def test_the_address_of_a_page_survives_the_sign_in(entered):
    person = entered("province", "/district_dashboard?district=4812")

    person.headed("สถอ.วังยาง")
    assert person.page.url.endswith("/district_dashboard?district=4812")


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_no_link_leads_from_the_sign_in_to_another_site(server, to):
    answer = server.get(f"/auth/finish?t=x&to={to}")

    assert answer.headers["location"] == "/"


def test_a01_after_signing_out_the_old_cookie_opens_nothing(entered, visitor, server):
    person = entered("viewer")
    old = person.context.cookies()
    header = "; ".join(f"{each['name']}={each['value']}" for each in old)
    assert talking.ask(server.url, cookie=header).says("sign_out")

    person.sign_out()

    assert "phrom_session" not in person.cookies
    thief = visitor()
    thief.context.add_cookies(old)
    thief.open("/account").headed("เข้าสู่ระบบ")
    assert talking.ask(server.url, cookie=header, page="account").says(SIGN_IN)


def test_a02_the_other_tab_is_out_at_its_next_act(entered):
    person = entered("province")
    other = person.another_tab().open("/registrations").headed("การลงทะเบียน")

    person.sign_out()
    other.page.get_by_role("button", name="ยืนยัน", exact=True).first.click()

    other.headed("เข้าสู่ระบบ").reads_not("รหัสใช้ครั้งเดียว")


def test_a05_the_cookie_is_out_of_reach_of_scripts(entered):
    person = entered("viewer")
    found = {each["name"]: each for each in person.context.cookies()}

    assert "phrom" not in person.page.evaluate("document.cookie")
    for name in ("phrom_session", "phrom_browser"):
        assert found[name]["httpOnly"]
        assert found[name]["sameSite"] == "Strict"


def test_a05_by_tls_the_cookie_is_secure_and_belongs_to_this_host_alone(browser, fresh, tmp_path):
    port = free_port()
    address = f"https://localhost:{port}"
    with serve(fresh(), PUBLIC_URL=address) as server, tls_before(server.url, port, tmp_path):
        person = Visitor.come(browser, address, ignore_https_errors=True)
        person.open().sign_in(*server.installation.accounts["viewer"]).signed_in()
        found = {each["name"]: each for each in person.context.cookies()}
        answer = person.page.reload()

        for name in ("__Host-phrom_session", "__Host-phrom_browser"):
            cookie = found[name]
            assert cookie["secure"]
            assert cookie["httpOnly"]
            assert cookie["sameSite"] == "Strict"
            assert (cookie["path"], cookie["domain"]) == ("/", "localhost")
        assert "phrom" not in person.page.evaluate("document.cookie")
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
        person.signed_in().sign_out()
        assert "__Host-phrom_session" not in person.cookies
        person.context.close()
