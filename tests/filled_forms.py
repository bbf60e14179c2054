"""The two built-in forms, filled as a good clerk would: for tests and benchmarks."""

import json

from data_layer.config import ROOT
from data_layer.forms import open_form

FORMS = ROOT / "sample_data" / "forms"
TAO = {"code": "06480101", "name": "อบต.ขามเฒ่า", "kind": "tao", "seats": "12"} | {
    "population": "6000",
    "villages": "12",
}


def form_named(name):
    file = FORMS / f"{name}.md"
    return open_form(file.read_bytes(), file.name)


# sample_data/forms/answers.json: the demo's records are made from the same
GOOD = json.loads((FORMS / "answers.json").read_text(encoding="utf-8"))
SURVEY_ANSWERS, READINESS_ANSWERS = GOOD["survey"], GOOD["readiness"]
