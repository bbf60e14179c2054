"""data_layer/exchange/writing.py: the two files of one declaration, safe to open."""

import csv
import random
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_layer.exchange.formulas import guard, unguard
from data_layer.exchange.reading import NoRows, read_table
from data_layer.exchange.writing import Column, Report, file_stem, to_csv, to_xlsx

AS_OF = datetime(2026, 11, 23, 3, 42, tzinfo=UTC)
COLUMNS = (
    Column("code", "รหัส", "text"),
    Column("name", "ชื่อสำนักงาน", "text"),
    Column("days", "จำนวนวัน", "integer"),
    Column("share", "ร้อยละ", "percent"),
    Column("started_on", "วันที่เริ่ม", "date"),
    Column("signed_at", "ลงทะเบียนเมื่อ", "instant"),
)
DANGEROUS = "=+-@\t\r\n＝＋－＠"
THAI = "".join(map(chr, [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]))
# What the database can hold: `normalise` refuses the rest.
STORED = st.characters(exclude_categories=["C", "Zl", "Zp"])
TEXTS = st.lists(
    st.builds(
        str.__add__,
        st.sampled_from(["", *"=+-@＝＋－＠", " =", "\u00a0@", "'", "'=", "''-", "<r>", "_x0041_"]),
        st.text(STORED, max_size=12),
    ),
    min_size=1,
    max_size=30,
)


def report(*, frame=None, columns=COLUMNS, note="", title="สำนักงานที่ยังไม่ลงทะเบียน"):
    """One office with a value of each kind and one with none."""
    if frame is None:
        frame = pd.DataFrame(
            {
                "signed_at": pd.Series([AS_OF, None], dtype="datetime64[us, UTC]"),
                "started_on": [date(2026, 1, 5), None],
                "share": pd.Series([0.4567, None], dtype="Float64"),
                "days": pd.Series([1234, None], dtype="Int64"),
                "name": pd.Series(["อำเภอนาแก", None], dtype="string"),
                "code": pd.Series(["0807", "4808"], dtype="string"),
                "internal": [1, 2],
            }
        )
    return Report("not_registered", title, "จังหวัดนครพนม", AS_OF, columns, frame, note)


def text_report(texts):
    """A report whose every place for text holds the texts."""
    frame = pd.DataFrame({"code": texts, "name": texts[::-1]}, dtype="string")
    columns = (Column("code", "รหัส", "text"), Column("name", texts[0], "text"))
    return Report("all", texts[0], texts[-1], AS_OF, columns, frame, note=texts[0])


def csv_cells(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def sheet_of(content):
    return openpyxl.load_workbook(BytesIO(content)).active


TITLES = ["สำนักงานที่ยังไม่ลงทะเบียน", "ขอบเขต: จังหวัดนครพนม", "ณ วันที่ 23 พ.ย. 2569 เวลา 10:42 น."]
HEADERS = ["รหัส", "ชื่อสำนักงาน", "จำนวนวัน", "ร้อยละ", "วันที่เริ่ม", "ลงทะเบียนเมื่อ"]
FIRST = ["0807", "อำเภอนาแก", "1234", "45.7%", "5 ม.ค. 2569", "23 พ.ย. 2569 10:42 น."]
SECOND = ["4808", "", "", "", "", ""]


def test_csv_is_for_excel_and_says_what_where_and_when():
    content = to_csv(report())

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b'"4808","","","","",""\r\n')
    assert csv_cells(content) == [*([line] for line in TITLES), [], HEADERS, FIRST, SECOND]


def test_a_note_stands_below_the_date_in_both_files():
    noted = report(note="ไม่รวมกรุงเทพมหานคร")

    assert csv_cells(to_csv(noted))[2:5] == [[TITLES[2]], ["ไม่รวมกรุงเทพมหานคร"], []]
    assert [sheet_of(to_xlsx(noted)).cell(row, 1).value for row in (3, 4, 5)] == [
        TITLES[2],
        "ไม่รวมกรุงเทพมหานคร",
        None,
    ]


