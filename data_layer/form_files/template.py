"""The Excel template of a district: a row for each authority, filled with what stands."""

from collections.abc import Mapping, Sequence
from typing import Final

from data_layer.form_files.about import About, Authority
from data_layer.form_files.cells import to_cell
from data_layer.form_files.columns import template_columns
from data_layer.form_files.workbook import SheetRow, write_workbook
from data_layer.forms import Answers, Form, NoData, plain_answer

ANSWER, REASON = "answer:", "no data:"  # before what stood, so that none of it looks like nothing
NOTHING: Final[Answers] = {}


def template(
    form: Form,
    about: About,
    authorities: Sequence[Authority],
    answers: Mapping[str, Answers],
) -> bytes:
    """An .xlsx of the authorities, in their order; `answers` are those that stand, by code."""
    columns = template_columns(form)
    rows = []
    for authority in authorities:
        given = answers.get(authority.code, NOTHING)
        cells = {
            each.field.name: to_cell(each.field, given.get(each.field.name)) for each in columns
        }
        before = {each.field.name: stood(given.get(each.field.name)) for each in columns}
        rows.append(SheetRow(authority, cells, before))
    return write_workbook(form, about, rows)


def stood(answer: object) -> str:
    """The answer as the hidden sheet keeps it, to the last digit; '' for none."""
    if isinstance(answer, NoData):
        return f"{REASON}{answer.reason}"
    plain = plain_answer(answer)
    if plain is None:
        return ""
    return f"{ANSWER}{' '.join(plain) if isinstance(plain, list) else plain}"
