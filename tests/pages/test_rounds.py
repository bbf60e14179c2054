"""pages/rounds.py: the centre plans, the province reads."""

import io
from datetime import date

import openpyxl
import pytest

from data_layer.forms import download, open_form
from data_layer.models import RecordState
from data_layer.services import form_versions, rounds
from tests import people
from tests.pages.reading import errors, keys, open_step, rows, words
from tests.people import ADMIN, CENTRAL, OFFICER, PROVINCE
from tests.rounds import NAMES, TAO, TOWN, filled, key, opened, plan, stand, submitted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def type_round(at, key="round", code="2570"):
    at.text_input(key=f"{key}.code").set_value(code)
    at.text_input(key=f"{key}.title").set_value("รอบปีหน้า")
    for name, day in (("opens_on", date(2026, 12, 1)), ("due_on", date(2026, 12, 31))):
        at.selectbox(key=f"{key}.{name}.day").set_value(day.day)
        at.selectbox(key=f"{key}.{name}.month").set_value(day.month)
        at.selectbox(key=f"{key}.{name}.year").set_value(day.year)
    return at.button(key=f"{key}.submit").click().run()


def keys_of(at):
    return [each.key for each in (*at.button, *at.text_input) if each.key]


def test_without_a_round_the_page_says_what_comes_next(open_page):
    at = open_page("rounds.py", PROVINCE)

    assert any("ยังไม่มีรอบ" in each.value for each in at.markdown)
    assert "round.submit" not in keys_of(at)


def test_what_is_wrong_is_said_and_what_was_typed_stays(open_page):
    at = open_page("rounds.py", CENTRAL)

    at = type_round(at, code="70")

    assert at.error[0].value.startswith("ยังบันทึกไม่ได้")
    assert any("ปี พ.ศ. 4 หลัก" in each.value for each in at.markdown)
    assert at.text_input(key="round.title").value == "รอบปีหน้า"
    assert rounds.list_rounds(people.actor(CENTRAL)) == []


def test_what_is_wrong_is_said_below_its_own_field(open_page):
    at = type_round(open_page("rounds.py", CENTRAL), code="70")

    (column,) = [
        each for each in at.columns if "round.code" in {field.key for field in each.text_input}
    ]
    assert ["ปี พ.ศ. 4 หลัก" in each.value for each in column.markdown] == [True]


def test_the_centre_plans_a_round_that_the_province_sees(open_page):
    at = type_round(open_page("rounds.py", CENTRAL))

    assert not at.exception
    assert "2570" in at.success[0].value
    seen = open_page("rounds.py", PROVINCE)
    assert any("ยังไม่เปิด" in each.value for each in seen.markdown)
    assert "round.2570.submit" not in keys_of(seen)


def ask_more_time(at, office):
    at.text_input(key="round.2569.extend.office").set_value(office)
    at.text_input(key="round.2569.extend.reason").set_value("น้ำท่วม")
    for part, value in (("day", 24), ("month", 12), ("year", 2026)):
        at.selectbox(key=f"round.2569.extend.until.{part}").set_value(value)
    return at.button(key="round.2569.extend.submit").click().run()


def test_more_time_is_given_from_the_page(open_page):
    plan()

    at = ask_more_time(open_page("rounds.py", CENTRAL), "๔๘๐๕")

    assert not at.exception
    assert any("สถอ.ธาตุพนม" in each.value for each in at.caption)
    assert at.text_input(key="round.2569.extend.again1.office").value == ""  # for the next one


def extend(office, until=date(2026, 12, 24)):
    rounds.extend(people.actor(CENTRAL), "2569", office, until, "น้ำท่วม")


def test_who_got_more_time_reads_the_own_day_and_the_list_marks_it(open_page):
    stand()
    extend(TAO)

    at = open_page("enter_survey.py", OFFICER)
    assert [row[-1] for row in rows(at, "entry.list")] == ["–", "24 ธ.ค. 2569 16:30 น."]
    assert "ครบกำหนด 30 พ.ย." in words(at)

    at = at.selectbox(key="entry.authority").set_value(TAO).run()
    assert "เปิดรับ] ครบกำหนด 24 ธ.ค. 2569 16:30 น." in words(at)
    assert "อปท. นี้แล้ว เดิมครบกำหนด 30 พ.ย. 2569" in words(at)
    at = at.selectbox(key="entry.authority").set_value(TOWN).run()
    assert "เปิดรับ] ครบกำหนด 30 พ.ย." in words(at)
    assert "ขยายเวลา" not in words(at)


