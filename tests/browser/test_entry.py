"""An officer of สถอ. ธาตุพนม fills and hands in both forms; the province returns one field."""

from io import BytesIO
from itertools import pairwise

import openpyxl
from playwright.sync_api import expect

from data_layer.clock import now
from data_layer.forms import Field, Kind, begin, evaluate, read_answers, walk
from pages.components.thai_date import MONTHS
from tests.browser.entering import chosen, pick_now, step, type_and_leave, write
from tests.browser.line import slow_line
from tests.browser.telling import numbers_on_page
from tests.filled_forms import GOOD, TAO, form_named

TOWN, NAME = "05480501", "ทต.ธาตุพนม"  # nobody has begun it in the demo
QUIET, FILLED_IN_EXCEL = "06480504", "06480503"  # nor these
STAFF_COUNT = "จำนวนบุคลากร (คน)"
OF_A_TOWN = {"survey": {"community_count": 5}, "readiness": {"constituency_count": 2}}
FACTS = TAO | {"code": TOWN, "name": NAME, "kind": "tambon_municipality"}
NOW = now()
STATES = ("none", "draft", "returned", "submitted", "approved")
PAGES = {"survey": "enter_survey", "readiness": "enter_readiness"}
QUICKLY = {
    "village_count": "12",
    "population_male": "3,000",
    "population_female": "3,100",
    "households": "1,800",
}


def test_both_forms_from_the_first_field_to_approval(come):
    officer = come("officer")
    province = come("province")
    before = {name: numbers(province, name) for name in PAGES}

    for name, page in PAGES.items():
        officer.open(f"/{page}?authority={TOWN}")
        fill(officer, name, GOOD[name] | OF_A_TOWN[name], cut_at="staff_count")
        hand_in(officer)
        assert numbers(province, name) == moved(before[name], "none", "submitted")

    province.open(f"/review?form=survey&authority={TOWN}")
    send_back(province, "จำนวนครัวเรือน", "สูงกว่าปีก่อนมาก")
    assert numbers(province, "survey") == moved(before["survey"], "none", "returned")

    officer.open("/home").reads("ถูกส่งกลับให้แก้ไข")
    officer.open(f"/enter_survey?authority={TOWN}").reads("สูงกว่าปีก่อนมาก")
    step(officer, "survey", "area_and_people")
    put(officer, "survey", form_named("survey").fields["households"], 1700)
    hand_in(officer)

    province.open(f"/review?form=survey&authority={TOWN}").reads("1,700")
    province.press("review.approve").reads(f"ตรวจผ่าน {NAME} แล้ว")
    assert numbers(province, "survey") == moved(before["survey"], "none", "approved")
    officer.open(f"/enter_survey?authority={TOWN}").reads("ตรวจผ่านแล้ว")


def test_who_types_faster_than_the_server_answers_loses_nothing(come):
    officer = come("officer")
    officer.open(f"/enter_survey?authority={QUIET}")
    step(officer, "survey", "area_and_people")

    for name, text in QUICKLY.items():  # no wait between them: each run is cut off by the next
        officer.type(f"survey.{name}", text).field(f"survey.{name}").press("Tab")

    officer.reads("บันทึกร่างแล้ว").page.wait_for_timeout(1500)
    again = officer.settled().another_tab().open(f"/enter_survey?authority={QUIET}")
    step(again, "survey", "area_and_people")
    for name, text in QUICKLY.items():
        expect(again.field(f"survey.{name}")).to_have_value(text)


def test_a_link_of_the_menu_right_after_typing_leads_on_and_what_was_typed_is_kept(come):
    officer = come("officer")
    officer.open(f"/enter_survey?authority={QUIET}&step=area_and_people")
    officer.type("survey.households", "1234")
    home = officer.page.get_by_role("link", name="หน้าแรก").bounding_box()

    officer.page.mouse.click(home["x"] + 40, home["y"] + 10)  # no time between down and up: a tap

    officer.headed("สวัสดี")
    again = officer.open(f"/enter_survey?authority={QUIET}&step=area_and_people")
    expect(again.field("survey.households")).to_have_value("1,234")


