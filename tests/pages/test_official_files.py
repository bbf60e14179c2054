"""pages/officials.py: the register of a district as a file, and a filled one that comes back."""

import pytest

from data_layer.services import officials
from tests import people
from tests.official_files import file_of, new_row
from tests.pages.reading import errors, keys, words
from tests.people import ADMIN, VIEWER
from tests.rounds import TOWN, add_authorities


@pytest.fixture(autouse=True)
def _stand(database):
    add_authorities()


def test_who_only_looks_gets_neither_files_nor_a_template(open_page):
    people.give(VIEWER, officials="read")

    at = open_page("officials.py", VIEWER)

    assert not at.exception
    assert "officials.view" not in keys(at, "button_group")


def test_the_register_goes_out_and_a_filled_file_comes_back_after_a_look(open_page):
    at = open_page("officials.py", ADMIN)
    assert at.button_group(key="officials.view").proto.required  # one of the views always stands
    at = at.button_group(key="officials.view").set_value("files").run()
    downloads = {"officials.csv", "officials.xlsx", "officials.template"}
    assert keys(at, "download_button") == downloads

    content = file_of(new_row(1, office=TOWN), new_row(2, office=TOWN, constituency=""))
    at = at.file_uploader(key="officials.upload").upload("a.xlsx", content, "").run()
    assert "ต้องแก้ในไฟล์ก่อน" in errors(at)[0]
    assert "officials.import.take" not in keys(at, "button")
    assert officials.roster(people.actor(ADMIN), TOWN).sitting == ()

    good = file_of(new_row(1, office=TOWN), new_row(2, office=TOWN))
    at = at.file_uploader(key="officials.upload").upload("b.xlsx", good, "").run()
    assert "นำเข้า 2 รายการ" in [each.label for each in at.button]
    at = at.button(key="officials.import.take").click().run()

    assert not at.exception
    assert "นำเข้าแล้ว เปลี่ยนแปลง 2 รายการ" in words(at)
    assert len(officials.roster(people.actor(ADMIN), TOWN).sitting) == 2
