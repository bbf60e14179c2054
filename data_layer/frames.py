"""From a statement to a typed frame: the declared columns, also when there is no row."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Select
from sqlalchemy.orm import Session


def read_frame(
    session: Session, statement: Select[*tuple[Any, ...]], dtypes: Mapping[str, str]
) -> pd.DataFrame:
    """Run the statement. Raises TypeError when its columns are not the declared ones in order."""
    result = session.execute(statement)
    if list(result.keys()) != list(dtypes):
        message = f"columns {list(result.keys())} are not the declared {list(dtypes)}"
        raise TypeError(message)
    rows = [tuple(row) for row in result]
    return pd.DataFrame.from_records(rows, columns=list(dtypes)).astype(dict(dtypes))
