"""JUnit's XML, which nearly every CI shows: a test case for each file that was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.project import PROJECT_FILE
from intercom_iac.text import printable

from .places import Examined, path_of
from .terminal import diagnostics_text

# What XML 1.0 cannot hold, not even escaped, and `printable` lets through.
_NEVER = lazy_pattern("[\ufffe\uffff]")


def suite(diagnostics: Sequence[Diagnostic], examined: Examined) -> str:
    """One suite. A file with an error fails with all that is wrong with it; what else is said of it is its output.

    Files without a finding are cases that pass, so that a viewer shows what was looked at.
    """
    by_file: dict[str, list[Diagnostic]] = {path: [] for path in (PROJECT_FILE, *examined.files)}
    for diagnostic in diagnostics:
        by_file.setdefault(path_of(diagnostic), []).append(diagnostic)
    failed = sum(any(diagnostic.is_error for diagnostic in found) for found in by_file.values())
    counts = {"tests": str(len(by_file)), "failures": str(failed), "errors": "0", "skipped": "0"}
    name = f"intercom-iac {examined.command}"
    root = ElementTree.Element("testsuites", {"name": name, **counts})
    cases = ElementTree.SubElement(root, "testsuite", {"name": name, **counts})
    for path, found in by_file.items():
        _case(cases, path, found, examined)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _case(cases: ElementTree.Element, path: str, found: Sequence[Diagnostic], examined: Examined) -> None:
    name = _text(printable(examined.path_from_root(path)))
    case = ElementTree.SubElement(
        cases, "testcase", {"classname": f"intercom-iac.{examined.command}", "name": name, "file": name}
    )
    errors = [diagnostic for diagnostic in found if diagnostic.is_error]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        message = _text(printable(f"{errors[0].code}: {errors[0].message}{more}"))
        failure = ElementTree.SubElement(case, "failure", {"message": message, "type": errors[0].code})
        failure.text = _text(diagnostics_text(found))
    elif found:
        ElementTree.SubElement(case, "system-out").text = _text(diagnostics_text(found))


def _text(text: str) -> str:
    # GitLab reads `[[ATTACHMENT|path]]` in a case's output as a file to show with it.
    return _NEVER.sub(lambda match: f"\\u{ord(match[0]):04x}", text).replace(
        "[[ATTACHMENT|", "[[ATTACHMENT\\u007c"
    )
