"""One answer as a cell of Excel, and back: labels for choices, dates in พ.ศ., reasons for none."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from data_layer import thai
from data_layer.errors import DomainError
from data_layer.exchange.formulas import NO_RESULT, NoResult
from data_layer.form_files.errors import (
    BrokenCell,
    NoDataNotTaken,
    ReasonMissing,
    ReasonTooLong,
)
from data_layer.forms import Answer, Field, Kind, NoData, parse_value
from data_layer.forms.entry import ACKNOWLEDGED, MAX_TEXT
from data_layer.forms.errors import NotAChoice

CellValue: TypeAlias = str | int | float  # an empty cell is ''

NO_DATA: Final = "ไม่มีข้อมูล"
ACKNOWLEDGE: Final = "รับทราบ"
MAX_REASON: Final = 500
_REASON = re.compile(rf"{NO_DATA}(?:\s*(?:[:\uff1a]|เพราะ)\s*(.*))?", re.DOTALL)
_FORMULA_ERROR = re.compile(r"#(?:N/A|[A-Z0-9/]+[!?])")
_EXACT_DIGITS: Final = 15  # what Excel keeps of a number


def to_cell(field: Field, answer: Answer) -> CellValue:
    """The answer as its cell holds it; `from_cell` gives the same answer back."""
    match answer:
        case None:
            return ""
        case NoData(reason):
            return f"{NO_DATA}: {reason}"
        case tuple():
            return ", ".join(spoken(field).get(name, name) for name in answer)
        case int() | Decimal():
            return _number(answer)
        case date():
            return thai.thai_date_short(answer)
    return _text(field, answer)


def from_cell(field: Field, text: str) -> Answer:
    """The answer that somebody typed; None for an empty cell. Nothing is guessed.

    Raises NoResult, TextTooLong, the refusals of forms.parse_value and those of form_files.errors.
    """
    bare = text.strip()
    if bare == NO_RESULT:
        raise NoResult
    if _FORMULA_ERROR.fullmatch(bare):
        raise BrokenCell(text=bare)
    if field.kind is Kind.TEXT and len(bare) > MAX_TEXT:
        raise thai.TextTooLong(length=len(bare), limit=MAX_TEXT)
    if _may_be_reason(field, bare) and (found := _REASON.fullmatch(bare)):
        return _no_data(field, found[1] or "")
    return parse_value(field, _as_kept(field, bare))


def spoken(field: Field) -> Mapping[str, str]:
    """What stands for each choice: its label, with the name beside it where labels are alike."""
    labels = {name: key_of(label) for name, label in field.labels.items()}
    often = Counter(labels.values())
    return {
        name: f"{label} ({name})"
        if often[label] > 1 or (label != name and label in labels)
        else label
        for name, label in labels.items()
    }


def key_of(text: str) -> str:
    """A label or header in one line and one spelling, as it is written and compared."""
    line = " ".join(text.split())
    try:
        return thai.normalise(line)
    except DomainError:
        return line


def _text(field: Field, answer: str) -> str:
    if field.kind is Kind.ACKNOWLEDGE:
        return ACKNOWLEDGE
    return spoken(field).get(answer, answer) if field.kind is Kind.SELECT_ONE else answer


def _number(value: int | Decimal) -> CellValue:
    """As a number when Excel keeps all of it, else as text."""
    kept = float(value)
    if Decimal(f"{kept:.{_EXACT_DIGITS}g}") != value:
        return f"{value:f}"
    return value if isinstance(value, int) else kept


def _may_be_reason(field: Field, text: str) -> bool:
    """Not words that are an answer themselves: text where a reason is not taken, or a choice."""
    if field.kind is Kind.TEXT and not field.allows_no_data:
        return False
    return key_of(text) not in _names(field)


def _no_data(field: Field, typed: str) -> NoData:
    if not field.allows_no_data:
        raise NoDataNotTaken
    reason = thai.normalise(typed, multiline=True)
    if not reason:
        raise ReasonMissing
    if len(reason) > MAX_REASON:
        raise ReasonTooLong(limit=MAX_REASON)
    return NoData(reason)


def _as_kept(field: Field, text: str) -> str:
    """Choices by their names; what is none stays, and is refused as such by the field."""
    match field.kind:
        case Kind.SELECT_ONE:
            return _names(field).get(key_of(text), text)
        case Kind.SELECT_MULTIPLE:
            return " ".join(_chosen(field, text))
        case Kind.ACKNOWLEDGE if text == ACKNOWLEDGE:
            return ACKNOWLEDGED
    return text


def _names(field: Field) -> Mapping[str, str]:
    """The choice that a label, or a name that is no label, stands for."""
    by_label = {label: name for name, label in spoken(field).items()}
    return {name: name for name in field.labels} | by_label


def _chosen(field: Field, text: str) -> list[str]:
    """Several choices with commas or line ends between; a label may hold commas itself."""
    known = {_in_a_list(label): name for label, name in _names(field).items()}
    if _in_a_list(text) not in known and all(name in field.labels for name in text.split()):
        return text.split()  # names with blanks between, as ODK has them
    longest = 1 + max((label.count(",") for label in known), default=0)
    pieces = [piece for piece in re.split(r"[,\n]", text) if piece.strip()]
    found = []
    while pieces:
        length = next(
            (size for size in range(longest, 0, -1) if _joined(pieces[:size]) in known), 0
        )
        if not length:
            raise NotAChoice(text=key_of(pieces[0]))
        found.append(known[_joined(pieces[:length])])
        pieces = pieces[length:]
    return found


def _joined(pieces: Sequence[str]) -> str:
    return _in_a_list(",".join(pieces))


def _in_a_list(label: str) -> str:
    return re.sub(r"\s*,\s*", ",", key_of(label))
