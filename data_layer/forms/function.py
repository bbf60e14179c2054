"""What a function of expressions is."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from data_layer.forms.values import Value

ANY: Final = None  # any number of arguments


class Function(NamedTuple):
    """How many arguments it takes, and what it makes of their values."""

    least: int
    most: int | None
    call: Callable[..., Value]


Functions: TypeAlias = Mapping[str, Function]
