"""Who may call what: the words in which the tables of test_rights.py say it."""

from collections.abc import Callable
from typing import NamedTuple

from tests.people import ADMIN, CENTRAL, OFFICER, OTHER_PROVINCE, PROVINCE, STANDING, VIEWER


class Target(NamedTuple):
    """What is acted on: an office, its claim, one of its users."""

    office: str
    claim: int
    user: int


class Rule(NamedTuple):
    """A call, and who may make it at That Phanom (4805) and at Na Wa (4809), both in province 48.

    The SSO ADMIN, officer and viewer are That Phanom's; whoever waits is Na Wa's.
    """

    call: Callable
    at_4805: frozenset
    at_4809: frozenset


def rule(call, at_4805, at_4809):
    return Rule(call, frozenset(at_4805), frozenset(at_4809))


EVERYBODY = STANDING
NOBODY = ()
SUPERVISORS = (CENTRAL, PROVINCE)
DISTRICT = (ADMIN, OFFICER, VIEWER)  # each has the right to read reports
ANY_SUPERVISOR = (CENTRAL, PROVINCE, OTHER_PROVINCE)
CONFIRMED = (*ANY_SUPERVISOR, *DISTRICT)
REGISTER_READERS = (*ANY_SUPERVISOR, ADMIN, OFFICER)
FORM_READERS = (*ANY_SUPERVISOR, ADMIN, OFFICER)
SURVEY_WRITERS = ((ADMIN, OFFICER), NOBODY)
