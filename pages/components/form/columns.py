"""The columns of a table in a form: which questions a line has room for, and how wide each is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from data_layer.forms import Field, Group, Item, Kind, Repeat, Text

ROOM: Final = 860  # pixels that a step of a form is wide
WIDEST: Final = 2 * ROOM  # a line is looked along by turning it at most once
NUMBER, REMOVE, GAP, NO_DATA = 36, 66, 8, 116
# what is left out needs more than a line: it stands in a card
WIDTHS: Final[Mapping[Kind, int]] = MappingProxyType(
    {
        Kind.INTEGER: 84,
        Kind.DECIMAL: 112,
        Kind.RANGE: 84,
        Kind.ACKNOWLEDGE: 72,
        Kind.CALCULATE: 96,
        Kind.TEXT: 156,
        Kind.SELECT_ONE: 156,
        Kind.SELECT_MULTIPLE: 200,
        Kind.DATE: 272,
    }
)


def columns_of(repeat: Repeat) -> list[Field]:
    """The questions of a row, those of its groups too, when they fit a line; else none.

    In a line a question of a group is named after both.
    """
    items = list(_flat(repeat.children, ""))
    fields = [item for item in items if isinstance(item, Field) and str(item.label)]
    fits = all(isinstance(item, Field) and _fits(item) for item in items)
    return fields if fits and line_width(fields) <= WIDEST else []


def weights(fields: Sequence[Field]) -> list[int]:
    """The widths of the cells of a line: its number, its questions, the way to take it away."""
    return [NUMBER, *map(_width, fields), REMOVE]


def line_width(fields: Sequence[Field]) -> int:
    """How wide a line is, in pixels."""
    cells = weights(fields)
    return sum(cells) + GAP * (len(cells) - 1)


def _flat(items: Sequence[Item], above: str) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Repeat):
            yield item
        elif isinstance(item, Group):
            yield from _flat(item.children, _named(item, above))
        else:
            yield replace(item, label=Text(_named(item, above))) if above and item.label else item


def _named(item: Item, above: str) -> str:
    return " ".join(part for part in (above, str(item.label)) if part)


def _fits(field: Field) -> bool:
    is_seen = bool(str(field.label)) or field.is_answerable
    return not is_seen or (field.kind in WIDTHS and "multiline" not in field.appearance)


def _width(field: Field) -> int:
    width = WIDTHS[field.kind]
    return max(width, NO_DATA) if field.allows_no_data else width
