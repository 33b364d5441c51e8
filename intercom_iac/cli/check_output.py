"""What `check` found, in the format asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from intercom_iac.text import printable

from .console import count_by_severity, echo, plural, print_diagnostics, print_json
from .diagnostic_formats import print_findings
from .options import ProjectOptions

if TYPE_CHECKING:
    from intercom_iac.application import Checked, Loaded


def print_checked(checked: Checked, output: str, project: ProjectOptions) -> None:
    """The findings. For people the safe changes are only counted, since they would hide the rest."""
    if output == "text":
        findings = checked.findings(safe_changes=False)
        print_diagnostics(findings, err=False)
        counts = count_by_severity(findings)
        if checked.failed:
            echo(counts)
        else:
            echo(f"{_sizes(checked.specs)}: {counts or 'nothing wrong'}{_safe_changes(checked)}")
    elif output == "json":
        from intercom_iac.reporting import findings_json

        print_json(findings_json(checked.findings()))
    else:
        print_findings(checked.findings(), output, command="check", project=project, files=checked.files)


def _safe_changes(checked: Checked) -> str:
    if checked.report is None:
        return ""
    count = sum(change.change.level == "safe" for change in checked.report.changes)
    return f"; {plural(count, 'safe change')} against {printable(checked.report.against)}" if count else ""


def _sizes(specs: Mapping[str, Loaded]) -> str:
    """How much there is in how many files; by workspace, where it is not the same for all."""
    workspaces: dict[str, list[str]] = {}
    for name, loaded in specs.items():
        schema = loaded.schema
        counts = [
            (len(schema.attributes), "attribute"),
            (len(schema.events), "event"),
            (len(schema.segments), "segment"),
        ]
        tests = sum(map(len, schema.tests.values()))
        asked = [
            (count, noun) for count, noun in ((len(schema.assertions), "assertion"), (tests, "test")) if count
        ]
        sizes = ", ".join(plural(count, noun) for count, noun in (*counts, *asked))
        workspaces.setdefault(sizes, []).append(name)
    files = plural(len(next(iter(specs.values())).files), "file")
    if len(workspaces) == 1:
        return f"{next(iter(workspaces))} in {files}"
    lines = (f"{printable(', '.join(names))}: {sizes}\n" for sizes, names in workspaces.items())
    return f"{''.join(lines)}{files}"
