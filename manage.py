"""The command line: one thin function per command. `python manage.py --help` lists them."""

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NoReturn

import typer
from sqlalchemy.exc import ProgrammingError
from typer.core import TyperGroup

from data_layer import clock, schema, seed
from data_layer import demo as demo_set
from data_layer.clock import THAI_TIME
from data_layer.config import ROOT, SETTINGS, BadSetting, Onboarding, config
from data_layer.db import DatabaseAway
from data_layer.errors import DomainError, InvalidFields
from data_layer.keys import KeysUnusable
from data_layer.services import health

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data_layer import forms


class NotNamed(DomainError):
    """A file of answers or facts that is no JSON object in UTF-8."""

    text: ClassVar[str] = 'ไฟล์นี้ต้องเป็น JSON แบบ UTF-8 ที่มีชื่อช่องกับคำตอบ เช่น {{"staff_count": 42}}'


class NotSetUp(DomainError):
    """The database has no tables, or those of an earlier version."""

    text: ClassVar[str] = "ฐานข้อมูลนี้ยังไม่ได้ติดตั้งหรือยังไม่เป็นรุ่นล่าสุด โปรดสั่ง manage.py init ก่อน แล้วสั่งใหม่"


class Sentences(TyperGroup):
    """Whatever is refused ends in sentences on stderr and exit code 1, not in a traceback."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # its own Context
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # whom we tell has gone: `| head`
            raise
        except ProgrammingError:  # so PostgreSQL tells that a table is missing
            if not _is_behind():
                raise
            _refuse(NotSetUp())
        except (DomainError, BadSetting, KeysUnusable, OSError, json.JSONDecodeError) as problem:
            _refuse(problem)


def _refuse(problem: Exception) -> NoReturn:
    for sentence in _sentences(problem):
        typer.echo(sentence, err=True)
    raise typer.Exit(1) from None


def _sentences(problem: Exception) -> "Iterator[object]":
    if isinstance(problem, InvalidFields):
        yield from (f"{field}: {each}" for field, each in problem.problems.items())
    elif isinstance(problem, OSError):
        yield f"เปิดหรือเขียนไฟล์ไม่ได้: {problem.filename or ''} ({problem.strerror})"
    elif isinstance(problem, json.JSONDecodeError):
        yield f"ไฟล์คำตอบไม่ใช่ JSON ที่ถูกต้อง: {problem}"
    elif isinstance(problem, DatabaseAway) and _is_behind():
        yield NotSetUp()
    else:
        yield problem


def _is_behind() -> bool:
    return health.state()["database"] == "behind"


def _province(typed: str | None) -> str | None:
    """The province of an option; without it the country."""
    from data_layer.services import appointments, dashboards  # noqa: PLC0415

    return typed and dashboards.province_code(appointments.OPERATOR, typed)


Province = Annotated[
    str | None, typer.Option(callback=_province, help="PP; without it the country")
]
cli = typer.Typer(
    cls=Sentences, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
export_cli = typer.Typer(no_args_is_help=True)
cli.add_typer(export_cli, name="export", help="write the file of a panel, as its button does")
form_cli = typer.Typer(no_args_is_help=True)
cli.add_typer(form_cli, name="form", help="look at an XLSForm, .xlsx or Markdown tables")


@cli.command()
def init() -> None:
    """Make keys, database and offices; pack what browsers load. Safe to repeat."""
    schema.ensure_keys()
    typer.echo("database: migrating …")
    schema.migrate()
    schema.prove_keys()
    if added := seed.seed_offices():
        typer.echo(f"offices: {added} loaded (76 provinces, 878 districts, real codes)")
    if added := seed.seed_forms():
        typer.echo(f"forms: {added} loaded (survey, readiness)")
    pack()


@cli.command()
def pack() -> None:
    """Copy fonts and plotly.js, compress what browsers load; quick when it was done before."""
    from pages.delivery import packing  # noqa: PLC0415 - the other commands need no Streamlit

    packing.copy_own()
    packing.pack(report=typer.echo)


@cli.command()
def demo(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Load the made-up people once; print the demo accounts."""
    is_new = demo_set.load()
    if as_json:
        typer.echo(json.dumps(demo_set.accounts_json(), ensure_ascii=False, indent=1))
        return
    typer.echo("demo set: loaded" if is_new else "demo set: stands already")
    typer.echo(f"  {'role':<10} {'office':<7} {'username':<14} password")
    for account in demo_set.demo_accounts():
        typer.echo(
            f"  {account.role:<10} {account.office:<7} {account.username:<14} {account.password}"
        )


