"""What waits for a person: tasks with a count, a sentence and the page that does it."""

from dataclasses import dataclass

from data_layer import demo
from data_layer.access import ROLE_NAMES, Actor
from data_layer.audit import demand
from data_layer.db import reading
from data_layer.models import RegistrationState
from data_layer.queries.registrations import count_registrations
from data_layer.services import dashboards


@dataclass(frozen=True)
class Task:
    """One thing to do; `page` is the page that does it, `is_urgent` when somebody waits for it."""

    text: str
    page: str
    action: str
    is_urgent: bool = False


def has_samples() -> bool:
    """Whether made-up data stands in the database: every page then says so."""
    return demo.is_loaded()


def role_title(actor: Actor) -> str:
    """The role in Thai."""
    return ROLE_NAMES[actor.role]


def office_title(actor: Actor) -> str:
    """The office with its short title."""
    if actor.scope.province_code is None:
        return actor.office_name
    title = "สถอ." if actor.scope.district_code else "สถจ."
    return f"{title}{actor.office_name}"


def tasks(actor: Actor) -> list[Task]:
    """The actor's tasks, the most urgent first."""
    demand(actor, "account.read")
    found = [*_waiting(actor), *_not_registered(actor)]
    if actor.may("user.write") and actor.scope.district_code is not None:
        found.append(Task("สร้างผู้ใช้งานของหน่วยงานและกำหนดสิทธิ", "users.py", "ไปที่ผู้ใช้งาน"))
    if actor.may("report.read"):
        found.append(Task("ดูสถานะของหน่วยงาน", "district_dashboard.py", "ดูภาพรวม สถอ."))
    return found or [Task("ตรวจข้อมูลติดต่อของท่านให้เป็นปัจจุบัน", "account.py", "บัญชีของฉัน")]


def _waiting(actor: Actor) -> list[Task]:
    if not actor.may("registration.read"):
        return []
    with reading() as session:
        count = count_registrations(session, actor.scope, RegistrationState.WAITING)
    text = f"มี {count:,} หน่วยงานรอการยืนยันการลงทะเบียน"
    return [Task(text, "registrations.py", "ตรวจและยืนยัน", is_urgent=True)] if count else []


def _not_registered(actor: Actor) -> list[Task]:
    if not (actor.may("report.read") and actor.may("registration.read")):
        return []
    dashboard = dashboards.by_area_code(actor, actor.scope.province_code)
    count = dashboard.summary.not_registered
    place = "ทั้งประเทศ" if actor.scope.province_code is None else dashboard.scope_name
    page = "country_dashboard.py" if actor.scope.province_code is None else "province_dashboard.py"
    text = f"{place} มี {count:,} สถอ. ที่ยังไม่ลงทะเบียน จาก {dashboard.summary.expected:,} แห่ง"
    return [Task(text, page, "ดูรายชื่อเพื่อติดตาม")]
