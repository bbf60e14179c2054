"""Here files are read as in operation: what keeps a hostile one out is what is tested."""

import pytest

from data_layer.exchange import reading
from tests.conftest import COLD


@pytest.fixture(autouse=True)
def _cold_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_run_child", COLD)
