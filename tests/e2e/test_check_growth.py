"""How much `check` does for twice as large a project: about twice as much, whatever is wrong with it.

Work is counted in calls of functions, Python's own included, so that no clock decides.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from cProfile import Profile
from pathlib import Path

import pytest

from intercom_iac.cli import run

PLAIN = "version: 1\n"


def attributes(count: int, of: str = "{{type: string}}", name: str = "attribute_{}") -> str:
    lines = (f"    {name.format(number)}: {of.format(number)}\n" for number in range(count))
    return f"version: 1\nattributes:\n  contact:\n{''.join(lines)}"


def segments(count: int, rule: str) -> str:
    return "segments:\n" + "".join(
        f"  s{number}: {{rule: {rule.format(number)}}}\n" for number in range(count)
    )


def options(count: int, *rules: str) -> str:
    listed = ", ".join(f"option_{number}" for number in range(count))
    lines = "".join(f"  s{number}: {{rule: '{rule}'}}\n" for number, rule in enumerate(rules))
    plan = f"plan: {{type: options, options: [{listed}]}}"
    return f"version: 1\nattributes: {{contact: {{{plan}}}}}\nsegments:\n{lines}"


def listed(count: int, text: str, between: str = ", ") -> str:
    return between.join(text.format(number) for number in range(count))


# What makes a project: its file and its specs, of so many entries.
PROJECTS: dict[str, Callable[[int], tuple[str, str]]] = {
    "forbidden names": lambda n: (
        f"version: 1\npolicy: {{forbidden_names: [{listed(n, '{{pattern: bad{}x}}')}]}}\n",
        attributes(n),
    ),
    "forbidden names, all found": lambda n: (
        f"version: 1\npolicy: {{forbidden_names: [{listed(n, '{{pattern: a.*_}}')}]}}\n",
        attributes(n),
    ),
    "unknown names": lambda n: (PLAIN, attributes(n) + segments(n, "atribute_{} = x")),
    "unknown events": lambda n: (
        PLAIN,
        "version: 1\nevents:\n" + listed(n, "  ev_{}: {{}}\n", "") + segments(n, "event ve_{}"),
    ),
    "unknown segments": lambda n: (PLAIN, PLAIN + segments(n, "segment z{}")),
    "options misspelt": lambda n: (PLAIN, options(n, f"plan in ({listed(n, 'optoin_{}')})")),
    "options misspelt, one a rule": lambda n: (
        PLAIN,
        options(n, *(f"plan = optoin_{number}" for number in range(n))),
    ),
    "options that none contains": lambda n: (
        PLAIN,
        options(n, *(f"plan contains zz{number}" for number in range(n))),
    ),
    "silences": lambda n: (
        "version: 1\nnaming: {attributes: snake_case}\n",
        "version: 1\nattributes:\n  contact:\n"
        + listed(n, "    # intercom-iac: ignore LINT551: x\n    nameOf{}: {{type: string}}\n", ""),
    ),
    "unknown keys": lambda n: (PLAIN, attributes(n, "{{tipe: string, descripton: x}}")),
    "unknown owners": lambda n: (
        f"version: 1\npolicy: {{owners: [{listed(n, 'team_{}')}]}}\n",
        attributes(n, "{{type: string, owner: taem_{}}}"),
    ),
    "unknown variables": lambda n: (
        "version: 1\nvariables:\n" + listed(n, "  V{}: {{default: x}}\n", ""),
        attributes(n, '{{type: string, description: "${{W{}}}"}}'),
    ),
    "a chain of segments": lambda n: (
        PLAIN,
        PLAIN + segments(1, "role = user") + listed(n, "  t{}: {{rule: segment s0}}\n", ""),
    ),
    "a long rule": lambda n: (
        PLAIN,
        f"{PLAIN}segments: {{s: {{rule: '{listed(n, 'id = a{}', ' or ')}'}}}}\n",
    ),
    "rules that do not read": lambda n: (PLAIN, PLAIN + segments(n, "a b c d")),
    "events beside metadata": lambda n: (
        PLAIN,
        f"version: 1\nevents: {{e: {{metadata: {{k: {{type: string}}}}}}}}\n"
        f"segments: {{s: {{rule: '{listed(n, 'event e where k = x and k = y', ' and ')}'}}}}\n",
    ),
    "deep rules": lambda n: (PLAIN, PLAIN + segments(n, f"{'(' * 40}role = user{')' * 40}")),
}


def calls(folder: Path, project: str, specs: str) -> int:
    """How many functions are called by `check`."""
    (folder / "specs").mkdir(parents=True, exist_ok=True)
    (folder / "intercom-iac.yaml").write_text(project, "utf-8")
    (folder / "specs" / "all.yaml").write_text(specs, "utf-8")
    profile = Profile(subcalls=False)
    gc.collect()
    with profile:
        run(["--project", str(folder), "check"])
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("kind", PROJECTS)
def test_twice_the_project_is_about_twice_the_work(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = PROJECTS[kind]
    # What is done once in a process is done, and what costs the same for any project is taken off.
    calls(tmp_path, *project(4))
    fixed = calls(tmp_path, *project(4))
    once, twice = (calls(tmp_path, *project(size)) - fixed for size in (150, 300))
    assert capsys.readouterr() is not None
    assert twice < 2.5 * once
