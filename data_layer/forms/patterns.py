"""Regular expressions of forms, matched in a time that grows with the text only.

A form comes from outside, and one expression with nested repetition would hold the server for
hours in Python's own engine; RE2 has no such expressions, and refuses what it cannot do.
"""

import re
from functools import lru_cache
from typing import Any

import re2

_UNICODE = re.compile(r"\\u([0-9A-Fa-f]{4})")  # as JavaScript writes it, which ODK follows


@lru_cache(maxsize=512)
def pattern(expression: str) -> Any:  # noqa: ANN401 - re2 ships no types
    """The compiled expression, with `search`; None when it is not one, or needs look-around."""
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(_UNICODE.sub(r"\\x{\1}", expression), options)
    except re2.error:
        return None
