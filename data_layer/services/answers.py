"""Answers as a file: those of a form in a round, by scope, with what each column means."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final, TypeAlias

from sqlalchemy.orm import Session

from data_layer import clock, forms, thai
from data_layer.access import Actor, Scope
from data_layer.audit import demand, narrowed, record
from data_layer.clock import THAI_TIME
from data_layer.db import reading, writing
from data_layer.errors import DomainError, NotFound
from data_layer.exchange.bulk import Cell, bulk_csv, bulk_xlsx, unlike
from data_layer.forms import AnswerColumn, Form, Kind, NoData
from data_layer.models import FormId, Office, Record, RecordState, Round
from data_layer.queries import records as query
from data_layer.queries import rounds as round_query
from data_layer.queries.authorities import heirs
from data_layer.queries.office_facts import facts_of_many
from data_layer.queries.offices import office_in_scope
from data_layer.rules.offices import AUTHORITY_KIND_NAMES
from data_layer.rules.rounds import FORM_NAMES
from data_layer.services.exports import Format
from data_layer.services.holding import EDITABLE, asked_on

STATE_NAMES: Final[Mapping[RecordState, str]] = {
    RecordState.DRAFT: "ร่าง",
    RecordState.SUBMITTED: "ส่งแล้ว รอตรวจ",
    RecordState.RETURNED: "ถูกส่งกลับ",
    RecordState.APPROVED: "ตรวจผ่านแล้ว",
}
# what stands before the answers: its header, its type, what it means
_FIRST: Final[Mapping[str, tuple[str, str]]] = {
    "รหัส อปท.": ("text", "รหัส 8 หลักตามทะเบียน อปท."),
    "ชื่อ อปท.": ("text", "ชื่อปัจจุบันตามทะเบียน อปท."),
    "ประเภท": ("text", "ประเภทปัจจุบันตามทะเบียน อปท."),
    "รหัสอำเภอ": ("text", "รหัส 4 หลักของอำเภอ สองหลักแรกคือจังหวัด"),
    "สถานะ": ("text", "ร่างและที่ถูกส่งกลับยังไม่ใช่คำตอบสุดท้าย มีเฉพาะช่องที่ถามและกลุ่มที่ยืนยันแล้ว"),
    "ส่งเมื่อ": ("date", "วันและเวลาที่ส่งครั้งล่าสุด"),
    "นับในรอบ": ("integer", "1 คือรอบนี้นับ 0 คือไม่นับ เช่น ปิดไปแล้ว โปรดรวมเฉพาะแถวที่เป็น 1"),
    "ปิดเมื่อ": ("date", "วันที่ อปท. สิ้นสภาพ ว่างคือยังอยู่"),
    "รับช่วงต่อโดย": ("text", "อปท. ที่รับช่วงต่อเมื่อรวมหรือเปลี่ยนประเภท"),
    "เหตุผลประกอบ": ("text", "เหตุผลที่อำเภอให้ไว้กับค่าที่ต่างจากที่ควรเป็น ตามชื่อช่อง"),
}
FIRST: Final = tuple(_FIRST)
_DICTIONARY: Final = (
    *("คอลัมน์", "ชื่อที่แสดง", "ชนิด", "ตัวเลือก"),
    *("ต้องกรอกเมื่อ", "แสดงเมื่อ", "เงื่อนไข", "สูตรคำนวณ", "คำอธิบาย", "ฉบับที่ถาม"),
)
_SHEETS: Final = ("รายละเอียด", "คำตอบ", "พจนานุกรมข้อมูล")
_SHEET_NAME: Final = 31  # letters that Excel takes
_PHONE: Final = re.compile("0[0-9]{8,9}")
_Versions: TypeAlias = Mapping[int, Form]  # by number, the one that the round asks first


class UnknownArea(DomainError):
    """No province or district has this code."""

    text: ClassVar[str] = (
        "ไม่มีพื้นที่รหัส “{area}” โปรดใช้รหัสจังหวัด 2 หลัก เช่น 48 หรือรหัสอำเภอ 4 หลัก เช่น 4805"
    )


class UnknownRound(NotFound):
    """No round of this code asks the form."""

    text: ClassVar[str] = "ไม่มีรอบ “{round}” ของ{form} รอบที่มี: {rounds}"


@dataclass(frozen=True)
class _Given:
    """One record with its answers, read by its own version of the form."""

    kept: Record
    office: Office
    is_counted: bool
    heir: str
    form: Form
    answers: Mapping[str, Any]


def export(actor: Actor, form_id: FormId, round_code: str, area: str | None, form: Format) -> bytes:
    """The answers of all records that have begun in an area: None the country, PP, PPDD.

    A draft holds what counts of it now: nothing hidden, nothing of the last round that nobody has
    confirmed. Who was closed since is in it, and marked, so that nobody is counted twice.
    Columns in the order of the form, several choices as one column and as 0/1 columns; what only
    an older version asks that has records stands after its group. The export is recorded.
    Raises NotAllowed, UnknownRound, UnknownArea.
    """
    demand(actor, "report.export")
    demand(actor, f"{form_id}.read")
    scope = _scope(actor, area)
    with reading() as session:
        _refuse_unknown(session, scope, area)
        found, asked = _asked(session, form_id, round_code)
        given = list(_given(session, scope, found, form_id))
        versions = _versions(session, asked, given)
        titles = _titles(next(iter(versions.values())), found.code, area, given)
        content = _csv(versions, given, titles) if form == "csv" else _xlsx(versions, given, titles)
    _tell(actor, form_id, round_code, area, form, len(given))
    return content


def _scope(actor: Actor, area: str | None) -> Scope:
    if area is None:
        return actor.scope
    district = area if len(area) > len("PP") else None
    return narrowed(actor, province_code=area[:2], district_code=district)


def _refuse_unknown(session: Session, scope: Scope, area: str | None) -> None:
    """Nobody takes an empty file of a slip for an area that has answered nothing."""
    if area is None:
        return
    try:
        office_in_scope(session, scope, area.ljust(len("PPDD"), "0"))
    except NotFound:
        raise UnknownArea(area=area) from None


def _asked(session: Session, form_id: FormId, round_code: str) -> tuple[Round, int]:
    """The round, and the version of the form that it asks."""
    try:
        found = round_query.round_by_code(session, round_code)
        return found, round_query.asked_version(session, found.id, form_id)
    except NotFound:
        opened = round_query.opened_rounds(session, form_id, clock.now())
        codes = ", ".join(each.code for each in opened) or "ยังไม่มี"
        form = FORM_NAMES[form_id]
        raise UnknownRound(round=round_code, form=form, rounds=codes) from None


def _given(session: Session, scope: Scope, found: Round, form_id: FormId) -> Iterator[_Given]:
    rows = query.records_in(session, scope, found.id, form_id, RecordState)
    expected = set(query.record_states(session, scope, found, asked_on(found), form_id)["code"])
    after, now = heirs(session, scope), clock.now().astimezone(THAI_TIME)
    editable = [office for kept, office in rows if kept.state in EDITABLE]
    facts = facts_of_many(session, editable, on=now.date())
    for kept, office in rows:
        own = round_query.form_at(session, kept.form_version_id)
        answers, _ = forms.read_answers(own, json.loads(kept.answers))
        if kept.state in EDITABLE:
            answers = _counting(kept, own, answers, now, facts[office.code])
        code = office.code
        yield _Given(kept, office, code in expected, after.get(code, ""), own, answers)


def _counting(
    kept: Record,
    form: Form,
    answers: Mapping[str, Any],
    now: datetime,
    facts: Mapping[str, object],
) -> dict[str, Any]:
    """What would be kept if it were handed in now, without what nobody has confirmed."""
    waiting = set(kept.unconfirmed)
    known = {name: each for name, each in answers.items() if form.group_of[name] not in waiting}
    looked_at = forms.with_rows(form, known, now=now, facts=facts)
    found = forms.work_out(form, looked_at, now=now, facts=facts)
    return forms.submittable(form, looked_at, found)


def _versions(session: Session, asked: int, given: list[_Given]) -> _Versions:
    """The version that the round asks, then the others that have records, the newest first."""
    ids = {asked, *(each.kept.form_version_id for each in given)}
    numbers = round_query.version_numbers(session, ids)
    order = [asked, *(each for each in numbers if each != asked)]
    return {numbers[each]: round_query.form_at(session, each) for each in order}


def _titles(form: Form, round_code: str, area: str | None, given: list[_Given]) -> list[str]:
    local = thai.in_thai_time(clock.now())
    lines = [
        form.title,
        f"รอบ {round_code} · {FORM_NAMES[FormId(form.form_id)]} · พื้นที่รหัส {area or 'ทั้งหมด'}",
        f"ณ วันที่ {thai.thai_date_short(local)} เวลา {local:%H:%M} น. · {len(given):,} แห่ง",
    ]
    if left_out := sum(not each.is_counted for each in given):
        lines.append(
            f"รอบนี้ไม่นับ {left_out:,} แห่ง เช่น ปิดไปแล้ว โปรดรวมเฉพาะแถวที่ “นับในรอบ” เป็น 1 จะได้ไม่นับซ้ำ"
        )
    return lines


def _csv(versions: _Versions, given: list[_Given], titles: list[str]) -> bytes:
    headers, rows = _table(versions, given)
    return bulk_csv(titles, headers, rows)


def _xlsx(versions: _Versions, given: list[_Given], titles: list[str]) -> bytes:
    tables = _sheet_names(forms.tables(*versions.values()))
    sheets: dict[str, tuple[list[str], list[list[Cell]]]] = {
        _SHEETS[0]: (["รายงาน"], [[line] for line in titles]),
        _SHEETS[1]: _table(versions, given),
        **{name: _repeat_table(versions, given, table) for name, table in tables.items()},
        _SHEETS[2]: (list(_DICTIONARY), list(_dictionary(versions))),
    }
    return bulk_xlsx(sheets)


def _dictionary(versions: _Versions) -> Iterator[list[Cell]]:
    """One row per column before the answers and per field, with the versions that ask it."""
    for header, (kind, meaning) in _FIRST.items():
        yield ["", header, kind, "", "", "", "", "", meaning, ""]
    asked = {
        number: {row["column"] for row in forms.data_dictionary(form)}
        for number, form in versions.items()
    }
    for row in forms.data_dictionary(*versions.values()):
        numbers = sorted(number for number, names in asked.items() if row["column"] in names)
        yield [*row.values(), ", ".join(map(str, numbers))]


def _table(versions: _Versions, given: list[_Given]) -> tuple[list[str], list[list[Cell]]]:
    columns = forms.export_columns(*versions.values(), split=True)
    rows = [
        [*_first(each), *(_cell(column, each.form, each.answers) for column in columns)]
        for each in given
    ]
    return _headers(FIRST, columns), rows


def _sheet_names(tables: Sequence[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Each table by the name of its sheet: its own, as long as Excel takes, that no other has."""
    named: dict[str, tuple[str, ...]] = {}
    for number, table in enumerate(tables, 1):
        name = table[-1][:_SHEET_NAME]
        is_taken = name.lower() in {*map(str.lower, named), *_SHEETS}
        named[f"{name[: _SHEET_NAME - 4]} {number}" if is_taken else name] = table
    return named


