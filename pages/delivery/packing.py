"""At set-up: brotli copies of what browsers load, the Thai fonts, and what draws the charts.

Streamlit serves its scripts as they are: a page with two charts is 9.2 MB. The copies lie under
var/static/<streamlit version>/ at the path of their URL with `.br` added, so that wire.py needs
no list of them.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib.metadata import distribution
from pathlib import Path

import brotli
import fontpkg
import plotly
import streamlit
from streamlit.file_util import get_static_dir

ROOT = Path(__file__).resolve().parents[2]
PACKED = ROOT / "var" / "static"
OWN = ROOT / "pages" / "static"  # where Streamlit serves /app/static from
OWN_URL = "app/static"
FONTS_URL = f"{OWN_URL}/fonts"
# plotly.js of the installed plotly (components/charts.js loads it)
PLOTLY_URL = f"{OWN_URL}/plotly-{plotly.__version__}.min.js"
# Sarabun's weights that .streamlit/config.toml names.
FONT_WEIGHTS = (400, 600, 700)
# Pictures and woff2 are compressed already: packing them again gains nothing.
PACKABLE = {".js", ".css", ".svg", ".ttf"}
# All of it, on 2 cores: 10 takes 14 s, 11 takes 28 s and is 2 % smaller, 9 takes 2 s and is 9 %
# larger (of the plotly chunk: 1,082, 1,060 and 1,183 kB out of 4,716).
QUALITY = 10
# Every kind of chart that plotly.js makes known as it starts: running them keeps the browser busy
# for half a second. Dashboards draw bars, the first of the list, and points, which its core knows.
KINDS = re.compile(r"(\.register\(\[\w+\(\))(?:,\w+\(\))+\]")
# Streamlit's own charts, 4.7 MB: no page has one.
UNUSED = "PlotlyChart."


def packed_folder(into: Path = PACKED) -> Path:
    """Where the copies for the installed Streamlit are: another version never finds stale ones."""
    return into / streamlit.__version__


def pack(
    into: Path = PACKED,
    *,
    own: Path = OWN,
    report: Callable[[str], None] = lambda _line: None,
) -> int:
    """Brotli copies of Streamlit's scripts and styles and of our `own` files, under `into`.

    A copy as new as its source is left, so a second call is quick and a broken-off one goes on.
    `report` gets a line of progress now and then. Returns how many copies were written.
    """
    folder = packed_folder(into)
    jobs = [job for job in _jobs(folder, own) if _is_stale(*job)]
    # Threads do: brotli lets go of the interpreter lock. The largest first, so none works alone.
    jobs.sort(key=lambda job: job[0].stat().st_size, reverse=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        started = [pool.submit(_pack_one, *job) for job in jobs]
        for count, done in enumerate(as_completed(started), 1):
            done.result()
            if count % 100 == 0 or count == len(jobs):
                report(f"packed {count} of {len(jobs)} files")
    return len(jobs)


def copy_own(into: Path = OWN) -> None:
    """Fonts and plotly.js as plain files: Streamlit refuses a symbolic link with 400."""
    _copy_fonts(into / "fonts")
    _copy_plotly(into / Path(PLOTLY_URL).name)


def _copy_plotly(target: Path) -> None:
    """Starting with the kinds of chart that dashboards draw; written only where that is new."""
    source = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    script = KINDS.sub(r"\1]", source.read_text(encoding="utf-8")).encode()
    if not target.exists() or target.read_bytes() != script:
        target.write_bytes(script)


def _copy_fonts(into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    for weight in FONT_WEIGHTS:
        source = fontpkg.path("Sarabun", weight)
        shutil.copy2(source, into / source.name)
    # The OFL asks that its text travels with the font.
    licence = distribution("fontpkg-sarabun").read_text("licenses/LICENSE")
    if licence is None:
        message = "fontpkg-sarabun came without its licence text"
        raise FileNotFoundError(message)
    (into / "OFL.txt").write_text(licence)


def _jobs(folder: Path, own: Path) -> Iterator[tuple[Path, Path]]:
    """Pairs of a file and its copy-to-be."""
    for source_folder, url in ((Path(get_static_dir()), "."), (own, OWN_URL)):
        for source in source_folder.rglob("*"):
            if source.suffix in PACKABLE and not source.name.startswith(UNUSED):
                target = folder / url / source.relative_to(source_folder)
                yield source, target.with_name(f"{target.name}.br")


def _is_stale(source: Path, target: Path) -> bool:
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _pack_one(source: Path, target: Path) -> None:
    _write(target, source.read_bytes())


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    unfinished.write_bytes(brotli.compress(content, quality=QUALITY))
    unfinished.replace(target)  # a copy is whole or it is not there
