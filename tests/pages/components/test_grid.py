"""The grid takes only cells that were offered, whatever the browser sends."""

from types import SimpleNamespace

import pytest

from data_layer.errors import NotFound
from pages.components.form import grid
from pages.components.form.grid import edits_of, take_edits
from tests.filled_forms import form_named

FIELD = form_named("survey").fields["staff_count"]
OFFERED = {(0, "staff_count"): ("key", "field", None)}


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {"edited_rows": []},
        {"edited_rows": {"0": "staff_count"}},
        {"edited_rows": {"1": {"staff_count": "5"}}},  # a row that is not there
        {"edited_rows": {"-1": {"staff_count": "5"}}},
        {"edited_rows": {"0": {"office_code": "06489999"}}},  # a column that is locked
        {"edited_rows": {"0": {"staff_count": {"no": "text"}}}},
        {"edited_rows": {"0": {"staff_count": 5}}},
        {"added_rows": [{"staff_count": "5"}], "deleted_rows": [0]},
    ],
)
def test_z03_what_was_not_offered_is_no_edit(sent):
    assert list(edits_of(sent, OFFERED)) == []


def test_a_cell_that_was_typed_into_or_emptied_is_one():
    sent = {"edited_rows": {"0": {"staff_count": "๔๕"}}}

    assert list(edits_of(sent, OFFERED)) == [(0, "staff_count", "๔๕")]
    assert list(edits_of({"edited_rows": {0: {"staff_count": None}}}, OFFERED)) == [
        (0, "staff_count", "")
    ]


def test_an_edit_is_taken_once_though_the_browser_sends_it_again(monkeypatch):
    state = {
        "entry.grid": {"edited_rows": {"0": {"staff_count": "45"}}},
        "entry.grid.seen": {(0, "staff_count"): ("key", FIELD, None)},
    }
    monkeypatch.setattr("pages.components.form.grid.st.session_state", state)
    saved = []

    for stands in (None, 45, 50):  # then somebody else typed 50
        state["entry.grid.seen"] = {(0, "staff_count"): ("key", FIELD, stands)}
        take_edits(lambda *cell: saved.append(cell))

    assert saved == [("key", "staff_count", "45", None)]


def test_a_cell_that_is_typed_into_again_is_taken_again(monkeypatch):
    state = {"entry.grid.seen": {(0, "staff_count"): ("key", FIELD, None)}}
    monkeypatch.setattr("pages.components.form.grid.st.session_state", state)
    saved = []

    for text in ("45", "46", "45"):
        state["entry.grid"] = {"edited_rows": {"0": {"staff_count": text}}}
        take_edits(lambda *cell: saved.append(cell[2]))

    assert saved == ["45", "46", "45"]


def test_the_grid_says_when_it_was_kept_and_how_much_was_not(monkeypatch, clock):
    state = {"entry.grid.seen": {(0, "staff_count"): ("key", FIELD, None)}}
    monkeypatch.setattr("pages.components.form.grid.st.session_state", state)

    assert "บันทึกร่างให้เองทีละช่อง" in grid._kept_words()
    state["entry.grid"] = {"edited_rows": {"0": {"staff_count": "45"}}}
    take_edits(lambda *_: None)
    assert "บันทึกร่างแล้ว 11:00 น." in grid._kept_words()
    state["entry.grid"] = {"edited_rows": {"0": {"staff_count": "สี่"}}}
    take_edits(_refuse)
    assert "มี 1 ช่องที่ยังไม่ถูกบันทึก" in grid._kept_words()


def _refuse(*_cell):
    raise NotFound


def test_the_grid_says_who_has_no_row_and_why():
    found = SimpleNamespace(rows=[None] * 12, left_out=3)

    assert grid._who_is_here(found, 7) == (
        "ในตารางมี 7 แห่งที่ยังกรอกหรือแก้ได้ · อีก 5 แห่งส่งแล้วหรือไม่ต้องกรอกกลุ่มนี้ "
        "· อีก 3 แห่งเกินจำนวนที่แสดง โปรดกรอกจาก “รายการ”"
    )


def test_what_is_typed_where_nothing_is_asked_is_said_and_not_kept(monkeypatch):
    row = SimpleNamespace(name="อบต.ฝั่งแดง", open_fields=frozenset(), problems={}, answers={})
    state = {"entry.grid": {"edited_rows": {"0": {"staff_count": "5"}, "7": {"staff_count": "5"}}}}
    said = []
    monkeypatch.setattr(grid.st, "session_state", state)
    monkeypatch.setattr(grid.st, "warning", lambda text, **_: said.append(text))

    grid._draw_problems([row], {"staff_count": FIELD})

    assert len(said) == 1
    assert "อบต.ฝั่งแดง" in said[0]
    assert "ไม่ถูกบันทึก" in said[0]
    assert grid._shown_cell(FIELD, row) == grid.CLOSED
