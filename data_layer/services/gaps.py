"""What stops a record from being handed in."""

from dataclasses import dataclass
from typing import Final

from data_layer import forms
from data_layer.forms import Evaluation
from data_layer.services.holding import Held, label

_UNCONFIRMED: Final = "ค่าที่นำมาจากรอบก่อน ยังไม่ได้ยืนยัน"


@dataclass(frozen=True)
class Gap:
    """One thing: where it is, its Thai name, what to do."""

    path: str
    label: str
    problem: str


def gaps(held: Held, found: Evaluation) -> list[Gap]:
    """All of them, in the order of the form, those of a table row by row.

    `found` is what the rules say of the answers.
    """
    problems = {
        **{name: _UNCONFIRMED for name in held.unconfirmed if _is_asked(held, found, name)},
        **{
            path: f"{text} (ยังไม่มีเหตุผล)"
            for path, text in found.warned.items()
            if not held.reasons.get(path)
        },
        **{path: _wanting(held, found, path) for path in found.missing},
        **found.broken,
        **{path: text for path, text in held.lost.items() if _is_asked(held, found, path)},
    }
    places = enumerate(forms.items_in(held.form, held.answers))
    order = {path: number for number, (path, _) in places}
    paths = sorted(problems, key=lambda path: order.get(path, -1))
    return [Gap(path, label(held.form, path), problems[path]) for path in paths]


def _is_asked(held: Held, found: Evaluation, path: str) -> bool:
    """Whether it is shown: what is not cannot be mended, and is not handed in."""
    return forms.name_of(path) in held.form.items and found.relevant.get(path, True)


def _wanting(held: Held, found: Evaluation, path: str) -> str:
    return found.say(forms.field_at(held.form, path).required_message, path) or "ยังไม่ได้กรอก"
