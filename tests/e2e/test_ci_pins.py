"""What CI runs is pinned, looks for nothing in the checkout, and is given no token that it does not need."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from support.pipelines.origin import WHO, git

ROOT = Path(__file__).parents[2]
GITLAB = ROOT / "examples" / "ci" / "gitlab" / ".gitlab-ci.yml"
FILES = [
    *sorted((ROOT / "examples" / "ci").rglob("*.yml")),
    *sorted((ROOT / "docs").glob("*.md")),
    *(ROOT / name for name in ("action.yml", "README.md", "Dockerfile")),
    GITLAB,
]
SECRETS = {
    "INTERCOM_TOKEN": "hunter2-hunter2",
    "GITLAB_TOKEN": "hunter2-hunter2",
    "SECRET": "hunter2-hunter2",
}
# Read from the repositories of the actions, where each tag leads to this commit.
COMMITS = {
    "actions/checkout": "08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
    "actions/upload-artifact": "ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2",
    "actions/download-artifact": "d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0",
    "github/codeql-action/upload-sarif": "8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2",
    # Whoever copies the workflows puts their own there: it is no commit of anybody's.
    "your-organisation/intercom-iac": f"{'0' * 40} # v0",
}


def used() -> set[tuple[str, str]]:
    found = (re.findall(r"uses: ([\w./-]+)@(.+)$", path.read_text("utf-8"), re.MULTILINE) for path in FILES)
    return {(name, pin.strip()) for each in found for name, pin in each}


def test_every_action_is_pinned_by_the_commit_of_its_version() -> None:
    assert used() == set(COMMITS.items())


def test_python_looks_for_nothing_where_it_runs() -> None:
    """`python -m venv` and `pip` import what lies in the folder they run in; `-I` does not."""
    for path in FILES:
        if path.suffix == ".md" or path.name == "Dockerfile":
            continue
        for line in path.read_text("utf-8").splitlines():
            code = line.partition(" #")[0] if not line.lstrip().startswith("#") else ""
            for call in re.finditer(r"(?:bin/)?python3?\b(?![:.-])\S*(.*)", code):
                if not line.strip().startswith(("image:", "echo")) and "needs Python" not in line:
                    assert call[1].startswith(" -I "), (path.name, line)
            assert not re.search(r"(^|\W)pip3? install", code.replace("-m pip install", "")), (
                path.name,
                line,
            )


def test_nothing_of_any_owner_is_safe_in_the_image() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert "safe.directory" not in text
    assert " INTERCOM_IAC_SAFE_PROJECT=/project\n" in text


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a module for everything that might be imported, settings and programs."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in (
        "venv",
        "pip",
        "ensurepip",
        "sitecustomize",
        "usercustomize",
        "json",
        "re",
        "runpy",
        "hatchling",
    ):
        (folder / f"{name}.py").write_text("print('stolen')\n")
    (folder / ".python-version").write_text("stolen\n")
    (folder / "pip.conf").write_text("[global]\nindex-url = https://example.com/stolen\n")
    (folder / "setup.cfg").write_text("[easy_install]\nindex_url = https://example.com/stolen\n")
    for name in ("python3", "intercom-iac"):
        (folder / name).write_text("#!/bin/sh\necho stolen\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """A file that a stand-in for Python writes each of its calls to; the environment that it makes has one too."""
    seen = tmp_path / "calls"
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / "python3"
    program.write_text(
        "#!/bin/bash\n"
        f'{{ echo "$PWD: $*"; env | sed "s/^/env /"; }} >> "{seen}"\n'
        'case "$*" in *"-m venv "*)\n'
        '    mkdir -p "${@: -1}/bin" && cp "$0" "${@: -1}/bin/python" ;;\n'
        "esac\n"
    )
    program.chmod(0o755)
    return seen


def check_calls(seen: Path, checkout: Path) -> list[str]:
    text = seen.read_text("utf-8")
    assert "hunter2" not in text
    called = [line for line in text.splitlines() if not line.startswith("env ")]
    for line in called:
        folder, _, arguments = line.partition(": ")
        assert not Path(folder).is_relative_to(checkout)
        assert arguments.startswith("-I ")
    return called


def environment(tmp_path: Path, checkout: Path) -> dict[str, str]:
    return {
        **WHO,
        **SECRETS,
        "PATH": f":.:{checkout}:{tmp_path / 'programs'}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(checkout),
        "PIP_CONFIG_FILE": str(checkout / "pip.conf"),
    }


def test_the_action_installs_out_of_its_own_checkout_alone(
    tmp_path: Path, checkout: Path, calls: Path
) -> None:
    [script] = [
        step["run"]
        for step in yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
        if step.get("id") == "install"
    ]
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    made = environment(tmp_path, checkout)
    # A folder of the checkout that stands on the path by its whole name has no Python here: what is there is run.
    made["PATH"] = made["PATH"].replace(f"{checkout}:", "")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=checkout,
        env={
            **made,
            "RUNNER_TEMP": str(temporary),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(checkout),
            "GITHUB_OUTPUT": str(tmp_path / "outputs"),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "stolen" not in done.stdout + done.stderr
    called = check_calls(calls, checkout)
    assert any("-m venv" in each for each in called)
    assert any(
        f"-m pip install --quiet --disable-pip-version-check --no-input {ROOT}[all]" in each
        for each in called
    )
    assert "env PIP_CONSTRAINT=" in calls.read_text("utf-8")
    assert "PYTHONPATH" not in calls.read_text("utf-8")
    assert "PIP_CONFIG_FILE" not in calls.read_text("utf-8")
    assert (tmp_path / "outputs").read_text() == f"program={temporary}/intercom-iac/bin/intercom-iac\n"


def test_a_program_in_the_checkout_is_not_the_one_that_is_on_the_path(
    tmp_path: Path, checkout: Path, calls: Path
) -> None:
    version = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"][0]["run"]
    (checkout / "bin").mkdir()
    (checkout / "intercom-iac").rename(checkout / "bin" / "intercom-iac")
    from intercom_iac import __version__

    (checkout / "bin" / "intercom-iac").write_text(f"#!/bin/sh\necho intercom-iac {__version__}\n")
    made = environment(tmp_path, checkout)
    made["PATH"] = f"{checkout}/bin:{tmp_path / 'programs'}:/usr/bin:/bin"
    made |= {"RUNNER_TEMP": str(tmp_path), "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_WORKSPACE": str(checkout)}
    made |= {"GITHUB_OUTPUT": str(tmp_path / "outputs")}
    subprocess.run(["bash", "-eo", "pipefail", "-c", version], cwd=checkout, env=made, check=True, timeout=60)
    assert (tmp_path / "outputs").read_text() == f"program={tmp_path}/intercom-iac/bin/intercom-iac\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A repository to install from, with a commit, a tag and what the job copies."""
    folder = tmp_path / "source"
    (folder / "examples" / "ci").mkdir(parents=True)
    (folder / "examples" / "ci" / "comment.py").write_text("")
    (folder / "requirements-dev.txt").write_text("")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Start")
    git(folder, "tag", "v0")
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    return folder


