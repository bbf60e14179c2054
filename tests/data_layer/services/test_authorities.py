"""The register of local authorities as a list and as files: as shown, cut to who asks."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from data_layer import demo
from data_layer.access import NotAllowed
from data_layer.db import bookkeeping
from data_layer.errors import NotFound
from data_layer.models import Change, ProposalState
from data_layer.rules.proposals import ProposalEntry
from data_layer.services import authorities, proposal_list, proposals
from tests import closings, people, rounds
from tests.people import ADMIN, CENTRAL, OFFICER, OTHER_PROVINCE, PROVINCE
from tests.rounds import FOREIGN, OF_NA_WA, TAO, TOWN


@pytest.fixture
def standing(database):
    """Made-up authorities of three districts, one of which knows its people and area."""
    rounds.add_authorities()
    fields = {
        "address": "=1+1 หมู่ 2",
        "phone": "042511234",
        "area_sq_km": "1041.25",
        "villages": "12",
        "population": "6100",
        "population_year": "2568",
    }
    entry = ProposalEntry(Change.PROFILE, fields, date(2026, 1, 1))
    proposals.propose(people.actor(OFFICER), TAO, entry)
    (found,) = proposal_list.waiting(people.actor(PROVINCE))
    proposals.confirm(people.actor(PROVINCE), found.id, found.version)


def codes(person, query=""):
    return list(authorities.authority_list(people.actor(person), query)["code"])


def as_csv(person, query=""):
    content = authorities.export(people.actor(person), query, "csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def as_sheet(person, query=""):
    content = authorities.export(people.actor(person), query, "xlsx")
    return openpyxl.load_workbook(io.BytesIO(content)).active


@pytest.mark.usefixtures("standing")
class TestRegister:
    def test_z03_an_export_needs_its_right_and_holds_no_row_from_elsewhere(self):
        with pytest.raises(NotAllowed):
            authorities.export(people.actor(OFFICER), "", "csv")

        assert [row[0] for row in as_csv(ADMIN)[5:]] == [TOWN, TAO]
        assert as_csv(OTHER_PROVINCE)[5:] == []

    def test_each_sees_the_own_part(self):
        assert codes(PROVINCE) == codes(CENTRAL) == [TOWN, TAO, FOREIGN, OF_NA_WA]
        assert codes(OFFICER) == [TOWN, TAO]
        assert codes(OTHER_PROVINCE) == []
        with pytest.raises(NotFound):
            authorities.view(people.actor(OTHER_PROVINCE), TAO)

    def test_a_search_narrows_the_list_and_its_file_says_so(self):
        assert codes(PROVINCE, "ฝั่งแดง") == [TAO]

        written = as_csv(PROVINCE, "ฝั่งแดง")

        assert written[1] == ["ขอบเขต: จังหวัดนครพนม ค้นหา “ฝั่งแดง”"]
        assert [row[0] for row in written[5:]] == [TAO]

    def test_f03_no_cell_of_a_file_is_a_formula_and_codes_stay_text(self):
        row = as_csv(PROVINCE, "ฝั่งแดง")[5]
        assert row[:3] == [TAO, "อบต.ฝั่งแดง", "อบต."]
        assert row[5:] == [
            "'=1+1 หมู่ 2", "042-511-234", f"saraban_{TAO}@dla.go.th", "1041.25", "12", "6100",
            "2568", "",
        ]  # fmt: skip
        (cells,) = as_sheet(PROVINCE, "ฝั่งแดง").iter_rows(min_row=6)

        assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}
        assert [cells[place].value for place in (0, 5, 8, 9)] == [TAO, "=1+1 หมู่ 2", 1041.25, 12]

    def test_what_is_made_up_says_so_in_the_file_too(self):
        with bookkeeping() as session:
            session.add(made := rounds.authority("06480599", "อบต.ตัวอย่าง"))
            made.is_sample = True

        assert as_csv(PROVINCE, "06480599")[5:] == []  # not in the kept list yet
        proposals.propose(
            people.actor(OFFICER),
            TOWN,
            ProposalEntry(Change.PROFILE, {"address": "หมู่ 5"}, date(2026, 11, 1)),
        )
        notes = {row[0]: row[-1] for row in as_csv(PROVINCE)[5:]}
        assert notes["06480599"] == "ข้อมูลตัวอย่าง"
        assert notes[TOWN] == "มีคำขอรอจังหวัดยืนยัน"

    def test_who_is_no_more_is_marked_with_who_follows(self):
        closings.merge()

        notes = {row[0]: row[-1] for row in as_csv(PROVINCE)[5:]}

        assert notes[TOWN] == f"ปิดเมื่อ 23 พ.ย. 2569 · รับช่วงต่อโดย {TAO} อบต.ฝั่งแดง"
        assert notes[TAO] == ""


@pytest.mark.xdist_group("demo")
def test_the_demos_register_is_made_up_and_has_a_proposal_at_that_phanom(demo_database):
    accounts = {account.role: account for account in demo.demo_accounts()}
    account = accounts["province"]
    actor = people.identify(people.sign_in_with(account.username, account.password))

    listed = authorities.authority_list(actor)
    (found,) = proposal_list.waiting(actor)

    assert listed["is_sample"].all()
    assert set(listed["note"].str.contains("ข้อมูลตัวอย่าง")) == {True}
    assert listed["population"].notna().all()
    assert (found.state, found.office_code[2:6], found.is_sample) == (
        ProposalState.WAITING,
        "4805",
        True,
    )
    proposals.confirm(actor, found.id, found.version)
    assert authorities.view(actor, found.office_code).facts.villages == 13
