"""data_layer/exchange/reading.py: what comes out of sound files, and the plain refusals."""

import csv
from datetime import date, datetime, time
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
import xlsxwriter

from data_layer.exchange.formulas import NO_RESULT
from data_layer.exchange.reading import (
    MAX_CELL,
    MAX_ROWS,
    CellTooLong,
    FileTooLarge,
    MissingColumns,
    NoRows,
    NotASpreadsheet,
    RepeatedColumns,
    TooManyRows,
    read_table,
)
from tests.workbooks import xlsx

CODE, NAME, PHONE = "รหัส", "ชื่อสำนักงาน", "โทรศัพท์"
COLUMNS = [CODE, NAME, PHONE]


def csv_bytes(rows, encoding="utf-8-sig"):
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def both(rows):
    return [(xlsx(rows), "offices.xlsx"), (csv_bytes(rows), "offices.csv")]


def test_reads_text_with_leading_zeros_and_empty_cells_from_both_kinds():
    rows = [COLUMNS, ["0480", "อำเภอนาแก", "042511234"], ["4807", "", "0812345678"]]
    for content, name in both(rows):
        table = read_table(content, name, columns=COLUMNS)

        assert table.columns.tolist() == COLUMNS
        assert {str(dtype) for dtype in table.dtypes} == {"string"}
        assert table.to_numpy().tolist() == rows[1:]


def test_row_numbers_are_those_of_excel_with_titles_and_blank_rows_counted():
    rows = [["รายงาน"], [], ["ณ วันนี้"], COLUMNS, ["1", "ก", "ข"], [], ["", " ", ""], ["2", "ค", "ง"]]
    for content, name in both(rows):
        assert read_table(content, name, columns=COLUMNS).index.tolist() == [5, 8]


def test_a_cell_with_line_ends_is_one_row():
    rows = [COLUMNS, ["1", "บรรทัดหนึ่ง\nบรรทัดสอง", ""], ["2", "ก", ""]]
    for content, name in both(rows):
        table = read_table(content, name, columns=COLUMNS)

        assert table.loc[2, NAME] == "บรรทัดหนึ่ง\nบรรทัดสอง"
        assert table.index.tolist() == [2, 3]


def test_columns_come_in_the_order_asked_and_extra_ones_go():
    rows = [["ลำดับ", PHONE, CODE, "หมายเหตุ", NAME], ["1", "042511234", "4807", "-", "นาแก"]]
    for content, name in both(rows):
        table = read_table(content, name, columns=COLUMNS)

        assert table.to_numpy().tolist() == [["4807", "นาแก", "042511234"]]


def test_headers_that_look_equal_are_equal():
    rows = [["รหัส\u200b ", "ช\u0e48\u0e37อสำนักงาน", "\nโทรศัพท์"], ["1", "ก", "ข"]]
    for content, name in both(rows):
        assert read_table(content, name, columns=COLUMNS).to_numpy().tolist() == [["1", "ก", "ข"]]


def test_a_header_that_no_one_may_type_is_only_an_extra_column():
    content = csv_bytes([["\u202e", *COLUMNS, "ก" * 501], ["x", "1", "2", "3", "y"]])

    assert read_table(content, "a.csv", columns=COLUMNS).to_numpy().tolist() == [["1", "2", "3"]]


def test_cells_that_excel_holds_as_numbers_and_dates_come_as_plain_text():
    cells = [
        (4807, "4807"),
        (4807.0, "4807"),
        (1999900000013, "1999900000013"),
        (1999900000013.0, "1999900000013"),
        (0.1 + 0.2, "0.3"),
        (0.4567, "0.4567"),
        (-5, "-5"),
        (1e20, "100000000000000000000"),
        (1e-7, "0.0000001"),
        (True, "TRUE"),
        (date(2026, 11, 23), "2026-11-23"),
        (datetime(2026, 11, 23, 10, 42), "2026-11-23 10:42:00"),  # noqa: DTZ001 - as Excel has it
        (datetime(2569, 11, 23), "23/11/2569"),  # noqa: DTZ001 - พ.ศ. typed into Excel
        (time(10, 42), "10:42:00"),
        ("ก_x000D_\nข", "ก\nข"),
    ]
    content = xlsx([[CODE], *([value] for value, _ in cells)])

    read = read_table(content, "a.xlsx", columns=[CODE])[CODE].tolist()

    assert read == [text for _, text in cells]


@pytest.mark.parametrize(("value", "read"), [(2, "2"), ("ข", "ข")])
def test_the_value_of_a_formula_is_read_not_the_formula(value, read):
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [CODE, NAME])
        sheet.write_formula(1, 0, "=1+1", None, value)
        sheet.write_string(1, 1, "ก")

    table = read_table(out.getvalue(), "a.xlsx", columns=[CODE, NAME])

    assert table.to_numpy().tolist() == [[read, "ก"]]


def test_a_formula_whose_result_is_no_text_is_a_blank():
    made = ZipFile(BytesIO(xlsx([[CODE, NAME], ['=""', "ก"]])))
    out = BytesIO()
    with ZipFile(out, "w") as book:
        for name in made.namelist():  # how Excel writes the text '' as a result
            book.writestr(name, made.read(name).replace(b'r="A2"', b'r="A2" t="str"'))

    table = read_table(out.getvalue(), "a.xlsx", columns=[CODE, NAME])

    assert table.to_numpy().tolist() == [["", "ก"]]


