"""What of XLSForm this system understands, said once.

After https://xlsform.org/en/ref-table/ and https://docs.getodk.org/form-question-types/. What is
not here is refused by name: a rule that is silently left out is worse than a form that waits.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from data_layer.forms.definition import Kind

OFFICE: Final = "office"  # the table of facts about the office that fills the form

OFFICE_FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "code": "รหัส อปท. 8 หลัก",
        "name": "ชื่อ อปท.",
        "kind": "ประเภท อปท. (pao, city, town, tambon_municipality, tao, special)",
        "district_code": "รหัสอำเภอ",
        "province_code": "รหัสจังหวัด",
        "population": "จำนวนราษฎรที่อนุมัติแล้วในรอบก่อน",
        "villages": "จำนวนหมู่บ้าน",
        "address": "ที่ตั้งสำนักงาน",
        "phone": "โทรศัพท์สำนักงาน",
        "area_sq_km": "พื้นที่ (ตร.กม.)",
        "seats": "จำนวนสมาชิกสภาที่พึงมีตามกฎหมาย",
    }
)

TYPES: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "integer": Kind.INTEGER,
        "int": Kind.INTEGER,
        "decimal": Kind.DECIMAL,
        "text": Kind.TEXT,
        "string": Kind.TEXT,
        "date": Kind.DATE,
        "note": Kind.NOTE,
        "calculate": Kind.CALCULATE,
        "range": Kind.RANGE,
        "acknowledge": Kind.ACKNOWLEDGE,
        "trigger": Kind.ACKNOWLEDGE,
        "geopoint": Kind.GEOPOINT,
        "gps": Kind.GEOPOINT,
        "location": Kind.GEOPOINT,
        "file": Kind.FILE,
        "image": Kind.IMAGE,
        "photo": Kind.IMAGE,
    }
)
SELECT: Final = re.compile(
    r"(?P<type>select_one|select one|select1|select_multiple|select all that apply|"
    r"select one from|select all that apply from) (?P<list>\S+)"
    r"(?P<other> (or specify other|or_other|or other))?"
)
# What pyxform calls them, whatever the sheet does.
SELECT_KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {"select one": Kind.SELECT_ONE, "select all that apply": Kind.SELECT_MULTIPLE}
)
BEGIN: Final = re.compile(r"begin[ _](group|repeat)")
END: Final = re.compile(r"end[ _](group|repeat)")

_BY_ITSELF = "ระบบบันทึกผู้กรอก เวลา และสำนักงานให้เอง โปรดลบแถวนี้"
TYPE_ADVICE: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(
        (
            *("start", "end", "today", "deviceid", "imei", "subscriberid", "simserial"),
            *("phonenumber", "phone number", "username", "email", "audit"),
            *("get today", "get start time", "get end time", "get device id", "start time"),
        ),
        _BY_ITSELF,
    )
    | dict.fromkeys(("time", "dateTime", "datetime"), "โปรดใช้ date หรือ text แทน")
    | dict.fromkeys(
        ("geotrace", "geoshape", "start-geopoint", "background-geopoint"),
        "ระบบรับพิกัดจุดเดียว โปรดใช้ geopoint แทน",
    )
    | dict.fromkeys(("audio", "video", "background-audio"), "โปรดใช้ file แทน")
    | {"barcode": "โปรดใช้ text แทน", "hidden": "โปรดใช้ calculate แทน"}
    | {"rank": "โปรดใช้ select_one ทีละลำดับแทน"}
)

# Columns of the survey sheet: what pyxform calls them, once it has seen through other spellings.
TRANSLATED: Final = {
    ("label",),
    ("hint",),
    ("guidance_hint",),
    ("bind", "jr:constraintMsg"),
    ("bind", "jr:requiredMsg"),
    ("bind", "ph:warning_message"),
}
EXPRESSIONS: Final = {
    ("bind", "relevant"),
    ("bind", "required"),
    ("bind", "constraint"),
    ("bind", "calculate"),
    ("bind", "readonly"),
    ("bind", "ph:warning"),
    ("choice_filter",),
    ("control", "jr:count"),
}
PLAIN: Final = {
    ("type",),
    ("name",),
    ("default",),
    ("parameters",),
    ("control", "appearance"),
    ("bind", "ph:no_data"),
}
SURVEY_COLUMNS: Final = TRANSLATED | EXPRESSIONS | PLAIN
COLUMN_ADVICE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "trigger": "โปรดใช้ calculation แทน",
        "disabled": "โปรดลบแถวที่ไม่ใช้ออกจากไฟล์",
    }
)
# Of how a question looks or sounds only: left out with a notice.
UNUSED: Final = {
    ("control", "rows"),
    ("control", "autoplay"),
    ("bind", "jr:noAppErrorString"),
    ("bind", "saveIncomplete"),
}
MEDIA: Final = {"media", "image", "big-image", "audio", "video"}
# As authors write them, to notice a misspelt one before its rules are lost.
WRITTEN_COLUMNS: Final = (
    *("type", "name", "label", "hint", "guidance_hint", "relevant", "required"),
    *("required_message", "constraint", "constraint_message", "calculation", "default"),
    *("readonly", "appearance", "choice_filter", "parameters", "relevance", "calculate"),
    *("bind::ph:warning", "bind::ph:warning_message", "bind::ph:no_data", "repeat_count"),
    *("trigger", "disabled"),
)

# A message that is lost changes nothing of what is asked: misspelt, it is a notice only.
MESSAGE: Final = re.compile(r".*[_\- ](msg|message)", re.IGNORECASE)

# Looks that change nothing of what is asked: shown where we can, else left to the page.
_LOOKS = (
    *("field-list", "minimal", "quick", "quickcompact", "compact", "horizontal"),
    *("horizontal-compact", "columns", "columns-pack", "columns-flex", "no-buttons"),
    *("list-nolabel", "list", "label", "likert", "multiline", "numbers", "thousands-sep"),
    *("no-calendar", "no-ticks", "vertical", "picker", "rating", "counter", "autocomplete"),
    *("randomized", "summary", "maps", "hide-input", "new", "new-front", "new-rear", "masked"),
    "table-list",
)
_PATTERNS = r"w(?:[1-9]|1[0-2])|columns-[0-9]+|compact-[0-9]+|quickcompact-[0-9]+|spinner"
APPEARANCE: Final = re.compile(f"(?:{'|'.join(map(re.escape, _LOOKS))}|{_PATTERNS})")

PARAMETERS: Final[Mapping[Kind, frozenset[str]]] = MappingProxyType(
    {
        Kind.RANGE: frozenset({"start", "end", "step"}),
        Kind.IMAGE: frozenset({"max-pixels"}),
        Kind.TEXT: frozenset({"rows"}),
    }
)

SETTINGS: Final = {
    *("form_id", "id_string", "set_form_id", "form_title", "title", "set_form_title"),
    *("version", "default_language", "namespaces", "name", "clean_text_values"),
    *("omit_instanceid", "omit_instanceID", "allow_choice_duplicates"),
}
# Settings that would change what is asked or who may read it.
REFUSED_SETTINGS: Final = {
    *("public_key", "add_none_option", "flat", "client_editable"),
    *("prefix", "delimiter"),
}
SHEETS: Final = {"survey", "choices", "settings"}
