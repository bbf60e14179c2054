"""The forms of a round: the centre brings a changed one in, everybody may take one out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from sqlalchemy.orm import Session

from data_layer import forms
from data_layer.access import Actor
from data_layer.audit import data_changed, demand, record
from data_layer.clock import now
from data_layer.db import reading, writing
from data_layer.errors import DomainError, NotFound
from data_layer.forms import Change, Field, Form, FormRefused, Item, Problem, Repeat
from data_layer.forms.entry import MAX_ROWS
from data_layer.models import FormId, FormVersion, RecordChange, Round, RoundForm
from data_layer.queries import rounds as query
from data_layer.queries.records import count_by_state
from data_layer.rules.rounds import FORM_NAMES, MAX_TITLE
from data_layer.services.drafts import REASON
from data_layer.services.holding import EDITABLE

MAX_DEPTH: Final = 2  # a table in a row of a table; deeper, no page has room for it
MAX_PATH: Final = RecordChange.path.type.length  # of the history


class UnknownForm(DomainError):
    """A form that no page of ours fills."""

    text: ClassVar[str] = (
        "form_id ของไฟล์คือ “{form_id}” ระบบมีหน้ากรอกสำหรับ survey และ readiness เท่านั้น "
        "โปรดแก้ form_id ในแผ่น settings"
    )


class NotFillable(FormRefused):
    """The form is sound, but asks what no page of ours fills; `problems` say where."""

    text: ClassVar[str] = "แบบฟอร์มนี้มี {count} จุดที่หน้ากรอกของระบบรับไม่ได้ โปรดแก้ในไฟล์แล้วเลือกไฟล์อีกครั้ง"


class SameForm(DomainError):
    """The file is the version that the round asks already."""

    text: ClassVar[str] = "ไฟล์นี้ตรงกับฉบับที่รอบนี้ใช้อยู่แล้ว จึงไม่มีอะไรเปลี่ยน"


@dataclass(frozen=True)
class FormPreview:
    """A form file before it is taken over.

    `changes` against the version that the round asks (none for a form that it does not ask yet);
    `drafts` records will be carried over, `handed_in` ones stay with their own version.
    """

    form_id: FormId
    form: Form
    changes: tuple[Change, ...]
    drafts: int
    handed_in: int


def preview(actor: Actor, round_code: str, content: bytes, file_name: str) -> FormPreview:
    """What taking the file over would do. Raises FormRefused, UnknownForm,
    NotFillable, SameForm."""
    demand(actor, "round.write")
    form, form_id = _opened(content, file_name)
    with reading() as session:
        found = query.round_by_code(session, round_code)
        asked = _asked(session, found, form_id)
        _refuse_same(asked, form)
        counts = count_by_state(session, found, form_id)
    return FormPreview(
        form_id=form_id,
        form=form,
        changes=tuple(forms.changes(asked, form)) if asked else (),
        drafts=sum(counts.get(state, 0) for state in EDITABLE),
        handed_in=sum(count for state, count in counts.items() if state not in EDITABLE),
    )


def put(actor: Actor, round_code: str, content: bytes, file_name: str) -> int:
    """The round asks this version from here on; its number comes back.

    Drafts are carried over when they are next changed, what was handed in stays as it is. Raises
    what `preview` raises.
    """
    demand(actor, "round.write")
    form, form_id = _opened(content, file_name)
    with writing() as session:
        found = query.round_by_code(session, round_code)
        _refuse_same(_asked(session, found, form_id), form)
        made = _add_version(session, actor, form, form_id)
        session.merge(RoundForm(round_id=found.id, form_id=form_id, form_version_id=made.id))
        data_changed(session)
        record(
            session,
            "form.put",
            actor=actor,
            round=round_code,
            form=form_id.value,
            number=made.number,
        )
        return made.number


@dataclass(frozen=True)
class Version:
    """One version of a form, and the codes of the rounds that ask it now."""

    form_id: FormId
    number: int
    version_id: int
    created_at: datetime
    rounds: tuple[str, ...]

    @property
    def name(self) -> str:
        """The form's short Thai name."""
        return FORM_NAMES[self.form_id]


def versions(actor: Actor) -> list[Version]:
    """Every version of every form, the newest of each first."""
    demand(actor, "round.read")
    with reading() as session:
        asked = query.rounds_by_version(session)
        return [
            Version(
                each.form_id, each.number, each.id, each.created_at, tuple(asked.get(each.id, ()))
            )
            for each in query.form_versions(session)
        ]


def download(actor: Actor, version_id: int) -> bytes:
    """A version as .xlsx, to be edited in Excel. Raises NotFound."""
    demand(actor, "round.read")
    with reading() as session:
        return forms.download(query.form_at(session, version_id))


def _opened(content: bytes, file_name: str) -> tuple[Form, FormId]:
    form = forms.open_form(content, file_name)
    if form.form_id not in set(FormId):
        raise UnknownForm(form_id=form.form_id)
    if problems := list(not_fillable(form)):
        raise NotFillable(problems)
    return form, FormId(form.form_id)


def not_fillable(form: Form) -> Iterator[Problem]:
    """What no record can hold: a file to begin with, a table in too many tables, long names."""
    for item in form.items.values():
        named = f"“{item.name}”"
        if isinstance(item, Repeat) and len(item.repeats) >= MAX_DEPTH:
            text = f"ตาราง {named} อยู่ในแถวของตารางที่อยู่ในแถวของอีกตาราง โปรดย้ายออกมาหนึ่งชั้น"
            yield Problem("survey", item.row, "type", text)
        if (over := len(_longest_path(item)) - MAX_PATH) > 0:
            text = f"ชื่อตารางและชื่อช่อง {named} รวมกันยาวเกินไป {over:,} ตัวอักษร โปรดย่อชื่อใดชื่อหนึ่ง"
            yield Problem("survey", item.row, "name", text)
        has_default = isinstance(item, Field) and (item.default or item.dynamic_default)
        if isinstance(item, Field) and item.is_file and has_default:
            text = f"ช่อง {named} ให้แนบไฟล์ จึงมีค่าเริ่มต้นไม่ได้ โปรดลบ default"
            yield Problem("survey", item.row, "default", text)


def _longest_path(item: Item) -> str:
    """What the history names it by in the last row of its tables, with why it is unusual."""
    return f"[{MAX_ROWS}]/".join([*item.repeats, item.name]) + REASON


def _asked(session: Session, found: Round, form_id: FormId) -> Form | None:
    try:
        return query.form_at(session, query.asked_version(session, found.id, form_id))
    except NotFound:
        return None


def _refuse_same(asked: Form | None, form: Form) -> None:
    if asked is not None and forms.source_of(asked) == forms.source_of(form):
        raise SameForm


def _add_version(session: Session, actor: Actor, form: Form, form_id: FormId) -> FormVersion:
    newest = query.newest_version(session, form_id)
    made = FormVersion(
        form_id=form_id,
        number=newest.number + 1 if newest else 1,
        title=form.title[:MAX_TITLE],
        source=forms.source_of(form),
        created_at=now(),
        created_by=actor.user_id or None,
    )
    session.add(made)
    session.flush()
    return made
