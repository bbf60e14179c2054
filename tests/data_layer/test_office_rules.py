"""A row of the department's list, as clerks and their spreadsheets write it."""

import pytest

from data_layer.errors import InvalidFields
from data_layer.rules.offices import check_authority, is_called, search_terms

ROW = {
    "code": "06480503",
    "name": "อบต.โพนแพง",
    "kind": "อบต.",
    "phone": "",
    "valid_on": "",
    "status": "",
}


@pytest.mark.parametrize("code", ["6480503x", "480503", "09480503", "064805031"])
def test_refuses_what_is_no_code_of_an_authority(code):
    with pytest.raises(InvalidFields) as refused:
        check_authority(ROW | {"code": code})

    assert list(refused.value.problems) == ["code"]


def test_tells_all_that_is_wrong_with_a_row_at_once():
    wrong = {"code": "12", "name": " ", "kind": "หมู่บ้าน", "phone": "12", "valid_on": "31/2/2569"}

    with pytest.raises(InvalidFields) as refused:
        check_authority(ROW | wrong)

    assert set(refused.value.problems) == set(wrong)


@pytest.mark.parametrize("code", ["06480503", "๐๖๔๘๐๕๐๓", "0648 0503", "6480503"])
def test_takes_the_code_also_without_the_zero_that_a_spreadsheet_dropped(code):
    assert check_authority(ROW | {"code": code}).code == "06480503"


@pytest.mark.parametrize("query", ["นาแก", "อ.นาแก", "อำเภอนาแก", "สถอ.นาแก", "สถอ. นาแก"])
def test_finds_a_place_with_or_without_its_title(query):
    assert search_terms(query) == ["นาแก"]


@pytest.mark.parametrize(
    "given",
    ["", "เมือง", "สถอ.เมืองนครพนม", "สถอ. เมือง นครพนม", "สถอ.เมืองนครพนม จังหวัดนครพนม",
     "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอเมืองนครพนม", "สนง.เมืองนครพนม"],
)  # fmt: skip
def test_a_name_is_known_in_short_and_with_all_that_people_write_around_it(given):
    assert is_called("เมืองนครพนม", given)


@pytest.mark.parametrize("given", ["สถอ.นาแก", "สถอ.นครพนม", "ปลาปาก", "x"])
def test_the_name_of_another_office_is_none_of_this_one(given):
    assert not is_called("เมืองนครพนม", given)


@pytest.mark.parametrize("query", ["นาแก\x00", "\u202eนาแก", "นาแก " + " " * 5_000])
def test_a_search_for_what_no_name_can_have_looks_for_the_rest(query):
    assert search_terms(query) == ["นาแก"]


def test_a_search_for_a_whole_page_of_text_finds_nothing_and_breaks_nothing():
    assert search_terms("ก" * 5_000)
