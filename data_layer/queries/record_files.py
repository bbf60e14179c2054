"""The files of records: what is known of them without opening any, and one of them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from data_layer.errors import NotFound
from data_layer.models import RecordFile


class KeptFile(NamedTuple):
    """A file beside its record: which one it is, of what kind, how many bytes, since when."""

    uid: str
    media_type: str
    size: int
    at: datetime


def files_of(session: Session, record_id: int) -> dict[str, KeptFile]:
    """The files of a record that the caller may see, by path; no content is read."""
    statement = (
        select(
            RecordFile.path, RecordFile.uid, RecordFile.media_type, RecordFile.size, RecordFile.at
        )
        .where(RecordFile.record_id == record_id)
        .order_by(RecordFile.id)
    )
    return {row.path: KeptFile(*row[1:]) for row in session.execute(statement)}


def file_of(session: Session, record_id: int, uid: str) -> RecordFile:
    """One file of that record, with its content. Raises NotFound."""
    statement = select(RecordFile).where(RecordFile.record_id == record_id, RecordFile.uid == uid)
    found: RecordFile | None = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def drop_files(session: Session, record_id: int, paths: Collection[str]) -> None:
    """Away with the files of these questions: nothing of them is kept."""
    session.execute(
        delete(RecordFile).where(RecordFile.record_id == record_id, RecordFile.path.in_(paths))
    )


def move_files(session: Session, record_id: int, paths: Mapping[str, str]) -> None:
    """The files stand at other paths: from, to. One after another, for each place has one file."""
    for before, after in paths.items():
        session.execute(
            update(RecordFile)
            .where(RecordFile.record_id == record_id, RecordFile.path == before)
            .values(path=after)
        )
