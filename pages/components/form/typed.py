"""What a person typed, between the browser and the record.

Each run compares what stands in the widgets with what stood there when they were last drawn, and
keeps the difference (`take_changes`) before anything is read or drawn. No widget has a callback:
Streamlit ends a run wherever it touches the session, and may do so within a callback, whose change
would then be lost. What was refused stays where it was typed.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Final, NamedTuple

import streamlit as st

from data_layer import forms
from data_layer.errors import DomainError, NoPlace
from data_layer.forms import Field
from data_layer.forms.errors import UnknownField
from pages.components.form.inputs import (
    NO_DATA,
    Given,
    fill,
    fill_as_given,
    forget,
    given_in,
    given_words,
    has_no_data,
    stands,
)

# path, what was typed, the plain value seen there, at which moment of the record's history; returns
# the plain value that is kept
Save = Callable[[str, Given, object, int], object]
SaveReason = Callable[[str, str, int], None]
_BOOK: Final = "entry.book"


class NotKept(DomainError):
    """What was typed was refused and still stands there: to hand in now would lose it."""

    text: ClassVar[str] = (
        "ยังส่งไม่ได้ มี {count} ช่องที่ค่าที่พิมพ์ไว้ยังไม่ถูกบันทึก โปรดแก้ค่านั้น หรือลบออกหากไม่ต้องการ แล้วส่งอีกครั้ง"
    )


class Upload(NamedTuple):
    """A file that was chosen."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Refused:
    """What was typed into a field and not taken; `theirs` when somebody else was first."""

    given: Given | Upload
    message: str
    theirs: object = None
    is_taken: bool = False


@dataclass(frozen=True)
class Shown:
    """A field as it was drawn: the record's plain value, and what stood in its widgets."""

    field: Field
    key: str
    plain: object
    given: Given | None
    no_data: bool
    moment: int  # of the record's history
    is_stale: bool = False  # the record's value is to be put in, whatever stands there


@dataclass(frozen=True)
class Chooser:
    """What a file is chosen with, and what the person saw to be the answer, at which moment.

    `seen` is the uid of a file or another plain answer; `taken` the id of the last file chosen.
    """

    key: str
    seen: object
    moment: int
    taken: str = ""


class ShownRows(NamedTuple):
    """The rows of a table as they were drawn: plain, and the moment of the record's history."""

    plain: list[dict[str, Any]]
    moment: int

    def row(self, number: int, now: list[dict[str, Any]]) -> tuple[object, int]:
        """A row as it was seen; one that a run drew and was cut off before it said so, as now."""
        seen = self.plain if number <= len(self.plain) else now
        return seen[number - 1], self.moment


@dataclass
class Book:
    """What is known of the widgets of one record; held in the session, changed in place.

    A run is never ended by what it does here, so that saving and noting that it is saved are one.
    """

    record: object = None
    shown: dict[str, Shown] = field(default_factory=dict)
    reasons: dict[str, tuple[str, str]] = field(default_factory=dict)  # widget key, text
    choosers: dict[str, Chooser] = field(default_factory=dict)
    rows: dict[str, ShownRows] = field(default_factory=dict)
    refused: dict[str, Refused] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)  # what had no place any more, in words
    moved: Counter[str] = field(default_factory=Counter)  # how often the rows of a table moved up


def book_of_record() -> Book:
    """What is known of the widgets of the record that is shown."""
    book: Book = st.session_state.get(_BOOK) or Book()
    return book


def turn_to(record: object, form: str) -> None:
    """This record is shown now; what belonged to another one is forgotten."""
    if book_of_record().record == record:
        return
    _forget_widgets(f"{form}.")
    st.session_state[_BOOK] = Book(record)


def forget_rows(table: str, number: int, form: str) -> None:
    """A row of a table was taken away: what stands in the widgets belongs to other rows now.

    What was typed and refused in the rows below moves up with them; a file is to be chosen again.
    """
    book = book_of_record()
    book.moved[table] += 1
    for known in (book.shown, book.reasons, book.choosers):
        for path in [path for path in known if path.startswith(f"{table}[")]:
            del known[path]
    for path in [path for path in book.rows if f"{path}[".startswith(f"{table}[")]:
        del book.rows[path]
    for path in [path for path in book.refused if path.startswith(f"{table}[")]:
        if isinstance(book.refused[path].given, Upload):
            del book.refused[path]
    book.refused = forms.without_row(book.refused, table, number)
    _forget_widgets(f"{form}.{table}[")


def rows_seen(table: str, plain: list[dict[str, Any]], moment: int) -> ShownRows:
    """The rows that a person who pressed a button of the table saw; those drawn now, if none."""
    return book_of_record().rows.get(table, ShownRows(plain, moment))


def note_rows(table: str, plain: list[dict[str, Any]], moment: int) -> None:
    """The rows of a table stand on the page, with their buttons."""
    book_of_record().rows[table] = ShownRows(plain, moment)


def times_moved(path: str) -> int:
    """How often the rows that a path leads through have moved up."""
    moved = book_of_record().moved.items()
    return sum(times for table, times in moved if path.startswith(f"{table}["))


def note_own(path: str, plain: object) -> None:
    """The person changed an answer, a file by its uid: the rows around it were seen as that too."""
    for table, seen in book_of_record().rows.items():
        for at, row in enumerate(seen.plain):
            place = f"{table}[{at + 1}]/"
            if path.startswith(place):
                with suppress(UnknownField):  # an inner row of a run that was cut off
                    seen.plain[at] = forms.with_answer(row, path.removeprefix(place), plain)


