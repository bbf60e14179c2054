"""A PDF of a typst template of ours and plain data.

Text of users goes in as JSON and is never source, so that no # or [ of theirs means anything. A
template reads nothing but what stands beside it, and sets Thai in Sarabun, which comes by pip.
"""

import json
import re
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import fontpkg
import typst

FONT: Final = "Sarabun"
_THAI_WORD = re.compile(r"[ก-๎.]{3,}")
# typst finds the words of Thai by guessing (icu4x); these of our trade it would break inside
_WHOLE: Final = (
    *("รหัส", "เทศบาล", "เทศบาลนคร", "เทศบาลเมือง", "เทศบาลตำบล", "ตำบล", "จังหวัด", "นคร", "อบต."),
    *("กปน.", "รปภ.", "ผอ.กต.จว.", "สำนักงาน", "สารบรรณ", "ไปรษณีย์", "ครัวเรือน", "ถาวร", "กรอก"),
    *("วิทยากร", "ซ่อม", "อบรม", "แต่งตั้ง", "รักษาการ", "งบประมาณ", "ละติจูด", "ลองจิจูด", "ทศนิยม"),
    *("ผู้บริหาร", "รายชื่อ", "สมาชิกสภา"),
)


def to_pdf(
    template: Path, data: Mapping[str, Any], *, made_at: datetime, whole: Collection[str] = ()
) -> bytes:
    """The PDF that a template (.typ) makes of `json(bytes(sys.inputs.data))`.

    `sys.inputs.whole` is a pattern of the words that no line may end within: the `whole` ones,
    such as names of places, and ours. The same data made at the same instant give the same bytes.
    """
    return typst.compile(
        template,
        root=template.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "whole": _pattern(whole)},
        timestamp=int(made_at.timestamp()),
    )


def _pattern(whole: Collection[str]) -> str:
    """The longest first, so that none is cut short by a part of it."""
    words = {word for word in (*_WHOLE, *whole) if _THAI_WORD.fullmatch(word)}
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(word.replace(".", "[.]") for word in ordered)


@cache
def _fonts() -> typst.Fonts:
    """Read once in a process. Behind Sarabun stand typst's own, for letters that it lacks."""
    folder = Path(fontpkg.path(FONT)).parent
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])
