"""Tokens into functions: what an expression reads, and how to get its value.

Every path is walked at reading time too, over a tree that has each item once: so a name that
nobody has is refused before anybody fills the form, and what depends on what is known.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

from data_layer.forms import arithmetic
from data_layer.forms.comparing import COMPARISONS
from data_layer.forms.definition import Compiled, Expression
from data_layer.forms.functions import FUNCTIONS
from data_layer.forms.nodes import Node, Nodes
from data_layer.forms.patterns import pattern
from data_layer.forms.place import Place
from data_layer.forms.values import Number, Value, simplest, truth_of
from data_layer.forms.xpath import ExpressionBroken, Token, parse

Spots: TypeAlias = tuple[Node, ...]
Step: TypeAlias = Callable[[Node], Nodes]
Walk: TypeAlias = Callable[[Place], Nodes]
LITERALS: Final = {"(string)", "(integer)", "(decimal)", "(float)"}
PATHS: Final = {"/", "//", "[", "(name)", "*", ".", "..", "child", "parent", "self"}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an expression."""

    value: Compiled


@dataclass(frozen=True, slots=True)
class NodesPart(Part):
    """A piece that gives nodes, and the items that those can be."""

    nodes: Walk
    spots: Spots


@dataclass(frozen=True, slots=True)
class Schema:
    """What an expression may name: the form with each item once, its tables, its choice labels."""

    root: Node
    tables: Mapping[str, Node]
    labels: Mapping[str, Mapping[str, str]]  # of each select, by its name


class Compiler:
    """Compiles the expressions of one item; collects what they read."""

    def __init__(self, schema: Schema, here: Node) -> None:
        self.schema = schema
        self.here = here
        self.reads: set[str] = set()
        self._around: list[Spots] = [(here,)]  # what '.' is: inside a predicate, its node

    def expression(self, source: str, written: str = "") -> Expression:
        """An expression as pyxform writes it, with paths, and as its author wrote it.

        Raises ExpressionBroken.
        """
        self.reads = set()
        try:
            part = self.part(parse(source))
        except RecursionError:
            raise ExpressionBroken("สูตรซ้อนกันหลายชั้นเกินไป โปรดแบ่งเป็นหลายช่องคำนวณ") from None
        return Expression(written or source.strip(), frozenset(self.reads), part.value)

    def part(self, token: Token) -> Part:
        """One token with all below it."""
        symbol = token.symbol
        if symbol in LITERALS:
            return _literal(token)
        if symbol in PATHS and not _is_product(token):
            return self._path(token)
        if symbol == "(":
            return self.part(token[0])
        if token.label == "function":
            return self._function(token)
        return self._operation(token, [self.part(each) for each in token])

    def _operation(self, token: Token, parts: list[Part]) -> Part:
        symbol = token.symbol
        if symbol in COMPARISONS:
            return _both(COMPARISONS[symbol], *parts)
        if symbol in arithmetic.OPERATIONS:
            if len(parts) == 1:
                parts = [Part(lambda _place: 0), *parts]  # -x is 0 - x
            return _both(arithmetic.OPERATIONS[symbol], *parts)
        if symbol in {"and", "or"}:
            return _either(*parts) if symbol == "or" else _all(*parts)
        if symbol == "|":
            return _union(*(self.nodes(each) for each in token))
        raise ExpressionBroken(f"ใช้เครื่องหมาย “{symbol}” ในสูตรไม่ได้ โปรดเขียนสูตรใหม่")

    def _function(self, token: Token) -> Part:
        from data_layer.forms.placed import PLACED_FUNCTIONS  # noqa: PLC0415 - it knows Compiler

        name = token.symbol
        if name in PLACED_FUNCTIONS:
            return PLACED_FUNCTIONS[name](self, token)
        call = FUNCTIONS[name].call
        if name == "regex":
            _check_pattern(token[1])
        arguments = [self.part(each).value for each in token]
        match arguments:  # most calls have one or two, and a list costs time
            case [one]:
                return Part(lambda place: call(one(place)))
            case [one, two]:
                return Part(lambda place: call(one(place), two(place)))
        return Part(lambda place: call(*[argument(place) for argument in arguments]))

    # paths

    def nodes(self, token: Token) -> NodesPart:
        """A part that gives nodes. Raises ExpressionBroken when it cannot."""
        part = self.part(token)
        if not isinstance(part, NodesPart):
            raise ExpressionBroken("ฟังก์ชันนี้ต้องรับชื่อช่องหรือชื่อตาราง เช่น ${ชื่อ} ไม่ใช่ค่าคำนวณ")
        return part

    def _path(self, token: Token) -> NodesPart:
        part = self._located(token)
        if _is_from_top(token) and len(part.spots) == 1:
            part = self._looked_up(part.spots[0], part)
        if token.symbol != ".":  # a field may look at what it held before
            self.reads.update(spot.name for spot in part.spots if self._is_answer(spot))
        return part

    def _looked_up(self, spot: Node, part: NodesPart) -> NodesPart:
        """The same nodes without the walk: names are those of one item, and most paths are such."""
        if spot.parent in {None, self.schema.root} or not self._is_answer(spot):
            return part
        name = spot.name
        return giving(lambda place: place.run.nodes.get(name, ()), part.spots)

    def _is_answer(self, spot: Node) -> bool:
        """Whether it is of the form, not of a table."""
        while spot.parent is not None:
            spot = spot.parent
        return spot is self.schema.root

    def _located(self, token: Token) -> NodesPart:
        match token.symbol:
            case "/" | "//" if len(token) < 2:  # noqa: PLR2004 - from the top
                return self._from_top(token)
            case "/" | "//":
                start = self._start(token[0])
                if token.symbol == "//":
                    start = self._stepped(start, _self_and_below)
                return self._step(start, token[1])
            case "[":
                return self._filtered(self._start(token[0]), token[1])
            case _:
                here = giving(lambda place: [place.node], self._around[-1])
                return self._step(here, token)

    def _from_top(self, token: Token) -> NodesPart:
        top = giving(lambda place: [place.run.root], (self.schema.root,))
        if token.symbol == "//":
            top = self._stepped(top, _self_and_below)
        return self._step(top, token[0]) if len(token) else top

    def _start(self, token: Token) -> NodesPart:
        is_path = token.symbol in PATHS and not _is_product(token)
        return self._located(token) if is_path else self.nodes(token)

    def _step(self, start: NodesPart, token: Token) -> NodesPart:
        match token.symbol:
            case "[":
                return self._filtered(self._step(start, token[0]), token[1])
            case "(name)":
                return self._named(start, str(token.value))
            case "*":
                return self._stepped(start, list)
            case ".":
                return start
            case "..":
                return self._stepped(start, _parent)
            case "child" | "self" | "parent":
                return self._axis(start, token)
        raise ExpressionBroken(f"ใช้ “{token.source}” ในเส้นทางไม่ได้ โปรดอ้างช่องด้วย ${{ชื่อ}}")

    def _axis(self, start: NodesPart, token: Token) -> NodesPart:
        if token.symbol == "child":
            return self._step(start, token[0])
        step = _parent if token.symbol == "parent" else lambda node: [node]
        return self._stepped(start, _only(step, token[0]))

    def _named(self, start: NodesPart, name: str) -> NodesPart:
        def child(node: Node) -> Nodes:
            return node.children.get(name, ())

        part = self._stepped(start, child)
        if start.spots and not part.spots:
            raise ExpressionBroken(f"ไม่พบช่องหรือคอลัมน์ชื่อ “{name}” โปรดตรวจการสะกดชื่อ")
        return part

    def _stepped(self, start: NodesPart, step: Step) -> NodesPart:
        before = start.nodes

        def walk(place: Place) -> Nodes:
            nodes = before(place)
            return step(nodes[0]) if len(nodes) == 1 else _distinct(step, nodes)

        return giving(walk, tuple(_distinct(step, start.spots)))

    def _filtered(self, start: NodesPart, predicate: Token) -> NodesPart:
        self._around.append(start.spots)
        keeps = self.part(predicate).value
        self._around.pop()
        before = start.nodes

        def walk(place: Place) -> Nodes:
            nodes = before(place)
            size = len(nodes)
            inner = (
                Place(place.run, node, place.current, at, size) for at, node in enumerate(nodes, 1)
            )
            return [each.node for each in inner if _is_kept(keeps(each), each.position)]

        return giving(walk, start.spots)


