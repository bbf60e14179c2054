"""data_layer/thai/text.py: one spelling of what looks the same, and dictionary order."""

import geothai
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyuca import Collator

from data_layer.errors import DomainError
from data_layer.thai import (
    TextTooLong,
    UnusableText,
    arabic_digits,
    normalise,
    official_digits,
    sort_key,
    thai_digits,
)
from data_layer.thai.text import LINE_LIMIT, MULTILINE_LIMIT

THAI_LETTERS = "".join(map(chr, [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]))
THAI = st.text(alphabet=THAI_LETTERS + " -.ab\u200b\u00a0\n")
LINES = THAI.map(lambda text: text.replace("\n", ""))
# words that differ in their marks only, and are long enough for a place of two digits
SAME_LETTERS = st.lists(
    st.sampled_from(["ก", *(f"ก{mark}" for mark in map(chr, range(0x0E47, 0x0E4F)))]),
    min_size=12,
    max_size=12,
).map("".join)
ANY_TEXT = st.one_of(THAI, st.text())

NAKHON_PHANOM = [
    "ท่าอุเทน",
    "ธาตุพนม",
    "นาแก",
    "นาทม",
    "นาหว้า",
    "บ้านแพง",
    "ปลาปาก",
    "โพนสวรรค์",
    "เมืองนครพนม",
    "เรณูนคร",
    "วังยาง",
    "ศรีสงคราม",
]
LEADING, MARKS, SKIPPED = "เแโใไ", "\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e", " .-–()"


def tuple_key(text):
    """The key that equalled ICU on every place name of the country: the oracle of ours."""
    base, marks, place = [], [], 0
    text = "".join(char for char in text if char not in SKIPPED)
    while place < len(text):
        char = text[place]
        if char in LEADING and place + 1 < len(text):
            base += [text[place + 1], char]
            place += 2
            continue
        if char in MARKS:
            marks.append((len(base), char))
        else:
            base.append(char)
        place += 1
    return "".join(base), marks


def place_names():
    districts = [d for p in geothai.provinces() for d in geothai.districts(p.code)]
    return sorted({place.name_th for place in [*geothai.provinces(), *districts]})


def test_digits_go_both_ways_and_leave_the_rest():
    assert arabic_digits("ที่ นพ ๐๐๒๓.๔/ว ๒๐๕๑") == "ที่ นพ 0023.4/ว 2051"
    assert thai_digits("ที่ นพ 0023.4/ว 2051") == "ที่ นพ ๐๐๒๓.๔/ว ๒๐๕๑"
    assert arabic_digits("１２²") == "１２²"


@pytest.mark.parametrize(
    ("typed", "code", "place"),
    [
        ("ก\0ข", "U+0000", 2),
        ("ก\tข", "U+0009", 2),
        ("ก\nข", "U+000A", 2),
        ("ก\x1b[31mข", "U+001B", 2),
        ("ก\u202eข", "U+202E", 2),
        ("ก\u2066ข", "U+2066", 2),
        ("\u200eก", "U+200E", 1),
        ("ก\u200f", "U+200F", 2),
        ("ก\u2028ข", "U+2028", 2),
        ("ก\ud800ข", "U+D800", 2),
        ("ก\ue000ข", "U+E000", 2),
        ("ก\uffffข", "U+FFFF", 2),
    ],
)
def test_v02_refuses_what_must_not_be_stored_and_says_where(typed, code, place):
    with pytest.raises(UnusableText, match=r"โปรดลบ") as refusal:
        normalise(typed)

    assert refusal.value.facts == {"code": code, "place": place}


def test_v02_the_first_of_several_unusable_characters_is_named():
    with pytest.raises(UnusableText) as refusal:
        normalise("ก\u202e\0")

    assert refusal.value.facts == {"code": "U+202E", "place": 2}


@pytest.mark.parametrize("typed", ["ก\0ข", "ก\tข", "ก\u202eข", "ก\ud800ข"])
def test_v02_long_text_is_no_way_round(typed):
    with pytest.raises(UnusableText):
        normalise(typed, multiline=True)


def test_v02_refuses_text_above_the_limit_and_takes_it_at_the_limit():
    assert normalise("ก" * LINE_LIMIT) == "ก" * LINE_LIMIT
    with pytest.raises(TextTooLong, match="ยาว 501 ตัวอักษร โปรดย่อให้ไม่เกิน 500"):
        normalise("ก" * (LINE_LIMIT + 1))
    with pytest.raises(TextTooLong):
        normalise("ก" * (MULTILINE_LIMIT + 1), multiline=True)
    with pytest.raises(TextTooLong):
        normalise("A" * 10 * 2**20)


def test_v02_invisible_signs_and_outer_blanks_go():
    assert normalise(" \ufeffสม\u200bชาย\u00ad \n") == "สมชาย"
    assert normalise("นาง\u00a0\u2003 สาว") == "นาง สาว"


