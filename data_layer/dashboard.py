"""What a dashboard shows: the figures of one scope, true until its data change. Pure.

One frame, an office a row, is read once; every panel is computed from it here.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data_layer.access import Scope
from data_layer.clock import THAI_TIME

# the funnel, in order: what an office has reached
STEP_NAMES = {
    "not_registered": "ยังไม่ลงทะเบียน",
    "waiting": "รอยืนยัน",
    "has_admin": "มี SSO ADMIN",
    "has_users": "มีผู้ใช้งาน",
    "signed_in": "เข้าใช้ด้วยเลข 13 หลักแล้ว",
}
STEPS = tuple(STEP_NAMES)
STATES = ("registered", "waiting", "not_registered")


@dataclass(frozen=True)
class Summary:
    """Offices of a scope by state; `expected` is their sum."""

    registered: int
    waiting: int
    not_registered: int

    @property
    def expected(self) -> int:
        """All open district offices of the scope."""
        return self.registered + self.waiting + self.not_registered

    @property
    def share(self) -> float:
        """Registered of expected, 0 to 1; 0 where nothing is expected."""
        return self.registered / self.expected if self.expected else 0.0


@dataclass(frozen=True, eq=False)  # one computed dashboard is itself: what is drawn of it is kept
class Dashboard:
    """All panels of one scope, as they are until its data change: of when is for who shows them.

    `offices` is queries.office_states with `days` since the circular; `not_registered` those of it
    without a claim; `by_area` one row per province (country) or district: code, name, registered,
    waiting, not_registered; `funnel` how many offices stand at each of STEPS;
    `over_time` on (date), registered (cumulative); `authorities` queries.authorities of a district,
    empty above. Frames are shared: never change them.
    """

    scope: Scope
    scope_name: str
    summary: Summary
    offices: pd.DataFrame
    not_registered: pd.DataFrame
    by_area: pd.DataFrame
    funnel: dict[str, int]
    over_time: pd.DataFrame
    authorities: pd.DataFrame


def compute(
    offices: pd.DataFrame,
    authorities: pd.DataFrame,
    *,
    scope: Scope,
    scope_name: str,
    on: date,
    circular_on: date,
) -> Dashboard:
    """All panels of a day from the frames that were read (queries.office_states, .authorities)."""
    offices = offices.assign(days=(on - circular_on).days)
    counts, steps = Counter(offices["state"].tolist()), Counter(offices["step"].tolist())
    return Dashboard(
        scope=scope,
        scope_name=scope_name,
        summary=Summary(
            registered=counts["registered"],
            waiting=counts["waiting"],
            not_registered=counts["not_registered"],
        ),
        offices=offices,
        not_registered=offices[offices["state"] == "not_registered"],
        by_area=_by_area(offices, is_country=scope.province_code is None),
        funnel={step: steps[n] for n, step in enumerate(STEPS)},
        over_time=_over_time(offices),
        authorities=authorities,
    )


def worst_first(by_area: pd.DataFrame) -> pd.DataFrame:
    """The areas in the order in which bars and their file show them."""
    order = ["not_registered", "waiting", "code"]
    return by_area.sort_values(order, ascending=[False, False, True], kind="stable")


def _by_area(offices: pd.DataFrame, *, is_country: bool) -> pd.DataFrame:
    """One row per province or district in the order of `offices`, with a count per state."""
    code, name = ("province_code", "province") if is_country else ("code", "name")
    codes = offices[code].tolist()
    names = dict(zip(codes, offices[name].tolist(), strict=True))
    counts = Counter(zip(codes, offices["state"].tolist(), strict=True))
    rows = [[each, names[each], *(counts[each, state] for state in STATES)] for each in names]
    return pd.DataFrame(rows, columns=["code", "name", *STATES])


def _over_time(offices: pd.DataFrame) -> pd.DataFrame:
    """One row per day with a registration: on (date), registered (cumulative count).

    What only DLA-SSO says counts from the day of its list: an earlier one is not known.
    """
    confirmed = offices["registered_at"].dropna().dt.tz_convert(THAI_TIME).dt.date
    listed = offices.loc[offices["source"] == "dla_sso", "listed_on"]
    days = pd.Series([*confirmed, *listed], dtype="object")
    counts = days.value_counts().sort_index().cumsum()
    return pd.DataFrame({"on": list(counts.index), "registered": counts.to_numpy(dtype="int64")})