def test_more_time_that_is_given_anew_shows_what_stood_before(open_page):
    stand()
    extend(TAO)
    extend(TAO, date(2026, 12, 28))

    text = words(open_page("rounds.py", CENTRAL))

    assert "ขยายถึง 28 ธันวาคม 2569 เพราะ น้ำท่วม  \nเดิม ขยายถึง 24 ธันวาคม 2569 เพราะ น้ำท่วม" in text


def test_of_the_own_day_and_that_of_the_district_the_page_says_which_counts(open_page):
    stand()
    extend(TAO)
    extend(TOWN, date(2026, 12, 31))
    extend("4805", date(2026, 12, 28))

    text = words(open_page("rounds.py", CENTRAL))

    assert text.count("แต่นับตามอำเภอ") == 1
    assert "ขยายถึง 24 ธันวาคม 2569 เพราะ น้ำท่วม แต่นับตามอำเภอ ซึ่งได้ถึง 28 ธันวาคม 2569" in text


def test_the_list_of_who_has_not_handed_in_says_who_has_more_time_and_until_when(open_page):
    stand()
    extend(TAO)

    shown = {row[0]: row[-1] for row in rows(open_page("progress.py", PROVINCE), "not_done.list")}

    assert shown[NAMES[TAO]] == "24 ธ.ค. 2569 16:30 น."
    assert shown[NAMES[TOWN]] == "–"


def test_once_the_round_is_due_the_home_page_says_until_when_it_still_takes_what_is_late(
    open_page, clock
):
    stand()
    assert "ยังไม่ส่ง 2 แห่ง ครบกำหนด 30 พ.ย. 2569 16:30 น." in words(open_page("home.py", OFFICER))

    clock.forward(days=8)

    assert "ยังไม่ส่ง 2 แห่ง เลยกำหนดแล้ว รับส่งช้าถึง 10 ธ.ค. 2569 16:30 น." in words(
        open_page("home.py", OFFICER)
    )


def test_in_the_last_minute_the_countdown_does_not_say_nothing_is_left(open_page, clock):
    stand(due=date(2026, 11, 23))
    clock.forward(hours=5, minutes=29, seconds=20)

    assert "(อีกไม่ถึง 1 นาที)" in words(open_page("rounds.py", PROVINCE))


def test_after_the_round_who_has_more_time_is_told_so_on_the_home_page(open_page, clock):
    stand()
    extend("4805")
    extend(TOWN, date(2026, 12, 18))
    clock.forward(days=22)

    text = words(open_page("home.py", OFFICER))

    assert "แบบสำรวจข้อมูลพื้นฐาน ยังไม่ส่ง 2 แห่ง รอบปิดรับแล้ว" in text
    assert "ในนี้ขยายเวลาแล้ว 2 แห่ง" in text
    assert "ขยายเวลาให้] 2 อปท." in words(open_page("enter_survey.py", OFFICER))
    clock.forward(days=12)
    assert "ยังไม่ส่ง" not in words(open_page("home.py", OFFICER))
    assert "ขยายเวลาให้" not in words(open_page("enter_survey.py", OFFICER))


@pytest.fixture
def shut_meanwhile(open_page, clock):
    """The step "staff" of a full draft, opened shortly before the round closed; it has closed."""
    stand(due=date(2026, 11, 23), grace_days=0)
    filled()
    clock.forward(hours=5, minutes=20)
    at = open_step(open_page("enter_survey.py", OFFICER, authority=TAO), "staff")
    clock.forward(minutes=15)
    return at


def test_who_hands_in_when_the_round_has_just_closed_reads_that_it_did_not_count(shut_meanwhile):
    at = shut_meanwhile.button(key="entry.submit").click().run()

    assert "แบบนี้ยังไม่ได้ส่ง และรอบปิดรับแล้ว" in errors(at)[0]
    assert opened().state is RecordState.DRAFT


