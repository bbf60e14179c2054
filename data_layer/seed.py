"""The offices of a new installation: the department, 76 provinces and 878 districts, real.

Names and codes from geothai (data CC BY 4.0: Department of Provincial Administration codes),
centroids from sample_data/district_centroids.csv; credits in the README.
"""

import csv

import geothai
from sqlalchemy import func, select

from data_layer.audit import data_changed, record
from data_layer.clock import now
from data_layer.config import ROOT
from data_layer.db import reading, writing
from data_layer.forms import open_form, source_of
from data_layer.models import FormId, FormVersion, Office, OfficeKind
from data_layer.models.offices import DEPARTMENT_CODE
from data_layer.rules.offices import search_text
from data_layer.thai import sort_key

BANGKOK = "10"  # has no สถอ.
SAMPLE_DATA = ROOT / "sample_data"
_SLIPS = {"Renu NaKhon": "Renu Nakhon"}  # geothai 3.2.1


def seed_offices() -> int:
    """Load the real offices into an empty register. Returns how many were added, 0 if any stood."""
    with reading() as session:
        if session.scalar(select(func.count()).select_from(Office)):
            return 0
    with writing() as session:
        offices = [_department(), *_provinces(), *_districts()]
        session.add_all(offices)
        data_changed(session)
        record(session, "office.seed", count=len(offices))
        return len(offices)


def seed_forms() -> int:
    """Load the built-in forms where there is none. Returns how many were added."""
    with reading() as session:
        if session.scalar(select(func.count()).select_from(FormVersion)):
            return 0
    files = [SAMPLE_DATA / "forms" / f"{form_id}.md" for form_id in FormId]
    with writing() as session:
        for file in files:
            form = open_form(file.read_bytes(), file.name)
            made = FormVersion(form_id=FormId(form.form_id), number=1, created_at=now())
            made.title, made.source = form.title, source_of(form)
            session.add(made)
        record(session, "form.seed", count=len(files))
    return len(files)


def _department() -> Office:
    name = "กรมส่งเสริมการปกครองท้องถิ่น"
    return _office(
        DEPARTMENT_CODE, OfficeKind.DEPARTMENT, name, "Department of Local Administration"
    )


def _provinces() -> list[Office]:
    return [
        _office(f"{province.code}00", OfficeKind.PROVINCE, province.name_th, province.name_en)
        for province in geothai.provinces()
        if province.code != BANGKOK
    ]


def _districts() -> list[Office]:
    places = _centroids()
    provinces = [province for province in geothai.provinces() if province.code != BANGKOK]
    pairs = (
        (province, each) for province in provinces for each in geothai.districts(province.code)
    )
    made = []
    for province, district in pairs:
        english = _SLIPS.get(district.name_en, district.name_en)
        office = _office(district.code, OfficeKind.DISTRICT, district.name_th, english)
        office.search_text = search_text(
            district.code, district.name_th, english, province.name_th, province.name_en
        )
        office.lat, office.lon = places.get(district.code, (None, None))
        made.append(office)
    return made


def _office(code: str, kind: OfficeKind, name_th: str, name_en: str) -> Office:
    return Office(
        code=code,
        kind=kind,
        province_code=code[:2],
        district_code=code if kind is OfficeKind.DISTRICT else None,
        name_th=name_th,
        name_en=name_en,
        sort_key=sort_key(name_th),
        search_text=search_text(code, name_th, name_en),
    )


def _centroids() -> dict[str, tuple[float, float]]:
    with (SAMPLE_DATA / "district_centroids.csv").open() as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["code"]: (float(row["lat"]), float(row["lon"])) for row in rows}
