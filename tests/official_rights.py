"""Who may read and write the register of executives and councillors."""

from datetime import date

from sqlalchemy import select

from data_layer.clock import now
from data_layer.db import bookkeeping
from data_layer.keys import keys
from data_layer.models import Acquisition, Office, Official, Post, Sex, Tenure
from data_layer.services import official_changes, official_files, officials
from tests.officials import typed
from tests.people import ADMIN
from tests.rights import ANY_SUPERVISOR, EVERYBODY, SUPERVISORS, rule

KEEPERS = (*SUPERVISORS, ADMIN), SUPERVISORS
READERS = (*ANY_SUPERVISOR, ADMIN)
OLD = 99  # a version that nobody has seen


def tenure_at(target):
    """Somebody who sits in the authority of the office's district."""
    with bookkeeping() as session:
        office_id = session.scalar(select(Office.id).where(Office.code == f"06{target.office}01"))
        of_office = select(Tenure.id).where(Tenure.office_id == office_id)
        if (found := session.scalar(of_office)) is None:
            made = Tenure(
                official=_somebody(target.office),
                office_id=office_id,
                post=Post.ADVISER,
                acquisition=Acquisition.APPOINTED,
                began_on=date(2026, 1, 1),
                reasons={},
                recorded_at=now(),
            )
            session.add(made)
            session.flush()
            found = made.id
    return found


def _somebody(number):
    official = Official(
        uid=number, prefix="นาย", first_name="ก", last_name="ข", sex=Sex.MALE
    )  # fmt: skip
    official.citizen_id = typed(int(number))["citizen_id"]
    official.citizen_id_index = keys().blind_index(official.citizen_id)
    official.phone, official.birth = "", "1970-01-01"
    return official


def at_authority(call):
    return rule(lambda who, at: call(who, f"06{at.office}01"), *KEEPERS)


RULES = {
    "official_files.export": rule(
        lambda who, at: official_files.export(who, at.office, "csv"), *KEEPERS
    ),
    "official_files.file_name": rule(
        lambda who, at: official_files.file_name(who, at.office), EVERYBODY, EVERYBODY
    ),
    "official_files.marked": rule(
        lambda who, _: official_files.marked(who, b"", "a.xlsx"), READERS, READERS
    ),
    "official_files.preview": rule(
        lambda who, _: official_files.preview(who, b"", "a.xlsx"), READERS, READERS
    ),
    "official_files.take": rule(
        lambda who, _: official_files.take(who, b"", "a.xlsx"), READERS, READERS
    ),
    "official_files.template": rule(
        lambda who, at: official_files.template(who, at.office), *KEEPERS
    ),
    "officials.closed_authority": rule(
        lambda who, at: officials.closed_authority(who, f"06{at.office}01"), READERS, READERS
    ),
    "officials.history": rule(
        lambda who, at: officials.history(who, tenure_at(at)), (*SUPERVISORS, ADMIN), SUPERVISORS
    ),
    "officials.open_tenure": rule(
        lambda who, at: officials.open_tenure(who, tenure_at(at)), *KEEPERS
    ),
    "officials.roster": at_authority(officials.roster),
    "officials.summary": rule(lambda who, _: officials.summary(who), READERS, READERS),
    "officials.weigh_successor": rule(
        lambda who, at: officials.weigh_successor(who, tenure_at(at), None, {}), *KEEPERS
    ),
    "officials.weigh": at_authority(lambda who, code: officials.weigh(who, code, {})),
    "official_changes.add": at_authority(
        lambda who, code: official_changes.add(who, code, typed(1), {})
    ),
    "official_changes.change": rule(
        lambda who, at: official_changes.change(who, tenure_at(at), OLD, {}, {}), *KEEPERS
    ),
    "official_changes.end": rule(
        lambda who, at: official_changes.end(who, tenure_at(at), OLD, {}, {}), *KEEPERS
    ),
    "official_changes.replace": rule(
        lambda who, at: official_changes.replace(who, tenure_at(at), OLD, {}, typed(1), {}),
        *KEEPERS,
    ),
    "official_changes.reveal_citizen_id": rule(
        lambda who, at: official_changes.reveal_citizen_id(who, tenure_at(at)), *KEEPERS
    ),
    "official_changes.strike": rule(
        lambda who, at: official_changes.strike(who, tenure_at(at), OLD, "ผิด"), *KEEPERS
    ),
}
