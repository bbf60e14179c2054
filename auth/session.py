"""Who is in, on this run: read anew from the cookie and the database, never from session state.

Pages call `require_actor` (or `require_claimant`) first; downloads that are built on a click, when
no run is under way, use `when_clicked`, which asks again.
"""

import threading
from collections.abc import Callable
from typing import NoReturn
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from auth.cookies import browser_cookie, session_cookie
from auth.routes import real_ip
from data_layer.access import Actor, NotAllowed
from data_layer.audit import demand
from data_layer.errors import DomainError
from data_layer.services import endings, identity, sign_in
from data_layer.services.identity import Claimant

_run = threading.local()


def read_token() -> str:
    """The session token of this browser; tests put theirs here."""
    return st.context.cookies.get(session_cookie(), "")


def browser_id() -> str:
    """The id that a login ticket is bound to."""
    return st.context.cookies.get(browser_cookie(), "")


def client_ip() -> str:
    """The address of the browser; a forwarded one only from a proxy of ours."""
    return real_ip(st.context.ip_address, st.context.headers.get("X-Forwarded-For", ""))


def begin_run() -> Actor | Claimant | None:
    """Who this run belongs to, with the rights of this moment; navigation asks first on each run.

    The answer is kept on the run's own thread, for the page of this run and for nothing after it.
    A browser that registered its office in a run that was cut off is sent on to its own session.
    """
    token, ip = read_token(), client_ip()
    _run.browser = get_script_run_ctx(), token, ip
    who = identity.identify(token, ip=ip)
    if who is None and token and (ticket := endings.way_on(token, browser=browser_id())):
        enter(ticket)
    _run.who = who
    return who


def ending() -> DomainError | None:
    """Why nobody is in any more, for the sign-in page; None when nobody was."""
    token = read_token()
    return endings.reason(token) if token else None


def current() -> Actor | Claimant | None:
    """Who this run belongs to: as navigation read it, or read now when it did not run."""
    if hasattr(_run, "who"):
        who: Actor | Claimant | None = _run.who
        del _run.who
        return who
    return identity.identify(read_token(), ip=client_ip())


def require_actor(permission: str) -> Actor:
    """The signed-in person, who holds the permission; otherwise the page stops here."""
    who = current()
    if not isinstance(who, Actor):
        _leave()
    try:
        demand(who, permission)
    except NotAllowed as refusal:
        st.error(str(refusal))
        st.stop()
    return who


def require_claimant() -> Claimant:
    """The first sign-in of an office; otherwise the page stops here."""
    who = current()
    if not isinstance(who, Claimant):
        _leave()
    return who


def _leave() -> NoReturn:
    """Nobody (any more): what this tab still shows goes, the sign-in page comes."""
    st.session_state.clear()
    st.rerun()


def when_clicked(permission: str, build: Callable[[Actor], bytes]) -> Callable[[], bytes]:
    """A builder for a download button, which asks who is in at the moment of the click."""
    token, ip = _browser()

    def built() -> bytes:
        who = identity.identify(token, ip=ip)
        if not isinstance(who, Actor):
            raise NotAllowed
        demand(who, permission)
        return build(who)

    return built


def _browser() -> tuple[str, str]:
    """Token and address as navigation read them in this very run; reading them twice costs."""
    context, *known = getattr(_run, "browser", (None, "", ""))
    token, ip = known
    is_of_this_run = context is not None and context is get_script_run_ctx()
    return (token, ip) if is_of_this_run else (read_token(), client_ip())


def asked_page() -> str:
    """Path and query of the address that the browser shows, to come back to after signing in."""
    asked = urlsplit(st.context.url or "/")
    query = urlencode({key: st.query_params[key] for key in st.query_params if key != "office"})
    return f"{asked.path or '/'}?{query}" if query else asked.path or "/"


def enter(ticket: str, *, to: str = "/") -> None:
    """Send the browser to fetch its cookie for the ticket, then to the page it asked for."""
    _go(f"/auth/finish?{urlencode({'t': ticket, 'to': to})}")


def leave() -> None:
    """Sign out: the session ends in the database first, then the browser forgets its cookie."""
    sign_in.sign_out(read_token())
    st.session_state.clear()
    _go("/auth/bye")


def _go(path: str) -> None:
    # the message that st.login() itself sends; internal API, so streamlit is pinned and tested
    context = get_script_run_ctx()
    if context is None:
        return
    message = ForwardMsg()
    message.auth_redirect.url = path
    context.enqueue(message)
    st.stop()
