"""The rules of the house, read from the code itself (design.md, Direction)."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("auth", "data_layer", "pages")
SOURCES = sorted(
    [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    + [ROOT / "app.py", ROOT / "manage.py"]
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
PUBLIC = {"navigation", "sign_in", "find_office", "guide"}  # what nobody needs a right for
MAX_FILE, MAX_FUNCTION, MAX_PAGE = 400, 40, 60
# test_w04_what_people_write_is_shown_letter_by_letter looks at what they draw
WRITES_HTML = {f"pages/components/{name}.py" for name in ("figures", "layout", "panels")}
FORBIDDEN_IN_PAGES = ("sqlalchemy", "data_layer.models", "data_layer.queries", "data_layer.db")


def name_of(path):
    return str(path.relative_to(ROOT))


def tree(path):
    return ast.parse(path.read_text(), filename=str(path))


def imports(path):
    """Every module that the file imports, at its head or inside a function."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports_any(path, *modules):
    return [
        found
        for found in imports(path)
        if any(found == module or found.startswith(f"{module}.") for module in modules)
    ]


def under(*folders):
    return [path for path in SOURCES if name_of(path).startswith(folders)]


every_source = pytest.mark.parametrize("path", SOURCES, ids=name_of)
every_file = pytest.mark.parametrize("path", SOURCES + TESTS, ids=name_of)
every_page = pytest.mark.parametrize("path", PAGES, ids=name_of)


@pytest.mark.parametrize("path", under("data_layer/"), ids=name_of)
def test_1_the_data_layer_knows_neither_auth_nor_pages_nor_streamlit(path):
    assert not imports_any(path, "auth", "pages", "streamlit", "streamlit_authenticator")


@pytest.mark.parametrize("path", under("auth/"), ids=name_of)
def test_2_auth_knows_no_page_and_asks_services_only(path):
    assert not imports_any(path, "pages", "sqlalchemy", "data_layer.models", "data_layer.queries")


@pytest.mark.parametrize(
    "path",
    [path for path in under("auth/") if path.name not in {"session.py", "authenticator.py"}],
    ids=name_of,
)
def test_2_only_the_two_ends_of_auth_that_stand_in_a_run_know_streamlit(path):
    assert not imports_any(path, "streamlit")


@every_page
def test_3_a_page_calls_services_and_never_the_database(path):
    assert not imports_any(path, *FORBIDDEN_IN_PAGES)


@pytest.mark.parametrize("path", under("pages/components/"), ids=name_of)
def test_4_a_component_draws_what_it_is_given(path):
    assert not imports_any(path, "auth", "data_layer.services", *FORBIDDEN_IN_PAGES)


@pytest.mark.parametrize("path", under("pages/"), ids=name_of)
def test_5_no_page_is_imported(path):
    names = [f"pages.{page.stem}" for page in PAGES]

    assert not imports_any(path, *names)


@every_page
def test_6_a_page_is_short_and_defines_nothing(path):
    defined = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]

    assert not defined
    assert len(path.read_text().splitlines()) <= MAX_PAGE


@pytest.mark.parametrize("path", [p for p in PAGES if p.stem not in PUBLIC], ids=name_of)
def test_6_the_first_statement_of_a_page_asks_for_its_right(path):
    body = [
        node
        for node in tree(path).body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]

    assert re.match(
        r"(\w+ = )?require_(actor\('[a-z_]+\.[a-z_]+'\)|claimant\(\))$", ast.unparse(body[0])
    )


@every_source
def test_nothing_is_printed_but_by_the_command_line(path):
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]

    assert not [call for call in calls if ast.unparse(call.func) == "print"]


@every_file
def test_nobody_catches_everything_and_keeps_it(path):
    for handler in (node for node in ast.walk(tree(path)) if isinstance(node, ast.ExceptHandler)):
        caught = ast.unparse(handler.type) if handler.type else "Exception"
        passes_on = ast.unparse(handler.body[-1]) == "raise"
        assert passes_on or caught not in {"Exception", "BaseException"}


