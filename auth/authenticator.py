"""streamlit-authenticator's API over our database.

The library keeps users in a file, sessions in a readable JWT cookie and counts failures in memory;
its two models are replaced here, its API (`Authenticate.login`, `.logout`) stays. Its own cookie
manager, an iframe, is never made.
"""

from typing import Any, NamedTuple

import streamlit as st
import streamlit_authenticator as stauth
from streamlit_authenticator.models import AuthenticationModel

from auth import session
from data_layer.services import sign_in

MAX_USERNAME, MAX_PASSWORD = 40, 128


class DbModel(AuthenticationModel):  # type: ignore[misc]  # the library ships no types
    """Checks credentials against the database instead of a dictionary of users."""

    def __init__(self) -> None:
        super().__init__({"usernames": {}}, auto_hash=False)

    def login(self, username: str, password: str, **_: Any) -> str:  # noqa: ANN401 - its signature
        """The login ticket. Raises SignInRefused, the same for every reason."""
        return sign_in.attempt(
            username, password, browser=session.browser_id(), ip=session.client_ip()
        )


class SignInLabels(NamedTuple):
    """What the form says."""

    username: str
    username_help: str
    password: str
    submit: str


class DbAuthenticate(stauth.Authenticate):  # type: ignore[misc]  # the library ships no types
    """The library's Authenticate with a form whose widgets have stable keys."""

    def __init__(self) -> None:  # super().__init__ would make the cookie iframe
        self.api_key = None
        self.path = None
        self.attrs = {"login_sleep_time": 0}
        self.authentication_model = DbModel()

    def login(self, labels: SignInLabels, username: str = "", *, to: str = "/") -> None:
        """Draw the form; on success send the browser to fetch its session cookie.

        Raises SignInRefused.
        """
        with st.form("sign_in", border=True):
            given = st.text_input(
                labels.username,
                value=username,
                key="sign_in.username",
                max_chars=MAX_USERNAME,
                help=labels.username_help,
                autocomplete="username",
            )
            password = st.text_input(
                labels.password,
                type="password",
                key="sign_in.password",
                max_chars=MAX_PASSWORD,
                autocomplete="current-password",
            )
            is_sent = st.form_submit_button(
                labels.submit, key="sign_in.submit", type="primary", width="stretch"
            )
        if is_sent:
            session.enter(self.authentication_model.login(given, password), to=to)

    def logout(self) -> None:
        """End the session here and in the browser."""
        session.leave()
