"""The table: what is sent to the browser, and what is believed of what it sends back."""

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.components import table
from pages.components.table import Slice, TableColumn, table_data

ALL = Slice(page=1, size=20, total=1)


def cell(kind, value):
    rows = pd.DataFrame({"x": pd.Series([value], dtype="object")})
    return table_data([TableColumn("x", "ก", kind)], rows, ALL, caption="c", empty="e")["rows"][0][
        0
    ]


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("text", "นาแก", "นาแก"),
        ("number", 1234, "1,234"),
        ("number", 0, "0"),
        ("percent", 0.569, "56.9 %"),
        ("code", "4801", "4801"),
        ("date", date(2026, 11, 23), "23 พ.ย. 2569"),
        ("date", datetime(2026, 11, 23, 17, 30, tzinfo=UTC), "24 พ.ย. 2569 00:30 น."),
        ("state", "waiting", ["รอยืนยัน", "waiting"]),
        ("phone", "042511234", ["042-511-234", "042511234"]),
        ("phone", "042 511 234 ต่อ 12", ["042 511 234 ต่อ 12", "042511234"]),
        ("phone", "javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_cells_are_words_when_they_are_sent(kind, value, shown):
    assert cell(kind, value) == shown


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT])
@pytest.mark.parametrize("kind", ["text", "number", "percent", "state", "phone", "date"])
def test_no_data_is_a_dash_and_never_zero(kind, nothing):
    assert cell(kind, nothing) == "–"


def test_hostile_text_goes_out_unchanged_and_the_script_never_reads_html():
    hostile = '<img src=x onerror="alert(1)">'
    script = (Path(table.__file__).parent / "table.js").read_text(encoding="utf-8")

    assert cell("text", hostile) == hostile
    for danger in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert danger not in script


def test_only_the_rows_of_the_page_are_sent_with_their_keys():
    rows = pd.DataFrame({"code": ["4801", "4802"], "name": ["เมืองนครพนม", "ปลาปาก"]})
    columns = [TableColumn("name", "สำนักงาน", role="title")]
    data = table_data(columns, rows, Slice(2, 2, 5), caption="c", empty="e", pick="code")

    assert data["rows"] == [["เมืองนครพนม"], ["ปลาปาก"]]
    assert data["keys"] == ["4801", "4802"]
    assert (data["page"], data["pages"], data["summary"]) == (2, 3, "แสดง 3–4 จาก 5")
    assert data["columns"] == [["สำนักงาน", "text", "title"]]


def test_a_list_that_is_wholly_shown_only_says_how_long_it_is():
    assert Slice(1, 20, 12).summary == "ทั้งหมด 12 รายการ"


def test_an_empty_frame_has_columns_and_no_rows():
    rows = pd.DataFrame({"name": []})
    data = table_data([TableColumn("name", "ก")], rows, Slice(1, 20, 0), caption="c", empty="ไม่มี")

    assert data["rows"] == []
    assert data["empty"] == "ไม่มี"


def page():
    import pandas as pd  # noqa: PLC0415  (AppTest runs the function alone)
    import streamlit as st  # noqa: PLC0415

    from pages.components.table import TableColumn, draw_table, slice_of  # noqa: PLC0415

    rows = pd.DataFrame({"code": [str(number) for number in range(45)]})
    shown = slice_of("list", total=len(rows), scope=st.text_input("q", key="q"))
    part = rows.iloc[shown.offset : shown.offset + shown.size]
    columns = [TableColumn("code", "รหัส", "code")]
    picked = draw_table("list", columns, part, shown, caption="c", empty="e", pick="code")
    st.text(f"{shown.page} {picked}")


@pytest.fixture
def at():
    return AppTest.from_function(page, default_timeout=30).run()


def said(at, **state):
    for name, value in state.items():
        at.session_state[f"list.{name}"] = value
    return at.run().text[0].value


def test_a_row_is_told_once(at):
    assert said(at, picked="7") == "1 7"
    assert said(at) == "1 None"


def test_a_row_that_is_not_on_the_page_cannot_be_picked(at):
    assert said(at, picked="30") == "1 None"
    assert said(at, page=2, picked="30") == "2 30"


def test_a_page_number_is_brought_into_range(at):
    assert said(at, page=99) == "3 None"
    assert said(at, page=-5) == "1 None"


def test_another_filter_begins_at_the_first_page(at):
    assert said(at, page=3) == "3 None"
    at.text_input(key="q").set_value("นา")

    assert said(at) == "1 None"
