"""The register of officials as files: out for reading, out for filling, back in one act."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

import pandas as pd
from sqlalchemy.orm import Session

from data_layer import clock, official_files
from data_layer.access import Actor, Scope
from data_layer.audit import demand, narrowed, record, records_changed
from data_layer.db import reading, writing
from data_layer.errors import DomainError, NotFound
from data_layer.exchange.reading import MAX_ROWS
from data_layer.exchange.writing import file_stem
from data_layer.models import Office, OfficeKind, Official, Post, Tenure
from data_layer.official_files import About, Choice, RegisterRow, reason_text
from data_layer.queries import officials as query
from data_layer.queries.offices import office_in_scope, offices_by_code
from data_layer.queries.records import authority_in_scope
from data_layer.rules.officials import Entry, difference_words
from data_layer.rules.posts import seat_name
from data_layer.rules.rows import RowProblems, problems_frame
from data_layer.services.entering import new_official, put, rewrite
from data_layer.services.exports import Format
from data_layer.services.official_judging import STEP, JudgedRow, Progress, version_of, weigh
from data_layer.services.seating import typed
from data_layer.thai import thai_date_short

CHANGES: Final = ("row", "code", "authority", "person", "act", "detail")
ADD, CHANGE, END = "เพิ่ม", "แก้ไข", "พ้น"
_AREAS: Final = {2: "จังหวัด", 4: "อำเภอ"}  # by the digits of the code
_AUTHORITY_DIGITS: Final = 8
_POSTS: Final = list(Post)


class TooWide(DomainError):
    """More than one file may bring back."""

    text: ClassVar[str] = (
        "พื้นที่นี้มี {count:,} รายการ แม่แบบทำได้ครั้งละไม่เกิน {limit:,} รายการ โปรดเลือกจังหวัดหรืออำเภอ"
    )


@dataclass(frozen=True)
class FilePreview:
    """What a file would change: frames of changes and problems, and the counts.

    `changes` has the columns CHANGES, one row per entry; `problems`: row, column, problem.
    """

    changes: pd.DataFrame
    unchanged: int
    problems: pd.DataFrame

    @property
    def is_ready(self) -> bool:
        """Whether it can be brought in."""
        return self.problems.empty

    @property
    def counts(self) -> dict[str, int]:
        """How many entries come, change, end: by the word for it."""
        found = Counter(self.changes["act"])
        return {act: found[act] for act in (ADD, CHANGE, END)}


def export(actor: Actor, area: str | None, form: Format) -> bytes:
    """The register of an area, past tenures too: None all in scope, PP, PPDD, or an authority.

    Citizen ids are masked. The export is recorded. Raises NotAllowed, NotFound.
    """
    demand(actor, "official.export")
    about, rows, _ = _read(actor, area)
    write = official_files.register_csv if form == "csv" else official_files.register_xlsx
    content = write(about, rows)
    _tell(actor, area, form, len(rows))
    return content


def template(actor: Actor, area: str | None) -> bytes:
    """An .xlsx to be filled: who sits in the area, empty rows, drop-downs. Raises TooWide."""
    demand(actor, "official.write")
    about, rows, authorities = _read(actor, area)
    sitting = [row for row in rows if row.fields["ended_on"] is None]
    if len(sitting) > MAX_ROWS:
        raise TooWide(count=len(sitting), limit=MAX_ROWS)
    content = official_files.template(about, sitting, authorities)
    _tell(actor, area, "template", len(sitting))
    return content


def file_name(actor: Actor, area: str | None, what: str = "") -> str:
    """The name without an ending: what, where, when."""
    parts = ["officials", area or actor.office_code, what]
    return file_stem("_".join(filter(None, parts)), clock.now())


def preview(actor: Actor, content: bytes, file_name: str) -> FilePreview:
    """What a file would change. Raises the refusals of exchange.reading."""
    demand(actor, "official.write")
    lines = official_files.read_register(content, file_name)
    with reading() as session:
        found = weigh(session, actor, lines, _nobody)
        changes = [_change_row(each) for each in found.rows]
    frame = pd.DataFrame(changes, columns=list(CHANGES))
    return FilePreview(frame, found.unchanged, problems_frame(found.problems))


def take(
    actor: Actor, content: bytes, file_name: str, progress: Progress | None = None
) -> dict[str, int]:
    """Bring a file in, all of it or nothing; the same file again changes nothing.

    `progress` is told how much of how much is done. Returns how many entries came, changed and
    ended, by ADD, CHANGE, END. Raises RowProblems, Conflict.
    """
    demand(actor, "official.write")
    told = progress or _nobody
    lines = official_files.read_register(content, file_name)  # before anybody waits for the lock
    with writing() as session:
        found = weigh(session, actor, lines, told, to_write=True)
        if found.problems:
            raise RowProblems(found.problems)
        acts = Counter(map(_act, found.rows))
        _write(session, actor, found.rows, told)
        for province in sorted({each.row.office.province_code for each in found.rows}):
            records_changed(session, province)
        facts = {"added": acts[ADD], "changed": acts[CHANGE], "ended": acts[END]}
        record(session, "official.import", actor=actor, **{"rows": len(lines), **facts})  # type: ignore[arg-type]  # JSON facts
        return {act: acts[act] for act in (ADD, CHANGE, END)}


def marked(actor: Actor, content: bytes, file_name: str) -> bytes:
    """The same rows as .xlsx, wrong cells red with their reasons; mended, it can be brought in."""
    demand(actor, "official.write")
    lines = official_files.read_register(content, file_name)
    with reading() as session:
        problems = weigh(session, actor, lines, _nobody).problems
        authorities = _choices(session, actor.scope)
    about = About(actor.office_name, clock.now())
    return official_files.marked(about, lines, problems, authorities)


def _nobody(_done: int, _total: int) -> None:
    """Nobody is told."""


def _read(actor: Actor, area: str | None) -> tuple[About, list[RegisterRow], list[Choice]]:
    """The area's rows by authority, who sits before who sat; and its open authorities."""
    scope, code = _scope(actor, area)
    with reading() as session:
        name = _area_name(session, actor, area)
        tenures = query.tenures_in(session, scope, [code] if code else ())
        offices = offices_by_code(session, scope, OfficeKind.AUTHORITY)
        named = {code: offices[code]} if code else offices
        rows = [
            _register_row(named[each], tenure)
            for each, of_one in tenures.items()
            for tenure in sorted(of_one, key=_in_order)
        ]
        choices = [
            Choice(each.code, each.name_th) for each in named.values() if each.closed_on is None
        ]
        is_sample = any(each.is_sample for each in named.values())
    note = "ข้อมูลตัวอย่าง ไม่ใช่ทะเบียนจริง" if is_sample else ""
    return About(name, clock.now(), note), rows, sorted(choices)


