"""A folder as Streamlit's static files are, small, and copies of it."""

from pathlib import Path

import pytest

from pages.delivery import packing

CHARTS = b"export const PlotlyChart = 1\nexport default 2\n"
SCRIPT = b"export const answer = 42\n" * 10_000


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Streamlit's static files: two scripts, one style, one picture."""
    folder = tmp_path / "streamlit"
    (folder / "static" / "js").mkdir(parents=True)
    (folder / "static" / "js" / "index.ABC.js").write_bytes(SCRIPT)
    (folder / "static" / "js" / "index.ABC.css").write_bytes(b"p { color: black }\n" * 100)
    (folder / "static" / "js" / "PlotlyChart.DEF.js").write_bytes(CHARTS)
    (folder / "static" / "js" / "flake.png").write_bytes(b"\x89PNG")
    monkeypatch.setattr(packing, "get_static_dir", lambda: str(folder))
    return folder


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """The fonts as set-up copies them."""
    folder = tmp_path / "fonts"
    packing.copy_fonts(folder)
    return folder


@pytest.fixture
def packed(static: Path, fonts: Path, tmp_path: Path) -> Path:
    """The folder of the copies."""
    packing.pack(tmp_path / "packed", fonts=fonts)
    return packing.packed_folder(tmp_path / "packed")
