"""What a user gets: the wheel in a clean environment, with the packages that it asks for and no others.

The environments are made without the network: the packages are those of the environment that runs the tests, and an
environment is given the ones that the wheel's own metadata leads to.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable, Iterator
from email.parser import Parser
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from intercom_iac.diagnostics import APART, EXTRAS

ROOT = Path(__file__).parents[2]
# Modules whose package has another name.
PACKAGES = {"z3": "z3-solver"}
CORE = {"click", "httpcore", "httpx", "jsonschema", "pydantic", "pyyaml", "tzdata", "wcwidth"}

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def claims(wheel: Path) -> list[Requirement]:
    """What the wheel says it needs."""
    with zipfile.ZipFile(wheel) as archive:
        [metadata] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        headers = Parser().parsestr(archive.read(metadata).decode())
    assert set(headers.get_all("Provides-Extra") or []) == {*EXTRAS, "all"}
    return [Requirement(line) for line in headers.get_all("Requires-Dist") or []]


def chosen(requirements: list[Requirement], extra: str) -> list[Requirement]:
    return [one for one in requirements if one.marker is None or one.marker.evaluate({"extra": extra})]


def package_of(module: str) -> str:
    """The name of the package that a module comes with."""
    return PACKAGES.get(module, canonicalize_name(module))


def closure(requirements: list[Requirement], extra: str = "") -> Iterator[Distribution]:
    """The distributions that requirements lead to, each once."""
    waiting, seen = chosen(requirements, extra), set[str]()
    while waiting:
        requirement = waiting.pop()
        if canonicalize_name(requirement.name) in seen:
            continue
        seen.add(canonicalize_name(requirement.name))
        found = distribution(requirement.name)
        assert requirement.specifier.contains(found.version)
        yield found
        needed = [Requirement(line) for line in found.requires or []]
        for wanted in ("", *requirement.extras):
            waiting += chosen(needed, wanted)


def test_the_core_is_small_and_each_extra_brings_its_module(claims: list[Requirement]) -> None:
    by_extra = {extra: {one.name.lower() for one in chosen(claims, extra)} - CORE for extra in EXTRAS}
    assert {one.name.lower() for one in chosen(claims, "")} == CORE
    assert by_extra == {extra: set(map(package_of, modules)) for extra, modules in EXTRAS.items()}
    brought = {
        package_of(module) for extra, modules in EXTRAS.items() if extra not in APART for module in modules
    }
    assert {one.name.lower() for one in chosen(claims, "all")} == CORE | brought
    names = {found.name.lower() for found in closure(claims, "all")}
    assert CORE | brought <= names
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    assert f"with the {1 + len(list(closure(claims)))} packages" in readme
    assert f"all of them but Spark ({1 + len(names)} packages" in readme
    assert not names & {"pytest", "ruff", "rich", "requests", "hatchling"}


@pytest.fixture(scope="module")
def installed(
    wheel: Path, claims: list[Requirement], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Run]:
    """Makes an environment with the wheel and an extra's packages, and gives what runs its command in a folder.

    The wheel is installed with nothing and with `all`; any other extra lies in a folder on the path of the first one.
    """
    made: dict[str, Path] = {}

    def lay_out(extra: str, packages: Path) -> None:
        for found in closure(claims, extra):
            tops = {file.parts[0] for file in found.files or () if not file.parts[0].startswith("..")}
            for top in tops - {"__pycache__"}:
                if not (packages / top).exists():
                    (packages / top).symlink_to(Path(str(found.locate_file(top))))

    def make(extra: str) -> Path:
        folder = tmp_path_factory.mktemp(f"environment-{extra or 'core'}")
        venv.create(folder)
        packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))
        lay_out(extra, packages)
        subprocess.run(
            [
                *(
                    sys.executable,
                    "-m",
                    "pip",
                    "--python",
                    folder / "bin" / "python",
                    "install",
                    "--no-index",
                ),
                *("--quiet", "--no-compile", "--disable-pip-version-check"),
                f"{wheel}[{extra}]" if extra else wheel,
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return folder

    def in_environment(extra: str) -> Run:
        environment = extra if extra == "all" else ""
        if environment not in made:
            made[environment] = make(environment)
        added = tmp_path_factory.mktemp(f"packages-{extra or 'core'}")
        if environment != extra:
            lay_out(extra, added)

        def run(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [made[environment] / "bin" / "intercom-iac", *arguments],
                cwd=cwd,
                env={"PATH": "/usr/bin:/bin", "HOME": str(cwd), "PYTHONPATH": str(added)},
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )

        return run

    return in_environment


# The extra that a command needs, and what it says without it.
NEEDING = {
    "preview": (("segment", "preview", "--contacts", "contacts.ndjson"), "a preview of people in files"),
    "sandbox": (("sandbox", "serve", "--port", "0", "--fault", "none"), "serving the embedded workspace"),
    "html": (("plan", "--format", "html"), "the HTML report"),
    "generate": (("payload", "check", "contacts.ndjson"), "checking records"),
    "spark": (
        ("segment", "preview", "--contacts", "contacts.parquet", "--engine", "spark"),
        "working with Spark",
    ),
}


def test_the_core_checks_plans_and_applies(installed: Callable[[str], Run], tmp_path: Path) -> None:
    run = installed("")
    for words in (
        ["--version"],
        ["init"],
        ["check"],
        ["fmt", "--check"],
        ["plan"],
        ["apply", "--auto-approve"],
        ["generate", "typescript", "--react"],
        ["generate", "python"],
        ["rule", "relate", "role = user", "role = lead"],
    ):
        done = run(tmp_path, *words)
        assert done.returncode == 0, (words, done.stderr)
    assert "nothing" in run(tmp_path, "plan").stdout.lower()
    (tmp_path / "contacts.ndjson").write_text('{"type": "contact", "id": "1"}\n')
    for extra, (words, purpose) in NEEDING.items():
        done = run(tmp_path, *words)
        assert done.returncode == 3, words
        assert "Traceback" not in done.stderr
        assert f"{purpose} needs packages that are not installed" in done.stderr
        assert f"pip install 'intercom-iac[{extra}]'" in done.stderr


# What is apart has an environment of its own: tests/e2e/test_preview_engines.py.
@pytest.mark.parametrize("extra", [*(extra for extra in EXTRAS if extra not in APART), "all"])
def test_an_extra_brings_what_its_command_needs(
    installed: Callable[[str], Run], tmp_path: Path, extra: str
) -> None:
    run = installed(extra)
    assert run(tmp_path, "init").returncode == 0
    (tmp_path / "contacts.ndjson").write_text('{"type": "contact", "id": "1"}\n')
    for needed in NEEDING.keys() - APART if extra == "all" else NEEDING.keys() & {extra}:
        words, purpose = NEEDING[needed]
        done = run(tmp_path, *words)
        assert f"{purpose} needs packages" not in done.stderr
        if needed == "sandbox":
            # It goes on to its arguments, of which one is wrong, so that nothing is served here.
            assert re.search("invalid value for `--fault`", done.stderr)
        else:
            assert done.returncode == 0, done.stderr
