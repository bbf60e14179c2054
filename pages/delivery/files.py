"""`/files/<panel>.<csv|xlsx>?area=…`: a dashboard's charts and forms as files, behind plain links.

A link costs a page nothing: who asks, and whether they may, is asked at the click.
"""

from http import HTTPStatus
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from auth.routes import identified
from data_layer.access import Actor, NotAllowed
from data_layer.errors import DomainError, NotFound
from data_layer.panels import PANELS
from data_layer.progress import FORMS
from data_layer.services import dashboards, exports, progress
from pages.components.downloads import XLSX

MEDIA: Final = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
UNCACHED: Final = {"cache-control": "no-store"}
STATUS: Final = {
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    exports.OneDistrictOnly: HTTPStatus.NOT_FOUND,
}


async def panel_file(request: Request) -> Response:
    """The file; its refusal in a sentence; the sign-in for who is not in (any more)."""
    try:
        return await run_in_threadpool(_answer, request)
    except DomainError as refusal:
        status = STATUS.get(type(refusal), HTTPStatus.SERVICE_UNAVAILABLE)
        return PlainTextResponse(str(refusal), status, UNCACHED)


def _answer(request: Request) -> Response:
    panel, form = request.path_params["panel"], request.path_params["form"]
    area = request.query_params.get("area") or None
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise NotAllowed  # another site's link: it would make people export what they did not want
    if panel not in {FORMS, *PANELS} or form not in MEDIA:
        raise NotFound
    who = identified(request)
    if not isinstance(who, Actor):
        return RedirectResponse("/", HTTPStatus.SEE_OTHER, UNCACHED)
    if panel == FORMS:
        content, name = progress.export_forms(who, area, form), progress.forms_name(area)
    else:
        content = exports.export(who, panel, area, form)
        name = exports.export_name(panel, dashboards.by_area_code(who, area))
    attached = {"content-disposition": f'attachment; filename="{name}.{form}"'}
    return Response(content, media_type=MEDIA[form], headers=attached | UNCACHED)