def _scope(actor: Actor, area: str | None) -> tuple[Scope, str]:
    """The scope of an area, and the code when it is one authority."""
    if area is None:
        return actor.scope, ""
    if not area.isascii() or not area.isdigit() or len(area) not in {*_AREAS, _AUTHORITY_DIGITS}:
        raise NotFound
    if len(area) == _AUTHORITY_DIGITS:
        return actor.scope, area
    district = area if len(area) > len("PP") else None
    return narrowed(actor, province_code=area[:2], district_code=district), ""


def _area_name(session: Session, actor: Actor, area: str | None) -> str:
    if area is None:
        return actor.office_name
    if len(area) == _AUTHORITY_DIGITS:
        office = authority_in_scope(session, actor.scope, area)
    else:
        office = office_in_scope(session, actor.scope, area.ljust(4, "0"))
    return f"{_AREAS.get(len(area), '')}{office.name_th} ({area})"


def _in_order(tenure: Tenure) -> tuple[object, ...]:
    place = _POSTS.index(tenure.post), tenure.constituency or 0
    return tenure.ended_on is not None, *place, tenure.began_on, tenure.id


def _register_row(office: Office, tenure: Tenure) -> RegisterRow:
    return RegisterRow(
        code=office.code,
        authority=office.name_th,
        number=tenure.id,
        fields=typed(tenure),
        reasons=reason_text(tenure.reasons),
        version=version_of(tenure),
    )


def _choices(session: Session, scope: Scope) -> list[Choice]:
    offices = offices_by_code(session, scope, OfficeKind.AUTHORITY).values()
    return sorted(Choice(each.code, each.name_th) for each in offices if each.closed_on is None)


def _tell(actor: Actor, area: str | None, form: str, rows: int) -> None:
    with writing() as session:
        code = area or actor.office_code
        record(session, "official.export", actor=actor, office_code=code, format=form, rows=rows)


def _act(judged: JudgedRow) -> str:
    if judged.row.own is None:
        return ADD
    return END if judged.ends else CHANGE


def _change_row(judged: JudgedRow) -> tuple[int | str, ...]:
    row, tenure = judged.row, judged.row.entry.tenure
    seat = seat_name(tenure.post, tenure.constituency)
    detail = [f"{seat} ตั้งแต่ {thai_date_short(tenure.began_on)}"]
    if row.own is not None:
        detail = [seat, *difference_words(judged.changed)]
        detail += [] if judged.changed else ["เหตุผล"]
    name = f"{row.whole.person.prefix}{row.whole.person.name}"
    number, office = row.line.number, row.office
    return number, office.code, office.name_th, name, _act(judged), " · ".join(detail)


def _write(session: Session, actor: Actor, judged: Sequence[JudgedRow], progress: Progress) -> None:
    """Write what was judged: who makes room first, new entries last, as the indexes want it."""
    total = 2 * len(judged)
    people: dict[bytes, Official] = {}
    waves = [
        [each for each in judged if _makes_room(each)],
        [each for each in judged if each.row.own is not None and not _makes_room(each)],
        [each for each in judged if each.row.own is None],
    ]
    for done, each in enumerate(_in_waves(session, waves), len(judged)):
        _write_row(session, actor, each, people)
        if done % STEP == 0:
            progress(done, total)
    progress(total, total)


def _in_waves(session: Session, waves: Sequence[Sequence[JudgedRow]]) -> Iterator[JudgedRow]:
    for wave in waves:
        yield from wave
        session.flush()


def _makes_room(judged: JudgedRow) -> bool:
    """Whether it gives up a place that the database keeps for one: a person's, the mayor's."""
    own, tenure = judged.row.own, judged.row.entry.tenure
    if own is None:
        return False
    return tenure.ended_on is not None or (own.post is Post.MAYOR and tenure.post is not Post.MAYOR)


def _write_row(
    session: Session, actor: Actor, judged: JudgedRow, people: dict[bytes, Official]
) -> None:
    row = judged.row
    entry = Entry(row.whole.person, row.entry.tenure)
    if row.own is not None:
        rewrite(session, actor, row.own, entry, judged.passed)
        return
    official = row.official
    if isinstance(row.who, bytes):
        official = people.setdefault(row.who, new_official(row.who, row.whole.person))
    if official is not None:
        put(session, actor, row.office, official, entry, judged.passed)
