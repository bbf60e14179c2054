"""The house style: one sheet for all pages, sent once with the shell and not in every run."""

from pathlib import Path
from typing import Final

from pages.components.states import STATE_CSS

_HERE: Final = Path(__file__).parent
# Constants of ours: nothing that a person wrote ever goes into it.
HOUSE_STYLE: Final = STATE_CSS + "".join(
    (_HERE / name).read_text(encoding="utf-8") for name in ("layout.css", "figures.css")
)
