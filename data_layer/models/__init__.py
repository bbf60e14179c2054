"""The tables."""

from data_layer.models.base import Base
from data_layer.models.offices import AuthorityKind, Office, OfficeKind, OfficeVersion
from data_layer.models.onboarding import OfficeCode, Registration, RegistrationState, SsoListing
from data_layer.models.people import User, UserRight
from data_layer.models.records import AuditEntry, Canary, DataVersion
from data_layer.models.signing_in import BrowserSession, LoginTicket, Throttle

__all__ = [
    "AuditEntry",
    "AuthorityKind",
    "Base",
    "BrowserSession",
    "Canary",
    "DataVersion",
    "LoginTicket",
    "Office",
    "OfficeCode",
    "OfficeKind",
    "OfficeVersion",
    "Registration",
    "RegistrationState",
    "SsoListing",
    "Throttle",
    "User",
    "UserRight",
]
