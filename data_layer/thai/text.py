"""Thai text: digits, one spelling of what looks the same, and dictionary order."""

import re
import unicodedata
from typing import ClassVar

from data_layer.errors import DomainError

_ARABIC, _THAI = "0123456789", "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)
_TO_THAI = str.maketrans(_ARABIC, _THAI)

# 500 characters are at most 2,000 bytes, and so fit an index entry of PostgreSQL (2,704).
LINE_LIMIT = 500
MULTILINE_LIMIT = 10_000

# Soft hyphen, zero-width space, joiners, word joiner, BOM: nobody sees them, so nobody meant them.
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_BLANKS = re.compile(r"[^\S\n]+")
_ASCII_WORD = re.compile(r"[!-~]+")
# Nearly all that people type: printable ASCII and assigned Thai; the rest is looked up one by one.
_COMMON = re.compile("[ -~\u0e01-\u0e3a\u0e3f-\u0e5b]*")

# Figures, codes, names of choices: of this nothing can be spelt in another way.
_PLAIN = re.compile("[!-~]+(?: [!-~]+)*")

# What stands above or below a consonant, in the one order we keep: below, above, nikhahit, tone,
# thanthakhat. It never contradicts NFC, which moves phinthu, sara u and the tones only.
_MARKS = (
    "\u0e3a\u0e38\u0e39\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4e\u0e4d"
    "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
)
_SARA_AM = "\u0e33"  # typed before or after the tone; it belongs after
_RANK = {mark: rank for rank, mark in enumerate(_MARKS + _SARA_AM)}
_CLUSTER = re.compile(f"[{_MARKS}{_SARA_AM}]{{2,}}")
_NIKHAHIT_AND_AA = re.compile(f"\u0e4d([{_MARKS}]*)\u0e32")  # two keys that look like sara am

# Dictionary order reads the consonant before a vowel that is written in front of it, and looks at
# taikhu, tones and thanthakhat only between words that are otherwise equal.
_SORT_UNIT = re.compile("[เ-ไ].|.", re.DOTALL)
_SORTED_LAST = frozenset(map(chr, range(0x0E47, 0x0E4F)))
_NOT_SORTED = dict.fromkeys(map(ord, " .-–()"))


class UnusableText(DomainError):
    """A control, format, surrogate, private or unassigned character."""

    text: ClassVar[str] = (
        "ข้อความมีอักขระพิเศษที่ระบบรับไม่ได้ ({code} ในตำแหน่งที่ {place}) โปรดลบข้อความช่วงนั้นแล้วพิมพ์ใหม่"
    )


class TextTooLong(DomainError):
    """More characters than any field of ours needs."""

    text: ClassVar[str] = "ข้อความยาว {length:,} ตัวอักษร โปรดย่อให้ไม่เกิน {limit:,} ตัวอักษร"


def arabic_digits(text: str) -> str:
    """The text with ๐-๙ turned to 0-9; all else as it was (fullwidth digits too)."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """The text with 0-9 turned to ๐-๙."""
    return text.translate(_TO_THAI)


def official_digits(text: str) -> str:
    """The text as official papers have it: Thai digits, but not within Latin words.

    A mail or web address, COVID-19 or the name of a file would not be the same with them.
    """
    return _ASCII_WORD.sub(_official, text)


def _official(word: re.Match[str]) -> str:
    is_latin = any(character.isalpha() for character in word[0])
    return word[0] if is_latin else thai_digits(word[0])


def normalise(text: str, *, multiline: bool = False) -> str:
    """One spelling of all that looks the same, trimmed; doing it again changes nothing.

    Blanks of any kind and number become one space; only `multiline` keeps line ends, as \\n.
    Raises UnusableText for a character that must not be stored or shown (the same in every
    database), TextTooLong above LINE_LIMIT or MULTILINE_LIMIT characters.
    """
    if len(text) <= LINE_LIMIT and _PLAIN.fullmatch(text):
        return text
    seen = text.translate(_INVISIBLE).strip()
    if multiline:
        seen = seen.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_unusable(seen, allowed="\n" if multiline else "")
    result = _one_spelling(unicodedata.normalize("NFC", _BLANKS.sub(" ", seen)))
    limit = MULTILINE_LIMIT if multiline else LINE_LIMIT
    if len(result) > limit:
        raise TextTooLong(length=len(result), limit=limit)
    return result


def sort_key(text: str) -> str:
    """A key that puts normalised lines in Thai dictionary order, compared byte by byte.

    So SQLite and PostgreSQL (COLLATE "C") order a stored key alike. A blank parts letters from
    marks: it is below every letter, and no letter is a blank, so a shorter word comes first.
    """
    letters: list[str] = []
    marks: list[str] = []
    for unit in _SORT_UNIT.findall(text.translate(_NOT_SORTED)):
        if unit in _SORTED_LAST:
            marks.append(f"{len(letters):04}{unit}")
        else:
            letters.extend(reversed(unit))
    return f"{''.join(letters)} {''.join(marks)}"


def _refuse_unusable(text: str, *, allowed: str) -> None:
    if _COMMON.fullmatch(text):
        return
    unusable = {char for char in set(text) - set(allowed) if _is_unusable(char)}
    if unusable:
        first = min(unusable, key=text.index)
        raise UnusableText(code=f"U+{ord(first):04X}", place=text.index(first) + 1)


def _is_unusable(character: str) -> bool:
    """All of "Other" (Cc, Cf with the bidi controls, Cs, Co, Cn) and the two line separators."""
    category = unicodedata.category(character)
    return category.startswith("C") or category in {"Zl", "Zp"}


def _one_spelling(text: str) -> str:
    text = _NIKHAHIT_AND_AA.sub(rf"\1{_SARA_AM}", text.replace("เเ", "แ"))
    return _CLUSTER.sub(_ordered, text)


def _ordered(cluster: re.Match[str]) -> str:
    """Each mark once (a doubled tone looks like one), in the order we keep."""
    return "".join(sorted(set(cluster[0]), key=_RANK.__getitem__))
