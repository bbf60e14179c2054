"""Files that come in: a province's register of 2,000 people, a district's filled template.

Prints seconds: of the register by the clock and of the processor, brought in again, put out; of
the template. Run by scenarios.py within an installation that has the demo set.
"""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
from sqlalchemy import select

from data_layer import thai
from data_layer.access import Actor, Role, Scope
from data_layer.clock import now, today
from data_layer.db import bookkeeping, reading
from data_layer.form_files.cells import to_cell
from data_layer.form_files.columns import CODE, template_columns
from data_layer.form_files.guide import ANSWERS
from data_layer.forms import read_answers
from data_layer.models import (
    AuthorityKind,
    AuthorityProfile,
    FormId,
    Office,
    OfficeKind,
    User,
)
from data_layer.services import official_files, templates
from tests.filled_forms import GOOD, form_named
from tests.official_files import file_of, new_row

PROVINCE, DISTRICT, ROUND = "81", "8101", "2563"  # the demo has no authority there
DISTRICTS = ("8101", "8102", "8103", "8104", "8105", "8106", "8107", "8108")
PEOPLE, AUTHORITIES, OF_TEMPLATE = 2_000, 112, 30
POSTS = ("mayor", "deputy_mayor", "deputy_mayor", "mayor_secretary", *("member",) * 14)
ELECTED = date(2025, 3, 30)


def main() -> None:
    """Measure, print."""
    with bookkeeping() as session:
        for number in range(AUTHORITIES):
            session.add(_authority(number))
        session.flush()
        for office in session.scalars(select(Office).where(Office.search_text == "bench")):
            session.add(_profile(office))
    register = file_of(*_rows())
    who = _actor(Role.PROVINCE, Scope(PROVINCE))
    took = _taken(lambda: official_files.take(who, register, "a.xlsx"))
    again = _taken(lambda: official_files.take(who, register, "a.xlsx"))
    out = _taken(lambda: official_files.export(who, None, "xlsx"))
    template = _taken(lambda: official_files.template(who, None))
    filled = _filled()
    officer = _actor(Role.SSO_ADMIN, Scope(PROVINCE, DISTRICT))
    form = FormId.SURVEY
    answers = _taken(lambda: templates.take(officer, form, ROUND, filled, "a.xlsx"))
    figures = (*took, *again, *out, *template, *answers)
    sys.stdout.write(" ".join(f"{each:.3f}" for each in figures) + "\n")


def _taken(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor here and in children."""
    clock, processor = time.perf_counter(), _processor()
    act()
    return time.perf_counter() - clock, _processor() - processor


def _processor() -> float:
    import os  # noqa: PLC0415 - one name of it

    return sum(os.times()[:4])


def _authority(number: int) -> Office:
    """30 in the first district, the others spread."""
    others = DISTRICTS[1:]
    district = DISTRICT if number < OF_TEMPLATE else others[number % len(others)]
    name = f"อบต.ทดสอบ{number}"
    return Office(
        code=f"06{district}{number % 100:02d}",
        kind=OfficeKind.AUTHORITY,
        authority_kind=AuthorityKind.TAO,
        province_code=PROVINCE,
        district_code=district,
        name_th=name,
        sort_key=thai.sort_key(name),
        search_text="bench",
    )


def _profile(office: Office) -> AuthorityProfile:
    return AuthorityProfile(
        office_id=office.id,
        valid_on=today(),
        address="",
        mailbox="",
        villages=POSTS.count("member"),
        recorded_at=now(),
    )


def _rows() -> Iterator[dict[str, Any]]:
    with reading() as session:
        codes = session.scalars(select(Office.code).where(Office.search_text == "bench")).all()
    for number in range(PEOPLE):
        code, post = codes[number // len(POSTS)], POSTS[number % len(POSTS)]
        village = number % len(POSTS) - 3 if post == "member" else None
        more = {
            "constituency": village,
            "elected_on": None if post not in {"mayor", "member"} else ELECTED,
        }
        yield new_row(number, post, office=code, reason="ข้อมูลทดสอบ", **more)


def _filled() -> bytes:
    """The district's template of the survey, filled in by a good clerk."""
    form = form_named("survey")
    answers, _ = read_answers(form, GOOD["survey"])
    officer = _actor(Role.SSO_ADMIN, Scope(PROVINCE, DISTRICT))
    book = openpyxl.load_workbook(BytesIO(templates.template(officer, FormId.SURVEY, ROUND)))
    sheet = book[ANSWERS]
    head = next(row for row in sheet.iter_rows() if row[0].value == CODE)
    places = {cell.value: cell.column for cell in head}
    for row in sheet.iter_rows(min_row=head[0].row + 1):
        if str(row[0].value or "").startswith("06"):
            for column in template_columns(form):
                value = to_cell(column.field, answers.get(column.field.name))
                sheet.cell(row[0].row, places[column.header]).value = value or None
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _actor(role: Role, scope: Scope) -> Actor:
    """Somebody of that scope, as the guard would have found one."""
    with reading() as session:
        user_id = session.scalars(select(User.id).limit(1)).one()
    code = scope.district_code or f"{scope.province_code}00"
    return Actor(user_id, 0, code, code, "", role, scope)


if __name__ == "__main__":
    main()
