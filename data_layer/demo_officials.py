"""The demo's executives and councillors: made-up people in every authority of the demo.

Most councils are full; some have a vacant seat, some sit past their term, one authority has no
นายก. Terms are counted back from today, so that the set keeps the rules whenever it is loaded.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any, Final, Literal

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_layer.access import Scope
from data_layer.clock import now, today
from data_layer.demo_people import FIRST_NAMES, SAMPLE_LAST_NAME, demo_citizen_id
from data_layer.keys import keys
from data_layer.models import (
    Acquisition,
    AuthorityKind,
    Education,
    EndReason,
    Office,
    OfficeKind,
    Official,
    Post,
    Sex,
    Tenure,
    TenureChange,
)
from data_layer.models.people import new_uid
from data_layer.queries.authorities import authority_facts
from data_layer.rules.posts import VOTED
from data_layer.rules.seats import Limits, statutory_limits
from data_layer.rules.terms import end_of_term

FIRST_NUMBER: Final = 1_000_000  # of the made-up citizen ids; the users have the small ones
STORY: Final = "4805"  # the district of the demo's officer has something of each fate
Fate = Literal["full", "vacant", "two_vacant", "overdue", "acting", "second_mayor"]
# by the place of an authority in its district; all others are full
_FATES: Final[dict[int, Fate]] = {
    1: "vacant", 2: "second_mayor", 3: "overdue", 5: "acting", 6: "two_vacant",
}  # fmt: skip
_EVERYWHERE: Final = frozenset({"vacant", "second_mayor"})
_WAITS: Final = {"longer_than_term": "รอประกาศวันเลือกตั้ง (ข้อมูลตัวอย่าง)"}
_LETTERS: Final = "กขคจชดตทนบปพมยรลวสหอ"
_SINCE_ELECTION: Final = timedelta(days=560)
_PAST_TERM: Final = timedelta(days=4 * 366 + 120)


@dataclass
class _Writer:
    """Adds made-up people to one authority, numbered onward."""

    session: Session
    numbers: Iterator[int]
    user_id: int
    office_id: int
    elected_on: date

    def add(self, post: Post, official: Official | None = None, **more: Any) -> Official:  # noqa: ANN401 - columns of a tenure
        """Somebody in a post, since the election or as `more` says."""
        official = official or _person(next(self.numbers))
        is_elected = post in VOTED
        columns = {
            "acquisition": Acquisition.ELECTED if is_elected else Acquisition.APPOINTED,
            "elected_on": self.elected_on if is_elected else None,
            "began_on": self.elected_on + timedelta(days=0 if is_elected else 20),
            "is_resident": is_elected,
            "reasons": {},
            **more,
        }
        made = Tenure(
            official=official,
            office_id=self.office_id,
            post=post,
            recorded_at=now(),
            recorded_by=self.user_id,
            **columns,
        )
        self.session.add(made)
        self._note(made, "add", days_ago=40)
        if made.ended_on is not None:
            self._note(made, "end", days_ago=9)
        return official

    def _note(self, made: Tenure, act: str, *, days_ago: int) -> None:
        at = now() - timedelta(days=days_ago)
        kept = TenureChange(uid=new_uid(), tenure=made, at=at, user_id=self.user_id, act=act)
        kept.changes = "{}"
        self.session.add(kept)


def load(session: Session, user_id: int) -> None:
    """Add the officials of every authority of the demo, entered by that user."""
    session.flush()
    of_codes = select(Office.code, Office.id).where(Office.kind == OfficeKind.AUTHORITY)
    offices = {row.code: row.id for row in session.execute(of_codes)}
    facts = authority_facts(session, Scope(), on=today())
    places: defaultdict[str, int] = defaultdict(int)
    numbers = count(1)
    for row in facts[facts["is_sample"]].itertuples():
        code, district = str(row.code), str(row.district_code)
        fate = _fate(district, places[district])
        places[district] += 1
        elected_on = _sunday(today() - (_PAST_TERM if fate == "overdue" else _SINCE_ELECTION))
        writer = _Writer(session, numbers, user_id, offices[code], elected_on)
        _fill(writer, _limits(row), fate)


def _fate(district_code: str, place: int) -> Fate:
    fate = _FATES.get(place, "full")
    return fate if district_code == STORY or fate in _EVERYWHERE else "full"


def _sunday(day: date) -> date:
    """The last Sunday until then: people vote on Sundays."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def _limits(row: Any) -> Limits:  # noqa: ANN401 - a row of AUTHORITY_FACTS
    population, villages = (None if pd.isna(n) else int(n) for n in (row.population, row.villages))
    kind = AuthorityKind(row.kind)  # a frame keeps the word alone
    return statutory_limits(kind, today(), population=population, villages=villages)


