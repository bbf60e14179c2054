"""pages/delivery/turns.py: two runs compute, the others wait, but not behind long ones."""

import threading
from contextlib import ExitStack, contextmanager

import pytest

from pages.delivery import turns

PATIENCE_S = 20


@contextmanager
def run():
    """A run on a thread of its own: told when it has its turn, ended with the block."""
    has_begun, may_end = threading.Event(), threading.Event()

    def computing():
        with turns.turn():
            has_begun.set()
            may_end.wait(PATIENCE_S)

    thread = threading.Thread(target=computing)
    thread.start()
    try:
        yield has_begun
    finally:
        may_end.set()
        thread.join(PATIENCE_S)


@pytest.fixture
def two():
    """Two runs that compute; close it to end them."""
    with ExitStack() as running:
        for _ in range(turns.AT_ONCE):
            assert running.enter_context(run()).wait(PATIENCE_S)
        yield running


def test_a_third_run_waits_until_one_of_two_is_over(two, monkeypatch):
    monkeypatch.setattr(turns, "LONG_S", PATIENCE_S)
    with run() as third:
        assert not third.wait(4 * turns.LOOK_S)

        two.close()

        assert third.wait(PATIENCE_S)


@pytest.mark.usefixtures("two")
def test_a_third_run_goes_beside_two_that_take_long(monkeypatch):
    monkeypatch.setattr(turns, "LONG_S", 0)

    with run() as third:
        assert third.wait(PATIENCE_S)


def test_a_run_that_fails_gives_its_turn_back():
    for _ in range(turns.AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError), turns.turn():
            raise ZeroDivisionError

    assert not turns._since