def _repeat_table(
    versions: _Versions, given: list[_Given], table: tuple[str, ...]
) -> tuple[list[str], list[list[Cell]]]:
    """The rows of a table of the form, each after its authority and the numbers of its rows."""
    columns = forms.export_columns(*versions.values(), table=table, split=True)
    rows: list[list[Cell]] = [
        [
            each.office.code,
            each.office.name_th,
            *numbers,
            *(_cell(column, each.form, row) for column in columns),
        ]
        for each in given
        for numbers, row in _rows(each.answers, table)
    ]
    outer = [f"แถวที่ ({name})" for name in _titles_of(versions, table[:-1])]
    return _headers(("รหัส อปท.", "ชื่อ อปท.", *outer, "แถวที่"), columns), rows


def _rows(
    answers: Mapping[str, Any], table: tuple[str, ...]
) -> Iterator[tuple[tuple[int, ...], Mapping[str, Any]]]:
    """Each row of a table with its numbers: that of the row around it first."""
    if not table:
        yield (), answers
        return
    for number, row in enumerate(answers.get(table[0]) or (), 1):
        for numbers, inner in _rows(row, table[1:]):
            yield (number, *numbers), inner


def _titles_of(versions: _Versions, names: tuple[str, ...]) -> list[str]:
    """What the first version that has them calls these tables."""
    items = {
        name: item for form in reversed([*versions.values()]) for name, item in form.items.items()
    }
    return [str(items[name].label) or name for name in names]


