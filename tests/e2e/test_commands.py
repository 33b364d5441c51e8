"""Commands as a user runs them: a project, a command, its exit code and what it prints."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import click
import jsonschema
import pytest

from intercom_iac.diagnostics import registered
from intercom_iac.planning import plan_schema
from intercom_iac.sandbox import Request, Sandbox

SPEC = """\
attributes:
  contact:
    tier: {type: options, options: [free, pro], description: What they pay for}
    seats_used: {type: integer}
events:
  signed_up:
    metadata: {source: {type: string}}
segments:
  free_riders:
    name: Free riders
    rule: tier = free and seats_used > 5
    publish: [audience, tag]
  big_companies:
    name: Big companies
    rule: company.size > 1000
"""


@pytest.fixture
def project(scratch):
    return scratch.spec(SPEC)


def test_from_specs_to_a_clean_plan(project) -> None:
    first = project.plan()
    jsonschema.validate(first, plan_schema())
    assert first["summary"] == {
        "create": 4,
        "update": 0,
        "archive": 0,
        "restore": 0,
        "register": 1,
        "delete": 0,
        "manual": 1,
    }
    assert [each["address"] for each in first["changes"]][-1] == "segment.big_companies"
    assert first["limits"]["attributes"] == {"used": 0, "after": 2, "limit": 250}
    applied = project.apply()
    assert "Applied: 5 done." in applied.out
    assert project.run("sandbox segment add 'Big companies'").code == 0
    second = project.run("plan --detailed-exitcode")
    assert second.code == 0
    assert "Nothing differs" in second.out


def test_changes_end_with_two_only_when_asked(project) -> None:
    assert project.run("plan").code == 0
    assert project.run("plan --detailed-exitcode").code == 2


def test_a_change_says_where_it_comes_from_and_who_needs_it(project) -> None:
    change = next(each for each in project.plan()["changes"] if each["address"] == "attribute.contact.tier")
    assert change["source"] == {"file": "specs/example.yaml", "line": 4, "column": 5}
    assert change["needed_by"] == ["segment.free_riders"]
    assert {each["path"]: each["after"] for each in change["fields"]} == {
        "type": "options",
        "options": ["free", "pro"],
        "description": "What they pay for",
        "messenger_writable": False,
    }


def test_a_target_bounds_the_plan(project) -> None:
    made = project.plan("--target", "attribute.contact")
    assert {each["object"] for each in made["changes"]} == {"data_attribute"}
    missing = project.run("plan --target attribute.contact.teir")
    assert missing.code == 3
    assert "did you mean `attribute.contact.tier`?" in missing.err


def test_a_saved_plan_is_applied_as_it_was_reviewed(project) -> None:
    saved = project.run("plan --out plan.json")
    assert saved.code == 0
    assert (project.root / "plan.json").stat().st_mode & 0o777 == 0o600
    shown = project.run("show plan.json").out
    assert re.sub("made .* ago, ", "", shown) == saved.out != shown
    assert project.run("apply plan.json").code == 0
    again = project.run("apply plan.json")
    assert again.code == 6
    assert "PLAN608" in again.err
    assert "attribute.contact.tier is new" in again.err


def test_an_archive_is_blocked_until_allowed(project) -> None:
    project.apply()
    project.spec(
        SPEC.replace("seats_used: {type: integer}", "seats_used: {type: integer, status: archived}").replace(
            "tier = free and seats_used > 5", "tier = free"
        )
    )
    refused = project.run("apply --auto-approve")
    assert refused.code == 6
    assert "PLAN606" in refused.err
    assert project.run("apply --auto-approve --allow-destructive").code == 0
    assert [each["action"] for each in project.plan()["changes"]] == ["manual"]


def test_a_failed_change_stops_the_apply_and_the_next_goes_on(project) -> None:
    # A name that only Intercom refuses: whether `$` may stand in one is not established, so `check` lets it pass.
    project.spec(
        "attributes:\n  contact:\n    a: {type: string}\n    b$c: {type: string}\n    d: {type: string}\n"
    )
    stopped = project.run("apply --auto-approve --parallelism 1")
    assert stopped.code == 1
    assert "failed: attribute.contact.b$c" in stopped.out
    assert "not tried: 1\n  + attribute.contact.d" in stopped.out
    assert "Stopped: 1 done, 1 failed, 1 not tried." in stopped.out
    project.spec("attributes:\n  contact:\n    a: {type: string}\n    d: {type: string}\n")
    assert [each["address"] for each in project.plan()["changes"]] == ["attribute.contact.d"]


def test_an_outcome_for_machines(project) -> None:
    result = project.run("apply --auto-approve --format json")
    assert result.code == 0
    assert result.json["complete"] is True
    assert [each["address"] for each in result.json["done"]][:2] == [
        "attribute.contact.tier",
        "attribute.contact.seats_used",
    ]
    assert "[1/5]" in result.err


def test_nobody_to_approve_is_no_approval(project) -> None:
    result = project.run("apply")
    assert result.code == 3
    assert "--auto-approve" in result.err
    assert project.plan()["limits"]["attributes"]["used"] == 0


@pytest.mark.parametrize(
    ("files", "command", "code", "said"),
    [
        pytest.param({}, "plan --nonsense", 3, "--nonsense", id="an unknown option"),
        pytest.param({}, "pln", 3, "did you mean `plan`?", id="an unknown command"),
        pytest.param({}, "plan -w nowhere", 3, "no workspace `nowhere`", id="an unknown workspace"),
        pytest.param({}, "check --project nowhere", 3, "nowhere", id="no such project"),
        pytest.param({}, "show plan.json", 3, "cannot read `plan.json`", id="no such plan"),
        pytest.param({}, "show specs", 3, "cannot read `specs`", id="a folder for a file"),
        pytest.param({"plan.json": "{}"}, "apply plan.json", 6, "PLAN609", id="no plan"),
        pytest.param({}, "plan --out nowhere/plan.json", 1, "cannot write", id="nowhere to write"),
        pytest.param({}, "explain NOPE999", 3, "no code `NOPE999`", id="an unknown code"),
        pytest.param({}, "explain attribute.contact.nope", 3, "nothing at", id="an unknown address"),
        pytest.param(
            {"intercom-iac.yaml": "version: 1\nworkspaces: {live: {region: us, app_id: abc12345}}\n"},
            "plan",
            4,
            "`INTERCOM_TOKEN` is not set",
            id="no token",
        ),
        pytest.param(
            {
                "intercom-iac.yaml": "version: 1\nworkspaces: {s: {sandbox: .intercom-iac/x.db, app_id: other123}}\n"
            },
            "apply --auto-approve",
            4,
            "the project names `other123`",
            id="another workspace",
        ),
        pytest.param(
            {
                ".intercom-iac/sandbox.db": "this is no database, and it is long enough to look like a file"
                * 20
            },
            "plan",
            1,
            "cannot be opened",
            id="a broken sandbox file",
        ),
        pytest.param(
            {"specs/example.yaml": "version: 1\nattributes: [\n"},
            "check",
            3,
            "specs/example.yaml",
            id="broken YAML",
        ),
        pytest.param({}, "rule compile 'tier = fre'", 3, "`free`", id="a rule with a typo"),
        pytest.param(
            {}, "rule eval 'tier = free' --contacts nope.ndjson", 3, "nope.ndjson", id="no contacts"
        ),
        pytest.param(
            {"c.ndjson": '{"id": "1"}\nnot json\n'},
            "rule eval 'tier = free' --contacts c.ndjson",
            3,
            "c.ndjson:2: the line is no JSON object",
            id="a line that is no JSON",
        ),
        pytest.param(
            {"c.ndjson": '{"id": "1"}\n{"id": null}\n'},
            "rule eval 'tier = free' --contacts c.ndjson",
            3,
            "c.ndjson:2: the contact has no `id`",
            id="a contact without an id",
        ),
        pytest.param({}, "rule compile 'tier contains f' --to audience", 0, "", id="what an audience takes"),
        pytest.param(
            {},
            "rule compile 'tier starts with f' --to audience",
            3,
            "error[LINT540]: an audience cannot express this",
            id="what an audience does not take",
        ),
        pytest.param(
            {}, "rule compile 'tier = free' --timezone Nowhere/At_All", 3, "no time zone", id="no time zone"
        ),
        pytest.param({}, "rule compile 'tier = free' --today 2026-02-30", 3, "no day", id="no day"),
    ],
)
def test_bad_input_is_a_message_and_an_exit_code(
    project, files: dict[str, str], command: str, code: int, said: str
) -> None:
    result = project.write(files).run(command)
    assert result.code == code, result
    assert said in result.out + result.err
    assert "Traceback" not in result.out + result.err


def test_no_project_says_how_to_start(scratch, tmp_path: Path) -> None:
    (tmp_path / "intercom-iac.yaml").unlink()
    result = scratch.run("check")
    assert result.code == 3
    assert "intercom-iac init" in result.out + result.err


def test_an_empty_specs_folder_is_said(scratch) -> None:
    result = scratch.run("check")
    assert result.code == 3
    assert "specs" in result.out


@pytest.mark.parametrize("where", ["before", "after"])
def test_the_project_may_stand_before_or_after_the_command(
    project, where: str, tmp_path_factory, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    option = f"--project {project.root}"
    result = project.run(f"{option} check" if where == "before" else f"check {option}")
    assert result.code == 0
    assert "nothing wrong" in result.out


def test_init_scaffolds_what_passes_and_plans(scratch, tmp_path: Path) -> None:
    assert scratch.run("init fresh").code == 0
    project = ["--project", str(tmp_path / "fresh")]
    assert scratch.run("check", *project).code == 0
    planned = scratch.run("plan --detailed-exitcode", *project)
    assert planned.code == 2
    again = scratch.run("init fresh")
    assert again.code == 0
    assert "nothing to write" in again.out


def test_check_for_machines(project) -> None:
    project.spec("attributes: {contact: {tier: {typ: string}}}\n")
    found = project.run("check --format json")
    assert found.code == 3
    first = found.json["diagnostics"][0]
    assert (first["file"], first["line"], first["column"]) == ("specs/example.yaml", 2, 31)
    assert found.json["summary"]["error"] == len(found.json["diagnostics"])
    log = project.run("check --format sarif").json
    assert log["version"] == "2.1.0"
    assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 2
    lines = project.run("check --format github").out.splitlines()
    assert lines[0].startswith("::error title=intercom-iac SPEC")
    assert "file=specs/example.yaml,line=2," in lines[0]


def test_rules_are_compiled_and_evaluated(project) -> None:
    compiled = project.run(
        "rule compile 'tier = free and company.size > 10' --to search --today 2026-01-31 --format json"
    ).json
    assert set(compiled) == {"query", "exact", "residual", "requires"}
    assert compiled["exact"] is False
    assert compiled["requires"] == ["companies"]
    contacts = [
        {"id": "c1", "custom_attributes": {"tier": "free"}, "companies": {"data": [{"id": "o1"}]}},
        {"id": "c2", "custom_attributes": {"tier": "free"}, "companies": {"data": [{"id": "o2"}]}},
        {"id": "c3", "custom_attributes": {}, "companies": {"data": []}},
    ]
    companies = [{"id": "o1", "size": 11, "custom_attributes": {}}, {"id": "o2", "size": 10}]
    project.write(
        {
            "contacts.ndjson": "\n".join(map(json.dumps, contacts)),
            "companies.ndjson": "\n".join(map(json.dumps, companies)) + "\n",
        }
    )
    files = "--contacts contacts.ndjson --companies companies.ndjson --today 2026-01-31 --format json"
    found = project.run(f"rule eval 'tier = free and company.size > 10' {files}")
    assert found.json == {"count": 1, "members": ["c1"]}
    assert project.run(f"rule eval 'tier is unknown or company.size < 11' {files}").json["members"] == [
        "c2",
        "c3",
    ]


def test_a_file_that_the_rule_would_need_is_missed(project) -> None:
    project.write({"c.ndjson": '{"id": 1}\n{"id": "b"}\n'})
    found = project.run("rule eval 'not company.size > 10' --contacts c.ndjson --format json")
    assert found.json == {"count": 2, "members": ["1", "b"]}
    assert found.err == "warning: companies are read, and without `--companies` nobody has any\n"


def test_segments_are_listed_and_compiled(project) -> None:
    listed = project.run("segment list --format json").json["segments"]
    assert [(each["key"], each["publish"]) for each in listed] == [
        ("free_riders", ["audience", "tag"]),
        ("big_companies", []),
    ]
    assert listed[1]["reads"] == ["attribute.company.size"]
    compiled = project.run("segment compile --format json").json
    assert set(compiled) == {"free_riders", "big_companies"}
    audience = project.run("segment compile free_riders --to audience --format json").json["free_riders"]
    assert len(audience["predicates"]) == 2
    assert project.run("segment compile free_rider").code == 3


def test_explain_shows_what_depends_on_an_object(project) -> None:
    shown = project.run("explain attribute.contact.tier").out
    assert "segment.free_riders" in shown
    assert "specs/example.yaml:4:5" in shown
    assert "segment.big_companies" in project.run("explain attribute.company.size").out
    assert "contacts" in project.run("explain segment.free_riders --format json").json["meaning"]


@pytest.mark.parametrize("kind", ["spec", "project", "plan", "matrix", "breaking"])
def test_schemas_are_schemas(project, kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(project.run(f"schema {kind}").json)


COMMANDS = [
    "rule", "segment", "sandbox", "sandbox segment",
    "init", "check", "fmt", "breaking", "changelog", "plan", "apply", "show", "explain",
    "rule compile", "rule eval", "segment list",
    "segment compile", "sandbox serve", "sandbox reset", "sandbox seed", "sandbox segment add", "schema",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(scratch, command: str) -> None:
    result = scratch.run(f"{command} --help")
    assert result.code == 0
    assert f"intercom-iac {command}" in result.out.split("Examples:")[1]


def test_the_list_of_commands_says_what_each_says_itself(scratch) -> None:
    from intercom_iac.cli.app import program
    from intercom_iac.cli.front import COMMANDS as LISTED
    from intercom_iac.cli.front import OPTIONS, help_text

    assert scratch.run("--help").out == f"{help_text()}\n"
    assert "intercom-iac check" in help_text().split("Examples:")[1]
    named = {flag for each in OPTIONS for flag in each.removesuffix(" PATH").split(", ")}
    assert named == {flag for each in program.get_params(click.Context(program)) for flag in each.opts}
    for name in LISTED:
        command = program.get_command(None, name)  # pyright: ignore
        assert command is not None
        assert command.help


# --- as a process -------------------------------------------------------------------------------------------


def process(arguments: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "intercom_iac", *arguments],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **more},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_answer_before_heavy_imports(tmp_path: Path, option: str) -> None:
    code = (
        f"import sys; sys.argv = ['intercom-iac', '{option}']\n"
        "from intercom_iac.__main__ import main; main()\n"
        "print(sorted({'click', 'pydantic', 'httpx', 'lark', 'yaml'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert result.stdout.startswith(
        "intercom-iac 0.1.0\n" if option == "--version" else "Usage: intercom-iac"
    )
    assert result.stdout.endswith("\n[]\n")


def test_the_help_of_a_command_imports_click_and_little_else(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom intercom_iac.cli import run\nrun(['plan', '--help'])\n"
        "print(sorted({'pydantic', 'httpx', 'lark', 'yaml', 'jsonschema', 'sqlite3'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert result.stdout.endswith("[]\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands(tmp_path: Path, shell: str) -> None:
    script = process([], tmp_path, _INTERCOM_IAC_COMPLETE=f"{shell}_source")
    assert "_INTERCOM_IAC_COMPLETE" in script.stdout


def test_completion_offers_commands_and_options(tmp_path: Path) -> None:
    offered = process(
        [], tmp_path, _INTERCOM_IAC_COMPLETE="bash_complete", COMP_WORDS="intercom-iac pl", COMP_CWORD="1"
    )
    assert offered.stdout == "plain,plan\n"
    offered = process(
        [],
        tmp_path,
        _INTERCOM_IAC_COMPLETE="bash_complete",
        COMP_WORDS="intercom-iac plan --det",
        COMP_CWORD="2",
    )
    assert offered.stdout == "plain,--detailed-exitcode\n"


def test_output_cut_off_by_a_pipe_is_no_traceback(project) -> None:
    command = f"{sys.executable} -m intercom_iac schema | head -1"
    result = subprocess.run(
        command, shell=True, cwd=project.root, capture_output=True, text=True, check=False
    )
    assert result.stderr == ""


@contextmanager
def slow_workspace(seconds: float) -> Iterator[str]:
    """The address of an embedded workspace that takes its time over every write."""
    workspace = Sandbox(None)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            if self.command != "GET":
                time.sleep(seconds)
            url = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found = workspace.handle(
                Request(self.command, url.path, dict(parse_qsl(url.query)), headers, body)
            )
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(found.body)

        do_GET = do_POST = do_PUT = do_DELETE = answer

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        workspace.close()


def test_ctrl_c_stops_an_apply_between_two_changes(project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLOW", "any")
    names = "".join(f"    field_{n}: {{type: string}}\n" for n in range(40))
    project.spec(f"attributes:\n  contact:\n{names}")
    with slow_workspace(0.1) as url:
        project.write(
            {
                "intercom-iac.yaml": f"version: 1\nworkspaces: {{slow: {{base_url: '{url}', token_env: SLOW}}}}\n"
            }
        )
        with subprocess.Popen(
            [sys.executable, "-m", "intercom_iac", "apply", "--auto-approve"],
            cwd=project.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        ) as child:
            assert child.stdout is not None
            for line in child.stdout:
                if line.startswith("  [ 3/40]"):
                    child.send_signal(signal.SIGINT)
                    break
            out, err = child.communicate(timeout=30)
        assert child.returncode == 1
        assert "Interrupted: " in out
        assert "not tried" in out
        assert "Traceback" not in err
        made = project.plan()
    assert 0 < made["summary"]["create"] < 38
    assert made["limits"]["attributes"]["used"] == 40 - made["summary"]["create"]


def test_a_served_sandbox_is_planned_and_applied_over_http(project, monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "intercom_iac", "sandbox", "serve", "--port", "0", "--db", "served.db"],
        cwd=project.root,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as child:
        try:
            _tour(project, child, monkeypatch)
        finally:
            child.send_signal(signal.SIGINT)
            assert child.wait(timeout=10) == 0
    gone = project.run("plan")
    assert gone.code == 5
    assert "cannot be reached: the connection was refused" in gone.err


def _tour(project, child: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert child.stdout is not None
    line = child.stdout.readline()
    url = next(word for word in line.replace(";", " ").split() if word.startswith("http://"))
    project.write(
        {"intercom-iac.yaml": f"version: 1\nworkspaces: {{live: {{base_url: '{url}', token_env: SERVED}}}}\n"}
    )
    missing = project.run("plan")
    assert missing.code == 4
    monkeypatch.setenv("SERVED", "a-very-secret-token")
    assert project.run("plan --detailed-exitcode --out plan.json").code == 2
    assert "a-very-secret-token" not in (project.root / "plan.json").read_text()
    assert project.run("apply plan.json").code == 0
    assert [each["action"] for each in project.plan()["changes"]] == ["manual"]


@pytest.mark.parametrize("group", ["", "rule", "segment", "sandbox", "sandbox segment"])
def test_a_group_without_a_command_shows_its_help(scratch, group: str) -> None:
    result = scratch.run(group)
    assert result.code == 3
    assert "Usage: intercom-iac" in result.err
    assert "error" not in result.err


# --- where plans and files go -------------------------------------------------------------------------------


def test_a_plan_goes_to_a_pipe_or_a_device_too(project) -> None:
    assert project.run("plan --out /dev/null").code == 0
    assert not Path("/dev/null").is_file()


def test_fmt_keeps_links_and_modes(project, tmp_path: Path) -> None:
    real = tmp_path / "specs" / "real.yaml"
    real.write_text("version: 1\nevents:   {left:   {}}\n")
    real.chmod(0o640)
    link = tmp_path / "specs" / "link.yaml"
    link.symlink_to("real.yaml")
    assert project.run("fmt specs/link.yaml").code == 0
    assert link.is_symlink()
    assert real.read_text() == "version: 1\nevents: {left: {}}\n"
    assert real.stat().st_mode & 0o777 == 0o640


def test_fmt_says_what_it_would_change(project) -> None:
    project.spec("events:   {left:   {}}\n")
    checked = project.run("fmt --check")
    assert (checked.code, checked.out) == (1, "would reformat specs/example.yaml\n")
    assert project.run("fmt").code == 0
    assert project.run("fmt --check").code == 0
    broken = project.spec("events: [\n").run("fmt")
    assert broken.code == 3
    assert (project.root / "specs/example.yaml").read_text().endswith("events: [\n")


def test_fmt_reads_as_check_does_and_goes_on(project) -> None:
    os.mkfifo(project.root / "specs/a.yaml")
    (project.root / "specs/b.yaml").write_bytes(b"\xff")
    (project.root / "specs/c.yaml").write_text("#" * 1_000_001)
    (project.root / "specs/d.yaml").write_text("\ufeffversion: 1\n")
    result = project.run("fmt")
    assert result.code == 3
    assert [f"SPEC10{digit}]" in result.err for digit in "265"] == [True] * 3
    assert "--> specs/b.yaml:1:1" in result.err
    assert str(project.root) not in result.err
    assert result.out == "reformatted specs/d.yaml\n"
    assert (project.root / "specs/d.yaml").read_bytes() == b"version: 1\n"


def test_fmt_knows_the_project_file_and_hides_its_secrets(project) -> None:
    project.write({"intercom-iac.yaml": "specs: specs\nversion: 1\n"})
    assert project.run("fmt intercom-iac.yaml").code == 0
    assert (project.root / "intercom-iac.yaml").read_text() == "version: 1\nspecs: specs\n"
    project.write({"intercom-iac.yaml": "version: 1\ntoken: s3cret\nspecs: [\n"})
    result = project.run("fmt intercom-iac.yaml")
    assert result.code == 3
    assert "s3cret" not in result.err


def test_the_project_file_is_no_spec(scratch) -> None:
    scratch.write({"intercom-iac.yaml": "version: 1\nspecs: .\n", "a.yaml": "version: 1\n"})
    result = scratch.run("check")
    assert (result.code, result.out) == (
        0,
        "0 attributes, 0 events, 0 segments in 1 file: nothing wrong\n",
    )


@pytest.mark.parametrize("output", ["text", "json", "sarif", "github", "gitlab", "junit"])
def test_a_file_whose_name_is_not_utf_8_is_told(scratch, output: str) -> None:
    (scratch.root / os.fsdecode(b"specs/\xff.yaml")).write_text("version: 1\nsegments: {s: {name: 1}}\n")
    result = scratch.run(f"check --format {output}")
    assert result.code == 3
    result.out.encode()
    if output == "sarif":
        location = result.json["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"] == "specs/%FF.yaml"


def test_every_result_for_machines_has_a_place(scratch) -> None:
    (scratch.root / "intercom-iac.yaml").unlink()
    [result] = scratch.run("check --format sarif").json["runs"][0]["results"]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "intercom-iac.yaml"
    assert location["region"] == {"startLine": 1}
    assert "above it; `intercom-iac init` makes" in result["message"]["text"]
    assert "above it; `intercom-iac init` makes" in scratch.run("check --format github").out


def test_init_adds_no_sample_to_what_is_there(scratch, tmp_path: Path) -> None:
    scratch.write(
        {"old one/specs/mine.yaml": "version: 1\n", "other/intercom-iac.yaml": "version: 1\nspecs: schema\n"}
    )
    made = scratch.run("init", "old one")
    assert made.code == 0
    assert "next: cd 'old one'; " in made.err
    assert not (tmp_path / "old one/specs/lifecycle.yaml").exists()
    assert scratch.run("check --project", "old one").code == 0
    assert scratch.run("init other").code == 0
    assert not (tmp_path / "other/specs").exists()


def test_explain_for_machines(project) -> None:
    found = project.run("explain SPEC101 --format json").json
    assert found["wrong"]["run"] == "--project nowhere check"
    assert set(found["wrong"]) == {"files", "run", "before", "environment", "committed", "answers"}
    shown = project.run("explain attribute.contact.tier --format json").json
    assert {"api_can", "declared_at", "read_by"} <= set(shown)
    assert project.run("explain attribute.company.size --format json").json["wire"] == "size"
    assert "  declared at" in project.run("explain attribute.contact.tier").out
    assert all(" " not in key for key in shown)


def test_explain_shows_the_variables_of_an_example(project) -> None:
    for code in registered().values():
        for name in code.wrong.environment:
            assert f"$ {name}=" in project.run(f"explain {code.id}").out


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("check x", "error: got unexpected extra argument (x)\n"),
        ("check --project", "error: option `--project` requires an argument\n"),
        ("check --format x", "error: invalid value for `--format`: `x` is not one of `text`,"),
    ],
)
def test_usage_errors_are_in_the_style_of_the_others(scratch, command: str, message: str) -> None:
    result = scratch.run(command)
    assert result.code == 3
    assert result.err.startswith(message)


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_a_terminal_is_coloured_unless_it_should_not_be(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], coloured: bool
) -> None:
    from intercom_iac.cli import console

    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdout", terminal)
    console.echo(click.style("x", bold=True))
    assert ("\x1b[" in terminal.getvalue()) is coloured


def test_an_empty_workspace_name_is_no_default(project) -> None:
    result = project.run("apply --auto-approve -w ''")
    assert result.code == 3
    assert "no workspace ``" in result.err


def test_machines_are_not_asked(project) -> None:
    result = project.run("apply --format json")
    assert result.code == 3
    assert result.out == ""


def test_an_apply_goes_on_when_its_reader_leaves(project) -> None:
    names = "".join(f"    field_{n}: {{type: string}}\n" for n in range(60))
    project.spec(f"attributes:\n  contact:\n{names}")
    command = f"{sys.executable} -m intercom_iac apply --auto-approve | head -70 > /dev/null"
    result = subprocess.run(
        command, shell=True, cwd=project.root, capture_output=True, text=True, check=False
    )
    assert "Applied: 60 done." in result.stderr
    assert project.plan()["changes"] == []


def test_annotations_have_paths_from_where_the_command_runs(scratch, tmp_path: Path) -> None:
    scratch.write(
        {
            "sub/intercom-iac.yaml": "version: 1\n",
            "sub/specs/a.yaml": "version: 1\nattributes: {contact: {tier: {typ: string}}}\n",
        }
    )
    assert "file=sub/specs/a.yaml,line=2" in scratch.run("check --project sub --format github").out
    log = scratch.run("check --project sub --format sarif").json
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "sub/specs/a.yaml"


def test_a_warning_is_said_once(project) -> None:
    project.spec(SPEC.replace("tier = free and seats_used > 5", "tier = free or seats_used > 5"))
    result = project.run("plan")
    assert (result.out + result.err).count("LINT540") == 1
    assert [each["code"] for each in project.plan()["diagnostics"]] == ["LINT540"]


def test_values_of_the_specs_cannot_steer_a_terminal(project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    project.spec('segments: {evil: {name: "a\\e]0;pwned\\a", rule: role = user}}\n')
    for command in ("segment list", "plan", "explain segment.evil"):
        printed = project.run(command)
        assert printed.code == 0, printed
        assert "\x1b]0;" not in printed.out
        assert "u001b]0;pwned" in printed.out


def test_the_sandbox_needs_no_project(scratch, tmp_path: Path) -> None:
    (tmp_path / "intercom-iac.yaml").unlink()
    assert scratch.run("sandbox seed --people 3").out.startswith("3 people")
    assert (tmp_path / ".intercom-iac" / "sandbox.db").exists()
