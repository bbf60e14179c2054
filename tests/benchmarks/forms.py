"""What the rules of a filled form cost the processor."""

import time
from collections.abc import Iterator
from statistics import median

from data_layer.clock import now
from data_layer.forms import begin, evaluate, read_answers
from tests.benchmarks.figures import Figure
from tests.filled_forms import GOOD, TAO, form_named

TIMES = 200


def form_figures() -> Iterator[Figure]:
    """All rules of the readiness form, for one authority that has filled it."""
    form = form_named("readiness")
    answers, _ = read_answers(form, GOOD["readiness"])
    started = begin(form, answers, now=now(), facts=TAO)
    taken_ms = []
    for _ in range(TIMES):
        before = time.process_time()
        evaluate(form, started, now=now(), facts=TAO)
        taken_ms.append((time.process_time() - before) * 1000)
    yield Figure(
        "readiness form: all rules, ms of processor time",
        median(taken_ms),
        "≤",
        5,
        f"{len(form.fields)} fields, slowest {max(taken_ms):.1f} ms",
    )
