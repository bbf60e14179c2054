"""The users of an office and their rights per work.

An SSO ADMIN (or who was given the right) keeps the users of the own office; the centre keeps those
of the department and appoints province supervisors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_layer.access import Actor, Level, NotAllowed, Role, Work, levels_held
from data_layer.audit import data_changed, demand, record
from data_layer.clock import now
from data_layer.db import Conflict, reading, writing
from data_layer.errors import DomainError, InvalidFields, NotFound
from data_layer.keys import keys
from data_layer.models import Office, OfficeKind, User, UserRight
from data_layer.models.people import new_uid
from data_layer.queries.offices import office_in_scope
from data_layer.queries.users import user_in_office, users_of
from data_layer.rules.person import check_person
from data_layer.services.one_time import give_one_time_password
from data_layer.services.sign_in import end_sessions
from data_layer.thai import mask_citizen_id

CITIZEN_ID_TAKEN = (
    "เลขนี้มีบัญชีผู้ใช้อยู่แล้ว โปรดตรวจตัวเลข หากผู้นั้นย้ายมาจากที่อื่น โปรดให้ที่เดิมปิดบัญชีก่อนแล้วแจ้งส่วนกลาง"
)


# the roles that each role may give at its own office, when it keeps users at all
GRANTABLE: Mapping[Role, tuple[Role, ...]] = {
    Role.CENTRAL: (Role.CENTRAL, Role.VIEWER),
    Role.PROVINCE: (Role.PROVINCE, Role.VIEWER),
    Role.SSO_ADMIN: (Role.OFFICER, Role.VIEWER),
    Role.OFFICER: (Role.OFFICER, Role.VIEWER),
    Role.VIEWER: (Role.VIEWER,),
}


class OwnAccount(DomainError):
    """Nobody takes the own account's rights away by accident."""

    text: ClassVar[str] = "ท่านปิดหรือลดสิทธิบัญชีของตนเองไม่ได้ โปรดให้ผู้ดูแลอีกท่านหนึ่งหรือจังหวัดดำเนินการ"


@dataclass(frozen=True)
class UserEntry:
    """A user as the keeper of the list sees one; the citizen id is masked.

    `rights` are those that were given, `levels` what they and the role allow together.
    """

    id: int
    version: int
    citizen_id: str
    prefix: str
    first_name: str
    last_name: str
    name: str
    position: str
    phone: str
    email: str
    role: Role
    rights: Mapping[Work, Level]
    levels: Mapping[Work, Level]
    is_active: bool
    must_change_password: bool
    signed_in_at: datetime | None


def list_users(actor: Actor, office_code: str | None = None) -> list[UserEntry]:
    """The users of an office that the actor keeps (the own one by default), SSO ADMIN first."""
    demand(actor, "user.read")
    with reading() as session:
        office = _kept_office(session, actor, office_code)
        return [_entry(user) for user in users_of(session, office.id)]


def grantable_roles(actor: Actor, office_code: str | None = None) -> tuple[Role, ...]:
    """The roles that the actor may give in that office: never one above the own."""
    if office_code in {None, actor.office_code}:
        return GRANTABLE[actor.role]
    is_province = (office_code or "").endswith("00")
    return (Role.PROVINCE, Role.VIEWER) if actor.role is Role.CENTRAL and is_province else ()


def create(
    actor: Actor,
    given: Mapping[str, str],
    *,
    role: Role,
    rights: Mapping[Work, Level],
    office_code: str | None = None,
) -> str:
    """A new user with a one-time password (24 hours, forced change), which comes back this once.

    `given` has the PERSON_FIELDS. Raises InvalidFields; NotAllowed for a role or right that the
    actor cannot give.
    """
    demand(actor, "user.write")
    kept = check_person(given)
    _demand_grantable(actor, office_code, role, rights)
    with writing() as session:
        office = _kept_office(session, actor, office_code)
        user = User(
            uid=new_uid(),
            office_id=office.id,
            role=role,
            citizen_id_index=keys().blind_index(kept["citizen_id"]),
            created_at=now(),
            rights=_right_rows(rights),
        )
        user.citizen_id = kept["citizen_id"]
        _set_person(user, kept)
        password = give_one_time_password(session, user)
        session.add(user)
        _flush_new(session)
        data_changed(session, office.province_code)
        record(session, "user.create", actor=actor, office_code=office.code, id=user.id)
        return password


def update(
    actor: Actor,
    user_id: int,
    version: int,
    given: Mapping[str, str],
    *,
    rights: Mapping[Work, Level],
) -> None:
    """Change a user's data and rights; `version` is the one the editor saw. Raises Conflict."""
    demand(actor, "user.write")
    kept = check_person(given)
    with writing() as session:
        user, office = _kept_user(session, actor, user_id)
        if user.version != version:
            raise Conflict
        if _levels(user) != _meaningful(rights):
            _change_rights(session, actor, user, rights)
        _set_person(user, kept)
        record(session, "user.update", actor=actor, office_code=office.code, id=user.id)


