"""One evaluator of all rules: in the browser's run, on save, on submit, in imports, in tests.

What is hidden (not relevant) is empty to every rule and counts nowhere, but nothing is cleared: it
is there again when it is shown again. A choice that is no longer offered is empty likewise.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from data_layer.errors import DomainError
from data_layer.forms.answers import Answer, Answers, NoData, calculated_value
from data_layer.forms.building import office_table
from data_layer.forms.definition import Expression, Field, Form, Item, Kind, Repeat, Text
from data_layer.forms.document import Document
from data_layer.forms.encoding import encoded
from data_layer.forms.entry import MAX_ROWS, MAX_ROWS_IN_ALL, check_range, shown
from data_layer.forms.nodes import Node
from data_layer.forms.place import Place, Run
from data_layer.forms.support import OFFICE
from data_layer.forms.values import Value, number_of, truth_of

_REFERENCE = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_BROKEN = "ค่าที่กรอกไม่ตรงตามเงื่อนไขของช่องนี้ โปรดตรวจสอบอีกครั้ง"
_TOO_MANY = "ตารางนี้ต้องมี {:,} แถว แต่มีได้ไม่เกิน {} แถว จึงยังไม่มีแถวให้กรอก"
_TOO_MANY_IN_ALL = "ตารางนี้ในทุกแถวรวมกันจะเกิน {} แถว ซึ่งมากกว่าที่แบบหนึ่งรับได้ จึงยังไม่มีแถวให้กรอก"
_UNUSUAL = "ค่าที่กรอกต่างจากที่ควรเป็น โปรดตรวจสอบ หากถูกต้องแล้วโปรดให้เหตุผล"


@dataclass(slots=True)
class Evaluation:
    """What the rules say of some answers; all by path: name, or repeat[1]/name.

    `calculated` has None for an empty result; `offered` the choices left by each choice_filter;
    `readonly` only fields with such a rule; `needed` the required fields that are shown, `missing`
    those of them that have neither an answer nor an allowed reason for none. `counts` is how many
    rows a table with a count has, `wanting` how many of them the answers do not have yet.
    """

    relevant: dict[str, bool] = field(default_factory=dict)
    calculated: dict[str, Answer] = field(default_factory=dict)
    needed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)
    warned: dict[str, str] = field(default_factory=dict)
    offered: dict[str, tuple[str, ...]] = field(default_factory=dict)
    readonly: dict[str, bool] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    wanting: dict[str, int] = field(default_factory=dict)
    _form: Form | None = None
    _document: Document | None = None

    @property
    def is_ready(self) -> bool:
        """Whether nothing stops the answers from being submitted."""
        return not self.missing and not self.broken

    def rows(self, path: str, rows: Sequence[Answers] | None) -> Sequence[Answers]:
        """Those of the rows of a table that count: all, or as many as its repeat_count says."""
        return (rows or ())[: self.counts.get(path)]

    def say(self, text: Text | str, path: str = "") -> str:
        """A label or message with its ${name} filled in, as seen from the path; … for no answer."""
        return _REFERENCE.sub(lambda found: self._shown(found[1], path) or "…", str(text))

    def counted_by(self, repeat: Repeat, path: str) -> str:
        """What the number of rows of a table depends on, as people find it in the form."""
        reads = repeat.count.reads if repeat.count else ()
        items = self._form.items if self._form else {}
        labels = [self.say(item.label, path) for name, item in items.items() if name in reads]
        return ", ".join(f"“{label}”" for label in labels if label) or "คำตอบที่กำหนดจำนวนแถว"

    def _shown(self, name: str, path: str) -> str:
        if self._form is None or self._document is None:
            return ""
        node, item = self._document.near(name, path), self._form.fields.get(name)
        return shown(item, node.text) if node and item else ""


def evaluate(
    form: Form,
    answers: Answers,
    *,
    now: datetime,
    facts: Mapping[str, object] | None = None,
) -> Evaluation:
    """What all rules say. `now` names its time zone; `facts` are those of the office, by name."""
    document = Document(form, answers)
    run = running(form, document, now, facts or {})
    found = _worked_out(form, document, run)
    for name, each in form.fields.items():
        for node in document.nodes[name]:
            if node.is_relevant:
                _judge(each, node, run, found, document.given.get(node.path))
    return found


def work_out(
    form: Form, answers: Answers, *, now: datetime, facts: Mapping[str, object]
) -> Evaluation:
    """What is shown, offered and calculated, for half of the time that `evaluate` takes.

    No answer is judged: nothing is missing or unusual in it, and is_ready says nothing.
    """
    document = Document(form, answers)
    return _worked_out(form, document, running(form, document, now, facts))


def _worked_out(form: Form, document: Document, run: Run) -> Evaluation:
    found = Evaluation(_form=form, _document=document)
    for item in form.order:
        for node in document.nodes[item.name]:
            _work_out(item, node, run, found)
        for stand in document.repeats.get(item.name, ()):
            _count_rows(item, stand, document, run, found)
            _show_rows(item, stand, document, run, found)
    return found


def running(form: Form, document: Document, now: datetime, facts: Mapping[str, object]) -> Run:
    """The run of a document: its tables with the facts of the office, its clock."""
    tables = dict(form.tables)
    if OFFICE in tables:
        tables[OFFICE] = office_table(facts)
    return Run(document.root, document.nodes, tables, now)


def _work_out(item: Item, node: Node, run: Run, found: Evaluation) -> None:
    """Is it shown, and what is its value."""
    if isinstance(item, Repeat):
        return
    node.is_relevant = _is_relevant(item, node, run)
    found.relevant[node.path] = node.is_relevant
    if not isinstance(item, Field):
        return
    if not node.is_relevant:
        node.text = ""
        if item.calculation is not None:
            found.calculated[node.path] = None
        return
    if item.choice_filter is not None:
        found.offered[node.path] = _offered(item.choice_filter, node, run)
    names = found.offered.get(node.path, tuple(item.labels))
    if item.calculation is not None:
        node.text = encoded(item, _value(item.calculation, node, run), names)
        found.calculated[node.path] = calculated_value(item, node.text)
    elif item.list_name:
        node.text = encoded(item, node.text, names)


def _show_rows(item: Item, stand: Node, document: Document, run: Run, found: Evaluation) -> None:
    """A table is shown or hidden as a whole, also when it has no row."""
    is_shown = found.relevant[stand.path] = _is_relevant(item, stand, run)
    for row in document.rows(item, stand):
        row.is_relevant = is_shown


def _count_rows(item: Item, stand: Node, document: Document, run: Run, found: Evaluation) -> None:
    """A table with a count has no more rows than that says; those beyond it are hidden."""
    if not isinstance(item, Repeat) or item.count is None:
        return
    wanted = number_of(_value(item.count, stand, run))
    whole = 0 if isinstance(wanted, float) else max(int(wanted), 0)  # NaN and infinity are floats
    is_shown = _is_relevant(item, stand, run)
    others = _rows_beside(item, document, found, is_shown=is_shown)
    problem = _too_many(whole, others)
    count = found.counts[stand.path] = 0 if problem else whole
    if (wanting := count - len(document.rows(item, stand))) > 0:
        found.wanting[stand.path] = wanting
    found.relevant |= {node.path: False for node in document.drop_rows(item, stand, count)}
    if problem and is_shown:
        found.broken[stand.path] = f"{problem} โปรดแก้ {found.counted_by(item, stand.path)}"


def _rows_beside(item: Item, document: Document, found: Evaluation, *, is_shown: bool) -> int:
    """How many rows a table has in the rows before; what is hidden takes no room of what is not."""
    stands = (each.path for each in document.repeats[item.name])
    counted = (path for path in stands if found.relevant.get(path) or not is_shown)
    return sum(found.counts.get(path, 0) for path in counted)


def _too_many(count: int, others: int) -> str:
    """What is wrong with so many rows; '' when there is room for them."""
    if count > MAX_ROWS:
        return _TOO_MANY.format(count, MAX_ROWS)
    return _TOO_MANY_IN_ALL.format(MAX_ROWS_IN_ALL) if count + others > MAX_ROWS_IN_ALL else ""


def _judge(item: Field, node: Node, run: Run, found: Evaluation, given: object) -> None:
    """Is it missing, wrong or unusual."""
    if item.readonly is not None:
        found.readonly[node.path] = _holds(item.readonly, node, run)
    is_required = _must(item, node, run)
    has_reason = isinstance(given, NoData) and item.allows_no_data
    if is_required:
        found.needed.append(node.path)
    if not node.text:
        if is_required and not has_reason:
            found.missing.append(node.path)
        return
    if problem := _problem(item, node, run, found):
        found.broken[node.path] = problem
    elif item.warning is not None and not _holds(item.warning, node, run):
        found.warned[node.path] = found.say(item.warning_message, node.path) or _UNUSUAL


def _problem(item: Field, node: Node, run: Run, found: Evaluation) -> str:
    if item.kind is Kind.RANGE:
        try:
            check_range(item, Decimal(node.text))
        except DomainError as refusal:
            return str(refusal)
    if item.constraint is None or _holds(item.constraint, node, run):
        return ""
    return found.say(item.constraint_message, node.path) or _BROKEN


def _must(item: Field, node: Node, run: Run) -> bool:
    if item.required is None or item.kind is Kind.NOTE:
        return False
    return _holds(item.required, node, run)


def _is_relevant(item: Item, node: Node, run: Run) -> bool:
    if node.parent is not None and not node.parent.is_relevant:
        return False
    return item.relevant is None or _holds(item.relevant, node, run)


def _offered(choice_filter: Expression, node: Node, run: Run) -> tuple[str, ...]:
    items: list[Node] = choice_filter.value(Place(run, node, node))  # type: ignore[assignment]
    return tuple(item.children["name"][0].text for item in items)


def _holds(rule: Expression, node: Node, run: Run) -> bool:
    return truth_of(rule.value(Place(run, node, node)))


def _value(rule: Expression, node: Node, run: Run) -> Value:
    return rule.value(Place(run, node, node))
