"""Made-up executives and councillors, as an officer would type them."""

from datetime import date

from data_layer.demo import demo_citizen_id
from data_layer.services import official_changes, officials
from tests import people
from tests.people import ADMIN
from tests.rounds import TOWN

ELECTED = date(2025, 3, 30)
GENDERS = ("male", "female")
LEFT = {"ended_on": date(2026, 5, 1), "end_reason": "resigned"}


def typed(number, post="member", **more):
    """What is typed about the `number`-th person; a sound entry unless `more` says otherwise."""
    is_voted = post in {"mayor", "member"}
    given = {
        "citizen_id": demo_citizen_id(700_000 + number),
        "prefix": "นาย",
        "first_name": "สมมุติ",
        "last_name": f"ตัวอย่าง{'กขคงจฉชซญด'[number % 10]}",
        "sex": GENDERS[number % 2],
        "born_on": date(1970, 1, 1 + number % 28),
        "phone": "0812345678",
        "education": "bachelor",
        "is_thai_born": True,
        "is_resident": True,
        "post": post,
        "constituency": 1 if post == "member" else None,
        "acquisition": "elected" if is_voted else "appointed",
        "elected_on": ELECTED if is_voted else None,
        "began_on": ELECTED,
    }
    return given | more


def add(number, post="member", *, office, person=ADMIN, reasons=None, **more):
    """Enter the person; the tenure's id."""
    given = typed(number, post, **more)
    return official_changes.add(people.actor(person), office, given, reasons or {})


def row(tenure_id, office, person=ADMIN):
    """The tenure as the roster shows it."""
    view = officials.roster(people.actor(person), office)
    return next(each for each in (*view.sitting, *view.past) if each.id == tenure_id)


def view(office=TOWN, person=ADMIN):
    return officials.roster(people.actor(person), office)


def names(rows):
    return [(each.seat, each.name) for each in rows]


def change(tenure_id, given, *, office=TOWN, reasons=None, version=None):
    seen = version or row(tenure_id, office).version
    official_changes.change(people.actor(ADMIN), tenure_id, seen, given, reasons or {})


def end(tenure_id, given=LEFT, *, office=TOWN, reasons=None):
    seen = row(tenure_id, office).version
    return official_changes.end(people.actor(ADMIN), tenure_id, seen, given, reasons or {})


def broken(refused):
    return [finding.rule for finding in refused.value.findings]