def _is_product(token: Token) -> bool:
    """`*` is any child where a step is, and times between two values."""
    return token.symbol == "*" and len(token) > 0


def _is_from_top(token: Token) -> bool:
    """Whether it is a path of names alone that begins at the root, as ${name} is written out."""
    if token.symbol != "/":
        return False
    last = token[-1].symbol == "(name)"
    return last and (len(token) == 1 or _is_from_top(token[0]))


def giving(walk: Walk, spots: Spots) -> NodesPart:
    """A part of nodes: they are its value too."""
    return NodesPart(walk, walk, spots)


def _is_kept(found: Value, position: int) -> bool:
    if isinstance(found, int | Fraction | float) and not isinstance(found, bool):
        return found == position
    return truth_of(found)


def _distinct(step: Step, nodes: Nodes) -> list[Node]:
    """Each node once, for two children have one parent."""
    return list(dict.fromkeys(found for node in nodes for found in step(node)))


def _parent(node: Node) -> Nodes:
    return () if node.parent is None else (node.parent,)


def _self_and_below(node: Node) -> list[Node]:
    return [node, *(found for child in node for found in _self_and_below(child))]


def _only(step: Step, test: Token) -> Step:
    name = test.value if test.symbol == "(name)" else "*"
    return lambda node: [found for found in step(node) if name in {"*", found.name}]


def _literal(token: Token) -> Part:
    if token.symbol == "(string)":
        text = str(token.value)
        return Part(lambda _place: text)
    number: Number = simplest(Fraction(str(token.value)))
    return Part(lambda _place: number)


def _both(operation: Callable[[Value, Value], Value], left: Part, right: Part) -> Part:
    one, two = left.value, right.value
    return Part(lambda place: operation(one(place), two(place)))


def _all(left: Part, right: Part) -> Part:
    one, two = left.value, right.value
    return Part(lambda place: truth_of(one(place)) and truth_of(two(place)))


def _either(left: Part, right: Part) -> Part:
    one, two = left.value, right.value
    return Part(lambda place: truth_of(one(place)) or truth_of(two(place)))


def _union(left: NodesPart, right: NodesPart) -> NodesPart:
    def walk(place: Place) -> Nodes:
        return list(dict.fromkeys([*left.nodes(place), *right.nodes(place)]))

    return giving(walk, (*left.spots, *right.spots))


def _check_pattern(token: Token) -> None:
    if token.symbol == "(string)" and pattern(str(token.value)) is None:
        raise ExpressionBroken(
            f"รูปแบบ “{token.value}” ใน regex() ใช้ไม่ได้ โปรดตรวจวงเล็บ และไม่ใช้ (?= (?! (?<"
        )