def test_who_typed_when_the_round_has_just_closed_reads_that_it_was_not_kept(shut_meanwhile):
    at = shut_meanwhile.text_input(key="survey.staff_count").set_value("99").run()

    assert "“จำนวนบุคลากร (คน)” ไม่ถูกบันทึก: รอบ 2569 ปิดรับแล้ว" in at.warning[0].value
    assert opened().answers["staff_count"] == 45


def test_the_way_on_leads_only_to_who_can_still_hand_in(open_page, clock):
    stand()
    submitted()
    after = lambda: keys(open_page("enter_survey.py", OFFICER, authority=TAO), "button")  # noqa: E731
    assert "entry.next_authority" in after()

    clock.forward(days=22)
    at = open_page("enter_survey.py", OFFICER, authority=TAO)
    assert "entry.next_authority" not in keys(at, "button")
    assert "ส่งครบทุกแห่งแล้ว" not in words(at)
    locked = words(at.selectbox(key="entry.authority").set_value(TOWN).run())
    assert "ยังไม่มีใครกรอก" in locked
    assert "พิมพ์แล้วระบบบันทึก" not in locked

    extend(TOWN)
    assert "entry.next_authority" in after()


TRIED = """
| survey   |               |        |       |                |
|          | type          | name   | label | relevant       |
|          | begin_group   | one    | หนึ่ง  |                |
|          | integer       | a      | จำนวน  |                |
|          | text          | b      | เพราะ  | ${a} > 10      |
|          | end_group     |        |       |                |
|          | begin_repeat  | people | คน    |                |
|          | begin_group   | who    | ใคร   |                |
|          | text          | name_  | ชื่อ   |                |
|          | end_group     |        |       |                |
|          | end_repeat    |        |       |                |
| settings |         |
|          | form_id |
|          | survey  |
"""


def removable(at):
    return [key for key in keys_of(at) if key.endswith("].remove")]


def choose_form(at, content):
    """The file is chosen for the only round that stands."""
    at.file_uploader[0].set_value(("survey.xlsx", content, XLSX))
    return at.run()


def test_a_form_that_was_taken_is_not_compared_with_itself(open_page):
    plan()
    at = open_page("rounds.py", CENTRAL)
    at = choose_form(at, download(open_form(TRIED.encode(), "survey.md")))

    at = at.button(key="round.2569.form.take").click().run()

    assert "ฉบับที่ 2 แล้ว" in at.success[0].value
    assert errors(at) == []
    assert at.file_uploader[0].value is None


def test_a_new_form_is_tried_as_it_will_look_and_nothing_is_kept(open_page):
    plan()
    content = download(open_form(TRIED.encode(), "survey.md"))
    at = open_page("rounds.py", CENTRAL)
    at = choose_form(at, content)

    at = at.button(key="round.2569.form.trial").click().run()

    assert not at.exception
    assert "trial.b" not in keys_of(at)
    at = at.text_input(key="trial.a").set_value("๑๑").run()
    assert "trial.b" in keys_of(at)
    at = at.text_input(key="trial.a").set_value("สิบ").run()
    assert any("ไม่ใช่ตัวเลข" in each.value for each in at.markdown)
    at = open_step(at, "people", "round.trial.steps")
    at = at.button(key="trial.people.add").click().run()
    at = at.text_input(key="trial.people[1]/name_").set_value("ก").run()
    assert not at.exception
    before = removable(at)
    at = at.button(key="trial.people[1].remove").click().run()
    assert removable(at) == before[:-1]
    assert [each.number for each in form_versions.versions(people.actor(CENTRAL))] == [1, 1]


def test_a_form_on_trial_has_the_rows_that_its_count_says(open_page):
    plan()
    counted = TRIED.replace("| relevant       |", "| relevant | repeat_count |").replace(
        "| คน    |                |", "| คน | | ${a} |"
    )
    at = open_page("rounds.py", CENTRAL)
    content = download(open_form(counted.encode(), "survey.md"))
    at = choose_form(at, content).button(key="round.2569.form.trial").click().run()

    at = at.text_input(key="trial.a").set_value("2").run()
    at = open_step(at, "people", "round.trial.steps")

    assert {"trial.people[1]/name_", "trial.people[2]/name_"} <= set(keys_of(at))
    assert "trial.people.add" not in keys_of(at)


