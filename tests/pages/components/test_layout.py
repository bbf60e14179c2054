"""The head of every page, and the two files of every list."""

from datetime import date

from streamlit.testing.v1 import AppTest

from pages.components.layout import as_of_words


def page():
    from datetime import UTC, datetime  # noqa: PLC0415  (AppTest runs the function alone)

    from pages.components.downloads import download_pair  # noqa: PLC0415
    from pages.components.layout import page_header  # noqa: PLC0415

    def build():
        raise AssertionError

    page_header("ภาพรวม <b>x</b>", "ใครยังไม่ลงทะเบียน", datetime(2026, 11, 23, 3, 42, tzinfo=UTC))
    download_pair("missing", csv=build, xlsx=build, name="รายชื่อ")


def test_header_says_what_for_and_as_of_when_in_thai_time():
    at = AppTest.from_function(page, default_timeout=30).run()

    (head,) = at.get("html")
    assert "<h1>ภาพรวม &lt;b&gt;x&lt;/b&gt;</h1>" in head.proto.body
    as_of = "<time>ข้อมูล ณ วันที่ 23 พ.ย. 2569 10:42 น.</time>"
    assert f"<p>ใครยังไม่ลงทะเบียน · {as_of}</p>" in head.proto.body


def test_a_day_alone_is_said_without_an_hour():
    assert as_of_words(date(2026, 11, 23)) == "วันที่ 23 พฤศจิกายน 2569"


def test_downloads_are_built_only_when_one_is_clicked():
    at = AppTest.from_function(page, default_timeout=30).run()

    assert not at.exception
    assert [button.label for button in at.get("download_button")] == ["CSV", "Excel"]