def test_xlsx_has_the_same_lines_with_numbers_as_numbers():
    rows = list(sheet_of(to_xlsx(report())).iter_rows(values_only=True))

    assert [row[0] for row in rows[:4]] == [*TITLES, None]
    assert list(rows[4]) == HEADERS
    assert list(rows[5]) == [
        "0807",
        "อำเภอนาแก",
        1234,
        0.4567,
        "5 ม.ค. 2569",
        "23 พ.ย. 2569 10:42 น.",
    ]
    assert list(rows[6]) == ["4808", None, None, None, None, None]


def test_xlsx_is_ready_to_read_and_to_print():
    sheet = sheet_of(to_xlsx(report()))

    assert sheet.freeze_panes == "A6"
    assert sheet.auto_filter.ref == "A5:F7"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "&P" in sheet.oddFooter.center.text
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:F1", "A2:F2", "A3:F3"]


def test_xlsx_formats_keep_ids_as_text_and_show_percents():
    sheet = sheet_of(to_xlsx(report()))

    formats = [cell.number_format for cell in sheet[6]]
    assert formats == ["@", "@", "#,##0", "0.0%", "@", "@"]
    fonts = {cell.font.name for row in sheet for cell in row if cell.value is not None}
    assert fonts == {"TH Sarabun New"}
    assert sheet["A5"].fill.fgColor.rgb == "FFDCE6F2"


def test_columns_are_as_wide_as_their_text_without_the_marks():
    one, plain, marked, long = (
        sheet_of(to_xlsx(text_report([text]))).column_dimensions["A"].width
        for text in ("ก", "ท" * 20, "ที่" * 20, "ก" * 100)
    )

    assert one < plain == marked < long < 61


def test_rows_are_as_high_as_the_lines_of_their_longest_text():
    columns = (Column("note", "หมายเหตุ", "text"),)
    frame = pd.DataFrame({"note": ["ก", "ก" * 80, "ก\nข\nค"]})

    sheet = sheet_of(to_xlsx(report(frame=frame, columns=columns)))

    one, broken, three = (sheet.row_dimensions[row].height for row in (6, 7, 8))
    assert (round(broken / one), round(three / one)) == (2, 3)


def test_the_title_of_a_narrow_table_runs_over_the_columns_beside_it():
    sheet = sheet_of(to_xlsx(text_report(["ก"])))

    assert all(merged.max_col > 2 for merged in sheet.merged_cells.ranges)
    assert len(sheet.merged_cells.ranges) == 4


def test_a_report_of_one_column_and_no_rows_is_a_file_too():
    columns = (Column("code", "รหัส", "text"),)
    empty = report(frame=pd.DataFrame({"code": []}, dtype="string"), columns=columns)

    for content, name in ((to_csv(empty), "a.csv"), (to_xlsx(empty), "a.xlsx")):
        with pytest.raises(NoRows):  # its header was found
            read_table(content, name, columns=["รหัส"])


def test_two_files_of_one_report_at_one_instant_are_the_same_bytes():
    assert to_xlsx(report()) == to_xlsx(report())


def test_the_file_stem_is_plain_ascii_with_the_thai_time():
    assert file_stem("not_registered", AS_OF) == "not_registered_25691123-1042"


@pytest.mark.parametrize("slug", ["", "นครพนม", "a b", "../a", 'a"', "a\n", "A", "_a"])
def test_a_file_stem_takes_no_other_signs(slug):
    with pytest.raises(ValueError, match="slug"):
        file_stem(slug, AS_OF)


def test_a_report_without_a_time_zone_is_a_mistake_of_ours():
    naive = AS_OF.replace(tzinfo=None)
    broken = Report("all", "ก", "ข", naive, (), pd.DataFrame())

    for write in (to_csv, to_xlsx, lambda broken: file_stem(broken.slug, broken.as_of)):
        with pytest.raises(ValueError, match="time zone"):
            write(broken)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+66812345678",
        "-",
        "@SUM(A1)",
        "\t=1",
        "\rก",
        "\nก",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "  =1",
        "\u00a0=1",
        "\u200b=1",
        "\ufeff\u2060 @a",
        "'=1",
        "' =1",
    ],
)
def test_f03_a_formula_in_csv_is_guarded(text):
    assert guard(text) == f"'{text}"
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", ["", "สมชาย", "'", "'ก", "1-2", "ก=1", "..."])
def test_f03_other_text_stays_as_it_is(text):
    assert guard(text) == text
    assert unguard(text) == text


