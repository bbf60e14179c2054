"""pyxform's tree, with its XForm beside it, into our items."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from data_layer.forms import support
from data_layer.forms.compiling import Compiler, Schema
from data_layer.forms.conversion import Converted
from data_layer.forms.definition import (
    Choice,
    Expression,
    Field,
    Group,
    Item,
    Kind,
    Repeat,
    Text,
)
from data_layer.forms.errors import Problem
from data_layer.forms.nodes import Node
from data_layer.forms.rows import Column, SheetRow, survey_rows
from data_layer.forms.sheets import Sheets
from data_layer.forms.xpath import ExpressionBroken

_THAI = re.compile(r"\bth\b|thai|ไทย", re.IGNORECASE)
_UNNAMED: Final = "default"  # pyxform's word for labels of no language
_GENERATED = re.compile(r"generated_note_name_([0-9]+)")
_PARAMETER = re.compile(r"([\w-]+)\s*=\s*([^\s,;]+)")
_OTHER: Final = "_other"
_COUNT: Final = "_count"
_YES: Final = {"yes", "true", "true()", "1"}
_ALWAYS, _NEVER = "true()", "false()"

Spec = Mapping[str, Any]


class Builder:
    """Builds the items of one form; what cannot be built is collected in `problems`."""

    def __init__(self, made: Converted, sheets: Sheets) -> None:
        self._made = made
        self.problems: list[Problem] = []
        rows = survey_rows(sheets["survey"])
        self._rows = {row.text("name"): row for row in rows if row.text("name")}
        self._by_number = {row.number: row for row in rows}
        self._ph = _attribute_prefix(sheets)
        self._specs = [spec for spec in made.tree["children"] if _is_asked(spec)]
        self.languages = tuple(_languages(self._specs, made.tree.get("choices", {})))
        self.language = _shown_language(self.languages, str(made.tree.get("default_language", "")))
        self._choices = {
            name: tuple(self._choice(choice) for choice in choices)
            for name, choices in made.tree.get("choices", {}).items()
        }
        self.tables = self._tables()
        self._schema = Schema(Node(""), self.tables, self._labels())
        self._top = Node(str(made.tree["name"]), self._schema.root)
        _grow(self._top, self._specs)

    def children(self) -> tuple[Item, ...]:
        """The items of the form; look into `problems` before using them."""
        return self._items(self._specs, self._top, ())

    def _items(
        self, specs: Iterable[Spec], parent: Node, repeats: tuple[str, ...]
    ) -> tuple[Item, ...]:
        return tuple(
            self._item(spec, parent.children[spec["name"]][0], repeats)
            for spec in specs
            if not self._is_made_up_count(spec)
        )

    def _item(self, spec: Spec, node: Node, repeats: tuple[str, ...]) -> Item:
        row = self._row(spec["name"])
        rules = _Rules(self, Compiler(self._schema, node), self._path(node), row)
        shared: dict[str, Any] = {
            "name": spec["name"],
            "row": row.number,
            "label": self.text(spec.get("label")),
            "hint": self.text(spec.get("hint")),
            "relevant": rules.bound("relevant", "relevant", _ALWAYS),
            "appearance": tuple(str(spec.get("control", {}).get("appearance", "")).split()),
            "repeats": repeats,
        }
        if spec["type"] not in {"group", "repeat"}:
            return self._field(spec, rules, shared)
        is_repeat = spec["type"] == "repeat"
        inside = (*repeats, spec["name"]) if is_repeat else repeats
        children = self._items(
            [each for each in spec.get("children", ()) if _is_asked(each)], node, inside
        )
        if is_repeat:
            return Repeat(**shared, children=children, count=rules.count())
        return Group(**shared, children=children)

    def _field(self, spec: Spec, rules: "_Rules", shared: dict[str, Any]) -> Field:
        bind: Spec = spec.get("bind", {})
        dynamic = rules.dynamic_default()
        kind = _kind(spec)
        return Field(
            **shared,
            kind=kind,
            guidance=self.text(spec.get("guidance_hint")),
            required=rules.bound("required", "required", _NEVER),
            required_message=self.text(bind.get("jr:requiredMsg")),
            constraint=rules.bound("constraint", "constraint", _ALWAYS),
            constraint_message=self.text(bind.get("jr:constraintMsg")),
            calculation=rules.bound("calculate", "calculate"),
            default="" if dynamic else str(spec.get("default", "")).strip(),
            dynamic_default=dynamic,
            readonly=rules.bound("readonly", "readonly", _NEVER),
            list_name=str(spec.get("itemset", "")) if kind in _SELECTS else "",
            choices=self._choices.get(str(spec.get("itemset", "")), ()) if kind in _SELECTS else (),
            choice_filter=rules.choice_filter() if spec.get("choice_filter") else None,
            parameters=_parameters(spec),
            warning=rules.bound(f"{self._ph}warning", "ph:warning"),
            warning_message=self.text(bind.get("ph:warning_message")),
            allows_no_data=str(bind.get("ph:no_data", "")).strip().lower() in _YES,
        )

    def text(self, said: str | Spec | None) -> Text:
        """A label, hint or message in all its languages."""
        if not isinstance(said, Mapping):
            return Text(str(said).strip()) if said else Text()
        texts = {language: str(text).strip() for language, text in said.items() if text}
        shown = texts.get(self.language) or next(iter(texts.values()), "")
        return Text(shown, texts)

    def _choice(self, choice: Spec) -> Choice:
        known = {"name", "label", "media", "list name", "__row"}
        columns = {key: str(value) for key, value in choice.items() if key not in known}
        return Choice(str(choice["name"]), self.text(choice.get("label")), columns)

    def _tables(self) -> dict[str, Node]:
        tables = {name: table for name, table in self._made.tables.items() if table.children}
        if any(spec["type"] == "csv-external" for spec in self._made.tree["children"]):
            tables[support.OFFICE] = office_table(dict.fromkeys(support.OFFICE_FACTS, ""))
        return tables

    def _labels(self) -> dict[str, dict[str, str]]:
        return {
            spec["name"]: {
                choice.name: str(choice.label)
                for choice in self._choices.get(str(spec["itemset"]), ())
            }
            for spec in _every(self._specs)
            if spec["type"] in support.SELECT_KINDS
        }

    def _is_made_up_count(self, spec: Spec) -> bool:
        """Of a repeat_count that is no plain ${name} pyxform makes a field before the repeat."""
        return spec["type"] == "calculate" and spec["name"] not in self._rows

    def _row(self, name: str) -> SheetRow:
        """The row of a name; pyxform makes up names of notes and of 'other' fields."""
        if generated := _GENERATED.fullmatch(name):
            return self._by_number[int(generated[1])]
        return self._rows.get(name) or self._rows[name.removesuffix(_OTHER)]

    def _path(self, node: Node) -> str:
        above = "" if node.parent is None else self._path(node.parent)
        return f"{above}/{node.name}" if node.name else ""

    def expression(
        self, compiler: Compiler, source: str, row: SheetRow, column: Column
    ) -> Expression | None:
        """The rule compiled; None and a problem when it cannot be."""
        try:
            return compiler.expression(source, row.text(*column))
        except ExpressionBroken as broken:
            self.problems.append(Problem("survey", row.number, row.header(*column), str(broken)))
            return None

    @property
    def made(self) -> Converted:
        """What pyxform made."""
        return self._made


class _Rules:
    """The rules of one item, as its bind in the XForm has them."""

    def __init__(self, builder: Builder, compiler: Compiler, path: str, row: SheetRow) -> None:
        self._builder, self._compiler, self._path, self._row = builder, compiler, path, row
        self._bind = builder.made.binds.get(path, {})

    def bound(self, attribute: str, column: str, trivial: str = "") -> Expression | None:
        """A rule; None when there is none, or when it says nothing."""
        source = self._bind.get(attribute, "").strip()
        if not source or source == trivial:
            return None
        return self._compiled(source, ("bind", column))

    def dynamic_default(self) -> Expression | None:
        """A default that is worked out when a form or a row is begun."""
        source = self._builder.made.defaults.get(self._path)
        return self._compiled(source, ("default",)) if source else None

    def count(self) -> Expression | None:
        """How many rows a repeat has; the field that pyxform may make for it is left out."""
        made, made_up = self._builder.made, f"{self._path}{_COUNT}"
        source = made.counts.get(self._path, "").strip()
        if source.rpartition("/")[2] == made_up.rpartition("/")[2]:
            source = made.binds[made_up]["calculate"].strip()
        return self._compiled(source, ("control", "jr:count")) if source else None

    def choice_filter(self) -> Expression | None:
        """The nodes of the choice list that are offered."""
        source = self._builder.made.itemsets[self._path]
        return self._compiled(source, ("choice_filter",))

    def _compiled(self, source: str, column: Column) -> Expression | None:
        return self._builder.expression(self._compiler, source, self._row, column)


_SELECTS: Final = frozenset(support.SELECT_KINDS.values())


def office_table(facts: Mapping[str, object]) -> Node:
    """instance('office'): one item with a column for each fact."""
    table = Node(support.OFFICE)
    item = Node("item", Node("root", table))
    for name in support.OFFICE_FACTS:
        value = facts.get(name)
        Node(name, item, text="" if value is None else str(value))
    return table


def _kind(spec: Spec) -> Kind:
    return support.SELECT_KINDS.get(spec["type"]) or support.TYPES[spec["type"]]


def _parameters(spec: Spec) -> dict[str, str]:
    """pyxform takes those of a range apart and leaves those of a picture or text as written."""
    given = spec.get("parameters", {})
    if isinstance(given, str):
        return dict(_PARAMETER.findall(given))
    return {key: str(value) for key, value in given.items()}


def _is_asked(spec: Spec) -> bool:
    return str(spec["type"]) != "csv-external" and str(spec["name"]) != "meta"


def _every(specs: Iterable[Spec]) -> Iterator[Spec]:
    for spec in specs:
        yield spec
        yield from _every(spec.get("children", ()) if spec["type"] in {"group", "repeat"} else ())


def _grow(parent: Node, specs: Iterable[Spec]) -> None:
    """The tree with each item once, in which the paths of expressions are looked up."""
    for spec in specs:
        if _is_asked(spec):
            node = Node(str(spec["name"]), parent)
            if spec["type"] in {"group", "repeat"}:
                _grow(node, spec.get("children", ()))


def _languages(specs: Iterable[Spec], choices: Mapping[str, Iterable[Spec]]) -> dict[str, None]:
    texts: list[object] = [spec.get(key) for spec in _every(specs) for key in ("label", "hint")]
    texts += [choice.get("label") for each in choices.values() for choice in each]
    return {
        language: None
        for text in texts
        if isinstance(text, Mapping)
        for language in text
        if language != _UNNAMED
    }


def _shown_language(languages: tuple[str, ...], default: str) -> str:
    """Thai wherever there is Thai."""
    thai = next((language for language in languages if _THAI.search(language)), None)
    return thai or (default if default in languages else next(iter(languages), _UNNAMED))


def _attribute_prefix(sheets: Sheets) -> str:
    """How ElementTree names attributes of our namespace: {uri}."""
    settings = sheets.get("settings")
    cells = settings.rows[0][1] if settings and settings.rows else {}
    found = re.search(r'\bph=["“]([^"”]+)["”]', cells.get("namespaces", ""))
    return f"{{{found[1]}}}" if found else "{}"
