"""User text in Markdown: every letter is shown as it was typed (security.md, W04)."""

import re
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from pages.components.messages import JOINER, escape, mail_link, phone_link

HOSTILE = [
    "<script>alert(1)</script>",
    "<!-- c --> <b onclick=x>b</b>",
    "![x](https://evil.example/a.png)",
    "[คลิก](https://evil.example) [x]: http://a.b",
    "ราคา $x^2$ และ $$y$$",
    ":red[แดง] :blue-background[x] :badge[z]{a=b}",
    ":material/delete: ลบ :streamlit:",
    "&lt;b&gt; &amp; &#65;",
    "`code` ```js",
    ":smile: :+1: :100: ::: :::warning",
    "https://evil.example www.evil.example a@evil.example mailto:a@b.co",
    "# หัวข้อ",
    "- ข้อ\n- สอง\n\n1. หนึ่ง\n2) สอง",
    "> อ้าง\n| a | b |\n|---|---|",
    "**หนา** _เอียง_ ~~ขีด~~ a_b*c",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "    เยื้อง\n=====\n---",
    "\\*a\\* 10:42 (120) 1-20 ๒๓.๔/ว ๒๐๕๑",
]
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# What Streamlit does to text after it was parsed (its StreamlitMarkdown script, 1.67).
REWRITTEN = re.compile(
    r":material_\w+:|:material/|:streamlit:|:\+1:|:[\w-]+:|:[a-z][a-z0-9-]*[\[{]"
    r"|https?://|\bwww\.|mailto:\w|[-.\w+]+@[-\w]+\.\w"
    r"|(?:^|\s)(?:<->|->|<-|--|>=|<=|~=)(?:\s|$)",
)


def lines(text):
    return [line.strip() for line in text.strip().split("\n") if line.strip()]


def rendered(text):
    """The words that a Markdown reader would show, and the tags it would make of them."""
    html = PARSER.render(escape(text))
    tags = set(re.findall(r"<(/?\w+)", html))
    plain = re.sub(r"<[^>]+>", "", html)
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(entity, letter)
    return plain, tags


@pytest.mark.parametrize("text", HOSTILE)
def test_every_letter_is_shown_and_nothing_becomes_a_tag(text):
    plain, tags = rendered(text)

    assert lines(plain.replace(JOINER, "")) == lines(text)
    assert tags <= {"p", "/p", "br"}


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_left_for_streamlit_to_rewrite(text):
    plain, _ = rendered(text)

    assert not REWRITTEN.findall(plain)
    assert not re.search(r"(?<!\\)\$", escape(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_streamlit_gets_it_escaped_in_texts_and_labels(text):
    at = AppTest.from_function(page, default_timeout=30, args=(text,)).run()

    assert not at.exception
    assert at.markdown[0].value == escape(text).strip()
    assert at.button(key="b").label == escape(text)
    assert at.error[0].value == escape(f"ไม่พบ {text}")


ADDRESSES = ["a_b_c@example.go.th", "a-b+c%d@x-y.go.th", "-a@b.co", "1.a@b.co"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_a_link_that_writes_to_it_and_is_copied_as_it_stands(address):
    html = unquote(PARSER.render(mail_link(address)))

    assert html == f'<p><a href="mailto:{address}">{address}</a></p>\n'


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\n" not in text])
def test_whatever_stands_for_an_address_makes_no_link_that_leads_elsewhere(text):
    html = PARSER.render(mail_link(text))

    assert re.findall(r"<(/?\w+)", html) == ["p", "a", "/a", "/p"]
    assert re.findall(r'href="(\w+:)', html) == ["mailto:"]


def test_a_telephone_number_is_a_link_that_dials_it():
    html = PARSER.render(phone_link("042511234"))

    assert html == '<p><a href="tel:042511234">042-511-234</a></p>\n'


def page(text):
    import streamlit as st  # noqa: PLC0415  (AppTest runs the function alone)

    from data_layer.errors import DomainError  # noqa: PLC0415
    from pages.components.messages import escape, show_refusal  # noqa: PLC0415

    class Refused(DomainError):
        text = "ไม่พบ {what}"

    st.markdown(escape(text))
    st.button(escape(text), key="b")
    show_refusal(Refused(what=text))


@pytest.mark.parametrize("text", ["คะแนน 120 (จาก 100) เวลา 10:42 น. 1-20", "ที่ นพ ๐๐๒๓.๔/ว ๒๐๕๑"])
def test_ordinary_sentences_are_left_alone(text):
    assert escape(text) == text


def test_an_empty_place_says_what_comes_next():
    def empty():
        from pages.components.messages import empty_state, sample_badge  # noqa: PLC0415

        sample_badge()
        empty_state("ยังไม่มีรายการ", "เลือกจังหวัดเพื่อเริ่ม")

    at = AppTest.from_function(empty, default_timeout=30).run()

    assert "ข้อมูลตัวอย่าง" in at.markdown[0].value
    assert at.markdown[1].value == "**ยังไม่มีรายการ**"
    assert at.caption[0].value == "เลือกจังหวัดเพื่อเริ่ม"
