"""A folder as Streamlit's static files are, small, and copies of it."""

from pathlib import Path

import pytest

from pages.delivery import packing

SCRIPT = b"export const answer = 42\n" * 10_000


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Streamlit's static files: two scripts, of which one is not used, one style, one picture."""
    folder = tmp_path / "streamlit"
    (folder / "static" / "js").mkdir(parents=True)
    (folder / "static" / "js" / "index.ABC.js").write_bytes(SCRIPT)
    (folder / "static" / "js" / "index.ABC.css").write_bytes(b"p { color: black }\n" * 100)
    (folder / "static" / "js" / "PlotlyChart.DEF.js").write_bytes(SCRIPT)
    (folder / "static" / "js" / "flake.png").write_bytes(b"\x89PNG")
    monkeypatch.setattr(packing, "get_static_dir", lambda: str(folder))
    return folder


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Our fonts as set-up copies them, and a small plotly.js."""
    library = tmp_path / "plotly"
    (library / "package_data").mkdir(parents=True)
    (library / "package_data" / "plotly.min.js").write_bytes(SCRIPT)
    monkeypatch.setattr(packing.plotly, "__file__", str(library / "__init__.py"))
    folder = tmp_path / "own"
    packing.copy_own(folder)
    return folder


@pytest.fixture
def packed(static: Path, own: Path, tmp_path: Path) -> Path:
    """The folder of the copies."""
    packing.pack(tmp_path / "packed", own=own)
    return packing.packed_folder(tmp_path / "packed")
