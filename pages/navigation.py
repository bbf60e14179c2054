"""The main script: who is in, which pages that gives. A table of contents, run on every run."""

import streamlit as st

from auth import session
from data_layer.access import Actor
from data_layer.services.home import has_samples, office_title
from data_layer.services.sign_in import Claimant
from pages.components.acts import draw_outcome
from pages.components.frame import signed_in_as

st.set_page_config(page_title="พร้อม", layout="wide")

# file, Thai title, icon, the permission that shows it
BEFORE_SIGN_IN = (
    ("sign_in", "เข้าสู่ระบบ", "login"),
    ("find_office", "ค้นหารหัสหน่วยงาน", "search"),
    ("guide", "วิธีลงทะเบียน 10 ขั้น", "menu_book"),
)
SIGNED_IN = (
    ("home", "หน้าแรก", "home", "account.read"),
    ("country_dashboard", "ภาพรวมประเทศ", "public", "country.read"),
    ("province_dashboard", "ภาพรวมจังหวัด", "map", "province.read"),
    ("district_dashboard", "ภาพรวม สถอ.", "location_city", "report.read"),
    ("registrations", "การลงทะเบียน", "how_to_reg", "registration.read"),
    ("offices", "ทะเบียนหน่วยงาน", "account_balance", "office.read"),
    ("users", "ผู้ใช้งาน", "group", "user.read"),
    ("account", "บัญชีของฉัน", "person", "account.read"),
    ("find_office", "ค้นหารหัสหน่วยงาน", "search", "account.read"),
    ("guide", "วิธีลงทะเบียน 10 ขั้น", "menu_book", "account.read"),
)

ALL_NAMES = {entry[0] for entry in (*BEFORE_SIGN_IN, *SIGNED_IN)} | {"register_office"}

who = session.current()
if isinstance(who, Actor):
    shown = [entry[:3] for entry in SIGNED_IN if who.may(entry[3])]
    if signed_in_as(who.name, office_title(who), has_samples=has_samples()):
        session.leave()
elif isinstance(who, Claimant):
    shown = [("register_office", "ลงทะเบียนหน่วยงาน", "how_to_reg"), BEFORE_SIGN_IN[2]]
else:
    shown = list(BEFORE_SIGN_IN)

pages = [
    st.Page(f"{name}.py", title=title, icon=f":material/{icon}:", url_path=name)
    for name, title, icon in shown
]
# an address that is not for this person (yet) keeps standing while the first page is shown:
# a link from a colleague survives the sign-in
first, first_title, _ = shown[0]
pages += [
    st.Page(f"{first}.py", title=first_title, url_path=name, visibility="hidden")
    for name in sorted(ALL_NAMES - {name for name, *_ in shown[1:]})
]
page = st.navigation(pages)
draw_outcome()
page.run()
