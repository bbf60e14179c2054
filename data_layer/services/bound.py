"""Acts bound to who does them: what a page hands to its components. Each asks for its right."""

from collections.abc import Callable
from functools import partial
from typing import Any

from data_layer.access import Actor
from data_layer.services import attachments, drafts, official_changes, officials, submissions
from data_layer.services.holding import RecordKey

Bound = dict[str, Callable[..., Any]]


def record_acts(actor: Actor, key: RecordKey) -> Bound:
    """All acts on one record, by the names of pages.components.form.record.Acts."""
    writing = (drafts.save_field, drafts.save_reason, drafts.add_row, drafts.remove_row)
    judging = (drafts.bring_last, drafts.confirm_group, submissions.submit, submissions.withdraw)
    acts = {act.__name__: partial(act, actor, key) for act in (*writing, *judging)}
    return {
        "save": acts.pop("save_field"),
        "attach": partial(attachments.put, actor, key),
        "detach": partial(attachments.remove, actor, key),
        **acts,
    }


def file_opener(key: RecordKey, uid: str) -> Callable[[Actor], bytes]:
    """What opens a file of the record, for whoever is in when it is asked for."""
    return lambda actor: attachments.open_file(actor, key, uid).content


def official_acts(actor: Actor) -> Bound:
    """All acts on the register of officials, by the names of components.officials.tasks.Acts."""
    changes = official_changes
    writing = (changes.add, changes.change, changes.end, changes.replace, changes.strike)
    acts = (officials.weigh, officials.weigh_successor, *writing)
    return {act.__name__: partial(act, actor) for act in acts} | {
        "open": partial(officials.open_tenure, actor),
        "reveal": partial(changes.reveal_citizen_id, actor),
    }
