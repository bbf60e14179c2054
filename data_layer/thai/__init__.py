"""Thai text, dates, numbers and names, as people write them and as the system keeps them. Pure."""

from data_layer.thai.dates import (
    BadDate,
    in_thai_time,
    parse_thai_date,
    thai_date,
    thai_date_short,
    thai_datetime,
)
from data_layer.thai.identity import (
    BadCitizenId,
    BadEmail,
    BadPhone,
    citizen_id,
    email,
    format_citizen_id,
    format_phone,
    mask_citizen_id,
    mask_name,
    phone,
)
from data_layer.thai.text import (
    TextTooLong,
    UnusableText,
    arabic_digits,
    normalise,
    official_digits,
    sort_key,
    thai_digits,
)

__all__ = [
    "BadCitizenId",
    "BadDate",
    "BadEmail",
    "BadPhone",
    "TextTooLong",
    "UnusableText",
    "arabic_digits",
    "citizen_id",
    "email",
    "format_citizen_id",
    "format_phone",
    "in_thai_time",
    "mask_citizen_id",
    "mask_name",
    "normalise",
    "official_digits",
    "parse_thai_date",
    "phone",
    "sort_key",
    "thai_date",
    "thai_date_short",
    "thai_datetime",
    "thai_digits",
]
