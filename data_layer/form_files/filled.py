"""A filled template, read without trusting it: answers, what was changed, and what is wrong.

Nothing is guessed: what is not plainly an answer of its field is a problem, with row and column.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from data_layer import thai
from data_layer.errors import DomainError
from data_layer.exchange.reading import NotASpreadsheet, Row, TooManyRows, read_sheets
from data_layer.exchange.readme_sheets import Mend
from data_layer.form_files.about import About, Authority
from data_layer.form_files.cells import from_cell, key_of, to_cell
from data_layer.form_files.columns import CODE, NAME, TemplateColumn, template_columns
from data_layer.form_files.errors import (
    NotATemplate,
    NotAWorkbook,
    OtherForm,
    OtherRound,
    OtherVersion,
)
from data_layer.form_files.guide import ANSWERS
from data_layer.form_files.template import ANSWER, REASON, stood
from data_layer.form_files.workbook import (
    FIRST_ROW,
    HINT_ROW,
    MADE,
    MARKS,
    SheetRow,
    marks,
    write_workbook,
)
from data_layer.forms import Answer, Form, NoData, is_empty, read_answers

_SPARE_COLUMNS: Final = 20  # what people write beside a table
_MOST_ROWS: Final = 1_000  # the largest province has 334 authorities
_MOST_SAID: Final = 100  # letters
_GONE: Final = "ไม่พบคอลัมน์นี้ โปรดคืนหัวคอลัมน์ให้เหมือนในแม่แบบ หรือคัดลอกคำตอบไปวางในแม่แบบใหม่"

_TWICE: Final = "มีหัวคอลัมน์นี้มากกว่าหนึ่งคอลัมน์ โปรดเหลือไว้คอลัมน์เดียว"
_UNKNOWN: Final = "แม่แบบไม่มีหัวคอลัมน์นี้ โปรดคืนชื่อเดิม หรือลบคอลัมน์นี้"


class CellProblem(NamedTuple):
    """One reason why a file is not taken: the row as Excel numbers it, the column, what to do.

    `code` is the authority of the row and `name` the field, where it is about one.
    """

    row: int
    column: str
    problem: str
    code: str = ""
    name: str = ""


@dataclass(frozen=True)
class FilledRow:
    """The row of one authority: its answers, and those that stood when the template was made.

    `texts` are its cells as typed, by field; a column that is gone from the file has none.
    """

    row: int
    authority: Authority
    texts: Mapping[str, str]
    answers: Mapping[str, Answer]
    before: Mapping[str, Answer]

    @property
    def changes(self) -> dict[str, tuple[Answer, Answer]]:
        """What the person changed in the file: by field what stood there, and what stands now."""
        return {
            name: (self.before.get(name), self.answers.get(name))
            for name in self.texts
            if self.before.get(name) != self.answers.get(name)
        }


@dataclass(frozen=True)
class FilledTemplate:
    """What a filled template says, row by row. With problems nothing of it is to be used."""

    form: Form
    rows: tuple[FilledRow, ...]
    problems: tuple[CellProblem, ...]

    @property
    def is_ready(self) -> bool:
        """Whether all of it could be read."""
        return not self.problems

    def problem(self, code: str, name: str, sentence: str) -> CellProblem:
        """A problem that the rules found in the cell of an authority."""
        row = next(each.row for each in self.rows if each.authority.code == code)
        header = next(
            each.header for each in template_columns(self.form) if each.field.name == name
        )
        return CellProblem(row, header, sentence, code, name)


def read_filled(
    form: Form, content: bytes, file_name: str, *, codes: Collection[str], round_code: str
) -> FilledTemplate:
    """What somebody filled into a template of this form and round; `codes` are theirs to fill.

    Raises the refusals of data_layer.exchange.reading, NotAWorkbook, NotATemplate, OtherForm,
    OtherRound and OtherVersion; all else that is wrong stands in the problems.
    """
    columns = template_columns(form)
    sheets = _sheets(content, file_name, len(columns) + _SPARE_COLUMNS)
    _check_marks(form, sheets[MADE], round_code)
    if len(sheets[ANSWERS]) > _MOST_ROWS:
        raise TooManyRows(limit=_MOST_ROWS)
    reader = _Reader(columns, _stood(form, sheets[MADE]), codes)
    rows = tuple(reader.rows(sheets[ANSWERS]))
    return FilledTemplate(form, rows, tuple(reader.problems))


def _sheets(content: bytes, file_name: str, columns: int) -> dict[str, list[Row]]:
    """The sheets of a template by name in small letters."""
    try:
        if Path(file_name).suffix.lower() != ".xlsx":
            raise NotAWorkbook
        found = read_sheets(content, (ANSWERS, MADE), columns=columns)
    except NotASpreadsheet:
        raise NotAWorkbook from None
    sheets = {name.lower(): rows for name, rows in found.items()}
    if not {ANSWERS, MADE} <= sheets.keys():
        raise NotATemplate
    return sheets


def marked(filled: FilledTemplate, about: About, problems: Iterable[CellProblem]) -> bytes:
    """The same file made anew, its wrong cells red with the reason, and a list of them in front.

    It is a template again: mended, it can be brought in. `problems` are those of the file, of
    the rules, or both.
    """
    given = sorted(problems, key=lambda each: each.row)
    numbers = {row.row: number for number, row in enumerate(filled.rows, FIRST_ROW)}
    names = {row.row: row.authority for row in filled.rows}
    mends = [
        Mend(numbers.get(each.row, each.row), *names.get(each.row, ("", "")), *each[1:3])
        for each in given
    ]
    wrong: dict[int, dict[str, str]] = {row.row: {} for row in filled.rows}
    for each in given:
        wrong.get(each.row, {})[each.name or each.column] = each.problem
    rows = [_marked_row(filled.form, row, wrong[row.row]) for row in filled.rows]
    return write_workbook(filled.form, about, rows, mends)


def _marked_row(form: Form, row: FilledRow, wrong: Mapping[str, str]) -> SheetRow:
    cells = {}
    for column in template_columns(form):
        name = column.field.name
        answers = row.answers if name in row.texts else row.before
        cells[name] = row.texts[name] if name in wrong else to_cell(column.field, answers.get(name))
    before = {name: stood(answer) for name, answer in row.before.items()}
    return SheetRow(row.authority, cells, before, wrong)


def _check_marks(form: Form, rows: Sequence[Row], round_code: str) -> None:
    """Refuse what is no template of this form, round and version."""
    found = {cells[0]: _clipped(cells[1]) for _, cells in rows[: len(MARKS)]}
    wanted = marks(form, round_code)
    if not {"form", "round", "fingerprint"} <= found.keys():
        raise NotATemplate
    if found["form"] != wanted["form"]:
        raise OtherForm(given=found.get("title", found["form"]), wanted=form.title)
    if found["round"] != round_code:
        raise OtherRound(given=found["round"], wanted=round_code)
    if found["fingerprint"] != wanted["fingerprint"]:
        given = found.get("version", "-")
        raise OtherVersion(title=form.title, given=given, wanted=form.version or "-")


def _stood(form: Form, rows: Sequence[Row]) -> dict[str, tuple[str, dict[str, Answer]]]:
    """By code the name and the answers that the template was made with."""
    lines = [cells for _, cells in rows[len(MARKS) :]]
    if not lines or lines[0][:2] != ["code", "name"]:
        raise NotATemplate
    names = [name for name in lines[0][2:] if name]
    return {
        line[0]: (line[1], _before(form, dict(zip(names, line[2:], strict=False))))
        for line in lines[1:]
    }


def _before(form: Form, texts: Mapping[str, str]) -> dict[str, Answer]:
    given: dict[str, object] = {}
    for name, text in texts.items():
        if text.startswith(ANSWER):
            given[name] = text.removeprefix(ANSWER)
        elif text.startswith(REASON):
            given[name] = NoData(text.removeprefix(REASON))
    answers, _ = read_answers(form, given)
    return answers


class _Reader:
    """The rows of the sheet that people fill; collects what is wrong with them."""

    def __init__(
        self,
        columns: Sequence[TemplateColumn],
        stood: Mapping[str, tuple[str, Mapping[str, Answer]]],
        codes: Collection[str],
    ) -> None:
        self.problems: list[CellProblem] = []
        self._columns = columns
        self._stood = stood
        self._codes = codes
        self._seen: dict[str, int] = {}  # code to its row

    def rows(self, found: Sequence[Row]) -> Iterator[FilledRow]:
        """Each row below the headers that holds anything."""
        headers = next(
            ((number, keys) for number, cells in found if CODE in (keys := _keys(cells))), None
        )
        if headers is None:
            raise NotATemplate
        places = self._places(*headers)
        for number, cells in found:
            texts = {key: _cell(cells, place) for key, place in places.items()}
            is_hint = texts[CODE] == HINT_ROW
            if number > headers[0] and not is_hint and any(map(str.strip, texts.values())):
                yield self._row(number, texts)

    def _places(self, row: int, headers: Sequence[str]) -> dict[str, int]:
        """Where each column stands: CODE, NAME and the fields by their names."""
        wanted = {CODE: CODE, NAME: NAME} | {
            key_of(each.header): each.field.name for each in self._columns
        }
        for header in wanted:
            if (count := headers.count(header)) != 1:
                self._say(row, header, _TWICE if count else _GONE)
        for header in headers:
            if header and header not in wanted:
                self._say(row, _clipped(header), _UNKNOWN)
        return {name: headers.index(header) for header, name in wanted.items() if header in headers}

    def _row(self, number: int, texts: Mapping[str, str]) -> FilledRow:
        code = thai.arabic_digits(key_of(texts[CODE]))
        name, before = self._stood.get(code, ("", {}))
        authority = Authority(_clipped(code), _clipped(key_of(texts.get(NAME, name))))
        if said := self._about_code(code):
            self._say(number, CODE, said, code)
        elif key_of(name) != key_of(texts.get(NAME, name)):
            said = f"ชื่อ อปท. ถูกแก้จาก “{name}” รหัสและชื่อต้องตรงกัน โปรดคืนชื่อเดิม"
            self._say(number, NAME, said, code)
        self._seen.setdefault(code, number)
        answers = self._answers(number, code, texts)
        typed = {key: text for key, text in texts.items() if key not in {CODE, NAME}}
        return FilledRow(number, authority, typed, answers, before)

    def _about_code(self, code: str) -> str:
        """Why the row cannot be that of the code; '' when it can."""
        if not code:
            return "แถวนี้มีคำตอบแต่ไม่มีรหัส อปท. โปรดคืนรหัสเดิม หรือลบข้อความทั้งแถว"
        if code in self._seen:
            return f"รหัสนี้ซ้ำกับแถวที่ {self._seen[code]} โปรดเหลือไว้แถวเดียว"
        if code not in self._codes:
            return "ไม่มีรหัสนี้ในรายชื่อ อปท. ที่ท่านกรอกได้ โปรดคืนรหัสเดิม หรือลบข้อความทั้งแถว"
        if code not in self._stood:
            return "รหัสนี้ไม่ได้อยู่ในแม่แบบเมื่อดาวน์โหลด โปรดดาวน์โหลดแม่แบบใหม่"
        return ""

    def _answers(self, number: int, code: str, texts: Mapping[str, str]) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        for column in self._columns:
            name = column.field.name
            try:
                answer = from_cell(column.field, texts.get(name, ""))
            except DomainError as refusal:
                self._say(number, column.header, str(refusal), code, name)
            else:
                if not is_empty(answer):
                    answers[name] = answer
        return answers

    def _say(self, row: int, column: str, problem: str, code: str = "", name: str = "") -> None:
        self.problems.append(CellProblem(row, column, problem, code, name))


def _keys(cells: Iterable[str]) -> list[str]:
    return [key_of(cell) for cell in cells]


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _clipped(text: str) -> str:
    """Words of a file in a sentence of ours."""
    return key_of(text)[:_MOST_SAID]
