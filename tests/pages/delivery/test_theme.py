"""What is kept of the theme is what Streamlit would say anew."""

import inspect

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session

from pages.delivery.theme import keep_theme, kept

READ_ANEW = app_session._populate_theme_msg
SECTIONS = {
    "theme": lambda theme: theme,
    "theme.light": lambda theme: theme.light,
    "theme.dark": lambda theme: theme.dark,
    "theme.sidebar": lambda theme: theme.sidebar,
    "theme.light.sidebar": lambda theme: theme.light.sidebar,
    "theme.dark.sidebar": lambda theme: theme.dark.sidebar,
}


def said(fill):
    session = NewSession()
    for section, part in SECTIONS.items():
        fill(part(session.custom_theme), section)
    return session.SerializeToString(deterministic=True)


def test_each_run_says_the_theme_that_streamlit_would_say():
    fill = kept(READ_ANEW)

    assert said(fill) == said(READ_ANEW)
    assert said(fill) == said(READ_ANEW)
    assert b"Sarabun" in said(fill)


def test_the_settings_are_read_once():
    asked = []

    def fill(message, section):
        asked.append(section)
        READ_ANEW(message, section)

    once = kept(fill)
    said(once)
    said(once)

    assert sorted(asked) == sorted(SECTIONS)


def test_streamlit_asks_where_the_kept_theme_answers(monkeypatch):
    monkeypatch.setattr(app_session, "_populate_theme_msg", READ_ANEW)
    source = inspect.getsource(app_session.AppSession._create_new_session_message)

    keep_theme()

    assert app_session._populate_theme_msg is not READ_ANEW
    assert source.count("_populate_theme_msg(") == len(SECTIONS)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_sections_are_those_of_streamlit(section):
    names = {f"theme.{each.value}" for each in config.CustomThemeCategories}

    assert section == "theme" or section in names
    assert len(names) == len(SECTIONS) - 1
