"""The two other ways an office can come in: as the letter says, and by a code of the province."""

from contextlib import contextmanager

from data_layer.demo import demo_citizen_id
from tests.browser.serving import serve
from tests.browser.test_ten_steps import INITIAL, PERSON
from tests.browser.visitor import Visitor

PASSWORD = "ปลาทูทอดกับน้ำพริกยามเย็น"  # of a made-up person
TWICE = "(button, pause) => { button.click(); setTimeout(() => button.click(), pause); }"


@contextmanager
def visiting(browser, server):
    """Somebody with a browser of its own."""
    person = Visitor.come(browser, server.url)
    yield person.open()
    person.context.close()


def fill(person, *, number=90_003):
    person.type("register.citizen_id", demo_citizen_id(number))
    person.choose("register.prefix", "นางสาว")
    for name, text in PERSON.items():
        person.type(f"register.{name}", text)
    person.type("register.password", PASSWORD)
    person.type("register.password_again", PASSWORD)


def register(person):
    fill(person)
    person.press("register.submit")


def test_as_the_letter_says_an_office_works_at_once_after_a_red_warning(browser, fresh):
    with serve(fresh(), ONBOARDING="letter") as server, visiting(browser, server) as office:
        office.sign_in("4807", INITIAL).headed("ลงทะเบียน สถอ.นาแก")
        office.reads("โดยไม่มีผู้ตรวจสอบ")

        register(office)

        office.headed("สวัสดี นางสาวกานดา").reads("สร้างผู้ใช้งานของหน่วยงาน")


def test_who_presses_save_twice_is_signed_in_all_the_same(browser, fresh):
    with serve(fresh()) as server:
        # the second press comes before the first is saved, and after it
        for number, (code, pause_ms) in enumerate({"4807": 0, "4810": 60, "4812": 200}.items()):
            with visiting(browser, server) as office:
                office.sign_in(code, INITIAL).headed("ลงทะเบียน สถอ.")
                fill(office, number=90_010 + number)

                office.at("register.submit").locator("button").evaluate(TWICE, pause_ms)

                office.headed("สวัสดี นางสาวกานดา").reads("รอจังหวัดยืนยัน")


def test_with_codes_123456_opens_nothing_and_the_slip_of_the_province_does(browser, fresh):
    with serve(fresh(), ONBOARDING="one-time-code") as server:
        with visiting(browser, server) as stranger:
            stranger.sign_in("4807", INITIAL).reads("เข้าสู่ระบบไม่ได้")
        with visiting(browser, server) as province:
            province.sign_in(*server.installation.accounts["province"]).signed_in()
            code = issue_code(province)
        with visiting(browser, server) as office:
            office.sign_in("4807", code).headed("ลงทะเบียน สถอ.นาแก")
            register(office)
            office.headed("สวัสดี นางสาวกานดา").reads("สร้างผู้ใช้งานของหน่วยงาน")


def issue_code(province):
    province.open("/registrations").page.get_by_role("tab", name="รหัสใช้ครั้งเดียว").click()
    province.choose("codes.offices", "นาแก")
    province.page.keyboard.press("Escape")
    province.press("codes.issue").reads("พิมพ์หน้านี้")
    return province.at("slip-4807").locator("code").inner_text().strip()