def _fill(writer: _Writer, limits: Limits, fate: Fate) -> None:
    reasons = _WAITS if fate == "overdue" else {}
    if fate == "second_mayor":
        _former_mayor(writer, writer.elected_on - timedelta(days=4 * 366 + 60))
    if fate == "acting":
        _no_mayor(writer, limits)
    else:
        writer.add(Post.MAYOR, reasons=reasons)
        _companions(writer, limits)
    seats = limits.constituencies or ()
    vacant = {"vacant": 1, "two_vacant": 2}.get(fate, 0)
    places = [place for place, some in enumerate(seats, 1) for _ in range(some)]
    sitting = [
        writer.add(Post.MEMBER, constituency=place, reasons=reasons)
        for place in places[: len(places) - vacant]
    ]
    for place in places[len(places) - vacant :]:
        _left(writer, Post.MEMBER, constituency=place)
    for post, official in zip((Post.SPEAKER, Post.DEPUTY_SPEAKER), sitting, strict=False):
        writer.add(post, official)


def _companions(writer: _Writer, limits: Limits, **more: Any) -> None:  # noqa: ANN401 - columns
    for _ in range(limits.deputies.value if limits.deputies else 0):
        writer.add(Post.DEPUTY_MAYOR, **more)
    writer.add(Post.MAYOR_SECRETARY, **more)


def _former_mayor(writer: _Writer, day: date) -> None:
    elected_on = _sunday(day)
    writer.add(
        Post.MAYOR,
        elected_on=elected_on,
        began_on=elected_on,
        ended_on=end_of_term(elected_on),
        end_reason=EndReason.TERM_OVER,
    )


def _no_mayor(writer: _Writer, limits: Limits) -> None:
    """The mayor went, the companions with the mayor; the chief clerk acts."""
    _left(writer, Post.MAYOR)
    day = today() - timedelta(days=30)
    _companions(writer, limits, ended_on=day, end_reason=EndReason.MAYOR_LEFT)
    writer.add(Post.ACTING_MAYOR, acquisition=Acquisition.ACTING, began_on=day)


def _left(writer: _Writer, post: Post, **more: Any) -> None:  # noqa: ANN401 - columns
    day = today() - timedelta(days=30)
    writer.add(post, ended_on=day, end_reason=EndReason.RESIGNED, **more)


def _person(number: int) -> Official:
    citizen_id = demo_citizen_id(FIRST_NUMBER + number)
    official = Official(
        uid=new_uid(),
        citizen_id_index=keys().blind_index(citizen_id),
        prefix=("นาย", "นาง", "นางสาว")[number % 3],
        first_name=FIRST_NAMES[number * 7 % len(FIRST_NAMES)],
        last_name=f"{SAMPLE_LAST_NAME}{_LETTERS[number % 20]}{_LETTERS[number // 20 % 20]}",
        sex=Sex.FEMALE if number % 3 else Sex.MALE,
        education=(Education.BACHELOR, Education.MASTER)[number % 2],
        is_thai_born=True,
        has_held_office=number % 4 == 0,
    )
    official.citizen_id = citizen_id
    official.phone = f"0800{number:06d}"
    born_on = date(today().year - 42 - number % 25, 1 + number % 12, 1 + number % 28)
    official.birth = born_on.isoformat()
    return official
