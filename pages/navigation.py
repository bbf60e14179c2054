"""The main script: who is in, which pages that gives. A table of contents, run on every run."""

import streamlit as st

from auth import session
from data_layer.access import Actor
from data_layer.services.home import has_samples, office_title
from data_layer.services.identity import Claimant
from pages.components.acts import draw_outcome
from pages.components.frame import FAVICON, draw_menu, signed_in_as

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
START = "start"

who = session.begin_run()
if isinstance(who, Actor):
    shown = [entry[:3] for entry in SIGNED_IN if who.may(entry[3])]
elif isinstance(who, Claimant):
    shown = [("register_office", "ลงทะเบียนหน่วยงาน", "how_to_reg"), BEFORE_SIGN_IN[2]]
else:
    shown = list(BEFORE_SIGN_IN)

menu = {st.Page(f"{name}.py", title=title, url_path=name): icon for name, title, icon in shown}
# An address that is not for this person (yet) keeps standing while the first page is shown: a link
# from a colleague survives the sign-in. "/" itself is such an address, for Streamlit's default
# page has no other.
first, first_title, _ = shown[0]
hidden = [
    st.Page(f"{first}.py", title=first_title, url_path=name, default=name == START)
    for name in sorted({*ALL_NAMES, START} - {name for name, *_ in shown})
]
page = st.navigation([*menu, *hidden], position="hidden")
st.set_page_config(page_title=f"{page.title} · พร้อม", page_icon=FAVICON, layout="wide")
with st.sidebar:
    draw_menu(menu)
    if isinstance(who, Actor) and signed_in_as(
        who.name, office_title(who), has_samples=has_samples()
    ):
        session.leave()
draw_outcome()
page.run()