@pytest.mark.parametrize("sign", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
def test_v02_no_invisible_sign_stays_inside(sign):
    assert normalise(f"สม{sign}ชาย") == "สมชาย"


def test_only_long_text_keeps_line_ends_all_of_one_kind():
    assert normalise("ก\r\nข\rค\n\nง", multiline=True) == "ก\nข\nค\n\nง"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("เเพร่", "แพร่"),
        ("ก\u0e48\u0e34ง", "ก\u0e34\u0e48ง"),  # tone before the upper vowel
        ("น\u0e38\u0e49", "น\u0e38\u0e49"),
        ("น\u0e49\u0e38", "น\u0e38\u0e49"),  # tone before the lower vowel
        ("น\u0e4d\u0e49\u0e32", "น\u0e49\u0e33"),  # nikhahit, tone, sara aa
        ("น\u0e49\u0e4d\u0e32", "น\u0e49\u0e33"),  # tone, nikhahit, sara aa
        ("น\u0e33\u0e49", "น\u0e49\u0e33"),  # sara am, tone
        ("ท\u0e4d\u0e32", "ท\u0e33"),
        ("บ\u0e49\u0e49าน", "บ\u0e49าน"),  # the tone key pressed twice
        ("สิทธ\u0e4c\u0e34", "สิทธ\u0e34\u0e4c"),  # thanthakhat before the vowel
        ("พันธ\u0e4c\u0e38", "พันธ\u0e38\u0e4c"),
    ],
)
def test_v03_forms_that_look_equal_become_equal(typed, kept):
    assert normalise(typed) == kept


@pytest.mark.parametrize(
    "word",
    ["น้ำ", "ที่", "สิทธิ์", "พันธุ์", "เก็บ", "พุทฺธ", "กึ่ง", "ผู้บริหารท้องถิ่น", "ก็", "เรณูนคร", "1.5 ตร.กม."],
)
def test_v03_right_spelling_stays(word):
    assert normalise(word) == word


@settings(deadline=None)
@given(text=st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_v03_what_is_plainly_spelt_stays_as_it_is_with_or_without_an_invisible_sign(text):
    try:
        looked_at = normalise(f"{text}\u200b")
    except DomainError:
        return
    assert normalise(text) == looked_at


@settings(deadline=None)
@given(text=ANY_TEXT, multiline=st.booleans())
def test_v03_normalising_twice_changes_nothing(text, multiline):
    try:
        once = normalise(text, multiline=multiline)
    except DomainError:
        return
    assert normalise(once, multiline=multiline) == once


@settings(deadline=None)
@given(st.permutations("\u0e48\u0e4c\u0e34"), st.sampled_from("กธ"))
def test_v03_the_order_of_keys_does_not_matter(marks, consonant):
    assert normalise(consonant + "".join(marks)) == consonant + "\u0e34\u0e48\u0e4c"


def test_every_place_name_of_the_country_is_spelt_as_we_keep_it():
    assert [name for name in place_names() if normalise(name) != name] == []


def test_districts_sort_as_in_a_dictionary():
    by_code_point = sorted(NAKHON_PHANOM)

    assert by_code_point != NAKHON_PHANOM
    assert sorted(by_code_point, key=sort_key) == NAKHON_PHANOM


def test_all_provinces_and_districts_sort_as_unicode_says():
    names = place_names()

    assert sorted(names, key=sort_key) == sorted(names, key=Collator().sort_key)


@settings(deadline=None)
@given(st.lists(LINES, min_size=2, max_size=2) | st.lists(SAME_LETTERS, min_size=2, max_size=2))
@example(["กก่" + "ก" * 10, "ก" * 10 + "ก่" + "ก"])  # the marks at places 2 and 11
def test_the_key_orders_as_the_tuple_key_and_by_its_bytes(pair):
    first, second = pair
    expected = tuple_key(first) < tuple_key(second)

    assert (sort_key(first) < sort_key(second)) is expected
    assert (sort_key(first).encode() < sort_key(second).encode()) is expected


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        ("ขา", "ข่า"),
        ("ข่า", "ข้า"),
        ("ข้า", "ขาว"),
        ("โคกโพธิ์", "โคกโพธิ์ไชย"),
        ("กา", "แก"),
        ("นา", "นา-นา"),
    ],
)
def test_shorter_and_toneless_words_come_first(smaller, larger):
    assert sort_key(smaller) < sort_key(larger)


@pytest.mark.parametrize(
    ("text", "official"),
    [
        ("ข้อ 12 มี 1,250.50 บาท (0–100)", "ข้อ ๑๒ มี ๑,๒๕๐.๕๐ บาท (๐–๑๐๐)"),
        ("saraban_06480501@dla.go.th โทร 042511234", "saraban_06480501@dla.go.th โทร ๐๔๒๕๑๑๒๓๔"),
        ("มาตรการ COVID-19 (COVID-19)", "มาตรการ COVID-19 (COVID-19)"),
        ("๑๒ เดิม", "๑๒ เดิม"),
    ],
)
def test_official_papers_have_thai_digits_but_not_in_latin_words(text, official):
    assert official_digits(text) == official
