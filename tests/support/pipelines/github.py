"""GitHub's workflows: jobs by what they need, steps in order, composite actions, artifacts, outputs and secrets."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .expressions import as_text, evaluate, filled_in
from .forge import Forge
from .origin import WHO, Origin

OWN = "your-organisation/intercom-iac"


@dataclass(frozen=True)
class Event:
    """What a run is for: the name of the event, what is checked out, and what is known of the pull request."""

    name: str
    ref: str
    pull_request: int | None = None
    fork: bool = False
    actor: str = "ann"
    inputs: Mapping[str, Any] = field(default_factory=dict[str, Any])
    # Of a run that is begun again: the commit it was for, whatever came since.
    commit: str | None = None


@dataclass
class Run:
    """How a workflow ended: each job's conclusion, all that was printed, the summaries and the artifacts."""

    jobs: dict[str, str] = field(default_factory=dict[str, str])
    log: str = ""
    summary: str = ""
    artifacts: dict[str, Path] = field(default_factory=dict[str, Path])
    uploaded_sarif: list[Any] = field(default_factory=list[Any])


@dataclass
class _Scope:
    """What steps share: of a job, or of a composite action within one."""

    folder: Path
    environment: dict[str, str]
    contexts: dict[str, Any]
    action: Path | None = None
    failed: bool = False


