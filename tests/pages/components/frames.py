"""Small frames as the dashboards hand them to the components."""

import pandas as pd

STATES = ("registered", "waiting", "not_registered")


def offices(count: int) -> pd.DataFrame:
    """Offices on a slope, the three states in turn, each with a Thai name."""
    return pd.DataFrame(
        {
            "code": [f"{1101 + number}" for number in range(count)],
            "name": [f"อำเภอที่ {number}" for number in range(count)],
            "lat": [6 + number * 0.013 for number in range(count)],
            "lon": [98 + number * 0.007 for number in range(count)],
            "state": [STATES[number % 3] for number in range(count)],
        }
    )


def areas(count: int) -> pd.DataFrame:
    """Areas, the worst last: `number` offices of each are missing."""
    return pd.DataFrame(
        {
            "code": [f"{11 + number}" for number in range(count)],
            "name": [f"จังหวัดที่ {number}" for number in range(count)],
            "registered": [5] * count,
            "waiting": [1] * count,
            "not_registered": list(range(count)),
        }
    )
