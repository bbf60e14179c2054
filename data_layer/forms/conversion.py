"""The sheets through pyxform: the form as a tree, and as the XForm that other ODK tools read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring
from pyxform.errors import ErrorCode, PyXFormError
from pyxform.xls2xform import ConvertResult, convert

from data_layer.forms.errors import FormRefused, Problem
from data_layer.forms.nodes import Node
from data_layer.forms.sheets import Cells, Sheet, Sheets

_XF: Final = "{http://www.w3.org/2002/xforms}"
_COUNT: Final = "{http://openrosa.org/javarosa}count"
_ROW = re.compile(r"\[row ?: ?([0-9]+)\]\s*", re.IGNORECASE)
_SHEET = re.compile(r"'(survey|choices|settings)' sheet")
_COLUMN = re.compile(r"the '([^']+)' value")
_UNLABELLED = re.compile(r"named '([^']+)' has no label")
_NOT_A_NUMBER = re.compile(r"[Pp]arameter '?([\w-]+)'? must (?:be|have) an? (?:integer|number)")
_TABLE_LIST: Final = "table-list"
# pyxform raises these for odd sheets that it did not foresee.
_UNFORESEEN = (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError)

_SENTENCES: Final[Mapping[ErrorCode, str]] = MappingProxyType(
    {
        ErrorCode.HEADER_002: "หัวคอลัมน์สองคอลัมน์มีความหมายเดียวกัน โปรดเหลือไว้คอลัมน์เดียว",
        ErrorCode.HEADER_003: "ขาดหัวคอลัมน์ที่จำเป็น ({missing})",
        ErrorCode.NAMES_002: "ชื่อ “{value}” ต่างจากชื่ออื่นเพียงตัวพิมพ์เล็กใหญ่ โปรดตั้งชื่อให้ต่างกัน",
        ErrorCode.PYREF_001: "เขียนการอ้างช่องไม่ถูกต้อง ต้องขึ้นต้นด้วย ${{ ตามด้วยชื่อ และปิดด้วย }}",
        ErrorCode.PYREF_003: "ไม่มีช่องชื่อ “{q}” ในแบบฟอร์ม โปรดตรวจการสะกด",
        ErrorCode.PYREF_004: "ชื่อ “{q}” มีมากกว่าหนึ่งช่อง โปรดตั้งชื่อให้ไม่ซ้ำกัน",
        ErrorCode.RANGE_001: "พารามิเตอร์ {name} ของ range ต้องเป็นตัวเลข",
        ErrorCode.RANGE_002: "พารามิเตอร์ {name} ของ range ต้องไม่เป็นศูนย์",
        ErrorCode.RANGE_003: "พารามิเตอร์ {name} ของ range กว้างกว่าช่วงตั้งแต่ start ถึง end",
        ErrorCode.SURVEY_004: "พารามิเตอร์ต้องเขียนเป็น ชื่อ=ค่า คั่นด้วยช่องว่าง เช่น start=1 end=5 step=1",
        ErrorCode.SURVEY_005: "ชนิดนี้ไม่มีพารามิเตอร์ {rejected} ใช้ได้เฉพาะ {accepted}",
    }
)


@dataclass(frozen=True, slots=True)
class Converted:
    """What pyxform makes of the sheets; rules are by the path of their item (/data/group/name)."""

    tree: Mapping[str, Any]
    xform: str
    binds: Mapping[str, Mapping[str, str]]
    itemsets: Mapping[str, str]
    counts: Mapping[str, str]
    defaults: Mapping[str, str]
    tables: Mapping[str, Node]


def converted(sheets: Sheets) -> Converted:
    """The sheets as pyxform understands them. Raises FormRefused with its error in Thai."""
    try:
        result = convert({**_definition(sheets)}, warnings=[])
        root = fromstring(result.xform)
    except PyXFormError as error:
        raise FormRefused([_problem(error, sheets)]) from None
    except (*_UNFORESEEN, ParseError) as error:
        text = f"อ่านตามแบบ XLSForm ไม่ได้ ({type(error).__name__}: {error})"
        raise FormRefused([Problem("", 0, "", text)]) from None
    return _read(result, root)


def _definition(sheets: Sheets) -> dict[str, object]:
    parts: dict[str, object] = {"sheet_names": list(sheets)}
    for name, sheet in sheets.items():
        parts[name] = _with_blank_rows(sheet)
        parts[f"{name}_header"] = [dict.fromkeys(sheet.headers)]
    return parts


def _with_blank_rows(sheet: Sheet) -> list[dict[str, str]]:
    """From row 2, as pyxform counts, so that its errors name the row that the clerk sees."""
    rows = {number: _plainly_seen(cells) for number, cells in sheet.rows}
    return [rows.get(number, {}) for number in range(2, max(rows, default=1) + 1)]


def _plainly_seen(cells: Cells) -> dict[str, str]:
    """For `table-list` pyxform makes up rows of headings that nobody wrote; it is a look only."""
    return {
        header: cell.replace(_TABLE_LIST, "field-list") if "appearance" in header.lower() else cell
        for header, cell in cells.items()
    }


def _read(result: ConvertResult, root: Element) -> Converted:
    paths = {
        control.get("ref", ""): itemset.get("nodeset", "")
        for control in root.iter()
        for itemset in control.findall(f"{_XF}itemset")
    }
    return Converted(
        tree=result._pyxform or {},  # noqa: SLF001 - the only place of labels by language
        xform=result.xform,
        binds={bind.get("nodeset", ""): dict(bind.attrib) for bind in root.iter(f"{_XF}bind")},
        itemsets=paths,
        counts={
            each.get("nodeset", ""): each.get(_COUNT, "") for each in root.iter(f"{_XF}repeat")
        },
        defaults={
            each.get("ref", ""): each.get("value", "") for each in root.iter(f"{_XF}setvalue")
        },
        tables={
            str(table.get("id")): _table(table)
            for table in root.iter(f"{_XF}instance")
            if table.get("id")
        },
    )


def _table(element: Element, parent: Node | None = None) -> Node:
    node = Node(element.tag.removeprefix(_XF), parent, text=(element.text or "").strip())
    for child in element:
        _table(child, node)
    return node


def _problem(error: PyXFormError, sheets: Sheets) -> Problem:
    said = str(error)
    if unlabelled := _UNLABELLED.search(said):
        text = f"ช่อง “{unlabelled[1]}” ไม่มีข้อความคำถาม โปรดกรอกคอลัมน์ label"
        return Problem("survey", _row_of(unlabelled[1], sheets), "label", text)
    row, sheet, column = _ROW.search(said), _SHEET.search(said), _COLUMN.search(said)
    if error.code in _SENTENCES and error.context:
        text = _SENTENCES[error.code].format_map(_Known(error.context))
    elif wrong := _NOT_A_NUMBER.search(said):
        text = f"พารามิเตอร์ {wrong[1]} ต้องเป็นตัวเลข"
    else:
        text = f"ไม่ตรงตามแบบ XLSForm: {_ROW.sub('', said).strip()}"
    return Problem(
        sheet[1] if sheet else "survey",
        int(row[1]) if row else 0,
        column[1] if column else "",
        text,
    )


def _row_of(name: str, sheets: Sheets) -> int:
    """The row of a question, which pyxform does not tell of all its errors; 0 for none."""
    rows = (number for number, cells in sheets["survey"].rows if name in cells.values())
    return next(rows, 0)


class _Known(dict[str, Any]):
    """The facts of an error; one that pyxform did not give is '?'."""

    def __missing__(self, key: str) -> str:
        return "?"
