"""What a file of a form is of."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from data_layer import thai


@dataclass(frozen=True)
class About:
    """The round, the area, as of when; `note` says more, as that the data are a sample."""

    round_code: str
    round_title: str
    area: str
    as_of: datetime
    note: str = ""

    @property
    def lines(self) -> list[str]:
        """The same as title lines."""
        local = thai.in_thai_time(self.as_of)
        said = [
            f"รอบ {self.round_code}: {self.round_title}",
            f"พื้นที่: {self.area}",
            f"ข้อมูล ณ วันที่ {thai.thai_date_short(local)} เวลา {local:%H:%M} น.",
        ]
        return [*said, self.note] if self.note else said


class Authority(NamedTuple):
    """A local authority: its code of 8 digits and its name."""

    code: str
    name: str
