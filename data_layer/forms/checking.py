"""Everything that is wrong with the sheets of a form, all at once, before pyxform sees them.

pyxform stops at its first error and knows nothing of what we leave out; a clerk wants one list.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import chain

from pyxform.parsing.expression import is_xml_tag
from pyxform.utils import default_is_dynamic

from data_layer.forms import support
from data_layer.forms.errors import Problem
from data_layer.forms.rows import (
    Column,
    SheetRow,
    choice_columns,
    choice_rows,
    survey_columns,
    survey_rows,
)
from data_layer.forms.sheets import Sheet, Sheets
from data_layer.forms.xpath import ExpressionBroken, parse

_REFERENCE = re.compile(r"\$\{([^}]*)\}")
_YES_NO = {"yes", "no", "true", "false", "true()", "false()"}
_NO_ADVICE = "โปรดใช้ชนิดที่ระบบรองรับ"
_OURS = re.compile(r"\bph=")
_SEVERAL = re.compile("multiple|all that apply")
_RULES = {"bind", "control", "instance"}  # columns that would change how a field behaves
_SURVEY, _CHOICES = "survey", "choices"
_COUNT: Column = ("control", "jr:count")


def problems_of(sheets: Sheets) -> list[Problem]:
    """What must be mended, sheet by sheet and row by row."""
    survey = sheets.get(_SURVEY)
    if survey is None or not survey.rows:
        return [Problem("", 0, "", "ไม่พบแผ่นงานชื่อ survey ที่มีคำถาม โปรดตั้งชื่อแผ่นงานตามแบบ XLSForm")]
    rows = survey_rows(survey)
    lists = _lists(sheets)
    return [
        *_sheet_problems(sheets),
        *_column_problems(survey),
        *_namespace_problems(sheets, survey),
        *_nesting_problems(rows),
        *_name_problems(rows, _root(sheets)),
        *chain.from_iterable(_row_problems(row, rows, lists) for row in rows),
        *_choice_problems(
            sheets.get(_CHOICES), _lists_of_several(rows), may_repeat=_may_repeat(sheets)
        ),
    ]


def notices_of(sheets: Sheets) -> list[Problem]:
    """What is left unused, though nothing must be mended: columns of notes, pictures of labels."""
    notices = [
        Problem(_SURVEY, 1, header, "ระบบไม่ใช้คอลัมน์นี้")
        for header, column in survey_columns(sheets[_SURVEY]).items()
        if _is_unused(column)
    ]
    if _CHOICES in sheets:
        notices += [
            Problem(_CHOICES, 1, header, "ระบบไม่ใช้คอลัมน์นี้")
            for header, column in choice_columns(sheets[_CHOICES]).items()
            if column[0] in support.MEDIA
        ]
    if "settings" in sheets:
        unused = set(sheets["settings"].headers) - support.SETTINGS - support.REFUSED_SETTINGS
        notices += [Problem("settings", 1, header, "ระบบไม่ใช้ค่านี้") for header in sorted(unused)]
    return notices


def _root(sheets: Sheets) -> str:
    """The name of the outermost element."""
    settings = sheets.get("settings")
    return (settings.rows[0][1].get("name", "") if settings and settings.rows else "") or "data"


def _lists(sheets: Sheets) -> set[str]:
    if _CHOICES not in sheets:
        return set()
    return {row.text("list name") for row in choice_rows(sheets[_CHOICES])}


def _sheet_problems(sheets: Sheets) -> Iterator[Problem]:
    for name in sheets.keys() - support.SHEETS:
        yield Problem(name, 0, "", "ระบบไม่รองรับแผ่นงานนี้ โปรดลบออก และใช้แผ่น choices แทน")
    settings = sheets.get("settings")
    if settings is None or not settings.rows:
        return
    number, cells = settings.rows[0]
    for header, cell in cells.items():
        if header in support.REFUSED_SETTINGS and cell.lower() not in {"no", "false"}:
            yield Problem("settings", number, header, "ระบบไม่รองรับการตั้งค่านี้ โปรดลบออก")


# columns


def _column_problems(survey: Sheet) -> Iterator[Problem]:
    columns = survey_columns(survey)
    if ("type",) not in columns.values():
        yield Problem(_SURVEY, 1, "type", "ไม่มีหัวคอลัมน์ type ในแถวแรก")
    for header, column in columns.items():
        if _is_known(column) or column in support.UNUSED:
            continue
        if column[-1] in support.COLUMN_ADVICE or column[0] in _RULES:
            advice = support.COLUMN_ADVICE.get(column[-1], "โปรดลบออก")
            for number in (
                number for number, cells in survey.rows if cells.get(header, "").strip()
            ):
                yield Problem(_SURVEY, number, header, f"ระบบไม่รองรับคอลัมน์นี้ {advice}")
        elif support.MESSAGE.fullmatch(header):
            continue
        elif close := get_close_matches(header, support.WRITTEN_COLUMNS, 1, cutoff=0.8):
            yield Problem(_SURVEY, 1, header, f"ไม่รู้จักคอลัมน์นี้ หมายถึง “{close[0]}” หรือไม่")


def _namespace_problems(sheets: Sheets, survey: Sheet) -> Iterator[Problem]:
    """Our own columns need the namespace that other tools know them to be foreign by."""
    ours = [header for header, column in survey_columns(survey).items() if "ph:" in column[-1]]
    settings = sheets.get("settings")
    declared = (
        any(_OURS.search(cells.get("namespaces", "")) for _, cells in settings.rows)
        if settings
        else False
    )
    if ours and not declared:
        named = ", ".join(ours)
        text = f'คอลัมน์ {named} ต้องมีค่า namespaces ว่า ph="https://phrom.go.th/xlsform"'
        yield Problem("settings", 2, "namespaces", text)


def _is_known(column: Column) -> bool:
    translated = any(column[: len(known)] == known for known in support.TRANSLATED)
    return translated or column in support.SURVEY_COLUMNS


def _is_unused(column: Column) -> bool:
    return column in support.UNUSED or not (_is_known(column) or column[0] in _RULES)


# rows


def _nesting_problems(rows: list[SheetRow]) -> Iterator[Problem]:
    """Each begin has its end."""
    opened: list[tuple[str, SheetRow]] = []
    for row in rows:
        kind = row.text("type")
        if begin := support.BEGIN.fullmatch(kind):
            opened.append((begin[1], row))
        elif end := support.END.fullmatch(kind):
            if opened and opened[-1][0] == end[1]:
                opened.pop()
            else:
                yield _type_problem(row, f"มี {kind} แต่ไม่มี begin_{end[1]} ที่คู่กัน")
    for kind, row in opened:
        yield _type_problem(row, f"ไม่มี end_{kind} ที่คู่กับแถวนี้")


def _name_problems(rows: list[SheetRow], root: str) -> Iterator[Problem]:
    """Names are XML names, and each is of one thing: fields are addressed by name alone."""
    first: dict[str, int] = {}
    for row in rows:
        name, kind = row.text("name"), row.text("type")
        header = row.header("name")
        if support.END.fullmatch(kind) or kind == "csv-external" or (not name and kind == "note"):
            continue
        if not name:
            yield Problem(_SURVEY, row.number, header, "ไม่มีชื่อช่อง โปรดตั้งชื่อเป็นอักษรอังกฤษ")
        elif not is_xml_tag(name) or ":" in name:
            yield Problem(
                _SURVEY,
                row.number,
                header,
                f"ชื่อ “{name}” ใช้ไม่ได้ โปรดใช้อักษร ตัวเลข _ - . โดยไม่ขึ้นต้นด้วยตัวเลขและไม่มีช่องว่าง",
            )
        elif name in first:
            yield Problem(
                _SURVEY,
                row.number,
                header,
                f"ชื่อ “{name}” ซ้ำกับแถวที่ {first[name]} โปรดตั้งชื่อให้ไม่ซ้ำกันทั้งแบบฟอร์ม",
            )
        elif name in {"meta", root}:
            yield Problem(_SURVEY, row.number, header, f"ชื่อ “{name}” สงวนไว้ โปรดตั้งชื่ออื่น")
        first.setdefault(name, row.number)


def _row_problems(row: SheetRow, rows: list[SheetRow], lists: set[str]) -> Iterator[Problem]:
    yield from _kind_problems(row, lists)
    yield from _sense_problems(row)
    yield from _appearance_problems(row)
    names = {other.text("name") for other in rows}
    for column, cell in row.cells.items():
        place = (_SURVEY, row.number, row.headers[column])
        for name in _REFERENCE.findall(cell):
            if name.strip() not in names:
                yield Problem(*place, f"ไม่มีช่องชื่อ “{name}” ในแบบฟอร์ม โปรดตรวจการสะกด")
        if _is_expression(row, column):
            yield from (Problem(*place, text) for text in _expression_problems(cell))


def _kind_problems(row: SheetRow, lists: set[str]) -> Iterator[Problem]:
    kind = row.text("type")
    if select := support.SELECT.fullmatch(kind):
        if "${" in select["list"]:
            yield _type_problem(row, "ระบบไม่รองรับตัวเลือกที่มาจากคำตอบอื่น โปรดทำรายการในแผ่น choices")
        elif select["list"] not in lists:
            yield _type_problem(row, f"ไม่มีรายการชื่อ “{select['list']}” ในแผ่น choices")
        yield from _parameter_problems(row, frozenset())
    elif kind in support.TYPES:
        yield from _parameter_problems(
            row, support.PARAMETERS.get(support.TYPES[kind], frozenset())
        )
    elif kind == "csv-external":
        if row.text("name") != support.OFFICE:
            yield _type_problem(row, f"ใช้ตารางภายนอกได้เฉพาะข้อมูลหน่วยงานชื่อ “{support.OFFICE}”")
    elif not (support.BEGIN.fullmatch(kind) or support.END.fullmatch(kind)):
        advice = support.TYPE_ADVICE.get(kind, _NO_ADVICE)
        yield _type_problem(
            row, f"ระบบไม่รองรับชนิด “{kind}” {advice}" if kind else "ไม่ได้ระบุชนิดของช่อง"
        )


def _parameter_problems(row: SheetRow, known: frozenset[str]) -> Iterator[Problem]:
    given = re.findall(r"([^\s=,;]+)\s*=", row.text("parameters"))
    for name in given:
        if name not in known:
            text = f"ระบบไม่รองรับพารามิเตอร์ “{name}” ของชนิดนี้ โปรดลบออก"
            yield Problem(_SURVEY, row.number, row.header("parameters"), text)


def _sense_problems(row: SheetRow) -> Iterator[Problem]:
    """Rules where they cannot hold: they would be lost without a word."""
    kind = row.text("type")
    if row.text("choice_filter") and not support.SELECT.fullmatch(kind):
        text = "choice_filter ใช้ได้กับ select_one และ select_multiple เท่านั้น"
        yield Problem(_SURVEY, row.number, row.header("choice_filter"), text)
    begun = support.BEGIN.fullmatch(kind)
    if row.text(*_COUNT) and (begun is None or begun[1] != "repeat"):
        text = "repeat_count ใช้ได้กับแถว begin_repeat เท่านั้น โปรดย้ายไปไว้ที่แถวนั้น"
        yield Problem(_SURVEY, row.number, row.header(*_COUNT), text)
    if begun:
        for column in (("bind", "constraint"), ("bind", "calculate")):
            if row.text(*column):
                text = "กลุ่มและตารางมีกฎนี้ไม่ได้ โปรดย้ายไปไว้ที่ช่อง"
                yield Problem(_SURVEY, row.number, row.header(*column), text)
    if kind == "calculate" and not (row.text("bind", "calculate") or row.text("default")):
        text = "ช่อง calculate ต้องมีสูตรในคอลัมน์ calculation"
        yield Problem(_SURVEY, row.number, row.header("bind", "calculate"), text)


def _appearance_problems(row: SheetRow) -> Iterator[Problem]:
    for word in row.text("control", "appearance").split():
        if not support.APPEARANCE.fullmatch(word):
            text = f"ระบบไม่รองรับรูปแบบ “{word}” เพราะเปลี่ยนวิธีตอบหรือความหมาย โปรดลบออก"
            yield Problem(_SURVEY, row.number, row.header("control", "appearance"), text)


def _is_expression(row: SheetRow, column: Column) -> bool:
    if column == ("default",):
        return bool(default_is_dynamic(row.text("default"), row.text("type")))
    return column in support.EXPRESSIONS and row.cells[column].strip().lower() not in _YES_NO


def _expression_problems(cell: str) -> Iterator[str]:
    try:
        parse(_REFERENCE.sub(" x ", cell))  # only the grammar: paths are known after pyxform
    except ExpressionBroken as broken:
        yield str(broken)


def _type_problem(row: SheetRow, text: str) -> Problem:
    return Problem(_SURVEY, row.number, row.header("type"), text)


def _lists_of_several(rows: list[SheetRow]) -> set[str]:
    found = (support.SELECT.fullmatch(row.text("type")) for row in rows)
    return {each["list"] for each in found if each and _SEVERAL.search(each["type"])}


def _may_repeat(sheets: Sheets) -> bool:
    """Whether a list may have a name twice, which its choice_filter then tells apart."""
    settings = sheets.get("settings")
    cells = settings.rows[0][1] if settings and settings.rows else {}
    return cells.get("allow_choice_duplicates", "").strip().lower() in {"yes", "true"}


def _choice_problems(
    choices: Sheet | None, several: set[str], *, may_repeat: bool
) -> Iterator[Problem]:
    if choices is None:
        return
    seen: dict[tuple[str, str], int] = {}
    for row in choice_rows(choices):
        key = row.text("list name"), row.text("name")
        if not all(key):
            yield Problem(_CHOICES, row.number, "", "ตัวเลือกต้องมีทั้ง list_name และ name")
        elif " " in key[1] and key[0] in several:
            text = f"ชื่อตัวเลือก “{key[1]}” มีช่องว่าง แต่ใช้กับ select_multiple โปรดใช้ _ แทน"
            yield Problem(_CHOICES, row.number, row.header("name"), text)
        elif key in seen and not may_repeat:
            text = f"ตัวเลือก “{key[1]}” ซ้ำกับแถวที่ {seen[key]} ในรายการเดียวกัน"
            yield Problem(_CHOICES, row.number, row.header("name"), text)
        seen.setdefault(key, row.number)
