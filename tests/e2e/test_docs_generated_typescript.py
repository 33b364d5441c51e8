"""What docs/generated-code.md shows of TypeScript is true: commands run, programs compile or fail as they say."""

from __future__ import annotations

import re
from pathlib import Path

from support.typescript import write_typescript

PAGE = (Path(__file__).parents[2] / "docs" / "generated-code.md").read_text("utf-8")
SECTIONS = re.split(r"^## (?=TypeScript|Python)", PAGE, flags=re.MULTILINE)
COMMON = SECTIONS[0]
(TYPESCRIPT,) = (section for section in SECTIONS if section.startswith("TypeScript\n"))
(SPECS,) = re.findall(r"```yaml\nversion: 1\n(.*?)```", COMMON, re.DOTALL)
PROGRAMS = re.findall(r"```tsx?\n(.*?)```", TYPESCRIPT, re.DOTALL)


def test_its_commands_print_what_it_shows(scratch) -> None:
    scratch.spec(SPECS)
    commands = re.findall(r"^\$ intercom-iac (.*)\n((?:[^$`].*\n)*)", COMMON, re.MULTILINE)
    assert len(commands) == 2
    for command, shown in commands:
        ended = scratch.run(command)
        assert (ended.code, ended.out + ended.err) == (0, shown)


def test_its_programs_compile_or_fail_as_they_say(tmp_path: Path) -> None:
    sources = {
        f"page{number}.ts": program.replace("./intercom/", "./app/")
        for number, program in enumerate(PROGRAMS)
    }
    assert len(sources) == 5
    written = write_typescript(tmp_path, f"version: 1\n{SPECS}", sources, react=True)
    said = "\n".join(written.complaints(isolatedDeclarations=False, declaration=False))
    expected = [
        (name, number, line.partition("// error: ")[2])
        for name, program in sources.items()
        for number, line in enumerate(program.splitlines(), 1)
        if "// error: " in line
    ]
    assert len(expected) == 8
    found = re.findall(r"^(\w+\.ts)\((\d+),\d+\): error TS\d+: (.*(?:\n  .*)*)", said, re.MULTILINE)
    assert [(name, number) for name, number, _ in expected] == [(name, int(line)) for name, line, _ in found]
    for (*_, message), (*_, text) in zip(expected, found, strict=True):
        assert message in text
