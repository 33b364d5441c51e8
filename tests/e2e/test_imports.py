"""What each command imports: start-up is paid by whoever needs it. All of them run in forks of one process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping

import pytest

SPECS = (
    "attributes: {contact: {plan: {type: string, description: Plan}}}\n"
    "segments: {pro: {rule: plan = pro, publish: [tag]}}\n"
)
# Runs each command of each group in a fork, and prints for each its exit code and the modules that are loaded. What
# stands before a group is run in the process itself, and lies behind all the commands that come after it.
PROBE = """
import contextlib, io, json, os, sys

def run(command):
    from intercom_iac import cli

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return cli.run(command.split())

found = {}
for before, commands in json.loads(sys.argv[1]):
    if before is not None:
        run(before)
    for command in commands:
        reading, writing = os.pipe()
        if os.fork() == 0:
            code = run(command)
            os.write(writing, json.dumps([code, sorted(sys.modules)]).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as answer:
            found[command] = json.loads(answer.read())
        os.wait()
print(json.dumps(found))
"""
LIBRARIES = (
    "click",
    "pydantic",
    "yaml",
    "lark",
    "httpx",
    "httpcore",
    "jsonschema",
    "jinja2",
    "duckdb",
    "uvicorn",
    "msgspec",
)
ROOMS = ("auditing", "planning", "workspace", "sandbox", "breaking", "applying", "preview", "rules", "drift")
SPECS_NEED = {"click", "yaml", "rules"}
LIVE_NEEDS = {*SPECS_NEED, "httpx", "httpcore", "workspace", "sandbox"}

# Command -> all of those that it may load.
ALLOWED: Mapping[str, set[str]] = {
    "explain SPEC101": {"click"},
    "schema plan": {"click", "planning", "rules"},
    "show plan.json": {"click", "planning", "rules"},
    "show plan.json --format json": {"click", "planning", "rules"},
    "show plan.json --format markdown": {"click", "planning", "rules"},
    "show plan.json --format html": {"click", "planning", "rules", "jinja2"},
    "check": SPECS_NEED,
    "check --format json": SPECS_NEED,
    "check --format sarif": SPECS_NEED,
    "check --format github": SPECS_NEED,
    "check --format gitlab": SPECS_NEED,
    "check --format junit": SPECS_NEED,
    "fmt --check": SPECS_NEED,
    "explain attribute.contact.plan": SPECS_NEED,
    "mv attribute.contact.plan tier --dry-run": SPECS_NEED,
    "segment list": SPECS_NEED,
    "generate typescript --out web": SPECS_NEED,
    "generate python --out data": SPECS_NEED,
    "segment compile --to dbt --out models": SPECS_NEED,
    "rule compile plan=pro": SPECS_NEED,
    "rule compile plan=pro --to sql": SPECS_NEED,
    "rule compile plan=pro --to english": SPECS_NEED,
    "rule compile --from json rule.json --to english": SPECS_NEED,
    "rule relate plan=pro": SPECS_NEED,
    "rule relate plan=pro plan=free --format json": SPECS_NEED,
    "segment relate": SPECS_NEED,
    "segment relate --format html": {*SPECS_NEED, "jinja2"},
    "segment test": SPECS_NEED,
    "segment test --generate": SPECS_NEED,
    "segment test --mutation": SPECS_NEED,
    "schema relate": {"click"},
    "schema rule": {"click", "rules"},
    "breaking --against-folder before": {*SPECS_NEED, "breaking"},
    "audit": {*LIVE_NEEDS, "auditing"},
    "audit --format json": {*LIVE_NEEDS, "auditing"},
    "audit --format html": {*LIVE_NEEDS, "auditing", "jinja2"},
    "schema audit": {"click", "auditing", "rules"},
    "schema drift": {"click", "drift"},
    "schema payload": {"click"},
    "schema contact": SPECS_NEED,
    "schema openapi": SPECS_NEED,
    "payload check records.ndjson --kind contact": {*SPECS_NEED, "msgspec"},
    "payload check records.csv --kind contact --format json": {*SPECS_NEED, "msgspec"},
    # The journal of an apply that was cut off is told.
    "import --dry-run": {*LIVE_NEEDS, "planning", "auditing"},
    "plan": {*LIVE_NEEDS, "planning", "applying"},
    "apply plan.json": {*LIVE_NEEDS, "planning", "applying"},
    "promote --from sandbox --to other": {*LIVE_NEEDS, "planning", "applying"},
    "diff -w sandbox -w other": {*LIVE_NEEDS, "planning", "applying"},
    "sync contacts records.csv --dry-run": {*LIVE_NEEDS, "duckdb"},
    "schema sync": {"click"},
    "usages": SPECS_NEED,
    "usages --format json": SPECS_NEED,
    "schema usages": {"click"},
    # What is applied has not drifted.
    "drift": {*LIVE_NEEDS, "drift", "auditing"},
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[int, set[str]]]:
    root = tmp_path_factory.mktemp("project")
    project = (
        "version: 1\ndefault_workspace: sandbox\n"
        "workspaces: {sandbox: {sandbox: sandbox.db}, other: {sandbox: other.db}}\n"
    )
    for folder in (root, root / "before"):
        (folder / "specs").mkdir(parents=True)
        (folder / "intercom-iac.yaml").write_text(project)
        (folder / "specs" / "a.yaml").write_text(f"version: 1\n{SPECS}")

    (root / "records.ndjson").write_text('{"external_id": "u1"}\n')
    (root / "records.csv").write_text("external_id,plan\nu1,pro\n")

    def python(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=root, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    python("-m", "intercom_iac", "plan", "--out", "plan.json")
    (root / "rule.json").write_text(
        python("-m", "intercom_iac", "rule", "compile", "plan=pro", "--to", "tree")
    )
    # What `check` loads, any command may load that reads the specs: they are spared to load it again.
    reading = [command for command in ALLOWED if ALLOWED[command] >= SPECS_NEED and command != "check"]
    others = [command for command in ALLOWED if command not in reading]
    found = json.loads(python("-c", PROBE, json.dumps([(None, others), ("check", reading)])))
    return {command: (code, set(modules)) for command, (code, modules) in found.items()}


@pytest.mark.parametrize("command", ALLOWED)
def test_a_command_loads_what_it_needs(loaded: Mapping[str, tuple[int, set[str]]], command: str) -> None:
    code, modules = loaded[command]
    assert code == 0
    heavy = {name for name in LIBRARIES if name in modules}
    heavy |= {room for room in ROOMS if any(each.startswith(f"intercom_iac.{room}.") for each in modules)}
    assert heavy <= ALLOWED[command]


@pytest.mark.parametrize("command", ["check", "plan"])
def test_what_edits_files_is_loaded_where_something_is_edited(
    loaded: Mapping[str, tuple[int, set[str]]], command: str
) -> None:
    assert not [name for name in loaded[command][1] if name.startswith("intercom_iac.yaml.edit")]


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_first_answers_load_next_to_nothing(option: str) -> None:
    run = f"import sys; sys.argv = ['i', {option!r}]; from intercom_iac.__main__ import main; main(); "
    ends = "print(*sys.modules, sep=',')"

    def modules(code: str) -> set[str]:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        return set(done.stdout.splitlines()[-1].split(","))

    loaded = modules(run + ends) - modules(f"import sys; {ends}")
    ours = {name for name in loaded if name.startswith("intercom_iac")}
    assert ours <= {
        "intercom_iac",
        "intercom_iac.__main__",
        "intercom_iac.cli",
        "intercom_iac.cli.program_help",
        "intercom_iac.cli.standard_streams",
    }
    assert loaded - ours <= {"codecs", "__future__"}
