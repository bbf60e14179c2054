"""A file of the register that comes back: its rows as typed, nothing believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from data_layer.exchange.reading import read_table
from data_layer.official_files.columns import WANTED

REGISTER: Final = "ทะเบียน"


@dataclass(frozen=True)
class FileRow:
    """One row: its number as Excel shows it, its texts by header."""

    number: int
    texts: Mapping[str, str]


def read_register(content: bytes, file_name: str) -> list[FileRow]:
    """The rows of the register's sheet, or of a CSV, in the file's order.

    Raises the refusals of data_layer.exchange.reading.
    """
    table = read_table(content, file_name, columns=WANTED, sheet=REGISTER)
    return [
        FileRow(number, dict(zip(WANTED, map(str, texts), strict=True)))
        for number, *texts in table.itertuples(name=None)
    ]
