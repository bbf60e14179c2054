"""A row of the department's list, as clerks and their spreadsheets write it."""

import pytest

from data_layer.rules.offices import BadOfficeCode, check_authority, search_terms

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
    with pytest.raises(BadOfficeCode):
        check_authority(ROW | {"code": code})


@pytest.mark.parametrize("code", ["06480503", "๐๖๔๘๐๕๐๓", "0648 0503", "6480503"])
def test_takes_the_code_also_without_the_zero_that_a_spreadsheet_dropped(code):
    assert check_authority(ROW | {"code": code}).code == "06480503"


@pytest.mark.parametrize("query", ["นาแก", "อ.นาแก", "อำเภอนาแก", "สถอ.นาแก", "สถอ. นาแก"])
def test_finds_a_place_with_or_without_its_title(query):
    assert search_terms(query) == ["นาแก"]
