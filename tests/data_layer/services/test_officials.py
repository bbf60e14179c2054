"""The register of executives and councillors, as a district officer keeps it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select, update

from data_layer.access import NotAllowed
from data_layer.db import Conflict, bookkeeping, reading
from data_layer.errors import DomainError, InvalidFields, NotFound
from data_layer.models import AuditEntry, Office, Official, Tenure, TenureChange
from data_layer.rules.roster import AgainstTheRules, ReasonsMissing, seats_words
from data_layer.services import official_changes, officials
from data_layer.services.entering import AuthorityClosed, NumberOfAnother
from data_layer.services.official_changes import ReasonMissing
from tests import people
from tests import rounds as rounds_of_tests
from tests.officials import LEFT, add, broken, change, end, names, row, typed, view
from tests.people import ADMIN, OFFICER, OTHER_PROVINCE, PROVINCE
from tests.rounds import FOREIGN, OF_NA_WA, TOWN


@pytest.fixture(autouse=True)
def _stand(database, clock):
    rounds_of_tests.add_authorities()


def test_nobody_writes_the_register_of_an_authority_elsewhere_or_without_the_right():
    for office in (FOREIGN, OF_NA_WA):
        with pytest.raises(NotFound):
            add(1, office=office)
    with pytest.raises(NotAllowed):
        add(1, office=TOWN, person=OFFICER)
    with pytest.raises(NotFound):
        add(1, office=TOWN, person=OTHER_PROVINCE)
    assert view().sitting == ()


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_kept():
    with pytest.raises(InvalidFields) as refused:
        add(
            1,
            office=TOWN,
            citizen_id="1234567890123",
            first_name="John",
            constituency=None,
            began_on=date(2024, 1, 1),
        )

    assert set(refused.value.problems) == {
        "citizen_id",
        "first_name",
        "constituency",
        "began_on",
    }
    assert view().sitting == ()


def test_a_council_fills_up_and_the_seats_add_up():
    add(1, "mayor", office=TOWN)
    for number in range(2, 13):
        add(number, office=TOWN, constituency=1 if number < 8 else 2)

    found = view()

    assert seats_words(found.seats) == (
        "นายก 1 · รองนายก 0 จาก 2 · สมาชิก 11 จาก 12 · ว่าง เขต 2 (1)"
    )
    assert [each.seat for each in found.sitting][:2] == ["นายก", "สมาชิกสภา เขต 1"]


def test_citizen_ids_are_masked_and_sealed_and_a_look_is_recorded():
    tenure = add(1, office=TOWN)
    citizen_id = typed(1)["citizen_id"]

    assert row(tenure, TOWN).citizen_id == f"1-xxxx-xxxxx-{citizen_id[10:12]}-{citizen_id[12]}"
    with reading() as session:
        kept = session.scalars(select(Official)).one()
        assert citizen_id.encode() not in kept.citizen_id_sealed
    with pytest.raises(NotFound):
        official_changes.reveal_citizen_id(people.actor(OTHER_PROVINCE), tenure)
    assert official_changes.reveal_citizen_id(people.actor(PROVINCE), tenure) == citizen_id
    with reading() as session:
        acts = session.scalars(select(AuditEntry.act)).all()
    assert acts.count("official.reveal") == 1


def test_c01_ids_telephones_and_birthdays_stand_nowhere_in_the_database(database):
    tenure = add(1, office=TOWN, born_on=date(1961, 7, 13))
    change(tenure, {"phone": "0898765432", "born_on": date(1961, 7, 14)})

    tables = [Official, Tenure, TenureChange, AuditEntry]
    with reading() as session:
        rows = [session.execute(select(table.__table__)).mappings().all() for table in tables]
    dumped = repr([dict(row) for table in rows for row in table])

    # a year alone stands by chance in what is sealed
    birthdays = ("1961-07", "1961, 7", "7/2504", "ก.ค. 2504")
    secrets = (typed(1)["citizen_id"], "0812345678", "0898765432", *birthdays)
    assert [secret for secret in secrets if secret in dumped] == []


def test_a_second_mayor_is_refused_and_the_first_named_by_date():
    add(1, "mayor", office=TOWN)

    with pytest.raises(AgainstTheRules) as refused:
        add(2, "mayor", office=TOWN)

    assert broken(refused) == ["second_mayor"]
    assert "30 มี.ค. 2568" in str(refused.value)


def test_two_officers_at_once_make_one_mayor():
    actors = [people.actor(ADMIN), people.actor(PROVINCE)]

    def send(each):
        actor, number = each
        try:
            official_changes.add(actor, TOWN, typed(number, "mayor"), {})
        except (AgainstTheRules, Conflict):
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(send, zip(actors, (1, 2), strict=True))) == [False, True]
    assert len(view().sitting) == 1


def test_nobody_sits_in_two_authorities_wherever_the_other_is():
    tenure = add(1, office=OF_NA_WA, person=PROVINCE)

    with pytest.raises(AgainstTheRules) as refused:
        add(1, office=TOWN)
    assert broken(refused) == ["two_places"]
    assert "อบต.นาหว้า" in str(refused.value)

    seen = row(tenure, OF_NA_WA, PROVINCE).version
    official_changes.end(people.actor(PROVINCE), tenure, seen, LEFT, {})
    add(1, office=TOWN, began_on=date(2026, 5, 1), elected_on=date(2026, 5, 1))
    assert len(view().sitting) == 1


def test_nobody_is_executive_and_member_at_once():
    add(1, office=TOWN)

    with pytest.raises(AgainstTheRules) as refused:
        add(1, "mayor", office=TOWN)

    assert broken(refused) == ["two_places"]


def test_a_soft_rule_asks_for_a_reason_and_keeps_it():
    with pytest.raises(ReasonsMissing) as asked:
        add(1, office=TOWN, constituency=3)
    assert broken(asked) == ["no_such_constituency"]
    assert view().sitting == ()

    tenure = add(1, office=TOWN, constituency=3, reasons={"no_such_constituency": "แบ่งเขตใหม่"})

    assert row(tenure, TOWN).reasons == ("แบ่งเขตใหม่",)


def test_a_known_number_under_another_name_asks_why_and_takes_the_newer_name():
    first = add(1, office=OF_NA_WA, person=PROVINCE)
    seen = row(first, OF_NA_WA, PROVINCE).version
    official_changes.end(people.actor(PROVINCE), first, seen, LEFT, {})
    later = {"began_on": date(2026, 6, 1), "elected_on": date(2026, 6, 1), "last_name": "สกุลใหม่"}

    with pytest.raises(ReasonsMissing) as asked:
        add(1, office=TOWN, **later)
    assert broken(asked) == ["other_name"]

    add(1, office=TOWN, reasons={"other_name": "สมรส"}, **later)
    assert names(view().sitting) == [("สมาชิกสภา เขต 1", "นายสมมุติ สกุลใหม่")]


def test_a_correction_leaves_what_it_does_not_name_and_writes_history():
    tenure = add(1, office=TOWN)

    change(tenure, {"affiliation": "กลุ่มพัฒนา", "phone": "042511234"})

    acts = officials.history(people.actor(ADMIN), tenure).acts
    assert [(each.act, each.changes) for each in acts] == [
        ("แก้ไข", ("โทรศัพท์", "สังกัดหรือกลุ่ม: – → กลุ่มพัฒนา")),
        ("เพิ่ม", ()),
    ]
    assert acts[0].by == "นางสาวอารี ทดสอบดี"
    assert "042511234" not in str(acts)


def test_whoever_saw_an_older_entry_overwrites_nothing():
    tenure = add(1, office=TOWN)
    old = row(tenure, TOWN).version
    change(tenure, {"affiliation": "กลุ่มหนึ่ง"})

    with pytest.raises(Conflict):
        change(tenure, {"affiliation": "กลุ่มสอง"}, version=old)

    assert row(tenure, TOWN).affiliation == "กลุ่มหนึ่ง"


def test_leaving_needs_a_day_and_a_reason():
    tenure = add(1, office=TOWN)

    with pytest.raises(InvalidFields) as refused:
        end(tenure, {"ended_on": None, "end_reason": None})

    assert set(refused.value.problems) == {"ended_on", "end_reason"}
    assert row(tenure, TOWN).ended_on is None


def test_who_came_with_the_mayor_leaves_with_the_mayor():
    mayor = add(1, "mayor", office=TOWN)
    add(2, "deputy_mayor", office=TOWN)
    add(3, office=TOWN)

    along = end(mayor)

    assert along == ["นายสมมุติ ตัวอย่างค"]
    assert names(view().sitting) == [("สมาชิกสภา เขต 1", "นายสมมุติ ตัวอย่างง")]
    assert {each.end_reason for each in view().past} == {"ลาออก", "นายกพ้นจากตำแหน่ง"}


def test_the_speaker_leaves_the_chair_with_the_seat():
    with pytest.raises(AgainstTheRules) as refused:
        add(1, "speaker", office=TOWN)
    assert broken(refused) == ["not_a_member"]
    seat = add(1, office=TOWN)
    add(1, "speaker", office=TOWN)

    end(seat)

    assert view().sitting == ()


def test_one_leaves_and_another_comes_or_neither():
    tenure = add(1, office=TOWN)
    actor, seen = people.actor(ADMIN), row(tenure, TOWN).version
    comes = typed(2, began_on=date(2026, 6, 1), elected_on=date(2026, 6, 1), constituency=2)

    with pytest.raises(InvalidFields):
        official_changes.replace(actor, tenure, seen, LEFT, comes | {"first_name": ""}, {})
    assert row(tenure, TOWN).ended_on is None

    official_changes.replace(actor, tenure, seen, LEFT, comes, {})

    assert names(view().sitting) == [("สมาชิกสภา เขต 1", "นายสมมุติ ตัวอย่างค")]
    history = officials.history(actor, tenure)
    assert [each.name for each in history.holders] == [
        "นายสมมุติ ตัวอย่างค",
        "นายสมมุติ ตัวอย่างข",
    ]


def test_an_entry_that_was_a_slip_is_struck_out_with_its_reason_and_stays_in_the_history():
    tenure = add(1, office=TOWN)
    other = add(2, office=TOWN)
    actor, seen = people.actor(ADMIN), row(tenure, TOWN).version

    with pytest.raises(ReasonMissing):
        official_changes.strike(actor, tenure, seen, " ")
    official_changes.strike(actor, tenure, seen, "ผิด อปท.")

    assert [each.id for each in view().sitting] == [other]
    acts = officials.history(actor, other).acts
    assert ("ลบรายการที่บันทึกผิด", ("เหตุผล: ผิด อปท.",)) in [(each.act, each.changes) for each in acts]
    add(1, office=TOWN)  # and may be entered rightly


def test_a_mistaken_leaving_is_taken_back():
    tenure = add(1, office=TOWN)
    end(tenure)

    change(tenure, {"ended_on": None, "end_reason": None})

    assert [each.id for each in view().sitting] == [tenure]


def test_a_wrong_number_is_corrected_unless_it_is_somebody_elses():
    tenure = add(1, office=TOWN)
    add(2, office=TOWN)

    with pytest.raises(NumberOfAnother):
        change(tenure, {"citizen_id": typed(2)["citizen_id"]})
    change(tenure, {"citizen_id": typed(3)["citizen_id"]})

    found = official_changes.reveal_citizen_id(people.actor(ADMIN), tenure)
    assert found == typed(3)["citizen_id"]


def test_into_a_closed_authority_comes_only_who_has_left():
    with bookkeeping() as session:
        session.execute(
            update(Office).where(Office.code == TOWN).values(closed_on=date(2026, 6, 1))
        )

    with pytest.raises(AuthorityClosed):
        add(1, office=TOWN)
    add(1, office=TOWN, **LEFT)

    assert [each.end_reason for each in view().past] == ["ลาออก"]


def test_every_act_is_in_the_audit_without_names_or_numbers():
    tenure = add(1, office=TOWN)
    end(tenure)
    with pytest.raises(DomainError):
        add(1, office=FOREIGN)

    with reading() as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.act.startswith("official."))
        ).all()
    assert [each.act for each in entries] == ["official.add", "official.end"]
    assert "สมมุติ" not in str([each.detail for each in entries])
