"""The centre changes a form of a round: refused by row, previewed, then a new version."""

import pytest

from data_layer import forms
from data_layer.forms import FormRefused
from data_layer.forms.sheets import to_workbook
from data_layer.services import drafts, form_versions, rounds, submissions
from data_layer.services.form_versions import NotFillable, SameForm, UnknownForm
from tests import people
from tests.filled_forms import form_named
from tests.people import CENTRAL, OFFICER
from tests.rounds import READINESS, SURVEY, filled, key, next_round, opened, stand

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _round(database):
    stand()


def changed(edit, sheet="survey"):
    """The survey as .xlsx with its cells edited by `edit`."""
    sheets = dict(form_named("survey").sheets)
    old = sheets[sheet]
    rows = tuple((number, edit(dict(cells))) for number, cells in old.rows)
    sheets[sheet] = (
        old._replace(rows=rows) if hasattr(old, "_replace") else type(old)(old.headers, rows)
    )
    return to_workbook(sheets)


def put(content):
    return form_versions.put(people.actor(CENTRAL), "2569", content, "survey.xlsx")


def wants_more_staff(cells):
    if cells.get("name") == "staff_count":
        cells["constraint"] = ". >= 10"
    return cells


def without_households(cells):
    if cells.get("name") == "households":
        return {"type": "note", "name": "households_gone", "label::ไทย (th)": "ยกเลิก"}
    return cells


def test_a_form_that_is_not_usable_is_refused_by_sheet_and_row():
    def broken(cells):
        if cells.get("name") == "staff_count":
            cells["type"] = "barcode"
        return cells

    with pytest.raises(FormRefused) as refused:
        put(changed(broken))

    assert "แผ่น survey แถวที่" in str(refused.value.problems[0])
    assert "barcode" in str(refused.value.problems[0])


def test_a_form_without_a_page_and_the_same_form_again_are_refused():
    def renamed(cells):
        return cells | {"form_id": "other"}

    with pytest.raises(UnknownForm):
        put(changed(renamed, "settings"))
    with pytest.raises(SameForm):
        put(forms.download(form_named("survey")))


def test_the_preview_says_what_happens_to_drafts():
    drafts.save_field(people.actor(OFFICER), key(), "households", "1800", None)

    found = form_versions.preview(
        people.actor(CENTRAL), "2569", changed(without_households), "survey.xlsx"
    )

    assert (found.drafts, found.handed_in) == (1, 0)
    assert [change.name for change in found.changes if change.loses] == ["households"]


def test_a_draft_goes_over_to_the_new_version_and_says_what_it_lost():
    drafts.save_field(people.actor(OFFICER), key(), "households", "1800", None)
    drafts.save_field(people.actor(OFFICER), key(), "staff_count", "5", None)

    assert put(changed(without_households)) == 2

    seen = opened()
    assert list(seen.lost) == ["households"]
    assert seen.answers["staff_count"] == 5
    drafts.save_field(people.actor(OFFICER), key(), "staff_count", "6", 5)
    assert opened().lost == {}


def test_what_was_handed_in_stays_readable_in_its_own_version():
    found = filled()
    submissions.submit(people.actor(OFFICER), found.key, found.version)

    put(changed(without_households))

    assert opened().answers["households"] == 1800
    assert "households" in opened().form.fields


def test_last_years_form_edited_in_excel_is_this_years():
    put(changed(wants_more_staff))
    (found,) = rounds.list_rounds(people.actor(CENTRAL))
    asked = next(form for form in found.forms if form.form_id == SURVEY)

    content = form_versions.download(people.actor(CENTRAL), asked.version_id)

    again = forms.open_form(content, "survey.xlsx")
    assert again.fields["staff_count"].constraint.source == ". >= 10"


def test_every_version_can_be_taken_out_and_comes_back_as_it_is(database):
    put(changed(wants_more_staff))

    found = form_versions.versions(people.actor(CENTRAL))

    assert [(each.form_id, each.number, each.rounds) for each in found] == [
        (SURVEY, 2, ("2569",)),
        (SURVEY, 1, ()),
        (READINESS, 1, ("2569",)),
    ]
    for each in found:
        content = form_versions.download(people.actor(CENTRAL), each.version_id)
        assert forms.open_form(content, "form.xlsx").form_id == each.form_id
    with pytest.raises(SameForm):
        put(form_versions.download(people.actor(CENTRAL), found[0].version_id))
    assert put(form_versions.download(people.actor(CENTRAL), found[1].version_id)) == 3


def with_tables(*names):
    """The survey with a table in a row of a table and so on, as many as there are names."""
    book = dict(form_named("survey").sheets)
    old = book["survey"]
    last = old.rows[-1][0]
    more = [
        *({"type": "begin_repeat", "name": name, "label::ไทย (th)": "ตาราง"} for name in names),
        {"type": "text", "name": "who", "label::ไทย (th)": "ใคร"},
        *({"type": "end_repeat"} for _ in names),
    ]
    book["survey"] = type(old)(old.headers, (*old.rows, *enumerate(more, last + 1)))
    return to_workbook(book), last


def test_a_table_in_a_row_of_a_table_is_taken_and_one_in_a_row_of_that_is_not():
    content, last = with_tables("outer", "inner", "innermost")

    with pytest.raises(NotFillable) as refused:
        put(content)

    (problem,) = map(str, refused.value.problems)
    assert f"แผ่น survey แถวที่ {last + 3}" in problem
    assert "“innermost”" in problem
    assert put(with_tables("outer", "inner")[0]) == 2


def test_names_that_the_history_has_no_room_for_are_refused_by_row():
    content, last = with_tables("o" * 100, "i" * 99)

    with pytest.raises(NotFillable) as refused:
        put(content)

    assert [(each.row, each.column) for each in refused.value.problems] == [
        (last + 2, "name"),
        (last + 3, "name"),
    ]


def with_staff_among_people(cells):
    if cells.get("type") == "begin_group" and cells.get("name") == "staff":
        cells["name"] = "personnel"
    return cells


def test_a_group_that_waits_for_a_look_waits_under_its_new_name_too(clock):
    filled()
    found = opened()
    submissions.submit(people.actor(OFFICER), found.key, found.version)
    next_round(clock)
    drafts.bring_last(people.actor(OFFICER), key())
    assert "staff" in opened().unconfirmed

    form_versions.put(
        people.actor(CENTRAL), "2570", changed(with_staff_among_people), "survey.xlsx"
    )

    assert "personnel" in opened().unconfirmed
    assert "staff" not in opened().unconfirmed
    for group in opened().unconfirmed:
        drafts.confirm_group(people.actor(OFFICER), key(), group)
    assert opened().gaps == ()


def test_what_a_new_version_asks_no_more_is_told_but_stops_nothing():
    filled()

    put(changed(without_households))

    assert list(opened().lost) == ["households"]
    assert "households" not in [gap.path for gap in opened().gaps]
