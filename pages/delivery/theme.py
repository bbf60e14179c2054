"""The theme, put together once: it is said in every run and stays as it is while the server runs.

Streamlit looks through all of its settings six times a run for it: about a tenth of what a run of
a dashboard costs, a third of what the smallest page does.
"""

from collections.abc import Callable
from functools import cache
from typing import Final, TypeAlias

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

Fill: TypeAlias = Callable[[CustomThemeConfig, str], None]
_PLACE: Final = "_populate_theme_msg"  # as of the Streamlit that requirements.txt pins


def keep_theme() -> None:
    """From here on each part of the theme is read when it is first said. Raises AttributeError."""
    setattr(app_session, _PLACE, kept(getattr(app_session, _PLACE)))


def kept(fill: Fill) -> Fill:
    """The same as `fill`, which reads a section of the settings into a message, but read once."""

    @cache
    def made(section: str) -> CustomThemeConfig:
        message = CustomThemeConfig()
        fill(message, section)
        return message

    def filled(message: CustomThemeConfig, section: str = "theme") -> None:
        if made(section).ByteSize():  # an empty part is none
            message.MergeFrom(made(section))

    return filled
