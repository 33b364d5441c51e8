"""GitLab's pipelines: jobs by stage, a script as one shell's, rules, artifacts, variables of environments."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .expressions import evaluate
from .forge import Forge
from .origin import WHO, Origin

_NOT_JOBS = {"variables", "workflow", "stages", "default"}
_KNOWN = {
    "stage",
    "rules",
    "variables",
    "script",
    "artifacts",
    "environment",
    "resource_group",
    "needs",
    "interruptible",
}


@dataclass
class Pipeline:
    """How a pipeline ended: each job's exit code, what was printed, what was kept of each."""

    jobs: dict[str, int] = field(default_factory=dict[str, int])
    log: str = ""
    kept: dict[str, dict[str, Path]] = field(default_factory=dict[str, dict[str, Path]])


class GitLab:
    def __init__(
        self,
        folder: Path,
        origin: Origin,
        forge: Forge,
        *,
        path: str,
        secrets: Mapping[str | None, Mapping[str, str]],
        variables: Mapping[str, str],
    ) -> None:
        """`secrets` are the variables of each environment, those of None for every job; `variables` those of the
        project, which come before those of the file."""
        self._variables = variables
        self._folder, self._origin, self._forge = folder, origin, forge
        self._path, self._secrets = path, secrets
        self._pipelines = 0

    def run(self, file: Path, ref: str, variables: Mapping[str, str], *, fork: bool = False) -> Pipeline:
        described = yaml.safe_load(file.read_text("utf-8"))
        self._pipelines += 1
        predefined = {
            "CI": "true",
            "GITLAB_CI": "true",
            "CI_API_V4_URL": self._forge.url,
            "CI_PROJECT_ID": "7",
            "CI_DEFAULT_BRANCH": "main",
            "CI_COMMIT_REF_PROTECTED": "true" if "CI_COMMIT_BRANCH" in variables else "false",
            **variables,
        }
        pipeline = Pipeline()
        if not _holds(described["workflow"]["rules"], predefined):
            return pipeline
        for stage in described["stages"]:
            failed = any(pipeline.jobs.values())
            for name, job in described.items():
                if name not in _NOT_JOBS and job["stage"] == stage:
                    assert not set(job) - _KNOWN, f"not known here: {set(job) - _KNOWN}"
                    if not _holds(job["rules"], predefined):
                        continue
                    # A stage begins when all before it went well; a job that names its needs waits for those alone.
                    needs = job.get("needs")
                    if not any(pipeline.jobs[each] for each in needs) if needs is not None else not failed:
                        self._job(name, job, described, ref, predefined, pipeline, fork)
        return pipeline

    def _job(
        self,
        name: str,
        job: Any,
        described: Any,
        ref: str,
        predefined: Mapping[str, str],
        pipeline: Pipeline,
        fork: bool,
    ) -> None:
        folder = self._folder / f"pipeline{self._pipelines}-{name}"
        own = {key: str(value) for key, value in job.get("variables", {}).items()}
        sha = self._origin.check_out(ref, folder, int(own.get("GIT_DEPTH", "20")))
        here = {"CI_PROJECT_DIR": str(folder), "CI_COMMIT_SHA": sha}
        for earlier in job.get("needs", list(pipeline.kept)):
            for path in pipeline.kept.get(earlier, {}).values():
                shutil.copy(path, folder)
        where = job.get("environment", {}).get("name")
        secrets = {} if fork else {**self._secrets.get(None, {}), **self._secrets.get(where, {})}
        script = [*described["default"]["before_script"], *job["script"]]
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", "\n".join(script)],
            cwd=folder,
            env={
                **WHO,
                "PATH": self._path,
                "HOME": str(folder),
                **{key: _expanded(value, here) for key, value in described["variables"].items()},
                **own,
                **here,
                **predefined,
                **self._variables,
                **secrets,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        pipeline.jobs[name] = done.returncode
        pipeline.log += done.stdout
        artifacts = job.get("artifacts", {})
        if done.returncode == 0 or artifacts.get("when") == "always":
            paths = [*artifacts.get("paths", []), *artifacts.get("reports", {}).values()]
            pipeline.kept[name] = {each: folder / each for each in paths if (folder / each).exists()}


def _expanded(value: str, variables: Mapping[str, str]) -> str:
    return re.sub(r"\$(\w+)", lambda found: variables[found[1]], value)


def _holds(rules: Any, variables: Mapping[str, str]) -> bool:
    return any(evaluate(each["if"], variables) for each in rules)
