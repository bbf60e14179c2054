"""The form of a person's data: registration, user page and account draw the same fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_layer.errors import InvalidFields
from data_layer.passwords import MAX_LENGTH, MIN_LENGTH
from data_layer.rules.person import FIELD_LABELS, MAX_NAME, PREFIXES
from pages.components.messages import escape, show_refusal

Widget = Literal["text", "prefix", "password"]


@dataclass(frozen=True)
class FormField:
    """One field: key in the form, label, kind of widget, help, what browsers may fill in."""

    name: str
    label: str
    widget: Widget = "text"
    help: str = ""
    autocomplete: str = "off"
    wide: bool = False


def _person(name: str, **options: Any) -> FormField:  # noqa: ANN401 - FormField's own options
    return FormField(name, FIELD_LABELS[name], **options)


CITIZEN_ID = _person("citizen_id", help="พิมพ์ 13 หลัก ใช้เลขไทยหรือมีขีดคั่นได้", wide=True)
NAME_FIELDS = (
    _person("prefix", widget="prefix", help="เลือก หรือพิมพ์ยศของท่าน"),
    _person("first_name", autocomplete="given-name"),
    _person("last_name", autocomplete="family-name"),
)
CONTACT_FIELDS = (
    _person("position", autocomplete="organization-title"),
    _person("phone", help="ตัวเลขอย่างเดียว เช่น 0812345678 หรือ 042511234", autocomplete="tel"),
    _person("email", autocomplete="email"),
)
PASSWORD_FIELDS = (
    FormField(
        "password",
        "ตั้งรหัสผ่านของท่าน",
        "password",
        f"อย่างน้อย {MIN_LENGTH} ตัวอักษร ใช้ประโยคภาษาไทยที่จำง่ายได้",
        "new-password",
    ),
    FormField("password_again", "พิมพ์รหัสผ่านอีกครั้ง", "password", "", "new-password"),
)
PERSON_FORM = (CITIZEN_ID, *NAME_FIELDS, *CONTACT_FIELDS)
REGISTER_FIELDS = (*PERSON_FORM, *PASSWORD_FIELDS)


@dataclass
class DrawnForm:
    """What was sent (None when not), and the places for what is wrong with it."""

    values: dict[str, str] | None
    top: DeltaGenerator
    slots: dict[str, DeltaGenerator] = field(default_factory=dict)

    def show_problems(self, refusal: InvalidFields) -> None:
        """Each problem beside its field, the count on top; what was typed stays."""
        with self.top:
            show_refusal(refusal)
        for name, problem in refusal.problems.items():
            self.slots[name].markdown(f":red[:material/error: {escape(problem)}]")


def draw_person_form(
    form: str,
    fields: Sequence[FormField],
    *,
    submit: str,
    values: Mapping[str, str] | None = None,
    more: Callable[[], None] | None = None,
) -> DrawnForm:
    """Draw the fields with keys `<form>.<name>`; `more` draws further widgets before the button."""
    with st.form(form):
        drawn = DrawnForm(None, st.empty())
        given: dict[str, str] = {}
        for row in _rows(fields):
            columns = st.columns(len(row))
            for column, each in zip(columns, row, strict=True):
                with column:
                    given[each.name] = _draw_field(form, each, (values or {}).get(each.name, ""))
                    drawn.slots[each.name] = st.empty()
        if more is not None:
            more()
        if st.form_submit_button(submit, key=f"{form}.submit", type="primary"):
            drawn.values = given
    return drawn


def _rows(fields: Sequence[FormField]) -> list[list[FormField]]:
    """Wide fields stand alone, the others up to three in a row."""
    rows: list[list[FormField]] = []
    for each in fields:
        is_joining = rows and not each.wide and not rows[-1][0].wide and len(rows[-1]) < 3  # noqa: PLR2004 - three in a row
        is_same_kind = bool(rows) and rows[-1][-1].widget in {each.widget, "prefix"}
        if is_joining and is_same_kind:
            rows[-1].append(each)
        else:
            rows.append([each])
    return rows


def _draw_field(form: str, each: FormField, value: str) -> str:
    key = f"{form}.{each.name}"
    if each.widget == "prefix":
        options = [*PREFIXES, *([value] if value and value not in PREFIXES else [])]
        chosen = st.selectbox(
            each.label,
            options,
            index=options.index(value) if value else None,
            key=key,
            accept_new_options=True,
            placeholder="เลือกหรือพิมพ์",
            help=each.help or None,
        )
        return chosen or ""
    return st.text_input(
        each.label,
        value=value,
        key=key,
        type="password" if each.widget == "password" else "default",
        max_chars=MAX_LENGTH if each.widget == "password" else MAX_NAME,
        help=each.help or None,
        autocomplete=each.autocomplete,
    )