@cli.command()
def run() -> None:
    """Set up what is missing, then serve until stopped (Ctrl-C)."""
    init()
    if config().demo:
        demo()
    typer.echo(f"open {config().public_url} (first sign-in of an office: {_first_sign_in()})")
    sys.stdout.flush()
    os.chdir(ROOT)
    arguments = [
        *(sys.executable, "-m", "streamlit", "run", "app.py"),
        *("--server.port", str(config().port)),
        *sys.argv[2:],
    ]
    os.execv(sys.executable, arguments)  # noqa: S606 - our own interpreter and file


def _first_sign_in() -> str:
    """What an office comes in by on this server."""
    if config().onboarding is Onboarding.ONE_TIME_CODE:
        return (
            "code 4807, and a one-time code that its province issues on the page of registrations"
        )
    return "code 4807, 123456"


@cli.command()
def settings() -> None:
    """List the settings that the environment may hold."""
    for name, default, text in SETTINGS:
        typer.echo(f"{name:<14} {default:<32} {text}")


@cli.command()
def create_supervisor(
    office: Annotated[str, typer.Option(help="0000 the department, PP00 a province")],
    citizen_id: Annotated[str, typer.Option(prompt=True)],
    prefix: Annotated[str, typer.Option(prompt=True)],
    first_name: Annotated[str, typer.Option(prompt=True)],
    last_name: Annotated[str, typer.Option(prompt=True)],
    position: Annotated[str, typer.Option(prompt=True)],
    phone: Annotated[str, typer.Option(prompt=True)],
    email: Annotated[str, typer.Option(prompt=True)],
) -> None:
    """Create a central or province supervisor; prints the one-time password."""
    from data_layer.services import appointments  # noqa: PLC0415 - pulls the password estimator

    given = {
        "citizen_id": citizen_id,
        "prefix": prefix,
        "first_name": first_name,
        "last_name": last_name,
        "position": position,
        "phone": phone,
        "email": email,
    }
    typer.echo(f"one-time password (24 hours): {appointments.appoint(office, given)}")


@cli.command()
def import_offices(file: Path) -> None:
    """Load the department's list of local authorities (CSV or XLSX); all of it or nothing."""
    from data_layer.services import appointments, offices  # noqa: PLC0415

    preview = offices.preview_list(appointments.OPERATOR, file.read_bytes(), file.name)
    for row, column, problem in preview.problems.itertuples(index=False):
        typer.echo(f"แถวที่ {row} {column}: {problem}", err=True)
    if not preview.is_ready:
        raise typer.Exit(1)
    changed = offices.import_list(appointments.OPERATOR, file.read_bytes(), file.name)
    typer.echo(f"{changed} changed, {preview.unchanged} unchanged")


@cli.command()
def rotate_keys() -> None:
    """Make a new key and seal all personal data anew under it; stop the server first."""
    from data_layer import rotation  # noqa: PLC0415

    typer.echo(f"{rotation.rotate()} values sealed anew; back up {config().keys_file} again")


@cli.command()
def verify() -> None:
    """Check that the keys are right and that no audit entry was altered or taken away."""
    from data_layer.audit import broken_entries  # noqa: PLC0415
    from data_layer.db import reading  # noqa: PLC0415

    schema.prove_keys()
    with reading() as session:
        broken = list(broken_entries(session))
    if broken:
        typer.echo(f"altered audit entries: {broken}", err=True)
        raise typer.Exit(1)
    typer.echo("keys and audit entries are right")


