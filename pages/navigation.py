"""The main script: who is in, which pages that gives. A table of contents, run on every run."""

import streamlit as st

from auth import session
from data_layer.access import EVERYONE, Actor
from data_layer.services.home import has_samples, office_title
from data_layer.services.identity import Claimant
from pages.components.acts import draw_outcome
from pages.components.frame import draw_not_theirs, navigate, signed_in_as
from pages.delivery.turns import turn

# file, Thai title, the permission that shows it; the icons stand in components/layout.css
BEFORE_SIGN_IN = (
    ("sign_in", "เข้าสู่ระบบ"),
    ("find_office", "ค้นหารหัสหน่วยงาน"),
    ("guide", "วิธีลงทะเบียน 10 ขั้น"),
)
SIGNED_IN = (
    ("home", "หน้าแรก", "account.read"),
    ("country_dashboard", "ภาพรวมประเทศ", "country.read"),
    ("province_dashboard", "ภาพรวมจังหวัด", "province.read"),
    ("district_dashboard", "ภาพรวม สถอ.", "report.read"),
    ("progress", "ความคืบหน้าการกรอก", "report.read"),
    ("enter_survey", "สำรวจข้อมูลพื้นฐาน", "survey.read"),
    ("enter_readiness", "ความพร้อมการเลือกตั้ง", "readiness.read"),
    ("review", "ตรวจแบบ", "record.review"),
    ("registrations", "การลงทะเบียน", "registration.read"),
    ("rounds", "รอบการกรอกข้อมูล", "round.read"),
    ("officials", "ผู้บริหารและสมาชิกสภา", "official.read"),
    ("offices", "ทะเบียนหน่วยงาน", "office.read"),
    ("users", "ผู้ใช้งาน", "user.read"),
    ("account", "บัญชีของฉัน", "account.read"),
    ("find_office", "ค้นหารหัสหน่วยงาน", "account.read"),
    ("guide", "วิธีลงทะเบียน 10 ขั้น", "account.read"),
)

TITLES = {name: title for name, title, _ in SIGNED_IN}
ALL_NAMES = {entry[0] for entry in (*BEFORE_SIGN_IN, *SIGNED_IN)} | {"register_office"}

with turn():
    who = session.begin_run()
    shown, name, office = list(BEFORE_SIGN_IN), "", ""
    if isinstance(who, Actor):
        shown = [entry[:2] for entry in SIGNED_IN if who.may(entry[2])]
        name, office = who.name, office_title(who)
    elif isinstance(who, Claimant):
        shown = [("register_office", "ลงทะเบียนหน่วยงาน")]
        name, office = f"สถอ.{who.office_name} ({who.office_code})", "เข้าใช้ครั้งแรก ยังไม่ลงทะเบียน"

    page = navigate(shown, ALL_NAMES)
    st.set_page_config(page_title=f"{page.title} · พร้อม", layout="wide")
    with st.sidebar:
        if who is not None and signed_in_as(name, office, has_samples=has_samples()):
            session.leave()
    draw_outcome()
    if isinstance(who, Actor) and who.permissions != EVERYONE:  # else the first page says more
        draw_not_theirs(page.url_path, dict(shown), TITLES)
    page.run()