class GitHub:
    def __init__(
        self,
        folder: Path,
        origin: Origin,
        forge: Forge,
        *,
        action: Path,
        path: str,
        secrets: Mapping[str, Mapping[str, str]],
        variables: Mapping[str, str] | None = None,
    ) -> None:
        """`secrets` are those of environments, by their names; `path` is where jobs find programs."""
        self._folder, self._origin, self._forge = folder, origin, forge
        self._action, self._path = action, path
        self._secrets, self._variables = secrets, variables or {}
        self._runs = 0

    def run(self, workflow: Path, event: Event) -> Run:
        described = yaml.safe_load(workflow.read_text("utf-8"))
        # YAML 1.1, which the library reads, takes `on` for a truth value.
        triggers = described[True]
        assert event.name in ([triggers] if isinstance(triggers, str) else triggers), "not triggered by that"
        self._runs += 1
        run = Run()
        pending = dict(described["jobs"])
        while pending:
            for name, job in list(pending.items()):
                needs = job.get("needs", [])
                needs = [needs] if isinstance(needs, str) else needs
                if any(each in pending for each in needs):
                    continue
                del pending[name]
                if any(run.jobs[each] != "success" for each in needs):
                    run.jobs[name] = "skipped"
                else:
                    run.jobs[name] = self._job(name, job, described, event, run)
        return run

    def _job(self, name: str, job: Any, workflow: Any, event: Event, run: Run) -> str:
        permissions = job.get("permissions", workflow["permissions"])
        token = f"ghs_{self._runs}_{name}"
        self._forge.may_write[token] = not event.fork and permissions.get("pull-requests") == "write"
        secrets = (
            {}
            if event.fork or event.actor == "dependabot[bot]"
            else self._secrets.get(job.get("environment", ""), {})
        )
        head = "stranger/crm" if event.fork else "team/crm"
        payload = {"pull_request": {"number": event.pull_request, "head": {"repo": {"full_name": head}}}}
        contexts: dict[str, Any] = {
            "github": {
                "event_name": event.name,
                "event": payload if event.pull_request else {},
                "repository": "team/crm",
                "actor": event.actor,
                "ref": event.ref,
                "token": token,
            },
            "secrets": secrets,
            "vars": self._variables,
            "inputs": event.inputs,
            "steps": {},
        }
        if "if" in job and not evaluate(_bare(job["if"]), contexts):
            return "skipped"
        folder = self._folder / f"run{self._runs}-{name}"
        temporary = folder / "temp"
        temporary.mkdir(parents=True)
        workspace = folder / "crm"
        workspace.mkdir()
        environment = {
            **WHO,
            "PATH": self._path,
            "HOME": str(folder),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": self._forge.url,
            "GITHUB_GRAPHQL_URL": f"{self._forge.url}/graphql",
            "GITHUB_REPOSITORY": "team/crm",
            "GITHUB_WORKSPACE": str(workspace),
            "GITHUB_EVENT_NAME": event.name,
            "GITHUB_REF": event.ref,
            "RUNNER_TEMP": str(temporary),
        }
        scope = _Scope(workspace, environment, contexts)
        for step in job["steps"]:
            self._step(step, scope, event, run)
        return "failure" if scope.failed else "success"

    def _step(self, step: Any, scope: _Scope, event: Event, run: Run) -> None:
        functions = {
            "cancelled": lambda: False,
            "always": lambda: True,
            "failure": lambda: scope.failed,
            "success": lambda: not scope.failed,
        }
        condition = _bare(str(step.get("if", "success()")))
        # A condition that names no status has success() before it.
        if scope.failed and not any(f"{each}()" in condition for each in functions):
            return
        if not evaluate(condition, scope.contexts, functions):
            return
        extra = {key: filled_in(as_text(value), scope.contexts) for key, value in step.get("env", {}).items()}
        environment = scope.environment | extra
        given = {
            key: filled_in(as_text(value), scope.contexts) for key, value in step.get("with", {}).items()
        }
        if "run" in step:
            ok, outputs = self._shell(step, scope, environment, run)
        else:
            ok, outputs = self._uses(step["uses"], given, scope, environment, event, run)
        if "id" in step:
            scope.contexts["steps"][step["id"]] = {"outputs": outputs}
        if not ok and not step.get("continue-on-error"):
            scope.failed = True

    def _shell(
        self, step: Any, scope: _Scope, environment: Mapping[str, str], run: Run
    ) -> tuple[bool, dict[str, str]]:
        assert "${{" not in step["run"], "an expression within a script is read as part of it"
        temporary = Path(environment["RUNNER_TEMP"])
        script, outputs, summary = (temporary / each for each in ("script.sh", "outputs", "summary"))
        script.write_text(step["run"], "utf-8")
        outputs.write_text("")
        summary.write_text("")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=scope.folder,
            env={
                **environment,
                "GITHUB_OUTPUT": str(outputs),
                "GITHUB_STEP_SUMMARY": str(summary),
                **({"GITHUB_ACTION_PATH": str(scope.action)} if scope.action else {}),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        run.log += done.stdout
        run.summary += summary.read_text("utf-8")
        return done.returncode == 0, dict(
            line.split("=", 1) for line in outputs.read_text("utf-8").splitlines()
        )

    def _uses(
        self,
        uses: str,
        given: Mapping[str, str],
        scope: _Scope,
        environment: dict[str, str],
        event: Event,
        run: Run,
    ) -> tuple[bool, dict[str, str]]:
        match uses.split("@")[0]:
            case "actions/checkout":
                assert given["persist-credentials"] == "false"
                commit = event.commit or event.ref
                sha = self._origin.check_out(commit, scope.folder, int(given.get("fetch-depth", "1")))
                scope.environment["GITHUB_SHA"] = sha
            case "actions/upload-artifact":
                kept = self._folder / f"run{self._runs}-artifact-{given['name']}"
                kept.mkdir()
                if not (scope.folder / given["path"]).exists():
                    return True, {}  # which GitHub warns of only
                shutil.copy(scope.folder / given["path"], kept)
                run.artifacts[given["name"]] = kept / Path(given["path"]).name
            case "actions/download-artifact":
                shutil.copy(run.artifacts[given["name"]], scope.folder)
            case "github/codeql-action/upload-sarif":
                run.uploaded_sarif.append(json.loads((scope.folder / given["sarif_file"]).read_bytes()))
            case name:
                assert name == OWN, f"not an action this knows: {uses}"
                return self._composite(given, scope, environment, event, run)
        return True, {}

    def _composite(
        self, given: Mapping[str, str], outer: _Scope, environment: dict[str, str], event: Event, run: Run
    ) -> tuple[bool, dict[str, str]]:
        action = yaml.safe_load((self._action / "action.yml").read_text("utf-8"))
        assert not set(given) - set(action["inputs"]), "an input that the action does not have"
        defaults = {
            name: filled_in(as_text(each.get("default")), outer.contexts)
            for name, each in action["inputs"].items()
        }
        contexts = {"github": outer.contexts["github"], "inputs": defaults | dict(given), "steps": {}}
        scope = _Scope(outer.folder, environment, contexts, action=self._action)
        for step in action["runs"]["steps"]:
            assert step["shell"] == "bash"
            self._step(step, scope, event, run)
        outputs = {name: filled_in(each["value"], contexts) for name, each in action["outputs"].items()}
        return not scope.failed, outputs


def _bare(condition: str) -> str:
    condition = condition.strip()
    return condition[3:-2] if condition.startswith("${{") else condition
