"""The register of executives and councillors comes back as a file, in one act or not at all."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import event, select

from data_layer import db
from data_layer.db import reading
from data_layer.exchange.reading import MissingColumns
from data_layer.models import AuditEntry, Official, Tenure
from data_layer.official_files import CODE, NAME, NUMBER, REASON, VERSION
from data_layer.rules.officials import LABELS
from data_layer.rules.rows import RowProblems
from data_layer.services import official_changes, official_files, officials
from data_layer.services.official_files import ADD, CHANGE, END
from tests import people
from tests import rounds as rounds_of_tests
from tests.official_files import file_of, new_row, out, preview, rows_in, take
from tests.officials import add, row, typed
from tests.people import ADMIN, PROVINCE
from tests.rounds import FOREIGN, OF_NA_WA, TAO, TOWN

LATER = date(2026, 6, 1)
LEFT = {LABELS["ended_on"]: "1 มิ.ย. 2569", LABELS["end_reason"]: "ลาออก"}
PHONE, ID, POST = LABELS["phone"], LABELS["citizen_id"], LABELS["post"]


@pytest.fixture(autouse=True)
def _stand(database, clock):
    rounds_of_tests.add_authorities()


def tenures():
    with reading() as session:
        return session.scalars(select(Tenure)).all()


def names(office=TOWN, person=ADMIN):
    return [each.name for each in officials.roster(people.actor(person), office).sitting]


def problems(found):
    return list(found.problems.itertuples(index=False, name=None))


def wrong_columns(content):
    return preview(content).problems["column"].tolist()


def changed(content, **cells):
    """The exported rows with the cells of the first one typed over."""
    first, *others = rows_in(content)
    return file_of(first | cells, *others)


def cells(**given):
    return {LABELS[name]: value for name, value in given.items()}


# what is refused


def test_a_formula_without_a_result_is_a_problem_of_its_row_and_column():
    book = openpyxl.load_workbook(BytesIO(file_of(new_row(1, office=TOWN))))
    sheet = book.active
    place = next(cell.column for cell in sheet[1] if cell.value == PHONE)
    sheet.cell(2, place).value = "=1+1"  # openpyxl stores no result with it
    content = BytesIO()
    book.save(content)

    [(row_, column, said)] = problems(preview(content.getvalue()))

    assert (row_, column) == (2, PHONE)
    assert "เป็นสูตรที่ไม่มีผลลัพธ์" in said


def test_f02_one_wrong_row_and_nothing_is_taken():
    content = file_of(
        new_row(1, office=TOWN),
        new_row(2, office=TOWN, first_name="John", constituency=None),
        new_row(3, office=FOREIGN),
    )

    found = preview(content)

    assert not found.is_ready
    assert [(number, column) for number, column, _ in problems(found)] == [
        (3, LABELS["first_name"]),
        (3, LABELS["constituency"]),
        (4, CODE),
    ]
    assert f"ไม่มี อปท. รหัส “{FOREIGN}” ในพื้นที่ของท่าน" in str(problems(found))
    with pytest.raises(RowProblems) as refused:
        take(content)
    assert "3 จุด" in str(refused.value)
    assert tenures() == []


def test_a_file_without_the_columns_is_refused_by_their_names():
    content = out().replace(b"", b"")
    book = openpyxl.load_workbook(BytesIO(content))
    book["ทะเบียน"].cell(1, 3).value = "เลข"
    saved = BytesIO()
    book.save(saved)

    with pytest.raises(MissingColumns, match=NUMBER):
        preview(saved.getvalue())


def test_a_name_that_is_not_that_of_the_code_tells_a_slip():
    assert wrong_columns(file_of(new_row(1, office=TOWN) | {NAME: "อบต.ฝั่งแดง"})) == [NAME]
    assert wrong_columns(file_of(new_row(1, office=f"{TOWN} อบต.ฝั่งแดง"))) == [CODE]
    assert preview(file_of(new_row(1, office=f"{TOWN[1:]} ทต.ธาตุพนม"))).is_ready


def test_an_entry_is_known_by_its_number_and_its_authority_only():
    tenure = add(1, office=TOWN)
    other = add(2, office=OF_NA_WA, person=PROVINCE)

    for given in (
        {NUMBER: other},
        {NUMBER: tenure + 1000},
        {NUMBER: "1e9"},
        {CODE: TAO, NAME: None},
    ):
        assert wrong_columns(changed(out(), **given)) == [NUMBER]


def test_a_masked_number_names_nobody_new():
    add(1, office=TOWN)
    (found,) = rows_in(out())

    assert wrong_columns(file_of(found | {NUMBER: None})) == [ID]
    assert wrong_columns(file_of(found | {ID: "1-xxxx-xxxxx-99-9"})) == [ID]
    assert preview(file_of(found | {ID: None})).unchanged == 1


def test_the_same_entry_twice_in_a_file_is_said_with_the_first_row():
    add(1, office=TOWN)
    (found,) = rows_in(out())

    assert "แถวที่ 2" in str(problems(preview(file_of(found, found))))
    twice = file_of(new_row(2, office=TOWN), new_row(2, office=TOWN))
    assert wrong_columns(twice) == [ID]


def test_hard_rules_refuse_a_row_and_soft_ones_ask_for_the_reason():
    hard = file_of(new_row(1, "mayor", office=TOWN), new_row(2, "mayor", office=TOWN))
    soft = new_row(1, office=TOWN, constituency=3)

    assert wrong_columns(hard) == [POST, POST]
    assert wrong_columns(file_of(soft)) == [LABELS["constituency"]]
    assert f"โปรดระบุเหตุผลในคอลัมน์ “{REASON}”" in str(problems(preview(file_of(soft))))

    take(file_of(soft | {REASON: "แบ่งเขตใหม่"}))

    (kept,) = tenures()
    assert kept.reasons == {"no_such_constituency": "แบ่งเขตใหม่"}


def test_an_old_reason_does_not_pass_what_is_found_anew():
    take(file_of(new_row(1, office=TOWN, constituency=3, reason="แบ่งเขตใหม่")))

    older = cells(is_resident="ไม่ใช่")

    assert wrong_columns(changed(out(), **older)) == [LABELS["is_resident"]]
    take(changed(out(), **older, **{REASON: "แบ่งเขตใหม่ รับรองแล้ว"}))
    assert set(tenures()[0].reasons) == {"no_such_constituency", "not_resident"}


def test_nobody_sits_in_two_authorities_of_one_file_or_of_the_country():
    add(1, office=OF_NA_WA, person=PROVINCE)

    assert "อบต.นาหว้า" in str(problems(preview(file_of(new_row(1, office=TOWN)))))
    both = preview(file_of(new_row(2, office=TOWN), new_row(2, office=TAO)))
    assert [number for number, _, _ in problems(both)] == [2, 3]
    assert "ทต.ธาตุพนม" in str(problems(both))


def test_too_many_are_counted_with_all_rows_of_the_file():
    mayor = new_row(1, "mayor", office=TOWN)
    deputies = [new_row(number, "deputy_mayor", office=TOWN) for number in (2, 3, 4)]

    assert preview(file_of(mayor, *deputies[:2])).is_ready
    assert wrong_columns(file_of(mayor, *deputies)) == [POST] * 3


def test_rows_of_one_person_that_contradict_each_other_are_refused():
    content = file_of(
        new_row(1, office=TOWN),
        new_row(1, "speaker", office=TOWN, first_name="คนละ", phone=""),
    )

    assert problems(preview(content)) == [
        (3, LABELS["first_name"], "ชื่อของผู้นี้ไม่ตรงกับแถวที่ 2 โปรดกรอกให้เหมือนกันทุกแถวของผู้นี้")
    ]


def test_d05_what_somebody_changed_after_the_download_is_not_overwritten():
    tenure = add(1, office=TOWN)
    content = changed(out(), **cells(affiliation="กลุ่มหนึ่ง"))
    seen = row(tenure, TOWN).version
    official_changes.change(
        people.actor(ADMIN), tenure, seen, {"affiliation": "กลุ่มสอง", "phone": ""}, {}
    )

    assert wrong_columns(content) == [VERSION]
    with pytest.raises(RowProblems):
        take(content)
    assert row(tenure, TOWN).affiliation == "กลุ่มสอง"


def test_a_number_is_corrected_unless_it_is_somebody_elses():
    add(1, office=TOWN)
    add(2, office=TOWN, constituency=2)

    assert wrong_columns(changed(out(), **{ID: typed(2)["citizen_id"]})) == [ID]
    assert preview(changed(out(), **{ID: typed(3)["citizen_id"]})).counts == {
        ADD: 0,
        CHANGE: 1,
        END: 0,
    }
    take(changed(out(), **{ID: typed(3)["citizen_id"]}))

    number = rows_in(out())[0][NUMBER]
    actor = people.actor(ADMIN)
    assert official_changes.reveal_citizen_id(actor, number) == typed(3)["citizen_id"]
    assert officials.history(actor, number).acts[0].changes == (ID,)


# what comes in


def test_a_council_comes_in_and_the_same_file_again_changes_nothing():
    rows = [
        new_row(5, "speaker", office=TOWN),  # before the own seat: the order does not matter
        new_row(1, "mayor", office=TOWN, reason="เหตุผลที่ไม่มีใครถาม"),
        *(new_row(number, office=TOWN, constituency=number % 2 + 1) for number in range(2, 14)),
    ]
    content = file_of(*rows)

    found = preview(content)
    assert found.is_ready
    assert found.counts == {ADD: 14, CHANGE: 0, END: 0}
    assert take(content) == {ADD: 14, CHANGE: 0, END: 0}
    assert take(content) == {ADD: 0, CHANGE: 0, END: 0}

    assert len(names()) == 14
    with reading() as session:
        assert len(session.scalars(select(Official.id)).all()) == 13
        acts = select(AuditEntry).where(AuditEntry.act == "official.import")
        first, second = (each.detail for each in session.scalars(acts))
    assert first == {"rows": 14, "added": 14, "changed": 0, "ended": 0}
    assert second == first | {"added": 0}


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_f04_an_export_brought_back_changes_nothing(form):
    add(1, "mayor", office=TOWN, votes=1250, order_number="=12/2568", affiliation="'กลุ่ม, ก")
    add(2, office=TAO, constituency=1, reasons={"x": "y"})
    add(3, office=TOWN, constituency=3, reasons={"no_such_constituency": "แบ่งเขตใหม่"})

    found = preview(out(form=form), name=f"a.{form}")

    assert problems(found) == []
    assert found.changes.empty
    assert found.unchanged == 3
    template = official_files.template(people.actor(ADMIN), None)
    assert preview(template).unchanged == 3


def test_one_file_ends_the_old_mayor_and_brings_the_new_one_in_any_order():
    add(1, "mayor", office=TOWN)
    add(2, "deputy_mayor", office=TOWN)
    old, deputy = rows_in(out())
    new = new_row(3, "mayor", office=TOWN, began_on=LATER, elected_on=LATER)

    assert wrong_columns(file_of(new, old | LEFT, deputy)) == [LABELS["ended_on"]]
    content = file_of(new, deputy | LEFT | {LABELS["end_reason"]: "นายกพ้นจากตำแหน่ง"}, old | LEFT)
    assert preview(content).counts == {ADD: 1, CHANGE: 0, END: 2}
    take(content)

    assert names() == ["นายสมมุติ ตัวอย่างง"]
    assert take(content) == {ADD: 0, CHANGE: 0, END: 0}


def test_an_entry_is_changed_where_the_row_says_so_and_keeps_the_history():
    tenure = add(1, office=TOWN, affiliation="กลุ่มหนึ่ง")

    content = changed(out(), **cells(affiliation=None, phone="042511234"))
    (line,) = preview(content).changes.to_dict("records")
    take(content)

    assert line["detail"] == "สมาชิกสภา เขต 1 · โทรศัพท์ · สังกัดหรือกลุ่ม: กลุ่มหนึ่ง → –"
    acts = officials.history(people.actor(ADMIN), tenure).acts
    assert [(each.act, each.changes) for each in acts] == [
        ("แก้ไข", ("โทรศัพท์", "สังกัดหรือกลุ่ม: กลุ่มหนึ่ง → –")),
        ("เพิ่ม", ()),
    ]


def test_a_row_without_a_number_finds_its_entry_and_takes_nothing_away():
    tenure = add(1, office=TOWN, affiliation="กลุ่มหนึ่ง", votes=100)

    content = file_of(new_row(1, office=TOWN, phone="", votes=120))
    assert preview(content).changes["act"].tolist() == [CHANGE]
    take(content)

    (kept,) = rows_in(out())
    assert (kept[NUMBER], kept[PHONE], kept[LABELS["votes"]]) == (tenure, "081-234-5678", 120)
    assert kept[LABELS["affiliation"]] == "กลุ่มหนึ่ง"


def test_a_person_who_changed_one_row_is_the_same_in_all_others():
    add(1, office=TOWN)
    add(1, "speaker", office=TOWN)
    member, speaker = rows_in(out())

    content = file_of(speaker, member | cells(phone="042511234"))
    assert (preview(content).counts[CHANGE], preview(content).unchanged) == (1, 1)
    take(content)

    assert {each[PHONE] for each in rows_in(out())} == {"042-511-234"}


def test_a_red_file_is_mended_and_taken():
    content = file_of(new_row(1, office=TOWN), new_row(2, office=TOWN, first_name="John"))

    red = official_files.marked(people.actor(ADMIN), content, "a.xlsx")

    book = openpyxl.load_workbook(BytesIO(red))
    assert book.sheetnames[0] == "จุดที่ต้องแก้ไข"
    sheet = book["ทะเบียน"]
    (wrong,) = [cell for line in sheet.iter_rows() for cell in line if cell.comment]
    assert (wrong.value, wrong.fill.fgColor.rgb) == ("John", "FFF8CBAD")
    wrong.value = "จอห์น"
    saved = BytesIO()
    book.save(saved)
    assert take(saved.getvalue())[ADD] == 2


def test_the_progress_is_told_and_the_queries_do_not_grow_with_the_rows():
    told, asked = [], []
    target = db.engine(db.config().database_url)

    def count(rows):
        asked.clear()
        event.listen(target, "before_cursor_execute", note)
        try:
            take(file_of(*rows), progress=lambda done, total: told.append((done, total)))
        finally:
            event.remove(target, "before_cursor_execute", note)
        return len(asked)

    def note(_connection, _cursor, statement, *_more):
        if not statement.startswith("INSERT"):  # SQLite inserts row by row, in process
            asked.append(statement)

    few = count([new_row(number, office=TOWN) for number in range(2)])
    ours = count([new_row(number, office=TAO, reason="ทดสอบ") for number in range(10, 70)])

    assert ours <= few + 2
    assert told[-1] == (120, 120)
    assert told == sorted(told[:1]) + told[1:]
