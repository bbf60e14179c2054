"""Who may read the register of offices, propose a change of it, and decide."""

from datetime import date

from sqlalchemy import select

from data_layer.clock import now
from data_layer.db import bookkeeping
from data_layer.models import Change, Office, OfficeProposal, ProposalState
from data_layer.rules.proposals import ProposalEntry
from data_layer.services import authorities, offices, proposal_list, proposals
from tests.people import ADMIN, CENTRAL, OFFICER
from tests.rights import (
    ANY_SUPERVISOR,
    EVERYBODY,
    REGISTER_READERS,
    SUPERVISORS,
    SURVEY_WRITERS,
    rule,
)

LIST = (",".join(offices.LIST_COLUMNS.values()) + "\n").encode()
DAY = date(2020, 12, 16)
PROPOSED = ProposalEntry(Change.PROFILE, {"villages": "12"}, DAY)


def proposed_at(target):
    """A proposal that waits for the authority of the office's district."""
    with bookkeeping() as session:
        office_id = session.scalar(select(Office.id).where(Office.code == f"06{target.office}01"))
        of_office = select(OfficeProposal.id).where(OfficeProposal.office_id == office_id)
        if (found := session.scalar(of_office)) is None:
            session.add(
                made := OfficeProposal(
                    office_id=office_id,
                    change=Change.RENAME,
                    new_facts={"name": "ใหม่"},
                    old_facts={},
                    valid_on=DAY,
                    state=ProposalState.WAITING,
                    proposed_at=now(),
                )
            )
            session.flush()
            found = made.id
    return found


RULES = {
    "authorities.authority_list": rule(
        lambda who, _: authorities.authority_list(who), REGISTER_READERS, REGISTER_READERS
    ),
    "authorities.export": rule(
        lambda who, _: authorities.export(who, "", "csv"),
        (*ANY_SUPERVISOR, ADMIN),
        (*ANY_SUPERVISOR, ADMIN),
    ),
    "authorities.view": rule(
        lambda who, at: authorities.view(who, f"06{at.office}01"),
        (*SUPERVISORS, ADMIN, OFFICER),
        SUPERVISORS,
    ),
    "proposal_list.refused_offices": rule(
        lambda who, _: proposal_list.refused_offices(who), REGISTER_READERS, REGISTER_READERS
    ),
    "proposal_list.count_waiting": rule(
        lambda who, _: proposal_list.count_waiting(who), REGISTER_READERS, REGISTER_READERS
    ),
    "proposal_list.waiting": rule(
        lambda who, _: proposal_list.waiting(who), REGISTER_READERS, REGISTER_READERS
    ),
    "proposals.confirm": rule(
        lambda who, at: proposals.confirm(who, proposed_at(at), 9), SUPERVISORS, SUPERVISORS
    ),
    "proposals.propose": rule(
        lambda who, at: proposals.propose(who, f"06{at.office}01", PROPOSED), *SURVEY_WRITERS
    ),
    "proposals.refuse": rule(
        lambda who, at: proposals.refuse(who, proposed_at(at), 9, "เพราะ"),
        SUPERVISORS,
        SUPERVISORS,
    ),
    "proposals.withdraw": rule(
        lambda who, at: proposals.withdraw(who, proposed_at(at), 9), *SURVEY_WRITERS
    ),
    "offices.district_list": rule(
        lambda who, _: offices.district_list(who), REGISTER_READERS, REGISTER_READERS
    ),
    # the search is public; that it masks names is test_offices.py
    "offices.find": rule(lambda who, _: offices.find("4805", actor=who), EVERYBODY, EVERYBODY),
    "offices.import_list": rule(
        lambda who, _: offices.import_list(who, LIST, "list.csv"), [CENTRAL], [CENTRAL]
    ),
    "offices.preview_list": rule(
        lambda who, _: offices.preview_list(who, LIST, "list.csv"), [CENTRAL], [CENTRAL]
    ),
    "offices.set_phone": rule(
        lambda who, at: offices.set_phone(who, at.office, "042511234"), SUPERVISORS, SUPERVISORS
    ),
}
