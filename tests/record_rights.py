"""Who may fill a record, hand it in, and put, take and open its files."""

from data_layer.services import attachments, drafts, submissions
from data_layer.services.holding import RecordKey
from tests import attached
from tests.people import ADMIN, OFFICER
from tests.rights import SUPERVISORS, SURVEY_WRITERS, rule
from tests.rounds import SURVEY


def key_at(target):
    """The survey of a local authority of the office's district."""
    return RecordKey(SURVEY, f"06{target.office}01")


def uploaded(target):
    """The number of a file that stands beside the survey of the office's authority."""
    return attached.stand_file(f"06{target.office}01")


def fill_nothing(who, key):
    """What every act on a draft begins with."""
    with drafts.filling(who, key):
        pass


RULES = {
    "attachments.open_file": rule(
        lambda who, at: attachments.open_file(who, key_at(at), uploaded(at)),
        (*SUPERVISORS, ADMIN, OFFICER),
        SUPERVISORS,
    ),
    "attachments.put": rule(
        lambda who, at: attachments.put(who, key_at(at), "address", b"", "a.pdf", None),
        *SURVEY_WRITERS,
    ),
    "attachments.remove": rule(
        lambda who, at: attachments.remove(who, key_at(at), "address", None), *SURVEY_WRITERS
    ),
    "drafts.add_row": rule(
        lambda who, at: drafts.add_row(who, key_at(at), "none"), *SURVEY_WRITERS
    ),
    "drafts.bring_last": rule(lambda who, at: drafts.bring_last(who, key_at(at)), *SURVEY_WRITERS),
    "drafts.confirm_group": rule(
        lambda who, at: drafts.confirm_group(who, key_at(at), "staff"), *SURVEY_WRITERS
    ),
    "drafts.filling": rule(lambda who, at: fill_nothing(who, key_at(at)), *SURVEY_WRITERS),
    "drafts.remove_row": rule(
        lambda who, at: drafts.remove_row(who, key_at(at), "none", 1, {}), *SURVEY_WRITERS
    ),
    "drafts.save_field": rule(
        lambda who, at: drafts.save_field(who, key_at(at), "staff_count", "5", None),
        *SURVEY_WRITERS,
    ),
    "drafts.save_reason": rule(
        lambda who, at: drafts.save_reason(who, key_at(at), "staff_count", "เหตุผล"),
        *SURVEY_WRITERS,
    ),
    "submissions.submit": rule(
        lambda who, at: submissions.submit(who, key_at(at), 1), *SURVEY_WRITERS
    ),
    "submissions.withdraw": rule(
        lambda who, at: submissions.withdraw(who, key_at(at)), *SURVEY_WRITERS
    ),
}
