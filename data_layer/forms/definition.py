"""A form as the engine sees it: fields, groups and repeats, with their rules. Immutable.

The words are those of XLSForm (https://xlsform.org/en/ref-table/); `warning` is our own soft
constraint, a rule that may be passed with a written reason.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from data_layer.forms.errors import Problem
from data_layer.forms.nodes import Node
from data_layer.forms.place import Place
from data_layer.forms.sheets import Sheets
from data_layer.forms.values import Value

Compiled: TypeAlias = Callable[[Place], Value]


class Kind(StrEnum):
    """What a field takes."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    DATE = "date"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    NOTE = "note"
    CALCULATE = "calculate"
    RANGE = "range"
    ACKNOWLEDGE = "acknowledge"
    GEOPOINT = "geopoint"
    FILE = "file"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Text:
    """What is written for people: as shown, and in each language of the form."""

    shown: str = ""
    by_language: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A rule: as its author wrote it, what it reads (names), and how to get its value."""

    source: str
    reads: frozenset[str]
    value: Compiled


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list; `columns` are its further columns, for choice_filter."""

    name: str
    label: Text
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Item:
    """What fields, groups and repeats share. `row` is its row of the survey sheet."""

    name: str
    row: int
    label: Text = Text()
    hint: Text = Text()
    relevant: Expression | None = None
    appearance: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()  # the repeats it stands in, the outermost first


@dataclass(frozen=True, kw_only=True, eq=False)
class Field(Item):
    """One question, note or calculated value."""

    kind: Kind
    guidance: Text = Text()
    required: Expression | None = None
    required_message: Text = Text()
    constraint: Expression | None = None
    constraint_message: Text = Text()
    calculation: Expression | None = None
    default: str = ""
    dynamic_default: Expression | None = None
    readonly: Expression | None = None
    list_name: str = ""
    choices: tuple[Choice, ...] = ()
    choice_filter: Expression | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    warning: Expression | None = None
    warning_message: Text = Text()
    allows_no_data: bool = False

    @property
    def is_answerable(self) -> bool:
        """Whether a person gives its value."""
        return self.calculation is None and self.kind not in {Kind.NOTE, Kind.CALCULATE}

    @property
    def is_file(self) -> bool:
        """Whether a person answers it with a file; the answer itself is the file's name."""
        return self.is_answerable and self.kind in {Kind.FILE, Kind.IMAGE}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The shown label of each choice, by name."""
        return {choice.name: str(choice.label) or choice.name for choice in self.choices}


@dataclass(frozen=True, kw_only=True, eq=False)
class Group(Item):
    """Fields that stand together."""

    children: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Repeat(Group):
    """A group answered any number of times: a table, one row each time.

    With a `count` as many times as that says; nobody adds a row or takes one away.
    """

    count: Expression | None = None

    @property
    def fixed_rows(self) -> int | None:
        """How many rows it has whatever is answered; None where that depends on something."""
        source = self.count.source if self.count else ""
        return int(source) if source.isdecimal() else None


@dataclass(frozen=True, kw_only=True, eq=False)
class Form:
    """One version of a form.

    `order` holds all items so that each comes after what its relevance, calculation or choices
    read. `tables` are the secondary instances (choice lists). `notices` say what was left unused.
    """

    form_id: str
    title: str
    version: str
    languages: tuple[str, ...]
    language: str
    children: tuple[Item, ...]
    order: tuple[Item, ...]
    sheets: Sheets
    root: str = "data"  # the outermost element, which paths begin with
    tables: Mapping[str, Node] = field(default_factory=dict)
    notices: tuple[Problem, ...] = ()

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Everything with a name, by name, in the order of the form."""
        return {item.name: item for item in walk(self.children)}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The fields, by name, in the order of the form."""
        return {name: item for name, item in self.items.items() if isinstance(item, Field)}

    @cached_property
    def has_files(self) -> bool:
        """Whether any field is answered with a file."""
        return any(field.is_file for field in self.fields.values())

    @cached_property
    def counted(self) -> tuple[Repeat, ...]:
        """The tables that have as many rows as a rule says, each after what that reads."""
        return tuple(item for item in self.order if isinstance(item, Repeat) and item.count)

    @cached_property
    def group_of(self) -> Mapping[str, str]:
        """The outermost group or repeat that each item stands in, by name; '' when in none."""
        return {
            inner.name: item.name if isinstance(item, Group) else ""
            for item in self.children
            for inner in walk((item,))
        }

    @cached_property
    def named_after(self) -> Mapping[str, str]:
        """The labels of the groups that an item stands in, in its row or its outermost group."""
        outermost = (item.children for item in self.children if isinstance(item, Group))
        return {name: above for items in outermost for name, above in _named(items, "")}


def _named(items: tuple[Item, ...], above: str) -> Iterator[tuple[str, str]]:
    for item in items:
        yield item.name, above
        if isinstance(item, Group):
            label = "" if isinstance(item, Repeat) else f"{above} {item.label}".strip()
            yield from _named(item.children, label)


def walk(items: tuple[Item, ...]) -> Iterator[Item]:
    """Each item before its children, in the order of the form."""
    for item in items:
        yield item
        if isinstance(item, Group):
            yield from walk(item.children)
