"""Officers who type into forms at once, on SQLite: prints the p95 of saving a field, and the count.

A hundred threads, each with an authority and a form of its own; one field every two to four
seconds each. The time is that of the whole act: rights, lock, rules, history, commit.
"""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from random import Random
from statistics import quantiles

from sqlalchemy import select

from data_layer.access import Actor, Level, Role, Scope, Work
from data_layer.db import reading
from data_layer.models import FormId, Office, OfficeKind, Record, RecordState, User
from data_layer.services import drafts, rounds
from data_layer.services.holding import RecordKey

OFFICERS, FIELDS = 100, 8
FIELD = {FormId.SURVEY: "staff_count", FormId.READINESS: "trainer_count"}


def main() -> None:
    """Type, print."""
    rounds.prepare_forms()  # as the server does when it starts
    keys = list(_keys())
    with ThreadPoolExecutor(OFFICERS) as pool:
        taken = [ms for each in pool.map(_type, range(OFFICERS), keys) for ms in each]
    sys.stdout.write(f"{quantiles(taken, n=20)[18]} {len(taken)}\n")


def _keys() -> Iterator[RecordKey]:
    """Records that may be filled, as many as there are officers."""
    sent = {RecordState.SUBMITTED, RecordState.APPROVED}
    with reading() as session:
        codes = session.scalars(select(Office.code).where(Office.kind == OfficeKind.AUTHORITY))
        locked = {
            (kept.form_id, office.code)
            for kept, office in session.execute(
                select(Record, Office)
                .join(Office, Office.id == Record.office_id)
                .where(Record.round_id == 2, Record.state.in_(sent))
            )
        }
        free = [
            RecordKey(form_id, code)
            for code in codes
            for form_id in FormId
            if (form_id, code) not in locked
        ]
    return islice(cycle(free), OFFICERS)


def _type(number: int, key: RecordKey) -> list[float]:
    random = Random(number)  # noqa: S311 - no secret comes of it
    actor = _officer(key)
    taken_ms: list[float] = []
    seen: object = None
    time.sleep(random.uniform(0, 3))
    for value in range(1, FIELDS + 1):
        started = time.perf_counter()
        try:
            drafts.save_field(actor, key, FIELD[key.form_id], str(value), seen)
        except drafts.FieldTaken as taken:
            seen = taken.theirs
        else:
            seen = value
        taken_ms.append((time.perf_counter() - started) * 1000)
        time.sleep(random.uniform(2, 4))
    return taken_ms


def _officer(key: RecordKey) -> Actor:
    """An officer of the authority's district, as the guard would have found one."""
    district = key.office_code[2:6]
    with reading() as session:
        user_id = session.scalars(select(User.id).where(User.role == Role.OFFICER).limit(1)).one()
    return Actor(
        user_id=user_id,
        office_id=0,
        office_code=district,
        office_name="",
        name="",
        role=Role.OFFICER,
        scope=Scope(district[:2], district),
        rights={Work.SURVEY: Level.WRITE, Work.READINESS: Level.WRITE},
    )


if __name__ == "__main__":
    main()
