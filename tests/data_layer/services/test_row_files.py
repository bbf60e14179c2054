"""Files in the rows of a table: each stays with its row, and goes with it."""

from io import BytesIO

import openpyxl
import pytest

from data_layer.exchange.attachments import NotAPicture, RecordFull
from data_layer.forms import NoData
from data_layer.forms.errors import UnknownField
from data_layer.models import RecordState
from data_layer.services import answers, attachments, drafts, prints
from data_layer.services.drafts import FieldTaken, NotAsked, RowChanged
from data_layer.services.form_versions import NotFillable
from data_layer.services.row_moves import RowGone
from tests import people
from tests.attached import (
    IN_ROWS,
    OTHER_PDF,
    PDF,
    answered,
    attach,
    hand_in,
    kept,
    photo,
    places,
    put_form,
    row_seen,
    uid,
)
from tests.papers import text_of
from tests.people import ADMIN, CENTRAL, OFFICER, PROVINCE
from tests.rounds import SURVEY, history, key, next_round, opened, stand

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _form(database):
    stand()
    put_form(IN_ROWS)


def add_row(person=OFFICER):
    drafts.add_row(people.actor(person), key(), "unit")


def remove_row(number, seen=None, person=OFFICER):
    row = row_seen(number) if seen is None else seen
    drafts.remove_row(people.actor(person), key(), "unit", number, row)


def minutes(number, content=PDF, name="บันทึก.pdf", seen=None, **more):
    attach(f"unit[{number}]/minutes", content, name, seen, **more)


def three_rows():
    """Three rows, each with a file that says which row it is of."""
    for number in (1, 2, 3):
        if number > 1:
            add_row()
        minutes(number, PDF + b"%d" % number, f"{number}.pdf")


def test_a_default_in_a_row_is_refused_and_the_file_itself_is_not():
    by_default = IN_ROWS.replace("ph:no_data |", "ph:no_data | default |").replace(
        "รูปหน่วย | | | |", "รูปหน่วย | | | | a.jpg |"
    )

    with pytest.raises(NotFillable) as refused:
        put_form(by_default)

    assert [each[:3] for each in refused.value.problems] == [("survey", 6, "default")]


@pytest.mark.parametrize(("letters", "is_taken"), [(94, False), (93, True)])
def test_names_that_are_together_too_long_for_the_last_row_are_refused(letters, is_taken):
    """In the history 94 letters + [200]/ + 94 + #reason are 201."""
    table, name = "t" * 94, "n" * letters
    text = IN_ROWS.replace("| unit |", f"| {table} |").replace("| minutes |", f"| {name} |")
    path = f"{table}[1]/{name}"

    if not is_taken:
        with pytest.raises(NotFillable, match="1 จุด") as refused:
            put_form(text)
        assert [each[:3] for each in refused.value.problems] == [("survey", 7, "name")]
        return

    put_form(text)
    attach(path)
    drafts.save_reason(people.actor(OFFICER), key(), path, "ตรวจแล้ว")
    assert opened().files.keys() == {path}


@pytest.mark.parametrize(
    ("path", "content", "refusal"),
    [
        ("unit[1]/photo", PDF, NotAPicture),
        ("unit[1]/plan", PDF, NotAsked),  # hidden until the row has a plan
        ("unit[1]/place", PDF, NotAsked),  # a text
        ("unit[2]/minutes", PDF, RowGone),  # no such row, or no more
        ("minutes", PDF, UnknownField),  # in no row
        ("has_units[1]/minutes", PDF, UnknownField),
    ],
)
def test_what_no_row_takes_is_refused_and_nothing_is_kept(path, content, refusal):
    with pytest.raises(refusal):
        attach(path, content)
    with pytest.raises((refusal, NotAsked, FieldTaken)):
        attachments.remove(people.actor(OFFICER), key(), path, "0" * 32)

    assert kept() == []


def test_each_row_has_its_own_file_opened_replaced_and_removed_by_itself():
    add_row()
    minutes(1, PDF, "ก.pdf")
    minutes(2, OTHER_PDF, "ข.pdf")
    first, second = uid("unit[1]/minutes"), uid("unit[2]/minutes")

    opening = attachments.open_file(people.actor(PROVINCE), key(), second)
    minutes(1, OTHER_PDF, "ค.pdf", first)
    attachments.remove(people.actor(OFFICER), key(), "unit[2]/minutes", second)

    assert (opening.name, opening.content) == ("ข.pdf", OTHER_PDF)
    assert kept() == [("unit[1]/minutes", "ค.pdf", OTHER_PDF)]
    assert opened().answers["unit"] == [{"minutes": "ค.pdf"}, {}]
    assert [("ก.pdf" in old, "ค.pdf" in new) for old, new in history("unit[1]/minutes")] == [
        (False, False),
        (True, True),
    ]