@settings(deadline=None)
@given(st.text() | TEXTS.map("".join))
def test_f03_unguard_undoes_guard_for_any_text(text):
    assert unguard(guard(text)) == text


@settings(deadline=None)
@given(TEXTS)
@example(["\t=1", "\r=1", "\n=1", "\u200b=1"])
def test_f03_no_csv_cell_begins_like_a_formula(texts):
    for cell in (cell for row in csv_cells(to_csv(text_report(texts))) for cell in row):
        assert not cell.lstrip(" \u00a0\u200b").startswith(tuple(DANGEROUS))


def test_f03_negative_numbers_stay_numbers_in_csv():
    frame = pd.DataFrame({"days": [-5], "share": [-0.5]})
    columns = (Column("days", "วัน", "integer"), Column("share", "ร้อยละ", "percent"))

    assert csv_cells(to_csv(report(frame=frame, columns=columns)))[-1] == ["-5", "-50.0%"]


@settings(max_examples=50, deadline=None)
@given(TEXTS)
@example(["=1+1", "{=1}", "https://a.th", "mailto:a@b.th", "12", "<r><t>x</t></r>", "a&b<c>"])
def test_f03_no_xlsx_cell_is_a_formula_a_link_or_a_number_made_of_text(texts):
    content = to_xlsx(text_report(texts))
    cells = [cell for row in sheet_of(content) for cell in row if cell.value is not None]

    assert {cell.data_type for cell in cells} == {"s"}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert "<hyperlink" not in archive.read("xl/worksheets/sheet1.xml").decode()


def test_f03_text_that_looks_like_xml_of_the_writer_is_text():
    texts = ["<r><t>ก</t></r>", "<r>", "</r>", "<r></r>", "<r>&"]

    table = read_table(to_xlsx(text_report(texts)), "a.xlsx", columns=["รหัส"])

    assert table["รหัส"].tolist() == texts


def thai_rows(count):
    """Rows as clerks write them and as they should not, the same at every run."""
    chance = random.Random(2569)  # noqa: S311 - test data
    signs = THAI + " =+-@'\",\n;.()<>&0๑"

    def text():
        return "".join(chance.choices(signs, k=chance.randint(1, 30))).strip() or "ก"

    return pd.DataFrame(
        {
            "code": pd.Series([f"{chance.randrange(10**13):013}" for _ in range(count)]),
            "name": pd.Series([text() for _ in range(count)]),
            "note": pd.Series([text() if chance.random() < 0.7 else "" for _ in range(count)]),
            "days": pd.Series([chance.randrange(-999, 10**6) for _ in range(count)], dtype="Int64"),
        }
    )


@pytest.mark.parametrize(("write", "name"), [(to_csv, "a.csv"), (to_xlsx, "a.xlsx")])
def test_f04_500_thai_rows_come_back_as_they_went(write, name):
    kinds = {"code": "text", "name": "text", "note": "text", "days": "integer"}
    columns = tuple(Column(key, f"คอลัมน์ {key}", kind) for key, kind in kinds.items())
    frame = thai_rows(500)

    content = write(report(frame=frame, columns=columns, note="หมายเหตุ"))
    table = read_table(content, name, columns=[column.label for column in columns])

    assert table.index.tolist() == list(range(7, 507))  # four title lines, a blank, the headers
    assert table.to_numpy().tolist() == frame.astype(str).to_numpy().tolist()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(STORED, min_size=1, max_size=20).filter(str.strip), min_size=1))
def test_f04_any_stored_text_comes_back_from_csv(texts):
    columns = (Column("code", "รหัส", "text"),)
    frame = pd.DataFrame({"code": texts}, dtype="string")

    table = read_table(to_csv(report(frame=frame, columns=columns)), "a.csv", columns=["รหัส"])

    assert table["รหัส"].tolist() == texts