def test_who_closes_the_tab_in_the_middle_of_a_word_is_asked_and_finds_it_kept(come):
    officer = come("officer")
    officer.open(f"/enter_survey?authority={QUIET}&step=contact")
    write(officer, "survey.website", "example.go.th")
    officer.page.once("dialog", lambda asked: asked.dismiss())

    with officer.page.expect_event("dialog"):
        officer.page.evaluate("setTimeout(() => location.reload())")

    officer.reads("บันทึกร่างแล้ว")
    again = officer.another_tab().open(f"/enter_survey?authority={QUIET}&step=contact")
    expect(again.field("survey.website")).to_have_value("example.go.th")


def test_the_menu_leads_from_a_record_back_to_the_list(come):
    officer = come("officer").open(f"/enter_survey?authority={QUIET}")
    expect(officer.page.get_by_role("row")).to_have_count(0)

    officer.follow("สำรวจข้อมูลพื้นฐาน")

    expect(officer.page.get_by_role("row", name=QUIET)).to_be_visible()
    assert "authority" not in officer.page.url


def test_who_goes_on_before_the_server_answers_loses_neither_a_choice_nor_a_word(
    entry_server, come
):
    officer = come("officer")
    officer.open(f"/enter_readiness?authority={QUIET}&step=preparation")
    with entry_server.held():
        pick_now(officer, "readiness.application_place_ready", "ใช่")  # brings a field above
        officer.page.wait_for_timeout(300)
        pick_now(officer, "readiness.security_plan", "ใช่")
        pick_now(officer, "readiness.backup_power_plan", "ไม่ใช่")
        write(officer, "readiness.counting_place", "ศาลา")
    officer.page.wait_for_timeout(1000)
    expect(officer.settled().field("readiness.counting_place")).to_have_value("ศาลา")
    expect(chosen(officer, "readiness.security_plan")).to_have_text("ใช่")
    expect(chosen(officer, "readiness.backup_power_plan")).to_have_text("ไม่ใช่")

    admin = come("sso_admin").open(f"/officials?authority={QUIET}")
    admin.press("officials.add").at("officials.last_name").wait_for()
    admin.settled()  # while the server is held no run comes to its end
    with entry_server.held():
        admin.choose("officials.post", "สมาชิกสภา")  # brings the constituency above
        write(admin, "officials.last_name", "ตัวอย่าง")
    admin.at("officials.constituency").wait_for()
    expect(admin.settled().field("officials.last_name")).to_have_value("ตัวอย่าง")


def test_over_a_slow_line_the_step_that_was_clicked_stays_open(entry_server, come):
    with slow_line(entry_server.url, delay_s=0.2) as line:
        officer = come("officer", line.url).open(f"/enter_survey?authority={QUIET}&step=register")
        pick_now(officer, "survey.size", "กลาง")  # the step is complete now, its mark is another
        officer.page.wait_for_timeout(100)  # the answer is on its way
        step(officer, "survey", "contact")
        officer.page.wait_for_timeout(600)
        type_and_leave(officer, "survey.phone", "042511234")
        officer.page.wait_for_timeout(1500)
        expect(officer.settled().field("survey.phone")).to_have_value("042511234")
        expect(current(officer)).to_contain_text("ที่ตั้งและการติดต่อ")


def test_the_way_on_shows_the_heading_of_the_next_step(come):
    officer = come("officer")
    for group, following in pairwise(("terms", "seats", "units", "staff")):
        officer.open(f"/enter_readiness?authority={QUIET}&step={group}").press("entry.next")
        title = str(form_named("readiness").items[following].label)
        expect(officer.page.locator("h3", has_text=title)).to_be_in_viewport(ratio=1)


def test_a_template_filled_in_excel_comes_back_and_a_file_too_large_is_said_so(come, tmp_path):
    officer = come("officer").open("/enter_survey")
    officer.at("entry.view").locator("button", has_text="Excel").click()
    book = openpyxl.load_workbook(BytesIO(officer.settled().download("entry.template")))
    row_of(book, FILLED_IN_EXCEL)[STAFF_COUNT].value = "๔๒"
    book.save(tmp_path / "filled.xlsx")
    (tmp_path / "large.xlsx").write_bytes(b"0" * 11_000_000)

    upload(officer, tmp_path / "large.xlsx")
    expect(officer.page.locator('[data-testid="stFileChip"][aria-invalid="true"]')).to_be_visible()
    assert "ใหญ่เกินกำหนด" in said_below(officer.at("entry.upload").locator(".stFileUploader"))
    upload(officer.open("/enter_survey"), tmp_path / "filled.xlsx")
    officer.press("entry.upload.take").reads("นำเข้าแล้ว เปลี่ยนแปลง 1 รายการ")

    officer.open(f"/enter_survey?authority={FILLED_IN_EXCEL}&step=staff")
    expect(officer.field("survey.staff_count")).to_have_value("42")


