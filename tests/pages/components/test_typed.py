"""What is typed is kept, whenever Streamlit ends a run to begin the next one."""

from contextlib import suppress

import pytest

from data_layer.errors import DomainError
from pages.components.form import inputs, typed
from tests.filled_forms import form_named

FIELDS = form_named("survey").fields
STAFF, HOUSEHOLDS = FIELDS["staff_count"], FIELDS["households"]
TOUCHES = 60  # more than a run has


class RunEnded(BaseException):
    """As Streamlit's own: raised where a run touches the session."""


class Session(dict):
    """A session that ends the run at a touch of its state, once."""

    touches_left = -1

    def _touch(self):
        self.touches_left -= 1
        if self.touches_left == -1:
            raise RunEnded

    def __getitem__(self, key):
        self._touch()
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        self._touch()
        super().__setitem__(key, value)

    def __contains__(self, key):
        self._touch()
        return super().__contains__(key)

    def get(self, key, default=None):
        self._touch()
        return super().get(key, default)


class SomebodyElse(DomainError):
    """The record does not hold what the person saw."""

    text = "ผู้อื่นแก้แล้ว"
    theirs = None


class Tab:
    """A browser's tab with two fields of one record, and the record."""

    def __init__(self, session):
        self.session, self.record, self.inputs = session, {}, {}
        self.session["entry.book"] = typed.Book("a record")

    def type(self, name, text):
        self.inputs[f"survey.{name}"] = text

    def run(self, ended_after=-1):
        """A run: what stands in the browser comes first; a whole one fills the browser's inputs."""
        dict.update(self.session, self.inputs)
        self.session.touches_left = ended_after
        with suppress(RunEnded):
            typed.take_changes(self._save, lambda *_: None)
            for field in (STAFF, HOUSEHOLDS):
                self._draw(field)
            dict.update(self.inputs, {key: self._at(key) for key in self.inputs})
        self.session.touches_left = -1

    def _draw(self, field):
        key = f"survey.{field.name}"
        answer = self.record.get(field.name)
        typed.settle(field, field.name, key, answer)
        self.inputs.setdefault(key, self._at(key))
        typed.note_drawn(field, field.name, key, answer, moment=0)

    def _at(self, key):
        return dict.get(self.session, key)

    def _save(self, path, given, seen, _moment):
        value = int(given) if given else None
        if self.record.get(path) not in (seen, value):
            raise SomebodyElse
        self.record[path] = value
        return value


@pytest.fixture
def tab(monkeypatch):
    session = Session()
    monkeypatch.setattr(inputs.st, "session_state", session)
    found = Tab(session)
    found.run()
    return found


@pytest.mark.parametrize("touch", range(TOUCHES))
def test_a_run_that_is_ended_anywhere_loses_nothing_that_was_typed(tab, touch):
    tab.type("staff_count", "45")
    tab.type("households", "1800")
    tab.run(ended_after=touch)

    tab.run()

    assert tab.record == {"staff_count": 45, "households": 1800}
    assert tab.inputs["survey.households"] == "1,800"
    assert typed.refused_at("staff_count") is None


@pytest.mark.parametrize("touch", range(TOUCHES))
def test_who_types_again_while_the_first_text_is_kept_has_no_quarrel_with_oneself(tab, touch):
    tab.type("staff_count", "45")
    tab.run(ended_after=touch)

    tab.type("staff_count", "46")
    tab.run()

    assert tab.record["staff_count"] == 46
    assert tab.inputs["survey.staff_count"] == "46"
    assert typed.refused_at("staff_count") is None


def test_a_text_that_was_refused_is_not_tried_again_by_itself(tab):
    tab.record["staff_count"] = 50
    tab.type("staff_count", "45")
    tab.run()
    assert typed.refused_at("staff_count").is_taken

    tab.record["staff_count"] = None
    tab.run()

    assert tab.record["staff_count"] is None
    assert tab.inputs["survey.staff_count"] == "45"


def test_what_another_wrote_comes_into_a_field_that_was_not_touched(tab):
    tab.record["staff_count"] = 50

    tab.run()

    assert tab.inputs["survey.staff_count"] == "50"
    assert tab.record["staff_count"] == 50
