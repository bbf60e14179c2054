"""All acts on one record, bound to who does them: what both entry pages hand to their form."""

from collections.abc import Callable
from functools import partial
from typing import Any

from data_layer.access import Actor
from data_layer.services import drafts, submissions
from data_layer.services.holding import RecordKey


def of(actor: Actor, key: RecordKey) -> dict[str, Callable[..., Any]]:
    """The acts by name; each asks for its right itself when it is called."""
    writing = (drafts.save_field, drafts.save_reason, drafts.add_row, drafts.remove_row)
    judging = (drafts.bring_last, drafts.confirm_group, submissions.submit, submissions.withdraw)
    bound = {act.__name__: partial(act, actor, key) for act in (*writing, *judging)}
    return {"save": bound.pop("save_field"), **bound}
