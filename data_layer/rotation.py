"""A new key for the sealed columns, while the system runs.

The old key stays in the key file: backups were written with it, and a running server seals with
it until it meets the first value of the new one. Running it again finishes what was cut off.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Column, ColumnElement, LargeBinary, Table, func, select, text, update
from sqlalchemy.orm import Session

from data_layer import keys as key_store
from data_layer.audit import record
from data_layer.config import config
from data_layer.db import bookkeeping, engine, reading, writing
from data_layer.keys import keys, keys_that_open
from data_layer.models import Base
from data_layer.models.base import SealedBytes, SealedColumn, sealed_place

BATCH = 200  # rows a transaction: nobody waits long for the write lock
FEW = 8  # of files, each of megabytes


class Place(NamedTuple):
    """One sealed column of one table."""

    table: Table
    name: str
    holds_files: bool = False

    @property
    def sealed(self) -> Column[bytes]:
        """What is kept."""
        return self.table.c[f"{self.name}_sealed"]


def rotate() -> int:
    """Make a new key and re-seal every value under it. Returns how many values were re-sealed."""
    key_store.replace_keys(keys().rotated(), config().keys_file)
    keys.cache_clear()
    return reseal()


def reseal() -> int:
    """Bring every value under the newest key; values that are there already are left alone."""
    total = sum(count for place in sealed_places() for count in _batches(place))
    with writing() as session:
        record(session, "keys.rotate", key=keys().current, values=total)
    _forget_old_pages()
    return total


def sealed_places() -> Iterator[Place]:
    """Every sealed column of the models."""
    for mapper in Base.registry.mappers:
        for name, value in vars(mapper.class_).items():
            if isinstance(value, SealedColumn):
                table = Base.metadata.tables[mapper.class_.__tablename__]
                yield Place(table, name, isinstance(value, SealedBytes))


def count_old() -> int:
    """How many values are not under the newest key."""
    with reading() as session:
        return sum(
            session.scalar(select(func.count()).where(_is_old(place))) or 0
            for place in sealed_places()
        )


def _is_old(place: Place) -> ColumnElement[bool]:
    number = func.substr(place.sealed, 1, 1, type_=LargeBinary)
    return number != bytes([keys().current])


def _batches(place: Place) -> Iterator[int]:
    while True:
        with bookkeeping() as session:
            count = _reseal_batch(session, place)
        if not count:
            return
        yield count


def _reseal_batch(session: Session, place: Place) -> int:
    uid = place.table.c.uid
    most = FEW if place.holds_files else BATCH
    chosen = select(uid, place.sealed).where(_is_old(place)).limit(most).with_for_update()
    rows = session.execute(chosen).all()
    for row, sealed in rows:
        bound_to = sealed_place(place.table.name, place.name, row)
        opened = keys_that_open(sealed).decrypt_bytes(sealed, bound_to)
        fresh = keys().encrypt_bytes(opened, bound_to)
        # the version stays: nobody edited this row
        session.execute(update(place.table).where(uid == row).values({place.sealed: fresh}))
    return len(rows)


def _forget_old_pages() -> None:
    """The database keeps what was overwritten until it is swept, outside of transactions."""
    target = engine(config().database_url)
    if target.dialect.name == "sqlite":
        connection = target.raw_connection()
        connection.cursor().execute("VACUUM")
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return
    with target.connect().execution_options(isolation_level="AUTOCOMMIT") as outside:
        outside.execute(text("VACUUM FULL"))
