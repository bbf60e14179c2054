"""In which order items are worked out: each after what it reads. A circle is refused by name."""

from collections.abc import Iterable, Mapping

from data_layer.forms.definition import Field, Group, Item, Repeat, walk
from data_layer.forms.errors import Problem


def in_order(children: tuple[Item, ...], problems: list[Problem]) -> tuple[Item, ...]:
    """All items, each after its group and after what its relevance, value and choices read."""
    items = {item.name: item for item in walk(children)}
    needs = {name: _needs(item) & items.keys() for name, item in items.items()}
    for item in items.values():
        if isinstance(item, Group):
            for child in item.children:
                needs[child.name].add(item.name)
    ordered: dict[str, Item] = {}
    for name in items:
        _place(name, items, needs, ordered, problems)
    return tuple(ordered.values())


def _needs(item: Item) -> set[str]:
    rules = [item.relevant, item.count if isinstance(item, Repeat) else None]
    if isinstance(item, Field):
        rules += [item.calculation, item.choice_filter]
    return {name for rule in rules if rule for name in rule.reads}


def _place(
    first: str,
    items: Mapping[str, Item],
    needs: Mapping[str, set[str]],
    ordered: dict[str, Item],
    problems: list[Problem],
) -> None:
    """Depth first without recursion: a chain may be as long as the form."""
    path = [first]
    while path:
        name = path[-1]
        waiting = [need for need in sorted(needs[name]) if need not in ordered]
        if name in ordered or not waiting:
            ordered.setdefault(name, items[name])
            path.pop()
        elif waiting[0] in path:
            circle = path[path.index(waiting[0]) :]
            problems.append(_circle(items[circle[0]], circle))
            ordered.update((each, items[each]) for each in circle)
        else:
            path.append(waiting[0])


def _circle(item: Item, names: Iterable[str]) -> Problem:
    chain = " → ".join([*names, item.name])
    text = f"สูตรอ้างกันเป็นวงกลม ({chain}) จึงคำนวณไม่ได้ โปรดตัดการอ้างอย่างน้อยหนึ่งช่อง"
    return Problem("survey", item.row, "", text)
