"""The answers of one form as the tree that expressions walk."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from data_layer.forms.answers import Answers, kept_text
from data_layer.forms.definition import Form, Group, Item, Repeat, walk
from data_layer.forms.nodes import Node


class Document:
    """The nodes of one form and its answers; `nodes` has those of each item, in order."""

    def __init__(self, form: Form, answers: Answers) -> None:
        self.root = Node("")
        self.nodes: dict[str, list[Node]] = defaultdict(list)
        self.given: dict[str, object] = {}  # the answers themselves, by path
        self.repeats: dict[str, list[Node]] = defaultdict(list)  # stand where no row need be
        self._grow(form.children, Node(form.root, self.root), answers, "")

    def _grow(self, items: Sequence[Item], parent: Node, answers: Answers, prefix: str) -> None:
        for item in items:
            if isinstance(item, Repeat):
                self._rows(item, parent, answers.get(item.name) or (), prefix)
                continue
            node = self._add(item, parent, f"{prefix}{item.name}")
            if isinstance(item, Group):
                self._grow(item.children, node, answers, prefix)
                continue
            value = answers.get(item.name)
            node.text = kept_text(value)
            if value is not None:
                self.given[node.path] = value

    def _rows(
        self, repeat: Repeat, parent: Node, rows: Sequence[Mapping[str, object]], prefix: str
    ) -> None:
        path = f"{prefix}{repeat.name}"
        stand = Node(repeat.name)
        stand.parent, stand.path = parent, path
        self.repeats[repeat.name].append(stand)
        for number, row in enumerate(rows, 1):
            node = self._add(repeat, parent, f"{path}[{number}]")
            self._grow(repeat.children, node, row, f"{path}[{number}]/")

    def _add(self, item: Item, parent: Node, path: str) -> Node:
        node = Node(item.name, parent)
        node.path = path
        self.nodes[item.name].append(node)
        return node

    def drop_rows(self, repeat: Repeat, stand: Node, kept: int) -> list[Node]:
        """The rows of a table after the first `kept` are gone; returns all that stood in them."""
        rows = self.rows(repeat, stand)
        roots, gone = tuple(f"{row.path}/" for row in rows[kept:]), []
        del rows[kept:]
        for item in walk((repeat,)) if roots else ():
            for known in (self.nodes, self.repeats):
                nodes = known[item.name]
                gone += [node for node in nodes if f"{node.path}/".startswith(roots)]
                known[item.name] = [node for node in nodes if not f"{node.path}/".startswith(roots)]
        return gone

    def rows(self, repeat: Item, stand: Node) -> list[Node]:
        """The rows of a table."""
        return stand.parent.children.get(repeat.name, []) if stand.parent else []

    def near(self, name: str, path: str) -> Node | None:
        """The node of an item that shares the innermost row with a path."""
        scoped = (
            node
            for node in self.nodes.get(name, ())
            if path.startswith(node.path.rpartition("/")[0])
        )
        return max(scoped, key=lambda node: len(node.path), default=None)
