"""What waits for a person: tasks with a count, a sentence and the page that does it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from data_layer import demo
from data_layer.access import EVERYONE, ROLE_NAMES, Actor
from data_layer.audit import demand
from data_layer.clock import now
from data_layer.db import reading
from data_layer.models import FormId, RegistrationState, Round
from data_layer.queries.records import counts_in
from data_layer.queries.registrations import count_registrations
from data_layer.queries.rounds import count_with_more_time, rounds_going_on
from data_layer.rules.rounds import FORM_NAMES, Phase
from data_layer.services import dashboards, officials, proposal_list
from data_layer.services.holding import asked_on
from data_layer.services.rounds import times_of
from data_layer.thai import thai_datetime


@dataclass(frozen=True)
class Task:
    """One thing to do; `page` is the page that does it, `is_urgent` when somebody waits for it.

    `query` is the address there, when it is not the page's own; `badge` what stands out in red.
    """

    text: str
    page: str
    action: str
    is_urgent: bool = False
    query: Mapping[str, str] = field(default_factory=dict)
    badge: str = ""


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


def who_gives_rights(actor: Actor) -> str | None:
    """Whom to ask for a first right; None for who has one, or one by the role."""
    if actor.permissions != EVERYONE:
        return None
    return "SSO ADMIN ของหน่วยงานของท่าน" if actor.scope.district_code else "ผู้ดูแลส่วนกลาง"


def tasks(actor: Actor) -> list[Task]:
    """The actor's tasks, the most urgent first."""
    demand(actor, "account.read")
    counted = list(_counts(actor))
    found = [*_returned(actor, counted), *_waiting(actor), *_to_review(actor, counted)]
    found += _proposed(actor)
    found += [*_not_registered(actor), *_to_fill(actor, counted), *_officials(actor)]
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


PAGES = {FormId.SURVEY: "enter_survey.py", FormId.READINESS: "enter_readiness.py"}


@dataclass(frozen=True)
class Counted:
    """How far a form is in a round; `with_more_time` of those that are to be filled have it."""

    form_id: FormId
    round: Round
    counts: Mapping[str, int]
    with_more_time: int
    is_only: bool

    @property
    def name(self) -> str:
        """The form, with its round where another one has tasks too."""
        form = FORM_NAMES[self.form_id]
        return form if self.is_only else f"{form} รอบ {self.round.code}"

    @property
    def query(self) -> dict[str, str]:
        """The address of the round on the pages of the form."""
        return {} if self.is_only else {"round": self.round.code}

    @property
    def left(self) -> int:
        """How many can still be handed in for the first time."""
        if now() > self.round.closes_at:
            return self.with_more_time
        return self.counts.get("none", 0) + self.counts.get("draft", 0)


def _counts(actor: Actor) -> Iterator[Counted]:
    """Of each form that the actor may read and each round that goes on, how far the records are."""
    for form_id in FormId:
        if not actor.may(f"{form_id}.read"):
            continue
        with reading() as session:
            going_on = rounds_going_on(session, form_id, now())
            for found in going_on:
                asked = (session, actor.scope, found, asked_on(found), form_id)
                more = count_with_more_time(*asked, now())
                yield Counted(form_id, found, counts_in(*asked)[0], more, len(going_on) == 1)


def _returned(actor: Actor, counted: list[Counted]) -> Iterator[Task]:
    for each in counted:
        if actor.may(f"{each.form_id}.write") and (count := each.counts.get("returned", 0)):
            yield Task(
                each.name,
                PAGES[each.form_id],
                "แก้ไขและส่งใหม่",
                is_urgent=True,
                query=each.query,
                badge=f"ถูกส่งกลับให้แก้ไข {count:,} แห่ง",
            )


def _to_fill(actor: Actor, counted: list[Counted]) -> Iterator[Task]:
    for each in counted:
        if not actor.may(f"{each.form_id}.write") or not each.left:
            continue
        due = _due_words(each.round)
        more = f" ในนี้ขยายเวลาแล้ว {each.with_more_time:,} แห่ง" if each.with_more_time else ""
        text = f"{each.name} ยังไม่ส่ง {each.left:,} แห่ง {due}{more}"
        yield Task(text, PAGES[each.form_id], "กรอกต่อ", query=each.query)


def _due_words(found: Round) -> str:
    """Until when the round takes what is not handed in yet, as things stand now."""
    match times_of(found).phase(now()):
        case Phase.GRACE:
            return f"เลยกำหนดแล้ว รับส่งช้าถึง {thai_datetime(found.closes_at)}"
        case Phase.CLOSED:
            return "รอบปิดรับแล้ว"
    return f"ครบกำหนด {thai_datetime(found.due_at)}"


def _to_review(actor: Actor, counted: list[Counted]) -> Iterator[Task]:
    if not actor.may("record.review"):
        return
    for each in counted:
        if count := each.counts.get("submitted", 0):
            text = f"{each.name} รอตรวจ {count:,} แห่ง"
            query = {"form": each.form_id.value, **each.query}
            yield Task(text, "review.py", "ตรวจแบบ", is_urgent=True, query=query)


def _proposed(actor: Actor) -> Iterator[Task]:
    """Changes of the register: the province decides them, the district reads what was refused."""
    if actor.may("office.confirm") and (count := proposal_list.count_waiting(actor)):
        text = f"คำขอเปลี่ยนทะเบียน อปท. รอยืนยัน {count:,} คำขอ"
        yield Task(text, "offices.py", "ตรวจคำขอ", is_urgent=True)
    if actor.may("office.propose") and (refused := proposal_list.refused_offices(actor)):
        text = f"จังหวัดไม่ยืนยันคำขอเปลี่ยนทะเบียน อปท. {len(refused):,} แห่ง"
        query = {"authority": refused[0]} if len(refused) == 1 else {}
        yield Task(text, "offices.py", "ดูเหตุผล", is_urgent=True, query=query)


def _officials(actor: Actor) -> Iterator[Task]:
    """Where the register of executives and councillors has gaps; of the country nobody asks."""
    if not actor.may("official.write") or actor.scope.province_code is None:
        return
    rows = officials.summary(actor)
    unfinished = int(rows["state"].isin(["unfilled", "unfinished"]).sum())
    overdue = int(rows["overdue"].sum())
    said = [f"ยังบันทึกไม่ครบ {unfinished:,} อปท."] if unfinished else []
    said += [f"ครบวาระแล้วยังไม่บันทึกพ้น {overdue:,} คน"] if overdue else []
    if said:
        text = f"ทะเบียนผู้บริหารและสมาชิกสภา {' · '.join(said)}"
        yield Task(text, "officials.py", "บันทึกต่อ")


def _not_registered(actor: Actor) -> list[Task]:
    if not (actor.may("report.read") and actor.may("registration.read")):
        return []
    dashboard = dashboards.by_area_code(actor, actor.scope.province_code)
    count = dashboard.summary.not_registered
    place = "ทั้งประเทศ" if actor.scope.province_code is None else dashboard.scope_name
    page = "country_dashboard.py" if actor.scope.province_code is None else "province_dashboard.py"
    text = f"{place} มี {count:,} สถอ. ที่ยังไม่ลงทะเบียน จาก {dashboard.summary.expected:,} แห่ง"
    return [Task(text, page, "ดูรายชื่อเพื่อติดตาม")]
