"""manage.py says in sentences what it cannot do, and ends with exit code 1."""

from datetime import date

import pytest
from alembic.command import downgrade
from typer.testing import CliRunner

import manage
from data_layer import schema
from data_layer.config import config
from data_layer.models import FormId
from data_layer.services import offices
from tests import rounds

HEADER = ",".join(offices.LIST_COLUMNS.values())


@pytest.fixture
def run(database, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments, **more):
        return CliRunner().invoke(manage.cli, arguments, **more)

    return run


def refused(done):
    """The sentences of a command that was refused."""
    assert isinstance(done.exception, SystemExit)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


@pytest.mark.parametrize(
    "command",
    [
        ("demo", "--json"),
        ("verify",),
        ("export", "not-registered", "--out", "x.csv"),
    ],
)
def test_before_the_set_up_a_command_says_how_to_set_up(run, command):
    downgrade(schema.alembic_config(), "base")

    (sentence,) = refused(run(*command))

    assert "manage.py init" in sentence


@pytest.mark.parametrize(
    "command",
    [
        ("not-registered",),
        ("officials",),
        ("answers", "--form", "survey", "--round", "2563"),
    ],
)
def test_an_export_of_a_province_that_is_none_is_refused_in_a_sentence(run, tmp_path, command):
    (sentence,) = refused(run("export", *command, "--province", "99", "--out", "x.csv"))

    assert "ไม่มีจังหวัดรหัส “99”" in sentence
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize(
    ("form", "code", "named"),
    [
        ("budget", "2569", ["“budget”", "survey", "readiness"]),
        ("survey", "2500", ["“2500”", "แบบสำรวจข้อมูลพื้นฐาน", "2570, 2569"]),
        ("readiness", "2570", ["“2570”", "แบบสำรวจความพร้อมการเลือกตั้ง", "รอบที่มี: 2569"]),
    ],
)
def test_answers_to_no_form_or_of_no_round_are_refused_with_what_there_is(run, form, code, named):
    rounds.stand()
    rounds.plan(code="2570", opens=date(2026, 11, 2), forms=(FormId.SURVEY,))

    asked = ("export", "answers", "--form", form, "--round", code, "--out", "x.csv")
    (sentence,) = refused(run(*asked))

    assert all(each in sentence for each in named)
    assert "โหลดหน้า" not in sentence


def test_before_the_first_round_there_are_no_answers_and_it_is_said(run):
    (sentence,) = refused(
        run("export", "answers", "--form", "survey", "--round", "2569", "--out", "x")
    )

    assert sentence.endswith("รอบที่มี: ยังไม่มี")


def test_a_province_may_be_typed_in_thai_digits(run, tmp_path):
    done = run("export", "not-registered", "--province", "๔๘", "--out", "x.csv")

    assert done.exit_code == 0
    assert "จังหวัดนครพนม" in (tmp_path / "x.csv").read_text("utf-8-sig")


def test_a_file_that_cannot_be_written_is_named(run):
    (sentence,) = refused(run("export", "not-registered", "--out", "nowhere/x.csv"))

    assert "nowhere/x.csv" in sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", b""),
        ("list.csv", b"code,name\n1,2\n"),
        ("list.docx", b"PK"),
        ("list.xlsx", HEADER.encode()),
        ("list.csv", None),
        ("list.csv", f"{HEADER}\n1,2,3,,,\n".encode()),
    ],
)
def test_a_file_of_authorities_that_cannot_be_taken_is_refused_in_sentences(
    run, tmp_path, name, content
):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    assert refused(run("import-offices", name))


def test_a_supervisor_with_wrong_data_is_told_what_is_wrong_with_each(run):
    wrong = ["--citizen-id", "1", "--prefix", "นาย", "--first-name", "ก", "--last-name", "ข"]
    more = ["--position", "ค", "--phone", "12", "--email", "x"]

    told = refused(run("create-supervisor", "--office", "0000", *wrong, *more))

    assert [line.partition(":")[0] for line in told] == ["citizen_id", "phone", "email"]


@pytest.mark.parametrize(
    ("name", "value", "takes"),
    [
        ("ONBOARDING", "foo", "approval, letter, one-time-code"),
        ("PORT", "abc", "8501"),
        ("PORT", "99999", "8501"),
        ("CIRCULAR_DATE", "16/12/2563", "2020-12-16"),
        ("DATABASE_URL", "foo:secret", "sqlite:///"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_takes(run, monkeypatch, name, value, takes):
    monkeypatch.setenv(name, value)
    config.cache_clear()

    (sentence,) = refused(run("verify"))

    assert f"setting {name} " in sentence
    assert takes in sentence
    assert "secret" not in sentence
