"""The answers as a table: which columns, in the order of the form, and what each means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from data_layer.forms.answers import Answers, NoData, kept_text
from data_layer.forms.definition import Field, Form, Kind, Repeat
from data_layer.forms.entry import Scalar

DICTIONARY: Final = (
    "column",
    "label",
    "type",
    "choices",
    "required",
    "relevant",
    "constraint",
    "calculation",
    "hint",
)
SEPARATOR: Final = "/"  # between a field and its choice, as other ODK exports have it


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """One column: its name, its Thai header, its field; `choice` for the 0/1 column of a choice."""

    name: str
    header: str
    field: Field
    choice: str = ""

    def value(self, answers: Answers) -> Scalar | NoData | None:
        """The cell of one row of answers; 0 and 1 for a choice, None where nothing was answered."""
        given = answers.get(self.field.name)
        if not self.choice or given is None or isinstance(given, NoData):
            return kept_text(given) if isinstance(given, tuple) else given
        return int(self.choice in given)


def export_columns(form: Form, *, repeat: str = "", split: bool = False) -> list[AnswerColumn]:
    """The columns of a form, or of one table in it, in the order of the form.

    Without `split` several choices are one column of names; with it also one 0/1 column for each.
    """
    return [
        column
        for field in form.fields.values()
        if (field.repeats[-1] if field.repeats else "") == repeat and field.kind is not Kind.NOTE
        for column in _columns(field, split=split)
    ]


def tables(form: Form) -> list[str]:
    """The repeats of a form, each a table of its own."""
    return [name for name, item in form.items.items() if isinstance(item, Repeat)]


def data_dictionary(form: Form) -> list[dict[str, str]]:
    """One row per field, in the order of the form, with the columns of DICTIONARY."""
    asked = (field for field in form.fields.values() if field.kind is not Kind.NOTE)
    return [dict(zip(DICTIONARY, _described(field), strict=True)) for field in asked]


def _columns(field: Field, *, split: bool) -> Iterator[AnswerColumn]:
    header = str(field.label) or field.name
    yield AnswerColumn(field.name, header, field)
    if split and field.kind is Kind.SELECT_MULTIPLE:
        for name, label in field.labels.items():
            yield AnswerColumn(f"{field.name}{SEPARATOR}{name}", f"{header}: {label}", field, name)


def _described(field: Field) -> Sequence[str]:
    rules = (field.required, field.relevant, field.constraint, field.calculation)
    required, relevant, constraint, calculation = (rule.source if rule else "" for rule in rules)
    return (
        SEPARATOR.join([*field.repeats, field.name]),
        str(field.label),
        str(field.kind),
        "; ".join(f"{name} = {label}" for name, label in field.labels.items()),
        required,
        relevant,
        constraint,
        calculation,
        str(field.hint),
    )