@export_cli.command("not-registered")
def export_not_registered(
    out: Annotated[Path, typer.Option()],
    province: Province = None,
    form: Annotated[str, typer.Option("--format", help="csv or xlsx")] = "csv",
) -> None:
    """The offices that have not registered on SSO."""
    from data_layer.services import appointments, exports  # noqa: PLC0415

    content = exports.export(appointments.OPERATOR, "not_registered", province, _chosen(form))
    out.write_bytes(content)


def _chosen(file_format: str) -> Literal["csv", "xlsx"]:
    if file_format not in {"csv", "xlsx"}:
        message = "--format takes csv or xlsx"
        raise typer.BadParameter(message)
    return "csv" if file_format == "csv" else "xlsx"


@export_cli.command("answers")
def export_answers(
    form_id: Annotated[str, typer.Option("--form", help="survey or readiness")],
    round_code: Annotated[str, typer.Option("--round", help="2563")],
    out: Annotated[Path, typer.Option()],
    province: Province = None,
    file_format: Annotated[str, typer.Option("--format", help="csv or xlsx")] = "csv",
) -> None:
    """The answers of a form in a round."""
    from data_layer.services import answers, appointments, records  # noqa: PLC0415

    form = records.form_named(form_id)
    content = answers.export(
        appointments.OPERATOR, form, round_code, province, _chosen(file_format)
    )
    out.write_bytes(content)


@export_cli.command("officials")
def export_officials(
    out: Annotated[Path, typer.Option()],
    province: Province = None,
    file_format: Annotated[str, typer.Option("--format", help="csv or xlsx")] = "csv",
) -> None:
    """The register of executives and councillors, citizen ids masked."""
    from data_layer.services import appointments, official_files  # noqa: PLC0415

    content = official_files.export(appointments.OPERATOR, province, _chosen(file_format))
    out.write_bytes(content)


@form_cli.command("check")
def check_form(file: Path) -> None:
    """Tell whether an XLSForm is usable: exit 0, or 1 with the reasons, one a line."""
    from data_layer.services import form_versions  # noqa: PLC0415

    form = _opened(file)
    _stop_at(list(form_versions.not_fillable(form)))
    for notice in form.notices:
        typer.echo(f"หมายเหตุ {notice}")


@form_cli.command("show")
def show_form(file: Path) -> None:
    """Print the fields of an XLSForm as the engine sees them."""
    from data_layer import forms  # noqa: PLC0415 - pyxform takes a second to load

    typer.echo(json.dumps(forms.form_json(_opened(file)), ensure_ascii=False, indent=1))


@form_cli.command("evaluate")
def evaluate_form(
    file: Path,
    answers: Annotated[Path, typer.Option(help="JSON: answers by field name")],
    facts: Annotated[Path | None, typer.Option(help="JSON: facts of the office")] = None,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
) -> None:
    """Print what the rules of an XLSForm say of some answers; defaults fill what is left out."""
    from data_layer import forms  # noqa: PLC0415

    form = _opened(file)
    now = today.replace(hour=12, tzinfo=THAI_TIME) if today else clock.now()
    office = _object_in(facts) if facts else {}
    given = _object_in(answers)
    found, problems = forms.read_answers(form, given)
    started = forms.begin(form, found, now=now, facts=office)
    # a default is no stand-in for an answer that is empty or wrong
    kept = {name: value for name, value in started.items() if name in found or name not in given}
    evaluation = forms.evaluate(form, kept, now=now, facts=office)
    typer.echo(json.dumps(forms.evaluation_json(evaluation, problems), ensure_ascii=False))


def _object_in(file: Path) -> dict[str, object]:
    """What a file of JSON says by name. Raises NotNamed, JSONDecodeError."""
    try:
        found = json.loads(file.read_bytes())
    except UnicodeDecodeError:
        raise NotNamed from None
    if not isinstance(found, dict):
        raise NotNamed
    return found


def _opened(file: Path) -> "forms.Form":
    from data_layer import forms  # noqa: PLC0415

    try:
        return forms.open_form(file.read_bytes(), file.name)
    except forms.FormRefused as refused:
        _stop_at(refused.problems)
        raise


def _stop_at(problems: "Sequence[forms.Problem]") -> None:
    """Say each and end there; nothing when there are none."""
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1) from None


if __name__ == "__main__":
    cli()
