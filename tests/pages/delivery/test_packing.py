"""pages/delivery/packing.py: what set-up makes."""

import os
import re
from pathlib import Path

import brotli
import pytest

from pages.delivery import packing
from tests.pages.delivery.conftest import SCRIPT


def test_packs_scripts_styles_and_fonts_but_no_pictures_and_no_charts_of_streamlit(packed):
    names = {copy.relative_to(packed).as_posix() for copy in packed.rglob("*") if copy.is_file()}

    assert names == {
        "static/js/index.ABC.js.br",
        "static/js/index.ABC.css.br",
        f"{packing.PLOTLY_URL}.br",
        "app/static/fonts/Sarabun-Regular.ttf.br",
        "app/static/fonts/Sarabun-SemiBold.ttf.br",
        "app/static/fonts/Sarabun-Bold.ttf.br",
    }


def test_a_copy_holds_what_its_source_holds(packed):
    copy = (packed / "static/js/index.ABC.js.br").read_bytes()

    assert len(copy) < len(SCRIPT) / 100
    assert brotli.decompress(copy) == SCRIPT


def test_a_second_call_packs_only_what_changed(static, own, packed):
    into = packed.parent
    assert packing.pack(into, own=own) == 0

    script = static / "static/js/index.ABC.js"
    later = (packed / "static/js/index.ABC.js.br").stat().st_mtime + 10
    script.write_bytes(b"changed")
    os.utime(script, (later, later))

    assert packing.pack(into, own=own) == 1
    assert brotli.decompress((packed / "static/js/index.ABC.js.br").read_bytes()) == b"changed"


def test_says_how_far_it_is(static, own, tmp_path):
    lines: list[str] = []

    packing.pack(tmp_path / "packed", own=own, report=lines.append)

    assert lines == ["packed 6 of 6 files"]


def test_a_broken_off_set_up_leaves_no_half_copy(static, own, tmp_path, monkeypatch):
    def breaks_off(*_args, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(packing.Path, "replace", breaks_off)
        with pytest.raises(KeyboardInterrupt):
            packing.pack(tmp_path / "packed", own=own)
    assert not list((tmp_path / "packed").rglob("*.br"))

    assert packing.pack(tmp_path / "packed", own=own) == 6


def test_another_streamlit_finds_none_of_the_old_copies(monkeypatch, tmp_path):
    before = packing.packed_folder(tmp_path)
    monkeypatch.setattr(packing.streamlit, "__version__", "9.9.9")

    assert packing.packed_folder(tmp_path) != before


def test_fonts_are_plain_files_with_their_licence(own):
    fonts = own / "fonts"
    files = list(fonts.iterdir())

    assert len(files) == 4
    assert not any(file.is_symlink() for file in files)
    assert "SIL OPEN FONT LICENSE" in (fonts / "OFL.txt").read_text()


def test_plotly_starts_with_the_kinds_of_chart_that_dashboards_draw(tmp_path):
    packing.copy_own(tmp_path)
    script = (tmp_path / Path(packing.PLOTLY_URL).name).read_text()

    (known,) = re.findall(r"\.register\(\[(\w+)\(\)\]\)", script)
    assert _kind(script, known) == "bar"


def _kind(script, module):
    """The name of the kind of chart that a module of plotly.js passes on."""
    passed_on = rf'\b{module}=W\(\(\w+,\w+\)=>{{"use strict";\w+\.exports=(\w+)\(\)}}'
    (of,) = re.findall(passed_on, script)
    (rest,) = re.findall(rf"\b{of}=W\((.*)", script, re.DOTALL)
    return re.search(r'moduleType:"trace",name:"(\w+)"', rest)[1]


def test_a_plotly_that_is_there_is_not_written_again(own):
    script = own / Path(packing.PLOTLY_URL).name
    os.utime(script, (1, 1))

    packing.copy_own(own)

    assert script.stat().st_mtime == 1
