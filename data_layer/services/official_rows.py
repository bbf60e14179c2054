"""A file of the register beside the register: which entry each row is, and what it says.

Parts of acts: the caller has asked for the right and records what was done.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Final

from sqlalchemy.orm import Session

from data_layer import thai
from data_layer.access import Scope
from data_layer.clock import today
from data_layer.errors import DomainError, InvalidFields
from data_layer.exchange.formulas import NoResult, without_result
from data_layer.keys import keys
from data_layer.models import Office, Official, Tenure
from data_layer.official_files import CODE, NAME, NUMBER, FileRow
from data_layer.queries import officials as query
from data_layer.queries.authorities import facts_by_code
from data_layer.rules.authorities import AuthorityFacts
from data_layer.rules.offices import check_code
from data_layer.rules.officials import FIELDS, LABELS, PERSON_FIELDS, Entry, Person, check_entry
from data_layer.rules.rows import RowProblem
from data_layer.services.entering import NumberOfAnother
from data_layer.services.seating import facts_of_tenure, person_of, values_of

_CODE_AND_NAME: Final = re.compile(r"([0-9]{7,8})(?:\s+(.+))?")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_MASK: Final = re.compile("[xX]")
_SAID: Final = 60  # letters of what was typed, in a sentence of ours
_CITIZEN_ID: Final = LABELS["citizen_id"]
_OPTIONAL: Final = [field.name for field in PERSON_FIELDS if not field.is_needed]
_NOTHING: Final = ("", None, False)


class CellRefused(DomainError):
    """A cell for which its row cannot be taken."""

    text: ClassVar[str] = "{problem}"

    def __init__(self, column: str, problem: str) -> None:
        self.column = column
        super().__init__(problem=problem)


@dataclass(frozen=True)
class Register:
    """What stands, as far as a file touches it: read at once, however long the file is."""

    offices: Mapping[str, Office]  # in scope, by code
    facts: Mapping[str, AuthorityFacts]  # by code
    tenures: Mapping[int, Tenure]  # that stand in these authorities, by id
    people: Mapping[bytes, Official]  # of these tenures and of the file, by index
    persons: Mapping[int, Person]  # of the rows of the file, by id
    posts: Mapping[int, list[tuple[Tenure, Office]]]  # of these people, in the whole country

    def entry(self, tenure: Tenure) -> Entry:
        """A tenure as it was entered."""
        return Entry(self.persons[tenure.official_id], facts_of_tenure(tenure))


@dataclass
class Row:
    """A usable row: its place, the entry that it is (None: a new one), whose, what it says."""

    line: FileRow
    office: Office
    own: Tenure | None
    official: Official | None  # None: the register does not know the person
    entry: Entry
    whole: Entry  # with the person as all rows of the file say together

    @property
    def who(self) -> int | bytes:
        """One key for each person."""
        if self.official is not None:
            return self.official.id
        return keys().blind_index(self.entry.person.citizen_id)


def load(
    session: Session, scope: Scope, lines: Iterable[FileRow], *, to_write: bool = False
) -> Register:
    """The register around these rows. `to_write` holds their authorities."""
    codes, indexes = set(), set()
    for line in lines:
        codes.add(_code_and_name(line.texts[CODE])[0])
        if (citizen_id := _citizen_id(line.texts[_CITIZEN_ID])) is not None:
            indexes.add(keys().blind_index(citizen_id))
    offices = query.authorities_named(session, scope, codes, to_write=to_write)
    found = query.tenures_in(session, scope, list(offices)) if offices else {}
    tenures = {tenure.id: tenure for each in found.values() for tenure in each}
    people = {each.official.citizen_id_index: each.official for each in tenures.values()}
    people |= query.officials_by_index(session, indexes - people.keys())
    facts = facts_by_code(session, [each.id for each in offices.values()], on=today())
    numbers = {_tenure_id(line.texts[NUMBER]) for line in lines}
    named = [people[index] for index in indexes & people.keys()]
    named += [tenures[number].official for number in numbers & tenures.keys()]
    persons = {official.id: person_of(official) for official in named}
    return Register(offices, facts, tenures, people, persons, query.posts_of(session, persons))


def read_rows(
    register: Register, lines: Iterable[FileRow], scope: Scope
) -> tuple[list[Row], list[RowProblem]]:
    """The usable rows, each person said once, and what is wrong with the others."""
    rows: list[Row] = []
    problems: list[RowProblem] = []
    seen: dict[object, int] = {}
    for line in lines:
        try:
            row = _row(register, line)
            _refuse_second(row, seen)
        except InvalidFields as refusal:
            problems += [
                RowProblem(line.number, LABELS[name], text)
                for name, text in refusal.problems.items()
            ]
        except CellRefused as refusal:
            problems.append(RowProblem(line.number, refusal.column, str(refusal)))
        else:
            rows.append(row)
    problems += _unite(register, rows, scope)
    return rows, problems


def _row(register: Register, line: FileRow) -> Row:
    if (column := without_result(line.texts)) is not None:
        raise CellRefused(column, str(NoResult()))
    office = _office(register, line)
    texts = {field.name: line.texts[field.label] for field in FIELDS}
    own = _numbered(register, line, office)
    if own is not None:
        stored = register.entry(own)
        given = texts | {"citizen_id": _unmasked(texts["citizen_id"], stored.person)}
        entry = check_entry(given, today=today())
        return Row(line, office, own, own.official, entry, entry)
    return _unnumbered(register, line, office, texts)


def _unnumbered(register: Register, line: FileRow, office: Office, texts: Mapping[str, str]) -> Row:
    """A new entry, or one that stands already: of that an empty cell takes nothing away."""
    if _MASK.search(texts["citizen_id"]):
        problem = f"แถวที่ไม่มี{NUMBER}ต้องกรอกเลขให้ครบ 13 หลัก หรือคืน{NUMBER}ที่ระบบออกให้"
        raise CellRefused(_CITIZEN_ID, problem)
    typed = {name: text for name, text in texts.items() if text.strip()}
    citizen_id = _citizen_id(texts["citizen_id"])
    index = keys().blind_index(citizen_id) if citizen_id else b""
    official = register.people.get(index)
    known: dict[str, Any] = {}
    if official is not None:
        person = register.persons[official.id]
        known = {name: getattr(person, name) for name in _OPTIONAL}
    entry = check_entry(known | typed, today=today())
    own = _standing(register, office, official, entry)
    if own is not None:
        entry = check_entry(values_of(register.entry(own)) | typed, today=today())
    return Row(line, office, own, official, entry, entry)


def _office(register: Register, line: FileRow) -> Office:
    code, name = _code_and_name(line.texts[CODE])
    office = register.offices.get(code)
    if office is None:
        problem = f"ไม่มี อปท. รหัส “{code[:_SAID]}” ในพื้นที่ของท่าน" if code else f"โปรดกรอก{CODE}"
        raise CellRefused(CODE, problem)
    for column, text in ((CODE, name), (NAME, _plain(line.texts[NAME]))):
        if text and text != office.name_th:
            problem = f"รหัส {code} คือ “{office.name_th}” ไม่ใช่ “{text[:_SAID]}” โปรดตรวจรหัส"
            raise CellRefused(column, problem)
    return office


def _numbered(register: Register, line: FileRow, office: Office) -> Tenure | None:
    text = line.texts[NUMBER].strip()
    if not text:
        return None
    own = register.tenures.get(_tenure_id(text))
    if own is None or own.office_id != office.id:
        problem = (
            f"ไม่มีรายการเลขที่ “{text[:_SAID]}” ใน {office.name_th} โปรดคืนเลขเดิม "
            "หรือดาวน์โหลดไฟล์ใหม่ ถ้าเป็นรายการใหม่ให้เว้นว่าง"
        )
        raise CellRefused(NUMBER, problem)
    return own


def _tenure_id(text: str) -> int:
    """The number of an entry; 0, which no entry has, for anything else."""
    digits = thai.arabic_digits(text).replace(",", "").strip()
    return int(digits) if _NUMBER.fullmatch(digits) else 0


def _unmasked(text: str, person: Person) -> str:
    """The number that stands where its mask, or nothing, was left; else what was typed."""
    if text.strip() in {"", thai.mask_citizen_id(person.citizen_id)}:
        return person.citizen_id
    if _MASK.search(text):
        problem = "เลขที่ปิดบังไว้ไม่ตรงกับรายการนี้ โปรดคืนค่าเดิม หรือกรอกเลขให้ครบ 13 หลัก"
        raise CellRefused(_CITIZEN_ID, problem)
    return text


def _standing(
    register: Register, office: Office, official: Official | None, entry: Entry
) -> Tenure | None:
    """The same person in the same post of the authority since the same day."""
    if official is None:
        return None
    what = entry.tenure.post, entry.tenure.began_on
    return next(
        (
            tenure
            for tenure, _ in register.posts.get(official.id, ())
            if tenure.office_id == office.id
            and tenure.struck_at is None
            and (tenure.post, tenure.began_on) == what
        ),
        None,
    )


def _refuse_second(row: Row, seen: dict[object, int]) -> None:
    tenure = row.entry.tenure
    key = row.own.id if row.own else (row.who, row.office.id, tenure.post, tenure.began_on)
    if key in seen:
        problem = f"เป็นรายการเดียวกับแถวที่ {seen[key]} โปรดเหลือไว้แถวเดียว"
        raise CellRefused(NUMBER if row.own else _CITIZEN_ID, problem)
    seen[key] = row.line.number


def _unite(register: Register, rows: Sequence[Row], scope: Scope) -> list[RowProblem]:
    """Let every row of a person say what all of them say; where they contradict, tell."""
    problems: list[RowProblem] = []
    people: dict[int | bytes, list[Row]] = defaultdict(list)
    for row in rows:
        people[row.who].append(row)
    taken = {who for who in people if isinstance(who, bytes)} | set(register.people)
    for group in people.values():
        official = group[0].official
        stored = register.persons[official.id] if official is not None else None
        person = stored or group[0].entry.person
        for field in fields(Person):
            said = _said(group, field.name, stored)
            if len(set(said.values())) > 1:
                problems += _contradictions(field.name, said)
            elif said:
                person = replace(person, **{field.name: next(iter(said.values()))})
        if stored is not None and person.citizen_id != stored.citizen_id:
            problems += _about_number(register, group, stored, taken, scope)
        for row in group:
            row.whole = Entry(person, row.entry.tenure)
    return problems


def _said(group: Iterable[Row], name: str, stored: Person | None) -> dict[int, Any]:
    """By row what it says anew of the person: what does not stand yet, or is not nothing."""
    nothing = _NOTHING if stored is None else (getattr(stored, name),)
    values = {row.line.number: getattr(row.entry.person, name) for row in group}
    return {number: value for number, value in values.items() if value not in nothing}


def _contradictions(name: str, said: Mapping[int, Any]) -> list[RowProblem]:
    first, *others = said
    problem = f"{LABELS[name]}ของผู้นี้ไม่ตรงกับแถวที่ {first} โปรดกรอกให้เหมือนกันทุกแถวของผู้นี้"
    return [
        RowProblem(number, LABELS[name], problem)
        for number in others
        if said[number] != said[first]
    ]


def _about_number(
    register: Register, group: Iterable[Row], stored: Person, taken: set[Any], scope: Scope
) -> list[RowProblem]:
    """Why a corrected citizen id cannot be taken; one that can is taken from here on."""
    changed = [row for row in group if row.entry.person.citizen_id != stored.citizen_id]
    index = keys().blind_index(changed[0].entry.person.citizen_id)
    official = changed[0].official
    posts = register.posts.get(official.id, []) if official is not None else []
    is_only_here = all(
        scope.covers(province_code=office.province_code, district_code=office.district_code)
        for _, office in posts
    )
    if index not in taken and is_only_here:
        taken.add(index)
        return []
    return [RowProblem(row.line.number, _CITIZEN_ID, str(NumberOfAnother())) for row in changed]


def _code_and_name(text: str) -> tuple[str, str]:
    """'06480501', or with the name behind it as the drop-down has it; as typed when it is none."""
    plain = thai.arabic_digits(_plain(text))
    found = _CODE_AND_NAME.fullmatch(plain)
    if found is None:
        return plain, ""
    try:
        return check_code(found[1]), found[2] or ""
    except DomainError:
        return plain, ""


def _citizen_id(text: str) -> str | None:
    try:
        return thai.citizen_id(text)
    except DomainError:
        return None


def _plain(text: str) -> str:
    try:
        return thai.normalise(text)
    except DomainError:
        return text.strip()