def row_of(book, code):
    """The cells of an authority in the template, by the name of their column."""
    sheet = book["กรอกข้อมูล"]
    heads = [cell.value for cell in sheet[3]]
    found = next(row for row in sheet.iter_rows(min_row=5) if row[0].value == code)
    return dict(zip(heads, found, strict=True))


def said_below(element):
    """The words that layout.css writes below an element."""
    return element.evaluate("element => getComputedStyle(element, '::after').content")


def upload(person, file):
    person.at("entry.view").locator("button", has_text="Excel").click()
    person.settled().at("entry.upload").locator("input[type=file]").set_input_files(str(file))


def numbers(person, form):
    """What the province's progress page says, by state."""
    person.open(f"/progress?form={form}").reads("ต้องกรอก")
    return numbers_on_page(person, STATES)


def moved(before, out_of, into):
    """The numbers after one record went from a state into another."""
    return before | {out_of: before[out_of] - 1, into: before[into] + 1}


def fill(person, name, answers, *, cut_at):
    """Type all answers in the order of the form; at one field the line is cut for a moment."""
    form = form_named(name)
    relevant = evaluate(form, begin_with(form, answers), now=NOW, facts=FACTS).relevant
    for group in form.children:
        fields = [item for item in walk((group,)) if isinstance(item, Field)]
        given = [field for field in fields if field.name in answers and field.is_answerable]
        asked = [field for field in given if relevant[field.name]]
        if not asked:
            continue
        step(person, name, group.name)
        for field in asked:
            person.at(f"{name}.{field.name}.field").wait_for()
            put(person, name, field, answers[field.name])
            if field.name == cut_at:
                cut_the_line(person)
                expect(person.field(f"{name}.{field.name}")).to_have_value(str(answers[field.name]))


def begin_with(form, answers):
    """The answers as the form keeps them."""
    kept, problems = read_answers(form, answers)
    assert problems == {}
    return begin(form, kept, now=NOW, facts=FACTS)


def put(person, name, field, answer):
    """Type one answer and leave the field, as people do."""
    key = f"{name}.{field.name}"
    match field.kind:
        case Kind.DATE:
            year, month, day = map(int, str(answer).split("-"))
            choose_exactly(person, f"{key}.day", str(day))
            choose_exactly(person, f"{key}.month", MONTHS[month - 1])
            choose_exactly(person, f"{key}.year", str(year + 543))
        case Kind.SELECT_ONE:
            pick(person, key, field.labels[answer])
        case Kind.SELECT_MULTIPLE:
            for choice in answer:
                pick(person, key, field.labels[choice])
        case Kind.GEOPOINT:
            latitude, longitude = str(answer).split()
            type_and_leave(person, f"{key}.lat", latitude)
            type_and_leave(person, f"{key}.lon", longitude)
        case _:
            type_and_leave(person, key, str(answer))


def choose_exactly(person, key, option):
    person.field(key).click()
    person.field(key).fill(option)
    person.page.get_by_role("option", name=option, exact=True).first.click()
    person.settled()


def pick(person, key, label):
    pick_now(person, key, label)
    person.settled()


def current(person):
    """The step that is marked."""
    return person.at("entry.steps").locator("button[aria-current=step]")


def cut_the_line(person):
    """The connection is gone, then it is back; nothing that was typed before is lost."""
    person.context.set_offline(True)
    person.page.wait_for_timeout(1500)
    person.context.set_offline(False)
    person.page.reload()
    person.settled()


def hand_in(person):
    person.press("entry.submit").reads("ส่งแล้ว จังหวัดจะตรวจ")
    person.settled()


def send_back(person, label, reason):
    person.at("review.noted").locator("label").click()  # all fields, not only the unusual ones
    person.settled()
    person.page.get_by_role("button", name=label, exact=True).first.click()
    person.settled()
    person.type("review.reason.households", reason).field("review.reason.households").press("Tab")
    person.settled().press("review.return").reads("อำเภอเห็นที่หน้าแรกทันที")
    person.settled()
