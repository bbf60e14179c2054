"""What all tables share: the base, the column types, instants in UTC, sealed personal data."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from sqlalchemy import Date, DateTime, Dialect, Enum, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, mapped_column

from data_layer.keys import keys, keys_that_open

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database (SQLite forgets the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse naive instants; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant needs its zone"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_column(kind: type[StrEnum], name: str, **options: Any) -> Any:  # noqa: ANN401 - mapped_column's own type
    """A column of the enum's values, held by a named CHECK in both databases."""
    values = [member.value for member in kind]
    column_type = Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=max(map(len, values)),
        values_callable=lambda _: values,
    )
    return mapped_column(column_type, **options)


# Thai sort keys compare byte by byte, in PostgreSQL as in SQLite.
SORTABLE = String(400).with_variant(String(400, collation="C"), "postgresql")

Id = Annotated[int, mapped_column(primary_key=True)]
Code = Annotated[str, mapped_column(String(8))]
Name = Annotated[str, mapped_column(String(200))]
ShortText = Annotated[str, mapped_column(String(100))]
Hash = Annotated[bytes, mapped_column(unique=True)]
Instant = Annotated[datetime, mapped_column(UtcDateTime)]
Day = Annotated[date, mapped_column(Date)]


class Base(DeclarativeBase):
    """The declarative base; constraint names are the same in both databases."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime}


class SealedColumn:
    """What is kept encrypted in `<name>_sealed`, bound to its table, column and row `uid`."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._column = f"{name}_sealed"
        self._name = name

    def _open(self, row: Any) -> bytes:  # noqa: ANN401 - any model
        blob = getattr(row, self._column)
        return keys_that_open(blob).decrypt_bytes(blob, self._place(row))

    def _seal(self, row: Any, content: bytes) -> None:  # noqa: ANN401 - any model
        setattr(row, self._column, keys().encrypt_bytes(content, self._place(row)))

    def _place(self, row: Any) -> str:  # noqa: ANN401 - any model
        return sealed_place(row.__tablename__, self._name, row.uid)


class Sealed(SealedColumn):
    """A sealed text."""

    def __get__(self, row: Any, owner: type | None = None) -> str:  # noqa: ANN401 - any model
        if row is None:
            return self  # type: ignore[return-value]  # asked of the class: the descriptor itself
        return self._open(row).decode()

    def __set__(self, row: Any, text: str) -> None:  # noqa: ANN401 - any model
        self._seal(row, text.encode())


class SealedBytes(SealedColumn):
    """The sealed content of a file."""

    def __get__(self, row: Any, owner: type | None = None) -> bytes:  # noqa: ANN401 - any model
        if row is None:
            return self  # type: ignore[return-value]  # asked of the class: the descriptor itself
        return self._open(row)

    def __set__(self, row: Any, content: bytes) -> None:  # noqa: ANN401 - any model
        self._seal(row, content)


def sealed_place(table: str, column: str, uid: str) -> str:
    """Where a sealed value belongs: moved to another column or row it no longer opens."""
    return f"{table}.{column}:{uid}"
