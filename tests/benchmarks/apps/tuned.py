"""BENCH_SCRIPT, served as app.py serves ours: the same settings, delivery and start-up.

But for delivery/theme.py: how Streamlit reads its theme in every run belongs to the floor.
"""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from pages.delivery.headers import SecurityHeaders
from pages.delivery.shell import Shell
from pages.delivery.wire import PackedStatic


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Load what is heavy first, as app.py does."""
    import plotly.graph_objects  # noqa: F401, PLC0415

    gc.collect()
    gc.freeze()
    yield {}


app = st.App(
    os.environ["BENCH_SCRIPT"],
    middleware=[
        Middleware(SecurityHeaders, public_url="http://127.0.0.1"),
        Middleware(Shell),
        Middleware(PackedStatic),
    ],
    lifespan=lifespan,
)
