"""A form on paper: blank, to be filled with a pen, or filled, to be signed and filed. A4, Thai."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from data_layer import thai
from data_layer.exchange.pdf import to_pdf
from data_layer.form_files.about import About
from data_layer.form_files.blank import blank_parts
from data_layer.form_files.printed import Given, filled_parts
from data_layer.forms import Evaluation, Form

TEMPLATE: Final = Path(__file__).with_name("print.typ")
SIGNERS: Final = ("ผู้รายงาน", "หัวหน้าหน่วยงาน")
_HOW: Final = (
    "ทำเครื่องหมายในช่องสี่เหลี่ยมหน้าคำตอบที่เลือก ตัวเลขที่ไม่มีเลยให้กรอก 0 วันที่ใช้ปี พ.ศ.",
    "* ต้องตอบ  (*) ต้องตอบในบางกรณี  ข้อที่มี “ไม่มีข้อมูล” ให้บอกเหตุผลแทนคำตอบได้",
)
_LEFT_OUT: Final = "เลขข้อตรงกับแบบเปล่า ข้อที่ไม่เข้าเงื่อนไขไม่ต้องตอบ จึงไม่ได้พิมพ์ไว้"


@dataclass(frozen=True)
class Standing:
    """Whose record it is and how far it has come: `facts` as (what, which), `marks` on all pages.

    `places` are names that are not broken; `watermark` is one word across each page.
    """

    authority: str
    places: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    marks: tuple[str, ...] = ()
    watermark: str = ""


def blank_pdf(form: Form, about: About, evaluation: Evaluation) -> bytes:
    """The form to be filled with a pen; `evaluation` is that of no answers."""
    blanks = ["อปท.", "รหัส อปท.", "อำเภอ", "จังหวัด"]
    own = {
        "facts": [],
        "blanks": blanks,
        "how": list(_HOW),
        "parts": blank_parts(form, evaluation),
        "marks": [about.note] if about.note else [],
        "watermark": "",
        "running": form.title,
        "places": [],
    }
    return _pdf(form, about, own)


def filled_pdf(about: About, standing: Standing, given: Given) -> bytes:
    """The answers of a record."""
    own = {
        "facts": [list(fact) for fact in standing.facts],
        "blanks": [],
        "how": [_LEFT_OUT],
        "parts": filled_parts(given),
        "marks": list(standing.marks),
        "watermark": standing.watermark,
        "running": f"{given.form.title} · {standing.authority}",
        "places": list(standing.places),
    }
    return _pdf(given.form, about, own)


def official_moment(instant: datetime) -> str:
    """'25 ธันวาคม 2563 เวลา 10.42 น.', as papers have it."""
    local = thai.in_thai_time(instant)
    return f"{thai.thai_date(local)} เวลา {local:%H.%M} น."


def _pdf(form: Form, about: About, own: Mapping[str, Any]) -> bytes:
    version = f" · ฉบับ {form.version}" if form.version else ""
    shared = {
        "title": form.title,
        "round": f"รอบ {about.round_code}: {about.round_title}",
        "printed": f"พิมพ์เมื่อ {official_moment(about.as_of)}{version}",
        "signers": list(SIGNERS),
    }
    data = _official(shared | dict(own))
    return to_pdf(TEMPLATE, data, made_at=about.as_of, whole=own["places"])


def _official(data: Any) -> Any:  # noqa: ANN401 - JSON
    """The same with Thai digits in all that is read."""
    match data:
        case str():
            return thai.official_digits(data)
        case list():
            return [_official(each) for each in data]
        case dict():
            return {key: value if key == "is" else _official(value) for key, value in data.items()}
    return data
