"""Random answers to any form, the same for the same seed."""

import random
from datetime import date, timedelta
from decimal import Decimal

from data_layer.forms import Field, Kind, Repeat, range_bounds
from data_layer.forms.definition import Group
from data_layer.forms.entry import is_whole_range

WORDS = ("", "a", "b", "abc", "cab", "12", "007", "true", "1", "2563-01-05", "ก่อน", "a b", "x-y")
BLANK = 0.2


def random_answers(rng, items):
    """Answers as JSON holds them; a fifth of the fields stay blank."""
    answers = {}
    for item in items:
        if isinstance(item, Repeat):
            rows = [random_answers(rng, item.children) for _ in range(rng.randint(1, 3))]
            answers[item.name] = rows
        elif isinstance(item, Group):
            answers |= random_answers(rng, item.children)
        elif isinstance(item, Field) and item.is_answerable and rng.random() > BLANK:
            value = random_value(rng, item)
            if value not in ("", []):
                answers[item.name] = value
    return answers


def random_value(rng, field):
    return _VALUES.get(field.kind, _word)(rng, field)


def _word(rng, _field):
    return rng.choice(WORDS)


def _integer(rng, _field):
    return rng.choice([0, 1, -4, rng.randint(0, 12), rng.randint(0, 90_000)])


def _decimal(rng, _field):
    # eighths are exact in binary too: what doubles round is not what is compared here
    return str(Decimal(rng.randint(-40, 8_000)) / 8)


def _date(rng, _field):
    return (date(2020, 1, 1) + timedelta(days=rng.randint(-400, 900))).isoformat()


def _range(rng, field):
    start, end, step = range_bounds(field)
    value = start + step * rng.randint(0, int((end - start) / step))
    return int(value) if is_whole_range(field) else str(value)


_VALUES = {
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.RANGE: _range,
    Kind.SELECT_ONE: lambda rng, field: rng.choice(list(field.labels)),
    Kind.SELECT_MULTIPLE: lambda rng, field: [each for each in field.labels if rng.random() > 0.5],
    Kind.ACKNOWLEDGE: lambda _rng, _field: "OK",
    Kind.GEOPOINT: lambda rng, _field: f"{rng.randint(5, 20)}.5 {rng.randint(97, 105)}.25",
}


def generator(seed):
    return random.Random(seed)  # noqa: S311 - the same answers each time, nothing secret
