"""The HTTP ends of signing in and out: only a response of the server can set an HttpOnly cookie.

And who sends a request that is no run of a page: `identified`.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from auth.cookies import browser_cookie, read_cookie, session_cookie, set_cookie
from data_layer.access import Actor
from data_layer.config import config
from data_layer.services import identity, sign_in
from data_layer.services.identity import Claimant

LOCAL = "127.0.0.1"

_MAX_TICKET = 100
_DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def real_ip(direct: str | None, forwarded: str) -> str:
    """The address of the browser; a forwarded one only from a proxy of ours."""
    found = forwarded.rsplit(",", maxsplit=1)[-1].strip() if config().trusted_proxy else direct
    return (found or LOCAL)[:45]


def identified(request: Request) -> Actor | Claimant | None:
    """Who sends this request, with the rights of this moment."""
    cookies = request.headers.get("cookie", "").encode("latin-1")
    direct = request.client.host if request.client else None
    ip = real_ip(direct, request.headers.get("x-forwarded-for", ""))
    return identity.identify(read_cookie(cookies, session_cookie()), ip=ip)


async def finish(request: Request) -> Response:
    """Take the login ticket, set the session's cookie, go home. A bad ticket just goes home."""
    ticket = request.query_params.get("t", "")[:_MAX_TICKET]
    taken = await run_in_threadpool(
        sign_in.redeem,
        ticket,
        browser=request.cookies.get(browser_cookie(), ""),
        old_token=request.cookies.get(session_cookie(), ""),
        device=device_name(request.headers.get("user-agent", "")),
    )
    response = RedirectResponse(_way_back(request), status_code=303)
    if taken is not None:
        token, life = taken
        set_cookie(response, session_cookie(), token, max_age=int(life.total_seconds()))
    return response


async def bye(_request: Request) -> Response:
    """Clear the cookie of a session that is revoked already."""
    response = RedirectResponse("/", status_code=303)
    set_cookie(response, session_cookie(), "", max_age=0)
    return response


def _way_back(request: Request) -> str:
    """The page that was asked for before the sign-in: a path of ours, never another site's."""
    path = request.query_params.get("to", "/")
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path
    return path if is_ours else "/"


def device_name(user_agent: str) -> str:
    """What a person recognises a browser by, such as "Chrome · Windows"."""
    system = next((name for sign, name in _DEVICES if sign in user_agent), "อุปกรณ์อื่น")
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "เบราว์เซอร์อื่น")
    return f"{browser} · {system}"


ROUTES = [Route("/auth/finish", finish), Route("/auth/bye", bye)]
