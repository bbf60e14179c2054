"""At set-up: brotli copies of what browsers load, and the Thai fonts.

Streamlit serves its scripts as they are: a page with two charts is 9.2 MB. The copies lie under
var/static/<streamlit version>/ at the path of their URL with `.br` added, so that wire.py needs
no list of them.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib.metadata import distribution
from pathlib import Path

import brotli
import fontpkg
import streamlit
from streamlit.file_util import get_static_dir

ROOT = Path(__file__).resolve().parents[2]
PACKED = ROOT / "var" / "static"
FONTS = ROOT / "pages" / "static" / "fonts"  # where Streamlit serves /app/static/fonts from
FONTS_URL = "app/static/fonts"
# Sarabun's weights that .streamlit/config.toml names.
FONT_WEIGHTS = (400, 600, 700)
# Pictures and woff2 are compressed already: packing them again gains nothing.
PACKABLE = {".js", ".css", ".svg", ".ttf"}
# All of it, on 2 cores: 10 takes 14 s, 11 takes 28 s and is 2 % smaller, 9 takes 2 s and is 9 %
# larger (of the plotly chunk: 1,082, 1,060 and 1,183 kB out of 4,716).
QUALITY = 10
# The chunk that waits for the words, and what stands in its place (late.js tells why). Only packed:
# who takes no brotli gets Streamlit's own.
LATE = "PlotlyChart"
LATE_SCRIPT = Path(__file__).with_name("late.js")


def packed_folder(into: Path = PACKED) -> Path:
    """Where the copies for the installed Streamlit are: another version never finds stale ones."""
    return into / streamlit.__version__


def pack(
    into: Path = PACKED,
    *,
    fonts: Path = FONTS,
    report: Callable[[str], None] = lambda _line: None,
) -> int:
    """Brotli copies of Streamlit's scripts and styles and of `fonts`, under `into`.

    A copy as new as its source is left, so a second call is quick and a broken-off one goes on.
    `report` gets a line of progress now and then. Returns how many copies were written.
    """
    folder = packed_folder(into)
    jobs = [job for job in _jobs(folder, fonts) if _is_stale(*job)]
    # Threads do: brotli lets go of the interpreter lock. The largest first, so none works alone.
    jobs.sort(key=lambda job: job[0].stat().st_size, reverse=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        started = [pool.submit(_pack_one, *job) for job in jobs]
        for count, done in enumerate(as_completed(started), 1):
            done.result()
            if count % 100 == 0 or count == len(jobs):
                report(f"packed {count} of {len(jobs)} files")
    _pack_late_script(folder)
    return len(jobs)


def late_name(name: str) -> str:
    """The name that a script is packed under: another one if it waits for the words."""
    is_late = name.startswith(f"{LATE}.") and name.endswith(".js")
    return f"{name.removesuffix('.js')}.late.js" if is_late else name


def copy_fonts(into: Path = FONTS) -> None:
    """Sarabun and its licence as plain files: Streamlit refuses a symbolic link with 400."""
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


def _jobs(folder: Path, fonts: Path) -> Iterator[tuple[Path, Path]]:
    """Pairs of a file and its copy-to-be."""
    for source_folder, url in ((Path(get_static_dir()), "."), (fonts, FONTS_URL)):
        for source in source_folder.rglob("*"):
            if source.suffix in PACKABLE:
                target = folder / url / source.relative_to(source_folder)
                yield source, target.with_name(late_name(target.name) + ".br")


def _is_stale(source: Path, target: Path) -> bool:
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _pack_late_script(folder: Path) -> None:
    for waits in Path(get_static_dir(), "static/js").glob(f"{LATE}.*.js"):
        script = LATE_SCRIPT.read_text(encoding="utf-8").replace("LATE_NAME", late_name(waits.name))
        _write(folder / "static/js" / f"{waits.name}.br", script.encode())


def _pack_one(source: Path, target: Path) -> None:
    _write(target, source.read_bytes())


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    unfinished.write_bytes(brotli.compress(content, quality=QUALITY))
    unfinished.replace(target)  # a copy is whole or it is not there
