"""The tree that expressions walk: the answers of one form, and the tables they may look into."""

from collections.abc import Iterator
from typing import TypeAlias


class Node:
    """One element: its name, its text ('' is empty), and its children by name, in order."""

    __slots__ = ("children", "is_relevant", "name", "parent", "path", "text")

    def __init__(self, name: str, parent: "Node | None" = None, *, text: str = "") -> None:
        self.name = name
        self.parent = parent
        self.text = text
        self.path = ""  # as people and the API name it: household[1]/age
        self.is_relevant = True
        self.children: dict[str, list[Node]] = {}
        if parent is not None:
            parent.children.setdefault(name, []).append(self)

    @property
    def value(self) -> str:
        """The text; of an element with children theirs together, as XPath has it."""
        if not self.children:
            return self.text
        return "".join(child.value for child in self)

    @property
    def position(self) -> int:
        """The place among the siblings of the same name, from 1."""
        return self.parent.children[self.name].index(self) + 1 if self.parent else 1

    def __iter__(self) -> Iterator["Node"]:
        for nodes in self.children.values():
            yield from nodes

    def is_under(self, other: "Node") -> bool:
        """Whether the other is an ancestor of this node."""
        above = self.parent
        while above is not None:
            if above is other:
                return True
            above = above.parent
        return False


Nodes: TypeAlias = list[Node] | tuple[Node, ...]
