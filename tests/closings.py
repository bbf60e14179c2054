"""Authorities that a change of the register closes, proposed by the district as clerks do."""

from datetime import date

from data_layer.models import Change
from data_layer.rules.proposals import ProposalEntry
from data_layer.services import proposal_list, proposals
from tests import people
from tests.people import OFFICER, PROVINCE
from tests.rounds import TAO, TOWN

TODAY = date(2026, 11, 23)
NEW = "05480503"
UPGRADE = {"kind": "tambon_municipality", "name": "ทต.ฝั่งแดง", "code": NEW}


def propose(change, fields, valid_on=TODAY):
    """Proposed for อบต.ฝั่งแดง; as the province reads it."""
    entry = ProposalEntry(change, fields, valid_on, "ประกาศกระทรวงมหาดไทย")
    proposals.propose(people.actor(OFFICER), TAO, entry)
    return proposal_list.waiting(people.actor(PROVINCE))[-1]


def confirm(found):
    proposals.confirm(people.actor(PROVINCE), found.id, found.version)


def upgrade(**more):
    """อบต.ฝั่งแดง becomes a municipality of another code."""
    confirm(propose(Change.KIND, UPGRADE, **more))


def merge(**more):
    """ทต.ธาตุพนม goes into อบต.ฝั่งแดง."""
    confirm(propose(Change.MERGER, {"partners": TOWN}, **more))