def _change_rights(
    session: Session, actor: Actor, user: User, rights: Mapping[Work, Level]
) -> None:
    if user.id == actor.user_id:
        raise OwnAccount
    _demand_rights_held(actor, rights)
    user.rights = []
    session.flush()
    user.rights = _right_rows(rights)


def set_active(actor: Actor, user_id: int, *, is_active: bool) -> None:
    """Close or reopen an account. A closed one is out at its next click; its history stays."""
    demand(actor, "user.write")
    with writing() as session:
        user, office = _kept_user(session, actor, user_id)
        if user.id == actor.user_id:
            raise OwnAccount
        user.is_active = is_active
        end_sessions(session, user.id)
        data_changed(session, office.province_code)
        act = "user.enable" if is_active else "user.disable"
        record(session, act, actor=actor, office_code=office.code, id=user.id)


def reset_password(actor: Actor, user_id: int) -> str:
    """A one-time password for the user, shown this once; the sessions of the user end."""
    demand(actor, "user.write")
    with writing() as session:
        user, office = _kept_user(session, actor, user_id)
        password = give_one_time_password(session, user)
        record(session, "user.reset", actor=actor, office_code=office.code, id=user.id)
        return password


def reveal_citizen_id(actor: Actor, user_id: int) -> str:
    """The whole 13-digit number of a user in scope; the look is recorded."""
    demand(actor, "person.reveal")
    with writing() as session:
        user = session.get(User, user_id)
        if user is None:
            raise NotFound
        office = session.get_one(Office, user.office_id)
        office_in_scope(session, actor.scope, office.code)
        record(session, "person.reveal", actor=actor, office_code=office.code, id=user.id)
        return user.citizen_id


def _kept_office(session: Session, actor: Actor, office_code: str | None) -> Office:
    """The office whose users the actor keeps: the own one; for the centre any province's too."""
    code = office_code or actor.office_code
    office = office_in_scope(session, actor.scope, code)
    is_appointing = actor.role is Role.CENTRAL and office.kind is OfficeKind.PROVINCE
    if code != actor.office_code and not is_appointing:
        raise NotAllowed
    return office


def _kept_user(session: Session, actor: Actor, user_id: int) -> tuple[User, Office]:
    found = user_in_office(session, user_id)
    if found is None:
        raise NotFound
    user, office = found
    _kept_office(session, actor, office.code)
    if user.role not in {actor.role, *grantable_roles(actor, office.code)}:
        raise NotAllowed
    if user.id != actor.user_id:
        _demand_rights_held(actor, _levels(user))  # who resets a password could sign in with it
    return user, office


def _demand_grantable(
    actor: Actor, office_code: str | None, role: Role, rights: Mapping[Work, Level]
) -> None:
    if role not in grantable_roles(actor, office_code):
        raise NotAllowed
    _demand_rights_held(actor, rights)


def _demand_rights_held(actor: Actor, rights: Mapping[Work, Level]) -> None:
    """Who is not an administrator gives no right that was not given to them."""
    if actor.role in {Role.CENTRAL, Role.SSO_ADMIN}:
        return
    order = list(Level)
    for work, level in rights.items():
        if order.index(level) > order.index(actor.rights.get(work, Level.NONE)):
            raise NotAllowed


def _meaningful(rights: Mapping[Work, Level]) -> dict[Work, Level]:
    return {work: level for work, level in rights.items() if level is not Level.NONE}


def _levels(user: User) -> dict[Work, Level]:
    return {right.work: right.level for right in user.rights}


def _right_rows(rights: Mapping[Work, Level]) -> list[UserRight]:
    return [UserRight(work=work, level=level) for work, level in _meaningful(rights).items()]


def _set_person(user: User, kept: Mapping[str, str]) -> None:
    for name in ("prefix", "first_name", "last_name", "position", "phone", "email"):
        setattr(user, name, kept[name])


def _flush_new(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as problem:
        raise InvalidFields({"citizen_id": CITIZEN_ID_TAKEN}) from problem


def _entry(user: User) -> UserEntry:
    return UserEntry(
        id=user.id,
        version=user.version,
        citizen_id=mask_citizen_id(user.citizen_id),
        prefix=user.prefix,
        first_name=user.first_name,
        last_name=user.last_name,
        name=user.name,
        position=user.position,
        phone=user.phone,
        email=user.email,
        role=user.role,
        rights=_levels(user),
        levels=levels_held(user.role, _levels(user)),
        is_active=user.is_active,
        must_change_password=user.must_change_password,
        signed_in_at=user.signed_in_at,
    )
