"""The functions that depend on where they stand, when it is, or on parts of the form."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from data_layer.clock import THAI_TIME
from data_layer.forms.compiling import Compiler, Part, giving
from data_layer.forms.nodes import Node, Nodes
from data_layer.forms.place import Place
from data_layer.forms.values import NAN, Moment, Number, Value, number_of, text_of, truth_of
from data_layer.forms.xpath import ExpressionBroken, Token, parse


def _if(compiler: Compiler, token: Token) -> Part:
    test, then, otherwise = (compiler.part(each) for each in token)

    def value(place: Place) -> Value:
        return then.value(place) if truth_of(test.value(place)) else otherwise.value(place)

    return Part(value)


def _once(compiler: Compiler, token: Token) -> Part:
    """What the field held before, or the argument when it held nothing."""
    first = compiler.part(token[0]).value
    return Part(lambda place: place.node.value or text_of(first(place)))


def _position(compiler: Compiler, token: Token) -> Part:
    if not len(token):
        return Part(lambda place: place.position)
    nodes = compiler.nodes(token[0]).nodes

    def value(place: Place) -> Number:
        found = nodes(place)
        return found[0].position if found else NAN

    return Part(value)


def _last(_compiler: Compiler, _token: Token) -> Part:
    return Part(lambda place: place.size)


def _count(compiler: Compiler, token: Token) -> Part:
    nodes = compiler.nodes(token[0]).nodes
    return Part(lambda place: sum(node.is_relevant for node in nodes(place)))


def _count_non_empty(compiler: Compiler, token: Token) -> Part:
    nodes = compiler.nodes(token[0]).nodes
    return Part(lambda place: sum(bool(node.value) for node in nodes(place)))


def _current(compiler: Compiler, _token: Token) -> Part:
    return giving(lambda place: [place.current], (compiler.here,))


def _instance(compiler: Compiler, token: Token) -> Part:
    name = token[0].value if token[0].symbol == "(string)" else None
    table = compiler.schema.tables.get(str(name))
    if table is None:
        raise ExpressionBroken(
            f"ไม่พบตาราง “{name}” โปรดใช้รายการในแผ่น choices หรือ 'office' (แถว csv-external)"
        )
    key = str(name)
    return giving(lambda place: [place.run.tables[key]], (table,))


def _indexed_repeat(compiler: Compiler, token: Token) -> Part:
    """The nodes that stand in the n-th row of each repeat named."""
    target = compiler.nodes(token[0])
    pairs = list(zip(token[1::2], token[2::2], strict=False))
    if len(token) % 2 == 0:
        raise ExpressionBroken("indexed-repeat() ต้องมีเลขลำดับคู่กับชื่อตารางทุกชื่อ")
    rows = [(compiler.nodes(one).nodes, compiler.part(index).value) for one, index in pairs]
    targets = target.nodes

    def value(place: Place) -> Nodes:
        found = targets(place)
        for repeats, index in rows:
            row = _row(repeats(place), number_of(index(place)), found)
            found = [node for node in found if row is not None and node.is_under(row)]
        return found

    return giving(value, target.spots)


def _row(repeats: Nodes, index: Number, found: Nodes) -> Node | None:
    """The n-th row; of a repeat inside a repeat only the rows around what was found so far."""
    parents = {id(node.parent) for node in repeats}
    if len(parents) > 1:
        around = [node for node in repeats if any(each.is_under(node) for each in found)]
        outer = around[0].parent if around else None
        repeats = [node for node in repeats if node.parent is outer]
    return next((node for at, node in enumerate(repeats, 1) if at == index), None)


def _choice_name(compiler: Compiler, token: Token) -> Part:
    """The label of a choice; the second argument is the path of its select, written as text."""
    if token[1].symbol != "(string)":
        raise ExpressionBroken(
            "jr:choice-name() ต้องมีชื่อช่องเป็นข้อความ เช่น jr:choice-name(${a}, '${a}')"
        )
    spots = compiler.nodes(parse(str(token[1].value))).spots
    labels = compiler.schema.labels.get(spots[0].name if spots else "")
    if labels is None:
        raise ExpressionBroken("ช่องที่ใช้กับ jr:choice-name() ต้องเป็น select_one หรือ select_multiple")
    name = compiler.part(token[0]).value
    return Part(lambda place: labels.get(text_of(name(place)), ""))


def _today(_compiler: Compiler, _token: Token) -> Part:
    return Part(lambda place: Moment(place.run.now.astimezone(THAI_TIME).date()))


def _now(_compiler: Compiler, _token: Token) -> Part:
    return Part(lambda place: Moment(place.run.now.astimezone(THAI_TIME)))


PLACED_FUNCTIONS: Final[Mapping[str, Callable[[Compiler, Token], Part]]] = MappingProxyType(
    {
        "if": _if,
        "once": _once,
        "position": _position,
        "last": _last,
        "count": _count,
        "count-non-empty": _count_non_empty,
        "current": _current,
        "instance": _instance,
        "indexed-repeat": _indexed_repeat,
        "choice-name": _choice_name,
        "today": _today,
        "now": _now,
    }
)
