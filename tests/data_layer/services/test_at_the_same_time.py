"""Two people act at the same instant: one waits for the other, and neither is turned away.

Each test holds one act in its middle until the other has come as far as it can.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Thread

import openpyxl
import pytest

from data_layer.db import Conflict
from data_layer.errors import DomainError
from data_layer.form_files.guide import ANSWERS
from data_layer.models import RecordState
from data_layer.services import drafts, review, submissions, templates
from data_layer.services.drafts import FieldTaken
from data_layer.services.submissions import NotWaiting
from tests import people
from tests.people import ADMIN, OFFICER, PROVINCE
from tests.rounds import READINESS, SURVEY, TAO, TOWN, filled, key, opened, stand, submitted

pytestmark = pytest.mark.usefixtures("database")
AS_FAR_AS_IT_CAN_S = 0.4


@pytest.fixture(autouse=True)
def _round(database):
    stand()


class Other:
    """What somebody else does meanwhile, and what it was refused with."""

    def __init__(self, act, *given) -> None:
        self.refused: DomainError | None = None
        self._thread = Thread(target=self._run, args=(act, *given))

    def _run(self, act, *given):
        try:
            act(*given)
        except DomainError as refusal:
            self.refused = refusal

    def comes(self) -> None:
        """It has begun, and waits if it must."""
        if self._thread.ident is None:
            self._thread.start()
            self._thread.join(AS_FAR_AS_IT_CAN_S)

    @contextmanager
    def through(self) -> Iterator[None]:
        """At the end it is over."""
        try:
            yield
        finally:
            self._thread.join()


def after(monkeypatch, module, name, other):
    """The other comes when that step of the act under test was done for the first time."""
    step = getattr(module, name)

    def then(*given, **more):
        done = step(*given, **more)
        other.comes()
        return done

    monkeypatch.setattr(module, name, then)


def staff_counts(content, count):
    """The template with that many people in each authority."""
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = next(each for each in book if each.title.lower() == ANSWERS)
    place = next(cell.column for cell in sheet[3] if cell.value == "จำนวนบุคลากร (คน)")
    for row in range(5, 5 + len({TAO, TOWN})):
        sheet.cell(row, place).value = count
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def take_template(count):
    admin = people.actor(ADMIN)
    content = staff_counts(templates.template(admin, SURVEY, "2569"), count)
    return lambda: templates.take(admin, SURVEY, "2569", content, "a.xlsx")


def test_who_types_the_first_field_of_a_form_while_another_form_is_handed_in():
    ready, officer = filled(), people.actor(OFFICER)
    other = Other(submissions.submit, people.actor(ADMIN), ready.key, ready.version)

    with other.through(), drafts.filling(officer, key(TOWN)) as (session, held):
        other.comes()
        drafts.put(session, officer, held, {"staff_count": 12})

    assert other.refused is None
    assert opened().state is RecordState.SUBMITTED
    assert opened(at=key(TOWN)).answers["staff_count"] == 12


def test_what_the_province_approves_is_taken_back_in_the_same_instant(monkeypatch):
    one, two = submitted(), submitted(ADMIN, key(form=READINESS))
    province = people.actor(PROVINCE)
    other = Other(submissions.withdraw, people.actor(ADMIN), two.key)
    after(monkeypatch, review, "tell", other)

    with other.through():
        review.approve(province, [(one.key, one.version), (two.key, two.version)])

    assert isinstance(other.refused, NotWaiting)
    assert opened(ADMIN, two.key).state is RecordState.APPROVED


@pytest.mark.parametrize("has_begun", [True, False])
def test_who_types_while_a_filled_template_is_taken_keeps_the_own_field(monkeypatch, has_begun):
    if has_begun:
        drafts.save_field(people.actor(OFFICER), key(TOWN), "village_count", "3", None)
        drafts.save_field(people.actor(OFFICER), key(TAO), "village_count", "3", None)
    take = take_template(42)
    other = Other(drafts.save_field, people.actor(OFFICER), key(TAO), "households", "80", None)
    after(monkeypatch, templates, "keep", other)

    with other.through():
        assert take() == 2

    assert other.refused is None
    assert opened().answers["households"] == 80
    assert [opened(at=key(each)).answers["staff_count"] for each in (TAO, TOWN)] == [42, 42]


@pytest.mark.parametrize("has_begun", [True, False])
def test_what_somebody_types_while_a_template_is_weighed_is_not_overwritten_unseen(
    monkeypatch, has_begun
):
    if has_begun:
        drafts.save_field(people.actor(OFFICER), key(TAO), "village_count", "3", None)
    take = take_template(42)
    other = Other(drafts.save_field, people.actor(OFFICER), key(TAO), "staff_count", "7", None)
    after(monkeypatch, templates, "_weigh", other)

    taken = Other(take)

    with other.through(), taken.through():
        taken.comes()

    # whoever was first stands, the other is told
    assert type(taken.refused or other.refused) in {Conflict, FieldTaken}
    assert (taken.refused is None) is (other.refused is not None)
    assert opened().answers["staff_count"] == (42 if taken.refused is None else 7)
