"""The two cookies: the session's, and the browser's own that a login ticket is bound to.

Both are set by the server, HttpOnly and SameSite=Strict; by TLS also Secure and named __Host-.
"""

from starlette.requests import cookie_parser
from starlette.responses import Response

from data_layer.config import config

_SESSION, _BROWSER = "phrom_session", "phrom_browser"


def session_cookie() -> str:
    """The name of the session's cookie."""
    return _named(_SESSION)


def browser_cookie() -> str:
    """The name of the browser's own cookie."""
    return _named(_BROWSER)


def _named(name: str) -> str:
    return f"__Host-{name}" if config().https else name


def set_cookie(response: Response, name: str, value: str, *, max_age: int | None = None) -> None:
    """Set one of our cookies on a response."""
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        path="/",
        httponly=True,
        samesite="strict",
        secure=config().https,
    )


def read_cookie(header: bytes, name: str) -> str:
    """A cookie's value from a Cookie header; empty when it is missing.

    Read as browsers write: http.cookies drops ours when another application's beside it is odd.
    """
    return cookie_parser(header.decode("latin-1")).get(name, "")
