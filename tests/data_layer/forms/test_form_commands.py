"""manage.py form check, show and evaluate, as the centre runs them."""

import json

import pytest
from typer.testing import CliRunner

import manage

FORM = """
| survey |              |      |       |            |            |             |
|        | type         | name | label | constraint | constraint_message | calculation |
|        | integer      | a    | ก     | . < 10     | มากไป      |             |
|        | calculate    | b    |       |            |            | ${a} div 4  |
|        | begin_repeat | r    | ร     |            |            |             |
|        | text         | t    | ข     |            |            |             |
|        | end_repeat   |      |       |            |            |             |
"""
COUNTED = """
| survey |              |      |       |              |
|        | type         | name | label | repeat_count |
|        | integer      | a    | ก     |              |
|        | begin_repeat | r    | ร     | ${a}         |
|        | text         | t    | ข     |              |
|        | end_repeat   |      |       |              |
"""


@pytest.fixture
def run(tmp_path):
    def run(command, text, *more, answers=None):
        (tmp_path / "form.md").write_text(text)
        (tmp_path / "answers.json").write_text(json.dumps(answers))
        given = ["--answers", str(tmp_path / "answers.json")] if answers is not None else []
        arguments = ["form", command, str(tmp_path / "form.md"), *given, *more]
        return CliRunner().invoke(manage.cli, arguments)

    return run


def test_check_refuses_with_a_reason_a_line(run):
    done = run("check", FORM.replace("integer ", "barcode ").replace("div", "per"))

    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 2


def test_check_refuses_what_no_page_could_fill(run):
    deep = "| | begin_repeat | {} | ต | | | |\n" * 3
    text = (
        "| survey |\n| | type | name | label | default | | |\n| | file | f | ฟ | x.pdf | | |\n"
        + deep.format("one", "two", "three")
        + "| | text | t | ข | | | |\n"
        + "| | end_repeat | | | | | |\n" * 3
    )

    done = run("check", text)

    assert done.exit_code == 1
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [
        "แผ่น survey แถวที่ 2 คอลัมน์ default",
        "แผ่น survey แถวที่ 5 คอลัมน์ type",
    ]


def test_check_takes_a_usable_form(run):
    assert run("check", FORM).exit_code == 0


def test_show_prints_what_the_engine_sees(run):
    items = json.loads(run("show", FORM).stdout)["fields"]

    assert [(item["name"], item["type"], item.get("in")) for item in items] == [
        ("a", "integer", None),
        ("b", "calculate", None),
        ("r", "repeat", None),
        ("t", "text", ["r"]),
    ]
    assert items[0]["constraint"] == ". < 10"


def test_evaluate_makes_the_rows_of_a_count_and_hides_the_others(run):
    made = json.loads(run("evaluate", COUNTED, answers={"a": 2}).stdout)["relevant"]
    hidden = json.loads(run("evaluate", COUNTED, answers={"a": 1, "r": [{}, {"t": "x"}]}).stdout)

    assert [path for path in made if path.endswith("/t")] == ["r[1]/t", "r[2]/t"]
    assert [hidden["relevant"][path] for path in ("r[1]/t", "r[2]/t")] == [True, False]


def test_evaluate_prints_one_object_of_five(run):
    done = run("evaluate", FORM, answers={"a": 11, "r": [{"t": "x"}]})

    assert json.loads(done.stdout) == {
        "relevant": {"a": True, "b": True, "r": True, "r[1]/t": True},
        "calculated": {"b": 2.75},
        "missing": [],
        "broken": {"a": "มากไป"},
        "warned": {},
    }


def test_evaluate_counts_an_answer_that_is_none_as_broken(run):
    done = run("evaluate", FORM, "--today", "2020-11-23", answers={"a": "many"})

    assert list(json.loads(done.stdout)["broken"]) == ["a"]


@pytest.mark.parametrize("content", [b"[1]", b"7", b"\xff\xfe\x00"])
@pytest.mark.parametrize("option", ["--answers", "--facts"])
def test_answers_or_facts_without_names_are_refused_in_a_sentence(run, tmp_path, option, content):
    (tmp_path / "odd.json").write_bytes(content)

    done = run("evaluate", FORM, option, str(tmp_path / "odd.json"), answers={"a": 1})

    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "ต้องเป็น JSON" in done.stderr
