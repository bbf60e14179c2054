"""Files of forms: the Excel template and its way back, the printed form. Pure, no database.

content = template(form, about, authorities, answers)
filled = read_filled(form, content, "a.xlsx", codes=..., round_code=...)
filled.is_ready, filled.rows[0].changes; marked(filled, about, filled.problems)
pdf = blank_pdf(form, about, evaluation); filled_pdf(about, standing, Given(form, answers, ...))
"""

from data_layer.form_files.about import About, Authority
from data_layer.form_files.errors import NotATemplate, OtherForm, OtherRound, OtherVersion
from data_layer.form_files.filled import (
    CellProblem,
    FilledRow,
    FilledTemplate,
    marked,
    read_filled,
)
from data_layer.form_files.paper import Standing, blank_pdf, filled_pdf, official_moment
from data_layer.form_files.printed import Given
from data_layer.form_files.template import template

__all__ = [
    "About",
    "Authority",
    "CellProblem",
    "FilledRow",
    "FilledTemplate",
    "Given",
    "NotATemplate",
    "OtherForm",
    "OtherRound",
    "OtherVersion",
    "Standing",
    "blank_pdf",
    "filled_pdf",
    "marked",
    "official_moment",
    "read_filled",
    "template",
]
