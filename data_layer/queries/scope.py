"""The one place where a read is cut to what its asker may see."""

from typing import Any, TypeVar

from sqlalchemy import Select

from data_layer.access import Scope
from data_layer.models import Office

Rows = TypeVar("Rows", bound=Select[*tuple[Any, ...]])


def within(statement: Rows, scope: Scope) -> Rows:
    """The statement, which reads from `offices`, cut to the scope."""
    if scope.province_code is not None:
        statement = statement.where(Office.province_code == scope.province_code)
    if scope.district_code is not None:
        statement = statement.where(Office.district_code == scope.district_code)
    return statement
