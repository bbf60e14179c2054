"""What a file of the register is of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from data_layer import thai

TITLE: Final = "ทะเบียนผู้บริหารท้องถิ่นและสมาชิกสภาท้องถิ่น"


@dataclass(frozen=True)
class About:
    """The area, as of when; `note` says more, as that the data are a sample."""

    area: str
    as_of: datetime
    note: str = ""

    @property
    def lines(self) -> list[str]:
        """The same as title lines."""
        local = thai.in_thai_time(self.as_of)
        said = [
            TITLE,
            f"พื้นที่: {self.area}",
            f"ข้อมูล ณ วันที่ {thai.thai_date_short(local)} เวลา {local:%H:%M} น.",
        ]
        return [*said, self.note] if self.note else said
