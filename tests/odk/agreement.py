"""`make odk`: our evaluator against ODK's own, on random answers; every difference is printed.

Exit 1 when there is one that differences.json does not name. Needs Node and `npm install` in this
folder. The engine runs in UTC and both clocks stand at this day's noon there: at night today() is
another day in Thailand.
"""

import json
import math
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from data_layer.forms import begin, evaluate, office_facts, open_form, read_answers
from data_layer.forms.conversion import converted
from tests.odk.answering import generator, random_answers

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = 60
NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
FACTS = dict.fromkeys(office_facts(), "") | {"population": "4200", "kind": "tao", "seats": "6"}


def main(files):
    wanted = json.loads((HERE / "differences.json").read_text())
    unexpected = 0
    for file in files or own_forms():
        found = differences(Path(file))
        reasons = {
            each["field"]: each["reason"] for each in wanted if each["form"] == Path(file).stem
        }
        for (aspect, name), examples in found.items():
            reason = reasons.get(name)
            unexpected += reason is None
            say(f"{Path(file).name} {aspect} {name}: {len(examples)} x, e.g. {examples[0]}")
            say(f"    {'wanted: ' + reason if reason else 'NOT EXPECTED'}")
        for name in reasons.keys() - {name for _, name in found}:
            say(f"{Path(file).name} {name}: differences.json names it, but nothing differs")
        say(f"{Path(file).name}: {CASES} sets of answers compared")
    return 1 if unexpected else 0


def own_forms():
    """The forms that exercise each function, and the built-in ones."""
    built_in = [ROOT / "sample_data/forms" / f"{name}.md" for name in ("survey", "readiness")]
    return [*sorted(HERE.glob("forms/*.md")), *built_in]


def differences(file):
    """By (aspect, field): the examples, each path, ours, theirs, the answers."""
    form = open_form(file.read_bytes(), file.name)
    rng = generator(file.name)
    cases = [random_answers(rng, form.children) for _ in range(CASES)]
    found = {}
    for case, theirs in zip(cases, ask_odk(form, cases), strict=True):
        for aspect, path, our, their in compared(evaluated(form, case), theirs):
            name = path.rpartition("/")[2]
            found.setdefault((aspect, name), []).append((path, our, their, case))
    return found


def evaluated(form, case):
    answers, problems = read_answers(form, case)
    assert problems == {}, problems
    started = begin(form, answers, now=NOON, facts=FACTS)
    return evaluate(form, started, now=NOON, facts=FACTS)


def compared(ours, theirs):
    values = {node.path: node.text for nodes in ours._document.nodes.values() for node in nodes}
    for path in ours.relevant.keys() | theirs["relevant"].keys():
        our, their = ours.relevant.get(path), theirs["relevant"].get(path)
        if is_known(ours, path) and bool(our) != bool(their):  # a row that is not there is hidden
            yield "relevant", path, our, their
    for path, value in theirs["calculated"].items():
        if is_known(ours, path) and not same(values.get(path), value):
            yield "value", path, values.get(path), value
    for path in set(ours.missing) ^ set(theirs["missing"]):
        yield "missing", path, path in ours.missing, path in theirs["missing"]
    for path in set(ours.broken) ^ set(theirs["broken"]):
        yield "broken", path, ours.broken.get(path), theirs["broken"].get(path)


def is_known(ours, path):
    """Whether it is of the form, and not the field that pyxform makes of a repeat_count."""
    return not path.endswith("_count") or path.rpartition("/")[2] in ours._form.items


def same(our, their):
    if our == their:
        return True
    try:
        return math.isclose(float(our), float(their), rel_tol=1e-12, abs_tol=1e-12)
    except (TypeError, ValueError):
        return False


def ask_odk(form, cases):
    office = ",".join(FACTS) + "\n" + ",".join(FACTS.values()) + "\n"
    question = {
        "xform": converted(form.sheets).xform,
        "office": office,
        "cases": cases,
        "now": int(NOON.timestamp() * 1000),
    }
    done = subprocess.run(  # noqa: S603 - our own script
        [shutil.which("node"), "engine.mjs"],
        cwd=HERE,
        input=json.dumps(question),
        env=os.environ | {"TZ": "UTC"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2_000:])
    return json.loads(done.stdout)


def say(line):
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