@pytest.mark.parametrize("pin", ["the commit", "v0", "main"])
def test_gitlab_installs_that_commit_and_no_name(
    tmp_path: Path, checkout: Path, calls: Path, source: Path, pin: str
) -> None:
    jobs = yaml.safe_load(GITLAB.read_text("utf-8"))
    (checkout / "intercom-iac").unlink()
    commit = git(source, "rev-parse", "HEAD")
    folder = tmp_path / "installed"
    made = environment(tmp_path, checkout)
    made["PATH"] = f"{tmp_path / 'programs'}:/usr/bin:/bin"
    done = subprocess.run(
        [
            "bash",
            "-eo",
            "pipefail",
            "-c",
            "\n".join([*jobs["default"]["before_script"], 'echo "PATH=$PATH"']),
        ],
        cwd=checkout,
        env={
            **made,
            "INTERCOM_IAC": source.as_uri(),
            "INTERCOM_IAC_COMMIT": commit if pin == "the commit" else pin,
            "INTERCOM_IAC_FOLDER": str(folder),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if pin != "the commit":
        assert done.returncode == 1
        assert "INTERCOM_IAC_COMMIT is not the whole id of a commit" in done.stdout
        assert not calls.exists()
        return
    assert done.returncode == 0, done.stderr
    called = check_calls(calls, checkout)
    assert [each.partition(": ")[2] for each in called] == [
        f"-I -m venv {folder}",
        "-I -m pip install --quiet .[all]",
    ]
    assert f"env PIP_CONSTRAINT={folder}.source/requirements-dev.txt" in calls.read_text("utf-8")
    assert (folder / "comment.py").exists()
    assert f"PATH={folder}/bin{os.pathsep}" in done.stdout


def test_gitlab_is_given_the_whole_id_of_a_commit() -> None:
    variables = yaml.safe_load(GITLAB.read_text("utf-8"))["variables"]
    assert re.fullmatch("[0-9a-f]{40}", variables["INTERCOM_IAC_COMMIT"])
