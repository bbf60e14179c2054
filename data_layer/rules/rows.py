"""Problems of the rows of a file: which row as Excel numbers it, which column, what to do."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

import pandas as pd

from data_layer.errors import DomainError


class RowProblem(NamedTuple):
    """One reason why a file is not taken."""

    row: int
    column: str
    problem: str


class RowProblems(DomainError):
    """A file with unusable rows: nothing of it was taken."""

    text: ClassVar[str] = "ยังไม่ได้นำเข้า เพราะมี {count} จุดที่ต้องแก้ไข โปรดแก้ในไฟล์แล้วเลือกไฟล์อีกครั้ง"

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems))


def problems_frame(problems: Sequence[RowProblem]) -> pd.DataFrame:
    """One row per problem: row, column, problem."""
    return pd.DataFrame(list(problems), columns=["row", "column", "problem"])
