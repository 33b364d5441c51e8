"""Two live workspaces compared, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intercom_iac.changes import WorkspaceDiff
from intercom_iac.text import printable
from intercom_iac.text.likeness import distinguish

from .kit.columns import wrap_text
from .kit.markdown import code, length, plain, prose
from .kit.styles import style
from .kit.values import name_list, value_line

FORMAT_VERSION = "1.0"
_MOST_CHARACTERS = 60_000
UNTOLD = (
    "Of segments, events and tags Intercom's API tells the name: the rules of segments and the metadata of events "
    "were not compared"
)


def workspace_diff_json(diff: WorkspaceDiff) -> dict[str, Any]:
    """The comparison as plain data, in the form of `diff.schema.json`."""
    first, second, differences = diff.first.name, diff.second.name, diff.differences
    return {
        "format_version": FORMAT_VERSION,
        "workspaces": [
            {"name": workspace.name, "app_id": workspace.identity.app_id}
            for workspace in (diff.first, diff.second)
        ],
        "summary": {
            "only_in": {first: len(differences.only_first), second: len(differences.only_second)},
            "differs": len(differences.differing),
            "same": len(differences.same),
        },
        "findings": [
            *(
                {"address": address, "kind": "only_in", "workspace": name}
                for name, addresses in ((first, differences.only_first), (second, differences.only_second))
                for address in addresses
            ),
            *(
                {
                    "address": difference.address,
                    "kind": "differs",
                    "fields": [
                        {"path": field.key, "values": {first: field.before, second: field.after}}
                        for field in difference.fields
                    ],
                }
                for difference in differences.differing
            ),
        ],
        "archived_only_in": {
            first: list(differences.archived_first),
            second: list(differences.archived_second),
        },
    }


def workspace_diff_text(diff: WorkspaceDiff, width: int = 100) -> str:
    """The comparison as text with terminal styles, for a screen of so many columns."""
    return "\n".join(_text_lines(diff, width))


def _text_lines(diff: WorkspaceDiff, width: int) -> Iterator[str]:
    first, second = printable(diff.first.name), printable(diff.second.name)
    yield style(f"{first} and {second}: {_verdict(diff)}", bold=True)
    yield style(
        printable(
            f"{diff.first.name} is workspace {diff.first.identity.app_id}, "
            f"{diff.second.name} is {diff.second.identity.app_id}"
        ),
        dim=True,
    )
    for name, addresses, colour in (
        (first, diff.differences.only_first, "red"),
        (second, diff.differences.only_second, "green"),
    ):
        if addresses:
            yield ""
            yield style(f"Only in {name}: {len(addresses)}", fg=colour, bold=True)
            yield from (f"  {printable(address)}" for address in addresses)
    if diff.differences.differing:
        yield ""
        yield style(f"Different: {len(diff.differences.differing)}", fg="yellow", bold=True)
    widest = max(len(first), len(second))
    for difference in diff.differences.differing:
        yield f"  {printable(difference.address)}"
        for field in difference.fields:
            yield f"    {field.key}"
            values = distinguish(field.before, field.after)
            for name, value in zip((first, second), values, strict=True):
                yield f"      {name:<{widest}}  {_value(value)}"
    yield ""
    yield from _notes(diff, width)


def _value(value: Any) -> str:
    return "none" if value in (None, "", []) else value_line(value)


def _notes(diff: WorkspaceDiff, width: int) -> Iterator[str]:
    for name, addresses in _archived_groups(diff):
        yield f"No difference: archived in {printable(name)} alone ({len(addresses)}): {name_list([*addresses])}"
    yield from wrap_text(f"{UNTOLD}.", width)


def _archived_groups(diff: WorkspaceDiff) -> Iterator[tuple[str, tuple[str, ...]]]:
    differences = diff.differences
    for name, addresses in (
        (diff.first.name, differences.archived_first),
        (diff.second.name, differences.archived_second),
    ):
        if addresses:
            yield name, addresses


def _verdict(diff: WorkspaceDiff) -> str:
    """`3 only in staging, 1 different, 12 the same`."""
    differences = diff.differences
    counts = (
        (len(differences.only_first), f"only in {printable(diff.first.name)}"),
        (len(differences.only_second), f"only in {printable(diff.second.name)}"),
        (len(differences.differing), "different"),
    )
    told = [f"{count} {what}" for count, what in counts if count] or ["nothing differs"]
    return ", ".join([*told, f"{len(differences.same)} the same"])


def workspace_diff_markdown(diff: WorkspaceDiff) -> str:
    """GitHub-flavoured Markdown that fits into a comment; whatever comes from the workspaces is escaped."""
    kept: list[str] = []
    lines = list(_markdown_lines(diff))
    room = _MOST_CHARACTERS
    for line in lines:
        room -= length(line) + 1
        if room < 0:
            kept.append(f"\n… and {len(lines) - len(kept)} lines more, which `--format text` has.")
            break
        kept.append(line)
    return "\n".join(kept) + "\n"


def _markdown_lines(diff: WorkspaceDiff) -> Iterator[str]:
    first, second = diff.first.name, diff.second.name
    yield f"### {plain(first)} and {plain(second)}: {plain(_verdict(diff))}"
    yield ""
    yield (
        f"{plain(first)} is workspace {code(diff.first.identity.app_id, 80)}, "
        f"{plain(second)} is {code(diff.second.identity.app_id, 80)}."
    )
    for name, addresses in ((first, diff.differences.only_first), (second, diff.differences.only_second)):
        if addresses:
            yield ""
            yield f"#### Only in {plain(name)}: {len(addresses)}"
            yield ""
            yield from (f"- {code(address)}" for address in addresses)
    if diff.differences.differing:
        yield ""
        yield f"#### Different: {len(diff.differences.differing)}"
        yield ""
        yield f"| address | field | {plain(first)} | {plain(second)} |"
        yield "|---|---|---|---|"
    for difference in diff.differences.differing:
        for field in difference.fields:
            one, other = distinguish(field.before, field.after)
            yield f"| {plain(difference.address)} | {field.key} | {_cell(one)} | {_cell(other)} |"
    for name, addresses in _archived_groups(diff):
        yield ""
        yield f"No difference: archived in {plain(name)} alone ({len(addresses)}): {', '.join(map(code, addresses))}."
    yield ""
    yield f"{prose(UNTOLD)}."


def _cell(value: Any) -> str:
    return "" if value in (None, "", []) else plain(value_line(value))
