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


def export_columns(
    *versions: Form, table: tuple[str, ...] = (), split: bool = False
) -> list[AnswerColumn]:
    """The columns of a form, or of one of its `tables`, in the order of the form.

    Of several versions, the one to follow first, a column is what the first that asks it says.
    Without `split` several choices are one column of names; with it also one 0/1 column for each.
    """
    return [
        column
        for same in _asked(versions)
        if same[0].repeats == table
        for column in _columns(same, split=split)
    ]


def tables(*versions: Form) -> list[tuple[str, ...]]:
    """The tables of a form, by the names of the repeats from the outermost to its own."""
    items = (item for form in versions for item in form.items.values())
    return list(
        dict.fromkeys((*item.repeats, item.name) for item in items if isinstance(item, Repeat))
    )


def data_dictionary(*versions: Form) -> list[dict[str, str]]:
    """One row per field, in the order of `export_columns`, with the columns of DICTIONARY."""
    return [dict(zip(DICTIONARY, _described(same[0]), strict=True)) for same in _asked(versions)]


def _asked(versions: Sequence[Form]) -> list[list[Field]]:
    """Each field as every version that asks it has it; in the order of the first version.

    What only others ask stands after those of its group.
    """
    placed: list[tuple[str, list[Field]]] = []
    known: dict[str, list[Field]] = {}
    for form in versions:
        is_first = not placed
        for field in form.fields.values():
            if field.kind is Kind.NOTE:
                continue
            if (same := known.get(_path(field))) is not None:
                same.append(field)
                continue
            group = form.group_of[field.name]
            known[_path(field)] = [field]
            place = len(placed) if is_first else _end_of(group, placed)
            placed.insert(place, (group, known[_path(field)]))
    return [same for _, same in placed]


def _end_of(group: str, placed: Sequence[tuple[str, object]]) -> int:
    """The place after the last of a group; the end for what stands in none."""
    places = (place for place, (other, _) in enumerate(placed, 1) if group and other == group)
    return max(places, default=len(placed))


def _path(field: Field) -> str:
    return SEPARATOR.join([*field.repeats, field.name])


def _columns(same: Sequence[Field], *, split: bool) -> Iterator[AnswerColumn]:
    field = same[0]
    header = str(field.label) or (
        f"ค่าที่ระบบคำนวณ: {field.name}" if field.calculation else field.name
    )
    yield AnswerColumn(field.name, header, field)
    if split and field.kind is Kind.SELECT_MULTIPLE:
        labels = {name: label for each in reversed(same) for name, label in each.labels.items()}
        order = dict.fromkeys(name for each in same for name in each.labels)
        for name in order:
            label = labels[name]
            yield AnswerColumn(f"{field.name}{SEPARATOR}{name}", f"{header}: {label}", field, name)


def _described(field: Field) -> Sequence[str]:
    rules = (field.required, field.relevant, field.constraint, field.calculation)
    required, relevant, constraint, calculation = (rule.source if rule else "" for rule in rules)
    return (
        _path(field),
        str(field.label),
        str(field.kind),
        "; ".join(f"{name} = {label}" for name, label in field.labels.items()),
        required,
        relevant,
        constraint,
        calculation,
        str(field.hint),
    )
