"""Forms are data: an XLSForm in, a Form out, and one evaluator of its rules. Pure, no database.

form = open_form(content, "survey.xlsx")     refused with all reasons at once: FormRefused
answers = begin(form, now=clock.now())       what an untouched form holds
found = evaluate(form, answers, now=..., facts=...)
found.is_ready and submittable(form, answers, found)
"""

from data_layer.forms.answers import (
    Answer,
    Answers,
    NoData,
    is_empty,
    kept_text,
    plain_answer,
    read_answers,
    write_answers,
)
from data_layer.forms.columns import (
    AnswerColumn,
    data_dictionary,
    export_columns,
    tables,
)
from data_layer.forms.definition import (
    Choice,
    Expression,
    Field,
    Form,
    Group,
    Item,
    Kind,
    Repeat,
    Text,
    walk,
)
from data_layer.forms.entry import parse_value, range_bounds, shown
from data_layer.forms.errors import FormRefused, Problem
from data_layer.forms.evaluation import Evaluation, evaluate, work_out
from data_layer.forms.paths import (
    answer_at,
    answered,
    field_at,
    items_in,
    moved_back,
    moved_up,
    name_of,
    outermost,
    row_at,
    rows_in_all,
    rows_of,
    table_at,
    title_at,
    with_answer,
    without_numbers,
    without_row,
)
from data_layer.forms.reading import download, form_of, office_facts, open_form, source_of
from data_layer.forms.showing import evaluation_json, form_json
from data_layer.forms.starting import begin, begin_row, with_rows
from data_layer.forms.submitting import submittable
from data_layer.forms.versions import Change, changes

__all__ = [
    "Answer",
    "AnswerColumn",
    "Answers",
    "Change",
    "Choice",
    "Evaluation",
    "Expression",
    "Field",
    "Form",
    "FormRefused",
    "Group",
    "Item",
    "Kind",
    "NoData",
    "Problem",
    "Repeat",
    "Text",
    "answer_at",
    "answered",
    "begin",
    "begin_row",
    "changes",
    "data_dictionary",
    "download",
    "evaluate",
    "evaluation_json",
    "export_columns",
    "field_at",
    "form_json",
    "form_of",
    "is_empty",
    "items_in",
    "kept_text",
    "moved_back",
    "moved_up",
    "name_of",
    "office_facts",
    "open_form",
    "outermost",
    "parse_value",
    "plain_answer",
    "range_bounds",
    "read_answers",
    "row_at",
    "rows_in_all",
    "rows_of",
    "shown",
    "source_of",
    "submittable",
    "table_at",
    "tables",
    "title_at",
    "walk",
    "with_answer",
    "with_rows",
    "without_numbers",
    "without_row",
    "work_out",
    "write_answers",
]
