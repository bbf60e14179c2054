"""From a statement to a typed frame: the declared columns, also when there is no row."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from pandas.api.extensions import ExtensionArray
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
    columns = list(zip(*result, strict=True)) or [()] * len(dtypes)
    # column by column: pandas takes four times as long to guess types from rows and cast them
    typed = zip(dtypes.items(), columns, strict=True)
    return pd.DataFrame({name: _array(cells, dtype) for (name, dtype), cells in typed})


def _array(cells: tuple[Any, ...], dtype: str) -> ExtensionArray:
    array: ExtensionArray = pd.array(cells, dtype=dtype)  # type: ignore[call-overload]  # any dtype
    return array
