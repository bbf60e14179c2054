"""The Excel template of a form: out with what stands, back with what was filled, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeAlias

import pandas as pd
from sqlalchemy.orm import Session

from data_layer import clock, form_files, forms
from data_layer.access import Actor
from data_layer.audit import demand, record
from data_layer.db import Conflict, reading, writing
from data_layer.errors import DomainError
from data_layer.exchange.writing import file_stem
from data_layer.form_files import About, Authority, CellProblem, FilledRow, FilledTemplate
from data_layer.models import FormId, Round
from data_layer.queries import records as query
from data_layer.queries import rounds as round_query
from data_layer.rules.rows import RowProblem, RowProblems, problems_frame
from data_layer.services.drafts import NotAsked, put, refuse_unasked, shown_answer
from data_layer.services.holding import Held, RecordKey, asked_on, hold, refuse_unless_editable
from data_layer.services.keeping import begin, keep

MAX_AUTHORITIES = 60  # of the largest district

_NOT_ASKED = "คำตอบอื่นในแถวนี้ทำให้ไม่ต้องกรอกช่องนี้หรือเลือกข้อนี้ไม่ได้ โปรดเว้นว่าง หรือแก้คำตอบที่เกี่ยวข้อง"
_Pairs: TypeAlias = dict[str, tuple[Any, Any]]  # by field, the answer that stands and the new one


class TooWide(DomainError):
    """A template is of a district: a province is filled by its districts."""

    text: ClassVar[str] = "แม่แบบทำได้ครั้งละไม่เกิน {limit} อปท. โปรดให้แต่ละอำเภอดาวน์โหลดของตน"


@dataclass(frozen=True)
class TemplatePreview:
    """What a filled template would change: frames of changes and problems, as in all imports.

    `changes`: code, name, field, old, new; `problems`: row, column, problem.
    """

    changes: pd.DataFrame
    unchanged: int
    problems: pd.DataFrame

    @property
    def is_ready(self) -> bool:
        """Whether it can be brought in."""
        return self.problems.empty


@dataclass(frozen=True)
class _Weighed:
    """A file beside what stands now: what is wrong with it, and what it would change by row."""

    problems: list[CellProblem]
    changes: list[tuple[FilledRow, _Pairs]] = field(default_factory=list)


def template(actor: Actor, form_id: FormId, round_code: str) -> bytes:
    """An .xlsx with a row for each authority in scope that may be filled now. Raises TooWide."""
    demand(actor, f"{form_id}.write")
    with reading() as session:
        found = round_query.round_by_code(session, round_code)
        form = round_query.form_at(session, round_query.asked_version(session, found.id, form_id))
        held = [
            each
            for code in _codes(session, actor, found, form_id)
            if (each := hold(session, actor, RecordKey(form_id, code, round_code))).is_editable
        ]
    authorities = [Authority(each.office.code, each.office.name_th) for each in held]
    answers = {each.office.code: each.answers for each in held}
    note = "ข้อมูลตัวอย่าง" if any(each.office.is_sample for each in held) else ""
    return form_files.template(form, _about(actor, found, note), authorities, answers)


def template_name(form_id: FormId, round_code: str) -> str:
    """The file name, without an ending."""
    return file_stem(f"{form_id.value}_{round_code.replace('-', '_')}_template", clock.now())


def preview(
    actor: Actor, form_id: FormId, round_code: str, content: bytes, file_name: str
) -> TemplatePreview:
    """What the filled template would change. Raises the refusals of form_files.read_filled."""
    demand(actor, f"{form_id}.write")
    with reading() as session:
        filled = _read(session, actor, form_id, round_code, content, file_name)
        found = _weigh(session, actor, filled, form_id, round_code)
    changes = [
        _words(filled, row, name, pair)
        for row, pairs in found.changes
        for name, pair in pairs.items()
    ]
    frame = pd.DataFrame(changes, columns=["code", "name", "field", "old", "new"])
    unchanged = len(filled.rows) - len(found.changes)
    return TemplatePreview(frame, unchanged, problems_frame(_row_problems(found.problems)))


def take(actor: Actor, form_id: FormId, round_code: str, content: bytes, file_name: str) -> int:
    """Bring it in, all of it or nothing; the same file again changes nothing.

    Returns how many answers changed. Raises RowProblems.
    """
    demand(actor, f"{form_id}.write")
    with reading() as session:  # the file is read before anybody waits for the write lock
        filled = _read(session, actor, form_id, round_code, content, file_name)
    with writing() as session:
        found = _weigh(session, actor, filled, form_id, round_code, to_write=True)
        if found.problems:
            raise RowProblems(_row_problems(found.problems))
        rows = {
            RecordKey(form_id, row.authority.code, round_code): pairs
            for row, pairs in found.changes
        }
        changed = _take_rows(session, actor, rows)
        facts = {"form": form_id.value, "round": round_code, "changed": changed}
        record(session, "records.import", actor=actor, **facts)  # type: ignore[arg-type]  # JSON facts
        return changed


def marked(actor: Actor, form_id: FormId, round_code: str, content: bytes, file_name: str) -> bytes:
    """The same file with its wrong cells red and the reasons; mended, it can be brought in."""
    demand(actor, f"{form_id}.write")
    with reading() as session:
        asked = round_query.round_by_code(session, round_code)
        filled = _read(session, actor, form_id, round_code, content, file_name)
        found = _weigh(session, actor, filled, form_id, round_code)
    return form_files.marked(filled, _about(actor, asked), found.problems)


def _codes(session: Session, actor: Actor, found: Round, form_id: FormId) -> list[str]:
    states = query.record_states(session, actor.scope, found, asked_on(found), form_id)
    if len(states) > MAX_AUTHORITIES:
        raise TooWide(limit=MAX_AUTHORITIES)
    return sorted(states["code"])


def _about(actor: Actor, found: Round, note: str = "") -> About:
    return About(found.code, found.title, actor.office_name, clock.now(), note)


def _read(
    session: Session,
    actor: Actor,
    form_id: FormId,
    round_code: str,
    content: bytes,
    file_name: str,
) -> FilledTemplate:
    found = round_query.round_by_code(session, round_code)
    form = round_query.form_at(session, round_query.asked_version(session, found.id, form_id))
    codes = _codes(session, actor, found, form_id)
    return form_files.read_filled(form, content, file_name, codes=codes, round_code=round_code)


def _weigh(
    session: Session,
    actor: Actor,
    filled: FilledTemplate,
    form_id: FormId,
    round_code: str,
    *,
    to_write: bool = False,
) -> _Weighed:
    """What rules, state and other people's changes say against what the file would change.

    By code, whatever the order in the file: two files of one district wait for each other.
    """
    found = _Weighed(list(filled.problems))
    wrong = {(each.code, each.name) for each in filled.problems}
    for row in sorted(filled.rows, key=lambda each: each.authority.code):
        if not row.changes or (row.authority.code, "") in wrong:
            continue
        key = RecordKey(form_id, row.authority.code, round_code)
        held = hold(session, actor, key, to_write=to_write)
        if not (pairs := _to_change(held, row)):
            continue
        found.changes.append((row, pairs))
        for name, sentence in _against(held, row, pairs).items():
            if (row.authority.code, name) not in wrong:
                found.problems.append(filled.problem(row.authority.code, name, sentence))
    return found


def _to_change(held: Held, row: FilledRow) -> _Pairs:
    """What of a row does not stand yet: a file that was taken changes nothing."""
    pairs = {name: (held.answers.get(name), new) for name, (_, new) in row.changes.items()}
    return {
        name: (stands, new)
        for name, (stands, new) in pairs.items()
        if forms.plain_answer(stands) != forms.plain_answer(new)
    }


def _against(held: Held, row: FilledRow, pairs: _Pairs) -> dict[str, str]:
    """By field, why a changed cell cannot be taken."""
    try:
        refuse_unless_editable(held)
    except DomainError as refusal:
        return dict.fromkeys(list(pairs)[:1], str(refusal))
    said = dict(_taken_by_others(held, row, pairs))
    for name, (_, new) in pairs.items():
        held.answers = forms.with_answer(held.answers, name, new)
    for name, (_, new) in pairs.items():
        try:
            refuse_unasked(held, name, new)
        except NotAsked:
            said.setdefault(name, _NOT_ASKED)
    broken = held.evaluate().broken
    return {name: text for name, text in broken.items() if name in pairs} | said


def _taken_by_others(held: Held, row: FilledRow, pairs: _Pairs) -> Mapping[str, str]:
    """What somebody changed after the template was made: nothing is overwritten unseen."""
    said = {}
    for name, (answer, _) in pairs.items():
        stands = forms.plain_answer(answer)
        if stands != forms.plain_answer(row.before.get(name)):
            shown = shown_answer(held.form, name, stands) or "ว่าง"
            said[name] = f"หลังดาวน์โหลดแม่แบบ มีผู้แก้ช่องนี้เป็น “{shown}” แล้ว โปรดดาวน์โหลดแม่แบบใหม่"
    return said


def _take_rows(session: Session, actor: Actor, rows: Mapping[RecordKey, _Pairs]) -> int:
    """All have begun before the first is kept: who types into one waits for us, we for nobody."""
    begun = [(_begun(session, actor, key, pairs), pairs) for key, pairs in rows.items()]
    for held, pairs in begun:
        put(session, actor, held, {name: new for name, (_, new) in pairs.items()})
        keep(session, actor, held)
    return sum(map(len, rows.values()))


def _begun(session: Session, actor: Actor, key: RecordKey, pairs: _Pairs) -> Held:
    """The record to be written. Raises Conflict when somebody began it after it was weighed."""
    held = hold(session, actor, key, to_write=True)
    refuse_unless_editable(held)
    begin(session, actor, held)
    if any(held.answers.get(name) != stands for name, (stands, _) in pairs.items()):
        raise Conflict
    return held


def _words(
    filled: FilledTemplate, row: FilledRow, name: str, pair: tuple[Any, Any]
) -> tuple[str, ...]:
    label = str(filled.form.fields[name].label)
    old, new = (shown_answer(filled.form, name, forms.plain_answer(each)) for each in pair)
    return row.authority.code, row.authority.name, label, old, new


def _row_problems(problems: list[CellProblem]) -> list[RowProblem]:
    return [RowProblem(each.row, each.column, each.problem) for each in problems]