def test_a_required_file_of_a_row_is_missing_until_it_is_there():
    answered(**{"unit[1]/has_plan": "yes"})
    assert [gap.path for gap in opened().gaps] == ["unit[1]/plan"]

    attach("unit[1]/plan")

    assert opened().gaps == ()


@pytest.mark.parametrize(
    ("number", "left"),
    [
        (1, [("unit[1]/minutes", "2.pdf", b"2"), ("unit[2]/minutes", "3.pdf", b"3")]),
        (2, [("unit[1]/minutes", "1.pdf", b"1"), ("unit[2]/minutes", "3.pdf", b"3")]),
        (3, [("unit[1]/minutes", "1.pdf", b"1"), ("unit[2]/minutes", "2.pdf", b"2")]),
    ],
)
def test_a_row_takes_its_file_with_it_and_the_others_keep_theirs(number, left):
    three_rows()

    remove_row(number)

    assert places() == left
    assert [row["minutes"] for row in opened().answers["unit"]] == [name for _, name, _ in left]
    assert list(opened().files) == [path for path, _, _ in left]
    assert f"{number}.pdf" in history("unit")[-1][0]


def test_more_than_nine_rows_move_up_each_to_its_own_place():
    for number in range(1, 13):
        if number > 1:
            add_row()
        if number != 5:  # a row without a file, too
            minutes(number, PDF, f"{number}.pdf")

    remove_row(2)

    rows = opened().answers["unit"]
    named = {path: name for path, name, _ in kept()}
    assert {f"unit[{at}]/minutes": row["minutes"] for at, row in enumerate(rows, 1) if row} == named
    assert named["unit[11]/minutes"] == "12.pdf"
    assert "unit[4]/minutes" not in named


def test_a_row_that_is_added_below_moves_no_file_and_begins_without_one():
    minutes(1, PDF + b"1", "1.pdf")

    add_row()

    assert places() == [("unit[1]/minutes", "1.pdf", b"1")]
    assert opened().answers["unit"][1] == {}


def test_d05_who_did_not_see_the_other_ones_file_takes_no_row_with_it():
    minutes(1, PDF, "ก.pdf")
    seen = row_seen(1)
    minutes(1, OTHER_PDF, "ก.pdf", uid("unit[1]/minutes"), person=ADMIN)  # of the same name

    for act in (lambda: remove_row(1, seen), lambda: minutes(1, PDF, "ข.pdf", seen["minutes"])):
        with pytest.raises((FieldTaken, RowChanged)):
            act()

    assert kept() == [("unit[1]/minutes", "ก.pdf", OTHER_PDF)]


def test_d05_a_file_for_a_row_that_another_officer_took_away_stands_nowhere():
    add_row()
    minutes(2, PDF, "ข.pdf")
    was = uid("unit[2]/minutes")
    remove_row(1, person=ADMIN)

    with pytest.raises(RowGone):
        minutes(2, OTHER_PDF, "ค.pdf", was)
    with pytest.raises(RowGone):
        attachments.remove(people.actor(OFFICER), key(), "unit[2]/minutes", was)

    assert kept() == [("unit[1]/minutes", "ข.pdf", PDF)]


def test_d05_a_file_goes_to_the_row_that_was_seen_wherever_that_stands_now():
    answered(**{"unit[1]/place": "ศาลา"})
    add_row()
    minutes(2, PDF, "ข.pdf")
    was, moment, officer = uid("unit[2]/minutes"), opened().moment, people.actor(OFFICER)
    remove_row(1, person=ADMIN)

    new = attachments.put(officer, key(), "unit[2]/minutes", OTHER_PDF, "ค.pdf", was, moment)
    assert kept() == [("unit[1]/minutes", "ค.pdf", OTHER_PDF)]
    with pytest.raises(RowGone):
        attachments.put(officer, key(), "unit[1]/minutes", PDF, "ง.pdf", None, moment)
    attachments.remove(officer, key(), "unit[2]/minutes", new, moment)

    assert kept() == []


