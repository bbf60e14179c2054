"""Files that a person chose, between the browser and the record: as typed.py does with words."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from data_layer.errors import DomainError, NoPlace
from pages.components.form.typed import (
    Book,
    Chooser,
    Upload,
    book_of_record,
    lose,
    note_own,
    refused_as,
    times_moved,
)

# path, content, name, what was seen at which moment of the record's history; returns the uid
Attach = Callable[[str, bytes, str, object, int], str]


def chooser_key(path: str, key: str) -> str:
    """The key of what a file is chosen with: another one when the rows of its table moved up.

    The browser would show in it, and send again, what was chosen for another row.
    """
    times = times_moved(path)
    return f"{key}.{times}" if times else key


def note_chooser(path: str, key: str, seen: object, moment: int) -> None:
    """What a file is chosen with stands on the page."""
    choosers = book_of_record().choosers
    before = choosers.get(path)
    taken = before.taken if before and before.key == key else ""
    choosers[path] = Chooser(key, seen, moment, taken)


def take_files(attach: Attach) -> None:
    """Keep what was chosen since the last run; refusals wait beside their fields."""
    book = book_of_record()
    chosen = {path: st.session_state.get(each.key) for path, each in book.choosers.items()}
    # from here on the session is not touched: the run could end there
    for path, file in chosen.items():
        chooser = book.choosers[path]
        if (found := _id(file)) == chooser.taken:
            continue
        book.choosers[path] = replace(chooser, taken=found)
        if file is None:  # taken out of the widget again
            book.refused.pop(path, None)
        else:
            _attach(book, path, Upload(file.name, file.getvalue()), chooser.seen, attach)


def _id(file: Any) -> str:  # noqa: ANN401 - Streamlit's UploadedFile
    return "" if file is None else str(file.file_id)


def overwrite_file(path: str, attach: Attach) -> None:
    """The person saw the other one's file and wants the own one to stand."""
    book = book_of_record()
    refused = book.refused.get(path)
    if refused is not None and isinstance(refused.given, Upload):
        _attach(book, path, refused.given, refused.theirs, attach)


def _attach(book: Book, path: str, given: Upload, seen: object, attach: Attach) -> None:
    try:
        uid = attach(path, given.content, given.name, seen, book.choosers[path].moment)
    except NoPlace as refusal:
        lose(book, path, given.name, refusal)
    except DomainError as refusal:
        refused = refused_as(given, refusal)
        # of a file that cannot be taken only the name is of use
        kept = given if refused.is_taken else given._replace(content=b"")
        book.refused[path] = replace(refused, given=kept)
    else:
        book.refused.pop(path, None)
        note_own(path, uid)
