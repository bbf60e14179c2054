"""The record of acts: one entry in the transaction of the act, chained by hashes."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from data_layer import cache
from data_layer.access import Actor
from data_layer.clock import now
from data_layer.db import insert
from data_layer.models import AuditEntry, DataVersion

GENESIS = b"\0" * 32
_CHAIN_LOCK = 0x50687261  # any number of our own: PostgreSQL's name for the chain's lock


def record(
    session: Session,
    act: str,
    *,
    actor: Actor | None = None,
    office_code: str = "",
    user_id: int | None = None,
    ip: str = "",
    **detail: Any,  # noqa: ANN401 - JSON facts
) -> None:
    """Add the entry of an act named `noun.verb`; `detail` holds no names, ids or phones."""
    if session.get_bind().dialect.name == "postgresql":
        # SQLite has one writer; here two acts must not chain to the same entry
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    last = select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
    entry = AuditEntry(
        at=now(),
        act=act,
        user_id=actor.user_id if actor else user_id,
        office_code=office_code or (actor.office_code if actor else ""),
        ip=actor.ip if actor else ip,
        detail=detail,
        previous_hash=session.scalar(last) or GENESIS,
    )
    entry.hash = entry_hash(entry)
    session.add(entry)
    session.flush()
    session.info["recorded"] = True


def entry_hash(entry: AuditEntry) -> bytes:
    """SHA-256 over the entry's facts and the hash before it."""
    facts = [
        entry.at.isoformat(),
        entry.act,
        entry.user_id,
        entry.office_code,
        entry.ip,
        entry.detail,
        entry.previous_hash.hex(),
    ]
    text_form = json.dumps(facts, sort_keys=True, ensure_ascii=True)
    return sha256(text_form.encode()).digest()


def broken_entries(session: Session) -> Iterator[int]:
    """The ids of entries that were altered, or whose predecessor was taken away."""
    previous = GENESIS
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id)):
        if entry.previous_hash != previous or entry.hash != entry_hash(entry):
            yield entry.id
        previous = entry.hash


def data_changed(session: Session, *province_codes: str) -> None:
    """Raise the data version of the provinces and of the country, in this transaction."""
    cache.forget()
    for scope in sorted({"all", *province_codes}):  # one order, so that no two acts deadlock
        session.execute(
            insert(session, DataVersion)
            .values(scope=scope, version=1)
            .on_conflict_do_update(
                index_elements=[DataVersion.scope], set_={"version": DataVersion.version + 1}
            )
        )