def test_the_files_of_all_rows_count_to_the_limit_of_the_record(monkeypatch):
    monkeypatch.setattr(attachments, "MAX_RECORD_MB", 3)
    large = PDF + b" " * 2 * 2**20
    minutes(1, large)
    add_row()

    with pytest.raises(RecordFull, match="3 MB"):
        minutes(2, large)

    remove_row(1)
    minutes(1, large)
    assert len(kept()) == 1


def test_why_a_row_has_no_file_ends_the_file():
    minutes(1)

    answered(**{"unit[1]/minutes": NoData("ไม่ได้ประชุม")})

    assert opened().answers["unit"] == [{"minutes": NoData("ไม่ได้ประชุม")}]
    assert kept() == []


def test_what_is_hidden_in_one_row_waits_in_the_draft_and_is_not_handed_in():
    add_row()
    for number in (1, 2):
        answered(**{f"unit[{number}]/has_plan": "yes"})
        attach(f"unit[{number}]/plan", PDF, f"{number}.pdf")
    answered(**{"unit[1]/has_plan": "no"})
    assert len(kept()) == 2

    hand_in()

    assert kept() == [("unit[2]/plan", "2.pdf", PDF)]
    assert list(opened().files) == ["unit[2]/plan"]


def test_the_files_of_a_hidden_table_are_not_handed_in():
    minutes(1)
    answered(has_units="no")
    assert len(kept()) == 1

    hand_in()

    assert kept() == []
    assert opened().state is RecordState.SUBMITTED


def test_a_new_version_keeps_the_files_of_rows_that_it_still_asks():
    three_rows()

    put_form(IN_ROWS.replace("รูปหน่วย", "ภาพหน่วย"))
    answered(**{"unit[1]/place": "ศาลา"})

    assert opened().lost == {}
    assert [name for _, name, _ in kept()] == ["1.pdf", "2.pdf", "3.pdf"]


@pytest.mark.parametrize(
    ("instead", "lost"),
    [
        ("| note | gone |", "unit[1]/minutes"),
        ("| text | minutes |", "unit[1]/minutes"),
        ("| image | minutes |", "unit[1]/minutes"),
    ],
)
def test_a_version_that_asks_no_such_file_of_a_row_says_it_and_the_next_change_ends_it(
    instead, lost
):
    minutes(1)

    put_form(IN_ROWS.replace("| file | minutes |", instead))

    assert list(opened().lost) == [lost]
    assert (opened().files, len(kept())) == ({}, 1)
    answered(has_units="yes")
    assert (opened().lost, kept()) == ({}, [])
    assert "บันทึก.pdf" in history(lost)[-1][0]


def test_a_version_without_the_table_ends_its_files():
    minutes(1)

    put_form(IN_ROWS.replace("| unit |", "| station |"))
    answered(has_units="yes")

    assert kept() == []
    assert "บันทึก.pdf" in history("unit")[-1][0]


def test_a_row_goes_while_another_one_holds_a_file_that_the_new_version_does_not_take():
    add_row()
    add_row()
    minutes(2, PDF, "2.pdf")
    minutes(3, photo(), "3.jpg")
    put_form(IN_ROWS.replace("| file | minutes |", "| image | minutes |"))

    remove_row(1)  # the picture moves to where the PDF still stands

    assert [(path, name) for path, name, _ in kept()] == [("unit[2]/minutes", "3.jpg")]
    assert opened().answers["unit"] == [{}, {"minutes": "3.jpg"}]


def test_the_rows_of_the_last_round_come_without_their_files(clock):
    answered(**{"unit[1]/place": "ศาลา"})
    minutes(1)
    hand_in()
    next_round(clock)
    remove_row(1)  # the one that every table begins with

    drafts.bring_last(people.actor(OFFICER), key())

    found = opened()
    assert (found.answers["unit"], found.files, found.lost) == ([{"place": "ศาลา"}], {}, {})


def test_the_export_and_the_print_have_the_name_of_each_rows_file():
    three_rows()
    minutes(3, PDF, "=สาม.pdf", uid("unit[3]/minutes"))

    exported = answers.export(people.actor(CENTRAL), SURVEY, "2569", None, "xlsx")
    printed = prints.form(people.actor(OFFICER), SURVEY, "2569", key().office_code)

    sheet = openpyxl.load_workbook(BytesIO(exported))["unit"]
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert [cells.get(name) for name in ("1.pdf", "2.pdf", "=สาม.pdf")] == ["s"] * 3
    assert "สาม.pdf" in text_of(printed)
