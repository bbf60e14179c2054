"""The page that every address first answers with: Streamlit's index.html, made ours.

It speaks Thai, asks for our font early, and names the scripts that pages load late: the browser
then fetches them while it is still starting Streamlit, not one wave after the other.
"""

import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import brotli
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from pages.delivery.packing import FONTS_URL
from pages.delivery.wire import takes_brotli

# Streamlit components, by their chunk's name: on every page, and on those that draw.
EVERYWHERE = ("BidiComponent",)
ON_CHART_PAGES = ("PlotlyChart",)

Manifest = Mapping[str, Mapping[str, Any]]