@every_source
def test_html_is_written_where_every_word_of_it_is_escaped_and_nowhere_else(path):
    for call in (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)):
        assert not [each.arg for each in call.keywords if str(each.arg).startswith("unsafe")]
        if isinstance(call.func, ast.Attribute) and call.func.attr == "html":
            assert name_of(path) in WRITES_HTML


@every_source
def test_no_list_to_choose_from_says_select_all_in_english(path):
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    lists = [call for call in calls if ast.unparse(call.func).endswith(".multiselect")]

    assert all(
        {"placeholder", "select_all"} <= {each.arg for each in call.keywords} for call in lists
    )


@every_source
def test_nothing_is_shown_in_a_dialog(path):
    """layout.css hides them: Streamlit has its own, in English, for a line that is gone."""
    named = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)]

    assert "st.dialog" not in map(ast.unparse, named)


@pytest.mark.parametrize("path", sorted(ROOT.glob("pages/**/*.css")), ids=name_of)
def test_no_style_of_the_screen_hangs_on_what_is_anywhere_in_the_page(path):
    """Where one does, each element that a chart adds styles the whole page anew."""
    screen = re.sub(
        r"/\*.*?\*/", "", path.read_text().partition("@media print")[0], flags=re.DOTALL
    )
    assert not re.search(r"(\.stApp|body|html|:root):has\(", screen)


@every_file
def test_files_and_functions_stay_readable(path):
    longest = max(
        (
            node.end_lineno - node.lineno + 1
            for node in ast.walk(tree(path))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and not name_of(path).startswith(("data_layer/migrations", "tests"))
        ),
        default=0,
    )

    assert len(path.read_text().splitlines()) <= MAX_FILE
    assert longest <= MAX_FUNCTION


def tracked():
    git = shutil.which("git")
    listed = subprocess.run(  # noqa: S603 - our own repository
        [git, "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_of(path):
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_folder_of_somebodys_machine():
    # instance('x')/root/item is a path inside a form
    machine = re.compile(r"(?<!\))/(?:work/(?:main|shared)|home/[a-z]+|Users/[a-z]+|ro" + "ot)/")

    assert [name_of(path) for path in tracked() if machine.search(text_of(path))] == []


def test_c04_no_key_or_password_stands_in_the_repository():
    secret = re.compile(
        "|".join(
            [
                "-----BEGIN [A-Z ]*PRIVATE" + " KEY-----",
                r"\bAKIA[0-9A-Z]{16}\b",
                r"\bgh[pousr]_[A-Za-z0-9]{36}\b",
                r"\b[0-9a-f]{64}\b",  # a key of ours is 32 bytes in hex
                r"\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]{20}",
            ]
        )
    )
    kept = [path for path in tracked() if path.suffix not in {".txt", ".lock", ".png", ".svg"}]

    assert [name_of(path) for path in kept if secret.search(text_of(path))] == []
    assert not [path for path in tracked() if path.suffix in {".keys", ".db", ".pem"}]


def test_no_real_looking_citizen_id_stands_in_the_repository():
    # the one number of the public examples, used to try refusals and masking
    example = {"1101700230708"}
    number = re.compile(r"(?<![\d.])[1-8]\d{12}(?!\d)")

    for path in tracked():
        if path.suffix in {".py", ".md", ".csv", ".json", ".yml"}:
            found = {each for each in number.findall(text_of(path)) if each[1:5] != "9999"}
            valid = {each for each in found - example if _is_citizen_id(each)}
            assert valid == set(), name_of(path)


def _is_citizen_id(digits):
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(13, 1, -1), strict=False)
    )
    return int(digits[-1]) == (11 - total % 11) % 10


def test_the_directions_hold_for_what_is_imported_by_what_is_imported_too():
    lint = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run(  # noqa: S603 - a tool of ours
        [lint, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.xdist_group("house")
def test_what_is_of_one_group_runs_in_one_process(request, worker_id):
    # pytest-xdist sorts by what it appends to the names of tests: without it servers, browsers and
    # demo sets are set up once in each process, silently
    assert worker_id == "master" or request.node.nodeid.endswith("@house")
