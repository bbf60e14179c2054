"""`/healthz`: whether the server can do its work, for those who keep it running. No data."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from data_layer.services import health


async def healthz(_request: Request) -> Response:
    """200 when the database answers and is at the newest migration, else 503."""
    state = await run_in_threadpool(health.state)
    return JSONResponse(state, status_code=200 if state["database"] == "ok" else 503)
