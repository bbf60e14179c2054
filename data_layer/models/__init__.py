"""The tables."""

from data_layer.models.authorities import (
    AuthorityPopulation,
    AuthorityProfile,
    Change,
    OfficeProposal,
    OfficeSuccession,
    ProposalState,
)
from data_layer.models.base import Base
from data_layer.models.offices import AuthorityKind, Office, OfficeKind, OfficeVersion
from data_layer.models.officials import (
    Acquisition,
    Education,
    EndReason,
    Official,
    Post,
    Sex,
    Tenure,
    TenureChange,
)
from data_layer.models.onboarding import OfficeCode, Registration, RegistrationState, SsoListing
from data_layer.models.people import User, UserRight
from data_layer.models.records import Record, RecordChange, RecordFile, RecordState
from data_layer.models.rounds import (
    Extension,
    FormId,
    FormVersion,
    PastExtension,
    Round,
    RoundForm,
)
from data_layer.models.signing_in import BrowserSession, LoginTicket, Throttle
from data_layer.models.upkeep import AuditEntry, Canary, DataVersion

__all__ = [
    "Acquisition",
    "AuditEntry",
    "AuthorityKind",
    "AuthorityPopulation",
    "AuthorityProfile",
    "Base",
    "BrowserSession",
    "Canary",
    "Change",
    "DataVersion",
    "Education",
    "EndReason",
    "Extension",
    "FormId",
    "FormVersion",
    "LoginTicket",
    "Office",
    "OfficeCode",
    "OfficeKind",
    "OfficeProposal",
    "OfficeSuccession",
    "OfficeVersion",
    "Official",
    "PastExtension",
    "Post",
    "ProposalState",
    "Record",
    "RecordChange",
    "RecordFile",
    "RecordState",
    "Registration",
    "RegistrationState",
    "Round",
    "RoundForm",
    "Sex",
    "SsoListing",
    "Tenure",
    "TenureChange",
    "Throttle",
    "User",
    "UserRight",
]
