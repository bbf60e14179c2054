"""What people type into a field: refused in words, or taken in one form."""

from datetime import date
from decimal import Decimal

import pytest

from data_layer import thai
from data_layer.forms import parse_value, shown
from data_layer.forms.errors import (
    NotAChoice,
    NotAcknowledged,
    NotAFileName,
    NotANumber,
    NotAPlace,
    NotWhole,
    NumberTooLong,
    OutOfRange,
)
from tests.forms import YES_NO, a_form, field


@pytest.fixture(scope="module")
def fields():
    return a_form(
        field("integer", "n"),
        field("decimal", "d"),
        field("text", "t"),
        field("date", "day"),
        field("select_one yes_no", "one"),
        field("select_multiple yes_no", "many"),
        field("range", "level", parameters="start=1 end=5 step=2"),
        field("range", "share", parameters="start=0 end=1 step=0.25"),
        field("acknowledge", "ok"),
        field("geopoint", "at"),
        field("file", "paper"),
        choices=YES_NO,
    ).fields


@pytest.mark.parametrize(
    ("name", "text", "refusal"),
    [
        *(
            ("n", text, NotANumber)
            for text in ("NaN", "1e400", "1_000", "１２", "12a", "1,00", "²", "+")
        ),
        ("n", "1.5", NotWhole),
        ("n", "1" * 16, NumberTooLong),
        ("d", "1.1234567", NumberTooLong),
        ("d", "inf", NotANumber),
        ("d", "0x10", NotANumber),
        ("t", "ก\0ข", thai.UnusableText),
        ("t", "ก" * 501, thai.TextTooLong),
        ("day", "31/2/2563", thai.BadDate),
        ("one", "maybe", NotAChoice),
        ("many", "yes maybe", NotAChoice),
        ("level", "2", OutOfRange),
        ("level", "7", OutOfRange),
        ("share", "0.3", OutOfRange),
        ("ok", "no", NotAcknowledged),
        ("at", "16.9", NotAPlace),
        ("at", "91 104", NotAPlace),
        ("at", "16 181", NotAPlace),
        ("paper", "../../etc/passwd", NotAFileName),
        ("paper", "..", NotAFileName),
    ],
)
def test_refuses(fields, name, text, refusal):
    with pytest.raises(refusal):
        parse_value(fields[name], text)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("n", " ๑,๒๕๐ ", 1_250),
        ("n", "-3", -3),
        ("n", "5.0", 5),
        ("d", "1,250.50", Decimal("1250.50")),
        ("t", "  น้ำ ", "น้ำ"),
        ("day", "๒๓ พ.ย. ๒๕๖๓", date(2020, 11, 23)),
        ("day", "2020-11-23", date(2020, 11, 23)),
        ("one", "yes", "yes"),
        ("many", "no yes", ("yes", "no")),
        ("level", "3", 3),
        ("share", "0.75", Decimal("0.75")),
        ("ok", "ok", "OK"),
        ("at", "16.94, 104.72", "16.94 104.72"),
        ("paper", "ประกาศ.pdf", "ประกาศ.pdf"),
        ("n", "   ", None),
    ],
)
def test_takes(fields, name, text, value):
    assert parse_value(fields[name], text) == value


@pytest.mark.parametrize(
    ("name", "kept", "read"),
    [
        ("n", "12500", "12,500"),
        ("d", "1250.5", "1,250.5"),
        ("day", "2020-11-23", "23 พ.ย. 2563"),
        ("many", "yes no", "ใช่, ไม่ใช่"),
        ("t", "", ""),
    ],
)
def test_shows_what_is_kept_as_people_read_it(fields, name, kept, read):
    assert shown(fields[name], kept) == read
