"""What `explain` says: of a diagnostic code with its examples, and of an object of the specs."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, cast

from click import style

from intercom_iac.diagnostics import Code, Example
from intercom_iac.text import printable
from intercom_iac.text.lists import brief_list

# What a key is called for people, where that is not its name.
_LABELS = {
    "api_can": "the API can",
    "declared_at": "declared at",
    "read_by": "read by",
    "wire": "in Intercom",
}
_LONGEST_EXAMPLE = 24
"""Lines of a file of an example that are shown."""


def code_json(code: Code) -> dict[str, Any]:
    """A code with its examples, as plain data."""
    facts = {"code": code.id, "severity": code.severity, "title": code.title, "about": code.about}
    return facts | {label: asdict(example) for label, example in _examples(code).items()}


def code_text(code: Code) -> str:
    """A code with its examples, for people."""
    lines = [style(f"{code.id} ({code.severity}): {code.title}", bold=True), f"\n{code.about}"]
    for label, example in _examples(code).items():
        lines.append(f"\n{style(label.capitalize(), bold=True)}")
        lines += (f"  {line}" for line in _example_lines(example))
    return "\n".join(lines)


def object_text(facts: Mapping[str, Any]) -> str:
    """An object of the specs: its address, and a line for each fact that says something."""
    not_lines = ("address", "blast_radius", "options_left_out")
    shown = {
        key: value for key, value in facts.items() if key not in not_lines and value not in (None, [], "")
    }
    labels = {key: _LABELS.get(key, key.replace("_", " ")) for key in shown}
    width = max(map(len, (*labels.values(), _LABELS["declared_at"])))
    lines = [style(printable(facts["address"]), bold=True)]
    lines += (f"  {labels[key]:<{width}} {printable(_fact_text(key, value))}" for key, value in shown.items())
    lines += _blast_radius_lines(facts.get("blast_radius", []))
    if left_out := facts.get("options_left_out"):
        lines.append(f"  what becomes of segments without {left_out:,} more options was not looked at")
    return "\n".join(lines)


def _blast_radius_lines(changes: list[dict[str, Any]]) -> Iterator[str]:
    """What would become of segments if the attribute changed; options that no segment notices stand together."""
    unnoticed: list[str] = []
    for change in changes:
        option = change["option"]
        if not change["segments"]:
            unnoticed.append(option or "")
            continue
        supposed = "if it were archived" if option is None else f"if the option `{option}` were removed"
        yield f"  {style(printable(supposed), bold=True)}"
        yield from (f"    {effect['segment']}: {effect['message']}" for effect in change["segments"])
    options = [option for option in unnoticed if option]
    if options:
        yield f"  {style(printable(f'if {brief_list(options)} were removed'), bold=True)}"
        yield "    no segment changes"


def _fact_text(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "; ".join(cast("list[str]", value)) if isinstance(value, list) else str(value)
    return f"its own, {text}" if key == "wire" else text


def _examples(code: Code) -> dict[str, Example]:
    return {"wrong": code.wrong, "right": code.right}


def _example_lines(example: Example) -> Iterator[str]:
    for path, text in example.files.items():
        # An example may hold bytes that are no text; they are shown as such.
        body = text.encode(errors="surrogateescape").decode(errors="backslashreplace").splitlines()
        yield style(f"# {path}", dim=True)
        yield from map(printable, body[:_LONGEST_EXAMPLE])
        if len(body) > _LONGEST_EXAMPLE:
            yield f"… {len(body) - _LONGEST_EXAMPLE} more lines"
    if example.workspace:
        yield style("# a workspace that has", dim=True)
        yield from map(printable, example.workspace)
    elif example.answers is not None:
        yield style(f"# a server that answers {example.answers[0]} to every request", dim=True)
    if example.committed:
        names = " ".join(map(shlex.quote, example.committed))
        yield style(f"$ git init && git add {names} && git commit", dim=True)
    variables = "".join(f"{name}={shlex.quote(value)} " for name, value in example.environment.items())
    for command in (*example.before, example.run):
        if command != "check" or variables:
            yield style(f"$ {variables}intercom-iac {command}", dim=True)
