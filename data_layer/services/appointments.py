"""The operator at the server's own command line: appoints the first supervisors.

Whoever can run commands there can read the database anyway; the acts are recorded as user 0.
"""

from collections.abc import Mapping

from data_layer.access import Actor, Level, Role, Scope, Work
from data_layer.models.offices import DEPARTMENT_CODE
from data_layer.services import users

OPERATOR = Actor(
    user_id=0,
    office_id=0,
    office_code=DEPARTMENT_CODE,
    office_name="คำสั่งที่เครื่องแม่ข่าย",
    name="คำสั่งที่เครื่องแม่ข่าย",
    role=Role.CENTRAL,
    scope=Scope(),
)


def appoint(office_code: str, given: Mapping[str, str]) -> str:
    """A central (0000) or province (PP00) supervisor; the one-time password comes back."""
    role = Role.CENTRAL if office_code == DEPARTMENT_CODE else Role.PROVINCE
    rights = dict.fromkeys(Work, Level.WRITE)
    return users.create(OPERATOR, given, role=role, rights=rights, office_code=office_code)