def _forget_widgets(prefix: str) -> None:
    for key in [key for key in st.session_state if str(key).startswith(prefix)]:
        del st.session_state[key]


def take_changes(save: Save, save_reason: SaveReason) -> None:
    """Keep what was typed since the last run; refusals wait beside their fields."""
    book = book_of_record()
    typed = {
        path: given for path, shown in book.shown.items() if (given := _typed(shown)) is not None
    }
    reasons = {
        path: text for path in book.reasons if (text := _typed_reason(book, path)) is not None
    }
    # from here on the session is not touched: the run could end there
    for path, given in typed.items():
        _keep(book, path, given, book.shown[path].plain, save)
    for path, text in reasons.items():
        _keep_reason(book, path, text, save_reason)


def _typed(shown: Shown) -> Given | None:
    """What was typed since the field was drawn; None when nothing was, or not all of it."""
    if shown.no_data and st.session_state.get(shown.key + NO_DATA) is False:
        return ""  # the tick was taken away: the field's own widgets were not there to type into
    if not stands(shown.field, shown.key):
        return None
    given = given_in(shown.field, shown.key)
    return None if given == shown.given else given


def _typed_reason(book: Book, path: str) -> str | None:
    key, kept = book.reasons[path]
    text: str | None = st.session_state.get(key)
    return None if text == kept else text


def _keep(book: Book, path: str, given: Given, seen: object, save: Save) -> None:
    shown = book.shown[path]
    try:
        plain = save(path, given, seen, shown.moment)
    except NoPlace as refusal:
        lose(book, path, given_words(shown.field, given), refusal)
        book.shown[path] = replace(shown, given=given, is_stale=True)
    except DomainError as refusal:
        book.refused[path] = refused_as(given, refusal)
        book.shown[path] = replace(shown, given=given)
    else:
        book.refused.pop(path, None)
        book.shown[path] = replace(shown, given=given, plain=plain, is_stale=True)
        note_own(path, plain)


def _keep_reason(book: Book, path: str, text: str, save_reason: SaveReason) -> None:
    book.reasons[path] = (book.reasons[path][0], text)
    try:
        save_reason(path, text, book.shown[path].moment)
    except NoPlace as refusal:
        lose(book, path, text, refusal)
    except DomainError as refusal:
        book.refused[path] = refused_as(book.shown[path].given or "", refusal)


def refused_as(given: Given | Upload, refusal: DomainError) -> Refused:
    """What was not taken, and why."""
    is_taken = hasattr(refusal, "theirs")
    return Refused(given, str(refusal), getattr(refusal, "theirs", None), is_taken)


def lose(book: Book, path: str, words: str, refusal: NoPlace) -> None:
    """What was typed or chosen has no place any more: it is told once, in words."""
    book.refused.pop(path, None)
    if words:
        book.lost[path] = f"“{words}” ไม่ถูกบันทึก: {refusal}"


def overwrite(path: str, save: Save) -> None:
    """The person saw the other one's value and wants the own one to stand."""
    book = book_of_record()
    refused = book.refused.get(path)
    if refused is not None and not isinstance(refused.given, Upload):
        _keep(book, path, refused.given, refused.theirs, save)


def give_way(path: str) -> None:
    """The person takes the other one's value."""
    book = book_of_record()
    book.refused.pop(path, None)
    book.shown[path] = replace(book.shown[path], is_stale=True)


def refused_at(path: str) -> Refused | None:
    """What was typed there and not taken."""
    return book_of_record().refused.get(path)


def refused_paths() -> list[str]:
    """Where something was typed and not taken."""
    return list(book_of_record().refused)


def settle(field: Field, path: str, key: str, answer: object) -> None:
    """Fill the widgets of a field from the record, unless the person's own text stands there."""
    book = book_of_record()
    refused, shown = book.refused.get(path), book.shown.get(path)
    if refused is not None:
        if not stands(field, key):
            fill_as_given(field, key, "" if isinstance(refused.given, Upload) else refused.given)
        return
    if shown is None:
        forget(field, key)
        if field.allows_no_data and times_moved(path):  # the browser still has another row's tick
            st.session_state[key + NO_DATA] = isinstance(answer, forms.NoData)
    is_known = (
        shown is not None and not shown.is_stale and shown.plain == forms.plain_answer(answer)
    )
    if not (is_known and stands(field, key)):
        fill(field, key, answer)


def note_drawn(field: Field, path: str, key: str, answer: object, moment: int) -> None:
    """The widgets of a field stand on the page: what differs from now on was typed."""
    book = book_of_record()
    given, no_data = given_in(field, key), has_no_data(key)
    before = book.shown.pop(path, None)  # so that they stand in the order of the form
    is_refused = path in book.refused and before is not None
    plain = before.plain if before and is_refused else forms.plain_answer(answer)
    book.shown[path] = Shown(field, key, plain, given, no_data, moment)


def settle_reason(path: str, key: str, kept: str) -> None:
    """Fill the widget of a reason."""
    known = book_of_record().reasons.get(path)
    if known is None:
        st.session_state.pop(key, None)  # as `forget`
    if known != (key, kept) or key not in st.session_state:
        st.session_state[key] = kept


def note_reason(path: str, key: str, kept: str) -> None:
    """The widget of a reason stands on the page: what differs from now on was typed."""
    book_of_record().reasons[path] = (key, kept)
