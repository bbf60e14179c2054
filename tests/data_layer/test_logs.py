"""The log holds nothing personal and cannot be forged. Requirement L03."""

import json
import logging
import re

import pytest

from data_layer import logs

logger = logging.getLogger("phrom.tests")


@pytest.fixture
def lines(capsys):
    """The lines that stderr got, as objects; one line is one object, or it fails."""
    before = logging.root.handlers[:]
    logs.configure()
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    logging.captureWarnings(capture=False)
    logging.root.handlers[:] = before


def raise_from(message):
    raise RuntimeError(message)


@pytest.mark.parametrize(
    "typed",
    [
        'x\n{"level": "INFO", "message": "session.open"}',
        "x\r\nforged",
        "x\x1b[2J\x1b[31m",
        "x\x85forged",
        "x\u2028forged",
        "x\x9b31m",
        "x\u202eforged",
    ],
)
def test_l03_what_somebody_typed_is_one_line_of_printable_ascii(typed, lines, capsys):
    logger.info("typed %s", typed, extra={"typed": typed})

    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert re.fullmatch(r"[\x20-\x7e]+\n", written)
    assert json.loads(written)["message"] == f"typed {typed}"


@pytest.mark.parametrize(
    "personal",
    [
        "1101700230708",
        "1-1017-00230-70-8",
        "1 1017 00230 70 8",
        "๑๑๐๑๗๐๐๒๓๐๗๐๘",
        "0812345678",
        "081-234-5678",
        "042511234",
        "+66 81 234 5678",
        "๐๘๑๒๓๔๕๖๗๘",
        "somchai.j@example.go.th",
        "2f89bd00-ce69-49bc-bc86-c8aa612a6695",  # as Streamlit names a session
    ],
)
def test_numbers_telephones_addresses_and_sessions_are_masked_wherever_they_stand(personal, lines):
    logger.info("of %s.", personal, extra={"who": {"deep": [personal]}, personal: 1})
    logs.error_number(_caught(f"of {personal}"))

    said = json.dumps(lines(), ensure_ascii=False)
    assert personal not in said
    assert re.search(r"\[(13 digits|phone|email|session)\]", said)


def test_a_number_that_was_given_as_a_number_is_masked_too(lines):
    logger.info("done", extra={"citizen": 1101700230708, "rows": 955, "share": 0.25, "ok": True})

    (line,) = lines()
    assert line["extra"] == {"citizen": "[13 digits]", "rows": 955, "share": 0.25, "ok": True}


@pytest.mark.parametrize("harmless", ["4805", "06480501", "2026-11-23", "127.0.0.1", "12,345"])
def test_codes_days_and_addresses_of_machines_stay_readable(harmless, lines):
    logger.info("%s", harmless)

    assert lines()[0]["message"] == harmless


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://phrom:s3cret@db:5432/phrom",
        "host=db user=phrom password=s3cret dbname=phrom",
    ],
)
def test_a_traceback_is_kept_without_the_password_of_the_database(address, lines):
    logs.error_number(_caught(f"cannot reach {address}"))

    (line,) = lines()
    assert "s3cret" not in json.dumps(line)
    assert "raise_from" in line["traceback"]
    assert "RuntimeError: cannot reach" in line["traceback"]


def test_an_unexpected_error_has_a_short_number_that_finds_its_line(lines):
    numbers = {logs.error_number(_caught("boom")) for _ in range(50)}

    assert len(numbers) == 50
    assert all(re.fullmatch(r"E-[2-9A-HJKMNP-Z]{6}", number) for number in numbers)
    assert {line["extra"]["number"] for line in lines()} == numbers


def test_a_line_says_when_how_grave_and_who_speaks(lines):
    logger.warning("slow")

    (line,) = lines()
    assert line.keys() == {"at", "level", "logger", "message"}
    assert (line["level"], line["logger"], line["message"]) == ("WARNING", "phrom.tests", "slow")
    assert line["at"].endswith("+00:00")


def test_a_library_that_prints_by_itself_speaks_through_the_log(lines, capsys):
    library = logging.getLogger("phrom.a_library")
    library.propagate = False
    library.addHandler(logging.StreamHandler())

    logs.configure()
    library.error("of 1101700230708")

    (line,) = lines()
    assert line["message"] == "of [13 digits]"


def _caught(message):
    try:
        raise_from(message)
    except RuntimeError as problem:
        return problem
