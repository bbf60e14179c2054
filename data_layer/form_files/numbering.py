"""The parts of a form on paper and the numbers of its questions: 3.2 is 3.2 in every print.

What nobody answers has no number, so that a blank form has no gaps; a filled one leaves out what
was not asked, and the numbers that stay are those of the blank form.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from data_layer.form_files.columns import is_always
from data_layer.forms import Field, Form, Group, Item, Kind, Repeat, walk


@dataclass(frozen=True)
class Part:
    """An outermost group of the form, or the items between two of them (then `group` is None).

    `number` is 0 where nothing is to be numbered.
    """

    number: int
    group: Group | None
    items: tuple[Item, ...]


@lru_cache(maxsize=16)
def parts(form: Form) -> tuple[Part, ...]:
    """The parts, in the order of the form; a table stands in a part of its own."""
    found: list[tuple[Group | None, list[Item]]] = []
    for item in form.children:
        if isinstance(item, Repeat):
            found.append((item, [item]))
        elif isinstance(item, Group):
            found.append((item, list(item.children)))
        elif found and found[-1][0] is None:
            found[-1][1].append(item)
        else:
            found.append((None, [item]))
    shown = [(group, tuple(items)) for group, items in found]
    count, numbered = 0, []
    for group, items in shown:
        if not any(map(_is_seen, walk(items))):
            continue
        has_number = group is not None or any(_counted(items))
        count += has_number
        numbered.append(Part(count if has_number else 0, group, items))
    return tuple(numbered)


@lru_cache(maxsize=16)
def numbers(form: Form) -> Mapping[str, str]:
    """The number of each question, and of each table inside a part, by name."""
    whole = parts(form)
    is_alone = len(whole) == 1 and whole[0].group is None
    found: dict[str, str] = {}
    for part in whole:
        asked = (item for item in _counted(part.items) if item is not part.group)
        for number, item in enumerate(asked, 1):
            found[item.name] = str(number) if is_alone else f"{part.number}.{number}"
    return found


def is_given(field: Field) -> bool:
    """Whether the system fills it, and nobody on paper."""
    return not field.is_answerable or is_always(field.readonly)


def _counted(items: tuple[Item, ...]) -> Iterator[Item]:
    """Questions and tables, those of inner groups too; the inside of a table has no numbers."""
    for item in items:
        if isinstance(item, Repeat):
            yield item
        elif isinstance(item, Group):
            yield from _counted(item.children)
        elif isinstance(item, Field) and not is_given(item) and item.kind is not Kind.NOTE:
            yield item


def _is_seen(item: Item) -> bool:
    if isinstance(item, Field):
        return bool(str(item.label)) or item.is_answerable
    return isinstance(item, Repeat)