def _headers(first: tuple[str, ...], columns: list[AnswerColumn]) -> list[str]:
    headers = [*first, *(column.header for column in columns)]
    return unlike(headers, [*first, *(column.name for column in columns)])


def _first(each: _Given) -> list[Cell]:
    kind = each.office.authority_kind
    sent = each.kept.submitted_at
    return [
        each.office.code,
        each.office.name_th,
        AUTHORITY_KIND_NAMES[kind] if kind else "",
        each.office.district_code or "",
        STATE_NAMES[each.kept.state],
        thai.in_thai_time(sent).replace(tzinfo=None) if sent else None,
        int(each.is_counted),
        each.office.closed_on,
        each.heir,
        _reasons(each),
    ]


def _reasons(each: _Given) -> str:
    """Why unusual answers that are exported are right, by what people call their fields."""
    reasons: dict[str, str] = json.loads(each.kept.reasons)
    return "; ".join(
        f"{forms.title_at(each.form, path)}: {reason}"
        for path, reason in reasons.items()
        if forms.answer_at(each.answers, path) is not None
    )


def _cell(column: AnswerColumn, form: Form, answers: Mapping[str, Any]) -> Cell:
    """Numbers and dates as such, choices by their Thai labels, reasons as said.

    `form` is the version of the record: an older one has its own choices.
    """
    field = form.fields.get(column.field.name, column.field)
    value = column.value(answers)
    match value:
        case None:
            return None
        case NoData(reason):
            return f"ไม่มีข้อมูล เพราะ {reason}"
        case str() if field.kind is Kind.TEXT:
            return _one_spelling(value)
        case str() if field.kind in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}:
            return forms.shown(field, value)
        case tuple():
            return " ".join(value)
    return value


def _one_spelling(text: str) -> str:
    """A telephone number by its digits, however it was typed; any other text as it is."""
    digits = thai.arabic_digits(text).replace("-", "").replace(" ", "")
    return digits if _PHONE.fullmatch(digits) else text


def _tell(
    actor: Actor, form_id: FormId, round_code: str, area: str | None, form: str, rows: int
) -> None:
    code = area or actor.office_code
    facts = {"form": form_id.value, "round": round_code, "format": form, "rows": rows}
    with writing() as session:
        record(session, "answers.export", actor=actor, office_code=code, **facts)  # type: ignore[arg-type]  # JSON facts
