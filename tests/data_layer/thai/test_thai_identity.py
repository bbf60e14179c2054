"""data_layer/thai/identity.py: citizen id, telephone, email, masked name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.th import pin

from data_layer.errors import DomainError
from data_layer.thai import (
    BadCitizenId,
    BadEmail,
    BadPhone,
    UnusableText,
    citizen_id,
    email,
    format_citizen_id,
    format_phone,
    mask_citizen_id,
    mask_name,
    phone,
)

A_PERSON = "1999900000013"  # made up: 9999 is no office


@pytest.mark.parametrize(
    "typed",
    [
        A_PERSON,
        "1-9999-00000-01-3",
        "1 9999 00000 01 3",
        "๑-๙๙๙๙-๐๐๐๐๐-๐๑-๓",
        " 1\u20139999\u201300000\u201301\u20133\n",
        "1999900\u200b000013",
    ],
)
def test_v01_takes_the_id_as_people_write_it(typed):
    assert citizen_id(typed) == A_PERSON


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", BadCitizenId.LETTERS),
        ("1-9999-0000O-01-3", BadCitizenId.LETTERS),
        ("１９９９９０００００００１３", BadCitizenId.LETTERS),  # fullwidth digits
        ("199990000001²", BadCitizenId.LETTERS),
        ("1_999900000013", BadCitizenId.LETTERS),
        ("+1999900000013", BadCitizenId.LETTERS),
        ("1.999900000011E12", BadCitizenId.LETTERS),
        ("199990000001", BadCitizenId.LENGTH),
        ("19999000000131", BadCitizenId.LENGTH),
        ("0999900000013", BadCitizenId.FIRST_DIGIT),
        ("9999900000017", BadCitizenId.FIRST_DIGIT),
        ("1999900000012", BadCitizenId.CHECK_DIGIT),
        ("1999900000103", BadCitizenId.CHECK_DIGIT),
    ],
)
def test_v01_refuses_other_ids_with_the_reason_and_without_the_id(typed, reason):
    with pytest.raises(BadCitizenId) as refusal:
        citizen_id(typed)

    assert str(refusal.value) == f"เลขประจำตัวประชาชน{reason}"


def test_v01_an_id_with_a_hidden_control_is_refused():
    with pytest.raises(UnusableText):
        citizen_id("1999900\0000013")


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{13}", fullmatch=True))
def test_v01_agrees_with_stdnum_on_any_13_digits(digits):
    try:
        accepted = citizen_id(digits) == digits
    except BadCitizenId:
        accepted = False
    assert accepted is pin.is_valid(digits)


@settings(deadline=None)
@given(st.from_regex(r"[1-8]9999[0-9]{7}", fullmatch=True))
def test_v01_of_the_ten_last_digits_one_is_right(twelve):
    right = twelve + pin.calc_check_digit(twelve)

    assert citizen_id(right) == right
    for wrong in set("0123456789") - {right[-1]}:
        with pytest.raises(BadCitizenId):
            citizen_id(twelve + wrong)


def test_an_id_is_shown_in_full_or_masked():
    assert format_citizen_id(A_PERSON) == "1-9999-00000-01-3"
    assert mask_citizen_id(A_PERSON) == "1-xxxx-xxxxx-01-3"


@pytest.mark.parametrize("show", [format_citizen_id, mask_citizen_id])
@pytest.mark.parametrize("broken", ["", "123", A_PERSON + "1", A_PERSON + "\n", "๑" * 13])
def test_nothing_but_13_digits_is_shown(show, broken):
    with pytest.raises(ValueError, match="13 digits"):
        show(broken)


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("042511234", "042511234", "042-511-234"),
        ("042-511 234", "042511234", "042-511-234"),
        ("0-4251-1234", "042511234", "042-511-234"),
        ("๐๔๒ ๕๑๑ ๒๓๔", "042511234", "042-511-234"),
        ("+66 42 511 234", "042511234", "042-511-234"),
        ("0812345678", "0812345678", "081-234-5678"),
        ("+66-81-234-5678", "0812345678", "081-234-5678"),
        ("06 1234 5678", "0612345678", "061-234-5678"),
        ("02 123 4567", "021234567", "02-123-4567"),
    ],
)
def test_takes_and_shows_telephone_numbers(typed, kept, shown):
    assert phone(typed) == kept
    assert format_phone(kept) == shown
    assert phone(shown) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "191",
        "04251123",
        "0425112345",
        "081234567",
        "08123456789",
        "0112345678",
        "0712345678",
        "012345678",
        "+660812345678",
        "66812345678",
        "042511234 ต่อ 12",
        "０８１２３４５６７８",
        "08l2345678",
    ],
)
def test_refuses_other_telephone_numbers(typed):
    with pytest.raises(BadPhone, match="0812345678"):
        phone(typed)


def test_takes_an_email_address_in_small_letters():
    assert email(" Saraban_4801@DLA.go.th ") == "saraban_4801@dla.go.th"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "somchai",
        "@dla.go.th",
        "somchai@dla",
        "som chai@dla.go.th",
        "a@b.th, c@d.th",
        "สมชาย@dla.go.th",
        "a@b..th",
        "a@b.th>",
        "a" * 250 + "@b.th",
    ],
)
def test_refuses_other_email_addresses(typed):
    with pytest.raises(BadEmail, match=r"saraban@example\.go\.th"):
        email(typed)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        (("นาย", "สมชาย", "ใจดี"), "นายส•••• ใ•••"),
        (("นางสาว", "น้ำ", "เก็บ"), "นางสาวน•• เ•••"),
        (("", "ก", ""), "ก•"),
        (("นาย", "\u0e34\u0e48กิน", "ดี"), "นายก•••• ด•"),  # a broken name starts with marks
        (("นาย", "\u0e48", ""), "นาย•"),
    ],
)
def test_p01_masks_a_name(name, masked):
    assert mask_name(*name) == masked


@settings(deadline=None)
@given(st.text(min_size=2), st.text(min_size=2))
def test_p01_a_masked_name_shows_at_most_one_sign_of_each_part(first, last):
    shown = mask_name("", first, last).replace("•", "").replace(" ", "")

    assert len(shown) <= 2


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="0123456789๐๑-+ @.a")))
def test_v02_any_text_is_taken_or_refused_by_name_and_taken_text_stays(text):
    for check in (citizen_id, phone, email):
        try:
            kept = check(text)
        except DomainError:
            continue
        assert check(kept) == kept
