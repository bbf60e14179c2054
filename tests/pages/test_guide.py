"""pages/guide.py: the circular's ten steps."""

import pytest

from tests.pages.reading import words
from tests.people import ADMIN


def test_has_the_ten_steps_in_their_order(open_page):
    steps = [line for line in words(open_page("guide.py")).splitlines() if line.startswith("**")]

    assert [step.removeprefix("**").split(".")[0] for step in steps] == [
        str(number) for number in range(1, 11)
    ]


def test_leads_to_the_sign_in_for_nobody_only(open_page):
    def links(at):
        return {link.proto.page for link in at.main.get("page_link")}

    assert links(open_page("guide.py")) == {"sign_in"}
    assert links(open_page("guide.py", ADMIN)) == set()


@pytest.mark.parametrize(
    ("mode", "says", "says_not"),
    [
        ("approval", "รอจังหวัดยืนยัน**", "เริ่มใช้งานได้ทันที"),
        ("letter", "**7. เริ่มใช้งานได้ทันที**", "7. รอจังหวัดยืนยัน"),
        ("one-time-code", "**รหัสใช้ครั้งเดียว** ที่จังหวัดออกให้", "123456"),
        ("one-time-code", "**7. เริ่มใช้งานได้ทันที**", "7. รอจังหวัดยืนยัน"),
    ],
)
def test_tells_of_the_way_in_that_this_server_has(onboarding, open_page, mode, says, says_not):
    onboarding(mode)

    said = words(open_page("guide.py"))

    assert says in said
    assert says_not not in said
