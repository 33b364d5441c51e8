"""Tracking plans of other tools for tests, written anew in the shapes that real ones have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from intercom_iac.adopting.proposal import Proposal
from intercom_iac.application.reading_sources import propose_from_files
from intercom_iac.project.policy.settings import NamingSettings, Style


def write(folder: Path, files: Mapping[str, Any]) -> list[Path]:
    """Files of these names: text as it is, other data as JSON."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return [folder / name for name in files]


def propose(folder: Path, files: Mapping[str, Any], style: Style | None = None, **options: Any) -> Proposal:
    """What these files come to in a project whose names have a style."""
    naming = NamingSettings(attributes=style, events=style, metadata=style)
    return propose_from_files(write(folder, files), naming=naming, **options)


def entries(proposal: Proposal) -> dict[str, Any]:
    """The entries by their addresses."""
    return {proposed.address: dict(proposed.entry.data) for proposed in proposal.entries}


def left_out(proposal: Proposal) -> list[str]:
    """What has no place in specs."""
    return [note.what for note in proposal.not_mapped]


def track(name: str, required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    """A TRACK rule of Segment's with the properties themselves in its schema."""
    schema = {"type": "object", "properties": properties, "required": list(required)}
    return {"type": "TRACK", "key": name, "version": 1, "jsonSchema": schema}


def traits(type_: str, **properties: Any) -> dict[str, Any]:
    """An IDENTIFY or GROUP rule of Segment's."""
    inner = {"type": "object", "properties": properties}
    return {"type": type_, "key": None, "version": 1, "jsonSchema": {"properties": {"traits": inner}}}
