"""BENCH_SCRIPT, served as app.py serves ours: the same delivery, the same start-up."""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from pages.delivery.headers import SecurityHeaders
from pages.delivery.shell import CHART_PATHS, Shell
from pages.delivery.wire import PackedStatic


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Load what is heavy first, as app.py does."""
    import plotly.graph_objects  # noqa: F401, PLC0415

    gc.collect()
    gc.freeze()
    yield {}


script = os.environ["BENCH_SCRIPT"]
# These pages stand at "/": the one that draws is preloaded as our dashboards are.
chart_paths = {*CHART_PATHS, "/"} if script == "two_charts.py" else CHART_PATHS

app = st.App(
    script,
    middleware=[
        Middleware(SecurityHeaders, public_url="http://127.0.0.1"),
        Middleware(PackedStatic),
        Middleware(Shell, chart_paths=chart_paths),
    ],
    lifespan=lifespan,
)
