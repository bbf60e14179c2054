"""The answers of the whole country as .xlsx: ours against pandas with openpyxl, in one run."""

import time
from collections.abc import Callable, Iterator
from io import BytesIO

import pandas as pd

from data_layer.exchange.bulk import bulk_xlsx
from tests.benchmarks.figures import Figure

AUTHORITIES, ANSWERS = 7_850, 60


def answer_figures() -> Iterator[Figure]:
    """Processor time of both."""
    headers = [f"ช่องที่ {number}" for number in range(ANSWERS)]
    rows = [
        [row * column if column % 2 else f"คำตอบที่ {row % 97}" for column in range(ANSWERS)]
        for row in range(AUTHORITIES)
    ]
    ours = _taken_s(lambda: bulk_xlsx({"คำตอบ": (headers, rows)}))
    frame = pd.DataFrame(rows, columns=headers)
    theirs = _taken_s(lambda: frame.to_excel(BytesIO(), engine="openpyxl", index=False))
    yield Figure(
        f"export of {AUTHORITIES:,} x {ANSWERS} answers to .xlsx: times as fast",
        theirs / ours,
        "≥",
        5,
        f"{ours:.2f} s of processor time",
        f"{theirs:.2f} s, pandas with openpyxl",
    )


def _taken_s(act: Callable[[], object]) -> float:
    before = time.process_time()
    act()
    return time.process_time() - before
