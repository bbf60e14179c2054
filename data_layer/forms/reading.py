"""An XLSForm into a Form: checked, converted by pyxform, its rules compiled, all or nothing."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from data_layer.exchange.reading import NotASpreadsheet
from data_layer.forms import checking, sheets, support
from data_layer.forms.building import Builder
from data_layer.forms.conversion import Converted, converted
from data_layer.forms.definition import Form
from data_layer.forms.errors import FormRefused, Problem
from data_layer.forms.ordering import in_order
from data_layer.forms.sheets import Sheets
from data_layer.forms.soundness import unsound

MAX_ROWS: Final = 2_000  # a survey of more rows nobody fills
_KEPT: Final = 64  # versions held compiled; each costs about a megabyte


def open_form(content: bytes, file_name: str) -> Form:
    """The form of a file, .xlsx, .xls or .md (Markdown tables).

    Raises FormRefused with all that is wrong, or what data_layer.exchange refuses of a workbook.
    """
    kind = Path(file_name).suffix.lower()
    if kind == ".md":
        form = read_form(sheets.from_markdown(_decoded(content)))
    elif kind in {".xlsx", ".xls"}:
        form = read_form(sheets.from_workbook(content, kind))
    else:
        raise NotASpreadsheet
    if problems := list(unsound(form)):
        raise FormRefused(problems)
    return form


@lru_cache(maxsize=_KEPT)
def form_of(source: str) -> Form:
    """The form of what `source_of` gave, compiled once and kept. Raises FormRefused."""
    return read_form(sheets.from_json(source))


def source_of(form: Form) -> str:
    """The form as one text, to store with a round; the rows and columns are the author's own."""
    return sheets.to_json(form.sheets)


def download(form: Form) -> bytes:
    """The form as .xlsx: the same sheets, so that next year's is this year's edited in Excel."""
    return sheets.to_workbook(form.sheets)


def read_form(found: Sheets) -> Form:
    """The form of some sheets. Raises FormRefused with all that is wrong."""
    problems = [*_size_problems(found), *checking.problems_of(found)]
    if problems:
        raise FormRefused(problems)
    made = converted(found)
    builder = Builder(made, found)
    children = builder.children()
    order = in_order(children, builder.problems)
    if builder.problems:
        raise FormRefused(builder.problems)
    return Form(
        form_id=str(made.tree["id_string"]),
        title=_title(made),
        version=str(made.tree.get("version", "")),
        languages=builder.languages,
        language=builder.language,
        children=children,
        order=order,
        sheets=found,
        root=str(made.tree["name"]),
        tables=builder.tables,
        notices=tuple(checking.notices_of(found)),
    )


def office_facts() -> Mapping[str, str]:
    """The facts that a form may use, by name, with what each is in Thai.

    In the form: a row `csv-external | office`, then instance('office')/root/item/population. Other
    ODK tools read the same from an attached office.csv of one row.
    """
    return support.OFFICE_FACTS


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormRefused([Problem("", 0, "", "ไฟล์ .md ต้องเป็น UTF-8")]) from None


def _size_problems(found: Sheets) -> Iterator[Problem]:
    if "survey" in found and len(found["survey"].rows) > MAX_ROWS:
        yield Problem("survey", 0, "", f"ยาวเกิน {MAX_ROWS:,} แถว โปรดแบ่งเป็นหลายแบบฟอร์ม")


def _title(made: Converted) -> str:
    tree: Mapping[str, Any] = made.tree
    return str(tree.get("title") or tree["id_string"])
