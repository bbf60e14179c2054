"""The two built-in forms, filled as a good clerk would: for tests and benchmarks."""

from data_layer.config import ROOT
from data_layer.forms import open_form

FORMS = ROOT / "sample_data" / "forms"
TAO = {"code": "06480101", "name": "อบต.ขามเฒ่า", "kind": "tao", "seats": "12"} | {
    "population": "6000",
    "villages": "12",
}


def form_named(name):
    file = FORMS / f"{name}.md"
    return open_form(file.read_bytes(), file.name)


SURVEY_ANSWERS = {
    "size": "medium",
    "address": "99 หมู่ 1 ต.ขามเฒ่า อ.เมืองนครพนม จ.นครพนม 48000",
    "coordinates": "17.2 104.7",
    "phone": "042511234",
    "area_sq_km": "41.5",
    "village_count": 12,
    "population_male": 3000,
    "population_female": 3100,
    "households": 1800,
    "clerk_status": "appointed",
    "staff_count": 45,
    "recorder_name": "นางสาวมาลี ตัวอย่าง",
    "recorder_phone": "0800000001",
    "data_as_of": "2020-10-31",
}
READINESS_ANSWERS = {
    "executive_status": "ncpo",
    "election_kind": "council_and_executive",
    "executive_started_on": "2017-06-25",
    "executive_term_ends_on": "2021-06-24",
    "council_started_on": "2017-06-25",
    "council_term_ends_on": "2021-06-24",
    "commission_notified": "yes",
    "commission_notified_on": "2020-11-02",
    "population": 6100,
    "village_count": 12,
    "council_seats": 12,
    "constituency_count": 12,
    "boundary_state": "announced",
    "boundary_announced_on": "2020-10-15",
    "voters_male": 2300,
    "voters_female": 2400,
    "unit_count": 12,
    "crowded_unit_count": 0,
    "permanent_place_count": 10,
    "tent_place_count": 2,
    "accessible_unit_count": 11,
    "director_name": "นายบุญมี ตัวอย่าง",
    "director_position": "ปลัด อบต.",
    "director_is_acting": "no",
    "director_phone": "0800000002",
    "committee_count": 4,
    "committee_appointed_on": "2020-11-10",
    "working_group_count": 0,
    "staff_needed": 108,
    "staff_recruited": 108,
    "staff_trained": 0,
    "guards_needed": 24,
    "guards_ready": 24,
    "trainer_count": 2,
    "budget_planned": "900000",
    "budget_needed": "960000.50",
    "budget_sources": ["ordinance", "reserve"],
    "boxes_usable": 20,
    "boxes_needed": 24,
    "booths_usable": 40,
    "booths_needed": 36,
    "council_ballots": 5000,
    "executive_ballots": 5000,
    "voter_list_state": "in_progress",
    "application_place_ready": "yes",
    "application_place": "หอประชุม อบต.",
    "coordination_centre_ready": "no",
    "counting_place": "หอประชุม อบต.",
    "box_storage": "ห้องพัสดุ",
    "security_plan": "yes",
    "backup_power_plan": "no",
    "covid_measures": ["screening", "masks"],
    "covid_budget": 0,
    "has_risk_area": "no",
    "publicity_channels": ["loudspeaker"],
    "reporter_name": "นางสาวมาลี ตัวอย่าง",
    "reporter_position": "นักส่งเสริมการปกครองท้องถิ่น",
    "reporter_phone": "0800000001",
    "reported_on": "2020-11-20",
}
GOOD = {"survey": SURVEY_ANSWERS, "readiness": READINESS_ANSWERS}