def test_a_form_that_cannot_be_used_is_refused_with_sheet_and_row(open_page):
    plan()
    content = download(open_form(TRIED.encode(), "survey.md"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["survey"]["A3"] = "barcode"
    broken = io.BytesIO()
    book.save(broken)
    at = open_page("rounds.py", CENTRAL)

    at = choose_form(at, broken.getvalue())

    assert "1 จุดที่ต้องแก้ไข" in at.error[0].value
    (row,) = rows(at, "round.2569.form.problems")
    assert row[:3] == ["survey", "3", "type"]
    assert "barcode" in row[3]
    assert "round.2569.form.take" not in keys_of(at)


def test_every_version_of_a_form_can_be_downloaded(open_page):
    plan()

    at = open_page("rounds.py", PROVINCE)

    found = {each.key for each in at.get("download_button")}
    assert {"form.survey.1.xlsx", "form.readiness.1.xlsx"} <= found


def second_round():
    """Both rounds are open; the second one opened later."""
    stand()
    plan(code="2570", opens=date(2026, 11, 20), due=date(2026, 12, 20))


@pytest.mark.parametrize("page", ["enter_survey.py", "enter_readiness.py", "review.py"])
def test_of_one_round_alone_nobody_is_asked_and_of_several_each_can_be_reached(page, open_page):
    stand()
    who = PROVINCE if page == "review.py" else ADMIN
    assert "entry.round" not in keys(open_page(page, who), "selectbox")
    plan(code="2570", opens=date(2026, 11, 20), due=date(2026, 12, 20))
    at = open_page(page, who)
    assert "**รอบ 2570**" in words(at)

    at = at.selectbox(key="entry.round").set_value("2569").run()

    assert not at.exception
    assert at.query_params["round"] == "2569"
    assert "**รอบ 2569**" in words(at)
    at = at.selectbox(key="entry.authority").set_value(TAO).run()
    assert "**รอบ 2569**" in words(at)


def test_what_is_typed_in_the_older_of_two_open_rounds_stays_there(open_page):
    second_round()
    at = open_page("enter_survey.py", OFFICER, round="2569", authority=TAO, step="staff")

    at.text_input(key="survey.staff_count").set_value("45").run()

    assert opened(at=key(round_code="2569")).answers["staff_count"] == 45
    assert "staff_count" not in opened(at=key(round_code="2570")).answers


def test_home_tells_the_tasks_of_every_open_round_and_leads_there(open_page, clock):
    second_round()

    at = open_page("home.py", OFFICER)

    assert "แบบสำรวจข้อมูลพื้นฐาน รอบ 2569 ยังไม่ส่ง 2 แห่ง" in words(at)
    assert "แบบสำรวจข้อมูลพื้นฐาน รอบ 2570 ยังไม่ส่ง 2 แห่ง" in words(at)
    links = {link.proto.page: link.proto.query_string for link in at.main.get("page_link")}
    assert "round=2569" in links["enter_survey"]
    clock.forward(days=20)
    assert "แบบสำรวจข้อมูลพื้นฐาน ยังไม่ส่ง 2 แห่ง" in words(open_page("home.py", OFFICER))


def test_a_round_that_is_over_but_for_one_authority_still_goes_on(open_page, clock):
    second_round()
    extend(TAO, date(2027, 1, 10))
    clock.forward(days=20)

    assert "รอบ 2569 ยังไม่ส่ง 1 แห่ง" in words(open_page("home.py", OFFICER))


def test_who_has_handed_in_goes_on_to_the_next_authority(open_page):
    stand()
    submitted()
    at = open_page("enter_survey.py", OFFICER, authority=TAO)

    at = at.button(key="entry.next_authority").click().run()

    assert not at.exception
    assert at.selectbox(key="entry.authority").value == TOWN
    assert at.query_params["authority"] == TOWN
    assert "entry.submit" in keys(at, "button")


def test_a_mistyped_code_is_said_to_be_none_and_what_a_code_looks_like(open_page):
    plan()

    at = ask_more_time(open_page("rounds.py", CENTRAL), "48O5")

    assert "รหัส “48O5” ไม่ใช่หน่วยงานที่ต้องกรอกในรอบ 2569" in at.error[0].value
