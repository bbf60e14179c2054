"""ASGI entry: `streamlit run app.py` serves it. Routes, middleware and start-up; no page logic."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from auth.guard import Guard
from auth.routes import ROUTES
from data_layer import logs, schema
from data_layer.config import config
from pages.components.acts import show_error_number
from pages.delivery.files import panel_file
from pages.delivery.headers import SecurityHeaders
from pages.delivery.health import healthz
from pages.delivery.last_words import LastWords
from pages.delivery.shell import Shell
from pages.delivery.theme import keep_theme
from pages.delivery.wire import PackedStatic

logs.configure()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Refuse to start without the right keys; load what is heavy before the first visitor."""
    # pandas and all that pages draw with: loaded here so that no page waits for it
    from data_layer.services import dashboards, exports, rounds  # noqa: F401, PLC0415
    from pages.components import panels  # noqa: F401, PLC0415

    keep_theme()
    schema.prove_keys()
    rounds.prepare_forms()
    logging.getLogger("phrom").info("started", extra={"onboarding": config().onboarding.value})
    gc.collect()
    gc.freeze()  # what was loaded stays: later collections need not look at it
    yield {}


def on_script_error(problem: Exception) -> bool:
    """An unexpected error: a number on the page, the rest in the log."""
    show_error_number(logs.error_number(problem))
    return True


app = st.App(
    "pages/navigation.py",
    routes=[
        *ROUTES,
        Route("/healthz", healthz),
        Route("/files/{panel}.{form}", panel_file, methods=["GET"]),
    ],
    middleware=[
        Middleware(SecurityHeaders, public_url=config().public_url),
        Middleware(Shell),
        Middleware(PackedStatic),
        Middleware(Guard),
        Middleware(LastWords),
    ],
    lifespan=lifespan,
    on_script_error=on_script_error,
)
