"""Where an expression is evaluated, and in which run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from data_layer.forms.nodes import Node, Nodes


@dataclass(frozen=True, slots=True)
class Run:
    """What stays the same for one evaluation of a form: the answers, the tables, the clock."""

    root: Node
    nodes: Mapping[str, Nodes]  # of each item of the form, in order
    tables: Mapping[str, Node]
    now: datetime


@dataclass(slots=True)
class Place:
    """The node that is '.', where it stands among its like, and the node that `current()` is."""

    run: Run
    node: Node
    current: Node
    position: int = 1
    size: int = 1
