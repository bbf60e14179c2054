"""The record of acts: one entry in the transaction of the act, chained by hashes."""

import json
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Any, NoReturn

from sqlalchemy import Executable, bindparam, select, text
from sqlalchemy.orm import Session

from data_layer import cache
from data_layer.access import Actor, NotAllowed, Scope
from data_layer.clock import now
from data_layer.db import bookkeeping, insert_of
from data_layer.models import AuditEntry, DataVersion

GENESIS = b"\0" * 32
_LAST = select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
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
    """Add the entry of an act named `noun.verb`; `detail` holds no names, ids or phones.

    The last thing an act does but for its rows' own history: on PostgreSQL two acts wait for each
    other's rows first, then for the data version, then here, and never the other way round.
    """
    if session.get_bind().dialect.name == "postgresql":
        # SQLite has one writer; here two acts must not chain to the same entry
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    entry = AuditEntry(
        at=now(),
        act=act,
        user_id=actor.user_id if actor else user_id,
        office_code=office_code or (actor.office_code if actor else ""),
        ip=actor.ip if actor else ip,
        detail=detail,
        previous_hash=session.scalar(_LAST) or GENESIS,
    )
    entry.hash = entry_hash(entry)
    session.add(entry)
    session.flush()
    session.info["recorded"] = True


def demand(actor: Actor, permission: str) -> None:
    """Raise NotAllowed unless the actor holds the permission; the attempt is recorded."""
    if not actor.may(permission):
        refuse(actor, permission)


def narrowed(actor: Actor, *, province_code: str, district_code: str | None = None) -> Scope:
    """The chosen part of the actor's scope. Raises NotAllowed outside of it, and records that."""
    try:
        return actor.scope.narrowed(province_code=province_code, district_code=district_code)
    except NotAllowed:
        refuse(actor, "scope", area=district_code or province_code)


def refuse(actor: Actor, right: str, **detail: Any) -> NoReturn:  # noqa: ANN401 - JSON facts
    """Raise NotAllowed, and record who asked for what. Never within another transaction."""
    with bookkeeping() as session:
        record(session, "access.refuse", actor=actor, right=right, **detail)
    raise NotAllowed


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
    for scope in sorted({"all", *province_codes}):  # one order, so that no two acts deadlock
        _raise_version(session, scope)


def records_changed(session: Session, province_code: str) -> None:
    """Raise the version of the province's records, which change with each field that is typed.

    The country's is the sum of them, so that provinces do not wait for each other.
    """
    _raise_version(session, cache.RECORDS + province_code)


def _raise_version(session: Session, scope: str) -> None:
    cache.forget()
    # columns need nothing of the ORM, which is most of the cost: this is in every field saved
    connection = session.connection()
    connection.execute(_raising(connection.dialect.name), {"scope": scope})


@lru_cache
def _raising(dialect: str) -> Executable:
    """Built once: one more, or the first."""
    statement = insert_of(dialect, DataVersion).values(scope=bindparam("scope"), version=1)
    raised: Executable = statement.on_conflict_do_update(
        index_elements=[DataVersion.scope], set_={"version": DataVersion.version + 1}
    )
    return raised