def test_a_formula_that_nobody_worked_out_is_not_read_as_a_blank():
    content = xlsx([[CODE, NAME], ["=1+1", "ก"]])  # openpyxl stores no value with it

    table = read_table(content, "a.xlsx", columns=[CODE, NAME])

    assert table.to_numpy().tolist() == [[NO_RESULT, "ก"]]


def test_reads_csv_of_an_old_thai_excel():
    rows = [COLUMNS, ["4807", "ที่ทำการอำเภอนาแก", "๐๔๒"]]

    table = read_table(csv_bytes(rows, "cp874"), "OLD.CSV", columns=COLUMNS)

    assert table.to_numpy().tolist() == rows[1:]


def test_reads_csv_without_a_byte_order_mark_and_with_short_rows():
    content = "รหัส,ชื่อสำนักงาน,โทรศัพท์\n4807\n4808,ก".encode()

    table = read_table(content, "a.csv", columns=COLUMNS)

    assert table.to_numpy().tolist() == [["4807", "", ""], ["4808", "ก", ""]]


@pytest.mark.parametrize(
    ("written", "read"),
    [("'=1+1", "=1+1"), ("''=1+1", "'=1+1"), ("'-", "-"), ("'สวัสดี", "'สวัสดี"), ("'", "'")],
)
def test_undoes_the_one_apostrophe_that_our_csv_adds(written, read):
    content = csv_bytes([[CODE], [written]])

    assert read_table(content, "a.csv", columns=[CODE])[CODE].tolist() == [read]


def test_refuses_a_file_with_headers_only():
    for content, name in both([COLUMNS]):
        with pytest.raises(NoRows):
            read_table(content, name, columns=COLUMNS)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_reads_csv_whose_headers_show_another_separator(separator):
    rows = [["รายงาน, ฉบับแก้ไข"], COLUMNS, ["4807", "a,b;c\td", '"'], ["4808", "ค", ""]]
    out = StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)

    table = read_table(out.getvalue().encode(), "a.csv", columns=COLUMNS)

    assert table.to_numpy().tolist() == rows[2:]
    assert table.index.tolist() == [3, 4]


def test_a_semicolon_in_a_cell_separates_nothing():
    rows = [COLUMNS, ["1;2;3;4;5", "ก;ข", ";"]]

    assert read_table(csv_bytes(rows), "a.csv", columns=COLUMNS).to_numpy().tolist() == rows[1:]


def test_names_the_missing_headers_whatever_separates_them():
    with pytest.raises(MissingColumns, match="โทรศัพท์"):
        read_table(f"{CODE};ชื่อ\n1;2".encode(), "a.csv", columns=COLUMNS)


def test_refuses_a_table_without_the_headers_and_names_them():
    for content, name in both([["รายงาน"], [CODE, "ชื่อ"], ["4807", "นาแก"]]):
        with pytest.raises(MissingColumns, match="“ชื่อสำนักงาน”, “โทรศัพท์”") as refusal:
            read_table(content, name, columns=COLUMNS)
        assert f"“{CODE}”" not in str(refusal.value)


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n"])
def test_refuses_an_empty_file(content):
    with pytest.raises(MissingColumns, match=CODE):
        read_table(content, "a.csv", columns=COLUMNS)


def test_takes_ten_title_lines_and_no_more():
    titles = [[f"บรรทัดที่ {number}"] for number in range(10)]
    for content, name in both([*titles, COLUMNS, ["1", "2", "3"]]):
        assert read_table(content, name, columns=COLUMNS).index.tolist() == [12]
    for content, name in both([*titles, ["อีกบรรทัด"], COLUMNS, ["1", "2", "3"]]):
        with pytest.raises(MissingColumns, match="11 แถวแรก"):
            read_table(content, name, columns=COLUMNS)


def test_refuses_a_header_that_stands_twice():
    for content, name in both([[*COLUMNS, NAME], ["1", "2", "3", "4"]]):
        with pytest.raises(RepeatedColumns, match=NAME):
            read_table(content, name, columns=COLUMNS)


def test_takes_as_many_rows_as_allowed_and_refuses_one_more():
    rows = [["รายงาน"], [CODE], *([str(number)] for number in range(MAX_ROWS))]
    for content, name in both(rows):
        assert len(read_table(content, name, columns=[CODE])) == MAX_ROWS
    for content, name in both([*rows, ["1"]]):
        with pytest.raises(TooManyRows, match="10,000 แถว"):
            read_table(content, name, columns=[CODE])


def test_rows_of_extra_columns_count_too_so_none_is_cut_unseen():
    rows = [["อื่น", CODE], *(["x", ""] for _ in range(MAX_ROWS)), ["", "สุดท้าย"]]

    with pytest.raises(TooManyRows):
        read_table(csv_bytes(rows), "a.csv", columns=[CODE])


def test_refuses_a_cell_that_no_cell_can_hold_and_says_the_row():
    rows = [[CODE], ["1"], ["ก" * (MAX_CELL + 1)]]

    with pytest.raises(CellTooLong, match="แถวที่ 3"):
        read_table(csv_bytes(rows), "a.csv", columns=[CODE])


def test_refuses_a_file_above_the_limit():
    with pytest.raises(FileTooLarge, match="10 MB"):
        read_table(b"a" * (10 * 2**20 + 1), "a.csv", columns=[CODE])


@pytest.mark.parametrize("name", ["a.xls", "a.xlsm", "a.pdf", "a", "xlsx", "a.csv.exe", ".csv"])
def test_refuses_other_kinds_of_file(name):
    with pytest.raises(NotASpreadsheet, match=r"\.xlsx หรือ CSV UTF-8"):
        read_table(xlsx([COLUMNS]), name, columns=COLUMNS)
